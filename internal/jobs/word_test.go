package jobs_test

import (
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// A lead who came by a file has a clock from when Skein first looks; they are reminded once, a day before, and the
// steward hears once that nothing was said. What the situation asks for sets how often.
func TestAWordIsRemindedOfOnceAndThenTheStewardHears(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines, marta := h.person("ines", 5), skein.PersonID("marta")
	h.exec(`update project set state = 'led' where id = 'sensors'`)
	h.exec(`update claim_window set state = 'taken', closed_at = $1, told_at = $1`, h.now)
	h.exec(`insert into term (project_id, person_id, role, state, during, ends_on) values ('sensors', $1, 'primary', 'live', daterange($2::date - 400, null), $2::date + 200)`, ines, h.by("").Day)
	h.exec(`update phase set uncertainty = 'complex', stakes = 3, urgency = 3, expertise = 3, commitment = 3, reach = 3, readiness = 3 where project_id = 'sensors'`)

	told := `select count(*) from notice where kind = 'word' and person_id = $1`
	h.later(time.Minute)
	h.is("14", `select word_due - $1::date from term`, h.by("").Day)
	h.later(12 * 24 * time.Hour)
	h.is("0", told, "ines")
	h.later(24 * time.Hour)
	h.is("1", told, "ines")
	h.is("0", `select count(*) from mail where notice_id is not null`) // no reminder is mailed at once
	h.later(3 * 24 * time.Hour)
	h.is("0", told, "marta")
	h.later(24 * time.Hour)
	h.is("1", told, "marta")
	h.later(30 * 24 * time.Hour)
	h.is("1", told, "marta")
	h.is("1", told, "ines")

	h.exec(`update phase set urgency = 5 where project_id = 'sensors'`) // a word every two days
	h.must(h.does(ines, func(l *lead.Lead) error {
		return l.SayWeek(h.by(ines), skein.WordAtRisk, "Two valves stick.", skein.Word{}.Version())
	}))
	h.is("2", `select word_due - $1::date from term`, h.by("").Day)
	h.is("said", `select case when word_told = '' then 'said' end from term`)
	h.later(24 * time.Hour)
	h.is("2", told, "ines")
	h.exec(`update project set priority_id = null`)
	word := skein.WordID(h.one(`select id::text from week_word`))
	if err := h.does(marta, func(l *lead.Lead) error { return l.SeeWeek(h.by(marta), word, l.Word.Version()) }); err == nil {
		t.Error("who answers for nothing has seen it")
	}
	h.exec(`insert into priority (id, title, place, owner_id) values ('fewer', 'Fewer leaks', 1, $1)`, marta)
	h.exec(`update project set priority_id = 'fewer'`)
	for range 2 {
		h.must(h.does(marta, func(l *lead.Lead) error { return l.SeeWeek(h.by(marta), word, l.Word.Version()) }))
	}
	h.is("marta", `select seen_by from week_word`)
	h.is("1", `select count(*) from audit_event where action = 'week.see'`)
}
