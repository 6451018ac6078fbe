package skein

import (
	"time"
)

// Project is work that somebody leads.
type Project struct {
	ID           ProjectID
	Title        string
	Purpose      string
	JudgedBy     string
	Circle       CircleID
	Priority     PriorityID
	Group        string
	ProposedBy   PersonID
	State        ProjectState
	Trust        Trust
	TrustReason  string
	TrustUntil   Date
	Template     string
	HoursPerWeek *float64 // nil: not stated
	StartOn      Date
	EndOn        Date
	MadeAt       time.Time
	PublishedAt  time.Time
	Version      int
}

// SeenBy tells whether a person may know of the project. A draft, also one that was cancelled before it
// was published, is seen by whoever may edit it alone: whoever proposed it, and the stewards of its
// circle and of those above.
func (p Project) SeenBy(person PersonID, steward bool) bool {
	return p.State != Draft && (p.State != Cancelled || !p.PublishedAt.IsZero()) || person != "" && person == p.ProposedBy || steward
}

// TrustOn is the trust that holds on a day: one that was given until a day before is weighed again. The
// database's trust_on says the same.
func (p Project) TrustOn(day Date) Trust {
	if !p.TrustUntil.IsZero() && p.TrustUntil.Before(day) {
		return Weighed
	}
	return p.Trust
}

// Phase is a stretch of a project with one situation.
type Phase struct {
	ID           PhaseID
	Project      ProjectID
	Number       int
	Name         string
	Situation    Situation
	Requirements []Requirement // the project's own; practices come from the lens
	Struck       []SkillID     // practices that the project does without
	SaidBy       PersonID      // who said last what it is like; empty: it stands as it was proposed
	SaidAt       time.Time
	Why          string // what had happened then
}

// MaxTitle is the most characters a project's title has.
const MaxTitle = 240

// Check reports what a project lacks before it can be kept, even as a draft.
func (p Project) Check() error {
	var bad Invalid
	bad.Name("title", p.Title, "Give it a title of a few words.")
	bad.Add(len([]rune(p.Title)) > MaxTitle, "title", "A title has at most 240 characters.")
	bad.Short("group", p.Group)
	bad.Long("purpose", p.Purpose)
	bad.Long("judged", p.JudgedBy)
	bad.Short("template", p.Template)
	bad.Long("trust_reason", p.TrustReason)
	bad.Add(p.Trust.Notch() < 0, "trust", "Choose one of the trust levels.")
	bad.Add(p.HoursPerWeek != nil && (*p.HoursPerWeek < 0 || *p.HoursPerWeek > 60), "hours",
		"Say the hours a week, from 0 to 60.")
	bad.Add(!p.StartOn.IsZero() && !p.EndOn.IsZero() && p.EndOn.Before(p.StartOn), "end",
		"It ends before it starts. Choose a later day.")
	return bad.Err()
}

// Publishable reports what is still missing before p may be published with phase ph.
func (p Project) Publishable(ph Phase, today Date) error {
	var bad Invalid
	bad.Add(p.State != Draft, "state", "It is published already.")
	bad.Words("purpose", p.Purpose, "Say what it is for.")
	bad.Add(p.HoursPerWeek == nil, "hours", "Say how many hours a week the lead needs.")
	bad.Add(p.EndOn.IsZero(), "end", "Say until when.")
	bad.Add(!p.EndOn.IsZero() && !p.EndOn.After(today), "end", "The day until which it goes has come or passed. Choose a later one.")
	bad.Add(ph.Situation.Uncertainty == Unclear, "uncertainty",
		"While nobody can say what it is, nobody can be matched to it. Split off the part you can describe.")
	return bad.Err()
}
