package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// A co-lead's whole life: she asks and the lead says yes; she says the week's word and answers a question, stands in
// while the lead is away, goes on when the lead changes, and steps down.
func TestACoLeadsWholeLife(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/drought-desk"
	h.exec(`update person set attributes = attributes || '{"demo": "In the team.", "demo_place": "10"}' where id in ('marisol-keane', 'yara-benning')`)
	h.exec(`delete from term where project_id = 'drought-desk' and person_id in ('marisol-keane', 'ines-calder')`)
	marisol := h.as("Marisol", browser.Look{})
	marisol.Visit(at)
	marisol.Says("You are in its team.")
	marisol.Button("Ask to co-lead").Click()
	marisol.Says("You would lead it beside Tomas.")
	tomas := h.as("Tomas", browser.Look{})
	tomas.Visit(at)
	tomas.Says("Marisol Keane asks to lead it beside you.")
	tomas.Sound()
	tomas.Pictures("colead-asked")
	tomas.Button("Yes, together with Marisol Keane").Click()

	marisol.Visit(at)
	marisol.Says("You lead this beside Tomas.")
	marisol.Says("You say how it stands, answer what is asked, and set links, plan, words and end, as Tomas does.")
	marisol.Sound()
	marisol.Pictures("colead-project")
	marisol.Link("Tell the team").Click()
	marisol.Role("radio", "at risk").Click()
	marisol.Field("In one sentence").Fill("The model says Thursday.")
	marisol.Button("Tell the team").Click()
	marisol.Says("The model says Thursday.")
	marisol.Link("Answer it").Click()
	marisol.Field("Your answer, which everybody reads").Type("Not before the model says so.")
	marisol.Button("Answer").Click()
	marisol.Says("Answered. Everybody can read it.")
	marisol.Visit(h.url)
	marisol.Says("you lead it beside Tomas Orr")
	marisol.Says("at risk, said today")
	marisol.Sound()
	marisol.Pictures("colead-home")

	tomas.Visit(at + "/stand-in")
	tomas.Button("Ask them to stand in").Click() // without a day
	tomas.Says("Who stands in for you?")
	h.exec(`insert into stand_in (id, spell, project_id, person_id, for_id, asked_by, state, asked_at, answer_by, from_on, until_on)
		select id, id, 'drought-desk', 'marisol-keane', 'tomas-orr', 'tomas-orr', 'asked', now(), now() + interval '2 days', current_date, current_date + 9
		from (select uuid_v7() as id) one`)
	marisol.Visit(at)
	marisol.Button("Stand in").Click()
	marisol.Says("You stand in for Tomas")
	marisol.Pictures("colead-stands-in")
	tomas.Visit(at)
	tomas.Button("I am back").Click()

	// The lead goes to somebody else, and she goes on beside them.
	h.hamishReady()
	tomas.Visit(at)
	tomas.Link("Hand it on").Click()
	tomas.Button("Hand it on").Click()
	marisol.Visit(at)
	marisol.Says("You lead it beside Tomas")
	marisol.Pictures("colead-handing-on")
	hamish := h.chosen()
	tomas.Visit(at)
	tomas.Link("Step down").Click()
	tomas.Button("Step down").Click() // nobody waits for a note of who is out of office
	h.says("hamish-orde", `select person_id from term where project_id = 'drought-desk' and role = 'primary' and state = 'live'`)
	marisol.Visit(at)
	marisol.Says("You lead this beside Hamish.")
	marisol.Visit(at + "/live")
	marisol.Heading("Hamish Orde leads Drought Desk")
	marisol.Says("leads beside")
	marisol.Sound()
	marisol.Pictures("live-all")
	hamish.Visit(at + "/live")
	hamish.Heading("You lead Drought Desk")
	hamish.Sound()
	hamish.Pictures("live-lead")

	marisol.Visit(at)
	marisol.Link("Step down").Click()
	marisol.Button("Step down").Click()
	h.says("ended", `select state from term where project_id = 'drought-desk' and person_id = 'marisol-keane' and role = 'co'`)
	hamish.Visit(h.url + "/notices")
	hamish.Says("Marisol Keane")
	marisol.Visit(at)
	marisol.Says("You are in its team.")
	marisol.Sound()
	marisol.Pictures("colead-after")
	marta := h.as("Marta", browser.Look{})
	marta.Visit(h.url)
	marta.Sound()
	marta.Pictures("owner-home")
}
