package skein

import (
	"time"
)

// Organisation is whose Skein this is: its words, its place in time, and the clocks of a claim.
type Organisation struct {
	Name       string
	Vision     string
	Purpose    string
	CircleWord string // what it calls a circle, and
	// CircleWords several; empty where it is the word for one with an s: see Circles.
	CircleWords string
	TimeZone    string // an IANA time zone, in which days begin and times are said
	Currency    string
	// Demo is true where anybody may sign in as one of the invented people.
	Demo bool
	// ClockOffset is how far a demo was moved ahead of the clock on the wall.
	ClockOffset    time.Duration
	WindowHours    int
	ConfirmHours   int
	AnswerHours    int
	NeedsHours     int
	ConfirmWeighed bool // picks on projects at Weighed are confirmed too
	VisionChanged  time.Time
	SetupAway      bool // the first administrator's list was put away
	// Restored is when this was restored from a backup. While it is set this is a copy, of which nobody has
	// said that it is the one that runs: it sends no mail and opens no link.
	Restored time.Time
	Mails    bool // mail goes out from here now
}

// Location is the organisation's time zone; UTC where there is no such zone.
func (o Organisation) Location() *time.Location {
	return ZoneOr(o.TimeZone, time.UTC)
}

// Copy tells that this is a copy which must reach nobody outside.
func (o Organisation) Copy() bool { return !o.Restored.IsZero() }

// Itself is Skein acting at a moment, moved ahead in a demo.
func (o Organisation) Itself(now time.Time) By { return Itself(now.Add(o.ClockOffset), o.Location()) }

// AsOf is the day that pages ask for at a moment, moved ahead in a demo: see AsOfDay.
func (o Organisation) AsOf(now time.Time) Date {
	return o.Itself(now).AsOf()
}

// MaxCircleWord is how many characters the word for a circle has at most: it stands within sentences.
const MaxCircleWord = 40

// Circles is what the organisation calls several circles.
func (o Organisation) Circles() string {
	if o.CircleWords != "" {
		return o.CircleWords
	}
	return o.CircleWord + "s"
}

// CheckWord reports what is wrong with the words for one circle and for several.
func (o Organisation) CheckWord() error {
	var bad Invalid
	bad.Name("word", o.CircleWord, "Say what one is called.")
	bad.Short("words", o.CircleWords)
	bad.Add(len([]rune(o.CircleWord)) > MaxCircleWord, "word", "Say it in 40 characters or fewer: it stands within sentences.")
	bad.Add(len([]rune(o.CircleWords)) > MaxCircleWord, "words", "Say it in 40 characters or fewer: it stands within sentences.")
	return bad.Err()
}

// Check reports what an organisation lacks.
func (o Organisation) Check() error {
	var bad Invalid
	bad.Name("name", o.Name, "Say what the organisation is called.")
	bad.Name("circle_word", o.CircleWord, "Say what you call a team.")
	bad.Short("circle_words", o.CircleWords)
	bad.Add(CheckZone(o.TimeZone) != nil, "zone", wrongZone)
	return bad.Err()
}
