package view

import (
	"slices"
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// decisionView puts one decision into words for one viewer.
type decisionView struct {
	Viewer
	p     leaddb.DecisionPage
	clock words.Clock
}

// Decision is the page of a decision as the viewer sees it. What is not asked or decided yet is not found by whoever
// does not decide it.
func Decision(v Viewer, p leaddb.DecisionPage) (page.DecisionData, error) {
	x := decisionView{Viewer: v, p: p, clock: v.Clock()}
	if !p.Seen() && !p.Decides {
		return page.DecisionData{}, skein.ErrNotFound
	}
	id := string(p.ID)
	d := page.DecisionData{
		ID: id, Title: p.Question, Purpose: x.purpose(), Day: words.UpperFirst(x.clock.Day(p.At)), Exact: x.clock.Exact(p.At),
		Project: component.NavItem{Label: p.Title, URL: path.Project(string(p.Project))}, Options: x.options(), Silent: x.silent(),
		AllowedMore: component.NavItem{Label: "All that is decided there", URL: path.Project(string(p.Project)) + "#decides"},
		Closed:      words.EndSentence(p.EndReason), Came: p.Came,
	}
	if p.State != skein.DecisionClosed {
		d.Closed = ""
	}
	d.AllowedBefore, d.Allowed, d.AllowedAfter = x.allowed()
	d.AllowedNow = x.allowedNow()
	if p.State.Stands() {
		d.Title, d.Question, d.Asked = p.Says, p.Question, x.asked()
		d.Decided, d.DecidedNote = p.Reason, x.clock.Moment(p.DecidedAt)+"."
		d.DecidedBy = component.NavItem{Label: p.DecidedByName, URL: path.Person(string(p.DecidedBy))}
		if x.wasAsked() {
			d.DecidedNote += " Those who were asked were told."
		}
	}
	if p.Came != "" {
		d.CameNote = words.Name(p.CameByName) + ", " + x.clock.OnDay(p.CameAt) + "."
	}
	for _, a := range p.Advice {
		if a.State == skein.AdviceGiven {
			d.Advice = append(d.Advice, x.adviceLine(a))
		}
	}
	if p.Replaces != nil {
		d.Replaces = append(d.Replaces, x.link(*p.Replaces))
	}
	for _, after := range p.After {
		d.ReplacedBy = append(d.ReplacedBy, x.link(after))
	}
	x.acts(&d)
	return d, nil
}

// purpose is the sentence below the title.
func (x decisionView) purpose() string {
	p := x.p
	switch p.State {
	case skein.DecisionDraft:
		return "A draft. Those who decide it read it, and nobody else until somebody is asked."
	case skein.DecisionClosed:
		return "Nothing was decided. It was closed " + x.clock.OnDay(p.EndedAt) + "."
	case skein.DecisionAsking:
		return x.asking()
	}
	says := x.whom(p.DecidedBy, p.DecidedByName) + " decided it"
	if n := p.Heard; n > 0 {
		says += ", after hearing " + words.Count(n, "person", "people")
	}
	if p.State == skein.DecisionReplaced {
		return says + ". Another decision replaced it " + x.clock.OnDay(p.EndedAt) + "."
	}
	return says + ". It holds until something else is decided."
}

// asking says what an open question waits for, and until when.
func (x decisionView) asking() string {
	p := x.p
	until, past := x.clock.Until(p.AdviceOn), p.Past(x.Today())
	who := x.whom(p.OpenedBy, p.OpenedByName)
	switch p.Level() {
	case skein.ProposeAbove:
		decider := "Whoever answers for the priority decides it, or a steward."
		switch {
		case p.AnswersProposes:
			decider = "A steward decides it."
		case p.AnswersName != "":
			decider = words.Name(p.AnswersName) + ", who answers for the priority, decides it, or a steward."
		}
		return who + verb(who, " proposes it. ", " propose it. ") + decider + " " + x.aboveThen()
	case skein.ByAgreement:
		if ready, _ := x.ripe(); ready {
			return "It is agreed with others, and everybody who was asked has said yes. It can be decided now."
		}
		if past {
			return "It is agreed with others, and their day was " + x.clock.Date(p.AdviceOn) + ". Without their yes it is not decided."
		}
		return "It is agreed with others. Each who is asked says yes or no " + until + "."
	}
	if past {
		return "Advice was asked for until " + x.clock.Date(p.AdviceOn) + ". It can be decided now."
	}
	if ready, _ := x.ripe(); ready && !p.AwaitsAdvice() && x.heard(true) {
		return "Everybody who was asked has answered. It can be decided now."
	}
	return who + verb(who, " asks for advice ", " ask for advice ") + until + "."
}

// aboveThen says until when whoever decides what is proposed upwards has it, and what happens then: nobody's silence
// decides it, and it waits for stewards besides whoever answers for the priority.
func (x decisionView) aboveThen() string {
	p := x.p
	day, open := x.clock.Date(p.AdviceOn), "stays open until it is decided or closed."
	beside := p.AnswersName != "" && !p.AnswersProposes // stewards are not asked from the start
	switch past := p.Past(x.Today()); {
	case past && beside:
		return "Their day was " + day + ", so it waits for the stewards of its " + x.Org.CircleWord + " as well. It " + open
	case past:
		return "Their day was " + day + ". It " + open
	case beside:
		return "They have until " + day + "; undecided by then, it waits for the stewards of its " + x.Org.CircleWord + " as well, and " + open
	}
	return "They have until " + day + "; undecided by then, it " + open
}

func verb(who, one, you string) string {
	if who == "You" {
		return you
	}
	return one
}

// whom is somebody's name, or "You".
func (x decisionView) whom(id skein.PersonID, name string) string {
	if id == x.Person.ID && id != "" {
		return "You"
	}
	return words.Name(name)
}

func (x decisionView) options() []page.DecisionOption {
	var all []page.DecisionOption
	for i, says := range x.p.Options {
		all = append(all, page.DecisionOption{Says: says, Chosen: x.p.State.Stands() && x.p.Chosen == i+1})
	}
	return all
}

// asked says when a question was asked, and until when; empty: nobody was.
func (x decisionView) asked() string {
	if x.p.AskedAt.IsZero() {
		return "Nobody was asked."
	}
	did := "Asked "
	if x.p.Level() == skein.ProposeAbove {
		did = "Proposed "
	}
	return did + x.clock.OnDay(x.p.AskedAt) + ", until " + x.clock.Date(x.p.AdviceOn) + "."
}

func (x decisionView) adviceLine(a leaddb.AdviceRow) page.AdviceLine {
	line := page.AdviceLine{Says: a.Says, Who: component.NavItem{Label: a.Name, URL: path.Person(string(a.Person))}, Why: words.Name(a.Why)}
	if a.Consent {
		line.Yes = "No."
		if a.Agrees {
			line.Yes = "Yes."
		}
	}
	if a.Person == x.Person.ID {
		line.Why = strings.TrimPrefix(line.Why+": you", ": ")
	}
	return line
}

// silent says who had nothing to add, who has not answered, and who has left.
func (x decisionView) silent() string {
	var passed, waits, left []string
	for _, a := range x.p.Advice {
		switch a.State {
		case skein.AdvicePassed:
			passed = append(passed, a.Name)
		case skein.AdviceAsked:
			waits = append(waits, a.Name)
		case skein.AdviceVoid:
			left = append(left, a.Name)
		}
	}
	var says []string
	if len(passed) > 0 {
		says = append(says, words.List(passed)+" "+words.Verb(len(passed), "were")+" asked and had nothing to add.")
	}
	switch n := len(waits); {
	case n == 0:
	case x.p.State == skein.DecisionAsking && !x.p.Past(x.Today()):
		says = append(says, words.List(waits)+" "+words.Verb(n, "have")+" not answered yet.")
	case x.p.Past(skein.Day(x.p.At.In(x.clock.HomeZone()))) || x.p.Past(x.Today()) && x.p.State == skein.DecisionAsking:
		says = append(says, words.List(waits)+" did not answer by "+x.clock.Date(x.p.AdviceOn)+".")
	default:
		says = append(says, words.List(waits)+" had not answered by then.")
	}
	if len(left) > 0 {
		says = append(says, words.List(left)+" left before answering.")
	}
	return strings.Join(says, " ")
}

// allowedNow says where what allows it was changed since, what it says now, and which of both it is decided by; empty: it
// was not changed, or nothing is stated there.
func (x decisionView) allowedNow() string {
	was := x.p.Row()
	if len(x.p.Remit) == 0 || was.Area == "" || x.p.State == skein.DecisionClosed {
		return ""
	}
	var now *skein.Remit
	if i := slices.IndexFunc(x.p.Remit, func(r skein.Remit) bool { return r.Area == was.Area }); i >= 0 {
		now = &x.p.Remit[i]
	}
	before, after := levelSaid(&was, x.Org.Currency), levelSaid(now, x.Org.Currency)
	if before == after {
		return ""
	}
	after = was.Area + ": " + after + "."
	switch x.p.State {
	case skein.DecisionDraft:
		return "That is how it stood when it was drafted. Now it says " + after + " Once it is asked or decided, that holds for it."
	case skein.DecisionAsking:
		return "That is how it stood when it was asked, and it is decided by that. For what is asked from now on it says " + after
	}
	return "That is how it stood then. Now it says " + after
}

// allowed is the line of what is decided there that allows it, with its own part in the middle.
func (x decisionView) allowed() (before, own, after string) {
	p := x.p
	who := "Whoever leads it"
	switch {
	case p.Level() == skein.ProposeAbove:
	case p.DecidedByName != "":
		who = x.whom(p.DecidedBy, words.FirstName(p.DecidedByName))
	case p.LeadName != "":
		who = x.whom(p.Lead, words.FirstName(p.LeadName))
	}
	head := map[skein.RemitLevel]string{
		skein.DecideAlone: who + verb(who, " decides alone: ", " decide alone: "), skein.AfterAdvice: who + verb(who, " decides after asking: ", " decide after asking: "),
		skein.ByAgreement: who + verb(who, " agrees with others: ", " agree with others: "), skein.ProposeAbove: "Decided above whoever leads it: ",
	}[p.Level()]
	var first, last []string
	found := false
	for _, r := range p.Line {
		says := r.Area
		if r.Ceiling != nil {
			says += ", up to " + words.Money(x.Org.Currency, *r.Ceiling)
		}
		if r.WithWhom != "" {
			says += ": " + r.WithWhom
		}
		switch {
		case r.Area == p.Area:
			own, found = says, true
		case found:
			last = append(last, says)
		default:
			first = append(first, says)
		}
	}
	before = head
	if len(first) > 0 {
		before += strings.Join(first, ", ") + ", "
	}
	if len(last) > 0 {
		after = ", " + strings.Join(last, ", ")
	}
	after += "."
	if p.Costs != nil {
		after += " It costs " + words.Money(x.Org.Currency, *p.Costs) + "."
	}
	return before, own, after
}

func (x decisionView) link(r leaddb.DecisionRow) page.DecisionLink {
	return page.DecisionLink{
		Title: r.Says, URL: path.Decision(string(r.ID)), Note: words.UpperFirst(x.clock.Day(r.At)) + ", " + words.Name(r.DecidedByName),
	}
}
