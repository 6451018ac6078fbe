// Package comparison is what is compared: the facts of people and the questions that phases ask, as the
// store reads them and as whoever ranks takes them.
package comparison

import "skein/internal/skein"

// Facts is everything that the store knows of one person and the matcher may see. It has no name,
// grade, title, tenure, age or pay: what is not here cannot move a ranking.
type Facts struct {
	Person    skein.PersonID
	Active    bool          // with the organisation on the question's day
	HoursFree *float64      // room to lead less what their leads take; nil: not stated
	Leads     int           // primary leads held, outstanding offers included
	CoLeads   int           // places as co-lead held now; the index does not keep them
	LastLed   skein.Date    // the last day in office, or the first of a running term; zero: never
	Earlier   []EarlierLead // primary leads so far, latest first
	Wishes    []skein.SkillID
	Absences  []skein.Absence
	Evidence  []Seen // by skill, then day; of what somebody hides, nothing
}

// EarlierLead is one primary lead that somebody has held, or holds.
type EarlierLead struct {
	Project skein.ProjectID
	Area    []skein.SkillID // the most important requirements of its phase
	From    skein.Date
}

// Seen is one piece of evidence as the matcher sees it.
type Seen struct {
	skein.Evidence
	// AsSelf is a colleague's word that counts no more than one's own: the two endorsed each other
	// within skein.ReturnedDays, or share no project or circle.
	AsSelf bool
}
