package lead_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

var noWord = skein.Word{}.Version()

func (w *world) due(t *testing.T, want skein.Date, told skein.WordTold) {
	t.Helper()
	if term := w.termOf(noor, skein.Primary); !term.WordDue.Equal(want) || term.WordTold != told {
		t.Errorf("due on %s, told %q; want %s, %q", term.WordDue, term.WordTold, want, told)
	}
}

// weekly is led by noor, who says how it stands every two weeks.
func weekly(t *testing.T) *world {
	t.Helper()
	w := led(t, noor)
	w.checkIn = 0
	for i := range w.terms {
		w.terms[i].WordDue = w.in(14)
	}
	return w
}

func TestALeadSaysHowItStandsAndMendsItUntilMidnight(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.beside(kim)
	w.due(t, w.in(14), "")
	w.refused(t, "invalid state says", noor, sayWeek("fine", " \u200b", noWord))
	w.refused(t, "invalid says", noor, sayWeek(skein.WordAtRisk, strings.Repeat("rain ", 61), noWord))
	w.refused(t, "refused", ada, sayWeek(skein.WordAtRisk, "It rains.", noWord))
	w.refused(t, "conflict", noor, sameWeek)
	w.must(noor, sayWeek(skein.WordAtRisk, " Two reservoirs\n fall. ", noWord))
	w.saw(t, "week.say", "")
	first := w.lastWord()
	if first.Says != "Two reservoirs fall." || first.Person != noor || first.Term != w.termOf(noor, skein.Primary).ID {
		t.Errorf("%+v", first)
	}
	w.must(noor, sayWeek(skein.WordAtRisk, "Two reservoirs fall.", "any")) // the same: nothing
	w.must(noor, sameWeek)
	w.saw(t, "", "")
	w.refused(t, "conflict", kim, sayWeek(skein.WordOffTrack, "Three fall.", noWord)) // who has not read what it says now
	w.must(kim, sayWeek(skein.WordOffTrack, "Three fall.", first.Version()))
	w.saw(t, "week.say", "")
	if got := w.lastWord(); len(w.saidWords) != 1 || got.ID != first.ID || got.Person != kim || got.State != skein.WordOffTrack {
		t.Errorf("%+v", w.saidWords)
	}
	w.now = w.now.Add(day)
	w.must(noor, sayWeek(skein.WordOnHold, "We wait.", noWord)) // the day after it is another
	w.saw(t, "week.say", "")
	w.due(t, w.in(14), "")
	if len(w.saidWords) != 2 || w.saidWords[0].Says != "Three fall." {
		t.Errorf("%+v", w.saidWords)
	}
	w.must(noor, complete)
	w.forget()
	w.refused(t, "conflict", noor, sayWeek(skein.WordOnHold, "We wait.", noWord))
	w.refused(t, "conflict", noor, sameWeek)
}

func TestANewLeadHasNoOldWordsToAnswer(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.must(noor, sayWeek(skein.WordAtRisk, "Two fall.", noWord))
	w.now = w.now.Add(7 * day)
	w.must(noor, sameWeek)
	if len(w.saidWords) != 2 || w.saidWords[1].Says != "Two fall." || w.saidWords[1].ID == w.saidWords[0].ID {
		t.Errorf("%+v", w.saidWords)
	}
	w.must(noor, handOn)
	w.must(noor, sayWeek(skein.WordOffTrack, "I hand it on.", w.readToday())) // still theirs
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.handsOver(noor, kim)
	w.forget()
	w.refused(t, "conflict", kim, sameWeek)
	w.refused(t, "refused", noor, sameWeek)
	if at := w.termOf(kim, skein.Primary).WordDue; !at.Equal(w.in(14)) {
		t.Errorf("the new lead's word is due on %s", at)
	}
	w.must(kim, sayWeek(skein.WordOnTrack, "I am new.", w.readToday()))
	w.must(kim, stepDown)
	w.forget()
	w.refused(t, "refused", kim, sameWeek)
}

func TestWhoStandsInSaysItAndIsReminded(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.ready = []skein.PersonID{mia}
	w.must(noor, w.askStandIn("", w.in(30)))
	w.must(mia, w.answerStandIn(true))
	w.forget()
	w.must(mia, sayWeek(skein.WordOnTrack, "It holds.", noWord))
	w.saw(t, "week.say", "")
	w.pass(13 * day)
	w.saw(t, "", "mia word of noor")
}

func TestWhoAnswersForThePriorityHasSeenIt(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.forPriority = zoe
	w.refused(t, "conflict", zoe, seeWeek("nothing"))
	w.must(noor, sayWeek(skein.WordAtRisk, "Two fall.", noWord))
	w.forget()
	first := w.lastWord()
	w.refused(t, "refused", ada, seeWeek(first.ID))
	w.refused(t, "refused", noor, seeWeek(first.ID))
	w.refused(t, "conflict", zoe, seeWeek("another"))
	w.must(zoe, seeWeek(first.ID))
	w.saw(t, "week.see", "")
	w.must(zoe, seeWeek(first.ID)) // once
	w.saw(t, "", "")
	if got := w.lastWord(); got.SeenBy != zoe || got.SeenAt != w.now {
		t.Errorf("%+v", got)
	}
	w.must(noor, sayWeek(skein.WordOffTrack, "Three fall.", first.Version()))
	if got := w.lastWord(); got.SeenBy != "" || !got.SeenAt.IsZero() {
		t.Errorf("what was changed has been seen: %+v", got)
	}
	w.forget()
	w.refused(t, "conflict", zoe, func(l *lead.Lead, by skein.By) error { return l.SeeWeek(by, first.ID, first.Version()) }) // they read another
	w.refused(t, "conflict", noor, func(l *lead.Lead, by skein.By) error { return l.SameWeek(by, first.Version()) })
	w.must(zoe, seeWeek(first.ID))
	w.now = w.now.Add(day)
	w.must(noor, sameWeek)
	w.forget()
	w.refused(t, "conflict", zoe, seeWeek(first.ID))
	w.forPriority = noor
	w.refused(t, "refused", noor, seeWeek(w.lastWord().ID)) // their own
}

func TestALeadIsRemindedOnceAndThenTheSteward(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.checkIn = 7
	w.must(noor, sayWeek(skein.WordOnTrack, "It holds.", noWord))
	w.forget()
	w.pass(6*day - 10*hour) // up to the end of the fifth day
	w.saw(t, "", "")
	w.pass(hour * 10)
	w.saw(t, "", "noor word of noor")
	w.pass(3 * day)
	w.saw(t, "", "")
	w.pass(day)
	w.saw(t, "week.late", "sofie word/late of noor")
	w.pass(40 * day)
	w.saw(t, "", "")
	w.must(noor, sameWeek)
	w.forget()
	w.due(t, w.in(7), "")
	w.pass(10 * day) // nobody looked at the clocks: both at once
	w.saw(t, "week.late", "noor word of noor, sofie word/late of noor")
}

// Of a word a day nobody is reminded on the day on which they said one.
func TestOfAWordADayNobodyIsReminded(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.checkIn = 1
	w.must(noor, sayWeek(skein.WordOnTrack, "It holds.", noWord))
	w.forget()
	w.pass(day)
	w.saw(t, "", "")
	w.pass(3 * day)
	w.saw(t, "week.late", "sofie word/late of noor")
}

// A steward who leads it is not told of themselves: the next above is.
func TestAStewardIsNotToldOfTheirOwnWord(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	w.stewards = []lead.Steward{{Person: noor}, {Person: uma, Depth: 1}}
	w.pass(17 * day)
	w.saw(t, "week.late", "noor word of noor, uma word/late of noor")
}

// Of whoever leads since before words were said, the clock begins when Skein first looks.
func TestALeadOfAFileHasAClock(t *testing.T) {
	t.Parallel()
	w := weekly(t)
	for i := range w.terms {
		w.terms[i].WordDue = skein.Date{}
	}
	w.pass(100 * day)
	w.saw(t, "", "")
	w.due(t, w.in(14), "")
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.TellOfWord(by, w.termOf(noor, skein.Primary).ID) })
	w.saw(t, "", "")
	w.refused(t, "not found", skeinItself, func(l *lead.Lead, by skein.By) error { return l.TellOfWord(by, "nothing") })
}

// Who steps down and takes it back owes the word on the day on which they owed it; what came due while nobody led is due
// on the day on which they lead on.
func TestSteppingDownAndBackBuysNoTimeForAWord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, away, due int }{
		"due later": {3, 0, 14}, "due today": {14, 0, 14}, "late": {16, 0, 14}, "due on the day": {14, 2, 14}, "due meanwhile": {13, 2, 15},
	} {
		w := led(t, noor)
		from := skein.Day(w.now)
		w.terms[0].WordDue = from.AddDate(0, 0, 14)
		w.pass(time.Duration(c.before) * day)
		w.must(noor, stepDown)
		w.pass(time.Duration(c.away) * day)
		w.must(noor, takeBack)
		if got := w.termOf(noor, skein.Primary).WordDue; !got.Equal(from.AddDate(0, 0, c.due)) {
			t.Errorf("%s: due on %s, from %s", name, got, from)
		}
	}
}
