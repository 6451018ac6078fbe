package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func (w *world) deciding() skein.RemitTerms {
	rows := w.remit
	if len(rows) == 0 {
		rows = []skein.Remit{{Area: "the work", Level: skein.DecideAlone}}
	}
	return skein.RemitTerms{Rows: rows, Hours: w.project.HoursPerWeek}
}

// other are terms with so many hours, and money beside the work.
func other(hours float64) skein.RemitTerms {
	most := 500.0
	return skein.RemitTerms{Hours: &hours, Rows: []skein.Remit{
		{Area: "the work", Level: skein.AfterAdvice}, {Area: "money", Level: skein.DecideAlone, Ceiling: &most},
	}}
}

func proposeRemit(to skein.RemitTerms, read string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.ProposeRemit(by, to, "It grew.", read) }
}

func agreeRemit(id skein.RemitChangeID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AgreeRemit(by, id) }
}

func refuseRemit(id skein.RemitChangeID, why string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.RefuseRemit(by, id, why) }
}

func takeBackRemit(id skein.RemitChangeID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.TakeBackRemit(by, id) }
}

func (w *walk) proposesRemit() verb {
	read := w.deciding().Version()
	if w.draw(6) == 5 {
		read = "another"
	}
	return proposeRemit(other(float64(4+w.draw(12))), read)
}

// proposed lets a change wait until it is reminded of, which hardly any walk would come to.
func (w *walk) proposed() {
	if w.count(skein.TermLive) == 0 || w.draw(2) == 0 {
		return
	}
	w.must(noor, proposeRemit(other(6), ""))
	w.now = w.now.Add(skein.RemitTime - skein.RemitSoon)
}

func (w *walk) anyChange() skein.RemitChangeID {
	return anyOf(w, w.changes, func(c skein.RemitChange) skein.RemitChangeID { return c.ID })
}

func (w *walk) awaitedRemit(add func(string, skein.PersonID, verb)) {
	for _, c := range w.changes {
		if c.Waits() {
			add("agree what the lead decides", c.AskedOf, agreeRemit(c.ID))
			add("refuse what the lead is to decide", c.AskedOf, refuseRemit(c.ID, "No."))
			add("take back what the lead is to decide", c.ProposedBy, takeBackRemit(c.ID))
			return
		}
	}
	if h := w.load(w.by(skeinItself), "").Holder(); h != "" && w.now.Hour()%2 == 0 {
		add("propose what the lead decides", h, w.proposesRemit())
	}
}

// remitStands: one change at a time waits, for a lead that is not handed on; nobody answers what they proposed; what was
// agreed is decided so.
func (w *walk) remitStands() {
	open := 0
	for i, c := range w.changes {
		switch {
		case c.Waits() && (c.AskedOf == "" || c.AskedOf == c.ProposedBy || c.AnswerBy.IsZero()):
			w.fail("nobody is asked: %+v", c)
		case c.Waits():
			open++
			if w.project.State != skein.Led || w.termByID(c.Term).State != skein.TermLive {
				w.fail("%s: a change waits: %+v", w.project.State, c)
			}
		case c.EndedAt.IsZero(), c.AnsweredBy == c.ProposedBy && c.State != skein.RemitVoid:
			w.fail("a change ended: %+v", c)
		}
		if c.State == skein.RemitRefused && c.Refusal == "" {
			w.fail("refused without a reason: %+v", c)
		}
		if i == len(w.changes)-1 && c.State == skein.RemitAgreed && !w.deciding().Same(c.Now) && w.project.State == skein.Led && w.termByID(c.Term).State == skein.TermLive {
			w.fail("what was agreed is not decided so: %+v, %+v", c.Now, w.deciding())
		}
	}
	if open > 1 {
		w.fail("%d changes wait", open)
	}
}

func (w *world) termByID(id skein.TermID) skein.Term {
	for _, t := range w.terms {
		if t.ID == id {
			return t
		}
	}
	return skein.Term{}
}

func (w *world) change() skein.RemitChange { return w.changes[len(w.changes)-1] }

func TestWhatALeadDecidesIsProposedAndAgreed(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.forPriority = zoe
	read := w.deciding().Version()
	w.refused(t, "refused", lee, proposeRemit(other(6), read))
	w.refused(t, "refused", sofie, proposeRemit(other(6), read)) // zoe answers for the priority
	w.refused(t, "invalid remit hours", noor, proposeRemit(skein.RemitTerms{}, read))
	w.refused(t, "invalid remit", noor, proposeRemit(w.deciding(), read))
	w.refused(t, "conflict", noor, proposeRemit(other(6), "another"))
	w.must(noor, proposeRemit(other(6), read))
	w.saw(t, "remit.propose", "zoe remit/asked of noor by 336h")
	w.must(noor, proposeRemit(other(6), read)) // twice is once
	w.saw(t, "", "")
	w.refused(t, "conflict", kim, proposeRemit(other(5), read))
	for _, p := range []skein.PersonID{noor, kim, lee, sofie} {
		w.refused(t, "refused", p, agreeRemit(w.change().ID))
	}
	w.refused(t, "not found", zoe, agreeRemit("nothing"))
	w.refused(t, "invalid refusal", zoe, refuseRemit(w.change().ID, " "))
	if *w.project.HoursPerWeek != 8 || len(w.remit) != 0 {
		t.Errorf("nothing is agreed yet: %v %v", *w.project.HoursPerWeek, w.remit)
	}
	w.must(zoe, agreeRemit(w.change().ID))
	if d := w.events[0].Details["rows"].([]skein.RemitDiffers); len(d) != 2 || d[0].Was.Level != skein.DecideAlone || d[0].Now.Level != skein.AfterAdvice || d[1].Was != nil {
		t.Errorf("%+v", w.events[0].Details)
	}
	w.saw(t, "remit.agree", "kim remit/yes of zoe, noor remit/yes of zoe")
	if *w.project.HoursPerWeek != 6 || !w.deciding().Same(other(6)) {
		t.Errorf("%v %v", *w.project.HoursPerWeek, w.remit)
	}
	w.refused(t, "conflict", zoe, agreeRemit(w.change().ID))
	w.must(zoe, proposeRemit(other(4), w.deciding().Version()))
	w.saw(t, "remit.propose", "noor remit/asked of zoe by 336h")
	w.refused(t, "refused", zoe, agreeRemit(w.change().ID))
	w.must(kim, refuseRemit(w.change().ID, "It is too little."))
	w.saw(t, "remit.refuse", "noor remit/no of kim, zoe remit/no of kim")
	if *w.project.HoursPerWeek != 6 {
		t.Errorf("%v", *w.project.HoursPerWeek)
	}
	w.must(kim, proposeRemit(other(7), w.deciding().Version()))
	w.forget()
	w.refused(t, "refused", noor, takeBackRemit(w.change().ID))
	w.must(kim, takeBackRemit(w.change().ID))
	w.saw(t, "remit.void", "zoe remit/over of kim")
	w.must(kim, takeBackRemit(w.change().ID))
	w.refused(t, "conflict", zoe, agreeRemit(w.change().ID))
}

func TestAChangeIsRemindedOfOnceAndLapses(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forPriority = zoe
	w.must(noor, proposeRemit(other(6), ""))
	w.forget()
	w.pass(12 * day)
	w.saw(t, "", "zoe remit/waits of noor by 48h")
	w.pass(2 * day)
	w.saw(t, "remit.lapse", "noor remit/late of noor, zoe remit/late of noor")
	if *w.project.HoursPerWeek != 8 || w.change().State != skein.RemitLapsed {
		t.Errorf("%+v", w.change())
	}
}

// Nobody agrees with themselves, and nobody waits for somebody who is not there.
func TestWhereNobodyAnswersForThePriorityAStewardAgrees(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(*world){
		"nobody does":     func(*world) {},
		"they lead it":    func(w *world) { w.forPriority = noor },
		"they have left":  func(w *world) { w.forPriority = zoe; w.gone[zoe] = true },
		"they are away":   func(w *world) { w.forPriority = zoe; w.away[zoe] = w.in(20) },
		"they co-lead it": func(w *world) { w.beside(zoe); w.forPriority = zoe },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := led(t, noor)
			set(w)
			w.forget()
			w.must(noor, proposeRemit(other(6), ""))
			w.saw(t, "remit.propose", "sofie remit/asked of noor by 336h")
			w.must(uma, agreeRemit(w.change().ID)) // as good as the nearest
		})
	}
	w := led(t, noor)
	w.must(noor, proposeRemit(other(6), ""))
	w.forget()
	w.leaves(t, sofie, "remit.pass_on", "uma remit/asked of noor by 336h")
	w.leaves(t, uma, "remit.pass_on", "adam remit/asked of noor by 336h")
	if w.change().AskedOf != adam {
		t.Errorf("%+v", w.change())
	}
	w.leaves(t, adam, "remit.void", "noor remit/over of noor")
}

func TestAChangeEndsWithTheLeadThatItIsFor(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]verb{"hands on": handOn, "steps down": stepDown, "completes": complete} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := led(t, noor)
			w.forPriority = zoe
			w.must(noor, proposeRemit(other(6), ""))
			w.must(noor, do)
			if w.change().State != skein.RemitVoid {
				t.Errorf("%+v", w.change())
			}
			w.forget()
			w.refused(t, "conflict", zoe, agreeRemit(w.change().ID))
		})
	}
}

// Hours are looked at when they are proposed and, under lock, when they are agreed.
func TestNobodyIsAgreedIntoMoreHoursThanTheyHave(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.forPriority = zoe
	w.free[noor] = 9
	w.forget()
	w.refused(t, "invalid hours", noor, proposeRemit(other(10), ""))
	for p, why := range map[skein.PersonID]string{noor: "You have 9 hours a week left for it, beside what else you hold.", kim: "Its lead has fewer hours left than that."} {
		want := why + " Propose fewer, or let something else be handed on first."
		if bad, ok := w.do(p, proposeRemit(other(10), "")).(skein.Invalid); !ok || bad.On("hours") != want {
			t.Errorf("%s: %v, want %q", p, bad, want)
		}
	}
	w.free[noor], w.free[kim] = 10, 10
	w.must(noor, proposeRemit(other(10), ""))
	w.hours[kim] = 1
	w.forget()
	w.refused(t, "refused", zoe, agreeRemit(w.change().ID))
	if w.change().State != skein.RemitProposed {
		t.Errorf("%+v", w.change())
	}
	w.hours[kim] = 0
	w.must(zoe, agreeRemit(w.change().ID))
	w.hours[kim] = 30 // less is agreed whatever they hold
	w.must(zoe, proposeRemit(other(4), ""))
	w.must(noor, agreeRemit(w.change().ID))
	if *w.project.HoursPerWeek != 4 {
		t.Errorf("%v", *w.project.HoursPerWeek)
	}
}

// Whoever is only asked to lead beside the lead gives no hours yet, and keeps nobody from agreeing on more.
func TestWhoIsOnlyAskedToLeadBesideStopsNoHours(t *testing.T) {
	t.Parallel()
	w := sought(t)
	w.forPriority = zoe
	w.free[noor], w.free[lee], w.hours[lee] = 40, 10, 9
	more := other(10)
	w.must(noor, proposeRemit(more, w.deciding().Version()))
	w.must(zoe, agreeRemit(w.change().ID))
	if *w.project.HoursPerWeek != 10 {
		t.Errorf("%v", *w.project.HoursPerWeek)
	}
}

// Whoever stands in decides what the lead decides, and is asked in the lead's place.
func TestWhoeverStandsInProposesAndAnswers(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forPriority = zoe
	w.beside(kim)
	w.must(noor, w.askStandIn(kim, w.in(10)))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	w.must(zoe, proposeRemit(other(6), ""))
	w.saw(t, "remit.propose", "kim remit/asked of zoe by 336h")
	w.must(kim, agreeRemit(w.change().ID))
	w.saw(t, "remit.agree", "noor remit/yes of kim, zoe remit/yes of kim")
}

// The hours that are agreed are those that the lead gets, by the word of whoever speaks for the priority; fewer go on by
// the word that granted more.
func TestTheHoursThatAreAgreedAreThoseThatTheLeadGets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hours float64
		by    skein.PersonID
		says  skein.Arrival
	}{"more": {9, zoe, skein.ArrivalUnsaid}, "fewer": {6, sofie, skein.Arrived}} {
		for _, byLead := range []bool{true, false} {
			w := led(t, noor)
			w.forPriority = zoe
			eight := 8.0
			w.needs = []skein.Need{{
				ID: "hours", Project: "p", Kind: skein.NeedHours, What: "the time", Amount: &eight,
				GrantedBy: sofie, GrantedAt: w.now, GrantedUntil: w.in(20), Arrival: skein.Arrived, ArrivalAt: w.now,
			}}
			proposes, agrees := noor, zoe
			if !byLead {
				proposes, agrees = zoe, noor
			}
			w.must(proposes, proposeRemit(other(c.hours), w.deciding().Version()))
			if n := w.needs[0]; *n.Amount != 8 {
				t.Errorf("%s: nothing is agreed yet: %+v", name, n)
			}
			w.must(agrees, agreeRemit(w.change().ID))
			if n := w.needs[0]; *n.Amount != c.hours || n.GrantedBy != c.by || n.Arrival != c.says || n.Asked() {
				t.Errorf("%s: %+v", name, n)
			}
		}
	}
}

// Who is asked follows who answers for the priority, and the hat by which they were asked: who has lost it agrees to
// nothing any more, and the next is asked at once.
func TestAChangeIsAskedOfWhoAnswersForThePriorityNow(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.forPriority = zoe
	w.execs = []skein.PersonID{zoe} // who could be asked as an executive, and is not while somebody answers for it
	w.must(noor, proposeRemit(other(6), w.deciding().Version()))
	w.forPriority = dario
	w.forget()
	w.refused(t, "refused", zoe, agreeRemit(w.change().ID))
	w.pass(hour)
	w.saw(t, "remit.pass_on", "dario remit/asked of noor by 335h")
	w.pass(hour)
	w.saw(t, "", "")
	w.refused(t, "refused", zoe, agreeRemit(w.change().ID))
	w.must(dario, agreeRemit(w.change().ID))

	w = led(t, noor) // nobody answers for it: a steward is asked, and loses the hat
	w.must(noor, proposeRemit(other(6), w.deciding().Version()))
	w.stewards, w.readers = w.stewards[1:], w.readers[1:]
	w.forget()
	w.refused(t, "refused", sofie, agreeRemit(w.change().ID))
	w.pass(hour)
	w.saw(t, "remit.pass_on", "uma remit/asked of noor by 335h")

	w = led(t, noor) // whoever is asked comes to lead it too
	w.forPriority = zoe
	w.must(noor, proposeRemit(other(6), w.deciding().Version()))
	w.must(zoe, askToCoLead)
	w.must(noor, w.answerCoLead(zoe, true))
	w.forget()
	w.pass(hour)
	w.saw(t, "remit.pass_on", "sofie remit/asked of noor by 335h")

	w = led(t, noor) // who is on leave for some days keeps the question
	w.forPriority = zoe
	w.must(noor, proposeRemit(other(6), w.deciding().Version()))
	w.away[zoe] = w.in(5)
	w.forget()
	w.pass(hour)
	w.saw(t, "", "")
}
