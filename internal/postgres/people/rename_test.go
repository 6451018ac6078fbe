package peopledb_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Whatever refers to a person follows when their id changes: every key to a person, or to what has a
// person's id for its own, cascades, and no other column holds people.
func TestNoColumnThatRefersToAPersonIsForgotten(t *testing.T) {
	t.Parallel()
	pool := pgtest.Owner(t)
	pgtest.Same(t, "keys that do not follow a person's id: make them with \"on update cascade\"", pgtest.Texts(t, pool, `
		with recursive refers as (
			select oid, conrelid, conkey, confupdtype
			from pg_constraint
			where contype = 'f' and confrelid = 'person'::regclass
			union
			select key.oid, key.conrelid, key.conkey, key.confupdtype
			from refers
			join pg_constraint key on key.contype = 'f' and key.confrelid = refers.conrelid and key.confkey && refers.conkey
		)
		select conrelid::regclass || ' ' || conname
		from refers
		join pg_constraint using (oid, conrelid)
		where refers.confupdtype <> 'c'
		order by 1`))
	if n := len(pgtest.Texts(t, pool, `select conname from pg_constraint where contype = 'f' and confrelid = 'person'::regclass and confupdtype = 'c'`)); n < 30 {
		t.Errorf("only %d keys", n)
	}
	lists := pgtest.Texts(t, pool, `
		select table_name || '.' || column_name
		from information_schema.columns
		where table_schema = current_schema() and data_type = 'ARRAY' and table_name not like 'river%'
		order by 1`)
	pgtest.Same(t, "lists, each of people but for how a passkey is carried: see Rename", lists, "need.passed_on", "passkey.transports", "pick.passed_on", "review.passed_on")
	documents := pgtest.Texts(t, pool, `
		select table_name || '.' || column_name
		from information_schema.columns
		where table_schema = current_schema() and data_type in ('json', 'jsonb') and column_name <> 'attributes' and table_name not like 'river%'
			and table_name not like 'audit%'
		order by 1`)
	pgtest.Same(t, "documents, of which claims hold people: see Rename; of what was typed an hour ago the page tells; a note of a lead names as people do", documents,
		"claim.assessment", "decision.line", "decision.options", "handover.actions", "handover.ifs", "handover.said", "kept_form.fields", "need.kept", "policy.lens", "policy.trust",
		"remit_change.becomes", "remit_change.was", "term.chosen_for")
	loose := pgtest.Texts(t, pool, `
		select table_name || '.' || column_name
		from information_schema.columns c
		where table_schema = current_schema() and data_type in ('text', 'character varying') and table_name not like 'river%'
			and column_name ~ 'person|people|_by$|_of$|owner|manager|coach|giver|given|who|actor|lead|subject|claimant|member'
			and not exists (
				select from pg_constraint key
				join pg_attribute a on a.attrelid = key.conrelid and a.attnum = any(key.conkey)
				where key.contype = 'f' and key.conrelid = to_regclass(quote_ident(c.table_name)) and a.attname = c.column_name
			)
		order by 1`)
	// the log's, by a key that stays; who was changed, told to memory once; the provider's own name of an account; words
	other := []string{
		"audit_event.actor_id", "audit_told.actor_id", "audit_told.actor_key", "change.person_id", "identity.subject",
		"project.judged_by", "remit.with_whom",
	}
	for _, column := range loose {
		if !slices.Contains(other, column) {
			t.Errorf("%s refers to no person: give it a key, or say here what it is", column)
		}
	}
}

func TestRenamingRefuses(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	before := pgtest.Texts(t, pool, `select person::text from person order by id`)
	for name, c := range map[string]struct {
		old, new skein.PersonID
		why      string
	}{
		"nobody":      {"nobody", "zoe", "not found"},
		"taken":       {"ada", "ben", "Somebody has this id already."},
		"the same":    {"ada", "ada", "the id they have"},
		"blank":       {"ada", " ", "Say which id"},
		"spaces":      {"ada", " zoe", "begins and ends"},
		"dots":        {"ada", "..", "leads to another page"},
		"cannot see":  {"ada", "a\u200bda", "cannot be seen"},
		"a long one":  {"ada", skein.PersonID(strings.Repeat("a", 201)), "200 bytes"},
		"to the same": {"nobody", "nobody", "the id they have"},
	} {
		if err := db.People.Rename(context.Background(), pgtest.By(""), c.old, c.new); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `select person::text from person order by id`), before...)
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event`))
}

// The log's rows stay as they are, and show the new id. The account, its roles and its browsers go along;
// whoever is signed in signs in again.
func TestTheLogShowsTheNewIDAndNoRowOfItChanges(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool,
		`insert into account (person_id, email, made_at) values ('ada', 'ada@x.example', now())`,
		`insert into hat (person_id, kind, given_at) values ('ada', 'administrator', now())`,
		`insert into device (person_id, token_hash, made_at, used_at, expires_at) values ('ada', 'x', now(), now(), now())`,
		`insert into sessions (token, data, expiry, person_id) values ('hers', 'x', now(), 'ada'), ('other', 'x', now(), null), ('before', 'her ada', now(), null)`)
	if err := db.People.Rate(ctx, pgtest.By("ada"), pgtest.Named("Valve data"), 4, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	log := pgtest.Texts(t, pool, `select audit_event::text from audit_event order by id`)
	if err := db.People.Rename(ctx, pgtest.By(""), "ada", "Ada Ærø"); err != nil {
		t.Fatal(err)
	}
	after := pgtest.Texts(t, pool, `select audit_event::text from audit_event order by id`)
	pgtest.Same(t, "rows of the log", after[:len(log)], log...)
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select coalesce(actor_id, '-') || ' ' || action || ' ' || noun_id from audit_told where noun = 'person' order by position`),
		"Ada Ærø evidence.self Ada Ærø", "- person.rename Ada Ærø")
	pgtest.Same(t, "what is theirs", pgtest.Texts(t, pool, `
		select 'account ' || person_id from account union all select 'device ' || person_id from device
		union all select 'hat ' || person_id from hat union all select 'evidence ' || person_id from evidence
		union all select 'session ' || token from sessions order by 1`),
		"account Ada Ærø", "device Ada Ærø", "evidence Ada Ærø", "hat Ada Ærø", "session other")
	pgtest.Same(t, "memory is told", pgtest.Texts(t, pool, `select distinct person_id from change where person_id in ('ada', 'Ada Ærø') order by 1`), "Ada Ærø", "ada")
	if err := db.People.Rename(ctx, pgtest.By(""), "ada", "zoe"); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("the old id: %v", err)
	}
}

// Whoever writes of somebody at the same moment comes before, and it follows; or after, and finds nobody.
// Nothing of theirs is lost.
func TestRenamingWhileOthersWrite(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	holds := func(statements ...string) (done func()) {
		tx, err := pool.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, sql := range statements {
			if _, err := tx.Exec(ctx, sql); err != nil {
				t.Fatal(err)
			}
		}
		return func() {
			if err := tx.Commit(ctx); err != nil {
				t.Error(err)
			}
		}
	}
	waiting := func(n string) {
		for range 2000 {
			if pgtest.Texts(t, pool, `select count(*)::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)[0] == n {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Fatalf("not %s wait", n)
	}
	before := holds(`insert into skill (id, name) values ('s', 'S')`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 's', 'self', 3, '2026-01-01')`)
	within := holds(`lock table pick in share mode`)
	renamed, late := make(chan error, 1), make(chan error, 1)
	go func() { renamed <- db.People.Rename(ctx, pgtest.By(""), "ada", "zoe") }()
	waiting("1")
	before()
	waiting("1") // it has the person, and waits for the table
	for range 2000 {
		if len(pgtest.Texts(t, pool, `select '' from pg_locks where not granted and relation = 'pick'::regclass`)) > 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	go func() { late <- db.People.Rate(ctx, pgtest.By("ada"), pgtest.Named("Late"), 3, pgtest.Today) }()
	waiting("2")
	within()
	if err := <-renamed; err != nil {
		t.Error(err)
	}
	if err := <-late; err == nil {
		t.Error("somebody of the old id said something")
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, `select person_id || ' ' || skill_id from evidence`), "zoe s")
}
