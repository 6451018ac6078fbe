package view

import (
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// on fills in the page of a lead that has moved, while whoever took it over leads it; false: they do not any more.
func (h handing) on(d *page.HandingOnData) bool {
	front := h.lead()
	if !h.moved || front == nil || front.Person != h.taker || h.p.Project.State.Over() {
		return false
	}
	title := words.Name(h.p.Project.Title)
	d.Statement = title + " is " + words.FirstName(h.takerName) + "’s"
	if h.Person.ID == h.taker {
		d.Statement = title + " is yours"
	}
	d.On = &page.HandedOn{Flight: h.flight()}
	if h.Person.ID != h.giver {
		return true
	}
	d.On.Led, d.On.Moved = h.ledWords(), h.moves()
	if h.note.ThankedAt.IsZero() {
		d.On.Thank = &component.Button{Label: "Thank the team", Action: path.ThankTeam(d.ID)}
	} else {
		d.On.Thanked = "You thanked the team on " + h.clock.Date(h.note.ThankedAt.In(h.clock.Zone)) + "."
	}
	if mine := h.place(); mine.member || mine.co != nil || mine.shadow != nil {
		d.On.Stays = "You are in the team, for questions. Leaving is one click."
		d.On.Place = &component.Button{Label: "Leave the team", Kind: component.Plain, URL: path.LeaveProject(d.ID)}
	} else {
		d.On.Stays = "What you said and answered stays, under your name. You are not in the team any more; joining it is one click."
		d.On.Place = &component.Button{Label: "Join the team", Kind: component.Plain, Action: path.JoinProject(d.ID)}
	}
	return true
}

// flight is the team as it flies now: where whoever leads rose from, and where whoever led drops back.
func (h handing) flight() component.FlightFigure {
	f := component.FlightFigure{Label: "The team"}
	front := h.lead()
	if !front.Joined.IsZero() && front.Joined.Before(front.From) {
		rose := component.Flier{Rose: true, Name: words.FirstName(front.Name) + " flew here"}
		if i := h.memberAt(front.Person); i >= 0 && h.p.Members[i].Brings != "" {
			rose.Does = h.p.Members[i].Brings
		}
		f.Below = append(f.Below, rose)
	}
	for _, t := range h.p.Terms {
		h.left = h.left || t.ID == h.note.Term && t.EndReason == skein.EndGone
	}
	back := component.Flier{Place: component.Behind, Name: h.giverName, URL: path.Person(string(h.giver)), Does: "drops back"}
	for i, m := range h.team() {
		one := component.Flier{Place: m.Place, Name: m.Name, URL: m.URL, Does: m.Does}
		switch {
		case i == 0:
			f.Front = one
		case m.URL == back.URL:
			back.Does = "drops back, in the team"
		case m.Place == component.Behind:
			f.Below = append(f.Below, one)
		}
	}
	if !h.left {
		f.Below, f.DropBack = append(f.Below, back), true
	}
	return f
}

// memberAt is where somebody stands among the members; below zero: nowhere.
func (x projectView) memberAt(person skein.PersonID) int {
	for i, m := range x.p.Members {
		if m.ID == person {
			return i
		}
	}
	return -1
}

// ledWords says what whoever handed it on did while they led.
func (h handing) ledWords() string {
	says := "You led it"
	for _, t := range h.p.Terms {
		if t.ID == h.note.Term && !t.From.IsZero() && !t.Until.IsZero() {
			says = "From " + h.clock.Date(t.From) + " to " + h.clock.Date(t.Until)
		}
	}
	var parts []string
	if n := h.note.Words; n > 0 {
		parts = append(parts, words.Count(n, "word on how it stands", "words on how it stands"))
	}
	if n := h.note.Answers; n > 0 {
		parts = append(parts, words.Count(n, "answer", "answers"))
	}
	if len(parts) == 0 {
		return says + "."
	}
	return says + ". " + words.UpperFirst(words.List(parts)) + "."
}

// moves says what is whoever's now who took it over.
func (h handing) moves() string {
	says := "What you decided, the right to change the project and the hours are " + words.FirstName(h.takerName) + "’s."
	if hours := h.p.Project.HoursPerWeek; hours != nil && h.place().co == nil {
		says += " Your " + words.Hours(*hours) + " are free again."
	}
	return says
}

// movedWords says how a lead moved.
func (h handing) movedWords() string {
	me := h.Person.ID
	named := func(id skein.PersonID, name, you string) string {
		if id == me {
			return you
		}
		return words.Name(name)
	}
	wrote := named(h.note.Writer, h.note.WriterName, "You") + " wrote it down"
	said := named(h.taker, h.takerName, "you") + " said it back"
	switch {
	case h.note.PutRight():
		return wrote + ", and " + said + " on " + h.clock.Date(h.note.SaidAt.In(h.clock.Zone)) + ". It was put right after that, and not said back anew. The lead moved without a second signature."
	case h.note.State != skein.HandoverSigned:
		return wrote + ", and " + said + " on " + h.clock.Date(h.note.SaidAt.In(h.clock.Zone)) + ". The lead moved without a second signature."
	case h.movedOn() != "":
		return wrote + ", and " + said + ". " + named(h.note.SignedBy, h.note.SignedName, "You") + " signed on " + h.clock.Date(h.note.SignedAt.In(h.clock.Zone)) + ", and the lead moved on " + h.movedOn() + "."
	case h.note.SignedBy == h.note.Writer && (me == h.note.Writer || me == h.taker):
		return "Since " + h.clock.Moment(h.note.SignedAt) + ". " + wrote + ", " + said + ", and both of you signed."
	}
	return wrote + ", and " + said + ". " + named(h.note.SignedBy, h.note.SignedName, "You") + " signed on " + h.clock.Date(h.note.SignedAt.In(h.clock.Zone)) + ", and in that instant the lead moved."
}
