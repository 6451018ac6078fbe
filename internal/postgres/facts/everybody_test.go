package factsdb_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skein/internal/comparison"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// TestEverybodyIsReadAsEachIs compares what is read in one stream with what is read of each person:
// of people who praise each other, share circles and projects or nothing, left, led, are away.
func TestEverybodyIsReadAsEachIs(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool,
		`select setseed(.3)`,
		`insert into person (id, name, circle_id, hours_per_week, deactivated_at)
			select 'p' || n, 'P', (array['leaks', 'river', null])[1 + n % 3], n, case when n % 9 = 0 then date '2026-02-01' end
			from generate_series(1, 60) n`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, expires_on, given_by, source, hidden_at)
			select 'p' || n, s.id, k, 1 + m % 5, d, case when m % 4 = 0 then d + 100 end,
				case when k = 'peer' and m % 7 > 0 then 'p' || (1 + (n + m % 5) % 60) end, case when m % 3 = 0 then 'source ' || m end,
				case when m % 11 = 0 then timestamptz '2026-02-02' end
			from generate_series(1, 58) n, generate_series(1, 24) m, skill s,
				lateral (select (array['peer', 'self', 'peer', 'outcome', 'credential'])[1 + (n * m) % 5] as k, date '2026-05-20' - (n * 17 + m * 29) % 400 as d) drawn
			where (n + m + length(s.name)) % 3 > 0
			on conflict do nothing`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by)
			select given_by, skill_id, 'peer', 4, observed_on + 30 * (level - 2), person_id from evidence
			where kind = 'peer' and given_by is not null and level in (2, 4, 5) and observed_on < '2026-05-01'
			on conflict do nothing`,
		`insert into member (project_id, person_id, joined_at) select 'night', 'p' || n, timestamptz '2026-04-01' + n * interval '1 day' from generate_series(3, 60, 4) n`,
		`insert into term (project_id, person_id, role, state, during, ended_at)
			select 'count', 'p' || n, case when n % 2 = 0 then 'primary' else 'shadow' end, 'ended', daterange(date '2025-01-01' + n * 3, date '2025-01-02' + n * 3), '2025-12-01'
			from generate_series(5, 60, 5) n`,
		`insert into wish (person_id, skill_id, made_at) values ('p4', 'maps', '2026-01-01')`,
		`insert into absence (person_id, from_on, until_on) values ('p5', '2026-01-01', '2026-02-01'), ('p5', '2026-06-01', null)`,
	)
	db := postgres.New(pool)
	var everyone []skein.PersonID
	for _, id := range pgtest.Texts(t, pool, `select id from person`) {
		everyone = append(everyone, skein.PersonID(id))
	}
	for _, on := range []skein.Date{day(3, 2), day(5, 12), day(7, 1)} {
		var got []comparison.Facts
		for f, err := range db.Facts.Everybody(t.Context(), on) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f)
		}
		want, err := db.Facts.Facts(t.Context(), everyone, on)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("as of %s:\n%s", on, d)
		}
		counts := map[bool]int{}
		for _, f := range got {
			for _, e := range f.Evidence {
				if e.Kind == skein.Peer {
					counts[e.AsSelf]++
				}
			}
		}
		if len(got) < 40 || counts[true] < 20 || counts[false] < 20 {
			t.Errorf("%d people, words that count as one's own or not: %v", len(got), counts)
		}
	}
}

func TestWhoeverHasEnoughStopsReadingEverybody(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...)
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) select id, 'maps', 'self', 3, '2026-01-01' from person`)
	var seen []skein.PersonID
	for f, err := range postgres.New(pool).Facts.Everybody(t.Context(), day(2, 20)) {
		if err != nil {
			t.Fatal(err)
		}
		if seen = append(seen, f.Person); len(seen) == 2 {
			break
		}
	}
	if !slices.Equal(seen, []skein.PersonID{"ada", "ben"}) {
		t.Errorf("%v", seen)
	}
	pgtest.Put(t, pgtest.Owner(t), `alter table evidence rename to gone`)
	for _, err := range postgres.New(pool).Facts.Everybody(t.Context(), day(2, 20)) {
		if err == nil {
			t.Error("read without a table")
		}
	}
}
