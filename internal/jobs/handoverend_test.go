package jobs_test

import "testing"

// Whoever hands a lead on leads it until its last day as before, and is reminded of that day as before.
func TestWhoHandsOnIsRemindedOfTheirLastDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ines := h.person("ines", 5)
	h.exec(`update project set state = 'handing_over' where id = 'sensors'`)
	h.exec(`
		insert into term (project_id, person_id, role, state, during, live_at, ends_on)
		values ('sensors', $1, 'primary', 'handing_over', daterange($2::date - 100, null), $3, $2::date + 14)`, ines, h.by("").Day, h.now)
	h.later(0)
	h.is("1", `select count(*) from notice where kind = 'ending' and code = '' and person_id = 'ines'`)
}
