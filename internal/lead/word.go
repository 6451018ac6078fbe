package lead

import (
	"strings"
	"time"

	"skein/internal/skein"
)

// SayWeek says how the project stands. Whoever leads it may, who leads it beside them, and who stands in;
// others are refused, and where nobody leads it, it is a conflict. What was said today is mended, by whoever read
// what it says (read, its version); to say the same again changes nothing. A word that was changed is one that
// nobody has seen.
func (l *Lead) SayWeek(by skein.By, state skein.WordState, says, read string) error {
	t, err := l.tells(by)
	if err != nil {
		return err
	}
	w := skein.Word{
		Project: l.Project.ID, Term: t.ID, Person: by.Person, Day: by.Day, State: state,
		Says: strings.Join(strings.Fields(says), " "), SaidAt: by.At,
	}
	if err := w.Check(); err != nil {
		return err
	}
	today := l.saidOn(*t, by.Day)
	if today.ID != "" && today.Version() == w.Version() {
		return nil
	}
	if err := skein.Fresh(read, today.Version()); err != nil {
		return err
	}
	if w.ID = today.ID; w.ID == "" {
		w.ID = skein.WordID(l.port.ID())
	}
	l.say(by, t, w)
	return nil
}

// SameWeek says again what was said last by whoever leads it now, and by was shown. Who may is as with SayWeek. Where
// nothing was said yet, or something else since, it is a conflict; where the same was said today, nothing changes.
func (l *Lead) SameWeek(by skein.By, read string) error {
	t, err := l.tells(by)
	if err != nil {
		return err
	}
	w := l.Word
	if w.ID == "" || w.Term != t.ID {
		return skein.Conflict{Why: "Nothing has been said yet that could be said again. Say how it stands."}
	}
	if read != w.Version() {
		return skein.Conflict{Why: "Something else has been said meanwhile. Look at what it says now."}
	}
	if w.Day.Equal(by.Day) {
		return nil
	}
	w.ID, w.Person, w.Day, w.SaidAt = skein.WordID(l.port.ID()), by.Person, by.Day, by.At
	w.SeenBy, w.SeenAt = "", time.Time{}
	l.say(by, t, w)
	return nil
}

// say keeps a word, and sets when the next is due.
func (l *Lead) say(by skein.By, t *skein.Term, w skein.Word) {
	details := map[string]any{"state": w.State}
	if l.Word.ID != "" {
		details["was"] = l.Word.State
	}
	l.Word = w
	l.nextWord(by, t)
	l.noteProject("week.say", details)
}

// SeeWeek notes that whoever answers for the priority has seen the last word, of which they read so much. Others are
// refused, and so is who said it themselves. One that another has followed, or that was mended since, is a conflict.
// Twice is once.
func (l *Lead) SeeWeek(by skein.By, id skein.WordID, read string) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	if by.Person == "" || l.Answers != by.Person {
		return skein.Refused{Why: "You do not answer for its priority.", Who: "Whoever does notes that they have seen it."}
	}
	if l.Word.ID == "" || l.Word.ID != id || read != l.Word.Version() {
		return skein.Conflict{Why: "Something else has been said meanwhile. Look at what it says now."}
	}
	if l.Word.Person == by.Person {
		return skein.Refused{Why: "You said this yourself.", Who: "Nobody else answers for its priority."}
	}
	if !l.Word.SeenAt.IsZero() {
		return nil
	}
	l.Word.See(by)
	l.noteProject("week.see", map[string]any{"person": l.Word.Person})
	return nil
}

// tells is the term of whoever leads, for by who may say how it stands.
func (l *Lead) tells(by skein.By) (*skein.Term, error) {
	if err := l.stillOn(); err != nil {
		return nil, err
	}
	if !l.leads(by) {
		return nil, skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it says how it stands, who leads it beside them, and who stands in.",
		}
	}
	t := l.primary(skein.TermState.Holds)
	if t == nil {
		return nil, skein.Conflict{Why: "Nobody leads this now, so there is no word to give. Whoever leads it next says how it stands."}
	}
	return t, nil
}

// leads tells whether by leads it, leads it beside the lead, or stands in.
func (l *Lead) leads(by skein.By) bool {
	if by.Person == "" {
		return false
	}
	return l.StandingIn(by.Day) == by.Person || l.term(func(t skein.Term) bool {
		return t.Person == by.Person && t.Role != skein.Shadow && t.State.Holds()
	}) != nil
}

// saidOn is what was said in a term on a day; without an id: nothing.
func (l *Lead) saidOn(t skein.Term, day skein.Date) skein.Word {
	if l.Word.Term == t.ID && l.Word.Day.Equal(day) {
		return l.Word
	}
	return skein.Word{}
}

// nextWord sets when a word is due next of whoever leads.
func (l *Lead) nextWord(by skein.By, t *skein.Term) {
	days := 0
	if l.port.Judge.CheckIn != nil {
		days = l.port.Judge.CheckIn(l.Phase.Situation)
	}
	t.NextWord(by, days)
}

// wordTells is when the clock has something to say of the word of a term; zero: it has not. Of whoever leads by a
// file, or since before words were said, it is reckoned first from when they are to be due.
func (l *Lead) wordTells(t skein.Term, by skein.By) skein.Date {
	switch {
	case t.Role != skein.Primary || !t.State.Holds():
		return skein.Date{}
	case t.WordDue.IsZero():
		return by.Day
	}
	return t.WordTellsOn()
}

// TellOfWord reminds whoever leads, or stands in, of a word that is due tomorrow; and tells the nearest steward who
// does not lead it themselves when it is three days late. Skein does it by the day, each once.
func (l *Lead) TellOfWord(by skein.By, id skein.TermID) error {
	t := l.term(func(t skein.Term) bool { return t.ID == id })
	if t == nil {
		return skein.ErrNotFound
	}
	if !dueOn(l.wordTells(*t, by), by.Day) {
		return nil
	}
	if t.WordDue.IsZero() {
		l.nextWord(by, t)
		return nil
	}
	if t.WordTold == "" {
		t.WordTold = skein.WordToldLead
		to := l.StandingIn(by.Day)
		if to == "" {
			to = t.Person
		}
		l.tellWord(to, *t, "")
	}
	if dueOn(t.WordTellsOn(), by.Day) { // where nobody has looked at the clocks for days, both at once
		t.WordTold = skein.WordToldSteward
		l.noteProject("week.late", map[string]any{"person": t.Person})
		for _, p := range l.nearest(t.Person, l.StandingIn(by.Day)) {
			l.tellWord(p, *t, skein.CodeLate)
		}
	}
	return nil
}

// tellWord tells somebody that the word of a term is due, or late.
func (l *Lead) tellWord(to skein.PersonID, t skein.Term, code skein.NoticeCode) {
	about := "due:"
	if code == skein.CodeLate {
		about = "late:"
	}
	l.tell(skein.Notice{
		To: to, Kind: skein.NoticeWord, Code: code, Who: t.Person, Of: string(t.ID), On: t.WordDue,
		About: about + string(t.ID) + ":" + t.WordDue.Format(time.DateOnly),
	})
}
