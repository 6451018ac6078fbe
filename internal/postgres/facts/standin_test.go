package factsdb_test

import (
	"testing"
	"time"

	"skein/internal/comparison"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// What somebody stands in for takes its hours while they do, and no longer; once, where they lead it beside
// the lead as well; and it is no lead of theirs.
func TestHoursOfStandingInCountWhileSomebodyStandsIn(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	pgtest.Put(t, pool, waterworks...) // Old Mains takes 3 hours; Cem and Eve have 6
	insert := `insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on, until_on, ended_on) values
		('old', gen_random_uuid(), 'cem', 'ada', `
	for name, c := range map[string]struct {
		rows []string
		want map[skein.Date]float64 // free hours as of a day
	}{
		"asked alone":          {[]string{insert + `'asked', '2026-03-01', '2026-03-03', null, '2026-03-02', '2026-03-10', null)`}, map[skein.Date]float64{day(3, 5): 6}},
		"until a day":          {[]string{insert + `'standing', '2026-03-01', '2026-03-03', '2026-03-01', '2026-03-02', '2026-03-10', null)`}, map[skein.Date]float64{day(3, 2): 6, day(3, 3): 3, day(3, 10): 3, day(3, 11): 6}},
		"until somebody leads": {[]string{insert + `'standing', '2026-03-01', '2026-03-03', '2026-03-01', '2026-03-02', null, null)`}, map[skein.Date]float64{day(3, 3): 3, day(9, 1): 3}},
		"ended before its day": {[]string{insert + `'ended', '2026-03-01', '2026-03-03', '2026-03-01', '2026-03-02', '2026-03-20', '2026-03-06')`}, map[skein.Date]float64{day(3, 5): 3, day(3, 6): 3, day(3, 7): 6}},
		"declined":             {[]string{insert + `'declined', '2026-03-01', '2026-03-03', '2026-03-01', '2026-03-02', '2026-03-20', null)`}, map[skein.Date]float64{day(3, 5): 6}},
		"beside the lead too": {[]string{
			insert + `'standing', '2026-03-01', '2026-03-03', '2026-03-01', '2026-03-02', '2026-03-10', null)`,
			`insert into term (project_id, person_id, role, state, during) values ('old', 'cem', 'co', 'live', '[2026-02-01,)')`,
		}, map[skein.Date]float64{day(3, 2): 3, day(3, 5): 3, day(3, 11): 3}},
	} {
		pgtest.Put(t, pool, `delete from stand_in`, `delete from term where person_id = 'cem'`)
		pgtest.Put(t, pool, c.rows...)
		for at, want := range c.want {
			got, err := postgres.New(pool).Facts.Compare(t.Context(), comparison.Asking{
				Projects: []skein.ProjectID{"old", "night"}, People: []skein.PersonID{"cem"}, AsOf: at,
			})
			if err != nil {
				t.Fatal(err)
			}
			if f := got.Facts[0]; f.HoursFree == nil || *f.HoursFree != want || f.Leads != 0 {
				t.Errorf("%s, as of %s: %v hours are free, not %v, and %d leads", name, at.Format(time.DateOnly), *f.HoursFree, want, f.Leads)
			}
			// Ada leads it; whoever stands in has as many places there as take hours.
			if held := got.Questions[0].PlaceHours; len(held) != 1+int(6-want)/3 || held[0] != "ada" {
				t.Errorf("%s, as of %s: %v have hours in it", name, at.Format(time.DateOnly), held)
			}
			if held := got.Questions[1].PlaceHours; len(held) > 0 {
				t.Errorf("%v have hours where nobody has a place", held)
			}
		}
	}
}
