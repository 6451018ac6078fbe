package view

import (
	"strings"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

func TestALeaveIsSaidThatOverlapsTheLead(t *testing.T) {
	t.Parallel()
	day := func(n int) skein.Date { return skein.Day(wall).AddDate(0, 0, n) }
	leave := func(from, until int) skein.Absence { return skein.Absence{From: day(from), Until: day(until)} }
	lead := span{from: day(7), until: day(60)}
	for _, c := range []struct {
		leaves []skein.Absence
		lead   span
		want   string
	}{
		{nil, lead, ""},
		{[]skein.Absence{leave(-9, -1)}, span{from: day(-20)}, "until 10_May"}, // the store leaves it out
		{[]skein.Absence{leave(-9, 6)}, lead, ""},
		{[]skein.Absence{leave(-9, 7)}, lead, "until 18_May"},
		{[]skein.Absence{leave(0, 7)}, lead, "until 18_May"},
		{[]skein.Absence{leave(1, 7)}, lead, "from 12_May until 18_May"},
		{[]skein.Absence{leave(60, 90)}, lead, "from 10_July until 9_August"},
		{[]skein.Absence{leave(61, 90)}, lead, ""},
		{[]skein.Absence{leave(61, 90)}, span{from: day(7)}, "from 11_July until 9_August"}, // no end is fixed
		{[]skein.Absence{{From: day(-3)}}, lead, "from now on"},
		{[]skein.Absence{{From: day(30)}}, lead, "from 10_June on"},
		{[]skein.Absence{{From: day(61)}}, lead, ""},
		{[]skein.Absence{leave(8, 9), leave(1, 6), leave(20, 30)}, lead, "from 19_May until 20_May and from 31_May until 10_June"},
		{[]skein.Absence{leave(0, 90)}, span{from: day(0), until: day(-1)}, ""}, // it is over
	} {
		got := awayWords(c.leaves, c.lead, ines().Clock(), day(0))
		say(t, got, c.want)
	}
}

func TestALeadsTimeIsFromItsStartUntilItsEnd(t *testing.T) {
	t.Parallel()
	today := skein.Day(wall)
	day := func(n int) skein.Date { return today.AddDate(0, 0, n) }
	window := &skein.Window{ClosesAt: in(72)}
	h := leaddb.LeadHead{EndOn: day(400)}
	for _, c := range []struct {
		got, want span
	}{
		{leadSpan(h, nil, wall.Location(), today), span{day(0), day(400)}},
		{leadSpan(h, &skein.Window{}, wall.Location(), today), span{day(0), day(400)}},
		{leadSpan(h, window, wall.Location(), today), span{day(3), day(400)}},
		{leadSpan(leaddb.LeadHead{StartOn: day(9), LongestMonths: 1}, window, wall.Location(), today), span{day(9), skein.AddMonths(day(3), 1)}},
		{termSpan(h, &skein.Term{State: skein.TermLive, From: day(-4), EndsOn: day(50)}, today), span{day(0), day(50)}},
		{termSpan(leaddb.LeadHead{StartOn: day(9)}, &skein.Term{State: skein.TermAccepted, EndsOn: day(50)}, today), span{day(9), day(50)}},
		{termSpan(h, &skein.Term{State: skein.TermAccepted, StartsOn: day(20)}, today), span{from: day(20)}},
		{termSpan(h, &skein.Term{State: skein.TermEnded, From: day(-9), Until: day(-2), EndsOn: day(50)}, today), span{day(0), day(-2)}},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

// Who checks, and whether an absence passes somebody by, is as the window decides.
func TestWhatALeaveMeansIsSaidByTheWindowsRules(t *testing.T) {
	t.Parallel()
	for trust, want := range map[skein.Trust]string{
		skein.Open:    "You are away on Sundays, while this lead runs.",
		skein.Weighed: "You are away on Sundays, while this lead runs. Only somebody who is away for the whole time to answer is passed by.",
		skein.Zero:    "You are away on Sundays, while this lead runs. Whoever checks the pick sees that beside your claim. Only somebody who is away for the whole time to answer is passed by.",
	} {
		say(t, awayNote(leaddb.LeadHead{Trust: trust, Matching: true}, "on Sundays"), want)
	}
	say(t, awayNote(leaddb.LeadHead{}, ""), "")
}

func TestWhoeverWasPickedIsSaidToBeAway(t *testing.T) {
	t.Parallel()
	for person, want := range map[skein.PersonID]string{
		"ines": "You are away until 31_May, while this lead runs.", "tomas": "Tomas is away until 31_May, while this lead runs.",
	} {
		for state, says := range map[skein.TermState]bool{
			skein.TermOffered: true, skein.TermAccepted: true, skein.TermLive: true, skein.TermEnded: false, skein.TermDeclined: false,
		} {
			p := decidedFor(person, "Tomas Orr", state)
			p.Pick.Leaves = []skein.Absence{{From: skein.Day(in(-24)), Until: skein.Day(in(24 * 20))}}
			d, err := Result(ines(), p, ResultForm{})
			if err != nil {
				t.Fatal(err)
			}
			said := strings.ReplaceAll(strings.Join(d.Decided, "|"), "\u00a0", "_")
			if strings.Contains(said, want) != says {
				t.Errorf("%s, %s: %q", person, state, d.Decided)
			}
		}
	}
}
