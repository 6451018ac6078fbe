// Package calendar writes dates as calendars know them: the private feed, and what an offer's mail brings.
package calendar

import (
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"skein/internal/skein"
)

// before is how long an entry lasts that ends when an answer is due: one without length is not shown everywhere.
const before = 30 * time.Minute

// Event is one date.
type Event struct {
	UID      string    // the same for as long as it is the same thing, without whose Skein it is
	Says     string    // one line
	URL      string    // where it leads
	Until    time.Time // something is due at this moment; zero: it is a whole day
	Day      skein.Date
	Sequence int       // how often it was moved
	Changed  time.Time // when it was moved last, or first said
}

// Starts is when an event begins; a day at midnight in UTC, where no calendar takes it for a moment.
func (e Event) Starts() time.Time {
	if e.Until.IsZero() {
		year, month, day := e.Day.Date()
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return e.Until.Add(-before)
}

// Write is events as a calendar of a name. It is a function of what is handed in: what did not change is written the
// same. Host is whose Skein it is.
func Write(name, host string, events []Event) []byte {
	cal := ics.NewCalendarFor("Skein")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(oneLine(name))
	cal.SetName(oneLine(name))
	cal.SetRefreshInterval("PT1H", ics.WithValue("DURATION"))
	cal.SetXPublishedTTL("PT1H")
	for _, e := range events {
		write(cal.AddEvent(e.UID+"@"+host), e)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}

func write(entry *ics.VEvent, e Event) {
	entry.SetDtStampTime(e.Changed)
	entry.SetModifiedAt(e.Changed)
	entry.SetSequence(e.Sequence)
	entry.SetSummary(oneLine(e.Says))
	entry.SetURL(e.URL)
	entry.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy by it
	if e.Until.IsZero() {
		entry.SetAllDayStartAt(e.Starts())
		entry.SetAllDayEndAt(e.Starts().AddDate(0, 0, 1))
		return
	}
	// In UTC: each calendar says it by its owner's clocks, and none has to know our zones.
	entry.SetStartAt(e.Starts())
	entry.SetEndAt(e.Until)
}

// oneLine is a text as an entry may hold it: names are what people made of them.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == ' ' || r == '\u2028' || r == '\u2029' }), " ")
}
