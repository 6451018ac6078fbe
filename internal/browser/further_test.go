package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// What moves with a lead: Ines names a further team in her draft, and whoever looks after that team hears of it once it is
// open; Tomas, who leads Drought Desk, leaves her team out and names another.
func TestWhatMovesWithALead(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	draft, desk := h.url+"/projects/hydrant-paint", h.url+"/projects/drought-desk"
	moves := `select string_agg(circle_id, ' ' order by circle_id) from further_circle where project_id = $1`
	ines := h.as("Ines", browser.Look{})
	ines.Visit(draft + "/edit")
	ines.Field("Who else must move with it?").Type("River Car")
	ines.Button("Save").Click()
	ines.Says("There is none called River Car.")
	ines.Sound()
	ines.Pictures("further-refused")
	ines.Button("Remove River Car").Click()
	ines.Field("Who else must move with it?").Type("River Care")
	ines.Press("\r")
	ines.Sound()
	ines.Pictures("further-proposal")
	ines.Button("Save").Click()
	ines.Says("must move with it.")
	h.says("river-care", moves, "hydrant-paint")
	mirren := h.as("Mirren", browser.Look{})
	mirren.Visit(h.url + "/notices")
	if mirren.Has("link", "River Care must move with Hydrant Paint, says Ines Calder.") {
		t.Error("a draft is told of")
	}
	ines.Visit(draft + "/publish")
	ines.Button("Publish it").Click()
	mirren.Visit(h.url + "/teams/river-care")
	mirren.Link("Hydrant Paint")
	mirren.Says("This team moves with it.")
	mirren.Visit(h.url + "/leads?team=river-care")
	mirren.Says("River Care moves with it")
	mirren.Pictures("further-board")

	tomas := h.as("Tomas", browser.Look{})
	tomas.Visit(desk)
	tomas.Link("Change its words, its end, or who moves with it").Click()
	tomas.Heading("Change its words, its end, or who moves with it")
	tomas.Sound()
	tomas.Pictures("further-led")
	tomas.Button("Remove River Care").Click()
	tomas.Field("Who else must move with it?").Type("Laboratory")
	tomas.Button("Save").Click()
	tomas.Says("It is changed.")
	tomas.Says("Customers, Laboratory and Treatment must move with it.")
	tomas.Sound()
	h.says("customers laboratory treatment", moves, "drought-desk")
	mirren.Visit(h.url + "/notices")
	mirren.Says("River Care must move with Hydrant Paint, says Ines Calder.")
	mirren.Link("River Care need not move with Drought Desk any more: Tomas Orr has changed that.").Click()
	mirren.Heading("Drought Desk")
}
