package skein

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// RemitChangeID is the id of a change of what a lead decides.
type RemitChangeID string

// RemitChangeState is where a change of what a lead decides stands.
type RemitChangeState string

// The states of a change of what a lead decides.
const (
	RemitProposed RemitChangeState = "proposed"
	RemitAgreed   RemitChangeState = "agreed"
	RemitRefused  RemitChangeState = "refused"
	RemitLapsed   RemitChangeState = "lapsed" // nobody answered in time: what was decided before stands
	RemitVoid     RemitChangeState = "void"   // taken back, or what it was proposed for has ended
)

// RemitChangeStates are all of them.
var RemitChangeStates = []RemitChangeState{RemitProposed, RemitAgreed, RemitRefused, RemitLapsed, RemitVoid}

// MayBecome tells whether a change may go from one state to another.
func (s RemitChangeState) MayBecome(next RemitChangeState) bool {
	return s == RemitProposed && next != RemitProposed
}

// RemitTime is how long an answer to a proposed change is waited for, and RemitSoon how long before that whoever is asked
// is reminded, once.
const (
	RemitTime = 14 * 24 * time.Hour
	RemitSoon = 2 * 24 * time.Hour
)

// RemitTerms are what a lead decides and the hours a week that it takes: what is agreed with whoever answers for the
// priority.
type RemitTerms struct {
	Rows  []Remit  `json:"rows"`
	Hours *float64 `json:"hours,omitempty"`
}

// Tidy is without blanks around its words and without lines that say nothing.
func (t RemitTerms) Tidy() RemitTerms {
	var rows []Remit
	for _, r := range t.Rows {
		r.Area, r.WithWhom = strings.TrimSpace(r.Area), strings.TrimSpace(r.WithWhom)
		if r.Area != "" {
			rows = append(rows, r)
		}
	}
	return RemitTerms{rows, t.Hours}
}

// Check reports what is wrong with them.
func (t RemitTerms) Check() error {
	var bad Invalid
	bad.Add(len(t.Rows) > MostLines, "remit", "Name twenty areas at most.")
	bad.Add(len(t.Rows) == 0, "remit", "Name one area at least, and how far the lead decides there.")
	checkRemit(&bad, t.Rows)
	bad.Add(twice(t.Rows), "remit", "An area stands there twice. Leave one of them out.")
	bad.Add(t.Hours == nil, "hours", "Say how many hours a week it takes.")
	bad.Add(t.Hours != nil && (*t.Hours <= 0 || *t.Hours > 60), "hours", "Say the hours a week, above 0 and up to 60.")
	return bad.Err()
}

func checkRemit(bad *Invalid, rows []Remit) {
	for _, r := range rows {
		bad.Add(Blank(r.Area) || len([]rune(r.Area)) > 120, "remit", "Name each area in a few words.")
		bad.Short("remit", r.Area)
		bad.Short("remit", r.WithWhom)
		bad.Add(r.Level.Words() == "", "remit", "Say for each area how far the lead decides.")
	}
}

// twice tells whether an area stands among rows twice.
func twice(rows []Remit) bool {
	for i, r := range rows {
		if slices.ContainsFunc(rows[:i], func(o Remit) bool { return strings.EqualFold(o.Area, r.Area) }) {
			return true
		}
	}
	return false
}

// Same tells whether two say the same.
func (t RemitTerms) Same(as RemitTerms) bool {
	return sameNumber(t.Hours, as.Hours) && slices.EqualFunc(t.Rows, as.Rows, Remit.same)
}

func (r Remit) same(as Remit) bool {
	return r.Area == as.Area && r.Level == as.Level && r.WithWhom == as.WithWhom && sameNumber(r.Ceiling, as.Ceiling)
}

// SameHours tells whether two take the same hours.
func (t RemitTerms) SameHours(as RemitTerms) bool { return sameNumber(t.Hours, as.Hours) }

func sameNumber(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// Version names what they say.
func (t RemitTerms) Version() string {
	number := func(n *float64) string {
		if n == nil {
			return ""
		}
		return strconv.FormatFloat(*n, 'g', -1, 64)
	}
	parts := []any{number(t.Hours)}
	for _, r := range t.Rows {
		parts = append(parts, r.Area, r.Level, number(r.Ceiling), r.WithWhom)
	}
	return versionOf(parts...)
}

// RemitDiffers is an area of which something else is decided, before and after; nil: it stands there on one side alone.
type RemitDiffers struct {
	Area string `json:"area"`
	Was  *Remit `json:"was"`
	Now  *Remit `json:"now"`
}

// Differs lists the areas in which they differ from what was, in their order, those that go away last.
func (t RemitTerms) Differs(was RemitTerms) []RemitDiffers {
	of := func(rows []Remit, area string) *Remit {
		if i := slices.IndexFunc(rows, func(r Remit) bool { return strings.EqualFold(r.Area, area) }); i >= 0 {
			return &rows[i]
		}
		return nil
	}
	var all []RemitDiffers
	for i := range t.Rows {
		now := &t.Rows[i]
		if before := of(was.Rows, now.Area); before == nil || !before.same(*now) {
			all = append(all, RemitDiffers{now.Area, before, now})
		}
	}
	for i := range was.Rows {
		if before := &was.Rows[i]; of(t.Rows, before.Area) == nil {
			all = append(all, RemitDiffers{before.Area, before, nil})
		}
	}
	return all
}

// RemitChange is a change of what a lead decides and of its hours: one side proposes it, those who lead or whoever
// answers for the priority, and the other agrees.
type RemitChange struct {
	ID         RemitChangeID
	Project    ProjectID
	Term       TermID // the lead whom it is for
	State      RemitChangeState
	ProposedBy PersonID
	ProposedAt time.Time
	ByLead     bool // it is proposed by those who lead, and the priority's side answers
	Reason     string
	AskedOf    PersonID // who is asked
	AnswerBy   time.Time
	Reminded   bool
	AnsweredBy PersonID // empty: nobody answered
	AnsweredAt time.Time
	Refusal    string // why it was refused
	EndedAt    time.Time
	Was, Now   RemitTerms
}

// RemitOf says which of what is agreed a change is about.
type RemitOf string

// What a change is about.
const (
	RemitOfRows  RemitOf = ""      // what the lead decides
	RemitOfHours RemitOf = "hours" // the hours a week, and nothing else
	RemitOfBoth  RemitOf = "both"
)

// Of says what it is about.
func (c RemitChange) Of() RemitOf {
	switch {
	case c.Now.SameHours(c.Was):
		return RemitOfRows
	case (RemitTerms{Rows: c.Now.Rows}).Same(RemitTerms{Rows: c.Was.Rows}):
		return RemitOfHours
	}
	return RemitOfBoth
}

// Waits tells whether it waits for an answer.
func (c RemitChange) Waits() bool { return c.State == RemitProposed }

// TellsOn is when the clock has something to say of it: that it is reminded of, or lapses.
func (c RemitChange) TellsOn() time.Time {
	if c.Reminded {
		return c.AnswerBy
	}
	return c.AnswerBy.Add(-RemitSoon)
}

// Answer is the yes or no of the other side. A no says why.
func (c *RemitChange) Answer(by By, yes bool, why string) error {
	why = strings.TrimSpace(why)
	next := RemitAgreed
	if !yes {
		next = RemitRefused
	}
	if !c.State.MayBecome(next) {
		return Conflict{"This is settled already. The page says how."}
	}
	if !yes {
		var bad Invalid
		bad.Words("refusal", why, "Say why in a sentence. Everybody can read it.")
		bad.Add(len([]rune(why)) > MaxWhy, "refusal", "Say it in 600 characters or fewer.")
		if err := bad.Err(); err != nil {
			return err
		}
		c.Refusal = why
	}
	c.State, c.AnsweredBy, c.AnsweredAt, c.EndedAt = next, by.Person, by.At, by.At
	return nil
}
