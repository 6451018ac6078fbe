package postgres_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// What passkeys, erasures, retention and stand-ins keep does not bar the way back, nor the way up again: what the
// version before does not know goes, all else stays, and whoever was erased is known as such afterwards.
func TestTheWayBackWithPasskeysAndErasures(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.Empty(t)
	pool := open(t, url)
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	newest := schema(t, pool)
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('ann', 'Ann'), ('ben', 'Ben'), ('cyd', 'Cyd')`,
		`insert into account (person_id, email, made_at) values ('ann', 'ann@x.example', now())`,
		`insert into project (id, title, state) values ('desk', 'Desk', 'led'), ('well', 'Well', 'open')`,
		`insert into phase (project_id) values ('desk')`,
		`insert into term (project_id, person_id, role, state, during) values ('desk', 'ann', 'primary', 'live', '[2026-01-01,)')`,
		`insert into stand_in (id, spell, project_id, person_id, for_id, asked_by, state, asked_at, answer_by, answered_at, from_on, until_on)
			select id, id, 'desk', 'ben', 'ann', 'ann', 'standing', now(), now() + interval '1 day', now(), current_date, current_date + 5 from (select uuid_v7() as id) made`,
		`insert into claim_window (project_id, phase_id, opened_at, closes_at, closed_at, state, seed) select 'desk', id, now(), now(), now(), 'taken', 's' from phase`,
		`insert into notice (person_id, kind, code, about, made_at) values ('ann', 'access', 'keyadded', 'access:keyadded:ann:1', now())`,
		`insert into invitation (token_hash, person_id, made_at, expires_at, used_at) values ('x', 'ann', now(), now(), now())`,
		`insert into mail (person_id, door, made_at, sent_at) values ('ann', 'set', now(), now()), ('ann', 'key_added', now(), now()), ('ann', 'second_off', now(), null)`,
		`insert into passkey (person_id, credential, public_key, handle, may_back_up, backed_up, host, name, made_at) values ('ann', 'x', 'x', 'x', false, false, 'x', 'Phone', now())`,
		`insert into recovery_code (code_hash, person_id, made_at) values ('x', 'ann', now())`,
		`insert into second_step (token_hash, person_id, epoch, purpose, expires_at) values ('x', 'ann', 0, 'enter', now())`,
		`update sign_in_rule set second_step = true`,
		`insert into retention (match_months) values (12)`,
		`insert into removed (kind, at, last, rows) values ('notices', now(), 1, 1)`,
		`insert into erasure (person_id, asked_at) values ('ann', now())`,
		`insert into secret (value) values (decode(repeat('00', 32), 'hex')) on conflict do nothing`,
		`insert into erased (id_hash) values (erased_hash('cyd'))`,
		`update person set id = log_key where id = 'cyd'`,
		`update person set name = 'Somebody who has left', deactivated_at = now(), erased_at = now() where name = 'Cyd'`,
	)
	steps := migrateStatus(t, pool).Steps
	first := slices.IndexFunc(steps, func(s postgres.SchemaStep) bool { return s.Version == 165 })
	if first < 0 {
		t.Fatal("there is no step 165")
	}
	stay := `select (select count(*) from person) || ' ' || (select count(*) from stand_in) || ' ' || (select count(*) from notice) || ' ' || (select string_agg(door, ' ') from mail)
		|| ' ' || (select count(*) from invitation) || ' ' || (select count(*) from claim_window) || ' ' || (select count(*) from audit_event)`
	for range 2 {
		if err := postgres.MigrateDown(ctx, url, len(steps)-first); err != nil {
			t.Fatal(err)
		}
		for _, gone := range []string{"passkey", "recovery_code", "second_step", "retention", "removed", "erasure", "erased"} {
			if slices.Contains(tables(t, pool), "table "+gone) {
				t.Errorf("%s is there still", gone)
			}
		}
		pgtest.Same(t, "what stays", pgtest.Texts(t, pool, stay), "3 1 1 set 1 1 0")
		if err := postgres.MigrateUp(ctx, url); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(newest, schema(t, pool)); diff != "" {
			t.Errorf("the second way up leads elsewhere (-first +second):\n%s", diff)
		}
		pgtest.Same(t, "what stays", pgtest.Texts(t, pool, stay), "3 1 1 set 1 1 0")
		pgtest.Same(t, "who was erased", pgtest.Texts(t, pool, `select (id = log_key)::text from person where erased_at is not null`), "true")
		pgtest.Same(t, "what is demanded", pgtest.Texts(t, pool, `select second_step::text from sign_in_rule`), "false")
	}
}
