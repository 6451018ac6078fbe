package view

import (
	keepdb "skein/internal/postgres/keep"
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
func ErasePerson(v Viewer, p page.PersonAccess, e keepdb.Erasure) page.Erasing {
	d := page.Erasing{ID: p.ID, Name: p.Name, Statement: "Erase " + words.FirstName(p.Name), Asked: e.Asked != nil, Holds: p.Holds}
	d.May = (e.Asked != nil || p.Left != "") && p.ID != string(v.Person.ID)
	switch {
	case p.ID == string(v.Person.ID):
		d.Note = "You are signed in as the one who would go. Another administrator can do it, and gives somebody that role first if there is no other."
	case !d.May:
		d.Note = "They have not asked for it. They do so in their settings, or you close the door first."
	default:
		d.Note = erasureSays(v, p, e)
	}
	return d
}

// erasureSays tells of somebody whether they asked, or may be erased; "": neither.
func erasureSays(v Viewer, p page.PersonAccess, e keepdb.Erasure) string {
	switch {
	case e.Asked != nil:
		return words.FirstName(p.Name) + " asked " + v.Clock().OnDay(*e.Asked) + " to be erased. It is to be done by " + v.Clock().Date(skein.ErasureBy(*e.Asked)) + "."
	case p.Left != "":
		return "The door is closed, so " + words.FirstName(p.Name) + " cannot ask here any more. You may erase them on their word."
	}
	return ""
}

// TellErasure adds to what an administrator sees of somebody whether they asked to be erased, or were.
func TellErasure(v Viewer, p *page.PersonAccess, e keepdb.Erasure) {
	if e.Erased != nil {
		p.Erased = "They were erased " + v.Clock().OnDay(*e.Erased) + ". What they gave others and decided stays under this name."
		return
	}
	p.Erasure = erasureSays(v, *p, e)
}
