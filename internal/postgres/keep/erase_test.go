package keepdb_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/core"
	keepdb "skein/internal/postgres/keep"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// A new column that refers to a person, or may hold words, is emptied by an erasure, or stays for a reason. What is
// reckoned from others goes with them, and what lies in person itself is seen to by one statement.
func TestNoColumnIsForgottenByAnErasure(t *testing.T) {
	t.Parallel()
	rows := pgtest.Texts(t, pgtest.Owner(t), `
		select c.table_name || ' ' || c.column_name
		from information_schema.columns c
		join information_schema.tables part using (table_schema, table_name)
		where c.table_schema = 'public' and part.table_type = 'BASE TABLE' and c.table_name not like 'river%' and c.is_generated = 'NEVER'
			and (
				c.data_type in ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY', 'USER-DEFINED')
				or exists (
					select from pg_constraint key
					join pg_attribute a on a.attrelid = key.conrelid and a.attnum = any(key.conkey)
					where key.contype = 'f' and key.confrelid in ('person'::regclass, 'account'::regclass)
						and key.conrelid = to_regclass(quote_ident(c.table_name)) and a.attname = c.column_name
				)
			)
		order by 1`)
	if len(rows) < 100 {
		t.Fatalf("%d columns", len(rows))
	}
	emptied := map[string]bool{"name": true, "email": true, "circle_id": true, "about": true, "attributes": true, "time_zone": true}
	for _, row := range rows {
		table, column, _ := strings.Cut(row, " ")
		if !keepdb.Seen(table, column) && (table != "person" || !emptied[column]) {
			t.Errorf("%s.%s: say in goes.go what takes it away, or in stays.go why it stays", table, column)
		}
	}
}

// kept are words of ada's, or of others about her, in every place that has some.
var kept = []string{
	pgtest.WaitingRows,
	`update person set name = 'Ada Reedlight', email = 'ada.reedlight@x.example', about = 'Wordsofhers.', attributes = '{"grade": "Wordsofhers"}', time_zone = 'Europe/Rome',
		deactivated_at = '2026-05-10' where id = 'ada'`,
	`update person set id = 'ada-reedlight' where id = 'ada'`,
	`update person set manager_id = 'ada-reedlight' where id = 'cyd'`,
	`insert into account (person_id, email, made_at) values ('ada-reedlight', 'ada@reedlight.example', now()), ('ben', 'ben@x.example', now())`,
	`insert into hat (person_id, kind, given_at) values ('ada-reedlight', 'executive', now()), ('ben', 'administrator', now())`,
	`insert into sessions (token, data, expiry, person_id) values ('a', 'ada-reedlight', now(), 'ada-reedlight'), ('b', 'ada-reedlight', now(), null), ('c', 'ben', now(), 'ben')`,
	`insert into device (person_id, token_hash, browser, made_at, used_at, expires_at) values ('ada-reedlight', 'x', 'Wordsofhers', now(), now(), now())`,
	`insert into person_alias (log_key, id, person_id, made_at) values ('was', 'reedlight-2', 'ada-reedlight', now())`,
	`insert into email_alias (email, person_id, made_at) values ('reedlight2@x.example', 'ada-reedlight', now())`,
	`insert into absence (person_id, from_on) values ('ada-reedlight', '2026-01-01')`,
	`insert into dismissal (person_id, project_id, at) values ('ada-reedlight', 'night', now())`,
	`insert into read_how (person_id, at) values ('ada-reedlight', now())`,
	`insert into erasure (person_id, asked_at) values ('ada-reedlight', '2026-05-01')`,
	`insert into kept_form (person_id, action, fields, kept_at, expires_at) values ('ada-reedlight', '/', '["Wordsofhers"]', now(), now() + interval '1 hour')`,
	`insert into invitation (token_hash, person_id, made_at, expires_at, mailed, email) values ('x', 'ada-reedlight', now(), now(), true, 'new@reedlight.example')`,
	`insert into mail (person_id, door, made_at, address) values ('ada-reedlight', 'moved', now(), 'other@reedlight.example')`,
	`insert into mail_state (sending, failing_since, failing_says) values (true, now(), 'no such box: Ada@Reedlight.example') on conflict (single) do update
		set failing_since = excluded.failing_since, failing_says = excluded.failing_says`,
	`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, note) values
		('ada-reedlight', 'write', 'self', 3, '2026-01-01', null, 'Wordsofhers'), ('cyd', 'write', 'peer', 4, '2026-01-01', 'ada-reedlight', 'Given to Cyd')`,
	`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by, answered_at, about) values
		('ada-reedlight', 'write', 'ben', now(), now(), null, 'Wordsofhers'), ('ben', 'write', 'ada-reedlight', now(), now(), now(), ''), ('ben', 'valve', 'ada-reedlight', now(), now(), null, '')`,
	`update claim_window set state = 'restarted', closed_at = '2026-05-09' where project_id = 'night'`,
	`update claim_window set state = 'taken' where project_id = 'sensors'`,
	`insert into claim (id, window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, submitted_at, assessment)
		select gen_random_uuid(), id, project_id, phase_id, 'ada-reedlight', case project_id when 'night' then 'draft' else 'not_chosen' end, 'Wordsofhers', now(), now(), now(),
			'{"Person": "ada-reedlight", "Gates": [{"why": "Ada Reedlight can coach."}]}' from claim_window where project_id in ('night', 'sensors')`,
	`insert into review (claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by, answered_by, answered_at, upheld, answer)
		select id, project_id, person_id, now(), 'Wordsofhers', 'ben', now(), 'ben', now(), true, 'Wordsofhers' from claim where state = 'not_chosen'`,
	`insert into pick (window_id, project_id, number, rule, sentence, compared, band_size, made_at, state, answered_by, answered_at, reason, passed_on)
		select id, project_id, 1, 'only', '', 1, 1, now(), 'returned', 'ada-reedlight', now(), 'A decision.', '{ada-reedlight,cyd}' from claim_window where project_id = 'sensors'`,
	`insert into member (project_id, person_id, joined_at, left_at, brings) values ('done', 'ada-reedlight', '2025-01-01', '2026-01-01', 'Wordsofhers')`,
	`insert into term (project_id, person_id, role, state, during, attributes) values ('done', 'ada-reedlight', 'primary', 'ended', '[2025-01-01,2026-01-01)', '{"x": "Wordsofhers"}')`,
	`insert into term (project_id, person_id, role, state, during) values ('done', 'cyd', 'primary', 'ended', '[2024-01-01,2025-01-01)')`,
	`insert into week_word (project_id, term_id, person_id, day, state, says, said_at)
		select project_id, id, 'ada-reedlight', '2025-06-02', 'on_track', 'Wordsofhers', now() from term where person_id = 'ada-reedlight' and project_id = 'done'`,
	`insert into question (project_id, asked_by, asked_at, says, answer, answered_by, answered_at) values
		('done', 'ada-reedlight', now(), 'Wordsofhers', 'Of Ben.', 'ben', now()), ('done', 'cyd', now(), 'Of Cyd.', 'Wordsofhers', 'ada-reedlight', now())`,
	`insert into handover (project_id, term_id, state, actions)
		select project_id, id, 'draft', '[{"by": "2025-02-01", "who": "Ada Reedlight", "what": "Ask for keys"}]' from term where person_id = 'cyd' and project_id = 'done'`,
	`insert into outcome (project_id, term_id, state, opened_at, due)
		select project_id, id, 'asking', now(), now() from term where person_id = 'cyd' and project_id = 'done'`,
	`insert into outcome_answer (outcome_id, person_id, part, answered_at, result, led, again, library_at, library_by)
		select id, 'ada-reedlight', 'member', now(), 'reached', 'Wordsofhers', 'Wordsofhers', now(), 'ada-reedlight' from outcome`,
	`insert into guardrail (kind, number, reason, made_at, owner_id) values ('leads_at_once', 2, 'So.', now(), 'ada-reedlight')`,
	`insert into refusal (guardrail_id, person_id, at) select id, 'ada-reedlight', now() from guardrail`,
	`insert into notice (person_id, kind, about, says, link, who_id, made_at) values
		('ada-reedlight', 'asked', 'x', 'Wordsofhers', null, null, now()), ('ben', 'asked', 'y:ada-reedlight', 'Ada Reedlight asks.', '/people/ada-reedlight', 'ada-reedlight', now())`,
	`insert into audit_event (at, actor_id, action, noun, noun_id, details) values
		(now(), 'ada-reedlight', 'person.update', 'person', 'ada-reedlight', '{"note": "Wordsofhers"}'), (now(), 'ben', 'person.rename', 'person', 'ada-reedlight', '{"was": "reedlight-2", "is": "ada-reedlight"}'),
		(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "Ada Reedlight left."}'), (now(), 'ada-reedlight', 'guardrail.create', 'guardrail', 'x', '{"reason": "So it is."}'),
		(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "It is over."}')`,
}

// holding lists the tables in which a text is, without what goes by the clock within a day.
func holding(t *testing.T, pool *pgxpool.Pool, text string) []string {
	t.Helper()
	all := pgtest.Texts(t, pool, `
		select string_agg(format('select %L from %1$I as t where strpos(lower(t::text), lower($1)) > 0', relname), ' union ')
		from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('change', 'schema_migrations') and relname not like 'river%'`)
	return pgtest.Texts(t, pool, all[0], text)
}

func TestAfterAnErasureNothingHoldsTheirNameAddressOrWords(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, kept...)
	for _, text := range []string{"reedlight", "wordsofhers"} {
		if n := len(holding(t, pool, text)); n < 11 {
			t.Errorf("only %d tables hold %q before", n, text)
		}
	}
	if err := db.Keep.Erase(ctx, pgtest.By("ben"), "ada-reedlight"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"reedlight", "wordsofhers"} {
		pgtest.Same(t, text, holding(t, pool, text))
	}
	pgtest.Same(t, "what is left of them", pgtest.Texts(t, pool, `
		select name || ' ' || (id = log_key) || ' ' || (erased_at is not null) || ' ' || (deactivated_at is not null) from person where name = $1`, skein.Erased),
		"Somebody who has left true true true")
	pgtest.Same(t, "what they gave, decided and led", pgtest.Texts(t, pool, `
		select 'gave ' || note from evidence join person giver on giver.id = given_by and giver.erased_at is not null
		union all select 'returned ' || reason from pick join person on person.id = answered_by and erased_at is not null and erased_at is not null and person.id = any(passed_on)
		union all select 'led ' || project_id from term join person on person.id = person_id and erased_at is not null
		union all select 'answered' from ask join person on person.id = asked_of and erased_at is not null
		union all select 'claimed ' || project_id || ' ' || ((assessment ->> 'Person') = person.id) from claim join person on person.id = person_id and erased_at is not null
		union all select 'answers for ' || kind from guardrail join person on person.id = owner_id and erased_at is not null
		order by 1`), "answered", "answers for leads_at_once", "claimed sensors true", "gave Given to Cyd", "led done", "returned A decision.")
	pgtest.Same(t, "the log tells", pgtest.Texts(t, pool, `
		select coalesce(actor.name, '-') || ' ' || action || ' ' || coalesce(about.name, noun_id) || ' ' || coalesce(details ->> 'reason', '')
		from audit_told
		left join person actor on actor.id = actor_id
		left join person about on about.id = noun_id
		order by position`),
		"Somebody who has left person.update Somebody who has left ", "Ben Moss person.rename Somebody who has left ", "Ben Moss project.cancel done ",
		"Somebody who has left guardrail.create x So it is.", "Ben Moss project.cancel done It is over.", "Ben Moss person.erase Somebody who has left ")
	if v, err := db.Log.Verify(ctx, logdb.Head{}); err != nil || v.Erased != 3 {
		t.Errorf("the chain: %+v, %v", v, err)
	}
	pgtest.Same(t, "where others' records are", pgtest.Texts(t, pool, `
		select says from week_word
		union all select says || ' ' || answer from question
		union all select actions #>> '{0,who}' || ' ' || (actions #>> '{0,what}') from handover
		order by 1`), "Of Cyd. What was answered went with whoever answered it.", "Somebody who has left Ask for keys",
		"What was asked went with whoever asked it. Of Ben.", "What was said went with whoever said it.")
	pgtest.Same(t, "others'", pgtest.Texts(t, pool, `select token from sessions`), "c")
}

func TestNobodyBringsAnErasedPersonBack(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, kept...)
	if err := db.Keep.Erase(ctx, pgtest.By("ben"), "ada-reedlight"); err != nil {
		t.Fatal(err)
	}
	key := skein.PersonID(pgtest.Texts(t, pool, `select id from person where erased_at is not null`)[0])
	for name, sql := range map[string]string{
		"the id":          `insert into person (id, name) values ('ada-reedlight', 'Ada')`,
		"an id of before": `insert into person (id, name) values ('reedlight-2', 'Ada')`,
		"somebody else":   `update person set id = 'ada-reedlight' where id = 'cyd'`,
		"a name":          `update person set name = 'Ada' where erased_at is not null`,
		"the door":        `update person set deactivated_at = null where erased_at is not null`,
		"away with them":  `delete from person where erased_at is not null`,
	} {
		if _, err := pool.Exec(ctx, sql); err == nil || !strings.Contains(err.Error(), "was erased") {
			t.Errorf("%s: %v", name, err)
		}
	}
	var conflict skein.Conflict
	if err := db.Door.Reactivate(ctx, pgtest.By("ben"), key); !errors.As(err, &conflict) {
		t.Errorf("the door opens: %v", err)
	}
	if err := db.Keep.Erase(ctx, pgtest.By("ben"), "ada-reedlight"); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("twice: %v", err)
	}
	if err := db.Keep.Erase(ctx, pgtest.By("ben"), key); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("twice, by the key: %v", err)
	}
	for id, want := range map[skein.PersonID]bool{"ada-reedlight": true, "reedlight-2": true, "cyd": false, "ada": false} {
		if was, err := db.Keep.WasErased(ctx, id); err != nil || was != want {
			t.Errorf("%s: %v, %v", id, was, err)
		}
	}
}

func TestErasingRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set    []string
		by, of skein.PersonID
		why    string
	}{
		"nobody":          {nil, "ben", "nobody", "not found"},
		"oneself":         {nil, "ben", "ben", "You are signed in as"},
		"the door open":   {[]string{`update person set deactivated_at = null where id = 'ada-reedlight'`}, "ben", "ada-reedlight", "The door is open"},
		"something held":  {[]string{`insert into term (project_id, person_id, role, state, during) values ('desk', 'ada-reedlight', 'primary', 'live', '[2026-01-01,)')`}, "ben", "ada-reedlight", "What they led"},
		"something asked": {[]string{`insert into need (project_id, kind, what, asked_of) values ('night', 'tools', 'A pump', 'ada-reedlight')`}, "ben", "ada-reedlight", "What they led"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, pool := pgtest.People(t)
			pgtest.Put(t, pool, kept...)
			pgtest.Put(t, pool, c.set...)
			before := pgtest.Texts(t, pool, `select person::text from person order by id`)
			if err := db.Keep.Erase(context.Background(), pgtest.By(c.by), c.of); err == nil || !strings.Contains(err.Error(), c.why) {
				t.Errorf("%v", err)
			}
			pgtest.Same(t, "people", pgtest.Texts(t, pool, `select person::text from person order by id`), before...)
		})
	}
}

// Of two who erase somebody at once one does it; whoever gives them something at that moment comes before, and it goes
// along.
func TestErasingWhileOthersWrite(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, kept...)
	tx, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, `insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values ('ada-reedlight', 'valve', 'peer', 3, '2026-05-01', 'cyd')`); err != nil {
		t.Fatal(err)
	}
	erased := make(chan error, 2)
	for range 2 {
		go func() { erased <- db.Keep.Erase(ctx, pgtest.By("ben"), "ada-reedlight") }()
	}
	for range 2000 {
		if len(pgtest.Texts(t, pool, `select '' from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)) > 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	done := 0
	for range 2 {
		var conflict skein.Conflict
		switch err := <-erased; {
		case err == nil:
			done++
		case !errors.Is(err, skein.ErrNotFound) && !errors.As(err, &conflict):
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("%d did it", done)
	}
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action from audit_event where action = 'person.erase'`), "person.erase")
	pgtest.Same(t, "evidence about them", pgtest.Texts(t, pool, `select kind from evidence join person on person.id = person_id and erased_at is not null`))
}

// Whoever takes it back before the door is closed is not erased for having asked.
func TestWhoTookItBackIsNotErasedForHavingAsked(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, kept...)
	pgtest.Put(t, pool, `delete from erasure where person_id = 'ada-reedlight'`)
	var conflict skein.Conflict
	if err := db.Keep.EraseAsked(ctx, pgtest.By("ben"), "ada-reedlight"); !errors.As(err, &conflict) || !strings.Contains(conflict.Why, "taken back") {
		t.Errorf("%v", err)
	}
	pgtest.Put(t, pool, `insert into erasure (person_id, asked_at) values ('ada-reedlight', '2026-05-01')`)
	if err := db.Keep.EraseAsked(ctx, pgtest.By("ben"), "ada-reedlight"); err != nil {
		t.Error(err)
	}
}

func TestWhoAsksMayTakeItBack(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	for _, do := range []func(context.Context, skein.By) error{db.Keep.Ask, db.Keep.Ask, db.Keep.TakeBack, db.Keep.TakeBack, db.Keep.Ask} {
		if err := do(ctx, pgtest.By("ada")); err != nil {
			t.Fatal(err)
		}
	}
	found, err := db.Keep.Erasure(ctx, "ada")
	if err != nil || found.Erased != nil || found.Asked == nil || !found.Asked.Equal(pgtest.Monday) {
		t.Errorf("%+v, %v", found, err)
	}
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action from audit_event order by id`), "person.ask_erase", "person.unask_erase", "person.ask_erase")
}

// Names end with a dot or a bracket, hold quotation marks, lie within longer words, and were others before a merge: what
// says them goes, and what says longer ones stays.
func TestNamesGoWhole(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, pgtest.WaitingRows,
		`update person set name = 'An "Ann" Reed Jr.', deactivated_at = '2026-05-10' where id = 'ada'`,
		`insert into account (person_id, email, made_at) values ('ben', 'ben@x.example', now())`,
		`insert into person_alias (log_key, id, person_id, made_at) values ('was', 'ada-2', 'ada', now())`,
		`insert into audit_event (at, actor_id, action, noun, noun_id, details) values
			(now(), 'ben', 'person.merge', 'person', 'ada', '{"was": "ada-2", "called": "Nan (Nan)"}'),
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "An \"Ann\" Reed Jr. left."}'),
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "So did Nan (Nan), they say."}'),
			(now(), 'ben', 'person.update', 'person', 'ada', '{"changed": ["name"], "called": "Annabel Was"}'),
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "Annabel Was was it."}'),
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "Not Nan alone."}')`,
		`insert into notice (person_id, kind, about, says, made_at) values ('ben', 'asked', 'x', 'An "Ann" Reed Jr. asks. Dan An "Ann" Reed Jr.son answers.', now())`,
		`insert into claim (window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, assessment)
			select id, project_id, phase_id, 'cyd', 'submitted', 'x', now(), now(), '{"why": "An \"Ann\" Reed Jr. can coach."}' from claim_window where project_id = 'night'`,
		`insert into river_job (kind, args, max_attempts, queue) values ('forgotten', '{"email": "Ada@x.example"}', 3, 'door'), ('forgotten', '{"email": "ben@x.example"}', 3, 'door')`,
		`update person set email = 'ada@x.example' where id = 'ada'`,
	)
	if err := db.Keep.Erase(ctx, pgtest.By("ben"), "ada"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "what is said", pgtest.Texts(t, pool, `
		select details ->> 'reason' from audit_content where details ? 'reason'
		union all select says from notice where says is not null
		union all select assessment ->> 'why' from claim where assessment is not null
		union all select args ->> 'email' from river_job where kind = 'forgotten'
		order by 1`), "Not Nan alone.", `Somebody who has left asks. Dan An "Ann" Reed Jr.son answers.`, "Somebody who has left can coach.", "ben@x.example")
}

// Somebody is called as a month is, and an address was left empty: nothing goes that is not of them.
func TestANameThatIsAWordTakesNoOtherSentences(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool,
		`update person set name = 'May', email = '', deactivated_at = '2026-05-10' where id = 'ada'`,
		`insert into person_alias (log_key, id, person_id, made_at) values ('was', 'ada-2', 'ada', now())`,
		`insert into email_alias (email, person_id, made_at) values ('may@x.example', 'ada', now())`,
		`insert into audit_event (at, actor_id, action, noun, noun_id, details) values
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "It may rain."}'),
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "So said May."}'),
			(now(), 'ben', 'project.cancel', 'project', 'done', '{"reason": "Ask MAY@X.example, they say."}')`)
	if err := db.Keep.Erase(context.Background(), pgtest.By("ben"), "ada"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "what is said", pgtest.Texts(t, pool, `select details ->> 'reason' from audit_content where details ? 'reason'`), "It may rain.")
}

// Whoever was about to do something in their own name, or of them, while they were erased does it no more: their id would
// stand in the log for ever.
func TestNothingIsWrittenOfSomebodyWhileTheyAreErased(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, kept...)
	by := pgtest.By("ada-reedlight")
	if err := db.Keep.Erase(ctx, pgtest.By("ben"), "ada-reedlight"); err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func() error{
		"signs out everywhere": func() error { return db.Door.EndSessions(ctx, by, "ada-reedlight") },
		"is signed out":        func() error { return db.Door.EndSessions(ctx, pgtest.By("ben"), "ada-reedlight") },
		"asks again":           func() error { return db.Keep.Ask(ctx, by) },
		"under an id of before": func() error {
			return db.Door.EndSessions(ctx, pgtest.By("ben"), "reedlight-2")
		},
	} {
		var conflict skein.Conflict
		if err := core.Translate(do()); !errors.As(err, &conflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	pgtest.Same(t, "the log", pgtest.Texts(t, pool, `select action from audit_event where actor_id ~ 'reedlight' or noun_id ~ 'reedlight' or details::text ~ 'reedlight'`))
}
