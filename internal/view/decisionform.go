package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// remitHeads are how far something is decided, as a form that opens a decision says it.
var remitHeads = []struct {
	level skein.RemitLevel
	hint  string
}{
	{skein.DecideAlone, "you decide alone, and may ask"},
	{skein.AfterAdvice, "you decide after asking"},
	{skein.ByAgreement, "you agree it with others: it needs the yes of everybody you ask"},
	{skein.ProposeAbove, "not yours: you propose it to whoever answers for the priority, or to a steward"},
}

// OpenDecision is the form that opens a decision in a project, with what is decided there. Whoever does not decide it is
// refused.
func OpenDecision(v Viewer, p leaddb.ProjectPage, remit []skein.Remit, d skein.Decision) (page.OpenDecisionForm, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	f := page.OpenDecisionForm{
		ID: string(p.Project.ID), Title: p.Project.Title, Statement: "What is to be decided?", Action: path.NewDecision(string(p.Project.ID)), Press: "Go on",
		Back: path.Project(string(p.Project.ID)) + "#decisions",
	}
	switch {
	case p.Project.State.Over():
		return f, skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	case !x.mayAnswer():
		return f, skein.Refused{Why: "You do not lead this.", Who: "Whoever leads it decides, who leads it beside them, and who stands in."}
	}
	if d.ID != "" {
		f.Statement, f.Action, f.Press, f.Back = "Change what is to be decided", path.ChangeDecision(string(d.ID)), "Save", path.Decision(string(d.ID))
		f.Version = d.Version()
	}
	f.Question, f.Options, f.Area, f.Replaces = d.Question, strings.Join(d.Options, "\n"), d.Area, string(d.Replaces)
	if d.Costs != nil {
		f.Costs = strconv.FormatFloat(*d.Costs, 'f', -1, 64)
	}
	for _, head := range remitHeads {
		for _, r := range remit {
			if r.Level != head.level {
				continue
			}
			f.Money = f.Money || r.Ceiling != nil
			f.Areas = append(f.Areas, component.Option{Value: r.Area, Label: remitArea(r, v.Org.Currency), Hint: head.hint})
		}
	}
	for _, old := range p.Decisions {
		if old.State.Stands() && (old.State == skein.DecisionDecided || old.ID == d.Replaces) {
			f.Before = append(f.Before, component.Option{Value: string(old.ID), Label: words.Name(old.Says)})
		}
	}
	return f, nil
}

// remitArea is one line of what is decided: "Money, up to £5,000", "Release: Treatment".
func remitArea(r skein.Remit, currency string) string {
	says := words.UpperFirst(r.Area)
	if r.Ceiling != nil {
		says += ", up to " + words.Money(currency, *r.Ceiling)
	}
	if r.WithWhom != "" {
		says += ": " + r.WithWhom
	}
	return says
}

// AskForm is the form that asks for advice.
func AskForm(v Viewer, p leaddb.DecisionPage, suggested []leaddb.Suggested) (*page.AskAdviceForm, error) {
	x := decisionView{Viewer: v, p: p, clock: v.Clock()}
	if err := x.mayChange(); err != nil {
		return nil, err
	}
	f := &page.AskAdviceForm{
		Action: path.AskAdvice(string(p.ID)), Back: path.Decision(string(p.ID)), Head: "Who is asked", Press: "Ask them",
		UntilHint: "Without a day, in two weeks: " + x.clock.DateDay(v.Today().AddDate(0, 0, skein.AdviceDays)) + ".",
		Hint:      "Those it bears on, and those who know. They hear of it at once.",
	}
	switch p.Level() {
	case skein.ByAgreement:
		f.Head, f.Press = "Whose yes it needs", "Ask for their yes"
		f.Hint = "It is not decided without the yes of everybody you ask."
		if with := p.Row().WithWhom; with != "" {
			f.Hint += " It is to be agreed with " + words.Name(with) + "."
		}
	case skein.ProposeAbove:
		f.Press = "Propose it"
		f.Hint = "It is proposed to whoever answers for the priority, or to a steward. You can ask others for advice as well."
		f.UntilHint += " Whoever decides it has it until then."
	case skein.AfterAdvice:
		if with := p.Row().WithWhom; with != "" {
			f.Hint += " What you decide there says: " + words.Name(with) + "."
		}
	}
	if p.State == skein.DecisionAsking {
		f.Press = "Save"
		f.Until = p.AdviceOn.Format(time.DateOnly)
		f.UntilHint = skein.UntilOf(p.Level()) + x.clock.Date(p.AdviceOn) + ": that day, or a later one."
		if p.Past(v.Today()) {
			f.Until, f.UntilHint = "", "The day has passed. Without a new one, it is "+x.clock.DateDay(v.Today().AddDate(0, 0, skein.AdviceDays))+"."
		}
	}
	for _, s := range suggested {
		f.Suggested = append(f.Suggested, component.Option{Value: string(s.ID), Label: words.Name(s.Name), Hint: suggestedWhy(s, words.Name(s.Of))})
	}
	return f, nil
}

// SuggestedWhy says why somebody is asked, in few words, as it is kept.
func SuggestedWhy(s leaddb.Suggested) string {
	says := suggestedWhy(s, s.Of)
	if runes := []rune(says); len(runes) > skein.MaxAskedWhy {
		return string(runes[:skein.MaxAskedWhy-1]) + "…"
	}
	return says
}

func suggestedWhy(s leaddb.Suggested, of string) string {
	switch s.Why {
	case leaddb.SuggestNamed:
		return of + ", named in what you decide"
	case leaddb.SuggestAnswers:
		return "answers for " + of
	case leaddb.SuggestSteward:
		return "steward of " + of
	case leaddb.SuggestFurther:
		return of + ", which moves with it"
	case leaddb.SuggestAffected:
		return of + ", affected"
	case leaddb.SuggestKnows:
		return "knows " + of
	}
	return "in the team"
}

// mayChange is nil for whoever decides an open question.
func (x decisionView) mayChange() error {
	switch {
	case !x.p.Seen() && !x.p.Decides:
		return skein.ErrNotFound
	case !x.p.Decides:
		return skein.Refused{Why: "You do not lead this.", Who: "Whoever leads it decides, who leads it beside them, and who stands in."}
	case !x.p.State.Open():
		return skein.Conflict{Why: "It is not open any more."}
	}
	return nil
}

// DecideForm is the form that decides.
func DecideForm(v Viewer, p leaddb.DecisionPage) (*page.DecideForm, error) {
	x := decisionView{Viewer: v, p: p, clock: v.Clock()}
	ready, why := x.ripe()
	switch {
	case !p.Seen() && !p.Decides:
		return nil, skein.ErrNotFound
	case !x.rules() && p.Level() == skein.ProposeAbove:
		return nil, skein.ErrProposedUpwards
	case !x.rules():
		return nil, skein.Refused{Why: "You do not lead this.", Who: "Whoever leads it decides, who leads it beside them, and who stands in."}
	case !p.State.Open():
		return nil, skein.Conflict{Why: "It is not open any more."}
	case !ready:
		return nil, skein.Conflict{Why: why}
	}
	var advice []skein.Advice
	for _, a := range p.Advice {
		advice = append(advice, a.Advice)
	}
	f := &page.DecideForm{Action: path.Decide(string(p.ID)), Back: path.Decision(string(p.ID)), Version: p.ReadBefore(advice)}
	f.Why, f.Hears = x.reasonAsks(), x.hears()
	for i, says := range p.Options {
		f.Options = append(f.Options, component.Option{Value: strconv.Itoa(i + 1), Label: words.Name(says)})
	}
	if len(f.Options) > 0 {
		f.Options = append(f.Options, component.Option{Value: "0", Label: "None of these"})
	}
	if p.Replaces != nil {
		f.Note = "It replaces “" + words.Name(p.Replaces.Says) + "”."
	}
	return f, nil
}

// reasonAsks says what is wanted of a reason: something of the advice only where somebody advised.
func (x decisionView) reasonAsks() string {
	if slices.ContainsFunc(x.p.Advice, func(a leaddb.AdviceRow) bool { return a.State == skein.AdviceGiven }) {
		return "Why, and what you make of the advice"
	}
	return "Why"
}

// hears says who is told of a decision as it is made.
func (x decisionView) hears() string {
	const then = " Then it stands for everybody to read."
	above, asked := x.p.Level() == skein.ProposeAbove, x.wasAsked()
	switch {
	case above && asked:
		return "Whoever leads it hears it at once, and so do those who were asked." + then
	case above:
		return "Whoever leads it hears it at once." + then
	case asked:
		return "Those who were asked hear it at once." + then
	}
	return "Nobody was asked. It stands for everybody to read."
}

// wasAsked tells whether somebody was asked who is still here, and hears what becomes of it.
func (x decisionView) wasAsked() bool {
	return slices.ContainsFunc(x.p.Advice, func(a leaddb.AdviceRow) bool { return a.State != skein.AdviceVoid })
}

// CloseForm is the form that closes a question without a decision.
func CloseForm(v Viewer, p leaddb.DecisionPage) (*page.SayForm, error) {
	if err := (decisionView{Viewer: v, p: p}).mayChange(); err != nil {
		return nil, err
	}
	f := &page.SayForm{
		Action: path.CloseDecision(string(p.ID)), Back: path.Decision(string(p.ID)), Head: "Close it", Name: "reason", Label: "Why, in a sentence",
		Hint: "Whoever was asked hears it. The question stays readable.", Press: "Close it", Most: "600",
	}
	if p.State == skein.DecisionDraft {
		f.Hint, f.Label = "Nobody was asked. Nobody but those who decide here has read it.", "Why, if you like"
	}
	return f, nil
}

// CameForm is the form that says what came of a decision.
func CameForm(v Viewer, p leaddb.DecisionPage) (*page.SayForm, error) {
	switch {
	case !p.Seen() && !p.Decides:
		return nil, skein.ErrNotFound
	case !(decisionView{Viewer: v, p: p}).saysCame():
		return nil, skein.ErrCameNotTheirs
	case !p.State.Stands():
		return nil, skein.Conflict{Why: "It is not decided, so nothing has come of it yet."}
	}
	return &page.SayForm{
		Action: path.CameOf(string(p.ID)), Back: path.Decision(string(p.ID)), Head: "What came of it", Name: "came", Label: "What came of it, as far as you know",
		Hint: "It stands below the decision with its day, for everybody.", Press: "Say it", Most: "600", Typed: p.Came, Version: p.CameVersion(),
	}, nil
}
