package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// remitOfWords say what a change is about, before the title of its project.
var remitOfWords = map[skein.RemitOf]string{
	skein.RemitOfRows: "what the lead decides in ", skein.RemitOfHours: "the hours a week of ", skein.RemitOfBoth: "what the lead decides, and its hours, in ",
}

// remitOf says the same with the title.
func remitOf(n homedb.Notice) string {
	title := words.Name(n.Title)
	switch n.RemitOf {
	case skein.RemitOfHours:
		return "the hours a week of " + title
	case skein.RemitOfBoth:
		return "what the lead of " + title + " decides, and its hours"
	}
	return "what the lead of " + title + " decides"
}

// remitSays puts into words what is told of a change of what a lead decides.
func remitSays(n homedb.Notice, clock words.Clock) string {
	who, of := words.Name(n.WhoName), remitOf(n)
	switch n.Code {
	case skein.CodeAsked:
		return who + " proposes to change " + of + ". Agree, or say why not" + by(n, clock) + "; unanswered, nothing changes."
	case skein.CodeWaits:
		return who + " proposed to change " + of + ", and it waits for you. Agree, or say why not" + by(n, clock) + "; unanswered, nothing changes."
	case skein.CodeYes:
		return who + " agreed to the change of " + of + "."
	case skein.CodeNo:
		return who + " refused the change of " + of + ", and says why. What was agreed before stands."
	case skein.CodeLate:
		return "Nobody answered in time about the change of " + of + ", so what was agreed before stands."
	}
	return "Nothing comes of the change of " + of + ". What was agreed before stands."
}

// memberSays tells somebody that whoever leads has changed whether they are in the team.
func memberSays(n homedb.Notice) string {
	who, title := words.Name(n.WhoName), words.Name(n.Title)
	if n.Code == skein.CodeAdded {
		return who + " added you to the team of " + title + ". You can leave it on the project’s page whenever you like."
	}
	return who + " ended your place in the team of " + title + ". You can join it again on the project’s page."
}
