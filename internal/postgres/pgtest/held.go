package pgtest

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
)

// heldLimit bounds what is looked at when a test ends.
const heldLimit = 30 * time.Second

// held holds a test's log against what must be true of every log: its chain holds, and what lasts in
// it names nobody and holds no free text. A test that took the tables away has no log to hold.
func held(t testing.TB, pool *pgxpool.Pool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), heldLimit)
	defer cancel()
	var there bool
	err := pool.QueryRow(ctx, `
		select to_regclass('audit_event') is not null and to_regclass('person') is not null`).Scan(&there)
	if err != nil || !there {
		return // the test closed the pool, or broke the database on purpose
	}
	if _, err := postgres.New(pool).Log.Verify(ctx, logdb.Head{}); err != nil {
		t.Errorf("pgtest: the log at the end: %v", err)
	}
	rows, _ := pool.Query(ctx, lastingSQL)
	said, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Errorf("pgtest: %v", err)
	}
	for _, s := range said {
		t.Errorf("pgtest: what lasts in the log holds a person's id or name, or a free text: %s", s)
	}
}

// lastingSQL lists what may not last in the chain: a person's id, name or address anywhere, and, in
// details, texts of more than one word. Ids that only tests have, such as those of nobody, are let be.
const lastingSQL = `
with texts (action, said, detail) as (
	select action, actor_id, false from audit_event where actor_id is not null
	union all
	select action, noun_id, false from audit_event
	union all
	select action, part #>> '{}', true
	from audit_event
	cross join lateral jsonb_path_query(details, 'strict $.**') part
	where jsonb_typeof(part) = 'string'
)
select distinct action || ': ' || said
from texts
where detail and said ~ '\s'
	or exists (select from person where id = said and erased_at is null)
	or detail and exists (select from person where name = said)
	or detail and exists (select from person where lower(email) = lower(said))
order by 1
limit 5`
