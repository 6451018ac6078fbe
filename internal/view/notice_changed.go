package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
)

// changedSays puts into words what is told of a lead that is being reconsidered. Who is whoever leads it. How they stand
// in it is told to nobody here: the page says that to whoever answers.
func changedSays(n homedb.Notice, clock words.Clock) (says, link string) {
	who, title := words.Name(n.WhoName), words.Name(n.Title)
	leads, theirs := who+" leads it until there is an answer.", who+" says it too, and leads it until there is an answer."
	if n.Who == n.Me {
		theirs = "a steward says it too. You lead it until there is an answer."
	}
	link = path.Reconsider(string(n.Project))
	switch n.Code {
	case skein.CodeDecide:
		return title + " has become something else, so its lead is being reconsidered. Say what becomes of it" + by(n, clock) + "; " + theirs, link
	case skein.CodeAgain:
		return "It was said anew what " + title + " is like. Say once more what becomes of it" + by(n, clock) + ".", link
	case skein.CodeMoved:
		return "Of those who say what becomes of " + title + " one is away until the date, so it was moved. Who has not said it yet can" + by(n, clock) + ".", link
	case skein.CodeSoon:
		return "Nothing is agreed yet of what becomes of " + title + ". Say it" + by(n, clock) + "; then what only one of you has said counts, and where nobody has said anything it opens for claims.", link
	case skein.CodeDiffer:
		says := who + " and a steward say different things of what becomes of " + title
		if n.Who == n.Me {
			says = "You and a steward say different things of what becomes of " + title
		}
		return says + ". Talk, and say the same" + by(n, clock) + "; if you still differ then, it opens for claims.", link
	case skein.CodeKeeps:
		return title + " is open for the next lead, and the other of you would have it kept after all. It is, once you say so too, until everybody is told who was picked.", link
	case skein.CodeAsked:
		return who + " looks for somebody to lead " + title + " beside them, and you are ready for it. Would you?" + answerBy(n, clock), path.Project(string(n.Project))
	case "":
		return title + " has become something else, so its lead is being reconsidered. " + leads, link
	}
	return changedEnds(n, who, title), path.Project(string(n.Project))
}

// changedEnds says what became of it.
func changedEnds(n homedb.Notice, who, title string) string {
	mine := n.Who == n.Me
	switch n.Code {
	case skein.CodeMoot:
		return title + " is like it was again, so nothing is reconsidered there any more."
	case skein.CodeBeside:
		if mine {
			return "You lead " + title + " on. Whoever is ready for it is asked in your name, one after the other, to lead it beside you."
		}
		return who + " leads " + title + " on. Whoever is ready for it is asked, one after the other, to lead it beside them."
	case skein.CodeAlone:
		if mine {
			return "You lead " + title + " on. Nobody is ready now who could be asked to lead it beside you; whoever would can still ask."
		}
		return who + " leads " + title + " on, and somebody is wanted beside them. There is nobody to ask now; whoever would can still ask."
	case skein.CodeTwo:
		if mine {
			return title + " becomes two. A draft of the other one is yours."
		}
		return title + " becomes two. " + who + " leads it on, and writes the other one."
	case skein.CodePasses, skein.CodeSilent:
		says := title + " is handed on, as it has become something else."
		if n.Code == skein.CodeSilent {
			says = "Nothing was agreed of what becomes of " + title + ", so it is open for the next lead."
		}
		if mine {
			return says + " You lead it until somebody has taken over."
		}
		return says + " " + who + " leads it until somebody has taken over."
	}
	if says := soughtSays(n, who, title); says != "" {
		return says
	}
	if mine {
		return "You lead " + title + " on: it is what you lead, as it is now."
	}
	return who + " leads " + title + " on, as it is now."
}

// soughtSays says what came of asking somebody to lead it beside its lead; empty: it is about something else.
func soughtSays(n homedb.Notice, who, title string) string {
	switch n.Code {
	case skein.CodeAnswer:
		return "Whether you lead " + title + " beside " + who + " was not answered in time, or you are away, so it does not wait for you any more."
	case skein.CodeOver:
		return "You are not asked any more whether you lead " + title + " beside its lead. Thank you."
	case skein.CodeNobody:
		if n.Who == n.Me {
			return "Nobody is left who could be asked to lead " + title + " beside you. Whoever would can still ask."
		}
		return "Nobody is left who could be asked to lead " + title + " beside " + who + ". Whoever would can still ask."
	case skein.CodeUnheard:
		return who + " would lead " + title + " beside its lead, and was not answered in time. Nobody else is asked."
	}
	return ""
}
