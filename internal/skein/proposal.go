package skein

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"skein/internal/words"
)

// Proposal is all that whoever proposes a project writes: the project, what its present phase is
// like, what the lead gets and what the lead decides.
type Proposal struct {
	Project Project
	Phase   Phase
	Needs   []Need
	Remit   []Remit
	Further []CircleID // circles that must move with it, beside its own: see FurtherCircles
}

// MostRequirements is the most skills that a phase asks for: comparing people takes longer with each.
// MostLines is the most needs and areas that a project has.
const (
	MostRequirements = 60
	MostLines        = 20
)

// Check reports what keeps a proposal from being kept, even as a draft.
func (p Proposal) Check() error {
	var bad Invalid
	for _, err := range []error{p.Project.Check(), p.Phase.Situation.Check()} {
		if more, ok := err.(Invalid); ok {
			bad = append(bad, more...)
		}
	}
	bad.Add(len([]rune(p.Project.Purpose)) > 1000, "purpose", "Say it in 1,000 characters or fewer.")
	bad.Add(len([]rune(p.Project.JudgedBy)) > 1000, "judged", "Say it in 1,000 characters or fewer.")
	bad.Add(len([]rune(p.Phase.Name)) > 80, "phase", "A stretch of a project is named in 80 characters or fewer.")
	bad.Short("phase", p.Phase.Name)
	bad.Add(len(p.Phase.Requirements) > MostRequirements, "requirements", "Name sixty skills at most: what matters gets lost.")
	bad.Add(len(p.Needs) > MostLines, "needs", "Name twenty things at most.")
	bad.Add(len(p.Remit) > MostLines, "remit", "Name twenty areas at most.")
	checkFurther(&bad, p.Further)
	p.checkLists(&bad)
	return bad.Err()
}

func (p Proposal) checkLists(bad *Invalid) {
	var seen []SkillID
	for _, r := range p.Phase.Requirements {
		if err := r.Check(); err != nil {
			bad.Add(true, "requirements", err.(Invalid)[0].Message)
		}
		bad.Add(slices.Contains(seen, r.Skill), "requirements", "A skill stands there twice. Leave one of them out.")
		seen = append(seen, r.Skill)
	}
	for _, n := range p.Needs {
		bad.Add(Blank(n.What) || len([]rune(n.What)) > 160, "needs", "Say what the lead gets, in a few words each.")
		bad.Short("needs", n.What)
		bad.Add(!slices.Contains(NeedKinds, n.Kind), "needs", "Say of which kind each thing is.")
		bad.Add(n.Amount != nil && (*n.Amount < 0 || *n.Amount > 1e9), "needs", "An amount is a number that is not below zero.")
	}
	checkRemit(bad, p.Remit)
}

var remitWords = map[RemitLevel]string{
	DecideAlone:  "you decide",
	AfterAdvice:  "you decide, after asking",
	ByAgreement:  "you agree it with others",
	ProposeAbove: "not yours",
}

// Words is how pages say a level of a remit.
func (l RemitLevel) Words() string { return remitWords[l] }

// Edit tells whether by may change the proposal. Steward says that by is a steward of its circle,
// or of one above.
func (p Proposal) Edit(by By, steward bool) error {
	switch p.Project.State {
	case Draft, OpenForLead:
	default:
		return Conflict{"It is " + p.Project.State.Words() + ", so what was proposed stands."}
	}
	if by.Person == p.Project.ProposedBy && by.Person != "" || steward {
		return nil
	}
	return Refused{
		Why: "Only whoever proposed it can change it.",
		Who: "They can, and so can its steward.",
	}
}

// Moved tells whether what claims are sent for differs between two states of a proposal: what it
// is like, what it asks for, what the lead gets, how far the lead decides alone and until when, in
// which team it is, or which others must move with it. Then the window starts again, whether or not
// somebody has claimed: otherwise it would tell the proposer that somebody has.
func (p Proposal) Moved(from Proposal) bool {
	sameNeed := func(a, b Need) bool {
		return a.Kind == b.Kind && a.What == b.What && (a.Amount == nil) == (b.Amount == nil) &&
			(a.Amount == nil || *a.Amount == *b.Amount)
	}
	sameHours := (p.Project.HoursPerWeek == nil) == (from.Project.HoursPerWeek == nil) &&
		(p.Project.HoursPerWeek == nil || *p.Project.HoursPerWeek == *from.Project.HoursPerWeek)
	return p.Phase.Situation != from.Phase.Situation ||
		!slices.Equal(p.Phase.Requirements, from.Phase.Requirements) ||
		!slices.Equal(p.Phase.Struck, from.Phase.Struck) ||
		!slices.EqualFunc(p.Needs, from.Needs, sameNeed) || !sameHours ||
		p.Project.Trust != from.Project.Trust || !p.Project.TrustUntil.Equal(from.Project.TrustUntil) ||
		p.Project.Circle != from.Project.Circle || !slices.Equal(p.Further, from.Further)
}

// Differences lists what bears on claims and differs between two states of a proposal, the old and the
// new: the log keeps both.
func (p Proposal) Differences(from Proposal) map[string][2]any {
	all := map[string][2]any{}
	add := func(name string, old, now any) {
		if !reflect.DeepEqual(old, now) {
			all[name] = [2]any{old, now}
		}
	}
	asks := func(p Proposal) []string {
		var all []string
		for _, r := range p.Phase.Requirements {
			says := fmt.Sprintf("%s %d, level %d", r.Skill, r.Importance, r.Level)
			if r.Must {
				says += ", must"
			}
			all = append(all, says)
		}
		return all
	}
	gets := func(p Proposal) []string {
		var all []string
		for _, n := range p.Needs {
			says := fmt.Sprintf("%s: %s", n.Kind, n.What)
			if n.Amount != nil {
				says += fmt.Sprintf(", %g", *n.Amount)
			}
			all = append(all, says)
		}
		return all
	}
	hours := func(p Proposal) float64 {
		if p.Project.HoursPerWeek == nil {
			return 0
		}
		return *p.Project.HoursPerWeek
	}
	day := func(d Date) string {
		if d.IsZero() {
			return ""
		}
		return d.Format(time.DateOnly)
	}
	for _, d := range Dimensions {
		add(string(d), from.Phase.Situation.Value(d), p.Phase.Situation.Value(d))
	}
	add("asks", asks(from), asks(p))
	add("struck", from.Phase.Struck, p.Phase.Struck)
	add("needs", gets(from), gets(p))
	add("hours", hours(from), hours(p))
	add("trust", from.Project.Trust, p.Project.Trust)
	add("trust_until", day(from.Project.TrustUntil), day(p.Project.TrustUntil))
	add("team", from.Project.Circle, p.Project.Circle)
	add("teams", listed(from.Further), listed(p.Further))
	return all
}

// Cancel ends a project that nobody leads. A reason is asked for because everybody reads it. May says
// that by may besides whoever proposed it.
func (p *Project) Cancel(by By, may bool, reason string) error {
	switch p.State {
	case Draft, OpenForLead:
	case Cancelled:
		return Conflict{"It was cancelled before."}
	default:
		return Refused{
			Why: "It is " + p.State.Words() + ", so it is not cancelled over the lead's head.",
			Who: "Its lead can end it.",
		}
	}
	if !(by.Person == p.ProposedBy && by.Person != "") && !may {
		return Refused{Why: "Only whoever proposed it can cancel it.", Who: "They can, and so can its steward."}
	}
	if p.State != Draft && Blank(reason) {
		return Invalid{{"reason", "Say why in a sentence: those who thought of claiming read it."}}
	}
	if err := CheckReason(reason); err != nil {
		return err
	}
	p.State = Cancelled
	return nil
}

// Complete ends a project whose work is done. Whoever leads it can say so; may says that by looks after
// one whose lead has left, also while they stand in and so decide as its lead would.
func (p *Project) Complete(by By, lead PersonID, may bool) error {
	if may && p.State == OpenForLead {
		p.State = Completed
		return nil
	}
	if lead == "" || by.Person != lead {
		return Refused{Why: "Only whoever leads it can say that it is done.", Who: "Ask the lead."}
	}
	if !p.State.HasLead() {
		return Conflict{"It is " + p.State.Words() + ", so there is nothing to complete."}
	}
	p.State = Completed
	return nil
}

// HandOver opens a led project for the next lead. Whoever leads it stays in office until then.
func (p *Project) HandOver(by By, lead PersonID) error {
	if lead == "" || by.Person != lead {
		return Refused{Why: "Only whoever leads it can pass it on.", Who: "Ask the lead."}
	}
	switch p.State {
	case Led:
		p.State = HandingOver
		return nil
	case HandingOver:
		return Conflict{"It is open for the next lead already."}
	}
	return Conflict{"It is " + p.State.Words() + ", so there is no lead to pass on."}
}

// OfProject is what a guardrail says of a project that is about to be published.
func (g Guardrail) OfProject(p Project, owner Answers, clocks Clocks, urgency int, by By) GuardrailResult {
	result := GuardrailResult{Guardrail: g, Pass: true, Who: owner.Changes()}
	switch g.Kind {
	case PriorityNamed:
		result.Pass = p.Priority != ""
		result.Why = "It serves a priority."
		if !result.Pass {
			result.Why = "Every project serves a priority, and this one names none. Choose one."
		}
	case LongestTerm:
		last := AddMonths(by.Day, g.Number)
		result.Pass = p.EndOn.IsZero() || !p.EndOn.After(last)
		result.Why = fmt.Sprintf("A lead lasts %s at most, and this one is within that.", months(g.Number))
		if !result.Pass {
			result.Why = fmt.Sprintf("A lead lasts %s at most. Choose %s or earlier.", months(g.Number), last.Format("2 January 2006"))
		}
	case ShortestWindow:
		result.Why = fmt.Sprintf("Claims gather for %s, and the least is %s.",
			days(int(clocks.Gather(urgency).Hours()/24)), days(g.Number))
		if p.Trust == Open {
			result.Why = "On trust, claims are open until somebody takes it; the least time does not reach it."
		}
	case LeadsAtOnce:
		result.Why = "One person leads " + words.Spell(g.Number) + " at once at most. It is checked when somebody claims."
	}
	return result
}

func months(n int) string { return words.Several(n, "month") }

func days(n int) string { return words.Several(n, "day") }

// Publishable reports what is still missing before the proposal may be published. Practices are what
// the lens asks for beside the phase's own requirements.
func (p Proposal) Publishable(practices []Requirement, today Date) error {
	var bad Invalid
	if err := p.Project.Publishable(p.Phase, today); err != nil {
		bad = append(bad, err.(Invalid)...)
	}
	asks := len(p.Phase.Requirements)
	for _, practice := range practices {
		if !slices.Contains(p.Phase.Struck, practice.Skill) {
			asks++
		}
	}
	bad.Add(asks == 0, "requirements", "Say what it is like, or name a skill that the lead needs: so far it asks for nothing.")
	return bad.Err()
}

// Clone returns a copy whose lists can be changed by themselves.
func (p Proposal) Clone() Proposal {
	p.Phase.Requirements = slices.Clone(p.Phase.Requirements)
	p.Phase.Struck = slices.Clone(p.Phase.Struck)
	p.Needs, p.Remit, p.Further = slices.Clone(p.Needs), slices.Clone(p.Remit), slices.Clone(p.Further)
	return p
}

// CheckReason reports what is wrong with the reason for an act: it may be empty.
func CheckReason(reason string) error {
	var bad Invalid
	bad.Add(len([]rune(reason)) > MaxWhy, "reason", "Say it in 600 characters or fewer.")
	bad.Long("reason", reason)
	return bad.Err()
}
