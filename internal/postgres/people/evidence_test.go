package peopledb_test

import (
	"context"
	"errors"
	"testing"
	"time"

	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

const said = `
	select concat_ws(' ', person_id, skill.name, evidence.kind, level, observed_on, given_by, source,
		case when hidden_at is not null then 'hidden' end)
	from evidence
	join skill on skill.id = evidence.skill_id
	order by observed_on, skill.name collate "C" desc, evidence.id`

func TestRatingTwiceInADayKeepsTheLaterWord(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	for _, level := range []int{2, 4} {
		if err := db.People.Rate(ctx, pgtest.By("ada"), pgtest.Named(" Valve  Data "), level, pgtest.Today); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.People.Reaffirm(ctx, pgtest.By("ada"), "valve", pgtest.Today.AddDate(0, 1, 0)); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said), "ada valve data self 4 2026-05-11", "ada valve data self 4 2026-06-11")
	if err := db.People.Unrate(ctx, pgtest.By("ada"), "valve"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said))
	if err := db.People.Reaffirm(ctx, pgtest.By("ada"), "valve", pgtest.Today); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("reaffirmed what was not said: %v", err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event order by id`),
		"evidence.self", "evidence.self", "evidence.self", "evidence.withdraw")
}

func TestRatingMakesANewSkillOnce(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	done := make(chan error)
	for _, id := range []skein.PersonID{"ada", "ben", "cyd"} {
		go func() { done <- db.People.Rate(ctx, pgtest.By(id), pgtest.Named("Night flows"), 3, pgtest.Today) }()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	pgtest.Same(t, "skills", pgtest.Texts(t, pool, `select kind from skill where lower(name) = 'night flows'`), "domain")
	for _, bad := range []string{"", "  "} {
		if err := db.People.Rate(ctx, pgtest.By("ada"), pgtest.Named(bad), 3, pgtest.Today); !errors.As(err, new(skein.Invalid)) {
			t.Errorf("skill %q: %v", bad, err)
		}
	}
	if err := db.People.Rate(ctx, pgtest.By("ada"), pgtest.Named("valve data"), 6, pgtest.Today); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("level 6: %v", err)
	}
}

// However somebody writes a skill, by its name or by the id that a file gave it, it is the one that is there.
func TestASkillIsFoundHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, `insert into skill (id, name) values ('s1', 'Résumé  Writing'), ('boat craft', 'Handling boats')`)
	done := make(chan error)
	for _, c := range []struct {
		who     skein.PersonID
		written string
	}{
		{"ada", "re\u0301sume\u0301 writing"},
		{"ben", "RÉSUMÉ WRITING"},
		{"cyd", "Ｒésumé\u00a0writing"},
		{"ada", "BOAT  craft"},
		{"ben", "handling BOATS"},
		{"ada", "straße"},
		{"ben", "STRAẞE"},
		{"cyd", "Stra\u00dfe"},
	} {
		go func() {
			done <- db.People.Rate(context.Background(), pgtest.By(c.who), pgtest.Named(c.written), 3, pgtest.Today)
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	pgtest.Same(t, "rated", pgtest.Texts(t, pool, `
		select string_agg(person_id, ' ' order by person_id) || ': ' || lower(min(skill.name))
		from evidence
		join skill on skill.id = skill_id
		group by skill_id
		order by 1`), "ada ben cyd: résumé  writing", "ada ben cyd: straße", "ada ben: handling boats")
}

func TestASkillWithAnIDIsMadeUnderIt(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	practice := skein.Skill{ID: "practice-incidents", Name: "Running incidents", Kind: skein.Practice}
	for _, id := range []skein.PersonID{"ada", "ben"} {
		if err := db.People.Rate(context.Background(), pgtest.By(id), practice, 3, pgtest.Today); err != nil {
			t.Fatal(err)
		}
	}
	pgtest.Same(t, "skills", pgtest.Texts(t, pool, `select id || ' ' || kind from skill where name = 'Running incidents'`), "practice-incidents practice")
}

func TestEndorsingTellsThemAndLeavesThemTheChoice(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	if err := db.People.Endorse(ctx, pgtest.By("ben"), "ada", pgtest.Named("valve data"), skein.Answer{Level: 4}, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "notice", pgtest.Texts(t, pool, `select concat_ws(' ', person_id, kind, who_id, skill_id, level) from notice`), "ada endorsed ben valve 4")
	if err := db.People.ShowEvidence(ctx, pgtest.By("ada"), "valve", skein.Peer, "ben", false); err != nil {
		t.Fatal(err)
	}
	if err := db.People.Endorse(ctx, pgtest.By("ben"), "ada", pgtest.Named("valve data"), skein.Answer{Level: 5}, pgtest.Today.AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said),
		"ada valve data peer 4 2026-05-11 ben hidden", "ada valve data peer 5 2026-05-12 ben hidden")
	if err := db.People.ShowEvidence(ctx, skein.NewBy("ada", pgtest.Monday.Add(time.Hour), time.UTC), "valve", skein.Peer, "ben", true); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "the giver is told", pgtest.Texts(t, pool, `select concat_ws(' ', kind, code, who_id, skill_id) from notice where person_id = 'ben' order by code`),
		"shown no ada valve", "shown yes ada valve")
	// Nobody hides what is said of somebody else.
	if err := db.People.ShowEvidence(ctx, pgtest.By("cyd"), "valve", skein.Peer, "ben", false); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "hidden", pgtest.Texts(t, pool, `select id::text from evidence where hidden_at is not null`))
	// Level 0 takes one's word back.
	if err := db.People.Endorse(ctx, pgtest.By("ben"), "ada", pgtest.Named("valve data"), skein.Answer{Level: 0}, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said))
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select actor_id || ' ' || action from audit_told order by id`),
		"ben evidence.peer", "ada evidence.hide", "ben evidence.peer", "ada evidence.show", "ben evidence.withdraw")
}

func TestEndorsingRefuses(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	answer := skein.Answer{Level: 4}
	if err := db.People.Endorse(ctx, pgtest.By("ada"), "ada", pgtest.Named("valve data"), answer, pgtest.Today); !errors.As(err, new(skein.Refused)) {
		t.Errorf("oneself: %v", err)
	}
	for _, nobody := range []skein.PersonID{"old", "nobody"} {
		if err := db.People.Endorse(ctx, pgtest.By("ada"), nobody, pgtest.Named("valve data"), answer, pgtest.Today); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("%s: %v", nobody, err)
		}
	}
	if err := db.People.Endorse(ctx, pgtest.By("ada"), "ben", pgtest.Named("valve data"), skein.Answer{Level: 7}, pgtest.Today); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("level 7: %v", err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said))
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select action from audit_event`))
}

func TestAskingAColleague(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	survey := peopledb.EarlierLead{What: "the valve survey of 2024", Known: peopledb.Rating{Skill: pgtest.Named("valve data"), Level: 3}, Colleague: "ben"}
	for range 2 { // a question that waits is not put twice
		if err := db.People.LedBefore(ctx, pgtest.By("ada"), survey, pgtest.Today); err != nil {
			t.Fatal(err)
		}
	}
	ids := pgtest.Texts(t, pool, `select id::text from ask`)
	if len(ids) != 1 {
		t.Fatalf("%d asks", len(ids))
	}
	id := skein.AskID(ids[0])
	pgtest.Same(t, "notice", pgtest.Texts(t, pool, `select concat_ws(' ', person_id, kind, who_id, skill_id, of_id) from notice`), "ben asked ada valve "+ids[0])
	for _, other := range []skein.PersonID{"ada", "cyd"} {
		if _, err := db.People.Ask(ctx, id, other); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("%s sees it: %v", other, err)
		}
		if err := db.People.AnswerAsk(ctx, pgtest.By(other), id, skein.Answer{Level: 5}, pgtest.Today); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("%s answers it: %v", other, err)
		}
	}
	if _, err := db.People.Ask(ctx, "no uuid", "ben"); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("no such ask: %v", err)
	}
	ask, err := db.People.Ask(ctx, id, "ben")
	if err != nil || ask.PersonName != "Ada Reed" || ask.SkillName != "valve data" || ask.SaidBefore != 0 ||
		!ask.AnswerBy.Equal(pgtest.Monday.Add(skein.AskClock)) {
		t.Fatalf("got %+v, %v", ask, err)
	}
	if err := db.People.AnswerAsk(ctx, pgtest.By("ben"), id, skein.Answer{Level: 3}, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said+` offset 1`), "ada valve data peer 3 2026-05-11 ben the valve survey of 2024")
	if err := db.People.AnswerAsk(ctx, pgtest.By("ben"), id, skein.Answer{Level: 5}, pgtest.Today); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("twice: %v", err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select actor_id || ' ' || action from audit_told order by id`),
		"ada evidence.self", "ada ask.create", "ada evidence.self", "ben ask.answer", "ben evidence.peer")
}

func TestNotBeingAbleToSaySaysNothing(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'self', 3, '2026-05-01')`)
	if err := db.People.AskAbout(ctx, pgtest.By("ada"), []skein.PersonID{"ben"}, skein.Skill{ID: "valve"}, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	id := skein.AskID(pgtest.Texts(t, pool, `select id::text from ask`)[0])
	if err := db.People.AnswerAsk(ctx, pgtest.By("ben"), id, skein.Answer{CannotSay: true}, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, said), "ada valve data self 3 2026-05-01")
}

func TestAskRefusesOneselfAndWhoLeft(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'self', 3, '2026-05-01')`)
	if err := db.People.AskAbout(ctx, pgtest.By("ada"), []skein.PersonID{"ada"}, skein.Skill{ID: "valve"}, pgtest.Today); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("oneself: %v", err)
	}
	if err := db.People.AskAbout(ctx, pgtest.By("ada"), []skein.PersonID{"old"}, skein.Skill{ID: "valve"}, pgtest.Today); !refusedAt(err, "colleague") {
		t.Errorf("gone: %v", err)
	}
	if err := db.People.AskAbout(ctx, pgtest.By("ada"), []skein.PersonID{"ben"}, skein.Skill{ID: "nothing"}, pgtest.Today); !refusedAt(err, "about_skill") {
		t.Errorf("no such skill: %v", err)
	}
}

func TestALapsedAskMayBePutAgain(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	pgtest.Exec(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'self', 3, '2026-05-01')`)
	if err := db.People.AskAbout(ctx, pgtest.By("ada"), []skein.PersonID{"ben"}, skein.Skill{ID: "valve"}, pgtest.Today); err != nil {
		t.Fatal(err)
	}
	later := skein.NewBy("ada", pgtest.Monday.Add(skein.AskClock), time.UTC)
	if err := db.People.AskAbout(ctx, later, []skein.PersonID{"ben"}, skein.Skill{ID: "valve"}, later.Day); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "asks", pgtest.Texts(t, pool, `select (answered_at is null)::text from ask order by asked_at`), "false", "true")
}

func TestWishes(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	ctx := context.Background()
	for range 2 {
		if err := db.People.AddWish(ctx, pgtest.By("ada"), pgtest.Named("Plain writing")); err != nil {
			t.Fatal(err)
		}
	}
	pgtest.Same(t, "wishes", pgtest.Texts(t, pool, `select person_id || ' ' || skill_id from wish`), "ada write")
	if err := db.People.RemoveWish(ctx, pgtest.By("ben"), "write"); err != nil {
		t.Fatal(err)
	}
	if err := db.People.RemoveWish(ctx, pgtest.By("ada"), "write"); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "audit", pgtest.Texts(t, pool, `select actor_id || ' ' || action from audit_told order by id`),
		"ada wish.add", "ada wish.remove")
}

// refusedAt tells whether something was refused at that field.
func refusedAt(err error, field string) bool {
	var bad skein.Invalid
	return errors.As(err, &bad) && bad.On(field) != ""
}
