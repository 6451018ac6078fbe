package calendar_test

import (
	"bytes"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"

	"skein/internal/calendar"
	"skein/internal/skein"
)

// TestAnotherLibraryReadsWhatIsWritten: names with all that the format knows, folded lines, moments and days.
func TestAnotherLibraryReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	changed := time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	long := "Answer by then: Øre; “Pipes, valves” and a back\\slash of a very long name that must be folded over several lines of seventy-five octets"
	events := []calendar.Event{
		{UID: "offer:1", Says: long, URL: "https://skein.example/?a=b,c;d", Until: time.Date(2026, 3, 8, 3, 30, 0, 0, zone), Changed: changed},
		{UID: "term:2", Says: "Two\nlines\r\nEND:VEVENT", URL: "https://skein.example/x", Day: skein.Day(changed), Sequence: 3, Changed: changed},
	}
	written := calendar.Write("Skein; of, us", "skein.example", events)
	if again := calendar.Write("Skein; of, us", "skein.example", events); !bytes.Equal(written, again) {
		t.Error("the same is written otherwise")
	}
	for _, line := range bytes.Split(bytes.TrimSuffix(written, []byte("\r\n")), []byte("\r\n")) {
		if len(line) > 75 || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	cal, err := goical.NewDecoder(bytes.NewReader(written)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := goical.NewEncoder(&out).Encode(cal); err != nil {
		t.Errorf("it is not whole: %v", err)
	}
	all := cal.Events()
	if len(all) != 2 {
		t.Fatalf("%d events", len(all))
	}
	text := func(i int, name string) string {
		said, err := all[i].Props.Text(name)
		if err != nil {
			t.Error(err)
		}
		return said
	}
	if text(0, goical.PropSummary) != long || text(1, goical.PropSummary) != "Two lines END:VEVENT" || text(0, goical.PropUID) != "offer:1@skein.example" {
		t.Errorf("%q, %q", text(0, goical.PropSummary), text(1, goical.PropSummary))
	}
	start, err := all[0].DateTimeStart(time.UTC)
	end, _ := all[0].DateTimeEnd(time.UTC)
	if want := time.Date(2026, 3, 8, 7, 30, 0, 0, time.UTC); err != nil || !end.Equal(want) || !start.Equal(want.Add(-30*time.Minute)) {
		t.Errorf("%s to %s, %v", start, end, err)
	}
	day := all[1].Props.Get(goical.PropDateTimeStart)
	if day.ValueType() != goical.ValueDate || day.Value != "20260511" || all[1].Props.Get(goical.PropDateTimeEnd).Value != "20260512" || all[1].Props.Get(goical.PropSequence).Value != "3" {
		t.Errorf("%+v", day)
	}
}
