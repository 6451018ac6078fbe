package server

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// Whatever an administrator changes of somebody's access, they and the other administrators are told who did it.
func TestNobodysAccessChangesUnseen(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.circle("Leaks", "")
	owen, judith, teo := h.person("Owen Pell", administrator), h.person("Judith Orme", administrator), h.person("Teo Marchi")
	h.exec(`update person set deactivated_at = $2 where id = $1`, h.person("Dario Venn", administrator), wall)
	h.password(teo, secret)
	by := h.as(owen)
	at := path.AdminPerson(string(teo))
	for _, act := range []struct {
		to           string
		form         []string
		yours, their string
	}{
		{path.GiveHat("teo-marchi"), []string{"hat", "steward", "circle", "leaks"}, "Owen Pell gave you a role: steward of Leaks.", "Owen Pell gave Teo Marchi a role: steward of Leaks."},
		{path.TakeHat("teo-marchi"), []string{"hat", "steward", "circle", "leaks"}, "Owen Pell took a role from you: steward of Leaks.", "Owen Pell took a role from Teo Marchi: steward of Leaks."},
		{path.ChangeEmail("teo-marchi"), []string{"email", "teo@corriemere.example"}, "Owen Pell changed the address with which you sign in.", "Owen Pell changed the address with which Teo Marchi signs in."},
		{path.InvitePerson("teo-marchi"), nil, "Owen Pell made a link that sets a new password for you.", "Owen Pell made a link that sets a new password for Teo Marchi."},
		{path.DeactivatePerson("teo-marchi"), nil, "", "Owen Pell closed the door to Teo Marchi."},
		{path.ReactivatePerson("teo-marchi"), nil, "Owen Pell opened the door to you again.", "Owen Pell opened the door to Teo Marchi again."},
	} {
		h.exec(`delete from notice`)
		h.later(time.Minute)
		if a := by.post(act.to, act.form...); a.Response.StatusCode >= 400 {
			a.is(http.StatusSeeOther)
		}
		if told := h.text(`select string_agg(person_id, ' ' order by person_id) from notice`); told != "judith-orme teo-marchi" {
			t.Errorf("%s: %s are told", act.to, told)
		}
		if page := h.as(judith).get(path.Notices).is(http.StatusOK).says("main", act.their); page.Find("main a[href='"+at+"']").Length() == 0 {
			t.Errorf("%s leads elsewhere", act.their)
		}
		if act.yours != "" {
			h.as(teo).get(path.Notices).is(http.StatusOK).says("main", act.yours)
		}
	}
	// Nothing that was so before is told of.
	h.exec(`delete from notice`)
	by.post(path.TakeHat("teo-marchi"), "hat", "executive").goesTo(at)
	by.post(path.ChangeEmail("teo-marchi"), "email", "teo@corriemere.example").goesTo(at)
	by.post(path.ReactivatePerson("teo-marchi")).goesTo(at)
	by.post(path.GiveHat("teo-marchi"), "hat", "steward", "circle", "none").is(http.StatusUnprocessableEntity)
	if n := h.count(`select count(*) from notice`); n != 0 {
		t.Errorf("%d notices of what did not change", n)
	}
}

func TestAPasswordSetByALinkIsTold(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen, judith, teo := h.person("Owen Pell", administrator), h.person("Judith Orme", administrator), h.person("Teo Marchi")
	h.password(teo, secret)
	by := h.as(owen)
	link := strings.TrimPrefix(by.post(path.InvitePerson("teo-marchi")).is(http.StatusOK).Find("#link").Text(), "http://localhost")
	h.later(time.Minute)
	b := h.anonymous()
	b.post(link, "email", "teo.marchi@corriemere.example", "password", "another three geese").goesTo(path.Home)
	b.get(path.Notices).is(http.StatusOK).says("main", "Your password was set by a link that Owen Pell made.")
	for _, administrator := range []skein.PersonID{owen, judith} {
		h.as(administrator).get(path.Notices).is(http.StatusOK).says("main", "The password of Teo Marchi was set by a link that Owen Pell made.")
	}
	by.get(path.AdminAudit+"?action=account.password").is(http.StatusOK).says("main", "With a link that Owen Pell made.")
	by.get(path.AdminAudit+"?action=invitation.make").is(http.StatusOK).says("main", "Owen Pell made a link for Teo Marchi")
	// Somebody's first link makes an account, and changes nobody's access.
	h.exec(`delete from notice`)
	h.exec(`insert into person (id, name) values ('imported', 'Alba Runciman')`)
	b.post(h.invited("imported"), "email", "alba@corriemere.example", "password", secret).goesTo(path.Home)
	if n := h.count(`select count(*) from notice`); n != 0 {
		t.Errorf("%d notices", n)
	}
}

// The operator at the command line is told of like anybody else.
func TestARoleFromTheCommandLineIsTold(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.person("Owen Pell", administrator)
	teo := h.person("Teo Marchi")
	if err := h.db.Door.GiveHat(context.Background(), skein.Itself(wall, time.UTC), teo, administrator); err != nil {
		t.Fatal(err)
	}
	h.as(owen).get(path.Notices).is(http.StatusOK).says("main", "Skein’s operator gave Teo Marchi a role: administrator.")
	h.as(teo).get(path.Notices).is(http.StatusOK).says("main", "Skein’s operator gave you a role: administrator.")
}
