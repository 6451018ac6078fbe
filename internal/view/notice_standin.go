package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// standInSays puts into words what is told of standing in. Who is whom it names: the lead where one is
// asked, or not wanted any more, else who stands in.
func standInSays(n homedb.Notice, clock words.Clock) string {
	who, title, until := words.Name(n.WhoName), words.Name(n.Title), ""
	if !n.On.IsZero() {
		until = " until " + n.On.Format("2 January")
	}
	switch n.Code {
	case skein.CodeAsked:
		if until == "" {
			until = " until somebody leads"
		}
		return "Would you stand in for " + who + " in " + title + until + "?" + answerBy(n, clock)
	case skein.CodeYes:
		return who + " has said yes to standing in for the lead of " + title + until + "."
	case skein.CodeAnswer:
		return "Whether you stand in for " + who + " in " + title + " was not answered in time, or you are away, so it does not wait for you any more."
	case skein.CodeSteps:
		return who + " does not stand in any more in " + title + ". The next is asked, where there is one."
	case skein.CodeNobody:
		return "Nobody could be asked to stand in for " + who + " in " + title + ". Whoever looks after it sees to it meanwhile."
	case skein.CodeAbsent:
		if n.Who == n.Me {
			return "You are away for long, so " + title + " is open for the next lead. It is yours until somebody has taken over, and yours to take back."
		}
		if until == "" {
			until = " for long"
		}
		return who + " is away" + until + ", so " + title + " is open for the next lead, and somebody is asked to stand in."
	}
	return "Nobody has to stand in for " + who + " in " + title + " any more. Thank you."
}
