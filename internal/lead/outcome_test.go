package lead_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// over is a project that noor led with kim beside, lee in the team, mia shadowing, and zoe answering for its priority, and
// has just completed.
func over(t *testing.T) *world {
	t.Helper()
	w := led(t, noor)
	w.forPriority, w.asksHow = zoe, true
	w.beside(kim)
	w.must(lee, join)
	w.must(mia, shadow)
	w.forget()
	w.must(noor, complete)
	return w
}

// left says what evidence there is: "noor pumps outcome 3".
func (w *world) left() string {
	var all []string
	for _, e := range w.evidence {
		all = append(all, fmt.Sprintf("%s %s %s %d", e.Person, e.Skill, e.Kind, e.Level))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestWhenALeadEndsThoseWhoWereThereAreAsked(t *testing.T) {
	t.Parallel()
	w := over(t)
	var told []string
	for _, n := range w.notices {
		if n.Kind == skein.NoticeOutcome {
			told = append(told, w.words(n))
		}
	}
	slices.Sort(told)
	if got, want := strings.Join(told, ", "), "kim outcome by 336h, lee outcome by 336h, mia outcome by 336h, zoe outcome by 336h"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	for p, part := range map[skein.PersonID]skein.OutcomePart{
		noor: skein.PartLead, kim: skein.PartCoLead, mia: skein.PartShadow, lee: skein.PartMember, zoe: skein.PartOwner,
	} {
		if a := w.saysOf(p); a.Part != part || a.Owner != (p == zoe) {
			t.Errorf("%s: %+v", p, a)
		}
	}
	w.forget()
	w.refused(t, "refused", ada, w.says(said(skein.Reached)))
	w.refused(t, "refused", ada, w.passes14())
	w.refused(t, "not found", noor, func(l *lead.Lead, by skein.By) error { return l.AnswerOutcome(by, "nothing", said(skein.Reached), nil) })
	w.refused(t, "invalid result", noor, w.says(skein.OutcomeText{}))
	w.refused(t, "invalid led again", noor, w.says(skein.OutcomeText{Result: skein.Reached, Led: strings.Repeat("rain ", 121), Again: strings.Repeat("rain ", 121)}))
	w.refused(t, "invalid again", noor, w.says(skein.OutcomeText{Result: skein.Reached, Library: true}))
	w.refused(t, "invalid named", noor, w.says(said(skein.Reached), skein.OutcomeNaming{Person: ada, Skill: "pumps"}))
	w.refused(t, "invalid named", noor, w.says(said(skein.Reached), skein.OutcomeNaming{Person: zoe, Skill: "pumps"}))
	w.refused(t, "invalid named", noor, w.says(said(skein.Reached), skein.OutcomeNaming{Person: noor, Skill: "pumps"}))
	w.refused(t, "invalid named", noor, w.says(said(skein.Reached), skein.OutcomeNaming{Person: kim, Skill: "cooking"}))
	w.must(noor, w.says(said(skein.Reached)))
	w.saw(t, "outcome.answer", "")
	w.must(noor, w.says(said(skein.Reached)))
	w.saw(t, "", "")
	w.refused(t, "conflict", noor, w.says(said(skein.Partly)))
	w.refused(t, "conflict", noor, w.passes14())
}

func TestWhenAllHaveAnsweredItClosesAndLeavesEvidence(t *testing.T) {
	t.Parallel()
	w := over(t)
	w.must(noor, w.says(said(skein.GivenUp), skein.OutcomeNaming{Person: mia, Skill: "pumps"}))
	w.must(kim, w.says(said(skein.Partly), skein.OutcomeNaming{Person: lee, Skill: "pumps"}, skein.OutcomeNaming{Person: noor, Skill: "pumps"}))
	w.must(lee, w.says(said(skein.Partly)))
	w.must(zoe, w.says(said(skein.Reached)))
	w.forget()
	w.must(mia, w.passes14())
	w.saw(t, "outcome.pass, outcome.close", "kim outcome/result, lee outcome/result, noor outcome/result, zoe outcome/result")
	if o := w.review(); o.Result != skein.Reached || o.Basis != skein.BasisOwner || !o.ClosedAt.Equal(w.now) {
		t.Errorf("%+v", o)
	}
	if got, want := w.left(), "lee pumps outcome 3, mia pumps outcome 3, noor listening outcome 1, noor pumps outcome 3"; got != want {
		t.Errorf("left %s, want %s", got, want)
	}
	for _, e := range w.evidence {
		if e.Source != "p" || !e.ObservedOn.Equal(skein.Day(w.now)) {
			t.Errorf("%+v", e)
		}
	}
	w.refused(t, "conflict", mia, w.says(said(skein.Reached)))
}

// Whoever said that they were hardly there can take that back while it is asked, and is waited for again.
func TestThatSomebodyWasHardlyThereIsTakenBack(t *testing.T) {
	t.Parallel()
	w := over(t)
	id := w.review().ID
	unpass := func(l *lead.Lead, by skein.By) error { return l.UnpassOutcome(by, id) }
	w.must(mia, w.passes14())
	w.forget()
	w.refused(t, "refused", ada, unpass)
	w.must(mia, unpass)
	w.saw(t, "outcome.unpass", "")
	w.must(mia, unpass)
	w.saw(t, "", "")
	for _, p := range []skein.PersonID{noor, kim, lee, zoe} {
		w.must(p, w.says(said(skein.Reached)))
	}
	if o := w.review(); o.State != skein.OutcomeAsking {
		t.Errorf("it closed without mia: %+v", o)
	}
	w.must(mia, w.says(said(skein.Reached)))
	w.forget()
	w.must(mia, unpass) // who answered took it back by that
	w.saw(t, "", "")

	w = over(t)
	id = w.review().ID
	w.must(mia, w.passes14())
	w.pass(14 * day)
	w.forget()
	w.refused(t, "conflict", mia, unpass)
}

func TestNobodyWaitsForSomebodyWhoHasLeftToSayHowItWent(t *testing.T) {
	t.Parallel()
	w := over(t)
	for _, p := range []skein.PersonID{noor, kim, zoe} {
		w.must(p, w.says(said(skein.Reached)))
	}
	w.leaves(t, mia, "outcome.absent", "")
	if o := w.review(); o.State != skein.OutcomeAsking {
		t.Errorf("it closed without lee: %+v", o)
	}
	w.leaves(t, lee, "outcome.absent, outcome.close", "kim outcome/result, noor outcome/result, zoe outcome/result")
	if o := w.review(); o.State != skein.OutcomeClosed || o.Result != skein.Reached {
		t.Errorf("%+v", o)
	}
}

// Nor is it waited for somebody who stepped down and has left since: they do not take it back any more.
func TestWhoSteppedDownAndLeftKeepsNothingOpen(t *testing.T) {
	t.Parallel()
	for name, leftFirst := range map[string]bool{"before the others answer": true, "after they did": false} {
		w := led(t, noor)
		w.asksHow = true
		w.must(lee, join)
		w.must(noor, stepDown)
		if !leftFirst {
			w.must(lee, w.says(said(skein.Reached)))
		}
		w.gone[noor] = true
		w.pass(0)
		if leftFirst {
			w.must(lee, w.says(said(skein.Reached)))
		}
		if o := w.review(); o.State != skein.OutcomeClosed {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestWhoseWordTheResultIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		say  map[skein.PersonID]skein.OutcomeResult
		want skein.OutcomeResult
		by   skein.OutcomeBasis
		left string
	}{
		"nobody's": {nil, "", "", ""},
		"the lead's alone, which is their own word": {
			map[skein.PersonID]skein.OutcomeResult{noor: skein.Reached}, skein.Reached, skein.BasisLead, "noor listening self 1, noor pumps self 3",
		},
		"most of the others'": {
			map[skein.PersonID]skein.OutcomeResult{noor: skein.Reached, kim: skein.Partly, lee: skein.Partly, mia: skein.Reached},
			skein.Partly, skein.BasisMajority, "noor listening outcome 1, noor pumps outcome 2",
		},
		"none of the others', who differ": {
			map[skein.PersonID]skein.OutcomeResult{noor: skein.Reached, kim: skein.NotReached, lee: skein.Reached},
			skein.Partly, skein.BasisSplit, "noor listening outcome 1, noor pumps outcome 2",
		},
		"whoever answers for the priority": {
			map[skein.PersonID]skein.OutcomeResult{noor: skein.Reached, kim: skein.Reached, zoe: skein.NotReached},
			skein.NotReached, skein.BasisOwner, "",
		},
		"given up": {map[skein.PersonID]skein.OutcomeResult{kim: skein.GivenUp}, skein.GivenUp, skein.BasisMajority, ""},
	} {
		w := over(t)
		for _, p := range []skein.PersonID{noor, kim, lee, mia, zoe} {
			if r := c.say[p]; r != "" {
				w.must(p, w.says(said(r)))
			}
		}
		w.forget()
		w.pass(11*day - 1)
		w.saw(t, "", "")
		w.pass(1)
		if n := len(w.notices); n != 5-len(c.say) {
			t.Errorf("%s: %d are reminded", name, n)
		}
		w.forget()
		w.pass(2 * day)
		w.saw(t, "", "")
		w.pass(day)
		if o := w.review(); o.State != skein.OutcomeClosed || o.Result != c.want || o.Basis != c.by {
			t.Errorf("%s: %+v", name, o)
		}
		if got := w.left(); got != c.left {
			t.Errorf("%s left %q, want %q", name, got, c.left)
		}
	}
}

// Who leads and answers for the priority as well makes no evidence for themselves by that.
func TestALeadIsNotTheirOwnJudge(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forPriority, w.asksHow = noor, true
	w.must(lee, join)
	w.must(noor, complete)
	w.must(noor, w.says(said(skein.Reached)))
	w.must(lee, w.says(said(skein.NotReached)))
	if o := w.review(); o.State != skein.OutcomeClosed || o.Result != skein.NotReached || w.left() != "" {
		t.Errorf("%+v, left %s", o, w.left())
	}
}

func TestWhoIsNotHereIsNotAsked(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forPriority = zoe
	w.must(lee, join)
	w.must(mia, join)
	w.must(kim, join)
	w.must(kim, leave)
	w.gone[zoe], w.away[mia] = true, skein.Day(w.now).AddDate(0, 0, 14)
	w.must(noor, complete)
	var asked []skein.PersonID
	for _, a := range w.outcomes.Answers {
		asked = append(asked, a.Person)
	}
	if !slices.Equal(asked, []skein.PersonID{noor, lee, kim}) {
		t.Errorf("asked: %v", asked)
	}
	w.asksHow, w.gone[lee], w.gone[kim] = true, true, true
	w.forget()
	w.pass(11 * day)
	w.saw(t, "outcome.absent, outcome.absent", "noor outcome/remind by 72h")
}

// Each way in which a lead ends asks how it went; what is taken back is asked about when it ends.
func TestHoweverALeadEndsItIsAskedHowItWent(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, stepDown)
	first := w.review()
	w.must(noor, takeBack)
	if got := w.outcomes.Reviews[0]; got.State != skein.OutcomeVoid {
		t.Errorf("%+v", got)
	}
	w.forget()
	w.refused(t, "not found", noor, func(l *lead.Lead, by skein.By) error { return l.PassOutcome(by, first.ID) })
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.handsOver(noor, kim)
	if o := w.review(); o.Term != w.termOf(noor, skein.Primary).ID || o.State != skein.OutcomeAsking {
		t.Errorf("handed over: %+v", o)
	}
	w.gone[kim] = true
	w.must(lee, join)
	w.tickNow(t)
	if o := w.review(); o.Term != w.termOf(kim, skein.Primary).ID || w.saysOf(kim).Person != "" || w.saysOf(lee).Part != skein.PartMember {
		t.Errorf("has left: %+v", w.outcomes)
	}
	w.must(lee, w.says(said(skein.Reached)))
	if got := w.left(); got != "kim listening outcome 1, kim pumps outcome 3" {
		t.Errorf("left %s", got)
	}
}

// While whoever stepped down can take that back it stays open, though all have answered; then what they leave is theirs.
func TestWhoSteppedDownLeavesNothingUntilTheTelling(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(lee, join)
	w.must(noor, stepDown)
	w.must(noor, w.says(said(skein.Reached)))
	w.must(lee, w.says(said(skein.Reached)))
	if o := w.review(); o.State != skein.OutcomeAsking || w.left() != "" {
		t.Errorf("%+v left %s", o, w.left())
	}
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	if o := w.outcomes.Reviews[0]; o.State != skein.OutcomeClosed || w.left() != "noor listening outcome 1, noor pumps outcome 3" {
		t.Errorf("%+v left %s", o, w.left())
	}
	w.forget()
	w.refused(t, "conflict", noor, takeBack)
}

func (w *world) tickNow(t *testing.T) {
	t.Helper()
	if err := w.tick(); err != nil {
		t.Fatal(err)
	}
}

func TestHowItWasLedIsReadByWhoeverLedFromThreeAnswersOn(t *testing.T) {
	t.Parallel()
	w := over(t)
	for _, p := range []skein.PersonID{noor, kim, lee} {
		w.must(p, w.says(said(skein.Reached)))
	}
	id, key := w.review().ID, w.saysOf(kim).LedKey
	show := func(key string, is bool) verb {
		return func(l *lead.Lead, by skein.By) error { return l.ShowLed(by, id, key, is) }
	}
	w.forget()
	w.refused(t, "conflict", noor, show(key, true))
	w.must(mia, w.says(said(skein.Reached)))
	w.must(zoe, w.says(skein.OutcomeText{Result: skein.Reached}))
	w.forget()
	w.refused(t, "refused", kim, show(key, true))
	w.refused(t, "not found", noor, show(w.saysOf(noor).LedKey, true))
	w.refused(t, "not found", noor, show(w.saysOf(zoe).LedKey, true))
	w.must(noor, show(key, true))
	w.saw(t, "outcome.show", "")
	w.must(noor, show(key, true))
	w.saw(t, "", "")
	w.must(noor, show(key, false))
	w.saw(t, "outcome.hide", "")

	w = over(t)
	w.must(kim, w.says(said(skein.Reached)))
	w.must(lee, w.says(said(skein.Reached)))
	w.pass(14 * day)
	id, key = w.review().ID, w.saysOf(kim).LedKey
	w.forget()
	w.refused(t, "not found", noor, show(key, true)) // of two they could tell whose it is
}

func TestTheTeamIsThankedOnceAndALessonIsKept(t *testing.T) {
	t.Parallel()
	w := over(t)
	id := w.review().ID
	thank := func(l *lead.Lead, by skein.By) error { return l.Thank(by, id) }
	keep := func(of skein.PersonID) verb {
		key := w.saysOf(of).AgainKey
		return func(l *lead.Lead, by skein.By) error { return l.KeepLesson(by, id, key) }
	}
	drop := func(of skein.PersonID) verb {
		key := w.saysOf(of).AgainKey
		return func(l *lead.Lead, by skein.By) error { return l.DropLesson(by, id, key) }
	}
	w.forget()
	w.refused(t, "conflict", noor, thank)
	text := said(skein.NotReached)
	text.Library = true
	w.must(kim, w.says(text))
	w.must(lee, w.says(said(skein.NotReached)))
	w.forget()
	w.refused(t, "conflict", lee, keep(lee))
	w.pass(14 * day)
	w.forget()
	w.refused(t, "refused", kim, thank)
	w.must(noor, thank)
	w.saw(t, "outcome.thank", "kim outcome/thanks of noor, lee outcome/thanks of noor, mia outcome/thanks of noor, zoe outcome/thanks of noor")
	w.must(noor, thank)
	w.saw(t, "", "")
	if w.saysOf(kim).LibraryAt.IsZero() || !w.saysOf(lee).LibraryAt.IsZero() {
		t.Errorf("%+v", w.outcomes.Answers)
	}
	w.refused(t, "refused", mia, keep(lee)) // who has not answered
	w.refused(t, "refused", ada, keep(lee))
	w.must(kim, keep(lee))
	if e := w.events[0]; e.Noun != "outcome_answer" {
		t.Errorf("not as sealed as who wrote it: %+v", e)
	}
	w.saw(t, "lesson.keep", "")
	w.must(lee, keep(lee))
	w.saw(t, "", "")
	w.refused(t, "not found", lee, drop(kim))
	w.must(lee, drop(lee))
	if e := w.events[0]; e.Noun != "outcome_answer" {
		t.Errorf("not as sealed as who wrote it: %+v", e)
	}
	w.saw(t, "lesson.drop", "")
	w.must(lee, drop(lee))
	w.saw(t, "", "")
}
