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
	h.says("ended", `select state from stand_in`)
	marta.Visit(h.url + "/projects/drought-desk")
	marta.Link("Ask somebody to stand in").Click()
	marta.Heading("Who stands in until somebody leads?")
	marta.Button("Ask them to stand in").Click()
	h.says("ines-calder asked", `select person_id || ' ' || state from stand_in where state = 'asked'`)
}
