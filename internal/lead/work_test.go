package lead_test

import (
	"fmt"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func addLink(label, url string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AddLink(by, label, url) }
}

func dropLink(id skein.LinkID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.DropLink(by, id) }
}

func addStep(says string, due skein.Date) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AddStep(by, says, due) }
}

func dropStep(id skein.StepID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.DropStep(by, id) }
}

func tickStep(id skein.StepID, done bool) verb {
	return func(l *lead.Lead, by skein.By) error { return l.TickStep(by, id, done) }
}

func (w *walk) anyLink() skein.LinkID {
	return anyOf(w, w.links, func(l skein.Link) skein.LinkID { return l.ID })
}

func (w *walk) anyStep() skein.StepID {
	return anyOf(w, w.steps, func(s skein.Step) skein.StepID { return s.ID })
}

func (w *walk) linked() verb {
	return addLink(fmt.Sprint("Board ", w.draw(12)), "https://work.example.org")
}

func (w *walk) stepped() verb {
	return addStep(fmt.Sprint("Step ", w.draw(12)), skein.Day(w.now).AddDate(0, 0, w.draw(30)))
}

// awaitedWork is what whoever leads does with links and steps, and who is in the team.
func (w *walk) awaitedWork(add func(string, skein.PersonID, verb)) {
	for _, t := range w.terms {
		if t.Role == skein.Primary && t.State.Holds() {
			add("add a link", t.Person, w.linked())
			add("add a member", t.Person, addMember(everybody[w.now.Day()%len(everybody)]))
			add("begin the next stretch", t.Person, w.nextPhase())
			add("take a link away", t.Person, dropLink(w.anyLink()))
			add("add a step", t.Person, w.stepped())
			add("tick a step", t.Person, tickStep(w.anyStep(), w.draw(3) > 0))
			add("take a step away", t.Person, dropStep(w.anyStep()))
		}
	}
}

func (w *walk) workStands() {
	if len(w.links) > skein.MostLinks || len(w.steps) > skein.MostSteps {
		w.fail("%d links, %d steps", len(w.links), len(w.steps))
	}
	for _, s := range w.steps {
		if (s.DoneBy == "") != s.DoneAt.IsZero() {
			w.fail("half done: %+v", s)
		}
	}
}

func TestALeadSaysWhereTheWorkHappens(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.refused(t, "refused", lee, addLink("Board", "https://work.example.org"))
	w.refused(t, "invalid label url", noor, addLink(" ", "javascript:alert(1)"))
	w.must(noor, addLink(" Board ", " https://work.example.org "))
	w.must(kim, addLink("Talk", "https://talk.example.org"))
	w.saw(t, "lead.link, lead.link", "")
	w.must(noor, addLink("Board", "https://work.example.org"))
	w.saw(t, "", "")
	w.refused(t, "refused", lee, dropLink(w.links[0].ID))
	w.must(kim, dropLink(w.links[0].ID))
	w.saw(t, "lead.unlink", "")
	w.must(kim, dropLink("nothing"))
	w.saw(t, "", "")
	if len(w.links) != 1 || w.links[0].Label != "Talk" {
		t.Errorf("%+v", w.links)
	}
	for i := range skein.MostLinks - 1 {
		w.must(noor, addLink(fmt.Sprint("Page ", i), "https://work.example.org"))
	}
	w.forget()
	w.refused(t, "invalid url", noor, addLink("One more", "https://work.example.org"))
	w.must(noor, complete)
	w.forget()
	w.refused(t, "conflict", noor, dropLink(w.links[0].ID))
}

func TestTheTeamTicksThePlan(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, join)
	w.must(mia, shadow)
	w.forget()
	w.refused(t, "refused", zoe, addStep("Ask the crews", w.in(3)))
	w.refused(t, "invalid says due", noor, addStep("", skein.Date{}))
	w.refused(t, "invalid due", noor, addStep("Ask the crews", w.in(-1)))
	w.refused(t, "invalid due", noor, addStep("Ask the crews", w.in(6*365)))
	w.must(noor, addStep("Ask the crews", w.in(3)))
	w.must(noor, addStep("Ask the crews", w.in(3)))
	w.saw(t, "lead.step", "")
	step := w.steps[0].ID
	w.refused(t, "refused", lee, tickStep(step, true))
	w.refused(t, "refused", mia, tickStep(step, true))
	w.refused(t, "not found", zoe, tickStep("nothing", true))
	w.must(zoe, tickStep(step, true))
	w.must(noor, tickStep(step, true)) // is done
	w.saw(t, "lead.tick", "")
	if s := w.steps[0]; s.DoneBy != zoe || s.DoneAt != w.now {
		t.Errorf("%+v", s)
	}
	w.must(noor, tickStep(step, false))
	w.saw(t, "lead.tick", "")
	if s := w.steps[0]; s.DoneBy != "" || !s.DoneAt.IsZero() {
		t.Errorf("%+v", s)
	}
	for i := range skein.MostSteps - 1 {
		w.must(noor, addStep(fmt.Sprint("Step ", i), w.in(4)))
	}
	w.forget()
	w.refused(t, "invalid says", noor, addStep("One more", w.in(4)))
	w.refused(t, "refused", zoe, dropStep(step))
	w.must(noor, dropStep(step))
	w.saw(t, "lead.unstep", "")
	w.must(noor, dropStep(step))
	w.saw(t, "", "")
}
