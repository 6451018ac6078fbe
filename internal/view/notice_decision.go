package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// decisionSays puts into words what somebody is told of a decision.
func decisionSays(n homedb.Notice) string {
	about := "“" + words.Name(n.Question) + "” (" + words.Name(n.Title) + ")"
	until := ""
	if !n.On.IsZero() {
		until = " by " + n.On.Format("Monday 2\u00a0January")
	}
	who := words.Name(n.WhoName)
	switch n.Code {
	case skein.CodeAsked:
		return who + " asks for your advice" + until + ": " + about
	case skein.CodeAgree:
		return who + " asks for your yes or no" + until + ": " + about
	case skein.CodePropose:
		if who == "" {
			return "It is still proposed to you, and not decided: " + about
		}
		return who + " proposes something that you can decide" + until + ": " + about
	case skein.CodeSoon:
		return "Tomorrow is the last day for what you are asked: " + about
	case skein.CodeAdvised:
		return who + " answered what you asked: " + about
	case skein.CodeIn:
		return who + " answered what you asked, and with that everybody has: " + about
	case skein.CodeTimeUp:
		return "The day for advice has passed, so you can decide: " + about
	case skein.CodeSlow:
		return "The day has passed, and it is not decided yet: " + about
	case skein.CodeLeft:
		return who + " has left without answering what you asked: " + about
	case skein.CodeClosed:
		return who + " closed it without a decision: " + about
	case skein.CodeOver:
		return "The project is over, so nothing is decided: " + about
	}
	return who + " decided what you were asked about: " + about
}

// decision says on Home what is asked of the viewer of a decision, or what they can decide.
func (t homeTeller) decision(w homedb.Wanted, row *page.HomeRow) {
	label, to := "Answer", path.Decision(w.ID)
	row.Said.After = t.by(w.Until)
	question := "“" + words.EndSentence(words.Name(w.About)) + "”"
	row.Note = question
	switch w.Kind {
	case homedb.WaitAdvice:
		label, row.Said.Before = "Advise", words.Name(w.Who)+" asks for your advice in "
		to += "#advise"
	case homedb.WaitAgree:
		row.Said.Before = words.Name(w.Who) + " asks for your yes or no in "
		to += "#advise"
	case homedb.WaitPropose:
		label, row.Said.Before = "Read and decide", words.Name(w.Who)+" proposes something that you can decide, in "
		row.Note += " Undecided by then, it stays open."
		if w.Until != nil && w.Until.Before(t.clock.Now) {
			row.Said.After = "."
			row.Note = question + " It was to be decided by " + t.clock.Day(*w.Until) + ", and stays open until it is."
		}
	case homedb.WaitDisagree:
		label, row.Said.Before = "Look", "Everybody whom you asked has answered, and not all with yes, in "
	case homedb.WaitOverdue:
		label, row.Said.Before = "Look", "The day has passed by which others were to answer, in "
	default:
		label, row.Said.Before = "Decide", "Everybody whom you asked has answered, in "
	}
	row.Acts = []component.Button{{Label: label, Kind: component.Outlined, URL: to, About: w.Title}}
}
