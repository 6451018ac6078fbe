package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// handingPanel is for a lead that is accepted, whose needs are settled, and that waits for a step of its handing on;
// false: it waits for none.
func (x projectView) handingPanel(t *leaddb.TermRow) (page.ProjectPanel, bool) {
	h, ok := x.handing()
	if !ok || t.State != skein.TermAccepted || !h.waits() || x.openNeeds() > 0 {
		return page.ProjectPanel{}, false
	}
	at := path.HandingOn(string(x.p.Project.ID))
	panel := page.ProjectPanel{State: words.FirstName(t.Name) + " takes it on.", Fine: []string{h.standing()}}
	mine := t.Person == x.Person.ID
	if mine {
		panel.State, panel.Ways = "Yours, once it is handed over.", x.startWays(t)
	}
	switch {
	case h.saysBack():
		panel.First, panel.Button = true, &component.Button{Label: "Say it back", URL: at}
		panel.Fine = []string{h.sayWords()}
	case h.writes() && h.note.State == skein.HandoverDraft:
		panel.First, panel.Button = true, &component.Button{Label: "Write the note", URL: at}
	case h.writes() && h.note.State == skein.HandoverSaid:
		panel.First, panel.Button = true, &component.Button{Label: "Read and sign", URL: at}
	case h.reads():
		panel.Ways = append(panel.Ways, component.Button{Label: "Read the note", Kind: component.Plain, URL: at})
	}
	if mine || h.holds && h.giver == x.Person.ID {
		return panel, true
	}
	return x.joinable(panel), true
}

// withHandover adds to a panel the way to the note, for whoever writes it while nobody is waited for, and for everybody
// where it was said back.
func (x projectView) withHandover(panel page.ProjectPanel) page.ProjectPanel {
	h, ok := x.handing()
	if !ok || h.waits() && x.later() == nil {
		return panel
	}
	at := path.HandingOn(string(x.p.Project.ID))
	switch {
	case h.waits() && (h.writes() || h.reads()):
		panel.Ways = append(panel.Ways, component.Button{Label: "The note that is handed on", Kind: component.Plain, URL: at})
		panel.Fine = append(panel.Fine, h.standing())
	case h.stands() && (h.writes() || h.reads()):
		panel.Ways = append(panel.Ways, component.Button{Label: h.saidLabel(), Kind: component.Plain, URL: at})
		panel.Fine = append(panel.Fine, h.standing())
	case h.moved && x.lead() != nil:
		panel.Ways = append(panel.Ways, component.Button{Label: h.saidLabel(), Kind: component.Plain, URL: at})
	case !h.moved && h.writes():
		label := "Write what the next lead must know"
		if h.note.State == skein.HandoverWritten {
			label = "The note for the next lead"
		}
		panel.Ways = append(panel.Ways, component.Button{Label: label, Kind: component.Plain, URL: at})
	}
	return panel
}

// saidLabel names the way to a note that was said back, as it stands or before it was put right.
func (h handing) saidLabel() string {
	if h.note.PutRight() {
		return "The note that was handed on"
	}
	return "What was said back"
}
