package jobs_test

import (
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

const stood = `select person_id || ' ' || state from stand_in order by asked_at desc, id desc limit 1`

// A lead on a long leave has somebody standing in, by the clock and in the database; who stands in and is
// away for long is followed by the next; the leave's end ends it. A very long leave opens the lead.
func TestALongLeaveAsksSomebodyToStandInAndItsEndEndsThat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, noor, kim := h.person("ines", 5), h.person("noor", 3), h.person("kim", 3)
	h.exec(`update project set state = 'led', hours_per_week = 4 where id = 'sensors'`)
	h.exec(`update claim_window set state = 'taken', closed_at = $1, told_at = $1`, h.now)
	h.exec(`update person set hours_per_week = 8 where id = 'noor' or id = 'kim'`)
	for p, role := range map[skein.PersonID]string{ines: "primary", noor: "co", kim: "co"} {
		h.exec(`
			insert into term (project_id, person_id, role, state, during, live_at, ends_on)
			values ('sensors', $1, $2, 'live', daterange($3::date, null), $4, $3::date + 200)`, p, role, h.by("").Day, h.now)
	}
	h.leave("ines", 13)
	h.is("0", `select count(*) from stand_in`)
	h.leave("ines", 29)
	h.is("1", `select count(*) from stand_in where of_leave and until_on is not null and asked_by is null`)
	first := h.one(`select person_id from stand_in`)
	second := map[string]string{"noor": "kim", "kim": "noor"}[first]
	answer := func(p string, yes bool) error {
		id := skein.StandInID(h.one(`select id::text from stand_in where state = 'asked'`))
		return h.does(skein.PersonID(p), func(l *lead.Lead) error { return l.AnswerStandIn(h.by(skein.PersonID(p)), id, yes) })
	}
	h.must(answer(first, true))
	h.is(first+" standing", stood)
	h.is("1", toldOf, "ines", "standin")
	h.leave(first, 10)
	h.is(first+" standing", stood)
	h.leave(first, 20)
	h.is(second+" asked", stood)
	h.later(49 * time.Hour)
	h.is(second+" lapsed", stood)
	h.is("1", `select count(*) from notice where kind = 'standin' and code = 'nobody' and person_id = 'ines'`)

	h.exec(`delete from absence`)
	h.exec(`delete from stand_in`)
	h.leave("ines", 70)
	h.is("handing_over", `select state from project where id = 'sensors'`)
	h.must(answer(h.one(`select person_id from stand_in where state = 'asked'`), true))
	h.is("1", `select count(*) from stand_in where state = 'standing'`)
	h.exec(`delete from absence where person_id = 'ines'`)
	h.later(time.Minute)
	h.is("1", `select count(*) from stand_in where state = 'ended' and end_reason = 'the lead is back'`)
	h.is("0", `select count(*) from stand_in where state = 'asked' or state = 'standing'`)

	h.exec(`delete from stand_in`)
	h.must(h.does(ines, func(l *lead.Lead) error {
		return l.AskStandIn(h.by(ines), "", skein.Date{}, h.by("").Day.AddDate(0, 0, 9))
	}))
	asked := h.one(`select person_id from stand_in where state = 'asked'`)
	h.exec(`update person set deactivated_at = $2 where id = $1`, asked, h.now)
	h.later(time.Minute)
	h.is("true", `select person_id <> $1 from stand_in where state = 'asked'`, asked)
}

// A long leave that was noted in parts, one after the other, is seen to by the clock; and so is one to the same last
// day as an earlier one, from which the lead was back.
func TestALongLeaveInPartsAndASecondOneToTheSameDayAreSeenTo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.person("ines", 5)
	h.exec(`update project set state = 'led', hours_per_week = 4 where id = 'sensors'`)
	h.exec(`update claim_window set state = 'taken', closed_at = $1, told_at = $1`, h.now)
	h.exec(`
		insert into term (project_id, person_id, role, state, during, live_at, ends_on)
		values ('sensors', 'ines', 'primary', 'live', daterange($1::date, null), $2, $1::date + 200)`, h.by("").Day, h.now)
	const seen = `select count(*) from audit_event where action = 'lead.leave'`
	part := func(from, until int) {
		h.exec(`insert into absence (person_id, from_on, until_on) values ('ines', $1::date + $2::int, $1::date + $3::int)`, h.by("").Day, from, until)
	}
	part(-13, 0)
	h.later(time.Minute)
	h.is("0", seen)
	part(1, 14)
	h.later(time.Minute)
	h.is("1", seen)
	h.exec(`delete from absence`)
	h.later(time.Minute)
	h.is("true", `select leave_seen is null from term where person_id = 'ines'`)
	part(-10, 14)
	h.later(time.Minute)
	h.is("2", seen)
}
