package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// handedOn: whoever hands Drought Desk on writes what the next must know, they say it back, and it is signed: in that
// instant they lead. Left is who has left, in whose place a steward writes; empty: giver leads it themselves.
func (h *house) handedOn(t *testing.T, giver, next *browser.Page, left string) {
	t.Helper()
	at := h.url + "/projects/drought-desk"
	next.Visit(at)
	next.Says("Yours, once it is handed over.")
	next.Sound()
	giver.Visit(h.url)
	giver.Says("Write what")
	giver.Visit(at)
	giver.Link("Write the note").Click()
	giver.Heading("Hand Drought Desk on")
	if left != "" {
		giver.Says("You write in the place of " + left + ", who has left.")
	}
	giver.Field("In short").Type("Two reservoirs fall a week ahead of the plan.")
	giver.Says("Nothing is sent yet.")
	giver.Says("Kept at")
	h.says("Two reservoirs fall a week ahead of the plan.", `select summary from handover where state = 'draft'`)
	giver.Button("Keep it for later").Click()
	giver.Says("It is kept.")
	giver.Field("watch it").Click()
	giver.Field("What").Fill("Two tankers from Treatment")
	giver.Field("Who").Fill("Sunita")
	giver.Field("If").Fill("Carrow falls under 41 %")
	giver.Field("Then").Fill("call Owen, night or day")
	giver.Sound()
	giver.Pictures("handing-on-write" + left)
	who := first(t, h)
	giver.Button("Ask " + who + " to say it back").Click()
	giver.Says("Whoever takes over says it back.")

	next.Visit(h.url + "/?all=yes") // of what waits three stand there
	next.Says("Say back what you must know to lead")
	next.Visit(at)
	next.Link("Say it back").Click()
	next.Heading("Say Drought Desk back")
	for _, label := range []string{"How it is now, in your words", "In short, in your words", "What you do first", "When it happens, I"} {
		for _, field := range next.All("textbox", label) {
			field.Type("I look every morning.")
		}
	}
	next.Sound()
	next.Pictures("handing-on-say-back" + left)
	next.Button("Sign").Click()
	next.Says("You have said it back, and signed.")
	h.says("accepted", `select state from term where project_id = 'drought-desk' and role = 'primary' and state not in ('ended', 'handing_over')`)

	giver.Visit(at)
	giver.Link("Read and sign").Click()
	giver.Says("I look every morning.")
	giver.Sound()
	giver.Pictures("handing-on-sign" + left)
	giver.Button("Sign").Click()
	giver.Heading("Drought Desk is " + who + "’s")
	if left == "" {
		giver.Button("Thank the team").Click()
		giver.Says("You thanked the team on")
	}
	giver.Sound()
	giver.Pictures("handing-on-moved" + left)
	next.Visit(at)
	next.Says("You lead this")
	next.Says("said back")
	next.Pictures("handing-on-project" + left)
}

// first is the first name of whoever takes over Drought Desk.
func first(t *testing.T, h *house) string {
	t.Helper()
	var name string
	err := h.pool.QueryRow(t.Context(), `
		select split_part(person.name, ' ', 1) from term join person on person.id = term.person_id
		where term.project_id = 'drought-desk' and term.state = 'accepted'`).Scan(&name)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// A lead is handed on, taken back, handed on again, said back, and in that instant the new lead leads.
func TestALeadIsHandedOnAndSaidBack(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/drought-desk"
	h.hamishReady()
	tomas := h.as("Tomas", browser.Look{})
	tomas.Visit(at)
	tomas.Link("Step down").Click()
	tomas.Heading("Step down?")
	tomas.Says("You can take it back until everybody is told who was picked")
	tomas.Sound()
	tomas.Pictures("step-down")
	tomas.Button("Step down").Click()
	h.says("open", `select state from project where id = 'drought-desk'`)
	tomas.Visit(at)
	tomas.Pictures("stepped-down")
	tomas.Button("Take it back").Click()
	h.says("led", `select state from project where id = 'drought-desk'`)
	tomas.Visit(at)
	tomas.Link("Hand it on").Click()
	tomas.Button("Hand it on").Click()
	tomas.Says("It is open for the next lead.")

	h.takenOver(t, tomas)
	h.says("signed", `select state from handover where project_id = 'drought-desk' and state <> 'void'`)
}

// hamishReady lets Hamish be ready for Drought Desk.
func (h *house) hamishReady() {
	h.t.Helper()
	h.exec(`update person set hours_per_week = 40 where id = 'hamish-orde'`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
		select 'hamish-orde', skill_id, 'outcome', 5, current_date - 40, source
		from requirement
		join phase on phase.id = requirement.phase_id and phase.project_id = 'drought-desk'
		cross join unnest(array['a drought', 'a flood', 'a winter']) source`)
}

// chosen: Hamish claims Drought Desk, is picked, and accepts it.
func (h *house) chosen() *browser.Page {
	h.t.Helper()
	at := h.url + "/projects/drought-desk"
	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(at + "/claim")
	hamish.Field("Why you, and why now?").Type("I know the river.")
	hamish.Button("Send my claim").Click()
	hamish.Says("Your claim is sent.")
	h.exec(`update claim_window set closes_at = now() + interval '1 hour' where project_id = 'drought-desk' and closed_at is null`)
	marta := h.as("Marta", browser.Look{})
	marta.Visit(at)
	marta.Button("Skip to the close here").Click()
	marta.Says("what was due has happened")
	h.exec(`update pick set asked_of = 'marta-oyelaran' where project_id = 'drought-desk' and state = 'waiting'`)
	marta.Visit(at + "/result")
	marta.Button("Confirm").Click()
	hamish.Visit(at + "/result")
	hamish.Button("Accept").Click()
	return hamish
}

// takenOver: Hamish claims Drought Desk, is chosen, and it is handed on to him by Tomas.
func (h *house) takenOver(t *testing.T, tomas *browser.Page) {
	t.Helper()
	h.handedOn(t, tomas, h.chosen(), "")
}

// In the demo a note waits to be said back: Hamish says it back at once, Kwame signs, and Hamish leads.
func TestTheDemosReadBack(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/pipe-bridge"
	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(h.url)
	hamish.Visit(h.url + "/?all=yes")
	hamish.Says("Say back what you must know to lead Pipe Bridge")
	hamish.Pictures("demo-read-back-home")
	hamish.Visit(at + "/handing-on")
	hamish.Heading("Say Pipe Bridge back")
	hamish.Sound()
	hamish.Pictures("demo-read-back")
	for _, label := range []string{"How it is now, in your words", "In short, in your words", "What you do first", "When it happens, I"} {
		for _, field := range hamish.All("textbox", label) {
			field.Type("I walk the bank myself.")
		}
	}
	hamish.Button("Sign").Click()
	hamish.Says("You have said it back, and signed.")
	kwame := h.as("Kwame", browser.Look{})
	kwame.Visit(h.url)
	kwame.Says("Hamish Orde has said back what they must know to lead Pipe Bridge")
	kwame.Visit(at + "/handing-on")
	kwame.Says("I walk the bank myself.")
	kwame.Button("Sign").Click()
	kwame.Heading("Pipe Bridge is Hamish’s")
	kwame.Sound()
	kwame.Pictures("demo-handed-on")
	hamish.Visit(at)
	hamish.Says("You lead this")
	hamish.Pictures("demo-handed-on-project")
}
