package logdb_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
)

// What a row says of people by name, in their words or by their address lies beside the chain and can
// be erased: the chain holds all the same, and says of how many rows.
func TestErasedContentLeavesTheChainWhole(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into person (id, name, email) values ('ada', 'Ada Reed', 'ada@corriemere.example'), ('ben', 'Ben Moss', null)`, `
		insert into audit_event (at, actor_id, action, noun, noun_id, details) values
			(now(), 'ada', 'priority.update', 'priority', 'p', '{"title": "What Ada wants", "owner": "ben", "weight": 2}'),
			(now(), 'ada', 'person.update', 'person', 'ben', '{"changed": ["email", "name"]}'),
			(now(), 'ben', 'audit.export', 'audit', 'audit', '{"who": "ada@corriemere.example"}'),
			(now(), 'ben', 'claim.pass_over', 'claim', '00000000-0000-7000-8000-000000000001', '{"why": "hours", "person": "ada", "role": "co"}'),
			(now(), 'ben', 'project.cancel', 'project', 'x', '{"reason": "tired"}'),
			(now(), 'ben', 'new.thing', 'project', 'x', '{"unheard_of": "ada", "n": 3}')`)
	beside := `select event.action || ' ' || content.details from audit_content content join audit_event event on event.id = content.event_id order by event.position`
	pgtest.Same(t, "beside the chain", pgtest.Texts(t, pool, beside),
		`priority.update {"title": "What Ada wants"}`, `audit.export {"who": "ada@corriemere.example"}`, `project.cancel {"reason": "tired"}`,
		`new.thing {"unheard_of": "ada"}`)
	before := verified(t, pool)
	pgtest.Put(t, pool, `delete from audit_content where event_id in (select id from audit_event where action in ('audit.export', 'project.cancel'))`)
	after := verified(t, pool)
	if after.Erased != 2 || before.Erased != 0 || after.Head != before.Head {
		t.Errorf("%+v, then %+v", before, after)
	}
	pgtest.Same(t, "what is read", pgtest.Texts(t, pool, `select actor_id || ' ' || noun_id || ' ' || details from audit_told order by position`),
		`ada p {"owner": "ben", "title": "What Ada wants", "weight": 2}`, `ada ben {"changed": ["email", "name"]}`, `ben audit {}`,
		`ben 00000000-0000-7000-8000-000000000001 {"why": "hours", "role": "co", "person": "ada"}`, `ben x {}`, `ben x {"n": 3, "unheard_of": "ada"}`)
}

// Two equal texts have different hashes in the chain, so that nobody finds out by trying what an
// erased one was.
func TestContentIsSalted(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into audit_event (at, action, noun, noun_id, details) select now(), 'project.cancel', 'project', 'x', '{"reason": "tired"}' from generate_series(1, 5)`)
	pgtest.Same(t, "hashes and salts", pgtest.Texts(t, pool, `
		select concat_ws(' ', count(distinct event.content_hash), count(distinct content.salt), min(octet_length(content.salt)))
		from audit_event event join audit_content content on content.event_id = event.id`), "5 5 16")
}

// Who is renamed is read by the new id, in every column and within details, and no row changes by it.
func TestARenamedPersonIsReadByTheNewID(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada Reed'), ('ben', 'Ben Moss')`, `
		insert into audit_event (at, actor_id, action, noun, noun_id, details) values
			(now(), 'ada', 'hat.give', 'person', 'ada', '{"hat": "executive"}'),
			(now(), 'ben', 'project.update', 'project', 'x', '{"moved": true, "changed": {"owner": ["ada", "ben"], "title": ["ada", "b"]}, "with": "ada", "coach": ""}')`)
	head := verified(t, pool)
	pgtest.Put(t, pool, `update person set id = 'ada-reed' where id = 'ada'`)
	if now := verified(t, pool); now != head {
		t.Errorf("%+v, then %+v", head, now)
	}
	page, err := postgres.New(pool).Log.Audit(t.Context(), logdb.AuditQuery{Viewer: "ben"})
	if err != nil || len(page.Rows) != 2 {
		t.Fatalf("%+v, %v", page, err)
	}
	said := page.Rows[1]
	if said.Actor != "ada-reed" || said.ActorName != "Ada Reed" || said.NounID != "ada-reed" || said.About != "Ada Reed" {
		t.Errorf("%+v", said)
	}
	pgtest.Same(t, "details", pgtest.Texts(t, pool, `select noun_id || details from audit_told where position = 2`),
		`x{"with": "ada-reed", "coach": "", "moved": true, "changed": {"owner": ["ada-reed", "ben"], "title": ["ada", "b"]}}`)
	for who, want := range map[string]int{"ada-reed": 1, "ada": 1, "REED": 1, "ben": 1, "zoe": 0} { // "ada" is part of the name
		found, err := postgres.New(pool).Log.Audit(t.Context(), logdb.AuditQuery{Viewer: "ben", Who: who})
		if err != nil || len(found.Rows) != want {
			t.Errorf("%s: %d rows, %v", who, len(found.Rows), err)
		}
	}
}

// Rows of a log that was no chain yet come into it in their order, with people by their keys and
// personal content beside them. The way back makes them what they were.
func TestAnOldLogIsChained(t *testing.T) {
	t.Parallel()
	pool, url := pgtest.Owner(t), pgtest.OwnerURL(t)
	if err := postgres.MigrateDown(t.Context(), url, stepsBack(t, "0055")); err != nil {
		t.Fatal(err)
	}
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada Reed'), ('ben', 'Ben Moss')`, `
		insert into audit_event (at, actor_id, action, noun, noun_id, details)
		select now(), case n % 3 when 0 then 'ada' when 1 then 'ben' end, 'priority.update', case when n % 2 = 0 then 'person' else 'priority' end, 'ben',
			jsonb_build_object('title', 'Title ' || n, 'owner', 'ada', 'weight', n)
		from generate_series(1, 200) n`)
	old := `select concat_ws('|', id, at, recorded_at, coalesce(actor_id, '-'), action, noun, noun_id, details) from %s order by id`
	before := pgtest.Texts(t, pool, fmt.Sprintf(old, "audit_event"))
	if err := postgres.MigrateUp(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if found := verified(t, pool); found.Count != 200 {
		t.Errorf("%+v", found)
	}
	pgtest.Same(t, "what is read", pgtest.Texts(t, pool, fmt.Sprintf(old, "audit_told")), before...)
	pgtest.Same(t, "what lasts", pgtest.Texts(t, pool, `
		select distinct string_agg(distinct key, ' ') from audit_event cross join jsonb_object_keys(details) key
		where id in (select event_id from audit_content)`), "owner weight")
	pgtest.Same(t, "named by id", pgtest.Texts(t, pool, `
		select id::text from audit_event where actor_id in ('ada', 'ben') or noun = 'person' and noun_id = 'ben' or details->>'owner' = 'ada'`))
	pgtest.Put(t, pool, `insert into audit_event (at, actor_id, action, noun, noun_id) values (now(), 'ada', 'hat.give', 'person', 'ben')`)
	if found := verified(t, pool); found.Count != 201 {
		t.Errorf("%+v", found)
	}
	if err := postgres.MigrateDown(t.Context(), url, stepsBack(t, "0055")); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "the way back", pgtest.Texts(t, pool, fmt.Sprintf(old, "audit_event"))[:200], before...)
}

// Checks that were put off until the commit come before the log's last row is locked: one that then
// waited for somebody else's row would keep everybody waiting, or go round in a circle.
func TestChecksThatWerePutOffComeBeforeTheLog(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada Reed'), ('ben', 'Ben Moss')`)
	ctx := t.Context()
	held, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(ctx, `select from person where id = 'ben' for update`); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { // its check of the manager waits for the row that is held
		done <- writeManager(ctx, pool)
	}()
	for waits := false; !waits; time.Sleep(5 * time.Millisecond) {
		if err := pool.QueryRow(ctx, `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	quick, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if _, err := pool.Exec(quick, `insert into audit_event (at, action, noun, noun_id) values (now(), 'hat.give', 'skill', 's')`); err != nil {
		t.Errorf("the log waits with it: %v", err)
	}
	if err := held.Rollback(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
