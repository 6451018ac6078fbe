package jobs_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// What people come to hold, wish or show after the close decides nothing, whoever is called equal then.
func TestASteadfastOrderAmongEquals(t *testing.T) {
	t.Parallel()
	for name, since := range map[string]string{
		"as it was": `select 1`,
		"she leads two, the other none": `
			update term set state = 'ended', during = '[2026-01-01,2026-05-12)' where person_id = 'ines';
			insert into project (id, title, state) values ('x', 'X', 'led'), ('y', 'Y', 'led');
			insert into term (project_id, person_id, state, during) values ('x', 'noor', 'live', '[2026-05-18,)'), ('y', 'noor', 'live', '[2026-05-18,)')`,
		"the first is not comparable any more": `delete from evidence`,
		"nobody is compared any more":          `update circle set matching = false`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			ines, noor := h.person("ines", 4), h.person("noor", 0)
			hamish := h.person("hamish", 2)
			h.exec(`update person set hours_per_week = null`)
			h.exec(`insert into project (id, title, state) values ('old', 'Old', 'led')`)
			h.exec(`insert into term (project_id, person_id, state, during) values ('old', 'ines', 'live', '[2026-01-01,)')`)
			h.window(week)
			h.must(h.claim(ines))
			h.must(h.claim(noor, func(c *skein.Claim) { c.Unscored = true }))
			h.must(h.claim(hamish, func(c *skein.Claim) { c.Unscored = true }))
			h.later(week)
			h.is("chosen", claimState, ines)
			h.exec(since)
			h.must(h.answer("marta", lead.PickAnswer{Equal: []skein.ClaimID{h.claimOf(noor)}}))
			h.is("noor offered", leadState)
			h.is("fewest_leads Two people were compared. Two were in the same step. Between equals the lead goes to whoever holds the fewest leads.",
				`select rule || ' ' || sentence from pick`)
			h.is("ines 2, noor 1", `select string_agg(person_id || ' ' || turn, ', ' order by person_id) from claim where turn is not null`)
			h.is("true", `select (assessment->>'equal')::boolean and assessment->'compared'->'equal' is not null from claim where person_id = 'noor'`)
			h.must(h.decline(noor))
			h.is("ines offered", leadState)
		})
	}
}
