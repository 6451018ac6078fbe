package logdb_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
)

// verified checks a log that must hold.
func verified(t *testing.T, pool *pgxpool.Pool) logdb.Verified {
	t.Helper()
	found, err := postgres.New(pool).Log.Verify(t.Context(), logdb.Head{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAnEmptyLogHolds(t *testing.T) {
	t.Parallel()
	if found := verified(t, pgtest.New(t)); found.Count != 0 || found.Hash != strings.Repeat("0", 64) {
		t.Errorf("%+v", found)
	}
}

// The database hashes rows as they come, and verifying hashes them again in Go. Both must read every
// value alike, or a log that nobody touched would be called broken.
func TestBothSidesHashAlike(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	add := `insert into audit_event (at, actor_id, action, noun, noun_id, project_id, circle_id, details) values ($1::text::timestamptz, $2, $3, $4, $5, $6, $7, $8::text::jsonb)`
	text := func(s string) *string { return &s }
	odd := []string{"", " ", "\t\n", "é", "e\u0301", "日本", "👩‍🚀", "\u202e", "\ufeff", strings.Repeat("x", 70_000), `\x00`, `"`, "a\x01b"}
	for _, s := range odd {
		pgtest.Exec(t, pool, add, "2026-05-11T09:00:00.123456Z", text(s), "a"+s, s, s, text(s), text(s), `{}`)
	}
	pgtest.Exec(t, pool, add, "2026-05-11T09:00:00Z", nil, "a", "n", "i", nil, nil, `{}`)
	for _, at := range []string{
		"infinity", "-infinity", "2000-01-01T00:00:00Z", "1999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000001Z",
		"4713-01-01 00:00:00 BC", "294276-12-31 23:59:59.999999+00", "0001-01-01 00:00:00+00", "2026-10-25 02:30:00+02",
	} {
		pgtest.Exec(t, pool, add, at, nil, "a", "n", "i", nil, nil, `{}`)
	}
	for _, details := range []string{
		`{"n": 1}`, `{"n": 1.0}`, `{"n": 1.000}`, `{"n": -0}`, `{"n": 1e3}`, `{"n": 1e-30}`, `{"n": 123456789012345678901234567890.5}`, `{"n": 1e300}`,
		`{"b": true, "a": null, "": false}`, `{"why": "ä \u0007 \" \\ 👩"}`, `{"changed": {"title": ["x", null], "n": [1.50, 2]}}`,
		`{"person": ["a", {"person": "b"}]}`, `[]`, `[1, "x"]`, `"text"`, `7`, `null`, `{"a": {"a": {"a": [[], {}]}}}`,
	} {
		pgtest.Exec(t, pool, add, "2026-05-11T09:00:00Z", nil, "a", "n", "i", nil, nil, details)
	}
	if found := verified(t, pool); found.Count != int64(len(odd)+1+10+18) || found.Erased != 0 {
		t.Errorf("%+v", found)
	}
}

// sixRows lays out a log, for the owner, who may do to it whatever a test wants.
func sixRows(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := pgtest.Owner(t)
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada Reed'), ('ben', 'Ben Moss')`, `
		insert into audit_event (at, actor_id, action, noun, noun_id, project_id, details)
		select timestamptz '2026-05-11 09:00Z' + make_interval(mins => n), 'ada', 'priority.update', 'priority', 'p' || n, 'x',
			jsonb_build_object('title', 'Clean rivers', 'owner', 'ben', 'weight', n)
		from generate_series(1, 6) n`)
	if found := verified(t, pool); found.Count != 6 {
		t.Fatalf("%+v", found)
	}
	return pool
}

func TestWhateverIsDoneToTheLogIsFound(t *testing.T) {
	t.Parallel()
	columns := `id, at, recorded_at, actor_id, action, noun, noun_id, project_id, circle_id, details, position, content_hash, hash`
	for name, c := range map[string]struct {
		sql string
		row int64
		why string
	}{
		"action changed":      {`update audit_event set action = 'priority.retire' where position = 3`, 3, "changed"},
		"time changed":        {`update audit_event set at = at + interval '1 microsecond' where position = 3`, 3, "changed"},
		"record time changed": {`update audit_event set recorded_at = recorded_at - interval '1 hour' where position = 1`, 1, "changed"},
		"actor changed":       {`update audit_event set actor_id = (select log_key from person where id = 'ben') where position = 2`, 2, "changed"},
		"actor taken away":    {`update audit_event set actor_id = null where position = 2`, 2, "changed"},
		"noun changed":        {`update audit_event set noun = 'project' where position = 6`, 6, "changed"},
		"subject changed":     {`update audit_event set noun_id = 'p9' where position = 6`, 6, "changed"},
		"project changed":     {`update audit_event set project_id = '' where position = 4`, 4, "changed"},
		"circle added":        {`update audit_event set circle_id = 'c' where position = 4`, 4, "changed"},
		"texts moved over":    {`update audit_event set noun = noun || left(noun_id, 1), noun_id = substr(noun_id, 2) where position = 4`, 4, "changed"},
		"details changed":     {`update audit_event set details = details || '{"weight": 9}' where position = 5`, 5, "changed"},
		"a number rewritten":  {`update audit_event set details = details || '{"weight": 5.0}' where position = 5`, 5, "changed"},
		"hash changed":        {`update audit_event set hash = sha256('x') where position = 5`, 5, "changed"},
		"content hash gone":   {`update audit_event set content_hash = null where position = 5`, 5, "changed"},
		"first removed":       {`delete from audit_event where position = 1`, 1, "removed"},
		"one removed":         {`delete from audit_event where position = 4`, 4, "this row was removed"},
		"some removed":        {`delete from audit_event where position in (2, 3, 4)`, 2, "up to 4 were removed"},
		"last removed":        {`delete from audit_event where position = 6`, 6, "last rows were removed: there were 6"},
		"all removed":         {`delete from audit_event`, 1, "last rows were removed: there were 6"},
		"removed and closed up": {`delete from audit_event where position = 3;
			alter table audit_event drop constraint audit_event_position_once;
			update audit_event set position = position - 1 where position > 3`, 3, "changed"},
		"last removed, head set back": {`delete from audit_event where position = 6; update audit_head set position = 5`, 5, "not the hash of the last row"},
		"two exchanged": {`alter table audit_event drop constraint audit_event_position_once;
			update audit_event set position = 7 - position where position in (3, 4)`, 3, "moved"},
		"one put in between": {`alter table audit_event drop constraint audit_event_position_once;
			insert into audit_event (` + columns + `) overriding system value
			select 1000, at, recorded_at, actor_id, 'priority.retire', noun, noun_id, project_id, circle_id, details, position, content_hash, hash
			from audit_event where position = 3`, 4, "put in"},
		"one put in without a place": {`alter table audit_event alter column position drop not null;
			insert into audit_event (` + columns + `) overriding system value
			select 1000, at, recorded_at, actor_id, action, noun, noun_id, project_id, circle_id, details, null, content_hash, hash
			from audit_event where position = 3`, 7, "put in"},
		"one put in at the end": {`insert into audit_event (` + columns + `) overriding system value
			select 1000, at, recorded_at, actor_id, action, noun, noun_id, project_id, circle_id, details, 7, null, sha256('x')
			from audit_event where position = 6`, 7, "put in"},
		"one added, head set back": {`set local session_replication_role = origin;
			insert into audit_event (at, action, noun, noun_id) values (now(), 'hat.give', 'skill', 's');
			update audit_head set position = 6, hash = (select hash from audit_event where position = 6)`, 7, "the head counts 6"},
		"head gone":         {`delete from audit_head`, 7, "head of the chain is missing"},
		"content changed":   {`update audit_content set details = '{"title": "Other"}' where event_id = (select id from audit_event where position = 2)`, 2, "personal content of this row was changed"},
		"salt changed":      {`update audit_content set salt = '0123456789abcdef' where event_id = (select id from audit_event where position = 2)`, 2, "personal content of this row was changed"},
		"content of others": {`insert into audit_content (event_id, salt, details) values (999, '0123456789abcdef', '{}')`, 6, "id 999"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := sixRows(t)
			// whoever may do this passes by triggers
			err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
				_, err := tx.Exec(t.Context(), `set local session_replication_role = replica; `+c.sql)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			_, err = postgres.New(pool).Log.Verify(t.Context(), logdb.Head{})
			var broken logdb.BrokenError
			if !errors.As(err, &broken) || broken.Row != c.row || !strings.Contains(broken.Why, c.why) {
				t.Errorf("%v; want row %d: %s", err, c.row, c.why)
			}
		})
	}
}

// Whoever owns the database can write the whole chain anew. Against a head that was kept elsewhere
// that shows too.
func TestAChainWrittenAnewShowsAgainstAKeptHead(t *testing.T) {
	t.Parallel()
	pool := sixRows(t)
	log := postgres.New(pool).Log
	kept := verified(t, pool).Head
	pgtest.Put(t, pool, `insert into audit_event (at, action, noun, noun_id) values (now(), 'hat.give', 'skill', 's')`)
	if found, err := log.Verify(t.Context(), kept); err != nil || found.Count != 7 {
		t.Errorf("%+v, %v", found, err)
	}
	again, err := logdb.ParseHead(kept.String())
	if err != nil || again != kept {
		t.Errorf("%v, %v", again, err)
	}
	rewritten := `
		set session_replication_role = replica;
		delete from audit_content where event_id in (select id from audit_event where position > 5);
		delete from audit_event where position > 5;
		update audit_event set action = 'priority.retire' where position = 2;
		do $$
		declare event audit_event; before bytea := decode(repeat('00', 32), 'hex');
		begin
			for event in select * from audit_event order by position loop
				before := audit_hash(before, event);
				update audit_event set hash = before where position = event.position;
			end loop;
			update audit_head set position = 5, hash = before;
		end
		$$;
		set session_replication_role = origin`
	pgtest.Put(t, pool, rewritten)
	if found := verified(t, pool); found.Count != 5 {
		t.Errorf("%+v", found)
	}
	for head, why := range map[logdb.Head]string{
		kept:                        "counts 6 rows",
		{Count: 5, Hash: kept.Hash}: "written anew",
		{Count: 2, Hash: genesis}:   "written anew",
	} {
		var broken logdb.BrokenError
		if _, err := log.Verify(t.Context(), head); !errors.As(err, &broken) || !strings.Contains(broken.Why, why) {
			t.Errorf("%v: %v", head, err)
		}
	}
}

var genesis = strings.Repeat("0", 64)

func TestAHeadIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"", "7", ":", "x:" + genesis, "-1:" + genesis, "7:" + genesis[1:], "7:" + genesis + "00", "7:zz" + genesis[2:]} {
		if head, err := logdb.ParseHead(wrong); err == nil {
			t.Errorf("%q is %v", wrong, head)
		}
	}
}

// Many write at once, and some take it back: positions have no gap, and each hash follows the one
// before it.
func TestManyAtOnceMakeOneChain(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	var writers sync.WaitGroup
	back := errors.New("taken back")
	for n := range 12 {
		writers.Go(func() {
			for turn := range 10 {
				err := pgx.BeginFunc(context.Background(), pool, func(tx pgx.Tx) error {
					for range 1 + turn%3 {
						if _, err := tx.Exec(context.Background(), `insert into audit_event (at, action, noun, noun_id, details)
							values (now(), 'hat.give', 'skill', $1, '{"why": "because"}')`, fmt.Sprint(n, "-", turn)); err != nil {
							return err
						}
					}
					if turn%4 == 3 {
						return back
					}
					return nil
				})
				if err != nil && !errors.Is(err, back) {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	var rows int64
	if err := pool.QueryRow(t.Context(), `select count(*) from audit_event`).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	if found := verified(t, pool); found.Count != rows || rows < 100 {
		t.Errorf("%+v of %d rows", found, rows)
	}
}
