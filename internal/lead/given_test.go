package lead_test

import (
	"slices"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// elsewhereHappens changes what people hold in other projects, and whether they are there at all.
func (w *walk) elsewhereHappens() {
	p := everybody[w.draw(len(everybody))]
	if n := len(w.terms); n > 0 && w.draw(3) == 0 {
		p = w.terms[n-1].Person
	}
	kind := w.draw(8)
	if w.amid || w.pair != nil && kind < 3 { // what they hold elsewhere is what they hold there
		return
	}
	switch kind {
	case 0:
		w.elsewhere[p] = w.draw(3)
	case 1:
		w.hours[p] = float64(w.draw(30))
	case 2:
		w.invited[p] = w.draw(2)
		w.asked[p] = float64(w.invited[p] * w.draw(12))
	case 3, 4:
		w.away[p], w.since[p] = skein.Day(w.now).AddDate(0, 0, w.draw(12)), skein.Day(w.now)
	case 5:
		w.later[p] = false
	case 7: // a long leave, or back from one
		if h := w.load(w.by(skeinItself), "").Holder(); h != "" && w.draw(2) == 0 {
			p = h
		}
		w.away[p], w.since[p] = skein.Day(w.now).AddDate(0, 0, w.draw(100)), skein.Day(w.now).AddDate(0, 0, w.draw(3))
		if w.draw(3) == 0 {
			w.away[p] = skein.Date{}
		}
	case 6:
		gone := 0
		for _, q := range everybody {
			if w.gone[q] {
				gone++
			}
		}
		if gone < 5 {
			w.gone[p] = true
			w.t.Logf("%s %s leaves", w.now.Format("2 Jan 15:04"), p)
		}
	}
}

// cannot tells why somebody could not be given a place; answer is how long they would have to say yes.
func (w *walk) cannot(p skein.PersonID, r skein.Role, answer time.Duration) skein.Passed {
	switch {
	case w.out(p):
		return skein.PassedGone
	case answer > 0 && w.awayFor(p, answer):
		return skein.PassedAway
	case r == skein.Primary && w.rules.LeadsAtOnce > 0 && w.elsewhere[p] >= w.rules.LeadsAtOnce:
		return skein.PassedLeads
	case w.hours[p]+*w.project.HoursPerWeek > w.free[p]:
		return skein.PassedHours
	}
	return ""
}

func (w *walk) awayFor(p skein.PersonID, answer time.Duration) bool {
	until := w.away[p]
	return !until.IsZero() && !until.Before(skein.Day(w.now).AddDate(0, 0, int(answer/day)))
}

// toAnswer is how long somebody whose claim it is would have to say yes to an offer.
func (w *walk) toAnswer(p skein.PersonID, window skein.WindowID) time.Duration {
	said := w.trust(w.by(skeinItself)) == skein.Open || slices.ContainsFunc(w.invites, func(i skein.Invite) bool {
		return i.Window == window && i.Person == p && i.State == skein.InviteAccepted
	})
	if said {
		return 0
	}
	return w.rules.Answer
}

// givenRightly: nobody is given or asked anything who has left, has not begun, or is away for the
// whole time to answer; nobody comes to hold more than they may; nobody checks what they have a part
// in.
func (w *walk) givenRightly(m move, before *store) {
	w.placesGiven(m, before)
	w.standInsGiven(m, before)
	for _, i := range w.invites[len(before.invites):] {
		why := w.cannot(i.Person, skein.Primary, w.rules.Answer)
		full := w.rules.LeadsAtOnce > 0 && w.elsewhere[i.Person]+w.invited[i.Person] >= w.rules.LeadsAtOnce
		full = full || w.hours[i.Person]+w.asked[i.Person]+*w.project.HoursPerWeek > w.free[i.Person]
		if why != "" || full {
			w.fail("%s: %s is invited, %q, full %v", m.name, i.Person, why, full)
		}
	}
	asked := map[string]skein.PersonID{}
	for _, p := range before.picks {
		asked[string(p.ID)] = p.AskedOf
	}
	for _, r := range before.reviews {
		asked[string(r.ID)] = r.AskedOf
	}
	for _, p := range w.picks {
		if p.AskedOf != asked[string(p.ID)] {
			w.asksRightly(m, p.AskedOf, p.Window, w.rules.Confirm)
		}
	}
	for _, r := range w.reviews {
		if r.AskedOf != asked[string(r.ID)] {
			w.asksRightly(m, r.AskedOf, w.store.claim(r.Claim).Window, skein.ReviewTime)
		}
	}
	for _, n := range w.notices {
		if n.Code == skein.CodeStill && n.To == "" || n.Kind == skein.NoticeEnding && w.out(n.To) {
			w.fail("%s: %s is told, who is not here", m.name, n.To)
		}
		if n.Kind == skein.NoticeNeeds && n.Code == skein.CodeAsked && n.To != "" {
			named := slices.ContainsFunc(w.needs, func(need skein.Need) bool { return need.AskedOf == n.To })
			if !named && w.out(n.To) || w.awayFor(n.To, w.rules.Needs) && !named {
				w.fail("%s: %s is not here, and asked for a need", m.name, n.To)
			}
		}
	}
}

func (w *walk) placesGiven(m move, before *store) {
	was := map[skein.TermID]skein.TermState{}
	for _, t := range before.terms {
		was[t.ID] = t.State
	}
	for _, t := range w.terms {
		if t.Role == skein.Shadow || t.State == was[t.ID] {
			continue
		}
		answer := time.Duration(0)
		switch {
		case t.State == skein.TermOffered:
			answer = w.rules.Answer
		case t.State == skein.TermAccepted:
		case was[t.ID] == skein.TermHandingOver: // they led all the while: nothing is given
			continue
		case t.State == skein.TermLive && (t.Role == skein.CoLead || was[t.ID] != skein.TermAccepted):
		default:
			continue
		}
		if why := w.cannot(t.Person, t.Role, answer); why != "" {
			w.fail("%s: %s became %s of a %s term: %s", m.name, t.Person, t.State, t.Role, why)
		}
	}
}

// asksRightly: whoever is asked to check or to review is there, and has no part.
func (w *walk) asksRightly(m move, p skein.PersonID, window skein.WindowID, answer time.Duration) {
	if p == "" {
		return
	}
	part := p == w.project.ProposedBy
	for _, c := range w.claims {
		switch c.State {
		case skein.ClaimDraft, skein.ClaimWithdrawn, skein.ClaimVoid:
		default:
			part = part || c.Window == window && (p == c.Person || p == c.With || p == c.Coach)
		}
	}
	for _, t := range w.terms {
		part = part || t.Person == p && t.State.Counts()
	}
	for _, s := range w.standIns {
		part = part || s.Person == p && s.Stands(skein.Day(w.now))
	}
	if part || w.out(p) || w.awayFor(p, answer) {
		w.fail("%s: %s is asked to look at a decision; a part %v, away until %v", m.name, p, part, w.away[p])
	}
}

// inTurn: whoever was picked, or comes next, is the first of the order who can hold it.
func (w *walk) inTurn(m move) {
	for _, e := range w.events {
		if e.Action != "pick.make" && e.Action != "pick.next" {
			continue
		}
		i := slices.IndexFunc(w.picks, func(p skein.Pick) bool { return string(p.ID) == e.NounID })
		picked := w.store.claim(w.picks[i].Claim)
		for _, c := range w.claims {
			earlier := c.Window == picked.Window && c.Judged.Turn > 0 && c.Judged.Turn < picked.Judged.Turn
			waits := c.State == skein.ClaimSubmitted || c.State == skein.ClaimNotChosen
			if earlier && waits && w.cannot(c.Person, skein.Primary, w.toAnswer(c.Person, c.Window)) == "" {
				w.fail("%s: %s comes before %s, and could hold it", m.name, c.Person, picked.Person)
			}
		}
	}
}

// withoutALoser: had somebody who was not picked never claimed, the same one would have been picked.
func (w *walk) withoutALoser(m move, before *store) {
	closed := slices.ContainsFunc(w.events, func(e skein.Event) bool { return e.Action == "window.close" })
	if !closed || len(w.picks) == len(before.picks) {
		return
	}
	won := w.picks[len(before.picks)]
	var losers []skein.ClaimID
	for _, c := range before.claims {
		if c.Window == won.Window && c.State == skein.ClaimSubmitted && c.ID != won.Claim && c.Person != m.by {
			losers = append(losers, c.ID)
		}
	}
	if len(losers) == 0 || won.Claim == "" || won.State == skein.PickUnchecked {
		return
	}
	loser, after, ids, did := losers[w.draw(len(losers))], w.store, w.ids, [2]any{w.events, w.notices}
	winner := w.store.claim(won.Claim).Person
	w.store = before.clone()
	w.told = map[notice]int{}
	w.claims = slices.DeleteFunc(w.claims, func(c lead.Claim) bool { return c.ID == loser })
	if err := m.run(); err != nil {
		w.fail("%s, without a claim that lost: %v", m.name, err)
	}
	if len(w.picks) == len(before.picks) { // its end followed from the claim, so it is not due yet
		if !w.present("").ClosesAt.IsZero() {
			w.fail("%s: without a claim that lost nobody is picked", m.name)
		}
	} else if now := w.store.claim(w.picks[len(before.picks)].Claim).Person; now != winner {
		w.fail("%s: without a claim that lost %s is picked in place of %s", m.name, now, winner)
	}
	w.store, w.ids = after, ids
	w.events, _ = did[0].([]skein.Event)
	w.notices, _ = did[1].([]skein.Notice)
	w.did["without a loser"]++
}

// termsAndNeeds: a term ends after it begins, and within the longest time; what one lead could do
// without, and whom it needed as a coach, goes with its term or with the next that begins; everybody is told once; a change starts
// claims again twice at most.
func (w *walk) termsAndNeeds() {
	for _, t := range w.terms {
		if !t.Until.IsZero() && t.Until.Before(t.From) {
			w.fail("a term ends before it begins: %+v", t)
		}
		if longest := w.rules.LongestMonths; t.Role == skein.Primary && t.State == skein.TermLive &&
			(t.EndsOn.IsZero() || longest > 0 && !t.OfferedAt.IsZero() && t.EndsOn.After(skein.AddMonths(skein.Day(t.OfferedAt), longest))) {
			w.fail("a term is too long: %+v", t)
		}
	}
	for _, n := range w.needs {
		if w.project.State.Over() || n.Claim == "" && n.WaivedBy == "" {
			continue
		}
		if !slices.ContainsFunc(w.terms, func(t skein.Term) bool {
			stands := t.Role == skein.Primary && (t.State == skein.TermAccepted || t.State.Holds())
			if n.Claim != "" && n.Claim == t.Claim && t.EndReason == skein.EndStepped && n.Settled() && w.count(skein.TermLive) == 0 {
				return true // the coach of who may take it back
			}
			return stands && (n.Claim == "" || n.Claim == t.Claim) && (n.WaivedBy == "" || n.WaivedBy == t.Person)
		}) {
			w.fail("a need outlived its term: %+v", n)
		}
	}
	w.needsHold()
	for _, win := range w.windows {
		if was := w.tell[win.ID]; !was.IsZero() && !was.Equal(win.ToldAt) {
			w.fail("told twice: %+v", win)
		}
		w.tell[win.ID] = win.ToldAt
		if win.Restarts > 2 {
			w.fail("claims started again too often: %+v", win)
		}
	}
}

// settledAgain: what a lead settled is remembered while they may take it back, and settled when they do; it is nobody else's.
func (w *walk) settledAgain(m move, before *store) {
	for _, n := range w.needs {
		i := slices.IndexFunc(before.needs, func(b skein.Need) bool { return b.ID == n.ID })
		if i < 0 || n.Claim != "" {
			continue
		}
		was := before.needs[i]
		led := slices.ContainsFunc(before.terms, func(t skein.Term) bool { return t.Role == skein.Primary && t.Person == m.by && t.State.Holds() })
		if m.name == "step down" && led && was.WaivedBy == m.by && !n.Kept.WaivedAt.Equal(was.WaivedAt) {
			w.fail("it is forgotten what %s had settled: %+v", m.by, n)
		}
		less := !was.Kept.Taken || was.Answer == skein.NeedLess
		if m.name == "take back" && !was.Kept.WaivedAt.IsZero() && less && !n.Settled() {
			w.fail("%s leads it on, without what they had settled: %+v", m.by, n)
		}
		if n.Kept.Term != "" && w.count(skein.TermLive) > 0 && !w.project.State.Over() {
			w.fail("somebody leads, and what the last had settled is remembered: %+v", n)
		}
	}
}

// needsHold: a need is answered in one way; whatever was promised to whoever leads is theirs to say of; a start
// is moved by 28 days at most; and nobody's own clock runs while they wait for the answer of others.
func (w *walk) needsHold() {
	for _, n := range w.needs {
		if n.GrantedBy != "" && (n.Answer != skein.NeedUnanswered || n.WaivedBy != "") || n.Taken && n.WaivedBy == "" ||
			n.Taken != (n.Taken && n.Answer == skein.NeedLess) || (n.Less > 0) != (n.Answer == skein.NeedLess && n.Counted()) ||
			n.AnsweredAt.IsZero() != (n.Answer == skein.NeedUnanswered) {
			w.fail("a need is answered in two ways: %+v", n)
		}
		if n.Arrival != skein.ArrivalUnsaid && (w.count(skein.TermLive, skein.TermHandingOver) == 0 && !w.project.State.Over()) {
			w.fail("nobody leads, and something has arrived: %+v", n)
		}
	}
	for _, t := range w.terms {
		if !t.StartBase.IsZero() && t.StartsOn.After(t.StartBase.AddDate(0, 0, 28)) {
			w.fail("a start moved too far: %+v", t)
		}
		if asked, _ := w.openFor(t); asked && t.State == skein.TermAccepted {
			l := w.load(w.by(skeinItself), "")
			for _, a := range lead.Due(l, skein.By{At: w.now.Add(1000 * day), Day: skein.Day(w.now)}) {
				if a.Clock == lead.ClockNeeds {
					w.fail("%s would lose the lead by somebody's silence", t.Person)
				}
			}
		}
	}
}
