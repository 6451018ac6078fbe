package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// remitSays puts into words what is told of a change of what a lead decides.
func remitSays(n homedb.Notice, clock words.Clock) string {
	who, of := words.Name(n.WhoName), "what the lead of "+words.Name(n.Title)+" decides"
	switch n.Code {
	case skein.CodeAsked:
		return who + " proposes to change " + of + ". Agree, or say why not" + by(n, clock) + "; unanswered, nothing changes."
	case skein.CodeWaits:
		return "The change of " + of + " that " + who + " proposed waits for you. Agree, or say why not" + by(n, clock) + "; unanswered, nothing changes."
	case skein.CodeYes:
		return who + " agreed to the change of " + of + "."
	case skein.CodeNo:
		return who + " refused the change of " + of + ", and says why. What was decided before stands."
	case skein.CodeLate:
		return "Nobody answered in time about the change of " + of + ", so what was decided before stands."
	}
	return "Nothing comes of the change of " + of + ". What was decided before stands."
}

// memberSays tells somebody that whoever leads has changed whether they are in the team.
func memberSays(n homedb.Notice) string {
	who, title := words.Name(n.WhoName), words.Name(n.Title)
	if n.Code == skein.CodeAdded {
		return who + " added you to the team of " + title + ". You can leave it on the project’s page whenever you like."
	}
	return who + " ended your place in the team of " + title + ". You can join it again on the project’s page."
}
