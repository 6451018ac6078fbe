package browser_test

import (
	"testing"
	"time"

	"skein/internal/browser"
)

// Somebody who leads is away and a colleague stands in; then they leave, and it is looked after until somebody
// leads: by who stands in, and after that by the next who may.
func TestSomebodyStandsInAndALeadWhoLeavesIsFollowed(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	mirren := h.as("Mirren", browser.Look{})
	mirren.Says("Standing in for Idris Colley.")
	hamish := h.as("Hamish", browser.Look{})
	hamish.Says("Would you stand in for Dario Venn in")
	tomas := h.as("Tomas", browser.Look{})
	tomas.Visit(h.url + "/projects/drought-desk")
	tomas.Pictures("led-by-you")
	tomas.Link("I am unavailable").Click()
	tomas.Heading("Who stands in for you?")
	tomas.Field("Up to and including").Fill(time.Now().AddDate(0, 0, 9).Format(time.DateOnly))
	tomas.Sound()
	tomas.Pictures("stand-in")
	tomas.Button("Ask them to stand in").Click()
	tomas.Says("Ines Calder is asked to stand in for you")

	ines := h.as("Ines", browser.Look{})
	ines.Says("Would you stand in for Tomas Orr in")
	ines.Pictures("stand-in-home-asked")
	ines.Visit(h.url + "/projects/drought-desk")
	ines.Button("Stand in").Click()
	ines.Says("You stand in for Tomas")
	ines.Sound()
	ines.Pictures("stand-in-project")
	ines.Visit(h.url)
	ines.Says("Standing in for Tomas Orr.")
	ines.Sound()
	ines.Pictures("stand-in-home")
	tomas.Visit(h.url + "/projects/drought-desk")
	tomas.Says("Ines Calder stands in for you")
	if !tomas.Has("button", "I am back") {
		t.Error("the lead cannot say that they are back")
	}

	// He proposed it as well: when he has left nobody is left but the steward.
	h.exec(`update project set proposed_by = 'tomas-orr' where id = 'drought-desk'`)
	gethin := h.as("Gethin", browser.Look{})
	gethin.Visit(h.url + "/admin/people/tomas-orr")
	gethin.Link("Close the door").Click()
	gethin.Button("Close the door to Tomas Orr").Click()
	h.says("open", `select state from project where id = 'drought-desk'`)
	marta := h.as("Marta", browser.Look{})
	marta.Visit(h.url + "/projects/drought-desk")
	marta.Says("Tomas Orr left on")
	marta.Says("Ines Calder stands in for Tomas")
	marta.Sound()
	marta.Pictures("stand-in-left")
	marta.Button("End standing in").Click()
	h.says("ended", `select state from stand_in where project_id = 'drought-desk'`)
	marta.Visit(h.url + "/projects/drought-desk")
	marta.Says("You look after it until somebody leads.")
	marta.Link("Ask somebody to stand in").Click()
	marta.Heading("Who stands in until somebody leads?")
	marta.Button("Ask them to stand in").Click()
	h.says("ines-calder asked", `select person_id || ' ' || state from stand_in where state = 'asked' and project_id = 'drought-desk'`)
	h.followed(t, marta, ines, hamish)
}

// followed: Ines and Hamish claim what Tomas has left, the steward who looks after it checks who was picked, and
// who it is leads: from then on nobody looks after it in anybody's place.
func (h *house) followed(t *testing.T, marta, ines, hamish *browser.Page) {
	t.Helper()
	at := h.url + "/projects/drought-desk"
	h.exec(`update person set hours_per_week = 40 where id in ('ines-calder', 'hamish-orde')`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
		select person, skill_id, 'outcome', 5, current_date - 40, source
		from requirement
		join phase on phase.id = requirement.phase_id and phase.project_id = 'drought-desk'
		cross join unnest(array['ines-calder', 'hamish-orde']) person
		cross join unnest(array['a drought', 'a flood', 'a winter']) source`)
	ines.Visit(at)
	ines.Button("Not this time").Click()
	claimants := map[string]*browser.Page{"ines-calder": ines, "hamish-orde": hamish}
	for _, p := range claimants {
		p.Visit(at + "/claim")
		p.Field("Why you, and why now?").Type("Somebody has to, and I know the river.")
		p.Button("Send my claim").Click()
		p.Says("Your claim is sent.")
	}
	// Nothing else of the project is due before.
	h.exec(`update claim_window set closes_at = now() + interval '1 hour' where project_id = 'drought-desk' and closed_at is null`)
	marta.Visit(at)
	marta.Says("Tomas Orr left on")
	marta.Button("Skip to the close here").Click()
	marta.Says("what was due has happened") // to go on before would break it off
	h.says("marta-oyelaran waiting", `select asked_of || ' ' || state from pick where project_id = 'drought-desk'`)
	marta.Visit(at + "/result")
	marta.Says("You have no part in it.")
	marta.Button("Confirm").Click()
	var who string
	if err := h.pool.QueryRow(t.Context(), `select person_id from term where project_id = 'drought-desk' and state in ('offered', 'accepted')`).Scan(&who); err != nil {
		t.Fatal(err)
	}
	next := claimants[who]
	if next == nil {
		t.Fatalf("the lead is offered to %s", who)
	}
	next.Visit(at + "/result")
	next.Button("Accept").Click()
	h.handedOn(t, marta, next, "Tomas Orr")
	h.says("live", `select state from term where project_id = 'drought-desk' and person_id = $1 and role = 'primary' and state <> 'ended'`, who)
	h.says("led", `select state from project where id = 'drought-desk'`)
	h.says("0", `select count(*)::text from stand_in where project_id = 'drought-desk' and state in ('asked', 'standing')`)
	next.Visit(at)
	next.Says("You lead this")
	next.Sound()
	marta.Visit(at)
	for _, gone := range []string{"looks after it", "Tomas Orr left", "stands in"} {
		if browser.Eval[bool](marta, `document.querySelector("main").textContent.includes("`+gone+`")`) {
			t.Errorf("somebody leads, and the page still says %q", gone)
		}
	}
}
