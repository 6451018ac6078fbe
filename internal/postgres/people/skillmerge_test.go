package peopledb_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Whatever refers to a skill goes along when it is merged: a column that refers to one, and is not listed here, is
// forgotten by the statements in skillmerge.go.
func TestNoColumnThatRefersToASkillIsForgotten(t *testing.T) {
	t.Parallel()
	pool := pgtest.Owner(t)
	pgtest.Same(t, "keys to a skill: see moves", pgtest.Texts(t, pool, `
		select conrelid::regclass || '.' || a.attname
		from pg_constraint key
		join pg_attribute a on a.attrelid = key.conrelid and a.attnum = any(key.conkey)
		where key.contype = 'f' and key.confrelid = 'skill'::regclass
		order by 1`),
		"ask.skill_id", "evidence.skill_id", "notice.skill_id", "outcome_naming.skill_id", "outcome_skill.skill_id", "requirement.skill_id", "skill.parent_id",
		"skill_name.skill_id", "skill_was.skill_id", "wish.skill_id")
	pgtest.Same(t, "columns of skills without a key", pgtest.Texts(t, pool, `
		select table_name || '.' || column_name
		from information_schema.columns c
		where table_schema = current_schema() and data_type in ('text', 'character varying', 'ARRAY') and column_name ~ 'skill|practice'
			and table_name not like 'river%'
			and not exists (
				select from pg_constraint key
				join pg_attribute a on a.attrelid = key.conrelid and a.attnum = any(key.conkey)
				where key.contype = 'f' and key.conrelid = to_regclass(quote_ident(c.table_name)) and a.attname = c.column_name
			)
		order by 1`))
	// The assessment of a claim keeps the names that it was made under; the tables' practices are never merged
	// away; what was typed an hour ago, and the note of a lead that is handed on, name skills as people do.
	pgtest.Same(t, "documents", pgtest.Texts(t, pool, `
		select table_name || '.' || column_name
		from information_schema.columns
		where table_schema = current_schema() and data_type in ('json', 'jsonb') and column_name <> 'attributes' and table_name not like 'river%'
			and table_name not like 'audit%'
		order by 1`), "claim.assessment", "decision.line", "decision.options", "handover.actions", "handover.ifs", "handover.said", "kept_form.fields", "need.kept", "policy.lens", "policy.trust",
		"remit_change.becomes", "remit_change.was", "term.chosen_for")
}

func TestMergingMovesAllAndTheStrongerStays(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool,
		`delete from evidence`, `delete from wish`, `delete from requirement`,
		`insert into skill (id, name) values ('flow', 'Flow data'), ('deep', 'Deep flows')`,
		`update skill set parent_id = 'flow' where id = 'deep'`,
		`update skill set parent_id = 'deep' where id = 'valve'`, // where it goes lies within it
		`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, hidden_at) values
			('ada', 'flow', 'peer', 4, '2026-05-01', 'ben', null), ('ada', 'valve', 'peer', 2, '2026-05-01', 'ben', null),
			('ada', 'flow', 'self', 5, '2026-05-02', null, '2026-05-03'), ('ada', 'valve', 'self', 1, '2026-05-02', null, null),
			('ada', 'flow', 'outcome', 3, '2026-05-04', null, null)`,
		`insert into wish (person_id, skill_id, made_at) values ('ada', 'flow', '2026-01-01'), ('ada', 'valve', '2026-02-01'), ('ben', 'flow', '2026-03-01')`,
		`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values
			('ada', 'flow', 'ben', '2026-05-01', '2026-05-20'), ('ada', 'valve', 'ben', '2026-05-02', '2026-05-10')`,
		`insert into notice (person_id, kind, code, skill_id, made_at, about) values ('ben', 'asked', '', 'flow', '2026-05-01', 'a')`)
	if err := db.People.MergeSkills(ctx, pgtest.By("ada"), peopledb.Merge{From: "flow", Into: "valve"}, nil); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, `select skill_id || ' ' || kind || ' ' || level from evidence order by 1`),
		"valve outcome 3", "valve peer 4", "valve self 1")
	pgtest.Same(t, "wishes", pgtest.Texts(t, pool, `select person_id || ' ' || skill_id || ' ' || made_at::date from wish order by 1`),
		"ada valve 2026-01-01", "ben valve 2026-03-01")
	pgtest.Same(t, "asks that wait", pgtest.Texts(t, pool, `select skill_id || ' ' || answer_by::date from ask where answered_at is null`), "valve 2026-05-20")
	pgtest.Same(t, "notices", pgtest.Texts(t, pool, `select skill_id from notice`), "valve")
	pgtest.Same(t, "what lies within what", pgtest.Texts(t, pool, `select id || ' in ' || coalesce(parent_id, '-') from skill where id in ('valve', 'deep') order by 1`),
		"deep in valve", "valve in -")
	pgtest.Same(t, "names", pgtest.Texts(t, pool, `select key from skill_name where skill_id = 'valve' order by 1`), "flow data", "valve data")
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action || ' ' || (details ->> 'was') from audit_told where noun = 'skill'`), "skill.merge Flow data")
	// the other name, the id that is gone, and a page that is still open find it
	for _, try := range []struct {
		what string
		do   func() error
	}{
		{"a name", func() error {
			return db.People.Rate(ctx, pgtest.By("ben"), pgtest.Named("FLOW data"), 3, pgtest.Today)
		}},
		{"an id", func() error {
			return db.People.Rate(ctx, pgtest.By("ben"), skein.Skill{ID: "flow", Name: "Flow data"}, 3, pgtest.Today)
		}},
		{"a form", func() error { return db.People.Reaffirm(ctx, pgtest.By("ben"), "flow", pgtest.Today) }},
		{"a wish", func() error { return db.People.RemoveWish(ctx, pgtest.By("ben"), "flow") }},
		{"an open one", func() error { return db.People.AddWish(ctx, pgtest.By("ben"), pgtest.Named("flow")) }},
	} {
		if err := try.do(); err != nil {
			t.Errorf("%s: %v", try.what, err)
		}
	}
	pgtest.Same(t, "skills", pgtest.Texts(t, pool, `select id from skill where kind = 'domain' order by 1`), "deep", "valve", "write")
}

func TestMergingRefuses(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool, `update skill set retired_at = '2026-05-01' where id = 'write'`, `insert into skill (id, name) values ('flow', 'Flow data')`)
	for name, c := range map[string]struct {
		m   peopledb.Merge
		why string
	}{
		"itself":        {peopledb.Merge{From: "valve", Into: "valve"}, "That is this skill"},
		"nothing":       {peopledb.Merge{From: "nothing", Into: "valve"}, "not found"},
		"into nothing":  {peopledb.Merge{From: "valve", Into: "nothing"}, "not found"},
		"retired":       {peopledb.Merge{From: "valve", Into: "write"}, "not used any more"},
		"of the tables": {peopledb.Merge{From: "flow", Into: "valve"}, "published tables"},
	} {
		if err := db.People.MergeSkills(context.Background(), pgtest.By("ada"), c.m, []skein.SkillID{"flow"}); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
	stale := peopledb.Merge{From: "valve", Into: "flow", FromRead: "7"}
	if err := db.People.MergeSkills(context.Background(), pgtest.By("ada"), stale, nil); !errors.Is(err, skein.ErrStale) {
		t.Errorf("stale: %v", err)
	}
}

func TestANameIsOneSkills(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	if err := db.People.RenameSkill(ctx, pgtest.By("ada"), "valve", "1", "Pümp data", nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Pump Data", "Valve data"} { // its name, and the one that it had
		if err := db.People.RenameSkill(ctx, pgtest.By("ada"), "write", "", name, nil); err == nil || !strings.Contains(err.Error(), "called so already") {
			t.Errorf("%s: %v", name, err)
		}
		if err := db.People.AddWish(ctx, pgtest.By("ben"), pgtest.Named(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := db.People.RenameSkill(ctx, pgtest.By("ada"), "valve", "1", "Other", nil); !errors.Is(err, skein.ErrStale) {
		t.Errorf("stale: %v", err)
	}
	if err := db.People.DropSkillName(ctx, pgtest.By("ada"), "valve", "Valve data"); err != nil {
		t.Error(err)
	}
	if err := db.People.RetireSkill(ctx, pgtest.By("ada"), "write", "", true, nil); err != nil {
		t.Error(err)
	}
	if err := db.People.AddWish(ctx, pgtest.By("ben"), pgtest.Named("Plain Writing")); err == nil || !strings.Contains(err.Error(), "bring it back") {
		t.Errorf("retired: %v", err)
	}
	found, err := db.People.SkillsTyped(ctx, []string{"pump datas", "Plain writing", "Nothing like it"})
	if err != nil || len(found) != 3 || len(found[0].Like) != 1 || found[0].Like[0] != "Pümp data" || !found[1].Retired || found[2].Name != "" || len(found[2].Like) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
	pgtest.Same(t, "names", pgtest.Texts(t, pool, `select key from skill_name where skill_id = 'valve'`), "pump data")
}

// A name that an import is making is waited for, and found.
func TestASkillTypedDuringAnImportIsThatOfTheImport(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	tx, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, `insert into skill (id, name) values ('x', 'Night flows')`); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- db.People.AddWish(ctx, pgtest.By("ada"), pgtest.Named("night flows")) }()
	for pgtest.Texts(t, pool, `select count(*)::text from pg_locks where not granted`)[0] == "0" {
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "wishes", pgtest.Texts(t, pool, `select skill_id from wish where skill_id <> 'write'`), "x")
}
