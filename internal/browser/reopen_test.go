package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// What was completed too soon is reopened: Tomas says that Drought Desk is done, and then why it is not; it opens
// for claims, and he claims it as anybody does.
func TestACompletedProjectIsReopened(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/drought-desk"
	tomas, ines := h.as("Tomas", browser.Look{}), h.as("Ines", browser.Look{})
	tomas.Visit(at)
	tomas.Link("It is done").Click()
	tomas.Button("It is done").Click()
	tomas.Visit(at)
	tomas.Says("Completed today")
	tomas.Says("whoever led it last, or its steward can reopen it.")
	tomas.Sound()
	tomas.Pictures("reopen-over")
	ines.Visit(at)
	if ines.Has("link", "Reopen it") {
		t.Error("who led beside the lead reopens it")
	}
	tomas.Visit(at)
	tomas.Link("Reopen it").Click()
	tomas.Heading("Reopen it?")
	tomas.Button("Reopen it").Click()
	tomas.Says("Say why in a sentence.")
	tomas.Sound()
	tomas.Pictures("reopen-refused")
	tomas.Field("Why, in a sentence").Type("The Corrie falls again.")
	tomas.Button("Reopen it").Click()
	tomas.Says("open for claims")
	tomas.Visit(at)
	tomas.Says("Reopened. The Corrie falls again.")
	tomas.Link("Claim this lead")
	tomas.Sound()
	tomas.Pictures("reopen-open")

	ines.Visit(h.url + "/notices")
	ines.Link("Tomas Orr reopened Drought Desk: it is open for claims once more.").Click()
	ines.Link("Claim this lead")
	ines.Visit(h.url + "/leads")
	ines.Link("Drought Desk")
	ines.Visit(h.url + "/projects/drought-desk/how-did-it-go")
	ines.Heading("How did Drought Desk go?")
}
