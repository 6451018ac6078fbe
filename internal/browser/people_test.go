package browser_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"skein/internal/browser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/internal/skein"
)

// Whoever opens the first link adds people by hand, invites several at once, and prints their links; one of them
// comes in.
func TestPeopleAreAddedByHandAndInvitedTogether(t *testing.T) {
	t.Parallel()
	db := postgres.New(pgtest.New(t))
	web := httptest.NewServer(server.New(server.Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: time.Now, BaseURL: "http://localhost"}))
	t.Cleanup(web.Close)
	token, hash := server.NewToken()
	if first, err := db.Door.FirstInvitation(context.Background(), skein.Itself(time.Now(), time.UTC), hash); err != nil || !first {
		t.Fatalf("first link: %v, %v", first, err)
	}

	owen := browser.Open(t, web.URL+"/invitations/"+token, browser.Look{})
	owen.Says("You become administrator and executive")
	owen.Field("Your name").Type("Owen Pell")
	owen.Field("E-mail address to sign in with").Type("owen@corriemere.example")
	owen.Field("New password").Type("four unrelated words")
	owen.Field("What your organisation is called").Type("Corriemere Water")
	owen.Field("Its time zone").Fill("Europe/London")
	owen.Button("Come in").Click()
	owen.Visit(web.URL + "/notices")
	owen.Says("You are the first here, so you have two roles.")

	owen.Link("Organisation").Click()
	for _, name := range []string{"Alba Runciman", "Bo Falk", "Cy Dahl"} {
		owen.Field("Name").Type(name)
		owen.Button("Add them without a link").Click()
		owen.Says(name + " is here.")
	}
	owen.Sound()
	owen.Pictures("people")
	owen.Role("checkbox", "Make a link for Alba Runciman").Click()
	owen.Role("checkbox", "Make a link for Bo Falk").Click()
	owen.Button("Make links").Click()
	owen.Heading("Links for two people")
	owen.Sound()
	owen.Pictures("people-links")
	links := strings.Fields(browser.Eval[string](owen, `[...document.querySelectorAll(".slip code")].map((e) => e.textContent).join(" ")`))
	if len(links) != 2 {
		t.Fatalf("%d links", len(links))
	}
	owen.Link("Back to the people").Click()
	owen.Says("a link is good until")

	alba := browser.Open(t, web.URL+links[0][strings.Index(links[0], "/invitations/"):], browser.Look{Width: 360})
	alba.Heading("Come in, Alba")
	alba.Field("E-mail address to sign in with").Type("alba@corriemere.example")
	alba.Field("New password").Type("quite another password")
	alba.Button("Come in").Click()
	alba.Visit(web.URL + "/people")
	alba.Says("Owen Pell")

	owen.Link("Alba Runciman").Click()
	owen.Field("Hours a week to lead").Fill("6")
	owen.Button("Change this").Click()
	owen.Says("It is kept so from now on, and they are told.")
	alba.Visit(web.URL + "/notices")
	alba.Says("Owen Pell changed the hours a week that you have to lead.")
}

// An administrator sees what somebody holds before their door closes; what they led is open afterwards.
func TestADoorClosesOnWhatIsHeld(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	owner := ""
	if err := h.pool.QueryRow(context.Background(), `
		select person.name from term join person on person.id = term.person_id
		where term.role = 'primary' and term.state = 'live' and person.id not in (select person_id from hat where kind = 'administrator')
		order by term.id limit 1`).Scan(&owner); err != nil {
		t.Fatal(err)
	}
	admin := h.as(h.administrator(), browser.Look{})
	admin.Visit(h.url + "/admin/people?q=" + strings.ReplaceAll(owner, " ", "+"))
	admin.Link(owner).Click()
	admin.Sound()
	admin.Pictures("person-access")
	admin.Link("Close the door").Click()
	admin.Says("opens for claims at once")
	admin.Sound()
	admin.Pictures("closing")
	admin.Button("Close the door to " + owner).Click()
	admin.Says("The door is closed to")
	admin.Says("Let ")
}

// administrator is the first name of the demo's administrator.
func (h *house) administrator() string {
	h.t.Helper()
	var name string
	err := h.pool.QueryRow(context.Background(), `select split_part(name, ' ', 1) from person join hat on hat.person_id = person.id
		where hat.kind = 'administrator' and person.attributes ? 'demo' order by person.id limit 1`).Scan(&name)
	if err != nil {
		h.t.Fatal(err)
	}
	return name
}
