package skein

import (
	"fmt"
	"time"
)

// ReopenDays is for how many days after it was completed a project can be reopened.
const ReopenDays = 30

// ReopenUntil is until when a project that was completed at a moment can be reopened.
func ReopenUntil(completed time.Time) time.Time {
	return completed.Add(ReopenDays * 24 * time.Hour)
}

// Reopens is nil where by may reopen a project that was completed at a moment. May says that they led it last, or are a
// steward of its circle or of one above.
func (p Project) Reopens(by By, may bool, completed time.Time) error {
	switch {
	case p.State != Completed:
		return Conflict{"It is " + p.State.Words() + ", so there is nothing to reopen."}
	case !may || by.Person == "":
		return Refused{Why: "You did not lead this last.", Who: "Whoever led it last reopens it, or its steward."}
	case completed.IsZero() || by.At.After(ReopenUntil(completed)):
		return Conflict{"It was completed more than 30 days ago. Propose what is still to do as a new project."}
	}
	return nil
}

// CheckReopen reports what is wrong with why a project is reopened.
func CheckReopen(reason string) error {
	var bad Invalid
	bad.Words("reason", reason, "Say why in a sentence. Everybody can read it.")
	bad.Add(len([]rune(reason)) > MaxWhy, "reason", "Say it in 600 characters or fewer.")
	return bad.Err()
}

// CheckReopened reports what is wrong with the end of a project that is reopened on a day, where a lead lasts so many
// months at most (0: however long).
func (w LedWords) CheckReopened(today Date, longest int) error {
	var bad Invalid
	bad.Add(w.EndOn.IsZero() || !w.EndOn.After(today), "end", "Choose a day to come on which it ends.")
	if last := AddMonths(today, longest); longest > 0 {
		bad.Add(w.EndOn.After(last), "end", fmt.Sprintf("A lead lasts %s at most. Choose %s or earlier.", months(longest), last.Format("2 January 2006")))
	}
	return bad.Err()
}
