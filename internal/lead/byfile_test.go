package lead_test

import (
	"slices"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// renewedLater has a file say that noor, whose lead is reconsidered, leads it anew from the day after the next ten.
func (w *world) renewedLater() {
	day := skein.Day(w.now).AddDate(0, 0, 10)
	w.terms[0].State, w.terms[0].EndsOn = skein.TermHandingOver, day.AddDate(0, 0, -1)
	w.project.State = skein.HandingOver
	w.terms = append(w.terms, skein.Term{
		ID: "again", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermAccepted, StartsOn: day, EndsOn: day.AddDate(0, 6, 0),
	})
	w.windows = append(w.windows, skein.Window{
		ID: "of the file", Project: "p", Phase: w.phase.ID, Number: 9, State: skein.WindowPicked, OpenedAt: w.now, ClosedAt: w.now, ToldAt: w.now,
	})
	leadsAlone(w)
}

// Whoever leads on by a file was chosen for what they were chosen for, and is asked what they were asked.
func TestWhatWaitsForALeadGoesOnWhereAFileRenewsIt(t *testing.T) {
	t.Parallel()
	w := changing(t)
	w.must(noor, proposeRemit(other(6), w.deciding().Version()))
	w.must(noor, w.restate(w.harder()))
	w.asksHow = true
	chosenFor := w.terms[0].ChosenFor
	w.renewedLater()
	w.pass(10 * day)
	now := w.termOf(noor, skein.Primary)
	if now.ID != "again" || now.State != skein.TermLive || now.ChosenFor != chosenFor || now.ChosenHow != w.terms[0].ChosenHow {
		t.Errorf("%+v", now)
	}
	if r := w.last(); r.State != skein.ReconsiderOpen || r.Term != now.ID {
		t.Errorf("%+v", r)
	}
	if c := w.changes[len(w.changes)-1]; !c.Waits() || c.Term != now.ID {
		t.Errorf("%+v", c)
	}
	if len(w.outcomes.Reviews) > 0 {
		t.Errorf("%+v", w.outcomes)
	}
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.must(sofie, w.becomes(skein.AnswerKeep))
	if r := w.last(); r.State != skein.ReconsiderKept {
		t.Errorf("%+v", r)
	}
}

// What is said until then counts: who is to lead on by a file is reconsidered as anybody is.
func TestWhoIsToLeadOnByAFileHandsItOnWhereThatIsSaidBefore(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.renewedLater()
	w.pass(5 * day)
	w.must(noor, w.becomes(skein.AnswerHandOn))
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.stands(t, "handing_over open: noor live")
	if next := w.termOf(noor, skein.Primary); next.ID != "again" || next.State != skein.TermVoid {
		t.Errorf("%+v", next)
	}
	if w.last().State != skein.ReconsiderHandedOn {
		t.Errorf("%+v", w.last())
	}
	leadsAlone(w)
}

func TestTheClockRemindsWhoIsToLeadOnByAFile(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.renewedLater()
	w.terms[len(w.terms)-1].StartsOn = skein.Day(w.now).AddDate(0, 0, 40)
	w.terms[0].EndsOn = skein.Day(w.now).AddDate(0, 0, 39)
	w.pass(12 * day)
	if r := w.last(); r.State != skein.ReconsiderOpen || !r.Reminded {
		t.Errorf("%+v", r)
	}
}

// endedBy has a file end places on a day.
func (w *world) endedBy(on skein.Date, places ...skein.TermID) verb {
	for i := range w.terms {
		if t := &w.terms[i]; slices.Contains(places, t.ID) && t.State != skein.TermEnded {
			t.State, t.Until, t.EndedAt = skein.TermEnded, on, on
		}
	}
	w.project.State = skein.Completed
	return func(l *lead.Lead, by skein.By) error { return l.EndedByFile(by, places) }
}

func TestOfALeadThatAFileEndsItIsAskedHowItWent(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forPriority, w.asksHow = zoe, true
	w.beside(kim)
	w.beside(dario)
	w.must(lee, join)
	w.must(mia, shadow)
	w.forget()
	w.pass(20 * day)
	w.forget()
	ended, before := skein.Day(w.now).AddDate(0, 0, -5), w.termOf(dario, skein.CoLead).ID
	w.must(skeinItself, w.endedBy(ended.AddDate(0, 0, -1), before))
	w.saw(t, "", "")
	w.must(skeinItself, w.endedBy(ended, w.termOf(noor, skein.Primary).ID, w.termOf(kim, skein.CoLead).ID, before))
	w.saw(t, "outcome.open", "dario outcome by 336h, kim outcome by 336h, lee outcome by 336h, mia outcome by 336h, noor outcome by 336h, zoe outcome by 336h")
	if of := w.outcomes.Reviews; len(of) != 1 || of[0].Term != w.termOf(noor, skein.Primary).ID || len(w.outcomes.Skills) != 2 {
		t.Errorf("%+v", w.outcomes)
	}
}

func TestNobodyIsAskedOfALeadThatAFileRenews(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.asksHow = true
	chosenFor, today := w.terms[0].ChosenFor, skein.Day(w.now)
	ended := w.endedBy(today, w.terms[0].ID)
	w.project.State = skein.Led
	w.terms = append(w.terms, skein.Term{ID: "again", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermLive, From: today})
	w.must(skeinItself, ended)
	w.saw(t, "", "")
	if r, now := w.last(), w.termOf(noor, skein.Primary); r.State != skein.ReconsiderOpen || r.Term != "again" || now.ChosenFor != chosenFor {
		t.Errorf("%+v, %+v", r, now)
	}
}

// Whoever leads on by a file keeps what they were granted for themselves, at once and from a later day.
func TestTheCoachStaysWithALeadThatAFileRenews(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	w.must(noor, w.accept(noor))
	had := len(w.needs)
	if had == 0 {
		t.Fatal("no coach is asked for")
	}
	w.renewedLater()
	w.pass(10 * day)
	if next := w.termOf(noor, skein.Primary); next.ID != "again" || next.State != skein.TermLive || len(w.needs) != had {
		t.Errorf("%+v: %+v", next, w.needs)
	}
}

// Who is asked to lead beside whoever leads on by a file is asked on, and after a no the next is.
func TestWhoIsAskedToLeadBesideIsAskedOnWhereAFileRenewsTheLead(t *testing.T) {
	t.Parallel()
	for when, renewed := range map[string]func(*world){
		"now": func(w *world) {
			ended := w.endedBy(skein.Day(w.now), w.terms[0].ID)
			w.project.State = skein.Led
			w.terms = append(w.terms, skein.Term{ID: "again", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermLive, From: skein.Day(w.now)})
			w.must(skeinItself, ended)
		},
		"later": func(w *world) { w.renewedLater() },
	} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			w := sought(t)
			renewed(w)
			w.seeksOnly(t, lee)
			w.must(lee, w.answerToCoLead(false))
			w.seeksOnly(t, zoe)
		})
	}
}

// Whoever steps down from a lead that a file has them lead on steps down from both at once.
func TestSteppingDownIsFromWhatAFileHasThemLeadOnToo(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.renewedLater()
	w.must(noor, stepDown)
	if next := w.termOf(noor, skein.Primary); next.ID != "again" || next.State != skein.TermVoid {
		t.Errorf("%+v", next)
	}
	w.stands(t, "open open: noor ended")
	w.forget()
	w.refused(t, "refused", noor, stepDown)
}

// A file that renews a lead parts it: whoever was there in the part before was there while it was led.
func TestOfALeadThatAFileRenewedTheTimeBeforeCountsToo(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(lee, join)
	w.must(mia, join)
	w.pass(20 * day)
	w.must(lee, leave)
	today := skein.Day(w.now)
	ended := w.endedBy(today, w.terms[0].ID)
	w.project.State = skein.Led
	w.terms = append(w.terms, skein.Term{ID: "again", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermLive, From: today})
	w.must(skeinItself, ended)
	w.must(kim, join)
	w.pass(5 * day)
	w.must(noor, complete)
	var asked []skein.PersonID
	for _, a := range w.outcomes.Answers {
		asked = append(asked, a.Person)
	}
	slices.Sort(asked)
	if !slices.Equal(asked, []skein.PersonID{lee, mia, noor}) {
		t.Errorf("%v, want who was there for two weeks of both parts: kim came at the end", asked)
	}
}

// A file that has somebody lead on from a later day says nothing of a lead that ends for good before that day.
func TestOfALeadThatEndsBeforeAFileRenewsItItIsAskedHowItWent(t *testing.T) {
	t.Parallel()
	for how, ends := range map[string]func(*world){
		"it is done": func(w *world) { w.must(noor, complete) },
		"its last day has passed": func(w *world) {
			w.terms[0].EndsOn = w.in(3)
			w.project.EndOn = w.in(3)
			w.pass(4 * day)
		},
		"a gap between the two": func(w *world) {
			w.terms[0].EndsOn = w.in(5)
			w.pass(6 * day)
		},
		"a gap that the file makes": func(w *world) {
			ended := w.endedBy(skein.Day(w.now), w.terms[0].ID)
			w.project.State = skein.OpenForLead
			w.must(skeinItself, ended)
		},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			w := led(t, noor)
			w.must(lee, join)
			w.renewedLater()
			w.asksHow = true
			ends(w)
			if o := w.review(); len(w.outcomes.Reviews) != 1 || o.Term != w.terms[0].ID || o.State != skein.OutcomeAsking || w.saysOf(lee).Person == "" {
				t.Errorf("%+v", w.outcomes)
			}
		})
	}
}
