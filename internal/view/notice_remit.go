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
	return "Nothing comes of the change of " + of + ": it was taken back, or who leads it was to change."
}
