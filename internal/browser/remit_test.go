package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// What a lead decides is agreed: Tomas proposes a change, Marta, who answers for the priority, says why not; he proposes
// less, and she agrees.
func TestWhatALeadDecidesIsAgreed(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/drought-desk"
	h.exec(`update person set hours_per_week = 40 where id in (select person_id from term where project_id = 'drought-desk')`)
	tomas, marta := h.as("Tomas", browser.Look{}), h.as("Marta", browser.Look{})
	tomas.Visit(at)
	tomas.Link("Propose a change of what you decide, or of the hours").Click()
	tomas.Heading("What you decide")
	tomas.Sound()
	tomas.Pictures("remit-propose")
	tomas.Field("Hours a week").Fill("8")
	tomas.Button("Propose it").Click()
	tomas.Says("Say why in a sentence.")
	tomas.Sound()
	tomas.Field("Why?").Type("Two more reservoirs.")
	tomas.Button("Propose it").Click()
	tomas.Says("Proposed. Nothing changes until it is agreed.")
	tomas.Sound()
	tomas.Pictures("remit-proposed")

	marta.Visit(h.url + "/?all=yes")
	marta.Says("Tomas Orr proposes to change the hours a week of Drought Desk")
	marta.Visit(at)
	marta.Says("A change is proposed")
	marta.Pictures("remit-project")
	marta.Link("Agree, or refuse it").Click()
	marta.Sound()
	marta.Pictures("remit-answer")
	marta.Field("Why not?").Type("Eight is two people; six is what I can give.")
	marta.Button("Refuse it").Click()
	marta.Says("Refused. What was agreed before stands.")
	h.says("4", `select hours_per_week::int::text from project where id = 'drought-desk'`)

	tomas.Visit(at + "/remit")
	tomas.Says("Eight is two people; six is what I can give.")
	tomas.Field("Hours a week").Fill("6")
	tomas.Field("Why?").Type("Six, then.")
	tomas.Button("Propose it").Click()
	marta.Visit(at + "/remit")
	marta.Button("Agree").Click()
	marta.Says("Agreed. From now on it is decided so.")
	marta.Says("6 hours a week")
	tomas.Visit(at + "/remit")
	tomas.Sound()
	tomas.Pictures("remit-agreed")
}
