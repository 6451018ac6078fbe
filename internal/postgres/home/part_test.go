package homedb_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/postgres"
	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Whoever is to lead beside the chosen finds that on their home page, once, and no smaller place beside it.
func TestHomeSaysWhomOneIsToLeadBeside(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('una', 'Una'), ('tam', 'Tam')`,
		`insert into project (id, title, state) values ('p', 'Pumps', 'open')`,
		`insert into phase (project_id) values ('p')`,
		`insert into claim_window (project_id, phase_id, opened_at, closed_at, told_at, state, seed, claimed)
			select 'p', id, now(), now(), now(), 'picked', 's', 1 from phase`,
		`insert into claim (project_id, phase_id, window_id, person_id, state, with_person_id, with_agreed_at, drafted_at, changed_at, submitted_at)
			select 'p', phase_id, id, 'tam', 'accepted', 'una', now(), now(), now(), now() from claim_window`,
		`insert into term (project_id, person_id, state, claim_id) select 'p', 'tam', 'accepted', id from claim`,
		`insert into term (project_id, person_id, role, state, during) values ('p', 'una', 'shadow', 'live', '[2026-01-01,)')`,
		`insert into member (project_id, person_id, joined_at) values ('p', 'una', now())`,
	)
	parts := func() string {
		home, err := postgres.New(pool).Home.Home(t.Context(), homedb.HomeQuery{Person: "una", Now: time.Now(), Today: skein.Day(time.Now())})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range home.Parts {
			all = append(all, string(p.Kind)+" "+p.Coming)
		}
		return strings.Join(all, ", ")
	}
	if got := parts(); got != "beside Tam" {
		t.Error(got)
	}
	pgtest.Put(t, pool, `update claim set with_agreed_at = null`)
	if got := parts(); got != "shadow Tam" {
		t.Error("who has not said yes: " + got)
	}
}

// A lead is being reconsidered as long as somebody holds it, also where a file renews it from a later day: those who have a
// part in it read the same as its lead.
func TestHomeSaysOfAPartWhetherItIsReconsidered(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('una', 'Una'), ('tam', 'Tam')`,
		`insert into project (id, title, state) values ('p', 'Pumps', 'led')`,
		`insert into term (project_id, person_id, role, state, during) values ('p', 'tam', 'primary', 'live', '[2026-01-01,)')`,
		`insert into reconsideration (project_id, term_id, state, opened_at, due) select 'p', id, 'open', now(), now() from term`,
		`insert into member (project_id, person_id, joined_at) values ('p', 'una', now())`,
	)
	for _, state := range []string{"live", "handing_over"} {
		pgtest.Put(t, pool, `update term set state = '`+state+`'`)
		for who, again := range map[skein.PersonID]func(homedb.Home) bool{
			"una": func(h homedb.Home) bool { return h.Parts[0].Reconsidered },
			"tam": func(h homedb.Home) bool { return h.Terms[0].Reconsidered },
		} {
			home, err := postgres.New(pool).Home.Home(t.Context(), homedb.HomeQuery{Person: who, Now: time.Now(), Today: skein.Day(time.Now())})
			if err != nil {
				t.Fatal(err)
			}
			if !again(home) {
				t.Errorf("%s: %s does not read that it is reconsidered", state, who)
			}
		}
	}
}

// Who leads something beside its lead, and who is in its team, read that it is handed on while it is. Who has no
// last day reads none, also where the project has one.
func TestHomeSaysToThoseBesideThatItIsHandedOn(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('una', 'Una'), ('tam', 'Tam'), ('kim', 'Kim')`,
		`insert into project (id, title, state, end_on) values ('p', 'Pumps', 'led', '2030-01-01')`,
		`insert into term (project_id, person_id, role, state, during) values ('p', 'tam', 'primary', 'live', '[2026-01-01,)'), ('p', 'kim', 'co', 'live', '[2026-01-01,)')`,
		`insert into member (project_id, person_id, joined_at) values ('p', 'una', now())`,
	)
	read := func(who skein.PersonID) homedb.Home {
		home, err := postgres.New(pool).Home.Home(t.Context(), homedb.HomeQuery{Person: who, Now: time.Now(), Today: skein.Day(time.Now())})
		if err != nil {
			t.Fatal(err)
		}
		return home
	}
	for _, step := range []struct {
		sql  string
		want bool
	}{
		{`update term set state = 'live' where role = 'primary'`, false},
		{`update term set state = 'handing_over' where role = 'primary'`, true},
	} {
		pgtest.Put(t, pool, step.sql)
		if beside, team := read("kim").Terms[0].Leaving, read("una").Parts[0].Leaving; beside != step.want || team != step.want {
			t.Errorf("%s: beside %v, in the team %v, want %v", step.sql, beside, team, step.want)
		}
	}
	if day := read("kim").Terms[0].EndsOn; day != nil {
		t.Errorf("a last day that they do not have: %s", day)
	}
}

// Whoever hands a lead on, and whoever accepted it, read which step is waited for.
func TestHomeSaysWhichStepOfAHandingOnIsWaitedFor(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool,
		`insert into person (id, name) values ('otto', 'Otto'), ('zara', 'Zara')`,
		`insert into project (id, title, state) values ('p', 'Pumps', 'handing_over')`,
		`insert into phase (project_id) values ('p')`,
		`insert into claim_window (project_id, phase_id, opened_at, closed_at, told_at, state, seed, claimed)
			select 'p', id, now(), now(), now(), 'picked', 's', 1 from phase`,
		`insert into claim (project_id, phase_id, window_id, person_id, state, drafted_at, changed_at, submitted_at)
			select 'p', phase_id, id, 'zara', 'accepted', now(), now(), now() from claim_window`,
		`insert into term (project_id, person_id, state, during) values ('p', 'otto', 'handing_over', '[2026-01-01,)')`,
		`insert into term (project_id, person_id, state, claim_id) select 'p', 'zara', 'accepted', id from claim`,
		`insert into handover (project_id, term_id, next_id, state, due, writer_id, written_at, now, summary)
			select 'p', was.id, next.id, 'written', now() + interval '7 days', 'otto', now(), 'stable', 'S' from term was, term next
			where was.person_id = 'otto' and next.person_id = 'zara'`,
	)
	for _, who := range []skein.PersonID{"otto", "zara"} {
		home, err := postgres.New(pool).Home.Home(t.Context(), homedb.HomeQuery{Person: who, Now: time.Now(), Today: skein.Day(time.Now())})
		if err != nil {
			t.Fatal(err)
		}
		if h := home.Terms[0]; h.Next != "Zara" || !h.NextYes || h.NoteOf != "Otto" || h.NoteIs != skein.HandoverWritten || h.NoteDue == nil || h.NoteLeft {
			t.Errorf("%s: %+v", who, h)
		}
	}
}
