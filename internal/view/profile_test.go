package view

import (
	"testing"
	"time"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
)

// Who has not begun has not left, and who is not here has no room to lead.
func TestWhoIsNotHereIsSaidTo(t *testing.T) {
	t.Parallel()
	today, hours := skein.Day(wall), 6.0
	teller := profileTeller{clock: words.Clock{Now: wall, Zone: time.UTC}, today: today}
	for _, c := range []struct {
		who           skein.Person
		says, hasRoom string
	}{
		{skein.Person{}, "", "Room to lead: 6_hours a_week."},
		{skein.Person{ActiveFrom: today.AddDate(0, 0, 1)}, "With the organisation from 12_May.", ""},
		{skein.Person{ActiveUntil: today.AddDate(0, 0, -1)}, "No longer with the organisation.", ""},
		{skein.Person{ActiveFrom: today.AddDate(0, 0, 1), Deactivated: wall}, "No longer with the organisation.", ""},
	} {
		c.who.HoursPerWeek = &hours
		say(t, teller.notHere(c.who), c.says)
		say(t, teller.hours(peopledb.Profile{Person: c.who}), c.hasRoom)
	}
}

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
