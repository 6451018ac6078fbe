package skein

// ReopenDays is for how many days after the one on which it was completed a project can be reopened.
const ReopenDays = 30

// ReopenUntil is the last day on which a project that was completed on a day can be reopened.
func ReopenUntil(completed Date) Date { return completed.AddDate(0, 0, ReopenDays) }

// Reopens is nil where by may reopen a project that was completed on a day of the organisation's; zero: it is not known.
// May says that they led it last, or are a steward of its circle or of one above.
func (p Project) Reopens(by By, may bool, completed Date) error {
	switch {
	case p.State != Completed:
		return Conflict{"It is " + p.State.Words() + ", so there is nothing to reopen."}
	case !may || by.Person == "":
		return Refused{Why: "You did not lead this last.", Who: "Whoever led it last reopens it, or its steward."}
	case completed.IsZero() || by.Day.After(ReopenUntil(completed)):
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
