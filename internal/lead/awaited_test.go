package lead_test

import (
	"skein/internal/lead"
	"skein/internal/skein"
)

// Any of the things there are, or one that there is not; the latest most often.

func anyOf[T any, K ~string](w *walk, all []T, id func(T) K) K {
	if len(all) == 0 || w.draw(20) == 0 {
		return "nothing"
	}
	if w.draw(2) == 0 {
		return id(all[len(all)-1])
	}
	return id(all[w.draw(len(all))])
}

func (w *walk) anyClaim() skein.ClaimID {
	return anyOf(w, w.claims, func(c lead.Claim) skein.ClaimID { return c.ID })
}

func (w *walk) anyPick() skein.PickID {
	return anyOf(w, w.picks, func(p skein.Pick) skein.PickID { return p.ID })
}

func (w *walk) anyWindow() skein.WindowID {
	return anyOf(w, w.windows, func(w skein.Window) skein.WindowID { return w.ID })
}

func (w *walk) anyNeed() skein.NeedID {
	return anyOf(w, w.needs, func(n skein.Need) skein.NeedID { return n.ID })
}

func (w *walk) anyReview() skein.ReviewID {
	return anyOf(w, w.reviews, func(r skein.Review) skein.ReviewID { return r.ID })
}

// awaited are the answers that somebody waits for: they are given more often than others, or a walk
// would get nowhere.
func (w *walk) awaited() []func(*walk) move {
	var all []func(*walk) move
	put := func(m move) { all = append(all, func(*walk) move { return m }) }
	add := func(name string, p skein.PersonID, do verb) {
		put(move{name: name, by: p, run: func() error { return w.do(p, do) }})
	}
	if w.project.State == skein.Draft {
		add("publish", ada, func(l *lead.Lead, by skein.By) error {
			_, err := l.Publish(by, nil)
			return err
		})
	}
	if w.project.State == skein.Completed {
		add("reopen", sofie, w.reopens())
	}
	w.awaitedPicks(put)
	w.awaitedTerms(add)
	w.awaitedStandIns(add)
	w.awaitedWords(add)
	w.awaitedAnswers(add)
	w.awaitedWork(add)
	w.awaitedHandovers(add)
	w.awaitedReconsideration(add)
	w.awaitedDecisions(add)
	w.awaitedRemit(add)
	w.awaitedOutcomes(add)
	for _, i := range w.invites {
		if i.State == skein.InviteWaiting {
			put(w.saysYes(i.Person, i.Window))
			put(w.saysNo(i.Person, i.Window))
		}
	}
	for _, c := range w.claims {
		for _, p := range []skein.PersonID{c.With, c.Coach} {
			if p != "" && (c.State == skein.ClaimSubmitted || c.State == skein.ClaimAccepted) {
				all = append(all, func(w *walk) move { return w.answering(p, c.ID, w.draw(3) > 0) })
			}
		}
		if c.State == skein.ClaimChosen || c.State == skein.ClaimOffered || c.State == skein.ClaimAccepted {
			put(w.withdraws(c.Person))
		}
		if c.State == skein.ClaimNotChosen && w.draw(4) == 0 {
			put(w.asksReview(c.Person, c))
		}
	}
	for _, r := range w.reviews {
		if r.AnsweredAt.IsZero() {
			put(w.reviewed(r.AskedOf, r.ID))
		}
	}
	return all
}

func (w *walk) awaitedStandIns(add func(string, skein.PersonID, verb)) {
	for _, s := range w.standIns {
		if !s.State.Open() {
			continue
		}
		if s.State == skein.StandInAsked {
			add("answer whether to stand in", s.Person, w.answerStandIn(true))
			add("answer whether to stand in", s.Person, w.answerStandIn(true))
			add("answer whether to stand in", s.Person, w.answerStandIn(false))
		}
		add("end standing in", []skein.PersonID{s.For, s.Person, sofie}[w.now.Hour()%3], w.endStandIn())
		return
	}
	holder := w.load(w.by(skeinItself), "").Holder()
	if holder == "" {
		holder = sofie // where the lead has left
	}
	if w.now.Day()%3 == 0 {
		add("ask somebody to stand in", holder, w.askStandIn("", skein.Day(w.now).AddDate(0, 0, 3+w.now.Hour())))
	}
}

func (w *walk) awaitedPicks(put func(move)) {
	for _, p := range w.picks {
		if p.State != skein.PickWaiting {
			continue
		}
		put(w.returns(p.AskedOf, p.ID))
		put(w.confirms(p.AskedOf, p.ID))
		for _, c := range w.claims {
			if c.Window == p.Window && c.State == skein.ClaimSubmitted {
				put(w.decides(p.AskedOf, p.ID, c.ID))
				put(w.confirms(p.AskedOf, p.ID, c.ID))
			}
		}
	}
}

func (w *walk) awaitedNeeds(t skein.Term, add func(string, skein.PersonID, verb)) {
	for _, n := range w.needs {
		if n.Settled() {
			continue
		}
		if n.Asked() {
			add("refuse", n.AskedOf, w.less(n.ID, 1))
			add("refuse", n.AskedOf, w.none(n.ID, "There is none."))
		}
		add("grant", n.AskedOf, w.grant(n.ID))
		add("waive", t.Person, w.waive(n.ID))
		if n.Answer == skein.NeedLess {
			add("take", t.Person, w.take(n.ID))
		}
	}
	add("move the start", t.Person, moveStart(skein.Day(w.now).AddDate(0, 0, 1+w.draw(20)), "It rains."))
}

func (w *walk) awaitedTerms(add func(string, skein.PersonID, verb)) {
	for _, t := range w.terms {
		switch {
		case t.State == skein.TermHandingOver:
			if len(w.terms)%4 == 0 { // else hardly anybody would ever take over
				add("take back", t.Person, takeBack)
			}
		case t.State == skein.TermEnded && t.EndReason == skein.EndStepped:
			if w.now.Hour()%3 == 0 {
				add("take back", t.Person, takeBack)
			}
		case t.State == skein.TermAsked:
			add("take a question back", t.Person, unask)
			for _, h := range w.terms {
				if h.Role == skein.Primary && h.State.Holds() {
					add("answer a co-lead", h.Person, w.answerCoLead(t.Person, true))
					add("answer a co-lead", h.Person, w.answerCoLead(t.Person, false))
				}
			}
		case t.State == skein.TermOffered && t.Role == skein.CoLead:
			add("answer whether to lead beside", t.Person, w.answerToCoLead(true))
			add("answer whether to lead beside", t.Person, w.answerToCoLead(w.now.Hour()%2 == 0))
		case t.State == skein.TermOffered:
			add("accept", t.Person, func(l *lead.Lead, by skein.By) error { return l.Accept(by, t.Claim) })
			add("accept", t.Person, func(l *lead.Lead, by skein.By) error { return l.Accept(by, t.Claim) })
			add("decline", t.Person, func(l *lead.Lead, by skein.By) error { return l.Decline(by, t.Claim) })
			add("decline", t.Person, func(l *lead.Lead, by skein.By) error { return l.Decline(by, t.Claim) })
		case t.State == skein.TermAccepted:
			w.awaitedNeeds(t, add)
		case t.State == skein.TermLive && t.Role == skein.Primary:
			add("hand on", t.Person, handOn)
			add("say what it is like now", []skein.PersonID{t.Person, sofie}[w.now.Hour()%2], w.restates())
			add("change what is led", t.Person, w.changesLed())
			for _, n := range w.needs {
				if n.Promised() {
					add("say what has arrived", t.Person, w.arrives(n.ID, w.draw(2) == 0))
				}
			}
			for _, p := range []skein.PersonID{kim, lee, mia} {
				add("ask to co-lead", p, askToCoLead)
			}
			add("step down", t.Person, stepDown)
		case t.State == skein.TermHandingOver:
			add("step down", t.Person, stepDown)
			add("complete", t.Person, complete)
		}
	}
}
