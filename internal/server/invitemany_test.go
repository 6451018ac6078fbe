package server

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"skein/web/component"
	"skein/web/path"
)

// crowd are people without an account, in a team and out of it.
func (h *house) withoutAccounts() {
	h.Helper()
	h.circle("Leaks", "")
	h.circle("Night Crew", "leaks")
	h.exec(`insert into person (id, name, circle_id, deactivated_at, active_until) values
		('alba', 'Alba Runciman', 'leaks', null, null), ('bo', 'Bo Falk', 'night-crew', null, null), ('cy', 'Cy Dahl', null, null, null),
		('gone', 'Dot Gone', 'leaks', $1, null), ('over', 'Eve Over', 'leaks', null, '2026-01-01')`, wall)
}

func slips(a *answer) []string {
	return a.Find(".slip code").Map(func(_ int, s *goquery.Selection) string { return strings.TrimPrefix(s.Text(), "http://localhost") })
}

func TestManyAreInvitedAtOnce(t *testing.T) {
	t.Parallel()
	open := func(t *testing.T) (*house, *browser) {
		h := newTest(t)
		h.withoutAccounts()
		return h, h.as(h.person("Owen Pell", administrator))
	}
	t.Run("door closed", func(t *testing.T) {
		h, _ := open(t)
		h.anonymous().post(path.AdminInvitations, "person", "alba").goesTo(path.SignIn)
	})
	t.Run("not yours", func(t *testing.T) {
		h, _ := open(t)
		h.as(h.person("Judith Orme", executive)).post(path.AdminInvitations, "person", "alba").is(http.StatusForbidden)
	})
	t.Run("broken database", func(t *testing.T) {
		h, owen := open(t)
		h.breaks("audit_event")
		owen.post(path.AdminInvitations, "person", "alba").is(http.StatusInternalServerError).silent("audit_event").has(0, ".slip")
		if n := h.count(`select count(*) from invitation`); n != 0 {
			t.Error("a link is good that nobody saw")
		}
	})
	t.Run("invalid", func(t *testing.T) {
		h, owen := open(t)
		for _, chosen := range [][]string{{}, {"person", "nobody"}, {"person", "gone", "person", "over"}, {"person", "owen-pell"}} {
			owen.post(path.AdminInvitations, chosen...).goesTo(path.AdminPeople)
			owen.get(path.AdminPeople).says("[role=status]", "No link was made")
		}
		if n := h.count(`select count(*) from invitation`); n != 0 {
			t.Errorf("%d links", n)
		}
	})
	t.Run("done", func(t *testing.T) {
		h, owen := open(t)
		list := owen.get(path.AdminPeople + "?show=without&circle=leaks").is(http.StatusOK)
		list.has(2, "#invite input[type=checkbox][name=person]").says("#invite", "For all two without an account or a link").has(1, "button.button:not(.outlined)")
		version := versionOf(list, path.AdminInvitations)
		made := owen.post(path.AdminInvitations, "show", "without", "circle", "leaks", "step", "all", component.VersionName, version).is(http.StatusOK)
		made.has(2, ".slip").says("h1", "Links for two people").says(".slip", "Alba Runciman, Leaks").says(".slip", "by 18 May")
		if made.Response.Header.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(made.Response.Header.Get("Cache-Control"), "no-store") {
			t.Error("the secrets may be kept or told")
		}
		links := slips(made)
		h.anonymous().post(links[0], "email", "alba@corriemere.example", "password", secret).goesTo(path.Home)
		h.anonymous().get(links[0]).is(http.StatusGone)
		again := owen.get(path.AdminPeople+"?show=invited").is(http.StatusOK).has(1, "h2.said").says("h2.said", "Bo Falk").says(".note", "a link is good until")
		if strings.Contains(again.body, links[1]) {
			t.Error("a link is shown again")
		}
		owen.post(path.AdminInvitations, "step", "all").is(http.StatusOK).has(1, ".slip").says(".slip", "Cy Dahl") // Bo keeps his
		anew := owen.post(path.AdminInvitations, "person", "bo", "person", "alba", component.VersionName, versionOf(again, path.AdminInvitations)).is(http.StatusOK)
		anew.has(1, ".slip").says("main", "One other has none")
		h.anonymous().get(links[1]).is(http.StatusGone)
		h.anonymous().get(slips(anew)[0]).is(http.StatusOK)
		if n := h.count(`select count(*) from audit_told where action = 'invitation.make' and actor_id = 'owen-pell'`); n != 4 {
			t.Errorf("%d rows in the log", n)
		}
		h.later(8 * 24 * time.Hour)
		h.anonymous().get(slips(anew)[0]).is(http.StatusGone)
	})
}

// Two administrators who invite the same people at once do not take the links out of each other's hands.
func TestTwoWhoInviteAtOnceLeaveTheFirstsLinksGood(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	for i := range 12 {
		h.exec(`insert into person (id, name) values ($1, $2)`, fmt.Sprintf("p%02d", i), fmt.Sprintf("Person %02d", i))
	}
	owen, judith := h.as(h.person("Owen Pell", administrator)), h.as(h.person("Judith Orme", administrator))
	version := versionOf(owen.get(path.AdminPeople), path.AdminInvitations)
	h.later(time.Second)
	var fields []string
	for i := range 12 {
		fields = append(fields, "person", fmt.Sprintf("p%02d", i))
	}
	fields = append(fields, component.VersionName, version)
	answers := make([]*answer, 2)
	var all sync.WaitGroup
	for i, b := range []*browser{owen, judith} {
		all.Go(func() { answers[i] = b.post(path.AdminInvitations, fields...) })
	}
	all.Wait()
	good := 0
	for _, a := range answers {
		for _, link := range slips(a) {
			h.anonymous().get(link).is(http.StatusOK)
			good++
		}
	}
	if good != 12 {
		t.Errorf("%d links for twelve", good)
	}
}

// Somebody whose name another has is added once it is said that they are somebody else.
func TestANamesakeIsAskedAboutBeforeTheyAreAdded(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.withoutAccounts()
	owen := h.as(h.person("Owen Pell", administrator))
	owen.post(path.AdminPeople, "name", "alba  RUNCIMAN").is(http.StatusUnprocessableEntity).says("#new .refused", "Alba Runciman (Leaks) has this name").has(1, "#new input[name=anyway]")
	owen.post(path.AdminPeople, "name", "Alba Runciman", "anyway", "yes", "circle", "night-crew", "step", "add").goesTo(path.AdminPeople)
	owen.get(path.AdminPeople).says("[role=status]", "Alba Runciman is here.")
	if n := h.count(`select count(*) from person where name = 'Alba Runciman'`); n != 2 || h.count(`select count(*) from invitation`) != 0 {
		t.Errorf("%d of the name, %d links", n, h.count(`select count(*) from invitation`))
	}
	if n := h.count(`select count(*) from audit_told where action = 'person.create'`); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
}

// The first administrator may be somebody whom an import brought without an address: they are asked by the name.
func TestTheFirstAdministratorIsRecognisedByTheName(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.withoutAccounts()
	link, b := h.invited(""), h.anonymous()
	whole := []string{"name", "ALBA Runciman", "email", "alba@corriemere.example", "password", secret, "organisation", "Corriemere Water", "zone", "Europe/London"}
	asks := b.post(link, whole...).is(http.StatusUnprocessableEntity).has(2, "input[name=person]")
	asks.says(".refused", "Somebody of this name is in Skein already").says("form", "I am Alba Runciman of Leaks").says("form", "somebody else of this name")
	b.post(link, append(whole, "person", "bo")...).is(http.StatusUnprocessableEntity)
	b.post(link, append(whole, "person", "alba")...).goesTo(path.AdminSetup)
	if got := h.text(`select email || ' ' || (select count(*) from person where name ilike 'alba%') from person where id = 'alba'`); got != "alba@corriemere.example 1" {
		t.Errorf("kept is %s", got)
	}
	if n := h.count(`select count(*) from hat where person_id = 'alba' and kind in ('executive', 'administrator')`); n != 2 {
		t.Errorf("%d roles", n)
	}
	b.get(path.Notices).says("main", "You are the first here, so you have two roles.")
}
