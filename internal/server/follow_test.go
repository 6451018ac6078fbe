package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/web/path"
)

// following is another server on the house's database, one that keeps in memory what it follows.
func (h *house) following() *house {
	h.Helper()
	other := &house{TB: h.TB, pool: counted(h.TB, pgtest.New(h.TB)), log: h.log}
	other.db = postgres.New(other.pool)
	other.now.Store(h.now.Load())
	now := func() time.Time { return *h.now.Load() }
	follower := chooser.NewFollower(other.db, h.server.Log, now)
	cfg := h.server.Config
	cfg.DB, cfg.Chooser = other.db, chooser.New(other.db).With(follower)
	cfg.Board = board.New(other.db, cfg.Chooser)
	other.server = newServer(cfg)
	routes := other.server.routes()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		routes.ServeHTTP(w, r.WithContext(postgres.CountTrips(r.Context(), &other.trips)))
	}))
	other.url = web.URL
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { follower.Run(ctx) })
	h.TB.Cleanup(func() { web.Close(); stop(); running.Wait() })
	for end := time.Now().Add(time.Minute); follower.Ready(ctx) != nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			h.Fatal("nothing was read into memory")
		}
	}
	return other
}

// at is the same browser at another server of the house.
func (b *browser) at(h *house) *browser {
	again := *b
	again.house = h
	return &again
}

// full is monday's house with something in most tables, and who looks at it.
func full(t *testing.T) (*house, []*browser) {
	h, ines := monday(t)
	h.exec(`insert into priority (id, title, place) values ('less', 'Fewer leaks', 1)`)
	h.exec(`update project set priority_id = 'less', published_at = '2026-05-01'`)
	h.exec(`update phase set uncertainty = 'complex', stakes = 2, urgency = 3, expertise = 3, commitment = 3, reach = 3, readiness = 3`)
	h.exec(`insert into project (id, title, circle_id, state, hours_per_week, published_at) values ('quay', 'Quay Wall', 'leaks', 'led', 3, '2026-05-02')`)
	h.exec(`insert into phase (project_id) values ('quay')`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level, must) select id, 'river', 4, 3, true from phase where project_id = 'quay'`)
	h.exec(`insert into term (project_id, person_id, state, during, ends_on, live_at) values
		('quay', 'dario-venn', 'live', '[2026-04-01,)', '2026-06-01', '2026-04-01')`)
	h.exec(`insert into term (project_id, person_id, role, state, during, answer_by, live_at) values
		('desk', 'noor-haddad', 'co', 'asked', null, '2026-05-20', null), ('pump', 'owen-pryce', 'shadow', 'live', '[2026-04-01,)', null, '2026-04-01')`)
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, 'ines-calder', 'submitted', 'Because.', '2026-05-09', '2026-05-09', '2026-05-09'
		from claim_window where project_id = 'swim'`)
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, with_person_id, coach_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, 'owen-pryce', 'ines-calder', 'dario-venn', 'submitted', '2026-05-09', '2026-05-09', '2026-05-09'
		from claim_window where project_id = 'night'`)
	h.exec(`insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
		select id, project_id, 'dario-venn', 1, '2026-05-09', '2026-05-20' from claim_window where project_id = 'meter'`)
	h.exec(`insert into member (project_id, person_id, joined_at, brings) values ('quay', 'ines-calder', '2026-04-02', 'Maps'), ('night', 'dario-venn', '2026-05-09', '')`)
	h.exec(`insert into dismissal (person_id, project_id, at) values ('dario-venn', 'meter', '2026-05-09')`)
	h.exec(`insert into remit (project_id, area, level) values ('night', 'who does what', 'alone')`)
	h.exec(`insert into notice (person_id, kind, says, made_at, about) values ('ines-calder', 'changed', 'Something changed.', '2026-05-10', 'x')`)
	h.exec(`insert into absence (person_id, from_on, until_on) values ('dario-venn', '2026-05-10', '2026-05-14')`)
	h.exec(`insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 2, 'Room to lead.', '2026-01-01')`)
	h.exec(`insert into review (claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by)
		select id, project_id, 'owen-pryce', '2026-05-10', 'Look again.', 'dario-venn', '2026-05-20' from claim where person_id = 'owen-pryce'`)
	return h, []*browser{ines, h.as("dario-venn")}
}

// once is what two servers make anew each time: the keys that forms are sent with.
var once = regexp.MustCompile(`(name="key" value|value)="[0-9a-f]{8}-[0-9a-f-]{27}"`)

var followedPages = []string{path.Home, path.Leads, path.Leads + "?sort=closing&q=night", path.Project("night"), path.Project("quay"), path.Project("swim")}

// did is the browser as it is after its person did something.
func (b *browser) did() *browser {
	b.Helper()
	b.exec(`update sessions set mark = pg_current_snapshot()::text`)
	return b
}

// sameOn compares every page on two servers, for each of those who look right after they did
// something.
func sameOn(t *testing.T, after string, one, other *house, viewers []*browser) {
	t.Helper()
	for _, b := range viewers {
		for _, page := range followedPages {
			want, got := b.at(one).get(page), b.did().at(other).get(page)
			if want.Response.StatusCode != got.Response.StatusCode {
				t.Fatalf("after %s: %s answers %d from memory, %d read anew", after, page, got.Response.StatusCode, want.Response.StatusCode)
			}
			if x, y := once.ReplaceAllString(want.body, ""), once.ReplaceAllString(got.body, ""); x != y && want.Response.StatusCode == http.StatusOK {
				i := 0
				for i < min(len(x), len(y)) && x[i] == y[i] {
					i++
				}
				t.Fatalf("after %s: %s differs.\nread anew:\n%s\nfrom memory:\n%s", after, page, x[max(0, i-200):min(len(x), i+300)], y[max(0, i-200):min(len(y), i+300)])
			}
		}
	}
}

// TestPagesSayWhatTheDatabaseHolds changes every column of every table, one after another, and
// at last empties the tables: whatever it is, the very next page is the one that a server makes which
// keeps nothing in memory.
func TestPagesSayWhatTheDatabaseHolds(t *testing.T) {
	t.Parallel()
	h, viewers := full(t)
	other := h.following()
	sameOn(t, "nothing", h, other, viewers)
	changed := 0
	for _, change := range h.everyChange() {
		tag, err := h.pool.Exec(context.Background(), change)
		if err != nil || tag.RowsAffected() == 0 {
			continue // the database itself refuses it, or there is nothing
		}
		changed++
		sameOn(t, change, h, other, viewers)
	}
	if changed < 100 {
		t.Errorf("only %d changes were possible", changed)
	}
}

// everyChange changes each column of each table that pages are made from.
func (h *house) everyChange() (all []string) {
	h.Helper()
	rows, err := h.pool.Query(context.Background(), `
		select quote_ident(table_name), quote_ident(column_name), data_type
		from information_schema.columns
		where table_schema = 'public' and is_generated = 'NEVER' and is_identity = 'NO'
			and table_name not in ('sessions', 'schema_migrations', 'audit_event', 'change', 'refusal', 'sign_in_failure', 'invitation')
			and table_name not like 'river%' and (table_name, column_name) not in (('account', 'epoch'), ('account', 'person_id'))
		order by table_name, column_name`)
	if err != nil {
		h.Fatal(err)
	}
	tables := map[string]bool{}
	for rows.Next() {
		var table, column, kind string
		if err := rows.Scan(&table, &column, &kind); err != nil {
			h.Fatal(err)
		}
		tables[table] = table != "organisation" && table != "account" && table != "person" && table != "project"
		to := map[string]string{
			"text": column + " || ' x'", "boolean": "not " + column, "double precision": column + " * .5", "numeric": column + " + 1",
			"smallint": "case when " + column + " > 2 then " + column + " - 1 else " + column + " + 1 end",
			"integer":  column + " + 1", "date": column + " - 1", "timestamp with time zone": column + " - interval '1 day'",
			"interval": column + " + interval '1 hour'",
		}[kind]
		if column == "zone" { // a zone that there is: the pages of no other could be made
			to = "'Pacific/Auckland'"
		}
		if to != "" {
			all = append(all, "update "+table+" set "+column+" = "+to)
		}
	}
	if rows.Err() != nil {
		h.Fatal(rows.Err())
	}
	all = append(all,
		`update project set state = 'led' where id = 'night'`, `update project set state = 'open' where id = 'night'`,
		`update project set circle_id = 'leaks' where id = 'swim'`, `update claim_window set sealed = true`,
		`update term set state = 'accepted', needs_by = '2026-05-20' where state = 'offered'`,
		`update claim set state = 'withdrawn' where person_id = 'ines-calder'`,
		`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at)
			select id, project_id, phase_id, 'ines-calder', 'draft', '2026-05-09', '2026-05-09' from claim_window where project_id = 'night'`,
		`insert into skill (id, name) values ('new', 'Something new')`,
		`insert into requirement (phase_id, skill_id, importance) select id, 'new', 5 from phase where project_id = 'night'`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on) select id, 'new', 'outcome', 4, '2026-05-01' from person`,
		`insert into wish (person_id, skill_id, made_at) values ('dario-venn', 'new', '2026-05-09')`,
		`insert into circle (id, name, parent_id) values ('below', 'Below', 'leaks')`,
		`update project set circle_id = 'below' where id = 'swim'`,
		`update claim_window set closed_at = '2026-05-10', state = 'picked'`)
	for table, empty := range tables {
		if empty {
			all = append(all, "delete from "+table)
		}
	}
	return all
}

func TestOnesOwnActShowsAtOnceOnEveryServer(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	other := h.following()
	here, there := ines.at(other), ines.at(h.following())
	for _, b := range []*browser{here, there} {
		b.get(path.Home).is(http.StatusOK).has(1, "#open-night")
		b.get(path.Leads).is(http.StatusOK).has(1, "#lead-night")
	}
	here.post(path.DismissProject("night"))
	for _, b := range []*browser{there, here} {
		b.get(path.Home).is(http.StatusOK).has(0, "#open-night")
	}
	here.post(path.UndismissProject("night"))
	there.get(path.Home).is(http.StatusOK).has(1, "#open-night")

	here.post(path.ClaimProject("night"), "why", "I know the valves.").is(http.StatusSeeOther)
	there.get(path.Leads).is(http.StatusOK).says("#lead-night", "You ")
	there.get(path.Home).is(http.StatusOK).has(0, "#open-night").says("main", "Night Pressure")
	h.as("dario-venn").at(other).get(path.Home).is(http.StatusOK) // and nobody else is told
	if said := h.as("dario-venn").at(other).get(path.Leads).is(http.StatusOK).said("#lead-night"); strings.Contains(said, "You claimed") {
		t.Errorf("a colleague reads %q", said)
	}
}

// TestOthersSeeAChangeWithinASecond has somebody look who did nothing: they wait for nobody, and see
// it soon.
func TestOthersSeeAChangeWithinASecond(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	here := ines.at(h.following())
	sees := func(n int) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) { // tests share their machine
			if here.get(path.Leads).is(http.StatusOK).Find("#lead-dykes").Length() == n {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("the board does not come to show %d of it", n)
			}
		}
	}
	h.exec(`insert into project (id, title, state, published_at) values ('dykes', 'Old Dykes', 'open', '2026-05-11')`)
	h.exec(`insert into phase (project_id) values ('dykes')`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, seed) select project_id, id, '2026-05-11', 's' from phase where project_id = 'dykes'`)
	sees(1)
	h.exec(`update project set state = 'cancelled' where id = 'dykes'`)
	sees(0)
}

func TestAPageAsksTheDatabaseFourTimesAtMost(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	here := ines.at(h.following())
	h.exec(`insert into project (id, title, state, published_at) select 'more' || n, 'More', 'open', '2026-05-11' from generate_series(1, 50) n`)
	h.exec(`insert into phase (project_id) select id from project where id like 'more%'`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, seed) select project_id, id, '2026-05-11', 's' from phase where project_id like 'more%'`)
	here.did().get(path.Leads).is(http.StatusOK).has(18, "[id^=lead-more]")
	for _, page := range []string{path.Home, path.Leads, path.Leads + "?sort=newest", path.Project("night"), path.Project("more7")} {
		here.maxRoundTrips(4, page)
	}
}
