package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// bothSides: nobody is on both sides of one yes: whoever asked for it, and whoever has led it with them since, does not
// give it.
func (w *walk) bothSides(m move, before *store) {
	if m.by == skeinItself {
		return
	}
	was := map[skein.TermID]skein.TermState{}
	for _, t := range before.terms {
		was[t.ID] = t.State
	}
	for _, t := range w.terms {
		if was[t.ID] == skein.TermAsked && t.State == skein.TermLive && t.Person == m.by {
			w.fail("%s: %s leads it beside its lead by their own yes", m.name, m.by)
		}
	}
	for i, d := range w.decisions {
		if d.State == skein.DecisionDecided && (i >= len(before.decisions) || before.decisions[i].State.Open()) {
			w.decidedByOthers(m, d)
		}
	}
	for i, c := range w.changes {
		if c.State != skein.RemitAgreed || i < len(before.changes) && !before.changes[i].Waits() {
			continue
		}
		if c.ProposedBy == m.by || c.ByLead && w.hasLed(m.by, skein.Day(c.ProposedAt)) {
			w.fail("%s: %s agrees what their own side proposed", m.name, m.by)
		}
	}
	for i, n := range w.needs {
		if i < len(before.needs) && before.needs[i].GrantedBy == "" && n.ID == before.needs[i].ID && n.GrantedBy == m.by && (n.AskedOf != m.by || len(n.PassedOn) > 0) && m.by == w.load(w.by(skeinItself), "").Accepting() {
			w.fail("%s: %s grants what they get themselves", m.name, m.by)
		}
	}
	for i, r := range w.reviews {
		answered := i < len(before.reviews) && before.reviews[i].AnsweredAt.IsZero() && !r.AnsweredAt.IsZero()
		if answered && r.AskedBy == m.by {
			w.fail("%s: %s answers their own question", m.name, m.by)
		}
	}
	for _, s := range w.standIns {
		if s.Person == s.For || s.Person == s.AskedBy {
			w.fail("%s: %s asks themselves to stand in", m.name, s.Person)
		}
	}
	for _, c := range w.claims {
		if c.With == c.Person || c.Coach == c.Person {
			w.fail("%s: %s names themselves in a claim", m.name, c.Person)
		}
	}
}

// decidedByOthers: what is proposed upwards is decided by nobody who proposed it, and what is agreed with others has the
// yes of somebody else.
func (w *walk) decidedByOthers(m move, d skein.Decision) {
	switch d.Level() {
	case skein.ProposeAbove:
		if d.OpenedBy == m.by || w.hasLed(m.by, skein.Day(d.AskedAt)) {
			w.fail("%s: %s decides what they proposed upwards", m.name, m.by)
		}
	case skein.ByAgreement:
		for _, a := range w.adviceOn(d.ID) {
			if a.Agrees && !w.leadsNow(a.Person) {
				return
			}
		}
		w.fail("%s: agreed with nobody else: %+v", m.name, d)
	}
}

// hasLed tells whether somebody has led it, or beside its lead, or stood in, on a day or since.
func (w *world) hasLed(p skein.PersonID, since skein.Date) bool {
	today := skein.Day(w.now)
	for _, t := range w.terms {
		if t.Person == p && t.Role != skein.Shadow && t.State.Begun() && !t.From.IsZero() && (t.Until.IsZero() || !t.Until.Before(since)) {
			return true
		}
	}
	for _, s := range w.standIns {
		over := s.Until
		if s.State == skein.StandInEnded {
			over = s.EndedOn
		}
		began := s.State == skein.StandInStanding || s.State == skein.StandInEnded && !s.EndedOn.Before(s.From)
		if s.Person == p && began && !s.From.After(today) && (over.IsZero() || !over.Before(since)) {
			return true
		}
	}
	return false
}

func (w *world) leadsNow(p skein.PersonID) bool {
	if w.load(w.by(skeinItself), "").StandingIn(skein.Day(w.now)) == p {
		return true
	}
	for _, t := range w.terms {
		if t.Person == p && t.Role != skein.Shadow && t.State.Holds() {
			return true
		}
	}
	return false
}

func TestWhoStandsInDoesNotAnswerTheirOwnQuestion(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.ready = []skein.PersonID{mia}
	w.must(noor, w.askStandIn("", w.in(1)))
	w.must(mia, w.answerStandIn(true))
	w.forget()
	w.must(mia, askToCoLead)
	w.saw(t, "team.co", "noor team/asks of mia")
	w.refused(t, "refused", mia, w.answerCoLead(mia, true))
	w.refused(t, "refused", mia, w.answerCoLead(mia, false)) // they take it back
	w.must(noor, w.answerCoLead(mia, true))                  // whoever leads it may, back or not
	if co := w.termOf(mia, skein.CoLead); co.State != skein.TermLive {
		t.Errorf("%+v", co)
	}
}

func TestWhoDecidesIsNoneOfThoseWithWhomItIsAgreed(t *testing.T) {
	t.Parallel()
	for area, want := range map[string]string{"release": "conflict", "the river": "conflict"} {
		w := deciding(t)
		id := w.opened("Do we dig?", area)
		w.must(noor, askAdvice(id, w.in(10), kim))
		w.beside(kim)
		w.must(kim, consent(id, true, "Yes."))
		w.forget()
		w.refused(t, want, kim, w.decideIt(id, "We dig.", 0))
		w.refused(t, want, noor, w.decideIt(id, "We dig.", 0))
		w.must(noor, askAdvice(id, w.in(10), lee))
		w.must(lee, consent(id, true, "Yes."))
		w.must(kim, w.decideIt(id, "We dig.", 0))
	}
}

// Whoever leads it by now and said no when they were asked is not passed over by asking somebody else.
func TestTheNoOfWhoLeadsItByNowStands(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Do we dig?", "release")
	w.must(noor, askAdvice(id, w.in(10), kim, lee))
	w.must(kim, consent(id, false, "Not in the rain."))
	w.must(lee, consent(id, true, "Yes."))
	w.beside(kim)
	w.refused(t, "conflict", noor, w.decideIt(id, "We dig.", 0))
}

func TestNobodyDecidesWhatTheyProposedUpwards(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open) // sofie leads it, who is its steward; kim beside her opens the question
	w.lens = []skein.Remit{{Area: "the work", Level: skein.ProposeAbove}}
	w.claim(sofie)
	w.pass(day)
	w.must(kim, askToCoLead)
	w.must(sofie, w.answerCoLead(kim, true))
	w.must(kim, openDecision("Do we dig?", "the work"))
	id := w.lastDecision()
	w.forget()
	w.must(sofie, askAdvice(id, skein.Date{}))
	w.saw(t, "decision.ask", "uma decision/propose of sofie")
	w.must(sofie, stepDown)
	w.pass(3 * day)
	w.forget()
	w.refused(t, "refused", sofie, w.decideIt(id, "We dig.", 0))
	w.forPriority = sofie
	w.refused(t, "refused", sofie, w.decideIt(id, "We dig.", 0))
	w.forget()
	w.pass(12 * day) // nor is she asked again
	w.sawTold(t, skein.NoticeDecision, "uma decision/propose")
	w.must(uma, w.decideIt(id, "We dig.", 0))
}

func TestWhoStoodInDoesNotDecideWhatWasProposedThen(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	w.ready = []skein.PersonID{sofie}
	w.must(noor, w.askStandIn("", w.in(1)))
	w.must(sofie, w.answerStandIn(true))
	id := w.opened("Shall we ban it?", "a ban")
	w.must(sofie, askAdvice(id, skein.Date{}))
	w.pass(3 * day)
	w.forget()
	w.refused(t, "refused", sofie, w.decideIt(id, "Yes.", 0))
	w.must(uma, w.decideIt(id, "Yes.", 0))
}

// What was proposed after somebody had stopped to lead it is none of theirs.
func TestWhoLedItBeforeDecidesWhatWasProposedSince(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	w.beside(sofie)
	w.must(sofie, leave)
	w.pass(day)
	id := w.opened("Shall we ban it?", "a ban")
	w.must(noor, askAdvice(id, skein.Date{}))
	w.saw(t, "decision.ask", "sofie decision/propose of noor")
	w.must(sofie, w.decideIt(id, "Yes.", 0))
}

func TestWhoLedItWhenAChangeWasProposedDoesNotAgreeToIt(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(sofie)
	w.forPriority = sofie
	w.must(noor, proposeRemit(other(6), w.deciding().Version()))
	w.saw(t, "remit.propose", "uma remit/asked of noor by 336h")
	w.must(sofie, leave)
	w.forget()
	w.refused(t, "refused", sofie, agreeRemit(w.change().ID))
	w.pass(12 * day)
	w.sawTold(t, skein.NoticeRemit, "uma remit/waits of noor by 48h") // nor does it go to her
	w.must(uma, agreeRemit(w.change().ID))
}

// Whoever leads it does not grant what they get with the hat of a steward; where they alone are steward, an executive can.
func TestAStewardWhoLeadsItGrantsThemselvesNothing(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.needs = []skein.Need{
		{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario},
		{ID: "crew", Project: "p", Kind: skein.NeedPeople, What: "a crew"},
	}
	w.claim(sofie)
	w.pass(day)
	w.forget()
	w.refused(t, "refused", sofie, w.grant("crew"))
	w.must(uma, w.less("crew", 2))
	w.forget()
	w.refused(t, "refused", sofie, w.grant("crew"))
	w.must(dario, w.grant("boat"))
	w.stewards = w.stewards[:1]
	w.must(eve, func(l *lead.Lead, by skein.By) error { return l.Grant(by, "crew", true, skein.Date{}) })
}

// Whoever was asked by name for what is theirs to give still gives it where they come to lead.
func TestWhoIsAskedByNameGivesItToThemselves(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: noor}}
	w.claim(noor)
	w.pass(day)
	w.must(noor, w.grant("boat"))
}

func TestAStewardWhoAskedIsNotAskedToStandInThemselves(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.gone[noor] = true
	w.pass(0)
	w.ready = []skein.PersonID{mia, sofie, lee}
	w.must(sofie, w.askStandIn("", skein.Date{}))
	w.stoodIn(t, mia, skein.StandInAsked)
	w.must(mia, w.answerStandIn(false))
	w.stoodIn(t, lee, skein.StandInAsked)
}

// sawTold is saw of one kind of notice alone.
func (w *world) sawTold(t *testing.T, kind skein.NoticeKind, notices string) {
	t.Helper()
	var of []skein.Notice
	for _, n := range w.notices {
		if n.Kind == kind {
			of = append(of, n)
		}
	}
	w.events, w.notices = nil, of
	w.saw(t, "", notices)
}
