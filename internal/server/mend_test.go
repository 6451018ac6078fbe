package server

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"skein/web/component"
	"skein/web/path"
)

// What is kept of somebody is mended by an administrator, and whom it is about is told of each thing.
func TestWhatIsKeptOfSomebodyIsMended(t *testing.T) {
	t.Parallel()
	const at = "/admin/people/teo-marchi"
	whole := []string{"circle", "night-crew", "hours", "4.5", "manager", "Noor Basri", "active_from", "2025-02-01", "active_until", "2027-02-01"}
	with := func(name, value string) []string { return wholeForm{fields: whole}.with(name, value) }
	open := func(t *testing.T) (*house, *browser, *browser) {
		h := newTest(t)
		people := h.cast()
		h.circle("Night Crew", "leaks")
		return h, h.as(people[asAdministrator]), h.as(people[asStaff])
	}
	t.Run("door closed", func(t *testing.T) {
		h, _, _ := open(t)
		h.anonymous().post(path.MendPerson("teo-marchi"), whole...).goesTo(path.SignIn)
	})
	t.Run("not yours", func(t *testing.T) {
		_, _, teo := open(t)
		teo.post(path.MendPerson("teo-marchi"), whole...).is(http.StatusForbidden)
	})
	t.Run("broken database", func(t *testing.T) {
		h, owen, _ := open(t)
		h.breaks("notice")
		owen.post(path.MendPerson("teo-marchi"), whole...).is(http.StatusInternalServerError).silent("notice_is_gone")
		if n := h.count(`select count(*) from person where circle_id = 'night-crew'`); n != 0 {
			t.Error("it was changed without a word to them")
		}
	})
	t.Run("invalid", func(t *testing.T) {
		h, owen, _ := open(t)
		for field, c := range map[string][2]string{
			"circle": {"nowhere", "no such one"}, "hours": {"many", "a number from 0 to 168"}, "manager": {"Nobody Known", "Nobody here is called Nobody Known"},
			"active_from": {"soon", "Choose a day"}, "active_until": {"2024-01-01", "leave before they came"},
		} {
			owen.post(path.MendPerson("teo-marchi"), with(field, c[0])...).is(http.StatusUnprocessableEntity).says("#details .refused", c[1])
		}
		owen.post(path.MendPerson("teo-marchi"), with("manager", "Teo Marchi")...).is(http.StatusUnprocessableEntity).says("#details .refused", "decides their own hours")
		owen.post(path.MendPerson("teo-marchi"), with("hours", "169")...).is(http.StatusUnprocessableEntity).has(1, "#details input[name=hours][value='169']")
		owen.post(path.MendPerson("nobody"), whole...).is(http.StatusNotFound)
		if n := h.count(`select count(*) from audit_event`); n != 0 {
			t.Errorf("%d rows in the log of nothing", n)
		}
	})
	t.Run("done", func(t *testing.T) {
		h, owen, teo := open(t)
		owen.post(path.MendPerson("teo-marchi"), whole...).goesTo(at)
		owen.get(at).says("[role=status]", "It is kept so").has(1, "#details input[name=manager][value='Noor Basri']").has(1, "#details option[value='night-crew'][selected]")
		notices := teo.get(path.Notices).is(http.StatusOK)
		for _, says := range []string{"Owen Pell moved you to Night Crew.", "Owen Pell changed the hours a week", "Owen Pell changed the first or the last day", "Owen Pell changed who decides your hours."} {
			notices.says("main", says)
		}
		if n := h.count(`select count(*) from notice`); n != 4 {
			t.Errorf("%d notices, want four, to Teo alone", n)
		}
		owen.get(path.AdminAudit).says("main", "changed details of Teo Marchi")
		h.exec(`update person set name = 'Teo Marchi' where id = 'judith-orme'`) // and whoever decides has left
		h.exec(`update person set deactivated_at = $1 where id = 'noor-basri'`, wall)
		owen.post(path.MendPerson("teo-marchi"), with("circle", "")...).goesTo(at)
		teo.get(path.Notices).says("main", "took you out of your team")
		if got := h.text(`select coalesce(circle_id, 'none') || ' ' || manager_id from person where id = 'teo-marchi'`); got != "none noor-basri" {
			t.Errorf("kept is %s", got)
		}
		before := h.count(`select count(*) from audit_event`)
		owen.post(path.MendPerson("teo-marchi"), with("circle", "")...).goesTo(at) // nothing new
		if n := h.count(`select count(*) from audit_event`); n != before {
			t.Error("what did not change is in the log")
		}
	})
}

// A name that an administrator gives is told to whom it is given.
func TestANewNameIsTold(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.as(people[asAdministrator]).post(path.RenamePerson("teo-marchi"), "name", "Teo Marchi-Lund").is(http.StatusSeeOther)
	h.as(people[asStaff]).get(path.Notices).says("main", "Owen Pell changed the name that others see of you. It is Teo Marchi-Lund.")
}

// Somebody who moves to another team while claims are open keeps theirs, sealed as it was; nothing begins again.
func TestMovingSomebodyLeavesAnOpenWindowAsItIs(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.circle("Billing", "")
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, 'teo-marchi', 'submitted', 'A secret reason.', $1, $1, $1 from claim_window`, wall)
	window := h.text(`select claim_window::text from claim_window`)
	owen := h.as(people[asAdministrator])
	owen.post(path.MendPerson("teo-marchi"), "circle", "billing").is(http.StatusSeeOther)
	if now := h.text(`select claim_window::text from claim_window`); now != window {
		t.Errorf("the window was %s, is %s", window, now)
	}
	if n := h.count(`select count(*) from claim where state = 'submitted'`); n != 1 {
		t.Error("the claim is gone")
	}
	for _, at := range []string{path.AdminPerson("teo-marchi"), path.DeactivatePerson("teo-marchi"), path.AdminPeople, path.AdminAudit, path.Person("teo-marchi")} {
		if body := owen.get(at).is(http.StatusOK).body; strings.Contains(body, "Meter Letters") || strings.Contains(body, "secret reason") {
			t.Errorf("%s tells that something is claimed", at)
		}
	}
}

// The last administrator stays, by whichever day one would go: also of two who end each other's time at once.
func TestTheLastAdministratorStaysBeyondEveryDay(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	at := path.MendPerson("owen-pell")
	for _, until := range []string{"2026-05-10", "2026-05-11", "2030-01-01"} {
		owen.post(at, "active_until", until).is(http.StatusUnprocessableEntity).has(1, "#details .refused input[name=active_until]")
	}
	owen.post(at, "active_from", "2026-06-01").is(http.StatusUnprocessableEntity).has(1, "#details .refused input[name=active_from]")
	owen.post(at, "hours", "4").is(http.StatusSeeOther)
	judith := h.as(h.person("Judith Orme", administrator))
	var all sync.WaitGroup
	for b, of := range map[*browser]string{owen: "judith-orme", judith: "owen-pell"} {
		all.Go(func() { b.post(path.MendPerson(of), "active_until", "2026-06-01") })
	}
	all.Wait()
	if n := h.count(`select count(*) from person where active_until is null`); n != 1 {
		t.Errorf("%d of two administrators stay", n)
	}
}

// Of somebody who has no account the address is mended as well: it is what they are offered when they come in.
func TestTheAddressOfSomebodyWithoutAnAccountIsMended(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	h.exec(`insert into person (id, name) values ('alba', 'Alba Runciman')`)
	at := path.ChangeEmail("alba")
	version := versionOf(owen.get(path.AdminPerson("alba")), at)
	owen.post(at, "email", "owen.pell@corriemere.example", component.VersionName, version).is(http.StatusUnprocessableEntity).says(".refused", "Somebody else has this e-mail address")
	owen.post(at, "email", "alba@corriemere.example", component.VersionName, version).goesTo(path.AdminPerson("alba"))
	owen.post(at, "email", "other@corriemere.example", component.VersionName, version).is(http.StatusUnprocessableEntity).says(".refused", "now it is alba@corriemere.example")
	h.anonymous().get(h.invited("alba")).has(1, `input[name=email][value="alba@corriemere.example"]`)
	owen.get(path.AdminAudit).says("main", "changed details of Alba Runciman").says("main", "The e-mail address.")
}
