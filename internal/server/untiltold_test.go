package server

import (
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
)

// Between the close and the telling nobody but claimants, those they named and who checks can tell who
// else claimed, or how many did: not by the pick either, nor by who is asked to check it.
func TestNobodyCanTellWhoElseClaimedUntilTheTelling(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who  skein.PersonID
		able int
	}{
		"somebody ahead":             {"ines-calder", 5},
		"somebody behind":            {"ines-calder", 3},
		"the steward who would read": {"marta-oyelaran", 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var seen [2][]map[string]string
			for i, how := range []string{"without", "with"} {
				t.Run(how, func(t *testing.T) {
					h := retold{openLead(t), i == 1}
					h.able("Hamish Orde", 4)
					h.able("Ines Calder", c.able)
					h.person("Eve Adams", executive)
					h.person("Adam Bell", administrator)
					h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
						select 'marta-oyelaran', skill_id, kind, level, observed_on, source from evidence where person_id = 'ines-calder'`)
					h.as("hamish-orde").post(claimPath, "why", "Me.").goesTo(claimPath)
					who := h.as(c.who)
					if h.with {
						who.post(claimPath, "why", "Mine.").goesTo(claimPath)
					}
					for _, d := range []time.Duration{0, 7*24*time.Hour + time.Minute, time.Hour} {
						h.tick(d)
						seen[i] = append(seen[i], h.seen())
					}
					if n := h.count(`select count(*) from pick where state = 'waiting'`); n != 1 {
						t.Errorf("%d picks are checked", n)
					}
				})
			}
			if t.Failed() {
				return
			}
			for step, without := range seen[0] {
				for at, says := range without {
					knows := false // by right: the claimant, and who checks
					for _, who := range []skein.PersonID{c.who, "marta-oyelaran", "owen-tay"} {
						knows = knows || strings.HasPrefix(at, string(who))
					}
					if with := seen[1][step][at]; !knows && with != says {
						t.Errorf("step %d: %s tells of the claim%s", step+1, at, differs(says, with))
					}
				}
			}
		})
	}
}
