package peopledb_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

func saying(p peopledb.Profile) (list []string) {
	for _, s := range p.Skills {
		line := fmt.Sprintf("%s %s %d %s x%d", s.Name, s.Kind, s.Level, s.GiverName, s.Times)
		if s.Hidden {
			line += " hidden"
		}
		if s.AsSelf {
			line += " as self"
		}
		list = append(list, line)
	}
	return list
}

func TestProfileTakesTheLatestWordOfEachSource(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, `
		insert into person (id, name, circle_id) values ('dee', 'Dee Fox', 'leaks');
		insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, source) values
			('ada', 'valve', 'peer', 2, '2026-01-01', 'ben', null),
			('ada', 'valve', 'peer', 4, '2026-03-01', 'ben', null),
			('ada', 'valve', 'peer', 5, '2026-04-01', 'cyd', null),
			('ada', 'valve', 'outcome', 3, '2025-01-01', null, 'one'),
			('ada', 'valve', 'outcome', 4, '2025-06-01', null, 'two'),
			('ada', 'valve', 'self', 4, '2026-02-01', null, null),
			('ada', 'write', 'peer', 3, '2026-05-01', 'dee', null),
			('dee', 'write', 'peer', 3, '2026-04-01', 'ada', null);
		insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values ('ada', 'write', 'ben', '2026-05-10', '2026-05-24');
		insert into project (id, title, state) values ('desk', 'Drought Desk', 'led'), ('was', 'Pump Swap', 'completed');
		insert into term (project_id, person_id, state, during, ends_on) values
			('desk', 'ada', 'live', '[2026-04-01,)', '2026-06-30'), ('was', 'ada', 'ended', '[2025-01-01,2025-03-31]', '2025-03-31');
		insert into wish (person_id, skill_id, made_at) values ('ada', 'write', now())`)
	pgtest.Exec(t, pool, `update evidence set hidden_at = now() where given_by = 'dee'`)
	q := peopledb.ProfileQuery{Person: "ada", Viewer: "ada", Today: pgtest.Today}
	own, err := db.People.Profile(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "own page", saying(own),
		"plain writing peer 3 Dee Fox x1 hidden as self", // each endorsed the other
		"valve data outcome 4  x2",
		"valve data peer 5 Cyd Will x1 as self", // no circle and no project in common
		"valve data peer 4 Ben Moss x2",
		"valve data self 4  x1")
	if own.CircleName != "Leaks" || len(own.Asked) != 1 || own.Asked[0].OfName != "Ben Moss" || len(own.Wishes) != 1 {
		t.Errorf("own page %+v", own)
	}
	if len(own.Terms) != 2 || own.Terms[0].Title != "Drought Desk" || !own.Terms[0].Until.IsZero() || own.Terms[1].Until.IsZero() {
		t.Errorf("terms %+v", own.Terms)
	}
	q.Viewer = "ben"
	others, err := db.People.Profile(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(others.Skills) != 4 || others.Asked != nil {
		t.Errorf("somebody else's page %+v", others)
	}
	q.Person = "nobody"
	if _, err := db.People.Profile(context.Background(), q); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func names(l peopledb.PeopleList) (list []string) {
	for _, p := range l.People {
		list = append(list, p.Name)
	}
	return list
}

func TestPeopleAreListedByName(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `
		insert into circle (id, name, parent_id) values ('night', 'Night crew', 'leaks');
		insert into person (id, name, circle_id, about) values ('eve', 'eve Will', 'night', 'Runs incidents.');
		insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
			('ada', 'valve', 'self', 5, '2026-03-01', null), ('eve', 'valve', 'peer', 2, '2026-03-01', 'ada'),
			('eve', 'write', 'peer', 2, '2026-04-01', 'ben');
		insert into absence (person_id, from_on) values ('eve', '2026-05-01')`)
	for name, c := range map[string]struct {
		query peopledb.PeopleQuery
		want  []string
	}{
		"everybody active": {peopledb.PeopleQuery{}, []string{"Ada Reed", "Ben Moss", "Cyd Will", "eve Will"}},
		"a word of a name": {peopledb.PeopleQuery{Words: "wil"}, []string{"Cyd Will", "eve Will"}},
		"what they say":    {peopledb.PeopleQuery{Words: "incident"}, []string{"eve Will"}},
		"signs":            {peopledb.PeopleQuery{Words: "&|!:*'"}, nil},
		"circles within":   {peopledb.PeopleQuery{Circle: "leaks"}, []string{"Ada Reed", "Ben Moss", "eve Will"}},
		"a skill":          {peopledb.PeopleQuery{Skill: "Valve data"}, []string{"Ada Reed", "eve Will"}},
		"both":             {peopledb.PeopleQuery{Skill: "valve data", Circle: "night"}, []string{"eve Will"}},
	} {
		c.query.Today, c.query.Limit = pgtest.Today, 10
		list, err := db.People.People(ctx, c.query)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		pgtest.Same(t, name, names(list), c.want...)
		if list.Next != nil {
			t.Errorf("%s: there is no more", name)
		}
	}
	var read []string
	q := peopledb.PeopleQuery{Today: pgtest.Today, Limit: 3}
	for {
		list, err := db.People.People(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, names(list)...)
		if list.Next == nil {
			eve := list.People[len(list.People)-1]
			if !eve.Away || eve.Circle != "Night crew" {
				t.Errorf("%+v", eve)
			}
			pgtest.Same(t, "known", eve.Known, "plain writing", "valve data")
			break
		}
		q.After = *list.Next
	}
	pgtest.Same(t, "page by page", read, "Ada Reed", "Ben Moss", "Cyd Will", "eve Will")
}

func TestWelcomeKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	hours := 4.0
	w := peopledb.Welcome{
		Known: []peopledb.Rating{{Skill: pgtest.Named("valve data"), Level: 4}, {Skill: pgtest.Named("Phone apps"), Level: 3}}, Wishes: []skein.Skill{pgtest.Named("plain writing")},
		Hours: &hours, Colleagues: []skein.PersonID{"ben", "cyd", "old"},
	}
	if err := db.People.Welcome(ctx, pgtest.By("ada"), w, pgtest.Today); !refusedAt(err, "colleague") {
		t.Fatalf("somebody who left is asked: %v", err)
	}
	pgtest.Same(t, "nothing", pgtest.Texts(t, pool, said))
	pgtest.Same(t, "nothing", pgtest.Texts(t, pool, `select name from skill where name = 'Phone apps'`))
	w.Colleagues = w.Colleagues[:2]
	if err := db.People.Welcome(ctx, pgtest.By("ada"), w, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said), "ada valve data self 4 2026-05-11", "ada Phone apps self 3 2026-05-11")
	pgtest.Same(t, "asks", pgtest.Texts(t, pool, `select asked_of || ' ' || skill.name from ask join skill on skill.id = skill_id order by asked_of`),
		"ben valve data", "cyd Phone apps")
	p, err := db.People.Person(ctx, "ada")
	if err != nil || *p.HoursPerWeek != 4 || !p.WelcomedAt.Equal(pgtest.Monday) {
		t.Errorf("%+v, %v", p, err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event order by id`),
		"person.welcome", "evidence.self", "skill.create", "evidence.self", "wish.add", "ask.create", "ask.create")
}

func TestTwoMayNameTheSameNewSkillsCrosswise(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	done := make(chan error)
	for range 4 {
		for id, names := range map[skein.PersonID][2]string{"ada": {"Weirs", "Locks"}, "ben": {"locks", "weirs"}} {
			go func() {
				done <- db.People.Welcome(context.Background(), pgtest.By(id), peopledb.Welcome{
					Known: []peopledb.Rating{{Skill: pgtest.Named(names[0]), Level: 3}, {Skill: pgtest.Named(names[1]), Level: 3}},
				}, pgtest.Today)
			}()
		}
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	pgtest.Same(t, "skills", pgtest.Texts(t, pool, `select count(*)::text from skill where lower(name) in ('weirs', 'locks')`), "2")
}

func TestLedBeforeAsksForAWord(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	lead := peopledb.EarlierLead{What: "the pump swap of 2023", Known: peopledb.Rating{Skill: pgtest.Named("valve data"), Level: 3}, Colleague: "ben"}
	if err := db.People.LedBefore(context.Background(), pgtest.By("ada"), lead, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "asks", pgtest.Texts(t, pool, `select asked_of || ' ' || about from ask`), "ben the pump swap of 2023")
}

func TestOffersAndNames(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `
		insert into person (id, name, circle_id, email) values ('ben2', 'ben moss', 'river', 'b2@example.org');
		insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ben', 'valve', 'self', 4, '2026-03-01'), ('cyd', 'write', 'self', 4, '2026-03-01')`)
	offers, err := db.People.Offers(ctx, "ada", pgtest.Today)
	if err != nil {
		t.Fatal(err)
	}
	if offers.Circle != "Leaks" || len(offers.Skills) != 1 || offers.Skills[0].Name != "valve data" ||
		len(offers.Colleagues) != 1 || offers.Colleagues[0].ID != "ben" || len(offers.Known) != 2 {
		t.Errorf("%+v", offers)
	}
	found, err := db.People.PeopleNamed(ctx, []string{"Ben Moss", "BEN MOSS (River Care)", "b2@example.org", "Olga Gone", "x"}, pgtest.Today)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]int{"Ben Moss": 2, "BEN MOSS (River Care)": 1, "b2@example.org": 1, "Olga Gone": 0, "x": 0} {
		if len(found[word]) != want {
			t.Errorf("%q names %v", word, found[word])
		}
	}
}

func TestMyDataHoldsMyMatchesAndNobodyElses(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Exec(t, pool, `
		update person set attributes = '{"grade": "G7"}';
		insert into claim (window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, place, fit)
			select id, project_id, phase_id, 'ada', 'chosen', 'I know them.', '2026-05-02'::timestamptz, '2026-05-02'::timestamptz, 1, .75
			from claim_window where project_id = 'sensors'
			union all
			select id, project_id, phase_id, 'ben', 'not_chosen', 'A secret of Ben.', '2026-05-02', '2026-05-02', 2, .5
			from claim_window where project_id = 'sensors';
		insert into pick (window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by)
			select window_id, project_id, 1, id, 'best', 'Best placed.', 2, 1, '2026-05-10', 'waiting', 'cyd', '2026-05-12'
			from claim where person_id = 'ada'`)
	match := func() map[string]any {
		raw, err := db.People.MyData(ctx, "ada")
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"A secret of Ben", "G7", "attributes"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("holds %q", secret)
			}
		}
		var data struct{ Matches []map[string]any }
		if err := json.Unmarshal(raw, &data); err != nil || len(data.Matches) != 1 {
			t.Fatalf("%v: %s", err, raw)
		}
		return data.Matches[0]
	}
	if m := match(); m["state"] != "submitted" || m["place"] != nil || m["fit"] != nil {
		t.Errorf("told before the pick was checked: %v", m)
	}
	pgtest.Exec(t, pool, `update pick set state = 'confirmed', answered_at = now()`)
	if m := match(); m["state"] != "chosen" || m["place"] != 1.0 || m["fit"] != 0.75 {
		t.Errorf("own match: %v", m)
	}
	if _, err := db.People.MyData(ctx, "nobody"); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

// How they sign in is theirs to see: the organisation's account, passkeys by name, and what is demanded of them; nothing
// by which anybody comes in.
func TestMyDataHoldsHowISignIn(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Put(t, pool,
		`insert into account (person_id, email, password_hash, made_at) values ('ada', 'ada@x.example', 'Ahash', now()), ('ben', 'ben@x.example', '', now())`,
		`insert into identity (issuer, subject, person_id, linked_at, used_at) values ('https://id.x.example', 'subject-of-ada', 'ada', now(), now()), ('https://id.x.example', 'subject-of-ben', 'ben', now(), now())`,
		`insert into passkey (person_id, credential, public_key, handle, may_back_up, backed_up, host, name, made_at)
			values ('ada', 'Acredential', 'Akey', 'Ahandle', false, false, 'x.example', 'My phone', now()), ('ben', 'Another', 'x', 'x', false, false, 'x.example', 'Phone of Ben', now())`,
		`insert into recovery_code (code_hash, person_id, made_at) values ('Acode', 'ada', now())`,
		`insert into hat (person_id, kind, given_at) values ('ada', 'executive', now())`,
		`update sign_in_rule set second_step = true`,
	)
	raw, err := db.People.MyData(context.Background(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		OrganisationAccounts []struct{ Issuer, Subject string } `json:"organisation_accounts"`
		Passkeys             []struct{ Name, Host string }
		RecoveryCodes        []map[string]any `json:"recovery_codes"`
		Demanded             bool             `json:"second_step_demanded"`
	}
	if err := json.Unmarshal(raw, &data); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(data.OrganisationAccounts, data.Passkeys, len(data.RecoveryCodes), data.Demanded); got != "[{https://id.x.example subject-of-ada}] [{My phone x.example}] 1 true" {
		t.Error(got)
	}
	for _, secret := range []string{"Ahash", hex.EncodeToString([]byte("Acredential")), hex.EncodeToString([]byte("Akey")), hex.EncodeToString([]byte("Ahandle")), hex.EncodeToString([]byte("Acode")), "of-ben", "of Ben"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("holds %q", secret)
		}
	}
}
