package homedb_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/jackc/pgx/v5"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// planned is a node of a query's plan, as it ran.
type planned struct {
	Relation string    `json:"Relation Name"`
	Loops    float64   `json:"Actual Loops"`
	Plans    []planned `json:"Plans"`
}

func (p planned) most(relation string) float64 {
	n := 0.0
	if p.Relation == relation {
		n = p.Loops
	}
	for _, part := range p.Plans {
		n = max(n, part.most(relation))
	}
	return n
}

// Home looks up who led last of the projects that could be one's own, not of all that are open: everybody's Home would
// grow with those.
func TestHomeDoesNotLookAtEveryOpenProject(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('me', 'Me'), ('other', 'Other')`,
		`insert into project (id, title, state, proposed_by) select 'p' || n, 'P' || n, 'open', case when n < 4 then 'me' else 'other' end from generate_series(1, 2000) n`,
		`insert into term (project_id, person_id, role, state, during, end_reason) select id, 'other', 'primary', 'ended', '[2026-01-01,2026-02-01)', 'x' from project`,
		`analyze`)
	var raw []byte
	err := pool.QueryRow(ctx, "explain (analyze, format json) "+homedb.LooksAfterSQL, pgx.NamedArgs{
		"me": "me", "circles": []string{}, "gone": skein.EndGone, "today": pgtest.Monday,
	}).Scan(&raw)
	if err != nil {
		t.Fatal(err)
	}
	var plans []struct{ Plan planned }
	if err := json.Unmarshal(raw, &plans); err != nil {
		t.Fatal(err)
	}
	if n := plans[0].Plan.most("term"); n < 1 || n > 3 {
		t.Errorf("terms are looked up for %v projects: %s", n, raw)
	}
}
