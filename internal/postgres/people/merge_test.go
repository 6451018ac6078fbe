package peopledb_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// What a merge moves and locks it reads from the schema. What it sees to by statements of their own is there, and each table
// that names people and hangs on something of a project has that project locked: a move of it that goes on meanwhile would
// write by an id that is gone.
func TestAMergeReachesWhateverNamesAPerson(t *testing.T) {
	t.Parallel()
	pool := pgtest.Owner(t)
	columns, err := peopledb.ColumnsOfPeople(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	own, sql := 0, peopledb.ProjectsOf(columns)
	for _, c := range columns {
		if peopledb.SeenTo[[2]string{c.Table, c.Name}] {
			own++
		}
	}
	if own != len(peopledb.SeenTo) || len(columns) < 70 {
		t.Errorf("%d columns, %d of %d seen to", len(columns), own, len(peopledb.SeenTo))
	}
	for _, part := range pgtest.Texts(t, pool, `
		select distinct names.conrelid::regclass::text || ' of ' || onto.confrelid::regclass::text
		from pg_constraint names
		join pg_constraint onto on onto.conrelid = names.conrelid and onto.contype = 'f'
		join pg_attribute project on project.attrelid = onto.confrelid and project.attname = 'project_id'
		where names.contype = 'f' and names.confrelid = 'person'::regclass and onto.confrelid <> 'notice'::regclass -- told to one
			and not exists (select from pg_attribute where attrelid = names.conrelid and attname = 'project_id')
		order by 1`) {
		table, _, _ := strings.Cut(part, " of ")
		if !strings.Contains(sql, table+" on ") {
			t.Errorf("%s: its project is not locked", part)
		}
	}
	if _, err := pool.Exec(context.Background(), sql, pgx.NamedArgs{"both": []string{"a", "b"}}); err != nil {
		t.Error(err)
	}
}

// twins are ada and zoe, who are one: ada with an account used in May, zoe with one used in March.
var twins = []string{
	`insert into person (id, name, email, circle_id, hours_per_week, manager_id, about, attributes) values
		('zoe', 'Ada R.', 'zoe@x.example', 'river', 20, 'ben', 'Valves.', '{"grade": "7", "site": "N"}')`,
	`update person set email = 'ada@x.example', attributes = '{"site": "S"}' where id = 'ada'`,
	`update person set manager_id = 'zoe' where id = 'cyd'`,
	`insert into account (person_id, email, password_hash, made_at, signed_in_at) values
		('ada', 'ada@home.example', 'hers', '2026-01-01', '2026-05-01'), ('zoe', 'zoe@x.example', 'other', '2026-01-01', '2026-03-01')`,
	`insert into device (person_id, token_hash, made_at, used_at, expires_at) values
		('ada', 'a', now(), now(), now()), ('zoe', 'z', now(), now(), now())`,
	`insert into sessions (token, data, expiry, person_id) values ('a', 'x', now(), 'ada'), ('z', 'x', now(), 'zoe'), ('b', 'x', now(), null)`,
	`insert into hat (person_id, kind, circle_id, given_at) values
		('zoe', 'administrator', null, now()), ('zoe', 'steward', 'river', now()), ('ada', 'steward', 'river', now())`,
}

func TestTheAccountUsedLastIsKeptWhicheverWayTheyAreMerged(t *testing.T) {
	t.Parallel()
	for from, into := range map[skein.PersonID]skein.PersonID{"zoe": "ada", "ada": "zoe"} {
		t.Run(string("into "+into), func(t *testing.T) {
			t.Parallel()
			db, pool := pgtest.People(t)
			pgtest.Put(t, pool, twins...)
			merged, err := db.People.Merge(context.Background(), pgtest.By("ben"), from, into)
			if err != nil {
				t.Fatal(err)
			}
			pgtest.Same(t, "account", pgtest.Texts(t, pool, `select person_id || ' ' || email || ' ' || password_hash from account`), string(into)+" ada@home.example hers")
			pgtest.Same(t, "browsers", pgtest.Texts(t, pool, `select person_id || ' ' || encode(token_hash, 'escape') from device`), string(into)+" a")
			own, sessions := "ada@x.example", []string{"a", "b"}
			if into == "zoe" {
				own, sessions = "zoe@x.example", []string{"b"} // a session holds the id that its person had
			}
			pgtest.Same(t, "sessions", pgtest.Texts(t, pool, `select token from sessions order by 1`), sessions...)
			pgtest.Same(t, "address", pgtest.Texts(t, pool, `select email from person where id = $1`, into), own)
			pgtest.Same(t, "addresses that lead there", pgtest.Texts(t, pool, `select email || ' ' || person_id from email_alias order by 1`), "ada@x.example "+string(into), "zoe@x.example "+string(into))
			slices.Sort(merged.Aliases)
			pgtest.Same(t, "as is said", merged.Aliases, "ada@x.example", "zoe@x.example")
			pgtest.Same(t, "ids that lead there", pgtest.Texts(t, pool, `select id || ' ' || person_id from person_alias`), string(from)+" "+string(into))
			pgtest.Same(t, "roles", pgtest.Texts(t, pool, `select person_id || ' ' || kind from hat order by kind`), string(into)+" administrator", string(into)+" steward")
			pgtest.Same(t, "whom they manage", pgtest.Texts(t, pool, `select id from person where manager_id = $1`, into), "cyd")
			pgtest.Same(t, "told", pgtest.Texts(t, pool, `select person_id || ' ' || code || ' ' || who_id from notice`), string(into)+" merged ben")
			pgtest.Same(t, "log", pgtest.Texts(t, pool, `select actor_id || ' ' || action || ' ' || noun_id || ' ' || (details ->> 'was') from audit_told`),
				"ben person.merge "+string(into)+" "+string(from))
		})
	}
}

func TestWhatOneSaysOfThemselvesIsFilledInFromTheOther(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool, twins...)
	pgtest.Put(t, pool, `update person set deactivated_at = '2026-04-01', active_from = '2020-01-01', active_until = '2026-03-31' where id = 'ada'`,
		`update person set active_from = '2026-02-01' where id = 'zoe'`)
	if _, err := db.People.Merge(context.Background(), pgtest.By(""), "zoe", "ada"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "person", pgtest.Texts(t, pool, `
		select concat_ws(', ', name, circle_id, hours_per_week, manager_id, about, attributes, deactivated_at, active_from, active_until)
		from person where id = 'ada'`), `Ada Reed, leaks, 6.00, ben, Valves., {"site": "S", "grade": "7"}, 2020-01-01`)
}

func TestNobodySpeaksForThemselvesOnceTheyAreOne(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool, twins...)
	pgtest.Put(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, hidden_at, note) values
		('ada', 'valve', 'peer', 5, '2026-03-01', 'zoe', null, ''), ('zoe', 'write', 'peer', 5, '2026-03-01', 'ada', null, ''),
		('ada', 'valve', 'self', 3, '2026-03-02', null, null, 'hers'), ('zoe', 'valve', 'self', 5, '2026-03-02', null, '2026-03-03', 'other'),
		('zoe', 'valve', 'self', 4, '2026-03-04', null, null, ''),
		('cyd', 'write', 'peer', 3, '2026-03-02', 'ada', null, 'ada says'), ('cyd', 'write', 'peer', 4, '2026-03-02', 'zoe', null, 'zoe says')`,
		`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values
			('ada', 'valve', 'zoe', now(), now()), ('ada', 'valve', 'ben', '2026-05-01', now()), ('zoe', 'valve', 'ben', '2026-05-02', now())`,
		`insert into notice (person_id, kind, code, about, who_id, of_id, made_at)
			select asked_of, 'asked', '', 'ask ' || id, person_id, id, now() from ask`,
		`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by, answered_at, evidence_id)
			select 'cyd', 'write', 'zoe', now(), now(), now(), id from evidence where note = 'zoe says'`)
	merged, err := db.People.Merge(context.Background(), pgtest.By(""), "zoe", "ada")
	if err != nil {
		t.Fatal(err)
	}
	if merged.Dropped != 2 {
		t.Errorf("%d endorsements dropped", merged.Dropped)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, `
		select concat_ws(' ', person_id, skill_id, kind, level, observed_on, given_by, hidden_at::date, note) from evidence order by 1`),
		"ada valve self 3 2026-03-02 2026-03-03 hers", "ada valve self 4 2026-03-04 ", "cyd write peer 3 2026-03-02 ada ada says")
	pgtest.Same(t, "asks", pgtest.Texts(t, pool, `
		select concat_ws(' ', ask.person_id, asked_of, evidence.note) from ask left join evidence on evidence.id = evidence_id order by 1`),
		"ada ben", "cyd ada ada says")
	pgtest.Same(t, "asked", pgtest.Texts(t, pool, `select person_id || ' ' || who_id from notice where kind = 'asked'`), "ben ada")
}

// claims are of ada and zoe in three windows: gathering, picked, and over.
var claims = []string{
	`insert into claim (id, window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at, with_person_id, coach_id, idempotency_key)
		select gen_random_uuid(), w.id, w.project_id, w.phase_id, c.person, c.state, '2026-05-01', c.at::timestamptz,
			case when c.state <> 'draft' then c.at::timestamptz end, c.beside, c.coach, '00000000-0000-0000-0000-000000000001'
		from (values
			('night', 'ada', 'submitted', '2026-05-02', 'ben', 'zoe'), ('night', 'zoe', 'submitted', '2026-05-03', 'ada', 'ben'),
			('night', 'ben', 'submitted', '2026-05-03', 'zoe', null)
		) c (project, person, state, at, beside, coach)
		join claim_window w on w.project_id = c.project and w.closed_at is null`,
}

func TestWhereBothClaimedTheLaterStandsAndNobodyIsTold(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool, pgtest.WaitingRows)
	pgtest.Put(t, pool, twins...)
	pgtest.Put(t, pool, claims...)
	pgtest.Put(t, pool, `insert into notice (person_id, kind, code, about, who_id, claim_id, made_at)
		select coalesce(with_person_id, coach_id), 'with', 'asked', 'claim ' || id, person_id, id, now() from claim`)
	// sensors is picked: zoe's claim is chosen and waits for its check by ada; ada's later one was not chosen.
	pgtest.Put(t, pool, `
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
			select id, project_id, phase_id, c.person, c.state, '2026-05-01', c.at::timestamptz, c.at::timestamptz
			from claim_window cross join (values ('zoe', 'chosen', '2026-05-02'), ('ada', 'submitted', '2026-05-03')) c (person, state, at)
			where project_id = 'sensors'`,
		`insert into pick (window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by, passed_on)
			select window_id, project_id, 1, id, 'only', '', 2, 1, now(), 'waiting', 'ben', '2026-06-01', '{ada,cyd,zoe}' from claim where state = 'chosen'`)
	if _, err := db.People.Merge(context.Background(), pgtest.By(""), "zoe", "ada"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "claims", pgtest.Texts(t, pool, `
		select concat_ws(' ', project_id, person_id, state, submitted_at::date, 'with', with_person_id, 'coach', coach_id) from claim order by 1`),
		"night ada submitted 2026-05-03 with coach ben", "night ada withdrawn 2026-05-02 with ben coach", "night ben submitted 2026-05-03 with ada coach",
		"sensors ada chosen 2026-05-02 with coach", "sensors ada withdrawn 2026-05-03 with coach")
	pgtest.Same(t, "the check, by those without a part", pgtest.Texts(t, pool, `select asked_of || ' ' || passed_on::text from pick`), "ben {cyd}")
	pgtest.Same(t, "told", pgtest.Texts(t, pool, `select person_id || ' ' || kind from notice order by 1`), "ada access", "ada with", "ben with")
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action from audit_event`), "person.merge")
}

func TestACheckOfWhatIsTheirOwnIsPassedOnAtOnce(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool, pgtest.WaitingRows)
	pgtest.Put(t, pool, twins...)
	pgtest.Put(t, pool, `
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
			select id, project_id, phase_id, 'ada', 'chosen', '2026-05-01', '2026-05-01', '2026-05-01' from claim_window where project_id = 'sensors'`,
		`insert into pick (window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by)
			select window_id, project_id, 1, id, 'only', '', 1, 1, now(), 'waiting', 'zoe', '2026-06-01' from claim`)
	if _, err := db.People.Merge(context.Background(), pgtest.By(""), "zoe", "ada"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "due", pgtest.Texts(t, pool, `select asked_of || ' ' || (answer_by at time zone 'utc') from pick`), "ada 2026-05-11 09:00:00")
}

func TestPlacesInOneProjectBecomeOne(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool, pgtest.WaitingRows)
	pgtest.Put(t, pool, twins...)
	pgtest.Put(t, pool, `
		insert into term (project_id, person_id, role, state, during, live_at) values
			('desk', 'ada', 'primary', 'live', '[2026-04-01,)', '2026-04-01'), ('desk', 'zoe', 'shadow', 'live', '[2026-05-01,)', '2026-05-01'),
			('night', 'ada', 'co', 'asked', null, null), ('night', 'zoe', 'co', 'live', '[2026-05-01,)', '2026-05-01'),
			('meter', 'ada', 'shadow', 'live', '[2026-05-11,)', '2026-05-11'), ('meter', 'zoe', 'shadow', 'live', '[2026-05-01,)', '2026-05-01'),
			('done', 'ada', 'primary', 'ended', '[2026-01-01,2026-01-10)', '2026-01-01'), ('done', 'zoe', 'co', 'ended', '[2026-01-01,2026-01-10)', '2026-01-01')`,
		`update person set hours_per_week = null`,
		`insert into member (project_id, person_id, joined_at, left_at, brings) values
			('desk', 'ada', '2026-05-02', null, ''), ('desk', 'zoe', '2026-05-01', null, 'pumps'), ('night', 'zoe', '2026-04-01', '2026-04-02', '')`,
		`insert into invite (window_id, project_id, person_id, band, state, made_at, answer_by)
			select claim_window.id, project_id, p.id, 1, p.state, now(), now()
			from claim_window cross join (values ('ada', 'declined'), ('zoe', 'waiting')) p (id, state) where project_id = 'night'`)
	if _, err := db.People.Merge(context.Background(), pgtest.By(""), "zoe", "ada"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "places", pgtest.Texts(t, pool, `select concat_ws(' ', project_id, person_id, role, state, during, end_reason) from term order by 1`),
		"desk ada primary live [2026-04-01,) ", "desk ada shadow ended [2026-05-01,2026-05-12) they were one person",
		"done ada co ended [2026-01-01,2026-01-10) ", "done ada primary ended [2026-01-01,2026-01-10) ",
		"meter ada shadow ended [2026-05-11,2026-05-12) they were one person", "meter ada shadow live [2026-05-01,) ",
		"night ada co live [2026-05-01,) ", "night ada co void ")
	pgtest.Same(t, "team", pgtest.Texts(t, pool, `select project_id || ' ' || brings from member where left_at is null`), "desk pumps")
	pgtest.Same(t, "invited", pgtest.Texts(t, pool, `select person_id || ' ' || state from invite`), "ada waiting")
}

func TestWhatIsInTheWayIsSaidAndNothingIsChanged(t *testing.T) {
	t.Parallel()
	live := func(rows string) string {
		return `insert into term (project_id, person_id, role, state, during, live_at) select v.p, v.w, v.r, v.s, '[2026-04-01,)', '2026-04-01' from (values ` + rows + `) v (p, w, r, s)`
	}
	rail := `insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 2, 'So that many lead.', now())`
	free := `update person set hours_per_week = null`
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"nothing":      {nil, ""},
		"two leads":    {[]string{rail, free, live(`('desk', 'ada', 'primary', 'live'), ('night', 'zoe', 'primary', 'live')`)}, ""},
		"three leads":  {[]string{rail, free, live(`('desk', 'ada', 'primary', 'live'), ('night', 'zoe', 'primary', 'live'), ('meter', 'zoe', 'primary', 'live')`)}, "Together they would lead 3, and the guardrail allows 2."},
		"over before":  {[]string{rail, live(`('desk', 'zoe', 'primary', 'live'), ('night', 'zoe', 'primary', 'live'), ('meter', 'zoe', 'primary', 'live')`), free}, ""},
		"hours":        {[]string{live(`('sensors', 'ada', 'primary', 'live'), ('night', 'zoe', 'co', 'live')`)}, "Together they would lead for 9 hours a week, and have 6."},
		"their hours":  {[]string{live(`('sensors', 'zoe', 'primary', 'live'), ('night', 'zoe', 'co', 'live')`)}, "Together they would lead for 9 hours a week, and have 6."},
		"beside":       {[]string{live(`('desk', 'ada', 'primary', 'live'), ('desk', 'zoe', 'co', 'live')`)}, "Ada Reed leads Drought Desk, and Ada R. leads it beside them. One of the two has to step down"},
		"handed on":    {[]string{live(`('desk', 'zoe', 'primary', 'handing_over')`)}, "Ada R. is handing on Drought Desk."},
		"coached":      {append([]string{live(`('night', 'ben', 'shadow', 'live')`)}, coached...), "Ada Reed is to lead Night Pressure with Ada R. as their coach"},
		"only shadows": {[]string{live(`('desk', 'ada', 'primary', 'live'), ('desk', 'zoe', 'shadow', 'live')`)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, pool := pgtest.People(t)
			pgtest.Put(t, pool, pgtest.WaitingRows)
			pgtest.Put(t, pool, twins...)
			pgtest.Put(t, pool, c.rows...)
			preview, err := db.People.MergeAhead(context.Background(), pgtest.By("ben"), "zoe", "ada")
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.People.Merge(context.Background(), pgtest.By("ben"), "zoe", "ada")
			var stops skein.Unmergeable
			if c.want == "" {
				if err != nil || len(preview.Stops) > 0 {
					t.Errorf("%v, said before: %v", err, preview.Stops)
				}
				return
			}
			if !errors.As(err, &stops) || !strings.HasPrefix(stops.Error(), c.want) || len(stops) != 1 || !slices.Equal(preview.Stops, []skein.MergeStop(stops)) {
				t.Errorf("%v, said before: %v", err, preview.Stops)
			}
			pgtest.Same(t, "people", pgtest.Texts(t, pool, `select id from person where id in ('ada', 'zoe') order by 1`), "ada", "zoe")
			pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action from audit_event`))
		})
	}
}

// coached is an offer to ada, whom zoe would coach.
var coached = []string{
	`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at, coach_id)
		select id, project_id, phase_id, 'ada', 'offered', '2026-05-01', '2026-05-01', '2026-05-01', 'zoe' from claim_window where project_id = 'night'`,
	`insert into term (project_id, person_id, role, state, claim_id) select project_id, person_id, 'primary', 'offered', id from claim`,
}

func TestMergingRefusesWhoIsNotTwo(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	for name, c := range map[string]struct {
		by, from, into skein.PersonID
		why            string
	}{
		"nobody goes":    {"ben", "nobody", "ada", "not found"},
		"into nobody":    {"ben", "ada", "nobody", "into: There is no such person"},
		"into themself":  {"ben", "ada", "ada", "into: That is the same person"},
		"into no choice": {"ben", "ada", "", "into: Choose whom"},
		"oneself":        {"ada", "ada", "ben", "keep: You are signed in as"},
	} {
		if _, err := db.People.Merge(context.Background(), pgtest.By(c.by), c.from, c.into); err == nil || !strings.HasPrefix(err.Error(), c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
	tx, err := pool.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background()) //nolint:errcheck // it changed nothing
	if _, err := tx.Exec(context.Background(), `select pg_advisory_xact_lock(hashtextextended('import', 0))`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.People.Merge(context.Background(), pgtest.By(""), "ada", "ben"); err == nil || !strings.Contains(err.Error(), "being imported") {
		t.Errorf("during an import: %v", err)
	}
}

// An id and an address that lead to somebody are nobody else's; who they lead to may have them.
func TestWhatLeadsToSomebodyIsNotGivenToSomebodyElse(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, twins...)
	if err := db.People.Rate(ctx, pgtest.By("zoe"), pgtest.Named("Valve data"), 4, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	if _, err := db.People.Merge(ctx, pgtest.By(""), "zoe", "ada"); err != nil {
		t.Fatal(err)
	}
	for name, sql := range map[string]string{
		"a new person of the id":      `insert into person (id, name) values ('zoe', 'Zoe')`,
		"somebody renamed":            `update person set id = 'zoe' where id = 'ben'`,
		"a new person of the address": `insert into person (id, name, email) values ('new', 'New', 'ZOE@x.example')`,
		"an account":                  `insert into account (person_id, email, made_at) values ('ben', 'Zoe@x.example', now())`,
	} {
		if _, err := pool.Exec(ctx, sql); err == nil {
			t.Errorf("%s: was let be", name)
		}
	}
	if kept, err := db.People.Kept(ctx, "zoe"); err != nil || kept != "ada" {
		t.Errorf("zoe leads to %q, %v", kept, err)
	}
	if err := db.People.Rename(ctx, pgtest.By(""), "ada", "zoe"); err != nil {
		t.Errorf("the kept takes the id of whom was merged: %v", err)
	}
	if _, err := db.People.Merge(ctx, pgtest.By(""), "zoe", "ben"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "ids that lead there", pgtest.Texts(t, pool, `select id || ' ' || person_id from person_alias order by 1`), "zoe ben", "zoe ben")
	pgtest.Same(t, "who did it", pgtest.Texts(t, pool, `select actor_id || ' ' || noun_id from audit_told where action = 'evidence.self'`), "ben ben")
	if _, err := db.People.Kept(ctx, "nobody"); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

// Whoever writes of somebody at the same moment comes before, and it follows; or after, and finds one person.
func TestMergingWhileOthersWrite(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Put(t, pool, twins...)
	tx, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, `insert into project (id, title, proposed_by) values ('new', 'New', 'zoe')`); err != nil {
		t.Fatal(err)
	}
	merged := make(chan error, 1)
	go func() {
		_, err := db.People.Merge(ctx, pgtest.By(""), "zoe", "ada")
		merged <- err
	}()
	for range 2000 {
		if len(pgtest.Texts(t, pool, `select '' from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)) > 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-merged; err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "proposed", pgtest.Texts(t, pool, `select proposed_by from project`), "ada")
}
