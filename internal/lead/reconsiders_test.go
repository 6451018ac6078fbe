package lead_test

import (
	"slices"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// restated says what it is like now; read is what was read before.
func restated(read string, to skein.Situation, why string) verb {
	return func(l *lead.Lead, by skein.By) error {
		return l.Restate(by, read, skein.Restatement{Situation: to, Why: why})
	}
}

// restate says it to what stands now.
func (w *world) restate(to skein.Situation) verb {
	return restated(w.phase.Version(), to, "The river fell.")
}

func nextPhase(read, name string, to skein.Situation) verb {
	return func(l *lead.Lead, by skein.By) error {
		return l.NextPhase(by, read, name, skein.Restatement{Situation: to, Why: "The river fell."})
	}
}

// becomes is an answer to what it is like now.
func (w *world) becomes(a skein.ReconsiderAnswer) verb {
	read := w.phase.Version()
	return func(l *lead.Lead, by skein.By) error { return l.AnswerReconsider(by, read, a, "The daily note") }
}

// otherwise is what it is like, moved.
func (w *walk) otherwise() skein.Situation {
	s := w.phase.Situation
	switch w.draw(6) {
	case 0:
		s.Reach = 1 + w.draw(5)
	case 1:
		s.Uncertainty = skein.Uncertainties[w.draw(len(skein.Uncertainties))]
	case 2:
		s.Urgency = 1 + w.draw(5)
	default:
		s.Stakes = 1 + w.draw(5)
	}
	return s
}

func (w *walk) restates() verb {
	why := []string{"It rains.", "It does not rain.", ""}[w.draw(3)]
	return restated(w.phase.Version(), w.otherwise(), why)
}

func (w *walk) nextPhase() verb {
	return nextPhase(w.phase.Version(), []string{"The dry months", "The wet months", ""}[w.draw(3)], w.otherwise())
}

func (w *walk) saysWhatBecomes() verb {
	return w.becomes(skein.ReconsiderAnswers[w.draw(len(skein.ReconsiderAnswers))])
}

// reconsidering begins the walk with a lead that is reconsidered; time then goes by that a walk seldom lets go by.
func (w *walk) reconsidering() {
	w.begun()
	for _, n := range w.needs {
		if n.ID == "boat" {
			w.must(dario, func(l *lead.Lead, by skein.By) error { return l.Grant(by, n.ID, false, skein.Date{}) })
		}
	}
	if w.count(skein.TermLive) == 0 {
		return
	}
	to := w.phase.Situation
	to.Stakes = 5
	w.must(noor, w.restate(to))
	switch w.draw(4) {
	case 0:
		w.must(noor, w.becomes(skein.ReconsiderAnswers[w.draw(4)]))
	case 1:
		w.now = w.now.Add(lead.ReconsiderTime - lead.ReconsiderSoon)
		w.tickOut()
	case 2:
		w.now = w.now.Add(lead.ReconsiderTime)
		w.tickOut()
	case 3:
		for _, p := range []skein.PersonID{lee, mia} { // or there is hardly ever anybody to ask
			w.later[p], w.elsewhere[p] = false, 0
			w.ready = append(slices.DeleteFunc(w.ready, func(r skein.PersonID) bool { return r == p }), p)
		}
		w.must(noor, w.becomes(skein.AnswerCoLead))
		if w.last().State == skein.ReconsiderOpen {
			// She may lead it beside noor herself, and answers for nobody then.
			if err := w.do(sofie, w.becomes(skein.AnswerCoLead)); err != nil && sort(err) != "refused" {
				w.fail("%v", err)
			}
		}
		for _, t := range w.terms { // seldom does a walk come to it by itself
			if t.Role == skein.CoLead && t.State == skein.TermOffered && w.draw(2) == 0 {
				do := w.answerToCoLead(w.draw(2) == 0)
				w.makes(move{name: "answer whether to lead beside", by: t.Person, run: func() error { return w.do(t.Person, do) }})
				break
			}
		}
	}
}

func (w *walk) awaitedReconsideration(add func(string, skein.PersonID, verb)) {
	const name = "say what becomes of it"
	for _, r := range w.reconsidered {
		holder := w.load(w.by(skeinItself), "").Holder()
		if holder == "" || r.State != skein.ReconsiderOpen && !r.State.HandsOn() {
			continue
		}
		answer := skein.ReconsiderAnswers[w.now.Hour()%4]
		if r.State.HandsOn() {
			answer = skein.AnswerKeep
		}
		add(name, holder, w.becomes(answer))
		add(name, sofie, w.becomes(answer))
	}
}

func (w *walk) waitsToBeReconsidered(add func(lead.Clock, string, time.Time)) {
	for _, r := range w.reconsidered {
		switch {
		case r.State != skein.ReconsiderOpen:
		case r.Reminded:
			add(lead.ClockReconsider, string(r.ID), r.Due)
		default:
			add(lead.ClockReconsider, string(r.ID), r.Due.Add(-2*day))
		}
	}
}

// reconsideredRightly: only a lead that goes on is reconsidered, one at a time, until a date; both have not said the same
// while it is; and what became of it is so.
func (w *walk) reconsideredRightly() {
	open := 0
	for _, r := range w.reconsidered {
		var t skein.Term
		for _, u := range w.terms {
			if u.ID == r.Term {
				t = u
			}
		}
		if r.State != skein.ReconsiderOpen {
			if !r.Due.IsZero() || r.EndedAt.IsZero() || (r.State == skein.ReconsiderSplit) != (r.Split != "") {
				w.fail("a reconsideration is over: %+v", r)
			}
			continue
		}
		if open++; open > 1 || t.State != skein.TermLive || t.Role != skein.Primary || w.project.State != skein.Led {
			w.fail("a lead is reconsidered that is %s of a project that is %s: %+v", t.State, w.project.State, w.reconsidered)
		}
		most := r.OpenedAt.Add(lead.ReconsiderTime)
		if slices.ContainsFunc(w.reconsidered, func(was skein.Reconsideration) bool {
			return was.ID != r.ID && was.Term == r.Term && was.OpenedAt.Equal(r.OpenedAt) // given up and taken back, it goes on
		}) {
			most = r.OpenedAt.Add(2 * lead.ReconsiderTime)
		}
		late := r.Due.After(most) && r.Due.After(w.phase.SaidAt.Add(lead.ReconsiderLeast)) || r.Due.After(r.OpenedAt.Add(2*lead.ReconsiderTime))
		if w.putOff = w.putOff || w.someoneAway(t.Person); w.putOff { // it is waited for them, but not for ever; they may be back since
			late = r.Due.After(r.OpenedAt.Add(lead.ReconsiderAway + lead.ReconsiderLeast))
		}
		if r.Due.IsZero() || late {
			w.fail("a lead is reconsidered without an end: %+v", r)
		}
		if r.Lead != "" && r.Lead == r.Steward || (r.Steward == "") != (r.StewardBy == "") || r.StewardBy == t.Person {
			w.fail("both say the same, and nothing happens: %+v", r)
		}
	}
	w.soughtRightly()
	l := w.load(w.by(skeinItself), "")
	for _, c := range l.Claims {
		if c.Person == l.HandedBy() && c.Window == l.Window.ID && l.Window.State.Going() {
			w.fail("%s answered that it is handed on, and claims it: %+v", c.Person, c)
		}
	}
	for _, t := range w.terms {
		if t.Role == skein.Primary && t.State.Begun() && t.Claim != "" && t.ChosenHow == skein.ChosenUnknown {
			w.fail("somebody leads, and nobody knows what they were chosen for: %+v", t)
		}
	}
}

// someoneAway tells whether whoever leads, or a steward, was or is away.
func (w *walk) someoneAway(holder skein.PersonID) bool {
	away := !w.away[holder].IsZero()
	for _, s := range w.stewards {
		away = away || !w.away[s.Person].IsZero()
	}
	return away
}

// soughtRightly: one at a time is asked to lead it beside its lead, while it is led, by the last that became of it.
func (w *walk) soughtRightly() {
	var asked []skein.Term
	for _, t := range w.terms {
		if t.Role == skein.CoLead && t.State == skein.TermOffered {
			asked = append(asked, t)
		}
	}
	switch {
	case len(asked) == 0:
	case len(asked) > 1 || asked[0].AnswerBy.IsZero() || w.project.State != skein.Led || w.count(skein.TermLive) != 1:
		w.fail("%s, and they are asked to lead it beside its lead: %+v", w.project.State, asked)
	case w.reconsidered[len(w.reconsidered)-1].State != skein.ReconsiderCoLead:
		w.fail("somebody is asked to lead it beside its lead, and nobody wants that: %+v", w.reconsidered)
	}
	for i, t := range w.terms {
		for _, u := range w.terms[:i] {
			if t.Role == skein.CoLead && t.State == skein.TermOffered && u.Role == skein.CoLead && u.Person == t.Person &&
				!u.OfferedAt.Before(w.reconsidered[len(w.reconsidered)-1].EndedAt) {
				w.fail("%s is asked twice to lead it beside its lead", t.Person)
			}
		}
	}
}
