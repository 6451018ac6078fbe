package jobs_test

import (
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// leave notes a leave from today on, which lasts for so many days more.
func (h *house) leave(p string, days int) {
	h.Helper()
	h.exec(`delete from absence where person_id = $1`, p)
	h.exec(`insert into absence (person_id, from_on, until_on) values ($1, $2::date, $2::date + $3::int)`, p, h.by("").Day, days)
	h.later(time.Minute)
}

const wentAway = `select count(*) from audit_event where action = 'person.away'`

func TestWhatWaitsForSomebodyOnLeaveGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor, kim := h.person("ines", 5), h.person("noor", 3), h.person("kim", 3)
	h.exec(`insert into need (project_id, kind, what, asked_of, answer_by) values ('sensors', 'tools', 'Forty sensors', 'judith', $1)`, h.now.Add(week))
	h.window(week)
	h.must(h.claim(ines, func(c *skein.Claim) { c.With, c.Coach = kim, "owen" }))
	h.must(h.claim(noor))

	h.leave("judith", 6)
	h.leave("kim", 6)
	h.is("0", wentAway)
	h.leave("judith", 7)
	h.is("true", `select asked_of is null from need`)
	h.is("1", toldOf, "marta", "needs")
	h.leave("kim", 7)
	h.is("true", `select with_person_id is null and coach_id = 'owen' from claim where person_id = 'ines'`)
	h.leave("owen", 30)
	h.is("true", `select coach_id is null from claim where person_id = 'ines'`)
	h.is("1", toldOf, "ines", "coach")
	h.exec(`delete from absence`)

	h.later(week)
	h.is("marta", `select asked_of from pick where state = 'waiting'`)
	h.leave("marta", 1)
	h.is("marta", `select asked_of from pick where state = 'waiting'`)
	h.leave("marta", 2)
	h.is("owen", `select asked_of from pick where state = 'waiting'`)
	h.must(h.answer("owen", lead.PickAnswer{}))
	h.is("4", wentAway)
	h.exec(`delete from absence`)
	h.must(h.does(noor, func(l *lead.Lead) error { return l.AskReview(h.by(noor), h.claimOf(noor), "Why?") }))
	asked := h.one(`select asked_of from review`)
	h.leave(asked, 7)
	h.is("true", `select asked_of is distinct from $1 from review`, asked)
	h.is("true", `select $1 = any(passed_on) from review`, asked)
}
