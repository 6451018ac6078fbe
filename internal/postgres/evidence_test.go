package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"skein/internal/postgres"
	"skein/internal/skein"
)

const said = `
	select concat_ws(' ', person_id, skill.name, evidence.kind, level, observed_on, given_by, source,
		case when hidden_at is not null then 'hidden' end)
	from evidence
	join skill on skill.id = evidence.skill_id
	order by observed_on, evidence.id`

func TestRatingTwiceInADayKeepsTheLaterWord(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	for _, level := range []int{2, 4} {
		if err := db.Rate(ctx, by("ada"), named(" Valve  Data "), level, today); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Reaffirm(ctx, by("ada"), "valve", today.AddDate(0, 1, 0)); err != nil {
		t.Fatal(err)
	}
	same(t, "evidence", texts(t, pool, said), "ada valve data self 4 2026-05-11", "ada valve data self 4 2026-06-11")
	if err := db.Unrate(ctx, by("ada"), "valve"); err != nil {
		t.Fatal(err)
	}
	same(t, "evidence", texts(t, pool, said))
	if err := db.Reaffirm(ctx, by("ada"), "valve", today); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("reaffirmed what was not said: %v", err)
	}
	same(t, "audit", texts(t, pool, `select action from audit_event order by id`),
		"evidence.self", "evidence.self", "evidence.self", "evidence.withdraw")
}

func TestRatingMakesANewSkillOnce(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	done := make(chan error)
	for _, id := range []skein.PersonID{"ada", "ben", "cyd"} {
		go func() { done <- db.Rate(ctx, by(id), named("Night flows"), 3, today) }()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	same(t, "skills", texts(t, pool, `select kind from skill where lower(name) = 'night flows'`), "domain")
	for _, bad := range []string{"", "  "} {
		if err := db.Rate(ctx, by("ada"), named(bad), 3, today); !errors.As(err, new(skein.Invalid)) {
			t.Errorf("skill %q: %v", bad, err)
		}
	}
	if err := db.Rate(ctx, by("ada"), named("valve data"), 6, today); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("level 6: %v", err)
	}
}

func TestASkillWithAnIDIsMadeUnderIt(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	practice := skein.Skill{ID: "practice-incidents", Name: "Running incidents", Kind: skein.Practice}
	for _, id := range []skein.PersonID{"ada", "ben"} {
		if err := db.Rate(context.Background(), by(id), practice, 3, today); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "skills", texts(t, pool, `select id || ' ' || kind from skill where name = 'Running incidents'`), "practice-incidents practice")
}

func TestEndorsingTellsThemAndLeavesThemTheChoice(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	if err := db.Endorse(ctx, by("ben"), "ada", named("valve data"), skein.Answer{Level: 4}, today); err != nil {
		t.Fatal(err)
	}
	same(t, "notice", texts(t, pool, `select concat_ws(' ', person_id, kind, who_id, skill_id, level) from notice`), "ada endorsed ben valve 4")
	if err := db.ShowEvidence(ctx, by("ada"), "valve", "ben", false); err != nil {
		t.Fatal(err)
	}
	if err := db.Endorse(ctx, by("ben"), "ada", named("valve data"), skein.Answer{Level: 5}, today.AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	same(t, "evidence", texts(t, pool, said),
		"ada valve data peer 4 2026-05-11 ben hidden", "ada valve data peer 5 2026-05-12 ben hidden")
	if err := db.ShowEvidence(ctx, skein.NewBy("ada", monday.Add(time.Hour), time.UTC), "valve", "ben", true); err != nil {
		t.Fatal(err)
	}
	same(t, "the giver is told", texts(t, pool, `select concat_ws(' ', kind, code, who_id, skill_id) from notice where person_id = 'ben' order by code`),
		"shown no ada valve", "shown yes ada valve")
	// Nobody hides what is said of somebody else.
	if err := db.ShowEvidence(ctx, by("cyd"), "valve", "ben", false); err != nil {
		t.Fatal(err)
	}
	same(t, "hidden", texts(t, pool, `select id::text from evidence where hidden_at is not null`))
	// Level 0 takes one's word back.
	if err := db.Endorse(ctx, by("ben"), "ada", named("valve data"), skein.Answer{Level: 0}, today); err != nil {
		t.Fatal(err)
	}
	same(t, "evidence", texts(t, pool, said))
	same(t, "audit", texts(t, pool, `select actor_id || ' ' || action from audit_event order by id`),
		"ben evidence.peer", "ada evidence.hide", "ben evidence.peer", "ada evidence.show", "ben evidence.withdraw")
}

func TestEndorsingRefuses(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	answer := skein.Answer{Level: 4}
	if err := db.Endorse(ctx, by("ada"), "ada", named("valve data"), answer, today); !errors.As(err, new(skein.Refused)) {
		t.Errorf("oneself: %v", err)
	}
	for _, nobody := range []skein.PersonID{"old", "nobody"} {
		if err := db.Endorse(ctx, by("ada"), nobody, named("valve data"), answer, today); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("%s: %v", nobody, err)
		}
	}
	if err := db.Endorse(ctx, by("ada"), "ben", named("valve data"), skein.Answer{Level: 7}, today); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("level 7: %v", err)
	}
	same(t, "evidence", texts(t, pool, said))
	same(t, "audit", texts(t, pool, `select action from audit_event`))
}

func TestAskingAColleague(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	survey := postgres.EarlierLead{What: "the valve survey of 2024", Known: postgres.Rating{Skill: named("valve data"), Level: 3}, Colleague: "ben"}
	for range 2 { // a question that waits is not put twice
		if err := db.LedBefore(ctx, by("ada"), survey, today); err != nil {
			t.Fatal(err)
		}
	}
	ids := texts(t, pool, `select id::text from ask`)
	if len(ids) != 1 {
		t.Fatalf("%d asks", len(ids))
	}
	id := skein.AskID(ids[0])
	same(t, "notice", texts(t, pool, `select concat_ws(' ', person_id, kind, who_id, skill_id, of_id) from notice`), "ben asked ada valve "+ids[0])
	for _, other := range []skein.PersonID{"ada", "cyd"} {
		if _, err := db.Ask(ctx, id, other); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("%s sees it: %v", other, err)
		}
		if err := db.AnswerAsk(ctx, by(other), id, skein.Answer{Level: 5}, today); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("%s answers it: %v", other, err)
		}
	}
	if _, err := db.Ask(ctx, "no uuid", "ben"); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("no such ask: %v", err)
	}
	ask, err := db.Ask(ctx, id, "ben")
	if err != nil || ask.PersonName != "Ada Reed" || ask.SkillName != "valve data" || ask.SaidBefore != 0 ||
		!ask.AnswerBy.Equal(monday.Add(skein.AskClock)) {
		t.Fatalf("got %+v, %v", ask, err)
	}
	if err := db.AnswerAsk(ctx, by("ben"), id, skein.Answer{Level: 3}, today); err != nil {
		t.Fatal(err)
	}
	same(t, "evidence", texts(t, pool, said+` offset 1`), "ada valve data peer 3 2026-05-11 ben the valve survey of 2024")
	if err := db.AnswerAsk(ctx, by("ben"), id, skein.Answer{Level: 5}, today); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("twice: %v", err)
	}
	same(t, "audit", texts(t, pool, `select actor_id || ' ' || action from audit_event order by id`),
		"ada evidence.self", "ada ask.create", "ada evidence.self", "ben ask.answer", "ben evidence.peer")
}

func TestNotBeingAbleToSaySaysNothing(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	exec(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'self', 3, '2026-05-01')`)
	if err := db.AskAbout(ctx, by("ada"), []skein.PersonID{"ben"}, skein.Skill{ID: "valve"}, today); err != nil {
		t.Fatal(err)
	}
	id := skein.AskID(texts(t, pool, `select id::text from ask`)[0])
	if err := db.AnswerAsk(ctx, by("ben"), id, skein.Answer{CannotSay: true}, today); err != nil {
		t.Fatal(err)
	}
	same(t, "evidence", texts(t, pool, said), "ada valve data self 3 2026-05-01")
}

func TestAskRefusesOneselfAndWhoLeft(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	exec(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'self', 3, '2026-05-01')`)
	if err := db.AskAbout(ctx, by("ada"), []skein.PersonID{"ada"}, skein.Skill{ID: "valve"}, today); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("oneself: %v", err)
	}
	if err := db.AskAbout(ctx, by("ada"), []skein.PersonID{"old"}, skein.Skill{ID: "valve"}, today); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("gone: %v", err)
	}
	if err := db.AskAbout(ctx, by("ada"), []skein.PersonID{"ben"}, skein.Skill{ID: "nothing"}, today); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("no such skill: %v", err)
	}
}

func TestALapsedAskMayBePutAgain(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	exec(t, pool, `insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'self', 3, '2026-05-01')`)
	if err := db.AskAbout(ctx, by("ada"), []skein.PersonID{"ben"}, skein.Skill{ID: "valve"}, today); err != nil {
		t.Fatal(err)
	}
	later := skein.NewBy("ada", monday.Add(skein.AskClock), time.UTC)
	if err := db.AskAbout(ctx, later, []skein.PersonID{"ben"}, skein.Skill{ID: "valve"}, later.Day); err != nil {
		t.Fatal(err)
	}
	same(t, "asks", texts(t, pool, `select (answered_at is null)::text from ask order by asked_at`), "false", "true")
}

func TestWishes(t *testing.T) {
	t.Parallel()
	db, pool := people(t)
	ctx := context.Background()
	for range 2 {
		if err := db.AddWish(ctx, by("ada"), named("Plain writing")); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "wishes", texts(t, pool, `select person_id || ' ' || skill_id from wish`), "ada write")
	if err := db.RemoveWish(ctx, by("ben"), "write"); err != nil {
		t.Fatal(err)
	}
	if err := db.RemoveWish(ctx, by("ada"), "write"); err != nil {
		t.Fatal(err)
	}
	same(t, "audit", texts(t, pool, `select actor_id || ' ' || action from audit_event order by id`),
		"ada wish.add", "ada wish.remove")
}
