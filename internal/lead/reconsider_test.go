package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// changing is a lead of noor's, of which it is known what it is like, with kim beside her.
func changing(t *testing.T) *world {
	t.Helper()
	w := led(t, noor)
	w.forPriority = zoe
	situation := skein.Situation{Uncertainty: skein.Complex, Stakes: 3, Urgency: 3, Commitment: 4}
	w.phase.Situation, w.terms[0].ChosenFor = situation, situation
	w.must(kim, askToCoLead)
	w.must(noor, w.answerCoLead(kim, true))
	w.forget()
	return w
}

// harder is the same at higher stakes.
func (w *world) harder() skein.Situation {
	s := w.phase.Situation
	s.Stakes = 4
	return s
}

// reconsidered is a lead of noor's that is being reconsidered.
func reconsidered(t *testing.T) *world {
	t.Helper()
	w := changing(t)
	w.must(noor, w.restate(w.harder()))
	w.forget()
	return w
}

func (w *world) last() skein.Reconsideration { return w.reconsidered[len(w.reconsidered)-1] }

func TestWhoLeadsOrASteward(t *testing.T) {
	t.Parallel()
	w := changing(t)
	for _, p := range []skein.PersonID{ada, lee, adam, skeinItself} {
		w.refused(t, "refused", p, w.restate(w.harder()))
		w.refused(t, "refused", p, nextPhase("", "Dry", w.harder()))
	}
	w.refused(t, "invalid why", noor, restated("", w.harder(), " "))
	w.refused(t, "invalid stakes why", noor, restated("", skein.Situation{Stakes: 9}, ""))
	w.refused(t, "invalid phase", noor, nextPhase("", "", w.harder()))
	w.refused(t, "invalid why", noor, w.restate(w.phase.Situation)) // nothing is other
	w.refused(t, "conflict", noor, restated("an older one", w.harder(), "It rains."))
	for _, p := range []skein.PersonID{noor, kim, sofie, uma} {
		s := w.phase.Situation
		s.Urgency = 7 - s.Urgency // by one
		w.must(p, w.restate(s))
		w.saw(t, "project.restate", "")
		w.must(p, restated("", s, "The river fell."))
		w.saw(t, "", "")
	}
	if w.phase.SaidBy != uma || !w.phase.SaidAt.Equal(w.now) || w.phase.Why != "The river fell." {
		t.Errorf("%+v", w.phase)
	}
	w.must(noor, stepDown)
	w.forget()
	w.refused(t, "conflict", sofie, w.restate(w.harder()))
	w.refused(t, "refused", noor, w.restate(w.harder()))
}

func TestALeadThatBecameSomethingElseIsReconsidered(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change  func(*skein.Situation)
		stopped bool
		want    bool
	}{
		"the stakes by one":      {func(s *skein.Situation) { s.Stakes-- }, false, true},
		"the kind":               {func(s *skein.Situation) { s.Uncertainty = skein.Chaotic }, false, true},
		"anything by one":        {func(s *skein.Situation) { s.Urgency, s.Commitment = 4, 5 }, false, false},
		"anything by two":        {func(s *skein.Situation) { s.Commitment = 2 }, false, true},
		"what was not stated":    {func(s *skein.Situation) { s.Reach, s.Expertise = 5, 5 }, false, false},
		"what is not stated now": {func(s *skein.Situation) { s.Commitment, s.Stakes = 0, 0 }, false, false},
		"what stops them now":    {func(s *skein.Situation) { s.Urgency = 4 }, true, true},
	} {
		w := changing(t)
		w.stopped[noor] = c.stopped
		to := w.phase.Situation
		c.change(&to)
		w.must(noor, w.restate(to))
		if !c.want {
			w.saw(t, "project.restate", "")
		} else {
			w.saw(t, "project.restate, reconsider.open",
				"ada changed of noor, kim changed of noor, sofie changed/decide of noor by 336h, zoe changed of noor")
		}
		if got := len(w.reconsidered) == 1; got != c.want {
			t.Errorf("%s: reconsidered %v", name, got)
		}
		w.stands(t, "led taken: noor live")
	}
}

func TestTheNextStretchIsComparedToo(t *testing.T) {
	t.Parallel()
	w := changing(t)
	w.must(sofie, nextPhase(w.phase.Version(), "The dry months", w.harder()))
	w.saw(t, "project.next_phase, reconsider.open",
		"ada changed of noor, kim changed of noor, noor changed/decide of noor by 336h, zoe changed of noor")
	if ph := w.phase; ph.ID == "ph" || ph.Number != 2 || ph.Name != "The dry months" || len(ph.Requirements) != 1 {
		t.Errorf("%+v", ph)
	}
	w.must(sofie, nextPhase("", "The dry months", w.phase.Situation)) // twice is once
	w.saw(t, "", "")
	w.must(sofie, nextPhase(w.phase.Version(), "The wet months", w.phase.Situation)) // a stretch that is like the last
	w.saw(t, "project.next_phase, reconsider.amend", "noor changed/again of noor by 336h")
}

func TestOfWhomItIsNotKnownItIsComparedWithWhatItWasBefore(t *testing.T) {
	t.Parallel()
	w := changing(t)
	w.terms[0].ChosenFor, w.terms[0].ChosenHow = skein.Situation{}, skein.ChosenUnknown
	before := w.phase.Situation
	w.must(noor, w.restate(w.harder()))
	if got := w.termOf(noor, skein.Primary); got.ChosenFor != before || got.ChosenHow != skein.ChosenBefore {
		t.Errorf("%+v", got)
	}
	w.saw(t, "project.restate, reconsider.open",
		"ada changed of noor, kim changed of noor, sofie changed/decide of noor by 336h, zoe changed of noor")
}

func TestBothSayWhatBecomesOfIt(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	for _, p := range []skein.PersonID{ada, kim, lee, adam, skeinItself} {
		w.refused(t, "refused", p, w.becomes(skein.AnswerKeep))
	}
	w.refused(t, "invalid answer", noor, w.becomes("sell"))
	w.refused(t, "invalid part", noor, func(l *lead.Lead, by skein.By) error { return l.AnswerReconsider(by, "", skein.AnswerSplit, "") })
	w.refused(t, "conflict", noor, func(l *lead.Lead, by skein.By) error { return l.AnswerReconsider(by, "older", skein.AnswerKeep, "") })
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.saw(t, "reconsider.answer", "")
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.saw(t, "", "")
	w.must(uma, w.becomes(skein.AnswerHandOn)) // a steward of the circle above
	w.saw(t, "reconsider.answer", "noor changed/differ of noor by 336h, sofie changed/differ of noor by 336h, uma changed/differ of noor by 336h")
	w.stands(t, "led taken: noor live")
	w.must(sofie, w.becomes(skein.AnswerKeep))
	w.saw(t, "reconsider.answer, reconsider.keep",
		"ada changed/kept of noor, kim changed/kept of noor, noor changed/kept of noor, zoe changed/kept of noor")
	if got := w.termOf(noor, skein.Primary); got.ChosenFor != w.phase.Situation || got.ChosenHow != skein.ChosenKept {
		t.Errorf("%+v", got)
	}
	w.refused(t, "conflict", noor, w.becomes(skein.AnswerKeep))
	w.pass(60 * day)
	w.saw(t, "", "")
}

func TestWhereThereIsNoStewardTheLeadSaysIt(t *testing.T) {
	t.Parallel()
	for _, stewards := range [][]lead.Steward{nil, {{Person: noor}}} {
		w := changing(t)
		w.stewards = stewards
		w.must(noor, w.restate(w.harder()))
		w.must(noor, w.becomes(skein.AnswerKeep))
		if w.last().State != skein.ReconsiderKept {
			t.Errorf("%+v", w.last())
		}
	}
}

func TestEachAnswerDoesWhatItSays(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.ready = []skein.PersonID{noor, kim, lee, mia, zoe, wim}
	w.away[mia] = skein.Day(w.now).AddDate(0, 1, 0)
	w.must(noor, w.becomes(skein.AnswerCoLead))
	w.forget()
	w.must(sofie, w.becomes(skein.AnswerCoLead))
	w.saw(t, "reconsider.answer, reconsider.co_lead, beside.ask", "ada changed/beside of noor, kim changed/beside of noor, "+
		"lee changed/asked of noor by 48h, noor changed/beside of noor, zoe changed/beside of noor")
	w.stands(t, "led taken: noor live")

	w = reconsidered(t) // somebody is wanted beside her, and nobody can be asked: nobody is told that people are
	w.must(noor, w.becomes(skein.AnswerCoLead))
	w.forget()
	w.must(sofie, w.becomes(skein.AnswerCoLead))
	w.saw(t, "reconsider.answer, reconsider.co_lead", "ada changed/alone of noor, kim changed/alone of noor, "+
		"noor changed/alone of noor, zoe changed/alone of noor")
	w.stands(t, "led taken: noor live")

	w = reconsidered(t)
	w.must(noor, w.becomes(skein.AnswerSplit))
	w.forget()
	w.must(sofie, w.becomes(skein.AnswerSplit))
	w.saw(t, "reconsider.answer, reconsider.split, project.create",
		"ada changed/two of noor, kim changed/two of noor, noor changed/two of noor, zoe changed/two of noor")
	if p := w.made; p == nil || p.Project.ID != w.last().Split || p.Project.Title != "The daily note" || p.Project.ProposedBy != noor ||
		p.Project.State != skein.Draft || p.Phase.Situation != w.phase.Situation || len(p.Phase.Requirements) != 1 || p.Project.Circle != "leaks" {
		t.Errorf("%+v", p)
	}
	w.stands(t, "led taken: noor live")

	w = reconsidered(t)
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.forget()
	w.must(noor, w.becomes(skein.AnswerHandOn))
	w.saw(t, "reconsider.answer, reconsider.hand_on, term.hand_over, window.open",
		"ada changed/passes of noor, kim changed/passes of noor, sofie changed/passes of noor, zoe changed/passes of noor")
	w.stands(t, "handing_over open: noor live")
}

func TestAtTheDateTheOnlyAnswerCounts(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.must(sofie, w.becomes(skein.AnswerKeep))
	w.forget()
	w.pass(lead.ReconsiderTime - lead.ReconsiderSoon)
	w.saw(t, "reconsider.remind", "noor changed/soon of noor by 48h")
	w.pass(lead.ReconsiderSoon)
	w.saw(t, "reconsider.keep", "ada changed/kept of noor, kim changed/kept of noor, noor changed/kept of noor, "+
		"sofie changed/kept of noor, zoe changed/kept of noor")
}

// Where whoever is asked is away for all of the time, the other's answer does not count alone: the date moves to after
// their return. For a long leave nothing is held up.
func TestAtTheDateNobodyCountsAloneWhoseOtherWasAway(t *testing.T) {
	t.Parallel()
	w := changing(t)
	w.away[noor] = w.in(14)
	w.pass(hour)
	w.forget()
	w.must(sofie, w.restate(w.harder()))
	w.saw(t, "project.restate, reconsider.open",
		"ada changed of noor, kim changed of noor, noor changed/decide of noor by 528h, zoe changed of noor") // 15 days and a week
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.pass(15 * day)
	w.stands(t, "led taken: noor live")
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.stands(t, "led taken: noor live")

	w = reconsidered(t) // a leave that is noted later, and covers what is left
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.pass(11 * day)
	w.away[noor] = w.in(10)
	w.forget()
	w.pass(day)
	w.saw(t, "reconsider.put_off", "noor changed/moved of noor by 408h, sofie changed/moved of noor by 408h")
	w.pass(15 * day)
	w.saw(t, "reconsider.remind", "noor changed/soon of noor by 48h")
	w.pass(2 * day)
	w.stands(t, "handing_over open: noor live") // she was there for a week

	w = changing(t) // the stewards
	w.away[sofie] = w.in(20)
	w.must(noor, w.restate(w.harder()))
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.pass(20 * day)
	if r := w.last(); r.State != skein.ReconsiderOpen {
		t.Errorf("%+v", r)
	}

	w = changing(t) // too long
	w.away[noor] = w.in(31)
	w.must(sofie, w.restate(w.harder()))
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.pass(lead.ReconsiderTime)
	w.stands(t, "handing_over open: noor live")
}

func TestWithoutAnAnswerItOpensAndTheLeadStaysInCharge(t *testing.T) {
	t.Parallel()
	for _, differ := range []bool{false, true} {
		w := reconsidered(t)
		if differ {
			w.must(noor, w.becomes(skein.AnswerKeep))
			w.must(sofie, w.becomes(skein.AnswerSplit))
		}
		w.forget()
		w.pass(lead.ReconsiderTime - lead.ReconsiderSoon)
		w.saw(t, "reconsider.remind", "noor changed/soon of noor by 48h, sofie changed/soon of noor by 48h")
		w.pass(lead.ReconsiderSoon)
		w.saw(t, "reconsider.unanswered, term.hand_over, window.open", "ada changed/silent of noor, kim changed/silent of noor, "+
			"noor changed/silent of noor, sofie changed/silent of noor, zoe changed/silent of noor")
		w.stands(t, "handing_over open: noor live")
		w.refused(t, "refused", noor, takeBack)
		w.refused(t, "conflict", noor, w.becomes(skein.AnswerHandOn))
		w.claim(lee)
		w.forget()
		first, second := noor, sofie
		if differ {
			first, second = sofie, noor
		}
		if !differ {
			w.must(first, w.becomes(skein.AnswerKeep))
			w.saw(t, "reconsider.answer", "sofie changed/keeps of noor")
			w.must(second, w.becomes(skein.AnswerKeep))
		} else {
			w.must(first, w.becomes(skein.AnswerKeep)) // noor had said so
		}
		if w.project.State != skein.Led || w.present("").State != skein.WindowVoid || w.last().State != skein.ReconsiderKept {
			t.Error(w.project.State, w.present("").State, w.last())
		}
		if c := w.claimOf(lee); c.State != skein.ClaimVoid {
			t.Error(c.State)
		}
	}
}

func TestOnceItIsToldNothingIsKept(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.pass(lead.ReconsiderTime)
	w.claim(lee)
	w.pass(7 * day)
	w.must(noor, w.becomes(skein.AnswerKeep)) // a refusal would tell
	w.must(sofie, w.confirm())
	w.forget()
	w.refused(t, "conflict", sofie, w.becomes(skein.AnswerKeep))
}

func TestItIsSaidAnewWhileItIsReconsidered(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	before := w.terms[0].ChosenFor
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.pass(10 * day)
	w.forget()
	to := w.phase.Situation
	to.Stakes = 5
	w.must(noor, w.restate(to))
	w.saw(t, "project.restate, reconsider.amend", "sofie changed/again of noor by 168h")
	if r := w.last(); r.Lead != "" || len(w.reconsidered) != 1 {
		t.Errorf("an answer to something else stands: %+v", r)
	}
	w.must(sofie, w.restate(before))
	w.saw(t, "project.restate, reconsider.moot", "ada changed/moot of noor, kim changed/moot of noor, noor changed/moot of noor, zoe changed/moot of noor")
	w.pass(30 * day)
	w.saw(t, "", "")
}

func TestItIsOverWithTheLead(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(*world){
		"handed on":    func(w *world) { w.must(noor, handOn) },
		"stepped down": func(w *world) { w.must(noor, stepDown) },
		"completed":    func(w *world) { w.must(noor, complete) },
		"left":         func(w *world) { w.gone[noor] = true; w.pass(hour) },
	} {
		w := reconsidered(t)
		ends(w)
		if r := w.last(); r.State != skein.ReconsiderVoid || !r.Due.IsZero() {
			t.Errorf("%s: %+v", name, r)
		}
	}
	for name, givesUp := range map[string]verb{"handed on": handOn, "stepped down": stepDown} {
		w := reconsidered(t)
		w.must(noor, givesUp)
		w.must(noor, takeBack)
		if r := w.last(); len(w.reconsidered) != 2 || r.State != skein.ReconsiderOpen || !r.Due.Equal(w.now.Add(lead.ReconsiderTime)) {
			t.Errorf("%s and taken back, and nobody looks at it: %+v", name, w.reconsidered)
		}
		// as often as they like, that wins no time but what a steward needs to answer
		w.now = w.now.Add(10 * day)
		w.must(noor, givesUp)
		w.must(noor, takeBack)
		if r := w.last(); r.State != skein.ReconsiderOpen || !r.Due.Equal(w.now.Add(lead.ReconsiderLeast)) || !r.OpenedAt.Equal(w.now.Add(-10*day)) {
			t.Errorf("%s and taken back on the tenth day: %+v", name, r)
		}
	}
}

func TestWhileItIsHandedOnClaimsBeginAgain(t *testing.T) {
	t.Parallel()
	w := changing(t)
	w.must(noor, handOn)
	w.claim(lee)
	w.forget()
	unclear := w.phase.Situation
	unclear.Uncertainty = skein.Unclear
	w.refused(t, "invalid uncertainty", noor, w.restate(unclear))
	w.must(noor, w.restate(w.harder()))
	w.saw(t, "project.restate, window.open", "lee restarted")
	w.must(noor, nextPhase(w.phase.Version(), "The dry months", w.harder()))
	w.saw(t, "project.next_phase, window.open", "lee restarted")
	if c := w.claimOf(lee); c.Phase != w.phase.ID || c.Window != w.present("").ID {
		t.Errorf("%+v", c)
	}
	w.refused(t, "conflict", sofie, w.restate(skein.Situation{Stakes: 1})) // the third time
	if len(w.reconsidered) != 0 {
		t.Error("what is handed on already is reconsidered")
	}
	w.must(noor, takeBack)
	if w.last().State != skein.ReconsiderOpen {
		t.Errorf("%+v", w.last())
	}
}

func TestWhoTakesOverWasChosenForWhatItIsLikeThen(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.must(noor, w.becomes(skein.AnswerHandOn))
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.claim(lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(lee, w.accept(lee))
	w.handsOver(noor, lee)
	if got := w.termOf(lee, skein.Primary); got.State != skein.TermLive || got.ChosenFor != w.phase.Situation || got.ChosenHow != skein.ChosenBegan {
		t.Errorf("%+v", got)
	}
	if w.last().State != skein.ReconsiderHandedOn {
		t.Errorf("%+v", w.last())
	}
}

// A lead on trust, of which the stakes rise, is not on trust when it opens again: claims gather with an end, and what
// raised it is noted.
func TestTheStakesRaiseTheTrustThatItOpensWith(t *testing.T) {
	t.Parallel()
	for name, opens := range map[string]func(*world){
		"handed on": func(w *world) {
			w.must(noor, w.becomes(skein.AnswerHandOn))
			w.must(sofie, w.becomes(skein.AnswerHandOn))
		},
		"the clock":    func(w *world) { w.pass(lead.ReconsiderTime) },
		"stepped down": func(w *world) { w.must(noor, stepDown) },
	} {
		w := changing(t)
		w.project.Trust, w.raises = skein.Open, true
		w.must(noor, w.restate(w.harder()))
		opens(w)
		if got := w.present(""); got.Trust != skein.Weighed || got.ClosesAt.IsZero() {
			t.Errorf("%s: %s, until %s", name, got.Trust, got.ClosesAt)
		}
		if w.project.Trust != skein.Open {
			t.Errorf("%s: what is stated became %s", name, w.project.Trust)
		}
	}
}

// An answer counts only of who is steward of it at the date. Whoever is it then is asked, and has the time to answer.
func TestTheAnswerOfWhoIsNoStewardAnyMoreDoesNotCount(t *testing.T) {
	t.Parallel()
	for name, loses := range map[string]func(*world){
		"the hat": func(w *world) { w.stewards = []lead.Steward{{Person: uma}} },
		"left":    func(w *world) { w.gone[sofie] = true },
	} {
		w := reconsidered(t)
		w.must(sofie, w.becomes(skein.AnswerHandOn))
		w.pass(10 * day)
		loses(w)
		w.forget()
		w.pass(hour)
		w.saw(t, "reconsider.pass_on", "noor changed/decide of noor by 168h, uma changed/decide of noor by 168h")
		w.pass(7*day - hour)
		w.must(noor, w.becomes(skein.AnswerHandOn)) // with what sofie said it would happen at once
		w.stands(t, "led taken: noor live")
		w.must(uma, w.becomes(skein.AnswerKeep))
		w.pass(30 * day)
		if r := w.last(); r.State != skein.ReconsiderOpened || r.StewardBy != uma {
			t.Errorf("%s: %+v", name, r)
		}
	}

	w := reconsidered(t) // nobody is left to ask
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.stewards = nil
	w.pass(hour)
	w.must(noor, w.becomes(skein.AnswerKeep))
	w.stands(t, "led taken: noor live")
	if r := w.last(); r.State != skein.ReconsiderKept {
		t.Errorf("%+v", r)
	}

	w = reconsidered(t) // what both would say keeps it
	w.must(noor, w.becomes(skein.AnswerHandOn))
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.must(sofie, w.becomes(skein.AnswerKeep))
	w.stewards = []lead.Steward{{Person: uma}}
	w.must(noor, w.becomes(skein.AnswerKeep))
	if r := w.last(); r.State != skein.ReconsiderHandedOn {
		t.Errorf("%+v", r)
	}
	w.must(uma, w.becomes(skein.AnswerKeep))
	if r := w.last(); r.State != skein.ReconsiderKept {
		t.Errorf("%+v", r)
	}
}

// Whoever leads it beside its lead, or stands in, does not answer as its steward: they would be on both sides.
func TestNobodyAnswersAsAStewardOfWhatTheyLead(t *testing.T) {
	t.Parallel()
	w := changing(t) // kim leads it beside noor
	w.stewards = append([]lead.Steward{{Person: kim}}, w.stewards...)
	w.must(kim, w.restate(w.harder()))
	w.saw(t, "project.restate, reconsider.open",
		"ada changed of noor, noor changed/decide of noor by 336h, sofie changed/decide of noor by 336h, zoe changed of noor")
	w.refused(t, "refused", kim, w.becomes(skein.AnswerHandOn))
	w.must(sofie, w.becomes(skein.AnswerKeep))

	w = changing(t) // sofie stands in
	w.ready = []skein.PersonID{sofie}
	w.must(kim, leave)
	w.must(noor, w.askStandIn("", w.in(13)))
	w.must(sofie, w.answerStandIn(true))
	w.must(sofie, w.restate(w.harder()))
	w.forget()
	w.refused(t, "refused", sofie, w.becomes(skein.AnswerHandOn))
	w.pass(13 * day)
	w.stands(t, "led taken: noor live")

	w = changing(t) // and had answered before
	w.ready = []skein.PersonID{sofie}
	w.must(kim, leave)
	w.must(noor, w.restate(w.harder()))
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.must(noor, w.askStandIn("", w.in(13)))
	w.must(sofie, w.answerStandIn(true))
	w.forget()
	w.pass(hour)
	w.saw(t, "reconsider.pass_on", "noor changed/decide of noor by 335h, uma changed/decide of noor by 335h")
}

// Whoever answered as a steward when it was handed on does not claim it, nor is invited: they would have opened it for
// themselves. Others do; and once somebody else leads it, so do they.
func TestWhoHandsOnAsAStewardDoesNotClaimIt(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.ready = []skein.PersonID{sofie, lee}
	w.must(sofie, w.becomes(skein.AnswerHandOn))
	w.pass(14 * day)
	w.must(uma, w.becomes(skein.AnswerKeep)) // somebody else's answer since does not free them
	dearer := w.phase.Situation
	dearer.Stakes = 5
	w.must(noor, w.restate(dearer)) // nor that it was said anew
	w.forget()
	for name, do := range map[string]func(*lead.Sending, skein.By) error{
		"keep": func(s *lead.Sending, by skein.By) error { return s.Keep(by, skein.Claim{Why: "I know it."}) },
		"send": func(s *lead.Sending, by skein.By) error { return s.Send(by, skein.Claim{Why: "I know it."}, true, nil) },
	} {
		if err := w.send(sofie, sofie, do); sort(err) != "refused" {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.saw(t, "", "")
	w.pass(7 * day) // nobody claims, and who is ready is invited
	for _, v := range w.invites {
		if v.Person == sofie {
			t.Errorf("%+v", v)
		}
	}
	w.must(noor, stepDown)
	if err := w.send(sofie, sofie, func(s *lead.Sending, by skein.By) error { return s.Keep(by, skein.Claim{Why: "I know it."}) }); sort(err) != "refused" {
		t.Errorf("once its lead has stepped down: %v", err)
	}
	w.claim(lee)
	w.pass(7 * day)
	w.must(w.pick().AskedOf, w.confirm())
	w.must(lee, w.accept(lee))
	w.pass(30 * day)
	if w.termOf(lee, skein.Primary).State != skein.TermLive {
		t.Fatalf("%+v", w.terms)
	}
	w.must(lee, stepDown)
	w.claim(sofie)
}

// Who would have kept it has opened it for nobody, and claims it as others do.
func TestAStewardWhoWouldHaveKeptItClaimsIt(t *testing.T) {
	t.Parallel()
	w := reconsidered(t)
	w.must(sofie, w.becomes(skein.AnswerKeep))
	w.must(noor, w.becomes(skein.AnswerHandOn))
	w.pass(14 * day)
	if w.last().State != skein.ReconsiderOpened {
		t.Fatalf("%+v", w.last())
	}
	w.claim(sofie)
}

// Whoever leads it owns the other of two and says which part that is, whoever spoke first; where they have not said, the
// steward's word for it stands until they do.
func TestWhoLeadsItSaysWhichPartTheOtherIs(t *testing.T) {
	t.Parallel()
	for _, first := range []skein.PersonID{noor, sofie} {
		w := reconsidered(t)
		second := noor
		if first == noor {
			second = sofie
		}
		for _, p := range []skein.PersonID{first, second} {
			read := w.phase.Version()
			w.must(p, func(l *lead.Lead, by skein.By) error {
				return l.AnswerReconsider(by, read, skein.AnswerSplit, "Of "+string(p))
			})
		}
		if w.made == nil || w.made.Project.Title != "Of noor" {
			t.Errorf("%s spoke first: %+v", first, w.made)
		}
	}
}
