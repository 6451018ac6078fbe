package bulkdb_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/match"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// versions is every version of a row that stands, with the transaction that wrote it and the last that
// locked it, of all tables but the log, which gains one.
func versions(t *testing.T, pool *pgxpool.Pool) string {
	t.Helper()
	var b strings.Builder
	for _, table := range pgtest.Texts(t, pool, `select tablename from pg_tables where schemaname = 'public' and tablename not in ('audit_event', 'audit_head') order by 1`) {
		for _, row := range pgtest.Texts(t, pool, `select concat_ws(' ', ctid, xmin, xmax) from `+table+` order by 1`) {
			b.WriteString(table + " " + row + "\n")
		}
	}
	return b.String()
}

// An unchanged folder writes and locks no row, notes no change, and the log gains the import alone.
func TestAnUnchangedFolderTouchesNoRow(t *testing.T) {
	t.Parallel()
	pool := pgtest.Owner(t)
	db := postgres.New(pool)
	o := bulkdb.ImportOptions{Practices: match.Practices()}
	files := map[string]string{}
	for name, text := range harbour {
		files[name] = text
	}
	files["leads.csv"] += "free,ann,primary,2026-09-01,,\n" // begins on a day to come
	dir := folderOf(t, files)
	load(t, db, dir, o)
	pgtest.Put(t, pool,
		`insert into account (person_id, email, made_at) values ('ann', 'ann@port.example', now()), ('cyd', 'cyd@port.example', now())`,
		`insert into hat (person_id, kind, given_at) values ('ann', 'administrator', now())`)
	before := versions(t, pool)
	if before == "" {
		t.Fatal("no rows")
	}
	for _, again := range []string{dir, save(t, db)} {
		if loaded := load(t, db, again, o); !loaded.Nothing() {
			t.Errorf("%+v", loaded)
		}
		if after := versions(t, pool); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
	}
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action || ' ' || count(*) from audit_event group by action`), "import.load 3")
}

// fails makes the database fail so many times where an import writes its audit row, as it fails when
// others are in the way.
func fails(t *testing.T, pool *pgxpool.Pool, times int, code, constraint string) {
	t.Helper()
	pgtest.Put(t, pool, `drop sequence if exists tries`, `create sequence tries`, fmt.Sprintf(`
		create or replace function in_the_way() returns trigger language plpgsql as $$
		begin
			if nextval('tries') <= %d then
				raise exception 'somebody is in the way' using errcode = '%s', constraint = '%s';
			end if;
			return new;
		end $$`, times, code, constraint),
		`create or replace trigger in_the_way before insert on audit_event for each row execute function in_the_way()`)
}

func TestAnImportIsTriedAgainWhenOthersAreInItsWay(t *testing.T) {
	t.Parallel()
	const always = 99
	for name, c := range map[string]struct {
		times            int
		code, constraint string
		want             error
		tries            string
	}{
		"a deadlock":                     {3, "40P01", "", nil, "4"},
		"a deadlock that stays":          {always, "40P01", "", bulkdb.ErrBusy, "4"},
		"a serialization failure":        {1, "40001", "", nil, "2"},
		"a row that was made meanwhile":  {1, "23505", "skill_pkey", nil, "2"},
		"a place that was taken":         {1, "23505", "priority_place_once", nil, "2"},
		"an address that somebody took":  {always, "23505", "person_email_once", bulkdb.ErrMoved, "1"},
		"somebody who is not there more": {always, "23503", "evidence_person_id_fkey", bulkdb.ErrMoved, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.Owner(t)
			fails(t, pool, c.times, c.code, c.constraint)
			reading := exchange.Start(folderOf(t, harbour), folder.Known{}, nil)
			checks := 0
			loaded, err := postgres.New(pool).Bulk.Import(t.Context(), skein.Itself(atImport, time.UTC), reading.Folder, bulkdb.ImportOptions{
				Checked: func() error { reading.Wait(); checks++; return nil },
			})
			if !errors.Is(err, c.want) || checks != 1 || err != nil && strings.Contains(err.Error(), "SQLSTATE") {
				t.Errorf("%v; checked %d times", err, checks)
			}
			pgtest.Same(t, "tries", pgtest.Texts(t, pool, `select last_value::text from tries`), c.tries)
			rows := "0"
			if c.want == nil {
				rows = "4"
			}
			pgtest.Same(t, "evidence", pgtest.Texts(t, pool, `select count(*)::text from evidence`), rows)
			if c.want == nil && loaded.Evidence.New != 4 {
				t.Errorf("%+v", loaded)
			}
		})
	}
}

// lesser is a pool whose login reads and writes everything and owns nothing.
func lesser(t *testing.T, pool *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	role := "lesser_" + strings.ToLower(rand.Text())
	pgtest.Put(t, pool, `create role `+role, `grant all on all tables in schema public to `+role, `grant all on all sequences in schema public to `+role)
	t.Cleanup(func() {
		for _, sql := range []string{`drop owned by ` + role, `drop role ` + role} {
			if _, err := pool.Exec(context.Background(), sql); err != nil {
				t.Error(err)
			}
		}
	})
	cfg := pool.Config().Copy()
	connected := cfg.AfterConnect
	cfg.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		if err := connected(ctx, conn); err != nil {
			return err
		}
		_, err := conn.Exec(ctx, `set role `+role)
		return err
	}
	less, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(less.Close)
	return less
}

// Indexes are set aside, which shuts everybody else out, where nobody comes in yet or where that was asked
// for, and where the login may; all is loaded either way.
func TestIndexesAreSetAsideWhereNobodyIsShutOutOrItWasAskedFor(t *testing.T) {
	t.Parallel()
	const people = 20_100
	for name, c := range map[string]struct {
		accounts, bulk bool
		less, owner    bool // the login owns nothing; the owner's is given besides
		shuts          bool
		want           error
	}{
		"a first import":                      {shuts: true},
		"beside accounts":                     {accounts: true},
		"beside accounts, asked for":          {accounts: true, bulk: true, shuts: true},
		"a lesser login":                      {less: true},
		"a lesser login, asked for":           {less: true, bulk: true, want: bulkdb.ErrNotOwner},
		"a lesser login and the owner's":      {less: true, owner: true, shuts: true},
		"the same beside accounts":            {less: true, owner: true, accounts: true},
		"the same beside accounts, asked for": {less: true, owner: true, accounts: true, bulk: true, shuts: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.Owner(t)
			before := keys(t, pool, "person")
			if c.accounts {
				pgtest.Put(t, pool, `insert into person (id, name) values ('boss', 'Boss')`,
					`insert into account (person_id, email, made_at) values ('boss', 'b@x.example', now())`)
			}
			var o bulkdb.ImportOptions
			shut := false
			o.Bulk, o.Told = c.bulk, func(s bulkdb.ImportStep) { shut = shut || s.Doing == bulkdb.Shutting }
			db := postgres.New(pool)
			if c.less {
				db = postgres.New(lesser(t, pool))
			}
			if c.owner {
				o.Owner = pool
			}
			known, err := db.Bulk.Known(t.Context(), skein.Day(atImport))
			if err != nil {
				t.Fatal(err)
			}
			f, report := exchange.Read(folderOf(t, map[string]string{"people.csv": many(0, people, 3)["people.csv"]}), known, nil)
			if !report.OK() {
				t.Fatal(report)
			}
			loaded, err := db.Bulk.Import(t.Context(), skein.Itself(atImport, time.UTC), f, o)
			if !errors.Is(err, c.want) || shut != c.shuts {
				t.Errorf("%v, others are shut out: %v", err, shut)
			}
			if c.want == nil && loaded.People.New != people {
				t.Errorf("%+v", loaded)
			}
			if after := keys(t, pool, "person"); !slices.Equal(after, before) {
				t.Errorf("keys %v", after)
			}
		})
	}
}

// Shutting others out waits for whoever is at work, and nobody at work is told of a deadlock with it.
func TestShuttingOutWaitsForWhoeverIsAtWork(t *testing.T) {
	t.Parallel()
	pool := pgtest.Owner(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	// the import takes people, then evidence; this the other way round
	if _, err := tx.Exec(t.Context(), `update evidence set level = 2 where person_id = 'cyd'`); err != nil {
		t.Fatal(err)
	}
	shutting, done := make(chan struct{}), make(chan error, 1)
	f, report := exchange.Read(folderOf(t, map[string]string{"people.csv": many(0, 20_100, 3)["people.csv"]}), folder.Known{}, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	go func() {
		_, err := db.Bulk.Import(context.Background(), skein.Itself(atImport, time.UTC), f, bulkdb.ImportOptions{
			Bulk: true, Told: func(s bulkdb.ImportStep) {
				if s.Doing == bulkdb.Shutting {
					close(shutting)
				}
			},
		})
		done <- err
	}()
	<-shutting
	for pgtest.Texts(t, pool, `select count(*)::text from pg_locks where not granted and relation = 'evidence'::regclass`)[0] == "0" {
		time.Sleep(5 * time.Millisecond)
	}
	if _, err := tx.Exec(t.Context(), `update person set about = 'at work' where id = 'cyd'`); err != nil {
		t.Errorf("at work: %v", err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Errorf("import: %v", err)
	}
	pgtest.Same(t, "deadlocks", pgtest.Texts(t, pool, `select deadlocks::text from pg_stat_database where datname = current_database()`), "0")
}
