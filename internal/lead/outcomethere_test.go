package lead_test

import (
	"slices"
	"strings"
	"testing"

	"skein/internal/skein"
)

// stay is in the days of a lead on which somebody has a place: from one on, through another; 0: to its end.
type stay struct {
	who         skein.PersonID
	from, until int
	come, goes  verb
}

// asksAfter is who is asked how a lead of so many days went, by those places.
func asksAfter(t *testing.T, days int, stays ...stay) string {
	t.Helper()
	w := led(t, noor)
	for d := 1; d <= days; d++ {
		for _, s := range stays {
			if s.from == d {
				w.must(s.who, s.come)
			}
			if s.until == d {
				w.must(s.who, s.goes)
			}
		}
		if d < days {
			w.pass(day)
		}
	}
	w.must(noor, complete)
	var asked []string
	for _, a := range w.outcomes.Answers {
		if a.Review == w.review().ID && a.Person != noor {
			asked = append(asked, string(a.Person)+" "+string(a.Part))
		}
	}
	slices.Sort(asked)
	return strings.Join(asked, ", ")
}

// Whoever was there for two weeks can say how it was led, or for half of a shorter time, also who has gone on; who came in
// its last days cannot.
func TestWhoWasThereForLongEnoughIsAsked(t *testing.T) {
	t.Parallel()
	lastDay := stay{who: noor, from: 40, come: endMember(lee)}
	for name, c := range map[string]struct {
		days  int
		stays []stay
		want  string
	}{
		"all of the time":                 {40, []stay{{lee, 1, 0, join, nil}}, "lee member"},
		"the last two weeks":              {40, []stay{{lee, 27, 0, join, nil}}, "lee member"},
		"a day less":                      {40, []stay{{lee, 28, 0, join, nil}}, ""},
		"the last day":                    {40, []stay{{lee, 40, 0, join, nil}}, ""},
		"dropped on the last day":         {40, []stay{{lee, 1, 0, join, nil}, lastDay}, "lee member"},
		"two weeks, and left":             {40, []stay{{lee, 3, 16, join, leave}}, "lee member"},
		"a day less, and left":            {40, []stay{{lee, 3, 15, join, leave}}, ""},
		"twice a week":                    {40, []stay{{lee, 1, 7, join, leave}, {lee, 20, 26, join, leave}}, "lee member"},
		"a day of two places counts once": {40, []stay{{lee, 30, 0, shadow, nil}, {lee, 32, 0, join, nil}}, ""},
		"one place after another":         {40, []stay{{lee, 1, 7, join, leave}, {lee, 34, 0, shadow, nil}}, "lee shadow"},
		"half of a short time":            {10, []stay{{lee, 6, 0, join, nil}}, "lee member"},
		"less than half of it":            {10, []stay{{lee, 7, 0, join, nil}}, ""},
		"a day of ten, and half of them":  {10, []stay{{lee, 1, 1, join, leave}, {mia, 1, 5, shadow, leave}}, "mia shadow"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := asksAfter(t, c.days, c.stays...); got != c.want {
				t.Errorf("asked: %q, want %q", got, c.want)
			}
		})
	}
}

// Somebody may have been there before the lead began: those days are of another's time in front.
func TestDaysBeforeALeadDoNotCount(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(lee, join)
	w.pass(30 * day)
	w.must(lee, leave)
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.handsOver(noor, kim)
	w.pass(3 * day)
	w.must(kim, complete)
	if o := w.review(); o.Term != w.termOf(kim, skein.Primary).ID || w.saysOf(lee).Person != "" {
		t.Errorf("%+v", w.outcomes.Answers)
	}
}
