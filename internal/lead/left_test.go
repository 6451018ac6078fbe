package lead_test

import (
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// left lists what is due because somebody has left, from the rows alone: all that they hold, and
// reviews that they were asked for.
func (w *walk) left() map[string]bool {
	left, present := map[string]bool{}, w.present("")
	by := w.by(skeinItself)
	l := w.load(by, "")
	for _, c := range w.changes { // it waits for somebody whose answer it is not any more
		if l.RemitAstray(by, c) {
			left[string(lead.ClockRemit)+" "+string(c.ID)] = true
		}
	}
	for _, r := range w.reconsidered {
		if r.State == skein.ReconsiderOpen && l.StewardLost(by, r) {
			left[string(lead.ClockReconsider)+" "+string(r.ID)] = true
		}
	}
	for _, t := range w.terms {
		if _, now := w.wordTells(t); now {
			left["word "+string(t.ID)] = true
		}
	}
	add := func(p skein.PersonID, is bool) {
		if is && w.gone[p] {
			left["gone "+string(p)+" p"] = true
		}
	}
	on := !w.project.State.Over() && w.project.State != skein.Draft
	for _, t := range w.terms {
		add(t.Person, t.State.Counts() || t.State == skein.TermAsked)
	}
	for _, c := range w.claims {
		if c.Window != present.ID || !present.State.Going() {
			continue
		}
		switch c.State {
		case skein.ClaimSubmitted, skein.ClaimChosen, skein.ClaimNotChosen, skein.ClaimOffered, skein.ClaimAccepted:
			add(c.With, true)
			add(c.Coach, true)
			add(c.Person, true)
		}
	}
	for _, p := range w.picks {
		add(p.AskedOf, p.State == skein.PickWaiting)
	}
	for _, s := range w.standIns {
		add(s.Person, s.State.Open())
		if _, now := w.passes(s); now {
			left["standin "+string(s.ID)] = true
		}
	}
	if w.leaveUnseen() {
		left["leave p"] = true
	}
	for _, i := range w.invites {
		add(i.Person, i.State == skein.InviteWaiting)
	}
	for _, n := range w.needs {
		add(n.AskedOf, on && n.Asked())
	}
	for _, m := range w.team {
		add(m.Person, on && m.LeftAt.IsZero())
	}
	for _, a := range w.advice {
		add(a.Person, on && a.State == skein.AdviceAsked && w.decision(a.Decision).State == skein.DecisionAsking)
	}
	for _, c := range w.changes {
		add(c.AskedOf, c.Waits() && c.ByLead)
	}
	for _, o := range w.outcomes.Reviews {
		for _, a := range w.outcomes.Of(o.ID).Answers {
			add(a.Person, o.State == skein.OutcomeAsking && a.Waits())
		}
	}
	for _, r := range w.reviews {
		if r.AnsweredAt.IsZero() && (w.gone[r.AskedOf] || w.inVain(r.AskedOf, r.AnswerBy)) {
			left["review "+string(r.ID)] = true
			add(r.AskedOf, w.store.claim(r.Claim).Window == present.ID)
		}
	}
	w.waitInVain(func(p skein.PersonID, until time.Time) {
		if w.inVain(p, until) {
			left["away "+string(p)+" p"] = true
		}
	})
	return left
}

// waitInVain walks through whom something waits for that goes on when they are away, and until when.
func (w *walk) waitInVain(each func(skein.PersonID, time.Time)) {
	present := w.present("")
	for _, n := range w.needs {
		if !w.project.State.Over() && w.project.State != skein.Draft && n.Asked() {
			until := n.AnswerBy
			if until.IsZero() {
				until = w.now.Add(7 * day)
			}
			each(n.AskedOf, until)
		}
	}
	for _, p := range w.picks {
		if p.State == skein.PickWaiting {
			each(p.AskedOf, p.AnswerBy)
		}
	}
	for _, i := range w.invites {
		if i.State == skein.InviteWaiting {
			each(i.Person, i.AnswerBy)
		}
	}
	for _, t := range w.terms {
		if t.Role == skein.CoLead && t.State == skein.TermOffered {
			each(t.Person, t.AnswerBy)
		}
	}
	for _, s := range w.standIns {
		if s.State == skein.StandInAsked {
			each(s.Person, s.AnswerBy)
		}
		if s.State == skein.StandInStanding && !s.From.After(skein.Day(w.now)) {
			each(s.Person, w.restOf(s))
		}
	}
	for _, c := range w.claims {
		if c.State != skein.ClaimSubmitted || c.Window != present.ID || present.State.Over() {
			continue
		}
		if c.WithAgreed.IsZero() {
			each(c.With, w.ends())
		}
		if c.CoachAgreed.IsZero() {
			each(c.Coach, w.ends())
		}
	}
}

// inVain tells whether somebody is on leave for all of the days that are left until a moment.
func (w *walk) inVain(p skein.PersonID, until time.Time) bool {
	away, today := w.away[p], skein.Day(w.now)
	if p == "" || w.out(p) || away.IsZero() || away.Before(today) {
		return false
	}
	days := 0
	for at := w.now; at.Before(until); at = at.Add(day) {
		days++
	}
	return !away.Before(today.AddDate(0, 0, days))
}

// nobodyGoneHolds: once the clock has acted, whoever left holds nothing and is asked for nothing, and
// nothing waits for whoever is away.
func (w *walk) nobodyGoneHolds() {
	l := w.load(w.by(skeinItself), "")
	if own := l.LooksAfter(skein.Day(w.now)); !w.project.State.Over() && (own == "" || w.out(own)) {
		w.fail("%s: nobody who is here looks after it but %q", w.project.State, own)
	}
	for what := range w.left() {
		w.fail("the clock has acted, and there is still: %s", what)
	}
}
