package jobs_test

import (
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// Whoever is ready is asked, one after the other, by what became of a lead that was reconsidered: by the clock and in the
// database; who is away or has left is followed by the next, and when nobody is left, that is told.
func TestWhoIsReadyIsAskedOneAfterTheOtherToLeadBeside(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 5)
	for _, p := range []string{"noor", "kim", "lee"} {
		h.person(p, 4)
	}
	h.exec(`update project set state = 'led', hours_per_week = 4 where id = 'sensors'`)
	h.exec(`update claim_window set state = 'taken', closed_at = $1, told_at = $1`, h.now)
	h.exec(`
		insert into term (project_id, person_id, role, state, during, live_at, ends_on)
		values ('sensors', 'ines', 'primary', 'live', daterange($1::date, null), $2, $1::date + 200)`, h.by("").Day, h.now)
	h.exec(`
		insert into reconsideration (project_id, term_id, state, opened_at, due)
		select 'sensors', id, 'open', $1, $1::timestamptz + interval '14 days' from term`, h.now)
	for _, p := range []skein.PersonID{ines, "marta"} {
		h.must(h.does(p, func(l *lead.Lead) error {
			return l.AnswerReconsider(h.by(p), l.Phase.Version(), skein.AnswerCoLead, "")
		}))
	}
	const asked, count = `select person_id from term where role = 'co' and state = 'offered'`, `select count(*) from term where role = 'co' and state = 'offered'`
	h.is("1", count)
	first := h.one(asked)
	h.later(49 * time.Hour)
	h.is("1", `select count(*) from term where role = 'co' and state = 'lapsed' and person_id = $1`, first)
	second := h.one(asked)
	h.leave(second, 9)
	h.is("1", `select count(*) from term where role = 'co' and state = 'lapsed' and person_id = $1`, second)
	third := h.one(asked)
	h.is("3", `select count(distinct person_id) from term where role = 'co'`)
	h.exec(`update person set deactivated_at = $2 where id = $1`, third, h.now)
	h.later(time.Minute)
	h.is("0", count)
	h.is("1", `select count(*) from notice where kind = 'changed' and code = 'nobody' and person_id = 'ines'`)
}
