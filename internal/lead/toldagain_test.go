package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// askedForABoat is a project that is open, whose lead gets a boat that dario is asked for, who was told.
func askedForABoat(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.project.Trust = skein.Open
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario}}
	w.publish()
	w.sawTold(t, skein.NoticeNeeds, "dario needs/asked")
	return w
}

func proposing(change func(*skein.Proposal)) verb {
	return func(l *lead.Lead, by skein.By) error {
		_, err := l.Edit(by, func(p *skein.Proposal) error {
			change(p)
			return nil
		})
		return err
	}
}

func TestWhatIsAskedAnewIsToldAnew(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		live func(*world)
		told string
	}{
		"nobody touched it": {func(w *world) {
			w.must(ada, proposing(func(p *skein.Proposal) { p.Phase.Situation.Stakes = 4 }))
		}, ""},
		"it ends later than what was granted": {func(w *world) {
			w.must(dario, w.grant("boat"))
			w.forget()
			w.must(ada, proposing(func(p *skein.Proposal) { p.Project.EndOn = p.Project.EndOn.AddDate(0, 0, 9) }))
		}, "dario needs/asked"},
		"something else is needed": {func(w *world) {
			w.must(ada, proposing(func(p *skein.Proposal) {
				p.Needs = append(p.Needs, skein.Need{Kind: skein.NeedTools, What: "a net", AskedOf: dario})
			}))
		}, "dario needs/asked"},
		"it is open once more": {func(w *world) {
			w.claim(noor)
			w.pass(day)
			w.must(noor, w.waive("boat"))
			w.must(noor, complete)
			w.forget()
			w.must(noor, reopen("It leaks again.", w.in(30)))
		}, "dario needs/asked"},
		"whoever was asked in their place is asked again": {func(w *world) {
			w.gone[dario] = true
			w.pass(0)
			w.sawTold(t, skein.NoticeNeeds, "sofie needs/asked")
			w.pass(day)
			w.needs[0].AskedOf, w.gone[dario] = dario, false
			w.gone[dario] = true
			w.pass(0)
		}, "sofie needs/asked"},
	} {
		w := askedForABoat(t)
		w.now = w.now.Add(day)
		c.live(w)
		t.Log(name)
		w.sawTold(t, skein.NoticeNeeds, c.told)
	}
}

// Whoever said that they would not, and is named again, hears of it; by the same day once.
func TestWhoIsNamedAgainIsAskedAgain(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Weighed)
	with := func(p skein.PersonID) {
		if err := w.send(noor, noor, sending(skein.Claim{Why: "I know these pumps.", With: p}, true)); err != nil {
			t.Fatal(err)
		}
	}
	with(kim)
	w.sawTold(t, skein.NoticeWith, "kim with/asked of noor")
	w.answered(kim, noor, false)
	w.forget()
	with(kim)
	w.sawTold(t, skein.NoticeWith, "")
	w.answered(kim, noor, false)
	w.now = w.now.Add(day)
	w.forget()
	with(kim)
	w.sawTold(t, skein.NoticeWith, "kim with/asked of noor")
}
