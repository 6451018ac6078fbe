package lead

import (
	"time"

	"skein/internal/skein"
)

// ShowLed lets others read, without a name, what somebody said of how it was led, or keeps it from them again. Whoever
// led may, of a review that has closed and in which enough was said; others are refused.
func (l *Lead) ShowLed(by skein.By, id skein.OutcomeID, key string, show bool) error {
	o, err := l.closedOf(by, id)
	if err != nil {
		return err
	}
	of := l.Outcomes.Of(id)
	a := find(l.Outcomes.Answers, func(a skein.OutcomeAnswer) bool { return a.Review == id && a.LedKey == key && key != "" && a.SaysLed() })
	if a == nil || !skein.LedReadable(of.Answers) {
		return skein.ErrNotFound
	}
	if a.LedShown == show {
		return nil
	}
	a.LedShown = show
	l.noteOutcome(map[bool]string{true: "outcome.show", false: "outcome.hide"}[show], *o, nil)
	return nil
}

// Thank thanks everybody who was asked, once. Whoever led may, of a review that has closed; others are refused.
func (l *Lead) Thank(by skein.By, id skein.OutcomeID) error {
	o, err := l.closedOf(by, id)
	if err != nil || !o.ThankedAt.IsZero() {
		return err
	}
	o.ThankedAt = by.At
	l.noteOutcome("outcome.thank", *o, nil)
	return l.tellAsked(by, o, skein.Notice{Code: skein.CodeThanks, Who: by.Person}, func(skein.OutcomeAnswer) bool { return true })
}

// closedOf is a review that has closed, of what by led.
func (l *Lead) closedOf(by skein.By, id skein.OutcomeID) (*skein.OutcomeReview, error) {
	o := find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.ID == id && o.State != skein.OutcomeVoid })
	if o == nil {
		return nil, skein.ErrNotFound
	}
	t := l.term(func(t skein.Term) bool { return t.ID == o.Term })
	switch {
	case t == nil || t.Person != by.Person || by.Person == "":
		return nil, skein.Refused{Why: "You did not lead this.", Who: "Only whoever led it then does that."}
	case o.State != skein.OutcomeClosed:
		return nil, skein.Conflict{Why: "It has not closed yet. It closes when all have answered, or on its day with what there is."}
	}
	return o, nil
}

// LedIn is whoever led what a review asks about; "" where there is no such review.
func (l *Lead) LedIn(id skein.OutcomeID) skein.PersonID {
	o := find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.ID == id })
	if o == nil {
		return ""
	}
	if t := l.term(func(t skein.Term) bool { return t.ID == o.Term }); t != nil {
		return t.Person
	}
	return ""
}

// OutcomeClosed tells whether a review has closed.
func (l *Lead) OutcomeClosed(id skein.OutcomeID) bool {
	return find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool { return o.ID == id && o.State == skein.OutcomeClosed }) != nil
}

// OutcomeSaid tells whether by has answered how it went.
func (l *Lead) OutcomeSaid(by skein.By, id skein.OutcomeID) bool {
	return find(l.Outcomes.Answers, func(a skein.OutcomeAnswer) bool { return a.Review == id && a.Person == by.Person && a.Said() }) != nil
}

// KeepLesson brings what somebody would do again, or not, into the library. Whoever answered may, once it has closed;
// others are refused. Twice is once.
func (l *Lead) KeepLesson(by skein.By, id skein.OutcomeID, key string) error {
	o, own, err := l.outcomeAsked(by, id)
	switch {
	case err != nil:
		return err
	case !own.Said():
		return skein.Refused{Why: "You did not answer how it went.", Who: "Whoever answered brings a lesson into the library."}
	case o.State != skein.OutcomeClosed:
		return skein.Conflict{Why: "It has not closed yet. It closes when all have answered, or on its day with what there is."}
	}
	a := find(l.Outcomes.Answers, func(a skein.OutcomeAnswer) bool {
		return a.Review == id && a.AgainKey == key && key != "" && a.Again != ""
	})
	if a == nil {
		return skein.ErrNotFound
	}
	if !a.LibraryAt.IsZero() {
		return nil
	}
	a.LibraryAt, a.LibraryBy = by.At, by.Person
	l.noteAnswer("lesson.keep", *o)
	return nil
}

// DropLesson takes a lesson out of the library. Whoever wrote it may, and whoever brought it there; to others it is not found.
func (l *Lead) DropLesson(by skein.By, id skein.OutcomeID, key string) error {
	o, _, err := l.outcomeAsked(by, id)
	if err != nil {
		return err
	}
	a := find(l.Outcomes.Answers, func(a skein.OutcomeAnswer) bool {
		return a.Review == id && a.AgainKey == key && key != ""
	})
	if a != nil && a.LibraryAt.IsZero() {
		return nil // who brought it there is not known any more: their second click finds it gone
	}
	if a == nil || a.Person != by.Person && a.LibraryBy != by.Person {
		return skein.ErrNotFound
	}
	a.LibraryAt, a.LibraryBy = time.Time{}, ""
	l.noteAnswer("lesson.drop", *o)
	return nil
}
