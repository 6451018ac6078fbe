package skein

import (
	"slices"
	"time"
)

// WordID is the id of a week's word.
type WordID string

// WordState is how a project stands, in its lead's word.
type WordState string

// The states that a week's word may say.
const (
	WordOnTrack  WordState = "on_track"
	WordAtRisk   WordState = "at_risk"   // it can still be held
	WordOffTrack WordState = "off_track" // it needs something that the lead does not have
	WordOnHold   WordState = "on_hold"
)

// WordStates are all of them, in the order in which they are chosen from.
var WordStates = []WordState{WordOnTrack, WordAtRisk, WordOffTrack, WordOnHold}

// Words says the state as pages do.
func (s WordState) Words() string {
	switch s {
	case WordOnTrack:
		return "on track"
	case WordAtRisk:
		return "at risk"
	case WordOffTrack:
		return "off track"
	case WordOnHold:
		return "on hold"
	}
	return ""
}

// Word is how a lead says that a project stands: one sentence a day, which can be mended until the day is over.
type Word struct {
	ID      WordID
	Project ProjectID
	Term    TermID   // in which it was said: a new lead has no old words to answer
	Person  PersonID // who said it, or mended it last
	Day     Date     // the organisation's
	State   WordState
	Says    string
	SaidAt  time.Time
	SeenBy  PersonID // who answers for its priority, once they have seen it
	SeenAt  time.Time
}

// MaxWord is the most characters of a week's word.
const MaxWord = 300

// Check reports what is wrong with a word.
func (w Word) Check() error {
	var bad Invalid
	bad.Add(!slices.Contains(WordStates, w.State), "state", "Say how it stands: on track, at risk, off track, or on hold.")
	bad.Name("says", w.Says, "Say it in one sentence.")
	bad.Add(len([]rune(w.Says)) > MaxWord, "says", "Say it in 300 characters or fewer.")
	return bad.Err()
}

// Version names what a word says; that there is none yet has a version too.
func (w Word) Version() string { return versionOf(w.State, w.Says) }

// See notes that by has seen the word. Twice is once.
func (w *Word) See(by By) {
	if w.SeenAt.IsZero() {
		w.SeenBy, w.SeenAt = by.Person, by.At
	}
}

// WordTold is who was told that a word is due, of the word that is due next.
type WordTold string

// Who was told; nobody yet where it is empty.
const (
	WordToldLead    WordTold = "lead"    // a day before
	WordToldSteward WordTold = "steward" // when it was late
)

// When whoever leads is reminded of their word, and when a steward hears that there was none, in days from
// the day on which it is due; and after how many days it is due where no table says so.
const (
	WordReminder = -1
	WordLate     = 3
	WordEvery    = 14
)

// WordTellsOn is the day on which the clock next tells somebody that the term's word is due; zero: it has
// told all it tells.
func (t Term) WordTellsOn() Date {
	switch t.WordTold {
	case "":
		return t.WordDue.AddDate(0, 0, WordReminder)
	case WordToldLead:
		return t.WordDue.AddDate(0, 0, WordLate)
	}
	return Date{}
}

// NextWord sets when a word is due next: so many days after today. Of a word a day nobody is reminded: the day before
// it is due is the day of the last.
func (t *Term) NextWord(by By, days int) {
	if days < 1 {
		days = WordEvery
	}
	t.WordDue, t.WordTold = by.Day.AddDate(0, 0, days), ""
	if days == 1 {
		t.WordTold = WordToldLead
	}
}
