package server

import (
	"net/http"
	"slices"
	"testing"
	"time"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/web/path"
)

// Whoever stands in and asks to lead it beside its lead is not offered their own question to answer.
func TestNobodyIsOfferedTheirOwnQuestion(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines, vera, at := h.as(people[asLead]), h.as(people[asStandIn]), path.Project("night-pressure")
	vera.post(path.CoLeadProject("night-pressure")).goesTo(at)
	answer := path.AnswerCoLead("night-pressure", string(people[asStandIn]))
	vera.get(at).has(0, `form[action="`+answer+`"]`).lacks(".panel", "Vera Holt asks")
	vera.get(path.Home).has(0, `form[action="`+answer+`"]`)
	vera.post(answer, "answer", "yes").is(http.StatusForbidden).says("main", "You asked this yourself")
	ines.get(at).says(".panel", "Vera Holt asks to lead it beside you")
	ines.post(answer, "answer", "yes").goesTo(at)
}

// What was proposed upwards is decided by nobody who has led it since, on Home and on its page as in the verb.
func TestWhoLedItWhenItWasProposedIsNotAskedToDecideIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update priority set owner_id = 'marta-lind'`)
	h.exec(`insert into remit (project_id, area, level, place) values ('night-pressure', 'A ban', 'propose', 0)`)
	h.exec(`update stand_in set person_id = 'marta-lind'`)
	ines := h.as(people[asLead])
	h.exec(`insert into hat (person_id, kind, circle_id, given_at) select 'judith-orme', 'steward', circle_id, given_at from hat where person_id = 'marta-lind' and kind = 'steward'`)
	ines.post(path.NewDecision("night-pressure"), "question", "Shall we ban it?", "area", "A ban")
	ban := h.text(`select id::text from decision`)
	ines.post(path.AskAdvice(ban)).goesTo(path.Decision(ban))
	if got := h.toldOf("decision", "propose"); !slices.Equal(got, []string{"judith-orme"}) {
		t.Errorf("told %v", got)
	}
	h.later(12 * 24 * time.Hour)
	h.tick(0)
	if n := h.count(`select count(*) from stand_in where state = 'ended'`); n != 1 {
		t.Fatalf("%d have stood in", n)
	}
	marta, judith, teo := h.as(people[asSteward]), h.as(people[asExecutive]), h.as(people[asStaff])
	if got := h.waitsFor(people, homedb.WantedKind("propose")); !slices.Equal(got, []string{"judith-orme"}) {
		t.Errorf("waits for %v", got)
	}
	teo.get(path.Decision(ban)).says("main", "A steward decides it.").lacks("main", "who answers for the priority")
	marta.get(path.Decision(ban)).has(0, `main a[href="`+path.Decide(ban)+`"]`)
	marta.get(path.Decide(ban)).is(http.StatusForbidden).says("main", "has led it since it was proposed")
	marta.post(path.Decide(ban), "says", "Yes", "reason", "Yes.").is(http.StatusForbidden)
	judith.get(path.Decision(ban)).has(1, `main a[href="`+path.Decide(ban)+`"]`)
	judith.post(path.Decide(ban), "says", "Yes", "reason", "Yes.").goesTo(path.Decision(ban))
}

// The yes of whoever leads it by now is no agreement with others: neither Home nor the page offers to decide by it.
func TestOnesOwnYesIsNoAgreementWithOthers(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`insert into remit (project_id, area, level, place) values ('night-pressure', 'Release', 'by_agreement', 0), ('night-pressure', 'Pumps', 'after_advice', 1)`)
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	ask := func(question, area string) string {
		ines.post(path.NewDecision("night-pressure"), "question", question, "area", area)
		id := h.text(`select id::text from decision where question = $1`, question)
		ines.post(path.AskAdvice(id), "names", "Teo Marchi").goesTo(path.Decision(id))
		return id
	}
	release, pump := ask("Do we release it?", "Release"), ask("A pump?", "Pumps")
	teo.post(path.CoLeadProject("night-pressure"))
	ines.post(path.AnswerCoLead("night-pressure", "teo-marchi"), "answer", "yes").goesTo(path.Project("night-pressure"))
	teo.post(path.Advise(release), "answer", "yes", "advice", "").goesTo(path.Decision(release))
	teo.post(path.Advise(pump), "advice", "A small one.").goesTo(path.Decision(pump))
	if got := h.waitsFor(people, homedb.WantedKind("decide")); len(got) > 0 {
		t.Errorf("can be decided by %v", got)
	}
	ines.get(path.Decision(release)).says("main", "Nobody has said yes but who leads it by now.").has(0, `main a[href="`+path.Decide(release)+`"]`)
	ines.get(path.Decision(pump)).says("main", "Nobody was heard but who leads it by now.").lacks("main", "It can be decided now").has(0, `main a[href="`+path.Decide(pump)+`"]`)
	teo.post(path.Decide(release), "says", "Yes", "reason", "Yes.").is(http.StatusConflict)
	teo.post(path.Decide(pump), "says", "Yes", "reason", "Yes.").is(http.StatusConflict)
	ines.post(path.AskAdvice(release), "names", "Judith Orme").goesTo(path.Decision(release))
	h.as(people[asExecutive]).post(path.Advise(release), "answer", "yes", "advice", "").goesTo(path.Decision(release))
	ines.post(path.Decide(release), "says", "Yes", "reason", "We agreed.").goesTo(path.Decision(release))
}

// Whoever is told that their word is wanted has it on Home, also where they are asked for somebody who is away.
func TestWhoIsToldThatTheyAreAskedHasItOnHome(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		later    time.Duration // when it is asked, from a Monday
		away     int           // for how many days from then on the priority's owner is away
		decides  string        // who is told of what is proposed upwards, within five working days
		remit    string        // who is told of a change of what the lead decides, within fourteen days
		notBegun bool
	}{
		"here":                       {0, 0, "judith-orme", "judith-orme", false},
		"away for a part of it":      {0, 6, "judith-orme", "judith-orme", false},
		"away for the working days":  {0, 7, "marta-lind", "judith-orme", false},
		"away for two weeks":         {0, 14, "marta-lind", "marta-lind", false},
		"away for good":              {0, -1, "marta-lind", "marta-lind", false},
		"asked on a Saturday":        {5 * day, 6, "marta-lind", "judith-orme", false},
		"asked on a Sunday":          {6 * day, 5, "marta-lind", "judith-orme", false},
		"back on the last, a Sunday": {6 * day, 4, "judith-orme", "judith-orme", false},
		"not begun":                  {0, 0, "marta-lind", "marta-lind", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			people := h.cast()
			h.exec(`delete from stand_in`)
			h.exec(`update priority set owner_id = 'judith-orme'`)
			h.exec(`insert into remit (project_id, area, level, place) values ('night-pressure', 'A ban', 'propose', 0)`)
			h.later(c.later)
			if c.away != 0 {
				h.exec(`insert into absence (person_id, from_on, until_on) values ('judith-orme', $1::date, case when $2 > 0 then $1::date + $2::int end)`, h.now.Load(), c.away)
			}
			if c.notBegun {
				h.exec(`update person set active_from = $1::date + 90 where id = 'judith-orme'`, wall)
			}
			ines := h.as(people[asLead])
			ines.post(path.NewDecision("night-pressure"), "question", "Shall we ban it?", "area", "A ban")
			ban := h.text(`select id::text from decision`)
			ines.post(path.AskAdvice(ban)).goesTo(path.Decision(ban))
			ines.post(path.Remit("night-pressure"), "hours", "5", "area.0", "Money", "decides.0", "alone", "reason", "We buy parts.").goesTo(path.Remit("night-pressure"))
			for _, of := range []struct{ kind, code, want, waits string }{
				{"decision", "propose", c.decides, "propose"}, {"remit", "asked", c.remit, "remit"},
			} {
				told := h.toldOf(of.kind, of.code)
				if !slices.Equal(told, []string{of.want}) {
					t.Errorf("%s: told %v, want %s", of.kind, told, of.want)
				}
				waits := h.waitsFor(people, homedb.WantedKind(of.waits))
				for _, p := range told {
					if !slices.Contains(waits, p) {
						t.Errorf("%s: %s was told, and it waits for %v", of.kind, p, waits)
					}
				}
				if !slices.Contains(told, "marta-lind") && slices.Contains(waits, "marta-lind") {
					t.Errorf("%s: it waits for a steward whom nobody asked: %v", of.kind, waits)
				}
			}
		})
	}
}

// toldOf are those who were told one notice, by id.
func (h *house) toldOf(kind, code string) []string {
	h.Helper()
	var told []string
	err := h.pool.QueryRow(h.Context(), `select coalesce(array_agg(person_id order by person_id), '{}') from notice where kind = $1 and code = $2`, kind, code).Scan(&told)
	if err != nil {
		h.Fatal(err)
	}
	return told
}

// waitsFor are those of the cast on whose Home one kind of thing waits, by id.
func (h *house) waitsFor(people map[string]skein.PersonID, kind homedb.WantedKind) []string {
	h.Helper()
	var all []string
	for _, p := range people {
		var circles []skein.CircleID
		rows, err := h.pool.Query(h.Context(), `select circle_id from hat where person_id = $1 and kind = 'steward'`, p)
		if err != nil {
			h.Fatal(err)
		}
		for rows.Next() {
			var c skein.CircleID
			if err := rows.Scan(&c); err != nil {
				h.Fatal(err)
			}
			circles = append(circles, c)
		}
		at := *h.now.Load()
		home, err := h.db.Home.Home(h.Context(), homedb.HomeQuery{Person: p, Circles: circles, Now: at, Today: skein.Day(at), Everybody: true})
		if err != nil {
			h.Fatal(err)
		}
		if slices.ContainsFunc(home.Waiting, func(w homedb.Wanted) bool { return w.Kind == kind }) {
			all = append(all, string(p))
		}
	}
	slices.Sort(all)
	return all
}
