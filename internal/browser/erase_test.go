package browser_test

import (
	"testing"

	"skein/internal/browser"
	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
	"skein/web/path"
)

// Somebody who leads asks to be erased, thinks again, and asks once more; an administrator sees what goes on to others and
// what goes, and does it. Their lead opens for claims, pages say that somebody has left, and the log's chain holds.
func TestSomebodyAsksToBeErasedAndIs(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	tomas := h.as("Tomas", browser.Look{Width: 360, Height: 800})
	tomas.Visit(h.url + path.Settings)
	tomas.Link("Ask to be erased").Click()
	tomas.Says("What they said of others stays as said by somebody who has left.")
	tomas.Says("go within a day")
	tomas.Sound()
	tomas.Pictures("erase-ask")
	tomas.Button("Ask to be erased").Click()
	tomas.Heading("You asked to be erased")
	tomas.Sound()
	tomas.Button("Take it back").Click()
	tomas.Says("You stay.")
	tomas.Button("Ask to be erased").Click()

	gethin := h.as("Gethin", browser.Look{})
	gethin.Says("Tomas Orr asked to be erased")
	gethin.Visit(h.url + path.AdminPerson("tomas-orr"))
	gethin.Link("What goes and what stays").Click()
	gethin.Heading("Erase Tomas")
	gethin.Says("Goes on to others first")
	gethin.Says("Drought Desk")
	gethin.Sound()
	gethin.Pictures("erase-person")
	gethin.Button("Erase Tomas Orr").Click()
	gethin.Says("They were erased.")
	gethin.Sound()

	tomas.Visit(h.url + path.Home)
	tomas.Button("Continue as Marta") // the door is closed: he is asked who he is
	if tomas.Has("button", "Continue as Tomas") {
		t.Error("the demo still offers to be him")
	}
	h.says("open", `select state from project where id = 'drought-desk'`)
	key := pgtest.Texts(t, h.pool, `select id from person where erased_at is not null`)[0]
	marta := h.as("Marta", browser.Look{})
	for _, at := range []string{path.Project("drought-desk"), path.Person(key), path.Home} {
		marta.Visit(h.url + at)
		if browser.Eval[bool](marta, `document.body.innerText.includes("Tomas Orr")`) {
			t.Errorf("%s tells who it was", at)
		}
	}
	marta.Visit(h.url + path.Person(key))
	marta.Heading("Somebody who has left")
	marta.Sound()
	marta.Pictures("erased-person")
	gethin.Visit(h.url + path.AdminAudit)
	gethin.Says("Somebody who has left")
	if browser.Eval[bool](gethin, `document.body.innerText.includes("Tomas Orr")`) {
		t.Error("the log tells who it was")
	}
	if found, err := postgres.New(h.pool).Log.Verify(t.Context(), logdb.Head{}); err != nil || found.Head.Count == 0 {
		t.Errorf("the chain: %+v, %v", found, err)
	}
}
