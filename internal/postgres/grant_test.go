package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
)

// loginOf makes a login of this test's own, which goes with it.
func loginOf(t *testing.T, owner *pgxpool.Pool, attributes string) string {
	t.Helper()
	var name string
	if err := owner.QueryRow(t.Context(), `select 'skein_test_' || replace(gen_random_uuid()::text, '-', '')`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	pgtest.Exec(t, owner, `create role `+name+` login `+attributes)
	t.Cleanup(func() {
		_, _ = owner.Exec(context.Background(), `drop owned by `+name)
		_, _ = owner.Exec(context.Background(), `drop role `+name)
	})
	return name
}

func TestALoginThatCouldAlterTheLogIsRefused(t *testing.T) {
	t.Parallel()
	owner, url := pgtest.Owner(t), pgtest.OwnerURL(t)
	var owning string
	if err := owner.QueryRow(t.Context(), `select relowner::regrole::text from pg_class where oid = 'audit_event'::regclass`).Scan(&owning); err != nil {
		t.Fatal(err)
	}
	writer := loginOf(t, owner, "")
	pgtest.Put(t, owner, `grant update (details) on audit_event to `+writer)
	for name, c := range map[string]struct {
		attributes string
		also       string // a statement with %s for the login
		why        string
	}{
		"superuser":           {"superuser", "", "superuser"},
		"makes logins":        {"createrole", "", "other logins"},
		"passes row security": {"bypassrls", "", "row security"},
		"member of the owner": {"", `grant ` + owning + ` to %s`, "owns the log"},
		"becomes a superuser": {"noinherit", `grant ` + loginOf(t, owner, "superuser") + ` to %s`, "superuser"},
		"becomes who may":     {"noinherit", `grant ` + writer + ` to %s`, "beyond reading and adding"},
		"writes everything":   {"", `grant pg_write_all_data to %s`, "write all data"},
		"runs programs":       {"", `grant pg_execute_server_program to %s`, "the server's files"},
		"creates in schema":   {"", `grant create on schema public to %s`, "revoke create"},
		"switches triggers":   {"", `grant set on parameter session_replication_role to %s`, "triggers off"},
	} {
		t.Run(name, func(t *testing.T) {
			login := loginOf(t, owner, c.attributes)
			if c.also != "" {
				pgtest.Exec(t, owner, fmt.Sprintf(c.also, login))
				if name == "switches triggers" {
					t.Cleanup(func() {
						_, _ = owner.Exec(context.Background(), `revoke set on parameter session_replication_role from `+login)
					})
				}
			}
			err := postgres.Grant(t.Context(), url, login)
			var refused postgres.RefusedLoginError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.why) {
				t.Fatalf("%v", err)
			}
			var holds bool
			if err := owner.QueryRow(t.Context(), `
				select exists (select from information_schema.role_table_grants where grantee = $1)
					or exists (select from information_schema.role_column_grants where grantee = $1)`, login).Scan(&holds); err != nil || holds {
				t.Errorf("it was refused, and holds rights: %v, %v", holds, err)
			}
		})
	}
	if err := postgres.Grant(t.Context(), url, "nobody_at_all"); err == nil || !strings.Contains(err.Error(), "no login nobody_at_all") {
		t.Errorf("a login that is not there: %v", err)
	}
}

// The login that serves (pools of tests have one like it) may add to the log and read it: every other
// way to the log's rows, its last link and its trigger is closed to it by the database.
func TestALoginThatServesMayOnlyReadAndAddToTheLog(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, `insert into audit_event (at, action, noun, noun_id) values (now(), 'hat.give', 'skill', 'x')`,
		`insert into person (id, name) values ('ada', 'Ada Reed')`, `update person set id = 'ada', name = 'Ada', log_key = log_key`)
	for _, closed := range []string{
		`update audit_event set action = 'other'`,
		`delete from audit_event`,
		`truncate audit_event`,
		`insert into audit_event (at, action, noun, noun_id, position, hash) values (now(), 'hat.give', 'skill', 'x', 7, '')`,
		`insert into audit_event (id, at, action, noun, noun_id) overriding system value values (1, now(), 'hat.give', 'skill', 'x')`,
		`insert into audit_event (at, recorded_at, action, noun, noun_id) values (now(), now(), 'hat.give', 'skill', 'x')`,
		`select from audit_event for update`,
		`update audit_head set position = 0`,
		`select from audit_head for update`,
		`delete from audit_head`,
		`insert into audit_content (event_id, salt, details) values (1, '0123456789abcdef', '{}')`,
		`update audit_content set details = '{}'`,
		`alter table audit_event disable trigger all`,
		`drop trigger audit_event_chain on audit_event`,
		`create trigger mine after insert on audit_event for each row execute function audit_event_is_append_only()`,
		`create rule mine as on insert to audit_event do instead nothing`,
		`set session_replication_role = 'replica'`,
		`create or replace function audit_event_chain() returns trigger language plpgsql as 'begin return new; end'`,
		`create temp table mine (like audit_event); create trigger mine before insert on mine for each row execute function audit_event_chain()`,
		`create table mine ()`,
		`update schema_migrations set version = 1`,
		`update person set log_key = 'ben' where id = 'ada'`,
	} {
		if _, err := pool.Exec(t.Context(), closed); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: %v", closed, err)
		}
	}
	why, err := logdb.MayAlter(t.Context(), pool, "")
	if err != nil || len(why) > 0 {
		t.Errorf("it may alter the log: %q, %v", why, err)
	}
	if why, err := logdb.MayAlter(t.Context(), pgtest.Owner(t), ""); err != nil || len(why) == 0 {
		t.Errorf("the owner may not: %v", err)
	}
	found, err := postgres.New(pool).Log.Verify(t.Context(), logdb.Head{})
	if err != nil || found.Count != 1 {
		t.Errorf("%+v, %v", found, err)
	}
}

// Steps of the schema that come after a login got its rights give it theirs on what is new; one that
// somebody lets read the tables gets nothing by it.
func TestALoginKeepsItsRightsThroughMigrations(t *testing.T) {
	t.Parallel()
	owner, url := pgtest.Owner(t), pgtest.OwnerURL(t)
	reads := loginOf(t, owner, "")
	pgtest.Put(t, owner, `grant select on all tables in schema public to `+reads)
	if err := postgres.MigrateDown(t.Context(), url, 2); err != nil {
		t.Fatal(err)
	}
	pgtest.Put(t, owner, `create table later (id bigint generated always as identity)`)
	if err := postgres.MigrateUp(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into later default values`,
		`update later set id = default`,
		`insert into person (id, name) values ('ada', 'Ada Reed')`,
		`insert into audit_event (at, actor_id, action, noun, noun_id) values (now(), 'ada', 'hat.give', 'person', 'ada')`)
	standing, err := postgres.StandingOf(t.Context(), pool)
	if err != nil || standing.Owns || standing.Lacks {
		t.Errorf("%+v, %v", standing, err)
	}
	var writes bool
	if err := owner.QueryRow(t.Context(), `select has_table_privilege($1, 'later', 'insert') or has_table_privilege($1, 'person', 'insert')`, reads).Scan(&writes); err != nil || writes {
		t.Errorf("a login that may read may write now: %v, %v", writes, err)
	}
	// what it lacks is noticed, whichever right it is, and given
	for _, right := range []string{`select on later`, `delete on person`, `usage on sequence later_id_seq`, `insert on audit_event`} {
		pgtest.Put(t, owner, `revoke `+right+` from `+pgtest.Login)
		if lacking, err := postgres.Lacking(t.Context(), pool, standing.Login); err != nil || !lacking {
			t.Errorf("%s: %v, %v", right, lacking, err)
		}
		if err := postgres.Grant(t.Context(), url, standing.Login); err != nil {
			t.Fatal(err)
		}
	}
	pgtest.Put(t, owner, `revoke select on schema_migrations from `+pgtest.Login)
	if standing, err = postgres.StandingOf(t.Context(), pool); err != nil || !standing.Lacks {
		t.Errorf("%+v, %v", standing, err)
	}
	if err := postgres.Grant(t.Context(), url, standing.Login); err != nil {
		t.Fatal(err)
	}
	if standing, err = postgres.StandingOf(t.Context(), pool); err != nil || standing.Lacks {
		t.Errorf("%+v, %v", standing, err)
	}
}
