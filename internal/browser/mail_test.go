package browser_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/browser"
	"skein/internal/server"
)

// Two people come in by a mailed invitation and claim; one accepts from the link in the mail; later the door is closed
// to whoever leads, and the steward hears of it by Monday's mail.
func TestPeopleComeInClaimAndAcceptByMail(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	owen := browser.Open(t, o.first, browser.Look{})
	owen.Field("Your name").Type("Owen Pell")
	owen.Field("E-mail address to sign in with").Type("owen@quarry.example")
	owen.Field("New password").Type("four unrelated words")
	owen.Field("What your organisation is called").Type("Quarry Foods")
	owen.Field("Its time zone").Fill("Europe/London")
	owen.Button("Come in").Click()
	owen.Heading("Six things, and somebody leads")
	hash, err := server.HashPassword("a steward's own words")
	if err != nil {
		t.Fatal(err)
	}
	o.exec(`insert into circle (id, name) values ('dairy', 'Dairy')`)
	o.exec(`insert into person (id, name, circle_id) values ('marta', 'Marta Lind', 'dairy')`)
	o.exec(`insert into account (person_id, email, password_hash, made_at, signed_in_at) values ('marta', 'marta@quarry.example', $1, now(), now())`, hash)
	o.exec(`insert into hat (person_id, kind, circle_id, given_at) values ('marta', 'steward', 'dairy', now())`)
	o.exec(`insert into project (id, title, purpose, circle_id, proposed_by, state, trust, hours_per_week, start_on, end_on, published_at)
		values ('goat', 'Goat Cheese', 'A cheese of our own by winter.', 'dairy', 'marta', 'open', 'weighed', 4, current_date, current_date + 200, now())`)
	o.exec(`insert into phase (project_id, uncertainty, stakes, urgency, expertise, commitment, reach, readiness) values ('goat', 'clear', 1, 1, 1, 1, 1, 1)`)
	o.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed) select 'goat', id, now(), now() + interval '3 days', 'seed' from phase`)
	o.exec(`update organisation set confirm_weighed = false`)

	owen.Visit(o.url + "/admin/people")
	for name, address := range map[string]string{"Alba Runciman": "alba@quarry.example", "Bo Falk": "bo@quarry.example"} {
		owen.Field("Name").Type(name)
		owen.Field("E-mail address, if you know it").Type(address)
		owen.Button("Add them without a link").Click()
		owen.Says(name + " is here.")
	}
	o.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on)
		select person.id, skill.id, 'credential', 4, current_date - 30 from person, skill where person.name in ('Alba Runciman', 'Bo Falk') and skill.kind = 'practice'`)
	owen.Role("checkbox", "Invite Alba Runciman").Click()
	owen.Role("checkbox", "Invite Bo Falk").Click()
	owen.Sound()
	owen.Pictures("people-by-mail")
	owen.Button("Invite them").Click()
	owen.Says("Two invitations are on the way by mail.")
	for first, address := range map[string]string{"Alba": "alba@quarry.example", "Bo": "bo@quarry.example"} {
		p := browser.Open(t, o.wait(t, address, "Owen Pell invites you").act(t, "Choose a password"), browser.Look{})
		p.Heading("Come in, " + first)
		p.Field("New password").Type("a quite long password")
		p.Button("Come in").Click()
		if p.Has("button", "Later") {
			p.Button("Later").Click()
		}
		p.Visit(o.url + "/projects/goat/claim")
		p.Field("I have read what is compared").Click()
		p.Button("Send my claim").Click()
		p.Says("Your claim is sent.")
	}

	o.ahead.Store(int64(3*24*time.Hour + time.Minute))
	address := ""
	for end := time.Now().Add(time.Minute); address == "" && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		_ = o.pool.QueryRow(t.Context(), `select email from account join term on term.person_id = account.person_id where term.state = 'offered'`).Scan(&address)
	}
	m := o.wait(t, address, "You were chosen for Goat Cheese")
	lead := browser.Open(t, m.act(t, "Answer by"), browser.Look{}) // another browser: the door first
	lead.Heading("Sign in")
	lead.Sound()
	lead.Field("E-mail address").Type(address)
	lead.Field("Password").Type("a quite long password")
	lead.Button("Sign in").Click()
	lead.Says("Goat Cheese")
	o.says("offered", `select state from term`) // nothing is decided by opening it
	lead.Button("Accept").Click()
	o.says("live", `select state from term`)

	var id, name string
	if err := o.pool.QueryRow(t.Context(), `select person.id, person.name from term join person on person.id = person_id`).Scan(&id, &name); err != nil {
		t.Fatal(err)
	}
	owen.Visit(o.url + "/admin/people/" + id) // days have passed: the door first
	owen.Field("E-mail address").Type("owen@quarry.example")
	owen.Field("Password").Type("four unrelated words")
	owen.Button("Sign in").Click()
	owen.Link("Close the door").Click()
	owen.Button("Close the door to " + name).Click()
	owen.Says("The door is closed to")
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Now().Add(time.Duration(o.ahead.Load())).In(london)
	for monday = time.Date(monday.Year(), monday.Month(), monday.Day()+1, 7, 30, 0, 0, london); monday.Weekday() != time.Monday; {
		monday = monday.AddDate(0, 0, 1)
	}
	o.ahead.Store(int64(time.Until(monday)))
	said := o.wait(t, "marta@quarry.example", "Whoever led Goat Cheese has left, so it is open for the next.")
	if strings.Contains(said.says, name+" leads Goat Cheese now") {
		t.Errorf("of somebody who has left:\n%s", said.says)
	}
}

// Somebody forgot their password, asks at the door, and comes in by the link that is mailed.
func TestAForgottenPasswordInABrowser(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.exec(`insert into person (id, name) values ('alba', 'Alba Runciman')`)
	o.exec(`insert into account (person_id, email, made_at, signed_in_at) values ('alba', 'alba@quarry.example', now(), now())`)
	p := browser.Open(t, o.url+"/sign-in", browser.Look{Width: 360})
	p.Link("I forgot my password").Click()
	p.Sound()
	p.Pictures("forgotten")
	p.Field("E-mail address with which you sign in").Type("alba@quarry.example")
	p.Button("Send me a link").Click()
	p.Heading("Look at your mail")
	p.Sound()
	p.Visit(o.wait(t, "alba@quarry.example", "asked at the door").act(t, "Choose a new password"))
	p.Field("New password").Type("a quite long password")
	p.Button("Come in").Click()
	o.wait(t, "alba@quarry.example", "It was set by a link")
	p.Visit(o.url + "/settings")
	p.Button("Make an address for it").Click()
	p.Says("It is shown this once.")
	p.Sound()
	p.Visit(o.url + "/settings/sign-in")
	p.Field("Another address to sign in with").Type("alba.runciman@quarry.example")
	p.Field("Your password").Type("a quite long password")
	p.Button("Send a link there").Click()
	p.Says("A mail is on its way to alba.runciman@quarry.example")
	p.Sound()
	p.Visit(o.wait(t, "alba.runciman@quarry.example", "Is this your address?").act(t, "See, and say yes"))
	p.Sound()
	p.Button("Yes, this is mine").Click()
	p.Heading("Your address is changed")
	o.says("alba.runciman@quarry.example", `select email from account where person_id = 'alba'`)
	o.wait(t, "alba@quarry.example", "You sign in to Skein as alba.runciman@quarry.example")
}
