package factsdb_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skein/internal/comparison"
	"skein/internal/postgres"
	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// day is a date of 2026.
func day(month time.Month, d int) skein.Date {
	return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC)
}

// waterworks is a small organisation with one open project about valves.
var waterworks = []string{
	`insert into circle (id, name, parent_id, rotation, matching) values
		('water', 'Water', null, 0.6, null), ('leaks', 'Leaks', 'water', null, null), ('river', 'River', null, null, false)`,
	`insert into person (id, name, circle_id, hours_per_week, active_until) values
		('ada', 'Ada', 'leaks', 8, null), ('ben', 'Ben', 'leaks', null, null), ('cem', 'Cem', 'river', 6, null),
		('dee', 'Dee', 'river', 6, '2026-01-31'), ('eve', 'Eve', 'river', 6, null)`,
	`insert into skill (id, name, half_life_days) values ('valves', 'Valves', 90), ('maps', 'Maps', null), ('unasked', 'Unasked', null)`,
	`insert into project (id, title, circle_id, state, hours_per_week) values
		('night', 'Night Pressure', 'leaks', 'open', 4), ('old', 'Old Mains', 'leaks', 'led', 3), ('count', 'Count', 'river', 'draft', 1)`,
	`insert into phase (project_id, uncertainty, stakes) values ('night', 'complex', 4), ('old', null, null), ('count', null, null)`,
	`insert into requirement (phase_id, skill_id, importance, level, must, struck, place)
		select phase.id, r.skill, r.importance, r.level, r.must, r.struck, r.place
		from phase join (values
			('night', 'valves', 5, 3, true, false, 0), ('night', 'maps', 2, 2, false, false, 1), ('night', 'unasked', 1, 1, false, true, 2),
			('old', 'valves', 4, 3, false, false, 0)
		) r (project, skill, importance, level, must, struck, place) on r.project = phase.project_id`,
	`insert into term (project_id, person_id, role, state, during) values
		('old', 'ada', 'primary', 'live', '[2026-02-01,)')`,
}

func TestAQuestionCarriesWhatItsCircleInherits(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	c, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
		Projects: []skein.ProjectID{"count", "night", "nowhere"}, People: []skein.PersonID{}, AsOf: day(3, 2),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Questions) != 2 {
		t.Fatalf("%d questions, want the two that exist", len(c.Questions))
	}
	if q := c.Questions[0]; q.Project != "count" || q.Matching || q.Rotation != 0 {
		t.Errorf("count: %+v", q)
	}
	q := c.Questions[1]
	if q.Rotation != .6 || !q.Matching {
		t.Errorf("rotation %v matching %v, want those of the circle above", q.Rotation, q.Matching)
	}
	want := []skein.Requirement{
		{Skill: "valves", Importance: 5, Level: 3, Must: true}, {Skill: "maps", Importance: 2, Level: 2},
	}
	if d := cmp.Diff(want, q.Requirements); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]skein.SkillID{"unasked"}, q.Struck); d != "" {
		t.Error(d)
	}
	if q.Situation.Uncertainty != skein.Complex || q.Situation.Stakes != 4 || q.Trust != skein.Weighed {
		t.Errorf("situation %+v trust %s", q.Situation, q.Trust)
	}
	if q.HalfLives["valves"] != 90 || c.SkillNames["maps"] != "Maps" {
		t.Errorf("half-lives %v, names %v", q.HalfLives, c.SkillNames)
	}
}

// TestATrustHoldsOnItsLastDay: what is compared says what the project's page says.
func TestATrustHoldsOnItsLastDay(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `update project set trust = 'open', trust_reason = 'Small', trust_until = '2026-03-01' where id = 'night'`)
	db := postgres.New(pool)
	for today, want := range map[skein.Date]skein.Trust{
		day(2, 28): skein.Open, day(3, 1): skein.Open, day(3, 2): skein.Weighed,
	} {
		c, err := db.Facts.Compare(t.Context(), comparison.Asking{
			Projects: []skein.ProjectID{"night"}, People: []skein.PersonID{}, AsOf: skein.AsOfDay(today),
		})
		if err != nil {
			t.Fatal(err)
		}
		page, err := db.Lead.ClaimPage(t.Context(), "night", "ada", today)
		if err != nil {
			t.Fatal(err)
		}
		stated := skein.Project{Trust: skein.Open, TrustUntil: day(3, 1)}
		if c.Questions[0].Trust != want || page.Trust != want || stated.TrustOn(today) != want {
			t.Errorf("on %s it is %s where people are compared and %s on the page, want %s",
				today.Format(time.DateOnly), c.Questions[0].Trust, page.Trust, want)
		}
	}
}

// While a window goes, what held as it began is what people are compared by: from then on, and no longer.
func TestAWindowIsAskedByWhatHeldAsItBegan(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `update organisation set zone = 'Europe/London'`,
		`update project set trust = 'verified', trust_reason = 'Flood', trust_until = '2026-03-10' where id = 'night'`,
		`insert into claim_window (project_id, phase_id, opened_at, seed, trust, rotation)
		select 'night', id, '2026-03-09 23:30Z', 's', 'verified', 0.25 from phase where project_id = 'night'`)
	for _, moment := range []struct {
		set   string
		today skein.Date
		trust skein.Trust
		turns float64
	}{
		{`select 1`, day(3, 8), skein.Verified, 0.6}, // it had not begun
		{`select 1`, day(3, 9), skein.Verified, 0.25},
		{`select 1`, day(3, 20), skein.Verified, 0.25},
		{`update claim_window set state = 'picked', closed_at = '2026-03-12'`, day(3, 20), skein.Verified, 0.25},
		{`update claim_window set state = 'taken'`, day(3, 20), skein.Weighed, 0.6},
		{`update claim_window set state = 'open', closed_at = null, trust = null`, day(3, 20), skein.Weighed, 0.6}, // of before it was kept
	} {
		pgtest.Put(t, pool, moment.set)
		c, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
			Projects: []skein.ProjectID{"night"}, People: []skein.PersonID{}, AsOf: skein.AsOfDay(moment.today),
		})
		if err != nil {
			t.Fatal(err)
		}
		if q := c.Questions[0]; q.Trust != moment.trust || q.Rotation != moment.turns {
			t.Errorf("%s, on %s: asked by %s and %v", moment.set, moment.today.Format(time.DateOnly), q.Trust, q.Rotation)
		}
	}
}

// A lead that a file named for a day to come is promised today; asked how things stood on a day, it counts
// from its own day on, whenever the file came and whatever has become of it since.
func TestALeadToComeCountsThenFromItsDay(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	for _, came := range []string{"2026-02-01", "2026-03-05"} {
		for _, now := range []string{
			`state = 'accepted', starts_on = '2026-03-10', during = null, live_at = null`,
			`state = 'live', starts_on = null, during = '[2026-03-10,)', live_at = '2026-03-10'`,
		} {
			pgtest.Put(t, pool, `delete from term where person_id = 'eve'`,
				`insert into term (project_id, person_id, role, state, offered_at, answered_at) values ('count', 'eve', 'primary', 'void', '`+came+`', '`+came+`')`,
				`update term set `+now+` where person_id = 'eve'`)
			for at, want := range map[skein.Date][2]int{day(3, 1): {1, 0}, day(3, 10): {1, 0}, day(3, 11): {1, 1}, day(4, 1): {1, 1}} {
				if came > at.Format(time.DateOnly) {
					want[0] = 0 // nothing was promised yet
				}
				for i, then := range []bool{false, true} {
					c, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
						Projects: []skein.ProjectID{"night"}, People: []skein.PersonID{"eve"}, AsOf: at, Then: then,
					})
					if err != nil {
						t.Fatal(err)
					}
					if got := c.Facts[0].Leads; got != want[i] {
						t.Errorf("came %s, %s; as of %s, then %v: %d leads", came, now, at.Format(time.DateOnly), then, got)
					}
				}
			}
		}
	}
}

func TestFactsAreThoseOfTheDayBefore(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, hidden_at) values
		('ada', 'valves', 'outcome', 4, '2026-03-01', null, null),
		('ada', 'valves', 'outcome', 5, '2026-03-02', null, null),
		('ada', 'maps', 'self', 5, '2026-02-01', null, now()),
		('ada', 'unasked', 'self', 5, '2026-02-01', null, null),
		('ben', 'unasked', 'self', 5, '2026-02-01', null, null),
		('dee', 'valves', 'outcome', 5, '2026-01-01', null, null)`)
	c, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
		Projects: []skein.ProjectID{"night"}, AsOf: day(3, 2),
	})
	if err != nil {
		t.Fatal(err)
	}
	five := 5.0
	want := []comparison.Facts{{
		Person: "ada", Active: true, HoursFree: &five, Leads: 1, LastLed: day(3, 1),
		Earlier:  []comparison.EarlierLead{{Project: "old", Area: []skein.SkillID{"valves"}, From: day(2, 1)}},
		Evidence: []comparison.Seen{{Evidence: skein.Evidence{Person: "ada", Skill: "valves", Kind: skein.Outcome, Level: 4, ObservedOn: day(3, 1)}}},
	}, {Person: "ben", Active: true}}
	if d := cmp.Diff(want, c.Facts); d != "" {
		t.Error(d)
	}
	if q := c.Questions[0]; q.People != 2 || q.Holders["valves"] != 1 || q.Holders["maps"] != 0 {
		t.Errorf("%d people, holders %v", q.People, q.Holders)
	}
}

func TestAColleaguesWordCountsAsOnesOwn(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
		('ada', 'valves', 'peer', 3, '2026-02-01', 'ben'),
		('ada', 'valves', 'peer', 3, '2026-02-02', 'cem'),
		('cem', 'valves', 'peer', 3, '2026-02-03', 'eve'),
		('eve', 'valves', 'peer', 3, '2026-02-04', 'cem'),
		('ada', 'valves', 'peer', 3, '2026-02-05', 'dee'),
		('ada', 'valves', 'peer', 3, '2026-02-06', null)`,
		`insert into member (project_id, person_id, joined_at) values ('old', 'dee', '2026-01-01')`)
	c, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
		Projects: []skein.ProjectID{"night"}, People: []skein.PersonID{"ada", "cem"}, AsOf: day(3, 2),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[skein.PersonID]bool{}
	for _, f := range c.Facts {
		for _, e := range f.Evidence {
			got[f.Person+"<"+e.GivenBy] = e.AsSelf
		}
	}
	want := map[skein.PersonID]bool{
		"ada<ben": false, // the same circle
		"ada<cem": true,  // nothing in common
		"cem<eve": true,  // the same circle, but they endorsed each other
		"ada<dee": false, // the same project
		"ada<":    false, // nobody knows who
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if c.PersonNames["dee"] != "Dee" {
		t.Errorf("names %v", c.PersonNames)
	}
}

// TestPraiseInReturnIsAsThePublishedTablesSay: on both ways to read facts, and on the profile.
func TestPraiseInReturnIsAsThePublishedTablesSay(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
		('cem', 'valves', 'peer', 3, '2026-01-03', 'eve'), ('eve', 'valves', 'peer', 3, '2026-02-04', 'cem')`)
	db := postgres.New(pool)
	agree := func(want bool) {
		t.Helper()
		got := map[string]bool{}
		c, err := db.Facts.Compare(t.Context(), comparison.Asking{
			Projects: []skein.ProjectID{"night"}, People: []skein.PersonID{"cem"}, AsOf: day(3, 2),
		})
		if err != nil {
			t.Fatal(err)
		}
		got["compared"] = c.Facts[0].Evidence[0].AsSelf
		for f, err := range db.Facts.Everybody(t.Context(), day(3, 2)) {
			if err != nil {
				t.Fatal(err)
			}
			if f.Person == "cem" {
				got["everybody"] = f.Evidence[0].AsSelf
			}
		}
		p, err := db.People.Profile(t.Context(), peopledb.ProfileQuery{Person: "cem", Viewer: "ada", Today: day(3, 1)})
		if err != nil {
			t.Fatal(err)
		}
		got["profile"] = p.Skills[0].AsSelf
		if d := cmp.Diff(map[string]bool{"compared": want, "everybody": want, "profile": want}, got); d != "" {
			t.Error(d)
		}
	}
	agree(true) // within the engine's own ninety days
	pgtest.Put(t, pool, `insert into policy (version, lens, trust, made_at, reason) values (2, '{}', '{"reciprocal_days": 31}', now(), 'Praise is meant.')`)
	agree(false)
	pgtest.Put(t, pool, `insert into policy (version, lens, trust, made_at, reason) values (3, '{}', '{"reciprocal_days": 32}', now(), 'Not always.')`)
	agree(true)
}

func TestAnOfferCountsAsLoadUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `insert into term (project_id, person_id, role, state, offered_at, answered_at, ended_at) values
		('night', 'cem', 'primary', 'offered', '2026-03-01', null, null),
		('count', 'eve', 'primary', 'declined', '2026-03-01', '2026-03-05', '2026-03-05')`)
	for at, want := range map[skein.Date][2]int{day(3, 1): {0, 0}, day(3, 2): {1, 1}, day(3, 9): {1, 0}} {
		c, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
			Projects: []skein.ProjectID{"night"}, People: []skein.PersonID{"cem", "eve"}, AsOf: at,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]int{c.Facts[0].Leads, c.Facts[1].Leads}; got != want {
			t.Errorf("as of %s: leads %v, want %v", at.Format(time.DateOnly), got, want)
		}
	}
}
