package server

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/web/path"
)

// happened adds a row to the log.
func (h *house) happened(at time.Time, actor, action, noun, id, project string) {
	h.Helper()
	h.exec(`insert into audit_event (at, actor_id, action, noun, noun_id, project_id, details)
		values ($1, nullif($2, ''), $3, $4, $5, nullif($6, ''), '{"why": "=1+1"}')`, at, actor, action, noun, id, project)
}

func TestTheLogIsFiltered(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.happened(wall.Add(-72*time.Hour), "marta-lind", "project.publish", "project", "night-pressure", "night-pressure")
	h.happened(wall.Add(-time.Hour), "owen-pell", "hat.give", "person", "teo-marchi", "")
	h.happened(wall, "", "window.close", "claim_window", "w", "meter-letters")
	h.happened(wall, "gone", "odd.thing", "skill", "s", "")
	owen := h.as(people[asAdministrator])
	all := owen.get(path.AdminAudit).is(http.StatusOK)
	all.says("main", "Marta Lind published Night Pressure").says("main", "Owen Pell gave a role to Teo Marchi.").
		says("main", "Skein closed claims for Meter Letters").says("main", "Somebody who is not known here any more did something that this version has no words for.")
	all.has(2, "section.section:not(#kept) h2.side").has(1, "#kept h2.side")
	for query, want := range map[string]int{
		"": 4, "who=marta-lind": 1, "who=PELL": 1, "noun=person": 1, "action=hat": 1, "action=hat.give": 1, "action=at.give": 0,
		"project=night-pressure": 1, "project=letters": 1, "from=2026-05-11": 3, "until=2026-05-10": 1, "from=2026-05-08&until=2026-05-08": 1,
		"who=marta-lind&noun=person": 0,
	} {
		if n := owen.get(path.AdminAudit + "?" + query).is(http.StatusOK).Find("section time").Length(); n != want {
			t.Errorf("%s: %d rows, want %d", query, n, want)
		}
	}
	owen.get(path.AdminAudit+"?from=soon").is(http.StatusUnprocessableEntity).says(".refused", "Choose a day")
	owen.get(path.AdminAudit + "?from=2026-05-11&until=2026-05-01").is(http.StatusUnprocessableEntity)
	owen.get(path.AdminAuditExport + "?from=soon").is(http.StatusUnprocessableEntity)
	owen.maxRoundTrips(4, path.AdminAudit)
}

func TestTheLogGoesOnPageByPage(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	for i := range 2*auditPage + 3 {
		h.happened(wall.Add(time.Duration(i)*time.Minute), "owen-pell", "hat.give", "person", fmt.Sprint("p", i), "")
	}
	rows, at := 0, path.AdminAudit+"?action=hat"
	for at != "" {
		page := owen.get(at).is(http.StatusOK)
		rows += page.Find("section time").Length()
		at, _ = page.Find("a[rel=next]").Attr("href")
	}
	if rows != 2*auditPage+3 {
		t.Errorf("%d rows on all pages", rows)
	}
}

func TestWhatSomebodyClaimedIsNotInAnybodyElsesLog(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	for _, action := range []string{"claim.submit", "claim.withdraw"} {
		h.happened(wall, "teo-marchi", action, "claim", "c1", "meter-letters")
		h.happened(wall, "owen-pell", action, "claim", "c2", "meter-letters")
	}
	h.happened(wall, "teo-marchi", "review.ask", "review", "r1", "meter-letters")
	h.happened(wall, "teo-marchi", "invite.accept", "claim_window", "w1", "meter-letters")
	h.happened(wall, "", "claim.pass_over", "claim", "c1", "meter-letters")
	owen := h.as(people[asAdministrator])
	for _, query := range []string{"", "?who=teo-marchi", "?noun=claim", "?project=meter-letters", "?action=claim"} {
		for _, base := range []string{path.AdminAudit, path.AdminAuditExport} {
			a := owen.get(base + query).is(http.StatusOK)
			if strings.Contains(a.said("section"), "Teo Marchi") || base == path.AdminAuditExport && strings.Contains(a.body, "teo-marchi,") {
				t.Errorf("%s%s tells of Teo's claim", base, query)
			}
		}
	}
	if n := owen.get(path.AdminAudit + "?noun=claim").Find("section time").Length(); n != 2 {
		t.Errorf("%d rows of his own claim, want 2", n)
	}
}

func TestTheLogIsTakenAlongWhole(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	h.exec(`insert into person (id, name) values ('=cmd()', '@evil')`)
	for i := range 3 * auditPage {
		h.happened(wall.Add(time.Duration(i)*time.Minute), "=cmd()", "hat.give", "person", "-1+1", "")
	}
	a := owen.get(path.AdminAuditExport + "?action=hat").is(http.StatusOK)
	if kind := a.Response.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Error(kind)
	}
	rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
	if err != nil || len(rows) != 3*auditPage+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Fatalf("a spreadsheet would run %q", cell)
			}
		}
	}
	if n := h.count(`select count(*) from audit_told where action = 'audit.export' and actor_id = 'owen-pell' and details->>'action' = 'hat'`); n != 1 {
		t.Errorf("%d rows tell of the export", n)
	}
}

func TestTheLogIsAskedForActionsByTheirWords(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	owen := h.as(people[asAdministrator])
	page := owen.get(path.AdminAudit + "?action=hat.give").is(http.StatusOK)
	page.says(`select[name=action] option[selected]`, "gave a role").says(`select[name=action]`, "changed details")
	owen.get(path.AdminAudit+"?action=hat").says(`select[name=action] option[selected]`, "“hat”")
	for _, option := range page.Find(`select[name=action] option`).EachIter() {
		if strings.ContainsAny(option.Text(), "._") {
			t.Errorf("%q is no words", option.Text())
		}
	}
}

// Where Skein's login could change the log the page says so, and where it could not it says nothing.
func TestTheLogSaysWhoCouldChangeIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	lesser := h.server.db
	for _, c := range []struct {
		db   *postgres.DB
		want int
	}{{lesser, 0}, {postgres.New(pgtest.Owner(t)), 1}} {
		h.server.db = c.db
		page := owen.get(path.AdminAudit).is(http.StatusOK)
		if n := strings.Count(page.said("main"), "skein migrate grant"); n != c.want {
			t.Errorf("it is said %d times, want %d", n, c.want)
		}
	}
}
