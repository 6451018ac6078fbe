package skein

import (
	"slices"
	"strings"
	"time"
)

// LedWords is what whoever leads a project may change of it: its words, its end, and what moves with it.
type LedWords struct {
	Title, Purpose, JudgedBy string
	EndOn                    Date
	Further                  []CircleID // circles that must move with it, beside its own: see FurtherCircles
}

// LedWords is what of a project whoever leads it may change, while some circles must move with it.
func (p Project) LedWords(further []CircleID) LedWords {
	return LedWords{p.Title, p.Purpose, p.JudgedBy, p.EndOn, FurtherCircles(p.Circle, further)}
}

// With is the project with other words.
func (p Project) With(w LedWords) Project {
	p.Title, p.Purpose, p.JudgedBy, p.EndOn = strings.TrimSpace(w.Title), strings.TrimSpace(w.Purpose), strings.TrimSpace(w.JudgedBy), w.EndOn
	return p
}

// Version names what they say.
func (w LedWords) Version() string {
	return versionOf(w.Title, w.Purpose, w.JudgedBy, w.day(), w.Further)
}

// CheckAfter reports what is wrong with the words of a project that is led, on a day. Its end may stay where it was, also
// in the past, and else lies ahead.
func (w LedWords) CheckAfter(was LedWords, today Date) error {
	var bad Invalid
	bad.Add(Blank(w.Purpose) && !Blank(was.Purpose), "purpose", "Say in a sentence what it is for.")
	bad.Add(w.EndOn.IsZero() && !was.EndOn.IsZero(), "end", "Choose the day on which it ends.")
	checkFurther(&bad, w.Further)
	bad.Add(!w.EndOn.IsZero() && !w.EndOn.Equal(was.EndOn) && w.EndOn.Before(today), "end", "That day has passed. Choose a later one.")
	return bad.Err()
}

// Changes lists what differs, old and new, by the names of the log.
func (w LedWords) Changes(was LedWords) map[string]any {
	all := map[string]any{}
	add := func(name, before, now string) {
		if before != now {
			all[name], all["was_"+name] = now, before
		}
	}
	add("title", was.Title, w.Title)
	add("purpose", was.Purpose, w.Purpose)
	add("judged_by", was.JudgedBy, w.JudgedBy)
	add("end", was.day(), w.day())
	if !slices.Equal(was.Further, w.Further) {
		all["teams"], all["was_teams"] = listed(w.Further), listed(was.Further)
	}
	return all
}

func (w LedWords) day() string {
	if w.EndOn.IsZero() {
		return ""
	}
	return w.EndOn.Format(time.DateOnly)
}

// EndsWith moves the last day of a place in a project whose own last day is moved. A place that ended with the
// project goes on ending with it, as far as the guardrail of so many months allows from the day on which it was given;
// one that ends sooner ends no later than the project. One that lasts longer than the guardrail allows already, as a
// file said or since before the guardrail, keeps its day: else it would be over at once. Zone is the organisation's.
func (t *Term) EndsWith(was, is Date, longest int, zone *time.Location) {
	switch {
	case is.IsZero() || is.Equal(was):
	case is.Before(t.EndsOn):
		t.EndsOn = is
	case t.EndsOn.Equal(was) || t.atMost(was, longest, zone):
		if to := LeadEnds(t.given(zone), is, longest); to.After(t.EndsOn) {
			t.EndsOn = to
		}
	}
}

// atMost tells whether the place ends before the project because the guardrail says so.
func (t *Term) atMost(projectEnds Date, longest int, zone *time.Location) bool {
	return longest > 0 && t.EndsOn.Equal(LeadEnds(t.given(zone), projectEnds, longest))
}

// given is the day from which the guardrail of the longest lead counts: the organisation's, as where it was given.
func (t *Term) given(zone *time.Location) Date {
	if t.OfferedAt.IsZero() {
		return t.From
	}
	return Day(t.OfferedAt.In(zone))
}
