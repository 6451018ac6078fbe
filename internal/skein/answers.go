package skein

import "skein/internal/words"

// Answers is who answers for a priority or a guardrail, as readers may ask them.
type Answers struct {
	OwnerName   string // whoever is named; "": nobody
	OwnerGone   bool   // they cannot come in
	OwnerComing bool   // for they have not begun
	NextOwner   string // an executive who can come in; "": nobody is one
}

// noExecutive is what can be done where nobody may change what executives do.
const noExecutive = "nobody is an executive: an administrator can give that role."

// Away says why whoever is named cannot be asked: " has left", or " has not begun yet"; "" where they can be.
func (a Answers) Away() string {
	switch {
	case a.OwnerComing:
		return " has not begun yet"
	case a.OwnerGone:
		return " has left"
	}
	return ""
}

// ForIt says who answers for it, in a sentence; "" where nobody was ever named.
func (a Answers) ForIt() string {
	owner, away := words.Name(a.OwnerName), a.Away()
	switch {
	case a.OwnerName == "":
		return ""
	case away == "":
		return owner + " answers for it."
	case a.NextOwner != "":
		return owner + away + "; " + words.Name(a.NextOwner) + ", an executive, answers for it now."
	}
	return owner + away + ", and " + noExecutive
}

// Changes says who can change the guardrail, in a sentence.
func (a Answers) Changes() string {
	owner, away := words.Name(a.OwnerName), a.Away()
	switch {
	case a.OwnerName != "" && away == "":
		return owner + " answers for this guardrail and can change it."
	case a.NextOwner == "":
		return "Executives can change the guardrail, and " + noExecutive
	case a.OwnerName != "":
		return owner + away + "; " + words.Name(a.NextOwner) + ", an executive, can change this guardrail."
	}
	return "Executives can change the guardrail, and " + words.Name(a.NextOwner) + " is one."
}
