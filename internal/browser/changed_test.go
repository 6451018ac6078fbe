package browser_test

import (
	"strings"
	"testing"

	"skein/internal/browser"
)

// A situation changes: whoever leads says so, both read what moved, differ, talk, and hand it on; it is said back, and in
// that instant the next leads.
func TestASituationChangesIsReconsideredAndHandedOn(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/drought-desk"
	h.hamishReady()
	tomas := h.as("Tomas", browser.Look{})
	tomas.Visit(at)
	tomas.Says("As it was when you were chosen.")
	tomas.Link("Something changed").Click()
	tomas.Heading("Something changed")
	tomas.Field("How soon must decisions be made?").Select("Decisions are made within hours.")
	tomas.Field("If it goes wrong, how bad is it, and can we undo it?").Select("It must not go wrong.")
	tomas.Sound()
	tomas.Pictures("changed")
	tomas.Button("Say so").Click()
	tomas.Says("Say in a sentence what happened.")
	tomas.Field("In one sentence").Type("The Corrie fell below the mark on Saturday.")
	tomas.Button("Say so").Click()
	tomas.Heading("Drought Desk is being reconsidered")
	tomas.Says("Not because of you")
	tomas.Says("Decisions are made within hours; it was")
	tomas.Says("As it is now")
	tomas.Field("I keep it.").Click()
	tomas.Sound()
	tomas.Pictures("reconsider")
	tomas.Button("Send my answer").Click()
	tomas.Visit(at)
	tomas.Says("It is being reconsidered until")
	tomas.Sound()
	tomas.Pictures("reconsider-project")

	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(at + "/reconsider")
	hamish.Says("Decisions are made within hours; it was")
	if said := hamish.Text(); strings.Contains(said, "As it is now") || hamish.Has("button", "Send my answer") {
		t.Error("somebody else reads how whoever leads it stands")
	}
	hamish.Sound()

	marta := h.as("Marta", browser.Look{})
	marta.Visit(h.url + "/?all=yes")
	marta.Says("Say what becomes of")
	marta.Visit(at + "/reconsider")
	marta.Says("Tomas has answered: Tomas keeps it.")
	marta.Field("Tomas hands it on.").Click()
	marta.Sound()
	marta.Button("Send my answer").Click()
	h.says("led", `select state from project where id = 'drought-desk'`) // they say different things

	tomas.Visit(at + "/reconsider")
	tomas.Says("Talk with each other")
	tomas.Field("I hand it on.").Click()
	tomas.Button("Change my answer").Click()
	tomas.Says("It is decided")
	h.says("handing_over", `select state from project where id = 'drought-desk'`)
	tomas.Visit(at + "/reconsider")
	tomas.Sound()
	h.takenOver(t, tomas)
	h.says("hamish-orde began", `
		select person_id || ' ' || chosen_how from term where project_id = 'drought-desk' and role = 'primary' and state = 'live'`)
}

// Corriemere has a lead that is being reconsidered, which a steward answers at once: it is kept.
func TestAStewardSaysWhatBecomesOfALead(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	mirren := h.as("Mirren", browser.Look{})
	mirren.Says("Say what becomes of")
	mirren.Link("Answer Storm Overflow Map").Click()
	mirren.Says("Abel has answered: Abel keeps it.")
	mirren.Says("Bathers were told a day late")
	mirren.Field("Abel keeps it.").Click()
	mirren.Sound()
	mirren.Button("Send my answer").Click()
	mirren.Says("It is decided")
	h.says("kept", `select state from reconsideration`)
	mirren.Visit(h.url + "/projects/storm-overflow-map")
	mirren.Says("Abel Thornby")
	mirren.Sound()
}
