package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// A member comes and goes: Tomas adds Teo to the team of Drought Desk, who finds it on his Home; then his place is ended,
// and he is told.
func TestAMemberIsAddedAndEnded(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	h.exec(`update person set welcomed_at = now() where id = 'teo-marchi'`)
	at := h.url + "/projects/drought-desk"
	tomas, teo := h.as("Tomas", browser.Look{}), h.as("Teo", browser.Look{})
	tomas.Visit(at)
	tomas.Link("Plan, team and links").Click()
	tomas.Field("Add a colleague").Type("Teo Nobody")
	tomas.Button("Add them").Click()
	tomas.Says("Nobody here is called Teo Nobody.")
	tomas.Sound()
	tomas.Pictures("member-refused")
	tomas.Field("Add a colleague").Type("Teo Marchi")
	tomas.Field("What they bring").Type("new eyes")
	tomas.Button("Add them").Click()
	tomas.Says("Added. They are told, and can leave whenever they like.")
	tomas.Sound()

	teo.Visit(h.url)
	teo.Link("Drought Desk")
	teo.Says("in the team")
	teo.Sound()
	teo.Pictures("member-home")
	teo.Visit(h.url + "/notices")
	teo.Link("Tomas Orr added you to the team of Drought Desk. You can leave it on the project’s page whenever you like.").Click()
	teo.Says("You are in its team.")
	teo.Says("Teo Marchi new eyes")
	teo.Sound()
	teo.Pictures("member-project")

	tomas.Button("End their place Teo Marchi").Click()
	tomas.Says("Ended. They are told.")
	h.says("0", `select count(*)::text from member where project_id = 'drought-desk' and person_id = 'teo-marchi' and left_at is null`)
	teo.Visit(h.url + "/notices")
	teo.Says("Tomas Orr ended your place in the team of Drought Desk.")
	teo.Visit(h.url)
	if teo.Has("link", "Drought Desk") {
		t.Error("what he is not in any more is on his Home")
	}
	teo.Visit(at)
	teo.Button("Join the team")
}
