package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
)

// severalSays puts into words what is told of several projects in one: see skein.Bundled. All that
// waits for an answer waits on the home page.
func severalSays(n homedb.Notice, clock words.Clock) (says, link string) {
	all := path.Home + "?all=yes"
	several := n.Title + " and " + words.Count(n.Projects-1, "other", "others")
	switch n.Kind {
	case skein.NoticeInvite:
		return "Nobody claimed " + several + ", and you are among the best placed for each. Would you lead one of them?" + onHome(n, clock), all
	case skein.NoticeCheck:
		return "Claims for " + several + " have closed. You have no part in them: check the picks." + onHome(n, clock), all
	case skein.NoticeReview:
		return "Somebody who claimed asks whether it was decided rightly, of " + several + "." + onHome(n, clock), all
	case skein.NoticeWith:
		return "You are asked to claim together with somebody: " + several + "." + onHome(n, clock), all
	case skein.NoticeCoach:
		return "You are asked to be a coach, should the lead be theirs: " + several + "." + onHome(n, clock), all
	case skein.NoticeNeeds:
		if n.Code == skein.CodeWaits {
			return several + " have a lead who waits for what you were asked to grant." + onHome(n, clock), all
		}
		return several + " ask you for what their lead needs." + onHome(n, clock), all
	case skein.NoticeReviewed:
		return "Nobody who had no part answered questions about how " + several + " were decided, so what was decided stands.", path.Leads
	case skein.NoticeOutcome:
		if n.Code == skein.CodeRemind {
			return "How did " + several + " go? Yours is not there yet." + onHome(n, clock), all
		}
		return "You are asked how " + several + " went: three questions each." + onHome(n, clock), all
	case skein.NoticeWord:
		if n.Code == skein.CodeLate {
			return "Nobody said in time how " + several + " stand. Each has its lead on its page.", path.Home
		}
		return "A word is due on how " + several + " stand. One sentence each will do.", path.Home
	case skein.NoticeEnding:
		return "The last day of " + several + " has come, and nobody led them. Two weeks later each is cancelled, unless somebody leads it or its last day is moved.", path.Leads
	}
	if n.Code == skein.CodeStill {
		return "Nobody has taken " + several + " in the last 30 days. They stay open, and you are asked again in 30 days, unless somebody takes or ends them.", path.Leads
	}
	return "Nobody has taken " + several + " yet. They stay open until somebody does.", path.Leads
}

// onHome says where what still waits of several is answered, and when the first answer is wanted.
func onHome(n homedb.Notice, clock words.Clock) string {
	switch {
	case n.Since != "":
		return ""
	case n.By.IsZero():
		return " What waits for you is on your home page."
	}
	return " What waits for you is on your home page; the first answer is wanted" + by(n, clock) + "."
}
