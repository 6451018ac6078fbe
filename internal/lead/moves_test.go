package lead_test

import (
	"errors"
	"fmt"
	"strings"

	"skein/internal/lead"
	"skein/internal/skein"
)

var everybody = []skein.PersonID{ada, sofie, uma, adam, noor, kim, lee, mia, zoe, dario, wim}

// anyMove makes a move of somebody, of whatever there is.
type anyMove struct {
	name string
	with func(*walk, skein.PersonID) move
}

// allMoves are those that anybody may try at any time.
var allMoves = []anyMove{
	asVerb("publish", func(*walk) verb {
		return func(l *lead.Lead, by skein.By) error {
			_, err := l.Publish(by, nil)
			return err
		}
	}),
	asVerb("edit", (*walk).edited),
	asVerb("cancel", func(w *walk) verb {
		if w.draw(4) > 0 { // too long a reason: or every walk would end before anybody leads
			return cancel(strings.Repeat("rain ", 200))
		}
		return cancel("It rains.")
	}),
	asVerb("complete", func(*walk) verb { return complete }),
	asVerb("reopen", (*walk).reopens),
	{"keep", (*walk).keeps},
	{"send", (*walk).sends},
	{"send", (*walk).sends},
	{"send", (*walk).sends},
	{"withdraw", (*walk).withdraws},
	{"answer", (*walk).answers},
	{"confirm", func(w *walk, p skein.PersonID) move {
		var equal []skein.ClaimID
		if w.draw(3) == 0 {
			equal = append(equal, w.anyClaim())
		}
		return w.confirms(p, w.anyPick(), equal...)
	}},
	{"decide", func(w *walk, p skein.PersonID) move { return w.decides(p, w.anyPick(), w.anyClaim()) }},
	{"return", func(w *walk, p skein.PersonID) move { return w.returns(p, w.anyPick()) }},
	asVerb("accept", func(w *walk) verb {
		id := w.anyClaim()
		return func(l *lead.Lead, by skein.By) error { return l.Accept(by, id) }
	}),
	asVerb("decline", func(w *walk) verb {
		id := w.anyClaim()
		return func(l *lead.Lead, by skein.By) error { return l.Decline(by, id) }
	}),
	{"say yes to an invitation", func(w *walk, p skein.PersonID) move { return w.saysYes(p, w.anyWindow()) }},
	{"say no to an invitation", func(w *walk, p skein.PersonID) move { return w.saysNo(p, w.anyWindow()) }},
	asVerb("step down", func(*walk) verb { return stepDown }),
	asVerb("hand on", func(*walk) verb { return handOn }),
	asVerb("take back", func(*walk) verb { return takeBack }),
	asVerb("take a question back", func(*walk) verb { return unask }),
	asVerb("join", func(*walk) verb { return join }),
	asVerb("leave", func(*walk) verb { return leave }),
	asVerb("add a member", func(w *walk) verb { return addMember(everybody[w.draw(len(everybody))]) }),
	asVerb("end a membership", func(w *walk) verb { return endMember(everybody[w.draw(len(everybody))]) }),
	asVerb("shadow", func(*walk) verb { return shadow }),
	asVerb("ask to co-lead", func(*walk) verb { return askToCoLead }),
	asVerb("answer a co-lead", func(w *walk) verb {
		return w.answerCoLead(everybody[w.draw(len(everybody))], w.draw(2) == 0)
	}),
	asVerb("answer whether to lead beside", func(w *walk) verb { return w.answerToCoLead(w.draw(2) == 0) }),
	asVerb("grant", func(w *walk) verb {
		id, executive := w.anyNeed(), w.draw(4) == 0
		return func(l *lead.Lead, by skein.By) error { return l.Grant(by, id, executive, skein.Date{}) }
	}),
	asVerb("refuse", (*walk).refuses),
	asVerb("waive", func(w *walk) verb { return w.waive(w.anyNeed()) }),
	asVerb("ask somebody to stand in", func(w *walk) verb {
		from, until := skein.Day(w.now).AddDate(0, 0, w.draw(4)), skein.Day(w.now).AddDate(0, 0, w.draw(30))
		who := skein.PersonID("")
		if w.draw(4) == 0 {
			who = everybody[w.draw(len(everybody))]
		}
		return func(l *lead.Lead, by skein.By) error { return l.AskStandIn(by, who, from, until) }
	}),
	asVerb("answer whether to stand in", func(w *walk) verb { return w.answerStandIn(w.draw(2) == 0) }),
	asVerb("end standing in", func(w *walk) verb { return w.endStandIn() }),
	asVerb("say the week's word", (*walk).saysWeek),
	asVerb("say the same as last week", func(*walk) verb { return sameWeek }),
	asVerb("see the week's word", func(w *walk) verb { return w.seesWeek() }),
	asVerb("ask the lead", func(w *walk) verb { return ask([]string{"Why?", "When?", "Who?", "How?", "Where?"}[w.draw(5)]) }),
	asVerb("answer a question", func(w *walk) verb { return reply(w.anyQuestion(), "It is so.") }),
	asVerb("add a link", (*walk).linked),
	asVerb("take a link away", func(w *walk) verb { return dropLink(w.anyLink()) }),
	asVerb("add a step", (*walk).stepped),
	asVerb("tick a step", func(w *walk) verb { return tickStep(w.anyStep(), w.draw(2) == 0) }),
	asVerb("take a step away", func(w *walk) verb { return dropStep(w.anyStep()) }),
	asVerb("change what is led", (*walk).changesLed),
	asVerb("propose what the lead decides", (*walk).proposesRemit),
	asVerb("agree what the lead decides", func(w *walk) verb { return agreeRemit(w.anyChange()) }),
	asVerb("refuse what the lead is to decide", func(w *walk) verb { return refuseRemit(w.anyChange(), "No.") }),
	asVerb("take back what the lead is to decide", func(w *walk) verb { return takeBackRemit(w.anyChange()) }),
	asVerb("write the note", (*walk).writesNote),
	asVerb("say it back", func(w *walk) verb { return w.sayBack() }),
	asVerb("keep what is said back", func(w *walk) verb { return keepBack([]string{"It leaks.", ""}[w.draw(2)]) }),
	asVerb("sign", func(*walk) verb { return sign }),
	asVerb("say what it is like now", (*walk).restates),
	asVerb("begin the next stretch", (*walk).nextPhase),
	asVerb("say what becomes of it", (*walk).saysWhatBecomes),
	asVerb("open a decision", (*walk).opensDecision),
	asVerb("change a draft of a decision", (*walk).editsDecision),
	asVerb("ask for advice", (*walk).asksAdvice),
	asVerb("advise", (*walk).advises),
	asVerb("decide it", (*walk).decidesIt),
	asVerb("close a decision", func(w *walk) verb { return closeDecision(w.anyDecision(), []string{"", "It rains."}[w.draw(2)]) }),
	asVerb("say what came of it", func(w *walk) verb { return w.saysCame(w.anyDecision(), []string{"It held.", "It broke."}[w.draw(2)]) }),
	asVerb("thank the team", func(*walk) verb { return thank }),
	asVerb("say how it went", (*walk).saysHow),
	asVerb("be hardly there", (*walk).hardlyThere),
	asVerb("be there after all", (*walk).thereAfterAll),
	asVerb("show how it was led", (*walk).showsLed),
	asVerb("thank those who were there", (*walk).thanks),
	asVerb("keep a lesson", (*walk).keepsLesson),
	asVerb("drop a lesson", (*walk).dropsLesson),
	asVerb("take", func(w *walk) verb { return w.take(w.anyNeed()) }),
	asVerb("say what has arrived", func(w *walk) verb { return w.arrives(w.anyNeed(), w.draw(2) == 0) }),
	asVerb("move the start", (*walk).movesStart),
	{"go with its circle", (*walk).rehomes},
	{"ask for a review", func(w *walk, p skein.PersonID) move { return w.asksReview(p, w.store.claim(w.anyClaim())) }},
	{"answer a review", func(w *walk, p skein.PersonID) move { return w.reviewed(p, w.anyReview()) }},
}

func asVerb(name string, make func(*walk) verb) anyMove {
	return anyMove{name, func(w *walk, p skein.PersonID) move {
		do := make(w)
		return move{name: name, by: p, run: func() error { return w.do(p, do) }}
	}}
}

func (w *walk) ofPick(name string, p skein.PersonID, id skein.PickID, do verb) move {
	var window skein.WindowID
	for _, pick := range w.picks {
		if pick.ID == id {
			window = pick.Window
		}
	}
	return move{name: name, by: p, run: func() error { return w.doIn(window, p, do) }}
}

func (w *walk) confirms(p skein.PersonID, id skein.PickID, equal ...skein.ClaimID) move {
	return w.ofPick("confirm", p, id, func(l *lead.Lead, by skein.By) error { return l.Confirm(by, id, equal) })
}

func (w *walk) decides(p skein.PersonID, id skein.PickID, claim skein.ClaimID) move {
	return w.ofPick("decide", p, id, func(l *lead.Lead, by skein.By) error { return l.Decide(by, id, claim, "It is true.") })
}

func (w *walk) returns(p skein.PersonID, id skein.PickID) move {
	return w.ofPick("return", p, id, func(l *lead.Lead, by skein.By) error { return l.Return(by, id, "It is not true.") })
}

func (w *walk) saysYes(p skein.PersonID, id skein.WindowID) move {
	return move{name: "say yes to an invitation", by: p, run: func() error {
		return w.doIn(id, p, func(l *lead.Lead, by skein.By) error { return l.AcceptInvite(by, id, true) })
	}}
}

func (w *walk) saysNo(p skein.PersonID, id skein.WindowID) move {
	return move{name: "say no to an invitation", by: p, run: func() error {
		return w.doIn(id, p, func(l *lead.Lead, by skein.By) error { return l.DeclineInvite(by, id) })
	}}
}

func (w *walk) asksReview(p skein.PersonID, c lead.Claim) move {
	return move{name: "ask for a review", by: p, run: func() error {
		return w.doIn(c.Window, p, func(l *lead.Lead, by skein.By) error { return l.AskReview(by, c.ID, "Why?") })
	}}
}

// edited is a change that may bear on claims. The form is that of a version, as on the page.
func (w *walk) edited() verb {
	version, stakes, title, need := w.project.Version, 1+w.draw(5), fmt.Sprint("Night Pressure ", w.draw(9)), w.draw(3)
	trust, end := skein.Trusts[w.draw(len(skein.Trusts))], skein.Day(w.now).AddDate(0, 0, 20+w.draw(60))
	return func(l *lead.Lead, by skein.By) error {
		_, err := l.Edit(by, func(p *skein.Proposal) error {
			if p.Project.Version != version {
				return skein.Conflict{Why: "Somebody changed it meanwhile."}
			}
			p.Project.Title, p.Project.Trust, p.Project.EndOn = title, trust, end
			switch need {
			case 0:
				p.Phase.Situation.Stakes = stakes
			case 1:
				p.Needs = append(p.Needs, skein.Need{Kind: skein.NeedTools, What: title, AskedOf: dario})
			case 2:
				p.Further = circlesElse[:stakes%len(circlesElse)]
			}
			return nil
		})
		return err
	}
}

func (w *walk) typed(p skein.PersonID) skein.Claim {
	c := skein.Claim{Why: "I know these pumps.", Unscored: w.draw(6) == 0}
	if q := everybody[w.draw(len(everybody))]; w.draw(2) == 0 && q != p {
		c.With = q
	}
	if q := everybody[w.draw(len(everybody))]; (w.draw(3) == 0 || w.found[p].zone == skein.Stretch) && q != p && q != c.With {
		c.Coach = q
	}
	return c
}

func (w *walk) keeps(p skein.PersonID) move {
	c := w.typed(p)
	return move{name: "keep", by: p, light: true, run: func() error { return closed(w.send(p, p, keeping(c))) }}
}

// sends sends a claim under a key: what comes twice under one is one.
func (w *walk) sends(p skein.PersonID) move {
	c, key := w.typed(p), w.id()
	return move{name: "send", by: p, light: true, run: func() error {
		if w.keys[key] {
			return nil
		}
		err := w.send(p, p, sending(c, true))
		w.keys[key] = err == nil
		return closed(err)
	}}
}

// closed is what the page says where claims do not gather.
func closed(err error) error {
	if errors.Is(err, lead.ErrClosed) {
		return skein.Conflict{Why: "Claims for this lead are closed."}
	}
	return err
}

// withdraws takes back the claim that was drafted last: the light way while claims gather.
func (w *walk) withdraws(p skein.PersonID) move {
	var own lead.Claim
	for _, c := range w.claims {
		if c.Person == p && c.State != skein.ClaimWithdrawn && !c.DraftedAt.Before(own.DraftedAt) {
			own = c
		}
	}
	return move{name: "withdraw", by: p, run: func() error {
		present, c := w.present(""), w.store.claim(own.ID)
		if c.Window == present.ID && !present.State.Over() && (c.State == skein.ClaimDraft || c.State == skein.ClaimSubmitted) {
			return w.send(p, p, takingBack)
		}
		return w.doIn(c.Window, p, withdraw)
	}}
}

func (w *walk) answers(p skein.PersonID) move { return w.answering(p, w.anyClaim(), w.draw(2) == 0) }

// answering is what somebody who is named in a claim says: the light way while claims gather.
func (w *walk) answering(p skein.PersonID, id skein.ClaimID, yes bool) move {
	return move{name: "answer", by: p, run: func() error {
		c := w.store.claim(id)
		if present := w.present(""); c.Window == present.ID && !present.State.Over() && c.State == skein.ClaimSubmitted {
			return w.send(p, c.Person, answering(yes))
		}
		return w.doIn(c.Window, p, func(l *lead.Lead, by skein.By) error { return l.Answer(by, id, yes) })
	}}
}

func (w *walk) reviewed(p skein.PersonID, id skein.ReviewID) move {
	return move{name: "answer a review", by: p, run: func() error {
		var window skein.WindowID
		for _, r := range w.reviews {
			if r.ID == id {
				window = w.store.claim(r.Claim).Window
			}
		}
		return w.doIn(window, p, answerReview(id, "It was right."))
	}}
}

// clockwork is the verb of a clock, by name: it has to look for itself whether it is due.
func clockwork(a lead.Act) verb {
	return func(l *lead.Lead, by skein.By) error {
		switch a.Clock {
		case lead.ClockWindow:
			return l.Close(by)
		case lead.ClockPick:
			return l.PassPick(by, skein.PickID(a.ID))
		case lead.ClockInvite:
			return l.LapseInvites(by)
		case lead.ClockNeed:
			return l.PassNeed(by, skein.NeedID(a.ID))
		case lead.ClockOffer, lead.ClockNeeds:
			return l.Lapse(by, skein.TermID(a.ID))
		case lead.ClockStart:
			return l.Start(by, skein.TermID(a.ID))
		case lead.ClockRemit:
			return l.PassRemit(by, skein.RemitChangeID(a.ID))
		case lead.ClockEnd:
			return l.EndTerm(by, skein.TermID(a.ID))
		case lead.ClockGone:
			return l.PersonGone(by, skein.PersonID(strings.TrimSuffix(a.ID, " p")))
		case lead.ClockAway:
			return l.PersonAway(by, skein.PersonID(strings.TrimSuffix(a.ID, " p")))
		case lead.ClockLeave:
			return l.SeeToLeave(by)
		case lead.ClockStand:
			return l.PassStandIn(by, skein.StandInID(a.ID))
		case lead.ClockWord:
			return l.TellOfWord(by, skein.TermID(a.ID))
		case lead.ClockNote:
			return l.PassNote(by, skein.HandoverID(a.ID))
		case lead.ClockSaid:
			return l.PassSaid(by, skein.HandoverID(a.ID))
		case lead.ClockSign:
			return l.PassSign(by, skein.HandoverID(a.ID))
		case lead.ClockAsked:
			return l.SeeToOutcome(by, skein.OutcomeID(a.ID))
		case lead.ClockReconsider:
			return l.PassReconsider(by, skein.ReconsiderationID(a.ID))
		case lead.ClockAdvice:
			return l.TellOfAdvice(by, skein.DecisionID(a.ID))
		case lead.ClockOpen:
			return l.AskStill(by)
		case lead.ClockLast:
			return l.TellLastDay(by)
		case lead.ClockPast:
			return l.EndPast(by)
		}
		return l.PassReview(by, skein.ReviewID(a.ID))
	}
}

// refuses is less, or no, of any need.
func (w *walk) refuses() verb {
	id, executive, answer, less := w.anyNeed(), w.draw(4) == 0, skein.NeedLess, float64(w.draw(3))
	if w.draw(2) == 0 {
		answer = skein.NeedNo
	}
	return func(l *lead.Lead, by skein.By) error {
		return l.Refuse(by, id, executive, answer, less, "There is none.")
	}
}

func (w *walk) movesStart() verb {
	return moveStart(skein.Day(w.now).AddDate(0, 0, w.draw(40)-2), "It rains.")
}
