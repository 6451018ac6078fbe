package lead_test

import (
	"slices"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// The verbs of how it went, and what is true of it after every move of the walk.

func said(r skein.OutcomeResult) skein.OutcomeText {
	return skein.OutcomeText{Result: r, Led: "Asked before digging.", Again: "Ask first.", Named: true}
}

// review is the last that was opened.
func (w *world) review() skein.OutcomeReview {
	if n := len(w.outcomes.Reviews); n > 0 {
		return w.outcomes.Reviews[n-1]
	}
	return skein.OutcomeReview{}
}

// saysOf is what somebody was asked, and answered, in the last review.
func (w *world) saysOf(p skein.PersonID) skein.OutcomeAnswer {
	for _, a := range w.outcomes.Answers {
		if a.Review == w.review().ID && a.Person == p {
			return a
		}
	}
	return skein.OutcomeAnswer{}
}

// says is an answer to the last review.
func (w *world) says(text skein.OutcomeText, named ...skein.OutcomeNaming) verb {
	id := w.review().ID
	return func(l *lead.Lead, by skein.By) error { return l.AnswerOutcome(by, id, text, named) }
}

func (w *world) passes14() verb {
	id := w.review().ID
	return func(l *lead.Lead, by skein.By) error { return l.PassOutcome(by, id) }
}

func (w *walk) anyReviewOfIt() skein.OutcomeID {
	return anyOf(w, w.outcomes.Reviews, func(o skein.OutcomeReview) skein.OutcomeID { return o.ID })
}

func (w *walk) anyAnswer() skein.OutcomeAnswer {
	if len(w.outcomes.Answers) == 0 {
		return skein.OutcomeAnswer{Review: "nothing", LedKey: "nothing", AgainKey: "nothing"}
	}
	return w.outcomes.Answers[w.draw(len(w.outcomes.Answers))]
}

func (w *walk) saysHow() verb { return w.saysHowOf(w.anyReviewOfIt()) }

func (w *walk) saysHowOf(id skein.OutcomeID) verb {
	text := said(skein.OutcomeResults[w.draw(4)])
	text.Library, text.Led = w.draw(2) == 0, []string{"", "Asked before digging."}[w.draw(2)]
	var named []skein.OutcomeNaming
	if w.draw(4) == 0 {
		named = append(named, skein.OutcomeNaming{Person: everybody[w.draw(len(everybody))], Skill: "pumps"})
	}
	return func(l *lead.Lead, by skein.By) error { return l.AnswerOutcome(by, id, text, named) }
}

func (w *walk) hardlyThere() verb {
	id := w.anyReviewOfIt()
	return func(l *lead.Lead, by skein.By) error { return l.PassOutcome(by, id) }
}

func (w *walk) thereAfterAll() verb {
	id := w.anyReviewOfIt()
	return func(l *lead.Lead, by skein.By) error { return l.UnpassOutcome(by, id) }
}

func (w *walk) showsLed() verb {
	a, show := w.anyAnswer(), w.draw(2) == 0
	return func(l *lead.Lead, by skein.By) error { return l.ShowLed(by, a.Review, a.LedKey, show) }
}

func (w *walk) thanks() verb {
	id := w.anyReviewOfIt()
	return func(l *lead.Lead, by skein.By) error { return l.Thank(by, id) }
}

func (w *walk) keepsLesson() verb {
	a := w.anyAnswer()
	return func(l *lead.Lead, by skein.By) error { return l.KeepLesson(by, a.Review, a.AgainKey) }
}

func (w *walk) dropsLesson() verb {
	a := w.anyAnswer()
	return func(l *lead.Lead, by skein.By) error { return l.DropLesson(by, a.Review, a.AgainKey) }
}

// done begins the walk with a lead that has ended, of which everybody but whoever led it has said how it went.
func (w *walk) done() {
	w.needs = nil
	w.begun()
	if w.count(skein.TermLive) == 0 {
		return
	}
	for _, p := range []skein.PersonID{kim, lee, mia} {
		w.later[p] = false
		if w.project.State == skein.Led {
			w.must(p, join)
		}
	}
	w.must(noor, complete)
	for _, a := range w.outcomes.Answers {
		if a.Waits() && a.Part != skein.PartLead {
			w.must(a.Person, func(l *lead.Lead, by skein.By) error { return l.AnswerOutcome(by, a.Review, said(skein.Reached), nil) })
		}
	}
	for _, a := range w.outcomes.Answers {
		if a.Waits() {
			w.must(a.Person, func(l *lead.Lead, by skein.By) error { return l.AnswerOutcome(by, a.Review, said(skein.Reached), nil) })
		}
	}
}

func (w *walk) awaitedOutcomes(add func(string, skein.PersonID, verb)) {
	if w.now.Day()%2 == 0 && !w.project.State.Over() {
		return
	}
	of := map[skein.OutcomeID]lead.Outcomes{}
	for _, o := range w.outcomes.Reviews {
		of[o.ID] = w.outcomes.Of(o.ID)
	}
	for _, a := range w.outcomes.Answers {
		o := of[a.Review].Reviews[0]
		switch {
		case o.State == skein.OutcomeAsking && a.Waits():
			if w.now.Hour()%3 == 0 {
				add("be hardly there", a.Person, func(l *lead.Lead, by skein.By) error { return l.PassOutcome(by, a.Review) })
			}
			add("say how it went", a.Person, func(l *lead.Lead, by skein.By) error {
				return l.AnswerOutcome(by, a.Review, said(skein.OutcomeResults[len(a.Person)%4]), nil)
			})
		case o.State == skein.OutcomeAsking && a.Passed:
			add("be there after all", a.Person, func(l *lead.Lead, by skein.By) error { return l.UnpassOutcome(by, a.Review) })
		case o.State != skein.OutcomeClosed || !a.Said():
		case a.Part == skein.PartLead:
			add("thank those who were there", a.Person, func(l *lead.Lead, by skein.By) error { return l.Thank(by, a.Review) })
			for _, other := range of[a.Review].Answers {
				if other.SaysLed() && skein.LedReadable(of[a.Review].Answers) {
					add("show how it was led", a.Person, func(l *lead.Lead, by skein.By) error { return l.ShowLed(by, a.Review, other.LedKey, !other.LedShown) })
				}
			}
		case a.LibraryAt.IsZero():
			add("keep a lesson", a.Person, func(l *lead.Lead, by skein.By) error { return l.KeepLesson(by, a.Review, a.AgainKey) })
		default:
			add("drop a lesson", a.Person, func(l *lead.Lead, by skein.By) error { return l.DropLesson(by, a.Review, a.AgainKey) })
		}
	}
}

// waitsToClose adds the reviews that close, or of which somebody is reminded.
func (w *walk) waitsToClose(add func(lead.Clock, string, time.Time)) {
	for _, o := range w.outcomes.Reviews {
		if o.State != skein.OutcomeAsking {
			continue
		}
		at := o.OpenedAt.AddDate(0, 0, 11)
		if o.Reminded {
			at = o.OpenedAt.AddDate(0, 0, 14)
		}
		add(lead.ClockAsked, string(o.ID), at)
	}
}

// outcomesStand: each lead that has ended is asked about, in one review that is open at a time; what closed waits for
// nobody; evidence is of what closed, of nobody's miss, and of nobody who was not there.
func (w *walk) outcomesStand() {
	asking := map[skein.TermID]int{}
	for _, o := range w.outcomes.Reviews {
		of := w.outcomes.Of(o.ID)
		if o.State == skein.OutcomeAsking {
			if asking[o.Term]++; asking[o.Term] > 1 {
				w.fail("a lead is asked about twice: %+v", w.outcomes.Reviews)
			}
			stepped := slices.ContainsFunc(w.terms, func(t skein.Term) bool { return t.ID == o.Term && t.EndReason == skein.EndStepped })
			if !stepped && !slices.ContainsFunc(of.Answers, skein.OutcomeAnswer.Waits) { // who stepped down may take that back
				w.fail("all have answered, and it is open: %+v", of)
			}
		}
		if (o.State == skein.OutcomeClosed) == o.ClosedAt.IsZero() || o.Result != "" && o.State != skein.OutcomeClosed {
			w.fail("%+v", o)
		}
	}
	for _, t := range w.terms {
		if (asking[t.ID] > 0) && t.State != skein.TermEnded {
			w.fail("it is asked how a lead went that is %s", t.State)
		}
	}
	for _, e := range w.evidence {
		kind := e.Kind == skein.Outcome || e.Kind == skein.Self
		led := slices.ContainsFunc(w.terms, func(t skein.Term) bool { return t.Person == e.Person && t.Role == skein.Primary && t.State.Begun() })
		there := slices.ContainsFunc(w.outcomes.Answers, func(a skein.OutcomeAnswer) bool { return a.Person == e.Person })
		if !kind || e.Source != "p" || e.Level < 1 || !led && !there || e.Kind == skein.Self && !led {
			w.fail("evidence that is none: %+v", e)
		}
	}
}
