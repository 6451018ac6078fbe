package server

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"skein/internal/postgres/core"
	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

func TestAdministratorsSeeWhoMayComeIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into person (id, name) values ('new', 'Alba Runciman')`)
	h.exec(`update person set deactivated_at = $2 where id = $1`, people[asDeactivated], wall)
	owen := h.as(people[asAdministrator])
	list := owen.get(path.AdminPeople).is(http.StatusOK).has(8, "h2.said")
	list.says("h2.said", "Marta Lind, steward of Leaks").says(".note", "No account yet.")
	h.exec(`update person set active_until = $1 where id = 'new'`, skein.Day(wall).AddDate(0, 0, -1))
	owen.get(path.AdminPeople+"?q=runciman").says(".note", "Their last day was")
	for show, want := range map[string]int{"hats": 3, "steward": 1, "administrator": 1, "without": 1, "left": 1, "nonsense": 8} {
		owen.get(path.AdminPeople+"?show="+show).is(http.StatusOK).has(want, "h2.said")
	}
	owen.get(path.AdminPeople+"?q=MARCHI").has(1, "h2.said").says("h2.said", "Teo Marchi")
	owen.get(path.AdminPeople+"?q=teo.marchi@").has(1, "h2.said")
	owen.get(path.AdminPeople+"?q=%25").is(http.StatusOK).says("main", "Nobody like that")
	owen.maxRoundTrips(4, path.AdminPeople)
	owen.maxRoundTrips(4, path.AdminPeople+"/teo-marchi")
	h.as(people[asExecutive]).get(path.AdminPeople).is(http.StatusForbidden)
}

// The list at the top of their pages names no page that is not there.
func TestAdministratorsPagesAreThere(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	for _, at := range page.AdminPages() {
		owen.get(at).is(http.StatusOK).has(1, `nav.within [aria-current=page][href="`+at+`"]`)
	}
}

func TestTheListGoesOnPageByPage(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	for i := range accessPage + 5 {
		h.exec(`insert into person (id, name) values ($1, 'Same Name')`, fmt.Sprintf("p%02d", i))
	}
	seen := map[string]bool{}
	at := path.AdminPeople
	for at != "" {
		shown := owen.get(at).is(http.StatusOK)
		for _, a := range shown.Find("h2.said a").EachIter() {
			href, _ := a.Attr("href")
			if seen[href] {
				t.Errorf("%s twice", href)
			}
			seen[href] = true
		}
		at, _ = shown.Find("a[rel=next]").Attr("href")
	}
	if len(seen) != accessPage+6 {
		t.Errorf("%d people on all pages", len(seen))
	}
}

func TestTheListIsNarrowedInPlace(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	owen.get(path.AdminPeople).has(1, "header.top").has(1, "#main")
	part := owen.into("main").get(path.AdminPeople + "?show=hats").is(http.StatusOK)
	part.has(0, "header.top").has(1, "#main").has(1, "title").has(1, "h2.said")
}

func TestSomebodyNewGetsALinkShownOnce(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	owen.post(path.AdminPeople, "name", "", "email", "alba").is(http.StatusUnprocessableEntity).has(2, ".refused")
	owen.post(path.AdminPeople, "name", "Alba Runciman", "email", "owen.pell@corriemere.example").
		is(http.StatusUnprocessableEntity).says(".refused", "Owen Pell has this e-mail address already")
	made := owen.post(path.AdminPeople, "name", "Alba Runciman", "email", "alba@corriemere.example").is(http.StatusOK)
	link := made.Find("#link").Text()
	if !strings.HasPrefix(link, "http://localhost/invitations/") {
		t.Fatalf("link %q", link)
	}
	person := h.text(`select id from person where name = 'Alba Runciman'`)
	owen.get(path.AdminPerson(person)).is(http.StatusOK).has(0, "#link").says(".purpose", "A link is on its way")
	again := owen.post(path.InvitePerson(person)).is(http.StatusOK).Find("#link").Text()
	h.anonymous().get(strings.TrimPrefix(link, "http://localhost")).is(http.StatusGone)
	h.anonymous().post(strings.TrimPrefix(again, "http://localhost"), "email", "alba@corriemere.example", "password", secret).goesTo(path.Home)
	if n := h.count(`select count(*) from audit_told where action in ('person.create', 'invitation.make') and actor_id = 'owen-pell'`); n != 3 {
		t.Errorf("%d audit rows", n)
	}
	owen.post(path.InvitePerson("nobody")).is(http.StatusNotFound)
}

func TestHatsAreGivenAndTaken(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	leaks := h.circle("Leaks", "")
	owen := h.as(h.person("Owen Pell", administrator))
	teo := h.person("Teo Marchi")
	at := path.AdminPerson(string(teo))
	owen.post(path.GiveHat(string(teo)), "hat", "chief").is(http.StatusUnprocessableEntity).says(".refused", "Choose steward")
	owen.post(path.GiveHat(string(teo)), "hat", "steward").is(http.StatusUnprocessableEntity).says(".refused", "Say of which")
	owen.post(path.GiveHat(string(teo)), "hat", "steward", "circle", "none").is(http.StatusUnprocessableEntity).says(".refused", "no such one")
	owen.post(path.GiveHat("nobody"), "hat", "executive").is(http.StatusNotFound)
	for range 2 { // twice is once
		owen.post(path.GiveHat(string(teo)), "hat", "steward", "circle", string(leaks)).goesTo(at)
	}
	shown := owen.get(at).is(http.StatusOK).says("[role=status]", "They have that role now.").says("main", "Steward of Leaks")
	if undo, _ := shown.Find("[role=status] form").Attr("action"); undo != path.TakeHat(string(teo)) {
		t.Errorf("undo goes to %q", undo)
	}
	owen.post(path.TakeHat(string(teo)), "hat", "steward", "circle", string(leaks)).goesTo(at)
	if n := h.count(`select count(*) from hat where person_id = $1`, teo); n != 0 {
		t.Errorf("%d hats left", n)
	}
	if n := h.count(`select count(*) from audit_told where action like 'hat.%' and circle_id = 'leaks' and noun_id = $1`, teo); n != 2 {
		t.Errorf("%d audit rows", n)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen, judith := h.person("Owen Pell", administrator), h.person("Judith Orme", administrator)
	h.exec(`insert into person (id, name) values ('imported', 'Alba Runciman')`)
	h.exec(`insert into hat (person_id, kind, given_at) values ('imported', 'administrator', $1)`, wall) // cannot sign in
	h.exec(`update person set deactivated_at = $1 where id = $2`, wall, h.person("Dario Venn", administrator))
	var all sync.WaitGroup
	for _, pair := range [][2]skein.PersonID{{owen, judith}, {judith, owen}} {
		b := h.as(pair[0])
		all.Go(func() { b.post(path.TakeHat(string(pair[1])), "hat", "administrator") })
	}
	all.Wait()
	if n := h.count(`select count(*) from hat where kind = 'administrator' and person_id in ($1, $2)`, owen, judith); n != 1 {
		t.Fatalf("%d administrators are left of two who removed each other", n)
	}
	last := skein.PersonID(h.text(`select person_id from hat where kind = 'administrator' and person_id in ($1, $2)`, owen, judith))
	b := h.as(last)
	b.post(path.TakeHat(string(last)), "hat", "administrator").is(http.StatusForbidden).says("main", "Somebody must remain")
	b.post(path.DeactivatePerson(string(last))).is(http.StatusForbidden)
	b.post(path.GiveHat("owen-pell"), "hat", "administrator").is(http.StatusSeeOther)
	b.post(path.GiveHat("judith-orme"), "hat", "administrator").is(http.StatusSeeOther)
	b.post(path.TakeHat(string(last)), "hat", "administrator").goesTo(path.Home)
	b.get(path.AdminPeople).is(http.StatusForbidden)
}

// Who has not begun, has left, or never made an account cannot open doors: they keep nobody from being
// the last one. Whoever comes in today does.
func TestOnlyAnAdministratorWhoCanComeInReplacesAnother(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		other string // what is said of the other administrator
		goes  int
	}{
		"begins later":     {`active_from = '2026-05-12'`, http.StatusForbidden},
		"begins today":     {`active_from = '2026-05-11'`, http.StatusSeeOther},
		"left yesterday":   {`active_until = '2026-05-10'`, http.StatusForbidden},
		"leaves today":     {`active_until = '2026-05-11'`, http.StatusSeeOther},
		"was signed off":   {`deactivated_at = '2026-05-01'`, http.StatusForbidden},
		"nothing is said":  {`active_from = null`, http.StatusSeeOther},
		"came and is here": {`active_from = '2020-01-01', active_until = '2030-01-01'`, http.StatusSeeOther},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			ana, bo := h.person("Ana Lima", administrator), h.person("Bo Falk", administrator)
			h.exec(`update person set `+c.other+` where id = $1`, bo)
			b := h.as(ana)
			b.post(path.DeactivatePerson(string(ana))).is(c.goes)
			if c.goes == http.StatusForbidden {
				b.post(path.TakeHat(string(ana)), "hat", "administrator").is(http.StatusForbidden).says("main", "Somebody must remain")
				b.get(path.AdminPeople).is(http.StatusOK)
			}
		})
	}
}

func TestAClosedDoorEndsSessionsAndShowsWhatIsHeld(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	owen, ines := h.as(people[asAdministrator]), h.as(people[asLead])
	at := path.AdminPerson(string(people[asLead]))
	owen.get(at).is(http.StatusOK).says("main", "Night Pressure").says("main", "Leads it until")
	owen.post(path.DeactivatePerson(string(people[asLead]))).goesTo(at)
	if ines.in() {
		t.Error("her session lives on")
	}
	owen.get(at).is(http.StatusOK).says(".purpose", "The door is closed to Ines").says("main", "Nothing that others can see").
		says("[role=status]", "goes on to others")
	if got := h.text(`select state from project where title = 'Night Pressure'`); got != "open" {
		t.Errorf("what she led is %s", got)
	}
	h.as(people[asStaff]).get(path.Project("night-pressure")).says("main", "left on")
	owen.get(path.Project("night-pressure")).says("main", "It is done").says("main", "Cancel it")
	owen.get(path.CompleteProject("night-pressure")).is(http.StatusOK).says("main", "Everybody's place in the team ends today.")
	h.as(people[asStaff]).get(path.CompleteProject("night-pressure")).is(http.StatusForbidden)
	owen.post(path.CompleteProject("night-pressure"), "reason", "The pressure is down.").goesTo(path.Project("night-pressure"))
	if got := h.text(`select state from project where id = 'night-pressure'`); got != "completed" {
		t.Errorf("what she led is %s", got)
	}
	owen.post(path.InvitePerson(string(people[asLead]))).is(http.StatusNotFound)
	owen.post(path.ReactivatePerson(string(people[asLead]))).goesTo(at)
	if ines.in() {
		t.Error("the old session is open again")
	}
	if !h.as(people[asLead]).in() {
		t.Error("the door stays closed")
	}
	if n := h.count(`select count(*) from audit_event where action in ('person.deactivate', 'person.reactivate')`); n != 2 {
		t.Errorf("%d audit rows", n)
	}
	owen.post(path.DeactivatePerson("nobody")).is(http.StatusNotFound)
}

func TestTheAddressToSignInWithIsChanged(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen, ines := h.as(h.person("Owen Pell", administrator)), h.person("Ines Calder")
	h.password(ines, secret)
	desk := h.as(ines)
	owen.post(path.ChangeEmail(string(ines)), "email", "ines").is(http.StatusUnprocessableEntity).says(".refused", "Give an e-mail address")
	owen.post(path.ChangeEmail(string(ines)), "email", "Owen.Pell@corriemere.example").is(http.StatusUnprocessableEntity).says(".refused", "Somebody else")
	owen.post(path.ChangeEmail("nobody"), "email", "a@corriemere.example").is(http.StatusNotFound)
	owen.post(path.ChangeEmail(string(ines)), "email", "new@corriemere.example").goesTo(path.AdminPerson(string(ines)))
	if email := h.text(`select email from person where id = $1`, ines); email != "new@corriemere.example" {
		t.Errorf("the person keeps %s", email)
	}
	h.anonymous().signIn("ines.calder@corriemere.example", secret).is(http.StatusUnprocessableEntity)
	h.anonymous().signIn("new@corriemere.example", secret).is(http.StatusSeeOther)
	if !desk.in() {
		t.Error("she was signed out")
	}
}

func TestOnlyAdministratorsSeeWhatAnImportSaidBeyond(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update person set attributes = '{"grade": "Principal 7", "<b>pay</b>": 12}' where id = $1`, people[asStaff])
	owen := h.as(people[asAdministrator])
	owen.get(path.AdminPerson(string(people[asStaff]))).says("dl", "grade").says("dl", "Principal 7").says("dt", "<b>pay</b>")
	for _, hat := range []string{asStaff, asLead, asSteward, asExecutive} {
		b := h.as(people[hat])
		for _, at := range []string{path.AdminPerson(string(people[asStaff])), path.Person(string(people[asStaff])), path.People, path.Home} {
			if strings.Contains(b.get(at).body, "Principal 7") {
				t.Errorf("%s sees the grade at %s", hat, at)
			}
		}
	}
}

func TestABrokenDatabaseClosesNoDoor(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	owen := h.as(people[asAdministrator])
	h.breaks("audit_event")
	owen.post(path.DeactivatePerson(string(people[asStaff]))).is(http.StatusInternalServerError).silent("audit_event")
	owen.post(path.GiveHat(string(people[asStaff])), "hat", "executive").is(http.StatusInternalServerError).silent("audit_event")
	if n := h.count(`select count(*) from person where deactivated_at is not null`); n != 0 {
		t.Error("deactivated without a row in the log")
	}
	h.breaks("hat")
	owen.get(path.AdminPeople).is(http.StatusInternalServerError).silent("hat_is_gone")
}

func TestAnAdministratorMovesTheOrganisationToAnotherTimeZone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	owen := h.as(people[asAdministrator])
	owen.get(path.AdminPeople).is(http.StatusOK).has(1, `#zone input[name=zone]`)
	for _, wrong := range []string{"", "Local", "Nowhere/Land"} {
		owen.post(path.AdminZone, "zone", wrong).is(http.StatusUnprocessableEntity).says("#zone .field.refused", "Europe/London")
	}
	owen.post(path.AdminZone, "zone", "Pacific/Auckland").goesTo(path.AdminPeople + "#zone")
	owen.get(path.AdminPeople).is(http.StatusOK).says("[role=status]", "the clocks of Pacific/Auckland")
	if zone := h.text(`select zone from organisation`); zone != "Pacific/Auckland" {
		t.Errorf("the zone is %s", zone)
	}
	// the two lists of zones differ in age: what the database does not know would break every page
	_, err := h.pool.Exec(t.Context(), `update organisation set zone = 'Europe/Newland'`)
	if bad, ok := asInvalid(core.Translate(err)); !ok || bad.On("zone") == "" {
		t.Errorf("a zone that the database does not know: %v", err)
	}
	owen.post(path.AdminZone, "zone", "Pacific/Auckland").is(http.StatusSeeOther)
	if n := h.count(`select count(*) from audit_told where action = 'organisation.zone' and actor_id = $1`, people[asAdministrator]); n != 1 {
		t.Errorf("%d rows in the log, want one", n)
	}
	owen.get(path.AdminAudit).says("main", "changed the organisation's time zone")
	h.breaks("organisation")
	owen.post(path.AdminZone, "zone", "Europe/Paris").is(http.StatusInternalServerError).silent("organisation_is_gone")
}
