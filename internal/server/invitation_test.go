package server

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// invited makes a link for somebody; for the first administrator when person is empty.
func (h *house) invited(person skein.PersonID) string {
	h.Helper()
	token, hash := NewToken()
	by := skein.Itself(*h.now.Load(), time.UTC)
	if person == "" {
		if first, err := h.db.Door.FirstInvitation(context.Background(), by, hash); err != nil || !first {
			h.Fatalf("first link: %v, %v", first, err)
		}
		return path.Invitation(token)
	}
	if _, err := h.db.Door.MakeInvitation(context.Background(), by, person, hash, true); err != nil {
		h.Fatal(err)
	}
	return path.Invitation(token)
}

func TestTheFirstLinkMakesAnAdministrator(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	link := h.invited("")
	b := h.anonymous()
	page := b.get(link).is(http.StatusOK).says("h1", "You are the first").has(1, "input[name=name]")
	if policy := page.Response.Header.Get("Referrer-Policy"); policy != "no-referrer" {
		t.Errorf("the link's secret may leak: %q", policy)
	}
	b.post(link, "name", "", "email", "ines", "password", "short").is(http.StatusUnprocessableEntity).has(5, ".refused").
		says("label", "Your name")
	whole := []string{"name", "Ines Calder", "email", "ines@corriemere.example", "password", secret, "organisation", "Corriemere Water"}
	b.post(link, append(whole, "zone", "Atlantis")...).is(http.StatusUnprocessableEntity).has(1, ".refused").says(".refused", "time zone")
	b.post(link, append(whole, "zone", "Europe/London")...).goesTo(path.AdminSetup)
	if where := h.text(`select name || ', ' || zone from organisation`); where != "Corriemere Water, Europe/London" {
		t.Errorf("the organisation is %s", where)
	}
	if n := h.count(`select count(*) from hat join account using (person_id) where kind = 'administrator'`); n != 1 {
		t.Fatalf("%d administrators", n)
	}
	if !b.in() {
		t.Error("not signed in")
	}
	if n := h.count(`select count(*) from audit_event where action in ('account.create', 'hat.give')`); n != 3 {
		t.Errorf("%d audit rows", n)
	}
	h.anonymous().get(link).is(http.StatusGone).says("h1", "not good any more")
	h.anonymous().post(link, "name", "Eve", "email", "eve@corriemere.example", "password", secret, "organisation", "Mine", "zone", "UTC").is(http.StatusGone)
}

// The README's order: people are imported, then somebody among them opens the first link.
func TestTheFirstAdministratorIsRecognisedAmongImportedPeople(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.circle("Network", "")
	h.exec(`insert into person (id, name, email, circle_id, active_from, active_until, deactivated_at) values
		('p-7', 'Ines Calder', 'Ines@corriemere.example', 'network', null, null, null), ('later', 'Noor Basri', 'noor@corriemere.example', null, '2026-06-01', null, null),
		('over', 'Sten Orme', 'sten@corriemere.example', null, null, '2026-01-31', null), ('gone', 'Teo Marchi', 'teo@corriemere.example', null, null, null, now())`)
	link := h.invited("")
	b := h.anonymous()
	whole := func(email string, more ...string) []string {
		return append([]string{"name", "I. Calder", "email", email, "password", secret, "organisation", "Corriemere Water", "zone", "Europe/London"}, more...)
	}
	for email, says := range map[string]string{"noor@corriemere.example": "begins on 1 June", "sten@corriemere.example": "was here until 31 January", "teo@corriemere.example": "Teo Marchi has this address, and left."} {
		b.post(link, whole(email)...).is(http.StatusUnprocessableEntity).says("#field-email-error", says).has(0, "input[name=person]")
	}
	asks := b.post(link, whole("ines@corriemere.example")...).is(http.StatusUnprocessableEntity).has(1, "input[name=person]:not([checked])")
	asks.says("#field-person-error", "Ines Calder’s").says("label[for=field-person]", "That is me: I am Ines Calder of Network")
	for _, other := range []string{"noor", "over", "gone", "nobody"} { // the person goes with the address alone
		b.post(link, whole("ines@corriemere.example", "person", other)...).is(http.StatusUnprocessableEntity)
	}
	if h.count(`select count(*) from account`)+h.count(`select count(*) from person where id not in ('p-7', 'later', 'over', 'gone')`) != 0 {
		t.Fatal("refused, and yet there is somebody")
	}
	b.post(link, whole("ines@corriemere.example", "person", "p-7")...).goesTo(path.AdminSetup)
	if who := h.text(`select person_id || ' ' || kind || ' ' || name from hat join person on person.id = person_id`); who != "p-7 administrator Ines Calder" {
		t.Errorf("%s", who)
	}
	if !b.in() {
		t.Error("not signed in")
	}
	h.anonymous().signIn("ines@corriemere.example", secret).is(http.StatusSeeOther)
}

func TestTheFirstLinkIsWorthNothingOnceThereIsAnAdministrator(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	link := h.invited("")
	h.person("Noor Basri", administrator)
	h.anonymous().get(link).is(http.StatusGone)
	h.anonymous().post(link, "name", "Eve", "email", "eve@corriemere.example", "password", secret, "organisation", "Mine", "zone", "UTC").is(http.StatusGone)
	if made, err := h.db.Door.FirstInvitation(context.Background(), skein.Itself(wall, time.UTC), []byte("x")); made || err != nil {
		t.Errorf("another first link: %v, %v", made, err)
	}
}

func TestAnInvitationOpensTheDoorOnce(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.exec(`insert into person (id, name, email) values ('imported', 'Teo Marchi', 'teo@corriemere.example')`)
	link := h.invited("imported")
	if h.count(`select count(*) from invitation where position(convert_to(substr($1, 14), 'utf8') in token_hash) > 0`, link) != 0 {
		t.Error("the token is kept as it is")
	}
	page := h.anonymous().get(link).is(http.StatusOK).says("h1", "Come in, Teo").has(0, "input[name=name]")
	if email, _ := page.Find("input[name=email]").Attr("value"); email != "teo@corriemere.example" {
		t.Errorf("email is %q", email)
	}
	b := h.anonymous()
	b.post(link, "email", "teo@corriemere.example", "password", "teo marchi 12").is(http.StatusUnprocessableEntity).says(".refused", "name that others know")
	b.post(link, "email", "teo@corriemere.example", "password", secret).goesTo(path.Home)
	if !b.in() {
		t.Error("not signed in")
	}
	h.anonymous().signIn("teo@corriemere.example", secret).is(http.StatusSeeOther)
	h.anonymous().post(link, "email", "teo@corriemere.example", "password", "another three geese").is(http.StatusGone)
}

func TestALinkRunsOutAndANewOneTakesItsPlace(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.exec(`insert into person (id, name) values ('imported', 'Teo Marchi')`)
	old := h.invited("imported")
	link := h.invited("imported")
	h.anonymous().get(old).is(http.StatusGone)
	h.anonymous().get(link).is(http.StatusOK)
	h.later(skein.InvitationLife + time.Minute)
	h.anonymous().get(link).is(http.StatusGone)
	h.anonymous().get(path.Invitation("nonsense")).is(http.StatusGone)
	link = h.invited("imported")
	h.exec(`update person set deactivated_at = now() where id = 'imported'`)
	h.anonymous().get(link).is(http.StatusGone)
}

func TestALinkForAnAccountSetsANewPasswordAndEndsSessions(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	desk := h.as(ines)
	link := h.invited(ines)
	b := h.anonymous()
	b.get(link).is(http.StatusOK).says("h1", "A new password")
	b.post(link, "email", "eve@corriemere.example", "password", "another three geese").goesTo(path.Home)
	if email := h.text(`select email from account`); email != "ines.calder@corriemere.example" {
		t.Errorf("the link changed the address to %s", email)
	}
	if desk.in() || !b.in() {
		t.Error("old sessions live on, or the new one does not")
	}
	h.anonymous().signIn("ines.calder@corriemere.example", secret).is(http.StatusUnprocessableEntity)
}

func TestTwoWhoUseALinkAtOnceBecomeOneAccount(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.exec(`insert into person (id, name) values ('imported', 'Teo Marchi')`)
	for _, link := range []string{h.invited(""), h.invited("imported")} {
		var done sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				email := string(rune('a'+i)) + slug(link)[12:20] + "@corriemere.example"
				a := h.anonymous().post(link, "name", "Eve Orme", "email", email, "password", secret, "organisation", "Corriemere Water", "zone", "UTC")
				done.Store(i, a.Response.StatusCode)
			})
		}
		all.Wait()
		statuses := map[int]int{}
		done.Range(func(_, status any) bool { statuses[status.(int)]++; return true })
		if statuses[http.StatusSeeOther] != 1 || statuses[http.StatusGone] != 7 {
			t.Errorf("%v", statuses)
		}
	}
	if n := h.count(`select count(*) from account`); n != 2 {
		t.Errorf("%d accounts", n)
	}
}

func TestAnAddressThatSomebodyElseHasIsSaidAtTheField(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.person("Ines Calder")
	h.exec(`insert into person (id, name) values ('imported', 'Teo Marchi')`)
	link := h.invited("imported")
	h.anonymous().post(link, "email", "INES.calder@corriemere.example", "password", secret).
		is(http.StatusUnprocessableEntity).says(".refused", "Somebody else")
	h.anonymous().post(link, "email", "teo@corriemere.example", "password", secret).goesTo(path.Home)
}

func TestABrokenDatabaseKeepsTheLinkGood(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.exec(`insert into person (id, name) values ('imported', 'Teo Marchi')`)
	link := h.invited("imported")
	h.breaks("audit_event")
	h.anonymous().post(link, "email", "teo@corriemere.example", "password", secret).is(http.StatusInternalServerError).silent("audit_event")
	h.owns(`alter table audit_event_is_gone rename to audit_event`)
	h.anonymous().post(link, "email", "teo@corriemere.example", "password", secret).goesTo(path.Home)
}

// Every page that sets a password asks the same of it, and keeps what else was typed.
func TestNoDoorTakesAPasswordThatIsSoonGuessed(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	first := h.invited("")
	h.exec(`insert into person (id, name) values ('imported', 'Teo Marchi')`)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	for at, b := range map[string]*browser{first: h.anonymous(), h.invited("imported"): h.anonymous(), h.invited(ines): h.anonymous(), path.SettingsPassword: h.as(ines)} {
		for typed, says := range map[string]string{"Summer2026!!": "unrelated words", strings.Repeat("a goose ", 30): "at most 200", "corriemere water": "that others know"} {
			a := b.post(at, "name", "Alba Runciman", "email", "alba@corriemere.example", "old", secret, "password", typed, "organisation", "Corriemere Water", "zone", "Europe/London").
				is(http.StatusUnprocessableEntity).has(1, ".refused").says(".refused", says)
			if strings.Contains(a.body, typed) {
				t.Errorf("%s shows the password again", at)
			}
		}
	}
	if n := h.count(`select count(*) from audit_event where action in ('account.create', 'account.password')`); n != 0 {
		t.Errorf("%d passwords were set", n)
	}
}
