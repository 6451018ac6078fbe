package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// handoverSays puts into words what is told of a lead that is handed on. Who is whoever takes it over.
func handoverSays(n homedb.Notice, clock words.Clock) string {
	who, title := words.Name(n.WhoName), words.Name(n.Title)
	switch n.Code {
	case skein.CodeWrites:
		return who + " takes over " + title + ". Write what they must know" + by(n, clock) + "; without a note they begin then."
	case skein.CodeSays:
		return "What you must know to lead " + title + " is written. Say it back in your own words" + by(n, clock) + "."
	case skein.CodeThanks:
		return who + ", who led " + title + " until now, thanks you."
	case skein.CodeSlow:
		return who + " has not said back yet what they must know to lead " + title + ". Talk with them; where it is not said back" + by(n, clock) + ", the next is asked, where there is one; where they had said it back before it was put right, the lead moves with it as it is."
	}
	return who + " has said back what they must know to lead " + title + ". Read it and sign" + by(n, clock) + "; then it is theirs."
}
