package view

import (
	"testing"
	"time"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
)

// One's own word of November makes nothing that others said of November, and what ran out is said to have.
func TestWhatIsSaidOfASkillHasItsOwnDate(t *testing.T) {
	t.Parallel()
	teller := profileTeller{clock: words.Clock{Now: wall, Zone: time.UTC}, today: skein.Day(wall)}
	on := func(month time.Month) skein.Date { return time.Date(2026, month, 3, 0, 0, 0, 0, time.UTC) }
	work := peopledb.SaidSkill{Name: "valves", Kind: skein.Outcome, Level: 3, Times: 1, ObservedOn: on(1)}
	own := peopledb.SaidSkill{Name: "valves", Kind: skein.Self, Level: 4, ObservedOn: on(4)}
	say(t, teller.skill([]peopledb.SaidSkill{work, own}).Words, skein.Levels[3]+": a piece of work, January.")
	ticket := peopledb.SaidSkill{Name: "valves", Kind: skein.Credential, Level: 3, ObservedOn: on(1), ExpiresOn: on(3)}
	say(t, teller.skill([]peopledb.SaidSkill{ticket}).Words, "ran out 3_March.")
}
