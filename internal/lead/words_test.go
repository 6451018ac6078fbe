package lead_test

import (
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

func sayWeek(state skein.WordState, says, read string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.SayWeek(by, state, says, read) }
}

func sameWeek(l *lead.Lead, by skein.By) error { return l.SameWeek(by, l.Word.Version()) }

func seeWeek(id skein.WordID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.SeeWeek(by, id, l.Word.Version()) }
}

// lastWord is what was said last, by whomever.
func (w *world) lastWord() skein.Word {
	if n := len(w.saidWords); n > 0 {
		return w.saidWords[n-1]
	}
	return skein.Word{}
}

// readToday is the version of what a page shows that was said today by whoever leads.
func (w *world) readToday() string {
	l := w.load(w.by(skeinItself), "")
	if l.Word.Day.Equal(skein.Day(w.now)) {
		return l.Word.Version()
	}
	return skein.Word{}.Version()
}

func (w *walk) saysWeek() verb {
	read := w.readToday()
	if w.draw(6) == 5 {
		read = "another"
	}
	says := []string{"The pumps hold.", "Two reservoirs fall.", "We wait for a boat."}[w.draw(3)]
	return sayWeek(skein.WordStates[w.draw(len(skein.WordStates))], says, read)
}

func (w *walk) seesWeek() verb {
	return seeWeek(anyOf(w, w.saidWords, func(w skein.Word) skein.WordID { return w.ID }))
}

// awaitedWords are the words of whoever leads, and that they are seen.
func (w *walk) awaitedWords(add func(string, skein.PersonID, verb)) {
	for _, t := range w.terms {
		if t.Role == skein.Primary && t.State.Holds() {
			add("say the week's word", t.Person, w.saysWeek())
			add("say the same as last week", t.Person, sameWeek)
		}
	}
	if word := w.lastWord(); word.ID != "" && w.forPriority != "" {
		add("see the week's word", w.forPriority, seeWeek(word.ID))
	}
}

// wordTells is when the clock tells somebody of the word of a term, from the rows alone; zero: never. Now: whichever
// the moment.
func (w *walk) wordTells(t skein.Term) (at time.Time, now bool) {
	if t.Role != skein.Primary || !t.State.Holds() {
		return time.Time{}, false
	}
	if t.WordDue.IsZero() {
		return w.now, true
	}
	return map[skein.WordTold]time.Time{
		"": t.WordDue.AddDate(0, 0, -1), skein.WordToldLead: t.WordDue.AddDate(0, 0, 3), skein.WordToldSteward: {},
	}[t.WordTold], false
}

// takenUp notes who leads again what they had stepped down from, where their word came due meanwhile.
func (w *walk) takenUp(before *store) {
	ended := map[skein.TermID]bool{}
	for _, t := range before.terms {
		ended[t.ID] = t.State == skein.TermEnded && t.WordDue.After(t.Until) && t.WordDue.Before(skein.Day(w.now))
	}
	for _, t := range w.terms {
		if ended[t.ID] && t.State.Holds() {
			w.late[t.ID] = skein.Day(w.now)
		}
	}
}

// wordsStand: one word a term and day, each of a term that was in office then; whoever leads has a clock from their
// last word on; nobody has seen what they said themselves.
func (w *walk) wordsStand() {
	days := map[string]bool{}
	last := map[skein.TermID]skein.Date{}
	for _, word := range w.saidWords {
		key := string(word.Term) + word.Day.Format(time.DateOnly)
		if days[key] {
			w.fail("two words of one day: %+v", word)
		}
		days[key], last[word.Term] = true, word.Day
		if word.SeenBy != "" && (word.SeenBy == word.Person || word.SeenBy != w.forPriority) {
			w.fail("seen by whom it is not for: %+v", word)
		}
	}
	every := w.checkIn
	if every < 1 {
		every = skein.WordEvery
	}
	for _, t := range w.terms {
		day, said := last[t.ID]
		if t.Role != skein.Primary && !t.WordDue.IsZero() {
			w.fail("a word is due of a %s", t.Role)
		}
		next := day.AddDate(0, 0, every)
		if again, is := w.late[t.ID]; is && again.After(day) {
			next = again
		}
		if said && t.State.Holds() && !t.WordDue.Equal(next) {
			w.fail("a word of %s, and the next is due on %s", day, t.WordDue)
		}
		if said && day.Before(t.From) {
			w.fail("a word from before its term: %s", day)
		}
	}
}
