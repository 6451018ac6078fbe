package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"skein/web/page"
	"skein/web/path"
)

// mapped is what the answer gives the map to draw.
func (a *answer) mapped() page.MapFigure {
	a.Helper()
	var f page.MapFigure
	data, _ := a.Find("figure[data-map]").Attr("data-map")
	if err := json.Unmarshal([]byte(data), &f); err != nil {
		a.Fatalf("the map's data: %v", err)
	}
	return f
}

// drawn are the names in a ring of the map, with what lies deeper behind a slash.
func drawn(n page.MapNode) []string {
	var names []string
	for _, inner := range n.Within {
		names = append(names, inner.Name)
		for _, deeper := range drawn(inner) {
			names = append(names, inner.Name+"/"+deeper)
		}
	}
	slices.Sort(names)
	return names
}

func TestTheMapAnswersTheFiveQuestions(t *testing.T) {
	t.Parallel()
	t.Run("door closed", func(t *testing.T) {
		t.Parallel()
		h, _, _, _ := teams(t)
		h.anonymous().get(path.Teams).is(http.StatusSeeOther)
	})
	t.Run("not yours", func(t *testing.T) {
		t.Parallel()
		h, _, _, staff := teams(t)
		h.exec(`update project set state = 'draft' where id = 'desk'`)
		for _, at := range []string{path.Teams, path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree")} {
			if a := staff.get(at).is(http.StatusOK); strings.Contains(a.body, "Night Desk") || strings.Contains(a.body, "Old Dykes") {
				t.Errorf("%s tells of a draft, or of what is over", at)
			}
		}
	})
	t.Run("broken database", func(t *testing.T) {
		t.Parallel()
		h, _, _, staff := teams(t)
		h.breaks("term")
		staff.get(path.Teams).is(http.StatusInternalServerError).silent("SQLSTATE")
	})
	t.Run("invalid", func(t *testing.T) {
		t.Parallel()
		_, _, _, staff := teams(t)
		staff.get(path.TeamsIn("nowhere", "")).is(http.StatusNotFound)
		staff.get(path.Teams+"?as=cake&after=nothing").is(http.StatusOK).says("h1", "Two projects, two teams")
	})
	t.Run("done", func(t *testing.T) {
		t.Parallel()
		_, _, _, staff := teams(t)
		staff.get(path.TeamsIn("leaks", "")).is(http.StatusOK).says("h1", "One of two in Leaks has nobody in front")
	})
}

// The list says what the map draws, and each circle is an address.
func TestTheListAndTheMapSayTheSame(t *testing.T) {
	t.Parallel()
	h, _, _, staff := teams(t)
	all := staff.get(path.Teams).is(http.StatusOK)
	all.says("h1", "Two projects, two teams").says(".purpose", "One has nobody in front.").says(".list", "Its steward is Marta Lind.").
		has(2, ".team-group").says(".team-group", "nothing to lead now").has(1, `.team-group a[href="/teams?in=leaks"]`).
		has(1, `.map-lines a[href="/projects/desk"]`).has(0, `.map-lines a[href="/projects/quay"]`).has(1, `nav[aria-label=Main] a[aria-current]:contains("Teams")`)
	if f := all.mapped(); f.Zoomed || f.Top.Name != "Network" || fmt.Sprint(drawn(f.Top)) != "[Billing Leaks Leaks/Night Desk Leaks/Quay Wall]" {
		t.Errorf("all: %v in %q", drawn(f.Top), f.Top.Name)
	}
	leaks := staff.get(path.TeamsIn("leaks", ""))
	leaks.says("nav[aria-label='Lies in']", "Network").has(1, `.map-lines a[href="/projects/quay"]`).says(".map-lines", "Teo Marchi").
		says(".list", "Its steward is Dario Venn.").says(".list", "One person").has(1, `.ways a[href="/teams"]`).has(1, `.ways a[href="/teams/leaks"]`)
	f := leaks.mapped()
	if !f.Zoomed || fmt.Sprint(drawn(f.Top)) != "[Night Desk Quay Wall]" || len(f.Beside) != 1 || f.Beside[0].Name != "Billing" {
		t.Errorf("leaks: %+v", f)
	}
	staff.get(path.TeamsIn("leaks", "tree")).has(3, ".tree .waters a").has(1, `.tree a[href="/teams?as=tree&in=billing"]`).
		has(1, `.tree a[aria-current]`).has(1, `.tree a[href="/projects/quay"]`).has(1, `.ways a[href="/teams?in=leaks"]`)
	staff.maxRoundTrips(4, path.TeamsIn("leaks", ""))
	h.exec(`update organisation set circle_word = 'crew'`)
	staff.get(path.Teams).says("h1", "Two projects, two crews").says("nav[aria-label=Main]", "Crews")
	h.exec(`update circle set parent_id = null`)
	h.exec(`insert into project (id, title, state) values ('odd', 'Odd Jobs', 'open')`)
	h.exec(`insert into phase (project_id) values ('odd')`)
	staff.get(path.Teams).says("h1", "Three projects, three crews").says(".list", "In no crew").has(1, `.map-lines a[href="/projects/odd"]`)
}

// Who leads, who stands in, and what is open is said as it is.
func TestTheListSaysHowEachLeadStands(t *testing.T) {
	t.Parallel()
	h, _, _, staff := teams(t)
	h.exec(`
		insert into claim_window (project_id, phase_id, opened_at, closes_at, state, seed)
		select project_id, id, $1::timestamptz - interval '9 days', null, 'open', 's' from phase where project_id = 'desk'`, wall)
	at := path.TeamsIn("leaks", "")
	staff.get(at).says(".map-lines", "open for nine days")
	h.exec(`update claim_window set closes_at = $1::timestamptz + interval '2 days'`, wall)
	staff.get(at).says(".map-lines", "open, closes ")
	h.exec(`update claim_window set closes_at = $1::timestamptz - interval '2 minutes'`, wall)
	staff.get(at).says(".map-lines", "closed, being decided")
	h.exec(`update project set state = 'handing_over' where id = 'quay'`)
	staff.get(at).says(".map-lines", "Teo Marchi, until somebody takes over")
	h.exec(`update project set state = 'paused' where id = 'quay'`)
	staff.get(at).says(".map-lines", "Teo Marchi, paused").says(".team-group, .list", "Its own").has(1, "figcaption:contains('paused')")
	h.exec(`
		insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on)
		values ('quay', gen_random_uuid(), 'dario-venn', 'teo-marchi', 'standing', $1, $1, $1, $1::timestamptz::date)`, wall)
	staff.get(at).says(".map-lines", "Dario Venn, standing in for Teo Marchi, paused")
	h.exec(`delete from stand_in`)
	h.exec(`update project set state = 'completed' where circle_id = 'leaks'`)
	staff.get(at).says("h1", "Nothing to lead in Leaks just now").has(0, ".map-lines")
}

// A team with thousands of leads is listed page by page and counted on the map.
func TestALargeTeamIsListedPageByPage(t *testing.T) {
	t.Parallel()
	h, _, _, staff := teams(t)
	h.exec(`
		insert into project (id, title, circle_id, state)
		select 'p' || n, 'Dyke ' || to_char(n, 'FM0000'), 'leaks', 'open' from generate_series(1, 100) n`)
	h.exec(`insert into phase (project_id) select id from project where id like 'p%'`)
	at, seen := path.TeamsIn("leaks", ""), map[string]bool{}
	for range 6 {
		a := staff.get(at).is(http.StatusOK)
		if f := a.mapped(); len(f.Top.Within) != 1 || f.Top.Within[0].Kind != page.MapCount || f.Top.Within[0].Name != "1 led, 101 open" {
			t.Fatalf("the map draws %+v", f.Top.Within)
		}
		for _, href := range listed(a, ".map-lines a") {
			if seen[href] {
				t.Errorf("%s is listed twice", href)
			}
			seen[href] = true
		}
		more := a.Find(`.team-group a[href*="after="]`)
		if more.Length() == 0 {
			a.says(".team-group", "From the beginning")
			break
		}
		at, _ = more.Attr("href")
	}
	if len(seen) != 102 {
		t.Errorf("%d of 102 are listed", len(seen))
	}
	staff.get(path.Teams).says(".team-group", "89 more in Leaks")
}
