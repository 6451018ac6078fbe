package match

import "skein/internal/skein"

// Candidate is what the engine may know of a person. It has no field for grade, title, tenure,
// age or pay.
type Candidate struct {
	Person       skein.PersonID
	Active       bool
	FreeHours    *float64         // a week, after the leads they hold; nil: not stated
	Leads        int              // primary leads they hold now, outstanding offers included
	CoLeads      int              // places as co-lead they hold now; no gate looks at them
	LastLed      skein.Date       // the last day they led anything; zero: never
	AreaLeads    []skein.Date     // first days of their earlier primary leads in the project's area
	TermsRunning int              // primary terms they have had here one after another, up to now
	Wishes       []skein.SkillID  // what they want to develop
	Conflict     string           // a conflict of interest, as a whole sentence; empty: none
	Absences     []skein.Absence  // evidence does not age meanwhile
	Evidence     []skein.Evidence // all of theirs that Discount left, in any order
}

// Away tells whether the person is on leave that day.
func (c Candidate) Away(day skein.Date) bool {
	for _, a := range c.Absences {
		if !day.Before(a.From) && (a.Until.IsZero() || !day.After(a.Until)) {
			return true
		}
	}
	return false
}

// NeverLed tells whether the person has not led anything yet.
func (c Candidate) NeverLed() bool { return c.LastLed.IsZero() && c.Leads == 0 }

// Claimant is a person who claims, alone or together with another.
//
// Two people who claim together count as one: in each requirement the better of the two stands
// for both, the gates must pass for both, and for the tie rules they are as busy as the busier of
// them and led when the later of them led.
type Claimant struct {
	Candidate
	With    *Candidate
	Coached bool   // a coach has been named; a stretch may not claim without
	Equal   *Stand // where a steward put it, who called it equal; nil: it is compared
}
