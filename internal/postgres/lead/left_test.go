package leaddb_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// leftOf keeps what times in office of a project left, a day apart, and returns what then stands.
func leftOf(t *testing.T, pool *pgxpool.Pool, left ...skein.Evidence) []string {
	t.Helper()
	for i, e := range left {
		at := time.Date(2026, 5, 11+i, 9, 0, 0, 0, time.UTC)
		e.Person, e.Skill, e.ObservedOn, e.Source = "ada", "pumps", skein.Day(at), "desk"
		b := &pgx.Batch{}
		leaddb.SaveLeft(b, at, []skein.Evidence{e})
		if err := pool.SendBatch(t.Context(), b).Close(); err != nil {
			t.Fatal(err)
		}
	}
	return pgtest.Texts(t, pool, `
		select concat_ws(' ', source, kind, level, observed_on, case when hidden_at is not null then 'hidden' end) from evidence order by 1`)
}

// However often a project is led and ends, it speaks once for each person and skill: else who reopens it, leads it for a
// day and ends it would be shown by it as often as they like.
func TestOneProjectLeavesOnePieceOfEvidence(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada')`, `insert into skill (id, name) values ('pumps', 'Pumps')`)
	came := func(level int) skein.Evidence { return skein.Evidence{Kind: skein.Outcome, Level: level} }
	own := func(level int) skein.Evidence { return skein.Evidence{Kind: skein.Self, Level: level} }
	for _, c := range []struct {
		name string
		had  string
		left []skein.Evidence
		want []string
	}{
		{"the same again and again", "", []skein.Evidence{came(3), came(3), came(3)}, []string{"desk outcome 3 2026-05-13"}},
		{"more", "", []skein.Evidence{came(3), came(4)}, []string{"desk outcome 4 2026-05-12"}},
		{"less, twice", "", []skein.Evidence{came(3), came(2), came(2)}, []string{"desk outcome 2 2026-05-13 hidden", "desk outcome 3 2026-05-11"}},
		{"less, and the same after it", "", []skein.Evidence{came(3), came(2), came(3)}, []string{"desk outcome 3 2026-05-13"}},
		{"their own word, then others'", "", []skein.Evidence{own(3), came(3)}, []string{"desk outcome 3 2026-05-12"}},
		{"others' word, then their own", "", []skein.Evidence{came(2), own(3)}, []string{"desk outcome 2 2026-05-11"}},
		{"their own word again and again", "", []skein.Evidence{own(3), own(3)}, []string{"desk self 3 2026-05-12"}},
		{"what they say of themselves is more", `('ada', 'pumps', 'self', 4, '2026-05-01', null)`, []skein.Evidence{own(3)}, []string{"self 4 2026-05-01"}},
		{
			"another project's stays", `('ada', 'pumps', 'outcome', 3, '2026-05-01', 'pipe')`,
			[]skein.Evidence{came(3), came(3)},
			[]string{"desk outcome 3 2026-05-12", "pipe outcome 3 2026-05-01"},
		},
		{
			"a colleague's word is more by a level", `('ada', 'pumps', 'peer', 3, '2026-05-01', null)`,
			[]skein.Evidence{came(2)},
			[]string{"desk outcome 2 2026-05-11 hidden", "peer 3 2026-05-01"},
		},
		{
			"what others say is more by a level", `('ada', 'pumps', 'outcome', 4, '2026-05-01', 'pipe')`,
			[]skein.Evidence{came(3), came(3)},
			[]string{"desk outcome 3 2026-05-12 hidden", "pipe outcome 4 2026-05-01"},
		},
	} {
		pgtest.Put(t, pool, `delete from evidence`)
		if c.had != "" {
			pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on, source) values `+c.had)
		}
		pgtest.Same(t, c.name, leftOf(t, pool, c.left...), c.want...)
	}
}

// What speaks against somebody is weighed by what the published tables say that evidence counts for.
func TestWhatSaysLessIsWeighedByThePublishedTables(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada'), ('ben', 'Ben')`, `insert into skill (id, name) values ('pumps', 'Pumps')`)
	// Ben's word of 5, and what came out as 3 a half-life before: together 4, and more where his word counts in full.
	had := []string{
		`delete from evidence`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, source) values
			('ada', 'pumps', 'peer', 5, '2026-05-11', 'ben', null), ('ada', 'pumps', 'outcome', 3, '2025-11-12', null, 'pipe')`,
	}
	for i, c := range []struct {
		trust  string
		hidden bool
	}{
		{"", true},
		{`{"levels": {"weighed": {"peer": 0.25, "outcome": 1}}}`, false},
		{`{"levels": {"weighed": {"peer": 0.5, "outcome": 1}}, "half_life_days": 36525}`, false},
		{`{"levels": {"weighed": {"peer": 0.5, "outcome": 1}}, "half_life_days": 30}`, true},
	} {
		pgtest.Put(t, pool, had...)
		if c.trust != "" {
			pgtest.Exec(t, pool, `insert into policy (version, lens, trust, made_at, reason) values ($1, '{}', $2, now(), 'It is meant.')`, i+1, c.trust)
		}
		want := []string{"desk outcome 3 2026-05-11", "peer 5 2026-05-11", "pipe outcome 3 2025-11-12"}
		if c.hidden {
			want[0] += " hidden"
		}
		pgtest.Same(t, c.trust, leftOf(t, pool, skein.Evidence{Kind: skein.Outcome, Level: 3}), want...)
	}
}
