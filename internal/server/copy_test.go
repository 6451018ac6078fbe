package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// On a restored copy administrators are told so on every page, and one press makes it the one that runs.
func TestACopyIsSaidToBeTheOneThatRuns(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	gethin, ada := h.as(h.person("Gethin Moss", administrator)), h.as(h.person("Ada Reed"))
	gethin.get(path.Home).has(0, "#copy")
	h.exec(`update organisation set restored_at = $1`, wall)
	for _, at := range []string{path.Home, path.AdminPeople, path.AdminSetup, path.Settings} {
		gethin.get(at).is(http.StatusOK).says("#copy", "it sends no mail and its links do not open").has(1, "#copy form[action='"+path.RunsNow+"'] button")
	}
	ada.get(path.Home).has(0, "#copy")
	h.anonymous().get(path.SignIn).has(0, "#copy")

	ada.post(path.RunsNow).is(http.StatusForbidden)
	h.anonymous().post(path.RunsNow).is(http.StatusSeeOther)
	if h.count(`select count(*) from organisation where restored_at is null`) != 0 {
		t.Fatal("somebody else said so")
	}
	gethin.post(path.RunsNow).goesTo(path.Home)
	gethin.get(path.Home).has(0, "#copy").says("main", "This is the one that runs now")
	gethin.post(path.RunsNow).goesTo(path.Home) // it does already
	if n := h.count(`select count(*) from audit_told where action = 'backup.run'`); n != 1 {
		t.Errorf("it is in the log %d times", n)
	}
	gethin.get(path.AdminAudit).says("main", "said that this copy is the one that runs now")
	h.breaks("organisation")
	gethin.post(path.RunsNow).is(http.StatusInternalServerError).silent("organisation_is_gone")
}

// A link that was made before, or is made meanwhile, opens once an administrator says that this is the one.
func TestALinkDoesNotOpenOnACopy(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	gethin := h.as(h.person("Gethin Moss", administrator))
	h.exec(`insert into person (id, name, email) values ('teo', 'Teo Marchi', 'teo@corriemere.example')`)
	link := h.invited("teo")
	h.exec(`update organisation set restored_at = $1`, wall)
	teo := h.anonymous()
	for _, at := range []string{link, path.Invitation("nonsense")} {
		teo.get(at).is(http.StatusGone).says("h1", "Links do not open here yet").says("main", "An administrator who signs in here")
		teo.post(at, "password", secret, "email", "teo@corriemere.example").is(http.StatusGone).says("h1", "Links do not open here yet")
	}
	if n := h.count(`select count(*) from account where person_id = 'teo'`); n != 0 {
		t.Fatal("the link was used")
	}
	gethin.post(path.RunsNow).goesTo(path.Home)
	teo.get(link).is(http.StatusOK)
	teo.post(link, "password", secret, "email", "teo@corriemere.example").goesTo(path.Home)
}

// Where a copy has no administrator, the operator's own link makes one: nobody else could say that it runs.
func TestTheFirstLinkOpensOnACopy(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	link := h.invited("")
	h.exec(`update organisation set restored_at = $1`, wall)
	h.anonymous().get(link).is(http.StatusOK)
}
