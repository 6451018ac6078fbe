package demo_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/demo"
	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Two of the demo's people at a time are made one, at random, until hardly anybody is left. After each, no row knows
// who went (but for what keeps a notice from being told twice), the lives of leads hold together, nothing that was somebody's is nobody's, and the log reads.
func TestWhoeverIsMergedIsNowhereAnyMore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.Owner(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	if _, err := demo.Seed(ctx, pool, now); err != nil {
		t.Fatal(err)
	}
	db := postgres.New(pool)
	people := pgtest.Texts(t, pool, `select id from person order by id`)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	var gone []string
	stopped := 0
	for range 120 {
		random.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		from, into := people[0], people[1]
		before := countsOf(t, pool)
		merged, err := db.People.Merge(ctx, skein.Itself(now, time.UTC), skein.PersonID(from), skein.PersonID(into))
		var stops skein.Unmergeable
		switch {
		case errors.As(err, &stops):
			stopped++
			pgtest.Same(t, "what is there after a refusal", countsOf(t, pool), before...)
			continue
		case err != nil:
			t.Fatalf("%s into %s: %v", from, into, err)
		}
		if merged.Name == "" || merged.Was == "" {
			t.Errorf("%s into %s: %+v", from, into, merged)
		}
		people, gone = people[1:], append(gone, regexp.QuoteMeta(from))
		pgtest.Same(t, "what no merge takes", countsOf(t, pool), before...)
		holdTogether(t, pool)
		if t.Failed() {
			t.Fatalf("%s into %s", from, into)
		}
		if len(people) < 4 {
			break
		}
	}
	if len(gone) < 20 || stopped == 0 {
		t.Errorf("%d merges, %d stopped", len(gone), stopped)
	}
	knows := `\y(` + strings.Join(gone, "|") + `)\y`
	for _, table := range pgtest.Texts(t, pool, `
		select relname
		from pg_class
		where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname not in ('change', 'audit_content', 'person_alias')`) {
		for _, row := range pgtest.Texts(t, pool, `select r::text from `+table+` r where (to_jsonb(r) - 'about')::text ~ $1 limit 2`, knows) {
			t.Errorf("%s: %s", table, row)
		}
	}
	pgtest.Same(t, "who the log says acted, and is nobody", pgtest.Texts(t, pool, `
		select distinct actor_id from audit_told where actor_id is not null and actor_id not in (select id from person)`))
	pgtest.Same(t, "whom it is about, and is nobody", pgtest.Texts(t, pool, `
		select distinct noun_id from audit_told where noun in ('person', 'account') and noun_id not in (select id from person)`))
	if _, err := db.Log.Verify(ctx, logdb.Head{}); err != nil {
		t.Errorf("the log: %v", err)
	}
}

// countsOf counts what is somebody's and stays somebody's through any merge.
func countsOf(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	return pgtest.Texts(t, pool, `
		select 'claims ' || count(*) from claim
		union all select 'terms ' || count(*) from term
		union all select 'leads ' || count(*) from term where role = 'primary' and state in ('offered', 'accepted', 'live', 'handing_over')
		union all select 'picks ' || count(*) from pick
		union all select 'needs ' || count(*) from need where asked_of is not null
		union all select 'owned ' || count(*) from priority where owner_id is not null
		union all select 'proposed ' || count(*) from project where proposed_by is not null
		union all select 'accounts of somebody ' || count(*) from account left join person on person.id = person_id where person.id is null
		order by 1`)
}

// holdTogether holds what lead's walk holds after every verb, as far as rows say it.
func holdTogether(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	for what, sql := range map[string]string{
		"picked, and not one pick, offer or lead to come": `
			select id::text from claim_window w where state = 'picked' and 1 <> (
				select count(*) from pick where pick.window_id = w.id and pick.state = 'waiting'
			) + (
				select count(*) from term join claim on claim.id = term.claim_id
				where claim.window_id = w.id and term.role = 'primary' and term.state in ('offered', 'accepted')
			)`,
		"claims whose term does not stand likewise": `
			select claim.id::text from claim where state in ('offered', 'accepted') and not exists (
				select from term where term.claim_id = claim.id and term.state = claim.state and term.person_id = claim.person_id
			)`,
		"chosen, and named by no waiting pick": `
			select id::text from claim where state = 'chosen' and not exists (
				select from pick where pick.claim_id = claim.id and pick.state = 'waiting'
			)`,
		"claims with themselves": `select id::text from claim where person_id in (with_person_id, coach_id)`,
		"speaks for themselves":  `select id::text from evidence where kind = 'peer' and person_id = given_by`,
		"manages themselves":     `select id from person where manager_id = id`,
		"leads and stands beside it": `
			select a.project_id from term a join term b using (project_id, person_id)
			where a.role = 'primary' and a.state in ('live', 'handing_over') and b.role <> 'primary' and b.state in ('asked', 'live')`,
		"asked to check what is their own, with time": `
			select pick.id::text from pick join claim on claim.window_id = pick.window_id
			where pick.state = 'waiting' and claim.person_id = pick.asked_of and claim.state in ('submitted', 'chosen', 'not_chosen')
				and pick.answer_by > '2026-11-23 08:30Z'`,
	} {
		pgtest.Same(t, what, pgtest.Texts(t, pool, sql))
	}
}
