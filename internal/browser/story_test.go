package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"skein/internal/browser"
)

// The story that Skein is for: two people claim a lead, the situation picks, somebody who had no
// part checks it, both read why, and the chosen one leads.
func TestALeadIsClaimedPickedCheckedAndTaken(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)

	ines := h.as("Ines", browser.Look{})
	ines.Link("Leads").Click()
	ines.Link("Night Pressure").Click()
	ines.Says("A stretch, with a coach.")
	ines.Says("Valve data: Noor and Dario")
	claim(ines, "I have listened to these streets at night.")
	ines.Says("Until claims close only you can see it, and those whom you name in it.")

	tomas := h.as("Tomas", browser.Look{})
	tomas.Says("Night Pressure")
	tomas.Visit(h.url + "/projects/night-pressure/claim")
	tomas.Button("Yes Ines Calder would like you as a coach, should Night Pressure be theirs.").Click()

	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(h.url + "/projects/night-pressure")
	hamish.Link("Claim this lead").Click()
	claim(hamish, "The valves and I go back a long way.")
	tomas.Visit(h.url + "/projects/night-pressure/claim")
	tomas.Button("Yes Hamish Orde would like you as a coach, should Night Pressure be theirs.").Click()

	marta := h.as("Marta", browser.Look{})
	marta.Visit(h.url + "/projects/night-pressure")
	if marta.Has("link", "Ines Calder") || marta.Has("link", "Hamish Orde") {
		t.Error("a steward sees who claims while claims gather")
	}
	marta.Button("Skip to the close here").Click()
	marta.Visit(h.url + "/projects/night-pressure/result")
	marta.Says("You have no part in it.")
	marta.Button("Confirm").Click()
	h.says("ines-calder", `select person_id from term where project_id = 'night-pressure' and state = 'offered'`)

	ines.Visit(h.url + "/projects/night-pressure/result")
	ines.Heading("You were chosen for Night Pressure")
	ines.Says("Two people claimed.")
	ines.Says("Marta Oyelaran, who had no part in it, checked it")
	hamish.Visit(h.url + "/projects/night-pressure/result")
	hamish.Heading("Ines Calder was chosen for Night Pressure")
	hamish.Says("What would change it")

	ines.Button("Accept").Click()
	h.says("accepted", `select state from term where project_id = 'night-pressure' and person_id = 'ines-calder'`)
	ines.Visit(h.url + "/projects/night-pressure")
	ines.Button("I can do without it Six loggers").Click()
	h.says("live", `select state from term where project_id = 'night-pressure' and person_id = 'ines-calder'`)
	ines.Visit(h.url + "/projects/night-pressure")
	ines.Says("You lead this")
	marta.Visit(h.url + "/projects/night-pressure")
	marta.Says("Ines Calder")
}

// A steward chooses how leads rotate, with the keyboard alone; a colleague reads it where they look
// whether a lead suits them.
func TestAStewardLetsLeadsTakeTurns(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	marta := h.as("Marta", browser.Look{})
	marta.Visit(h.url + "/projects/night-pressure")
	marta.Link("Leaks").Click()
	marta.Heading("Leaks")
	marta.TabTo("DisclosureTriangle", "Choose how leads rotate")
	marta.Press("\r")
	marta.TabTo("radio", "As the team above Now: who led before makes no difference in Network.")
	marta.Press(kb.ArrowDown) // after the last comes the first
	marta.TabTo("button", "Save how leads rotate")
	marta.Press("\r")
	marta.Says("Leads in Leaks take turns: it is set for this team.")
	marta.Sound()
	marta.Pictures("team-turns")
	h.says("0.6", `select rotation::text from circle where id = 'leaks'`)

	ines := h.as("Ines", browser.Look{NoScript: true})
	ines.Visit(h.url + "/projects/night-pressure")
	ines.Link("Leaks").Click() // claims that are open keep the rule that they began with
	ines.Says("Leads in Leaks take turns")
	ines.Says("half of that is gone after twelve months")
	if ines.Has("radio", "Take turns") || ines.Has("button", "Save how leads rotate") {
		t.Error("somebody who is no steward is offered the choice")
	}
}

// claim fills in the three steps: check, say why, send.
func claim(p *browser.Page, why string) {
	if p.Has("link", "Claim this lead") {
		p.Link("Claim this lead").Click()
	}
	p.Field("Why you, and why now?").Type(why)
	p.Field("Who would coach you?").Type("Tomas Orr")
	p.Button("Send my claim").Click()
}

func TestWithoutScriptALeadIsClaimed(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	ines := h.as("Ines", browser.Look{NoScript: true})
	ines.Link("Leads").Click()
	ines.Link("Swim Forecast").Click()
	ines.Link("Claim this lead").Click()
	ines.Field("Why you, and why now?").Type("I swim there.")
	ines.Button("Send my claim").Click()
	ines.Says("Your claim is sent.")
	h.says("submitted", `select state from claim where project_id = 'swim-forecast' and person_id = 'ines-calder'`)
	ines.Button("Take it back").Click()
	h.says("withdrawn", `select state from claim where project_id = 'swim-forecast' and person_id = 'ines-calder'`)
}

func TestTheKeyboardAloneClaimsALead(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	ines := h.as("Ines", browser.Look{})
	for _, stop := range []string{"Leads", "Swim Forecast", "Claim this lead"} {
		ines.TabTo("link", stop)
		ines.Press("\r")
	}
	ines.TabTo("textbox", "Why you, and why now?")
	ines.Press("I swim there.")
	ines.TabTo("button", "Send my claim")
	ines.Press("\r")
	ines.Says("Your claim is sent.")
	h.says("I swim there.", `select why from claim where project_id = 'swim-forecast' and person_id = 'ines-calder'`)
}
