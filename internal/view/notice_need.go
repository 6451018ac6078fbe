package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
)

// needsNotice says what is told of what a lead gets.
func needsNotice(n homedb.Notice, currency string) (says, link string) {
	project, what := path.Project(string(n.Project)), needWords(n.Need, currency)
	switch n.Code {
	case skein.CodeWaits:
		return words.Name(n.Title) + " has a lead who waits for what you were asked to grant.", project
	case skein.CodeGranted:
		return words.Name(n.Title) + " gets what it asked for" + colon(what), project + "#needs"
	case skein.CodeCounted:
		return "Nobody answered in time for the hours of " + words.Name(n.Title) + ", so they count as granted" + colon(what), project + "#needs"
	case skein.CodeLess:
		says = words.Name(n.Title) + " was offered less than it asked for" + colon(what)
		if n.Need.Answer == skein.NeedLess && n.Need.Less > 0 {
			says += " Offered: " + lessWords(n.Need, currency) + "."
		}
		return says, project + "#needs"
	case skein.CodeNo:
		return words.Name(n.Title) + " was refused what it asked for" + colon(what), project + "#needs"
	case skein.CodeNobody:
		return "Nobody is left who could grant what " + words.Name(n.Title) + " asked for" + colon(what), project + "#needs"
	case skein.CodePassed:
		return "Whoever was asked for what " + words.Name(n.Title) + " gets did not answer, so " + words.Name(n.WhoName) + " is asked now" + colon(what), project + "#needs"
	case skein.CodeMoved:
		return words.Name(n.WhoName) + " has " + words.Name(n.Title) + " go on for longer than you granted what it gets" + colon(what), project + "#needs"
	case skein.CodeMissing:
		return words.Name(n.WhoName) + " does not have what you promised for " + words.Name(n.Title) + colon(what), project + "#needs"
	}
	return words.Name(n.Title) + " asks you for what its lead needs" + colon(what), project + "#needs"
}

// colon ends a sentence with what it speaks of, while that is known.
func colon(what string) string {
	if what == "" {
		return "."
	}
	return ": " + words.Name(what) + "."
}
