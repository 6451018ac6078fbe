package view

import (
	"time"

	doordb "skein/internal/postgres/door"
	keepdb "skein/internal/postgres/keep"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// AskErasure is the page on which somebody asks to be erased, or takes it back.
func AskErasure(v Viewer, e keepdb.Erasure) page.Erasing {
	if e.Asked == nil {
		return page.Erasing{
			Statement: "Ask to be erased",
			Note:      "An administrator does it, " + words.Several(skein.ErasureDays, "day") + " from now at the latest. Until it is done you can take it back, and go on as before.",
		}
	}
	return page.Erasing{
		Statement: "You asked to be erased",
		Note:      "You asked " + v.Clock().OnDay(*e.Asked) + ". An administrator does it by " + v.Clock().Date(skein.ErasureBy(*e.Asked)) + ". Until then you can take it back.",
		Asked:     true,
	}
}

// ErasePerson is the page on which an administrator erases somebody.
func ErasePerson(v Viewer, found doordb.PersonAccess, holds []leaddb.Hold) page.Erasing {
	p, asked := PersonAccess(v, found, holds), found.ErasureAsked != nil
	d := page.Erasing{ID: p.ID, Name: p.Name, Statement: "Erase " + words.FirstName(p.Name), Asked: asked, Holds: p.Holds}
	d.May = (asked || p.Left != "") && p.ID != string(v.Person.ID)
	switch {
	case p.ID == string(v.Person.ID):
		d.Note = "You are signed in as the one who would go. Another administrator can do it, and gives somebody that role first if there is no other."
	case !d.May:
		d.Note = "They have not asked for it. They do so in their settings, or you close the door first."
	default:
		d.Note = p.Erasure
	}
	return d
}

// erasureSays tells of somebody whether they asked, or may be erased; "": neither.
func erasureSays(v Viewer, p page.PersonAccess, asked *time.Time) string {
	switch {
	case asked != nil:
		return words.FirstName(p.Name) + " asked " + v.Clock().OnDay(*asked) + " to be erased. It is to be done by " + v.Clock().Date(skein.ErasureBy(*asked)) + "."
	case p.Left != "":
		return "The door is closed, so " + words.FirstName(p.Name) + " cannot ask here any more. You may erase them on their word."
	}
	return ""
}

// tellErasure adds to what an administrator sees of somebody whether they asked to be erased, or were.
func tellErasure(v Viewer, p *page.PersonAccess, found doordb.PersonAccess) {
	if found.ErasedAt != nil {
		p.Erased = "They were erased " + v.Clock().OnDay(*found.ErasedAt) + ". What they gave others and decided stays under this name."
		return
	}
	p.Erasure = erasureSays(v, *p, found.ErasureAsked)
}
