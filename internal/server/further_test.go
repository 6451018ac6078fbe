package server

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"skein/web/path"
)

// Further teams that must move with a project are named in its proposal, and said where they are found.
func TestFurtherTeamsMoveWithAProject(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into circle (id, name, parent_id) values ('lab', 'Laboratory', 'leaks'), ('one', 'Desk', 'leaks'), ('two', 'Desk', 'lab')`)
	marta, at := h.as(people[asSteward]), path.EditProject("meter-letters")
	stands := func(want string) {
		t.Helper()
		if got := h.text(`select coalesce(string_agg(circle_id, ' ' order by circle_id), '') from further_circle where project_id = 'meter-letters'`); got != want {
			t.Errorf("%q move with it, want %q", got, want)
		}
	}
	send := func(teams ...string) *answer {
		return marta.post(at, append([]string{
			"title", "Meter Letters", "purpose", "Letters that people read.", "hours", "4", "end", "2026-08-09", "team", "leaks",
			"priority", "leaks-down", "uncertainty", "complex", "stakes", "3", "urgency", "3", "expertise", "3", "commitment", "3", "reach", "3", "readiness", "3",
		}, teams...)...)
	}
	marta.get(at).is(http.StatusOK).has(1, `input[name="teams"][value=""]`)
	for typed, says := range map[string]string{
		"Laboratory; Nowhere": "There is none called", "Desk": "Several are called", "leaks": "moves in any case",
	} {
		send("teams", typed).is(http.StatusUnprocessableEntity).says(".refused", says).has(1, `input[name="teams"][value="`+typed+`"]`)
	}
	stands("")
	send("teams", "laboratory; Desk (Laboratory)").goesTo(path.Project("meter-letters"))
	stands("lab two")
	if n := h.count(`select count(*) from claim_window where project_id = 'meter-letters' and state = 'restarted'`); n != 1 {
		t.Errorf("claims began again %d times", n)
	}
	send().goesTo(path.Project("meter-letters")) // a form that does not ask
	stands("lab two")
	marta.get(at).has(1, `input[name="teams"][value="Desk (Laboratory); Laboratory"]`)

	staff := h.as(people[asStaff])
	staff.get(path.Project("meter-letters")).says("#moves", "must move with it.").has(1, `#moves a[href="`+path.Team("lab")+`"]`)
	staff.get(path.Team("lab")).says("#leads", "Meter Letters").says("#leads", "moves with it.")
	staff.get(path.Team("one")).has(0, `#leads a[href="`+path.Project("meter-letters")+`"]`)
}

// Where a team that moves with a project is closed, the one that gets what was in it moves in its place.
func TestAFurtherTeamIsClosed(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.exec(`insert into circle (id, name, parent_id) values ('lab', 'Laboratory', 'network'), ('bench', 'Bench', 'lab'), ('dock', 'Dock', 'leaks')`)
	project := h.text(`select min(id) from project where circle_id = 'leaks' and state = 'led'`)
	h.exec(`insert into further_circle (project_id, circle_id) values ($1, 'bench'), ($1, 'dock')`, project)
	h.exec(`insert into hat (person_id, kind, circle_id, given_at) values ('teo-marchi', 'steward', 'lab', $1)`, wall)
	for _, step := range []struct{ closed, want, says string }{
		{"bench", "dock lab", "From then on Laboratory does in its place."}, // where it lay
		{"dock", "lab", "Leaks moves with it in any case."},                 // it lay in the project's own
	} {
		owen.get(path.CloseTeam(step.closed)).says("#does", "It must move with one project that belongs elsewhere. "+step.says).
			has(1, `#does a[href="`+path.Project(project)+`"]`)
		owen.close(step.closed).is(http.StatusSeeOther)
		if got := h.text(`select coalesce(string_agg(circle_id, ' ' order by circle_id), '') from further_circle`); got != step.want {
			t.Errorf("%s: %q, want %q", step.closed, got, step.want)
		}
	}
	if got := h.text(`select string_agg(concat_ws(' ', person_id, code, circle_id, project_id, who_id), ', ') from notice where kind = 'circle'`); got != "teo-marchi added lab "+project+" owen-pell" {
		t.Errorf("told: %s", got)
	}
	h.as("teo-marchi").get(path.Notices).says("main", "Laboratory must move with")
	owen.get(path.CloseTeam("network")).has(0, `#does a[href="`+path.Project(project)+`"]`)
	if n := h.count(`select count(*) from audit_event where action = 'project.update' and noun_id = $1`, project); n != 2 {
		t.Errorf("%d rows of the log", n)
	}
}

// Whoever looks after a team that moves with a project is suggested where its lead asks for advice.
func TestStewardsOfFurtherTeamsAreAdvisers(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`insert into remit (project_id, area, level, with_whom, place) values ('night-pressure', 'Pumps', 'after_advice', '', 0)`)
	h.exec(`insert into circle (id, name) values ('lab', 'Laboratory')`)
	h.exec(`insert into further_circle (project_id, circle_id) values ('night-pressure', 'lab')`)
	h.exec(`insert into hat (person_id, kind, circle_id, given_at) values ($1, 'steward', 'lab', $2)`, people[asStaff], wall)
	ines := h.as(people[asLead])
	ines.post(path.NewDecision("night-pressure"), "question", "A pump?", "area", "Pumps").is(http.StatusSeeOther)
	ines.get(path.AskAdvice(h.text(`select id::text from decision`))).is(http.StatusOK).says("main", "Laboratory, which moves with it")
}

// Whoever leads changes which teams move with it where they change its words; whoever looks after a team hears of it, and
// the log says which they were.
func TestALeadSaysWhatElseMovesWithIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into circle (id, name) values ('lab', 'Laboratory'), ('desk', 'Desk')`)
	h.exec(`insert into hat (person_id, kind, circle_id, given_at) values ($1, 'steward', 'lab', $2)`, people[asStaff], wall)
	at, project := path.ChangeLed("night-pressure"), path.Project("night-pressure")
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	stands := func(want string) {
		t.Helper()
		if got := h.text(`select coalesce(string_agg(circle_id, ' ' order by circle_id), '') from further_circle where project_id = 'night-pressure'`); got != want {
			t.Errorf("%q move with it, want %q", got, want)
		}
	}
	send := func(teams ...string) *answer {
		return ines.post(at, append([]string{"title", "Night Pressure", "purpose", "Lower it.", "end", "2026-08-20"}, teams...)...)
	}
	ines.get(at).is(http.StatusOK).has(1, `input[name="teams"][value=""]`)
	for typed, says := range map[string]string{"Laboratory; Nowhere": "There is none called", "leaks": "moves in any case"} {
		send("teams", typed).is(http.StatusUnprocessableEntity).says(".refused", says).has(1, `input[name="teams"][value="`+typed+`"]`).says("textarea", "Lower it.")
	}
	stands("")
	send("teams", "laboratory; Desk").goesTo(project)
	stands("desk lab")
	send().goesTo(project) // a form that does not ask
	stands("desk lab")
	ines.get(at).has(1, `input[name="teams"][value="Desk; Laboratory"]`)
	teo.get(project).has(1, `#moves a[href="`+path.Team("lab")+`"]`)
	teo.get(path.Notices).says("main", "Laboratory must move with Night Pressure, says Ines Calder.")
	send("teams", "Desk").goesTo(project)
	stands("desk")
	teo.get(path.Notices).says("main", "Laboratory need not move with Night Pressure any more: Ines Calder has changed that.")
	h.as(people[asAdministrator]).get(path.AdminAudit).
		says("main", "Who else must move with it: Desk and Laboratory, before: nobody else.").
		says("main", "Who else must move with it: Desk, before: Desk and Laboratory.")
}

// What others changed meanwhile is said beside what was typed.
func TestWhatMovesWithItWasChangedMeanwhile(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into circle (id, name) values ('lab', 'Laboratory'), ('desk', 'Desk')`)
	at, ines := path.ChangeLed("night-pressure"), h.as(people[asLead])
	read, _ := ines.get(at).Find(`input[name="version"]`).Attr("value")
	h.exec(`insert into further_circle (project_id, circle_id) values ('night-pressure', 'desk')`)
	ines.post(at, "version", read, "title", "Night Pressure", "purpose", "Lower the pressure at night.", "end", "2026-08-09", "teams", "Laboratory").
		is(http.StatusUnprocessableEntity).says(".refused", "Now it says “Desk”.").has(1, `input[name="teams"][value="Laboratory"]`)
}

// The board of a team has what it must move with, and says so; what is within the team is found as well.
func TestTheBoardFindsWhatATeamMovesWith(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into circle (id, name) values ('river', 'River Care')`)
	h.exec(`insert into circle (id, name, parent_id) values ('lab', 'Laboratory', 'river')`)
	teo, lead := h.as(people[asStaff]), "#lead-meter-letters"
	teo.get(path.Leads+"?team=river").says("main", "None open of the kind you ask for").lacks("main", "moves with it")
	h.exec(`insert into further_circle (project_id, circle_id) values ('meter-letters', 'lab')`)
	for _, team := range []string{"river", "lab"} {
		teo.get(path.Leads+"?team="+team).says(lead+" .facts", "Laboratory moves with it").says("main", "One open")
	}
	for _, ask := range []string{"", "?team=leaks"} {
		teo.get(path.Leads+ask).has(1, lead).lacks(lead, "moves with it")
	}
}

// A team that is closed in the same moment is said at the field; nothing else that was typed is lost.
func TestATeamIsClosedWhileItIsNamed(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into circle (id, name) values ('desk', 'Desk')`)
	tx, err := h.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `delete from circle where id = 'desk'`); err != nil {
		t.Fatal(err)
	}
	var closing sync.WaitGroup
	closing.Go(func() {
		for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			if h.count(`select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) > 0 {
				break
			}
		}
		if err := tx.Commit(context.Background()); err != nil {
			t.Error(err)
		}
	})
	h.as(people[asLead]).post(path.ChangeLed("night-pressure"), "title", "Night Pressure", "purpose", "Lower it.", "end", "2026-08-20", "teams", "Desk").
		is(http.StatusUnprocessableEntity).says(".refused", "One of these was closed just now.").has(1, `input[name="teams"][value="Desk"]`).says("textarea", "Lower it.")
	closing.Wait()
}
