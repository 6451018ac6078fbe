package lead_test

import (
	"skein/internal/lead"
	"skein/internal/skein"
)

// The verbs that most ways go through.

func (w *world) accept(p skein.PersonID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Accept(by, w.claimOf(p).ID) }
}

func (w *world) decline(p skein.PersonID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Decline(by, w.claimOf(p).ID) }
}

func (w *world) confirm(equal ...skein.ClaimID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Confirm(by, w.pick().ID, equal) }
}

func (w *world) decide(claim skein.ClaimID, reason string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Decide(by, w.pick().ID, claim, reason) }
}

func (w *world) giveBack(reason string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Return(by, w.pick().ID, reason) }
}

func (w *world) yes(readNow bool) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AcceptInvite(by, w.present("").ID, readNow) }
}

func (w *world) no() verb {
	return func(l *lead.Lead, by skein.By) error { return l.DeclineInvite(by, w.present("").ID) }
}

func (w *world) grant(n skein.NeedID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Grant(by, n, false, skein.Date{}) }
}

func (w *world) less(n skein.NeedID, less float64) verb {
	return func(l *lead.Lead, by skein.By) error {
		return l.Refuse(by, n, false, skein.NeedLess, less, "The rest is away.")
	}
}

func (w *world) none(n skein.NeedID, reason string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Refuse(by, n, false, skein.NeedNo, 0, reason) }
}

func (w *world) take(n skein.NeedID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Take(by, n) }
}

func (w *world) arrives(n skein.NeedID, arrived bool) verb {
	return func(l *lead.Lead, by skein.By) error { return l.SetArrived(by, n, arrived) }
}

func moveStart(day skein.Date, reason string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.MoveStart(by, day, reason) }
}

func (w *world) waive(n skein.NeedID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Waive(by, n) }
}

func (w *world) answer(whose skein.PersonID, yes bool) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Answer(by, w.claimOf(whose).ID, yes) }
}

func (w *world) answerCoLead(who skein.PersonID, yes bool) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AnswerCoLead(by, who, yes) }
}

// answerToCoLead is an answer to whoever was asked last to lead it beside its lead.
func (w *world) answerToCoLead(yes bool) verb {
	var last skein.Term
	for _, t := range w.terms {
		if t.Role == skein.CoLead && (last.State != skein.TermOffered || t.State == skein.TermOffered) {
			last = t
		}
	}
	return func(l *lead.Lead, by skein.By) error { return l.AnswerToCoLead(by, last.ID, yes) }
}

func (w *world) askReview(whose skein.PersonID, what string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AskReview(by, w.claimOf(whose).ID, what) }
}

func (w *world) askStandIn(who skein.PersonID, until skein.Date) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AskStandIn(by, who, skein.Date{}, until) }
}

func (w *world) answerStandIn(yes bool) verb {
	id := w.standIn().ID
	return func(l *lead.Lead, by skein.By) error { return l.AnswerStandIn(by, id, yes) }
}

func (w *world) endStandIn() verb {
	id := w.standIn().ID
	return func(l *lead.Lead, by skein.By) error { return l.EndStandIn(by, id) }
}

// standIn is the last that was asked to stand in.
func (w *world) standIn() skein.StandIn {
	if n := len(w.standIns); n > 0 {
		return w.standIns[n-1]
	}
	return skein.StandIn{}
}

func sign(l *lead.Lead, by skein.By) error        { return l.Sign(by, l.Note().Shown()) }
func withdraw(l *lead.Lead, by skein.By) error    { return l.Withdraw(by) }
func stepDown(l *lead.Lead, by skein.By) error    { return l.StepDown(by) }
func handOn(l *lead.Lead, by skein.By) error      { return l.HandOn(by) }
func takeBack(l *lead.Lead, by skein.By) error    { return l.TakeBack(by) }
func unask(l *lead.Lead, by skein.By) error       { return l.Unask(by) }
func join(l *lead.Lead, by skein.By) error        { return l.Join(by, "a boat") }
func leave(l *lead.Lead, by skein.By) error       { return l.Leave(by) }
func shadow(l *lead.Lead, by skein.By) error      { return l.Shadow(by) }
func askToCoLead(l *lead.Lead, by skein.By) error { return l.AskToCoLead(by) }

func cancel(reason string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Cancel(by, by.Person == adam, reason) }
}

func complete(l *lead.Lead, by skein.By) error {
	return l.Complete(by, by.Person == adam, "It is done.")
}

// answered is what somebody who is named in a claim says while claims gather.
func (w *world) answered(who, whose skein.PersonID, yes bool) {
	if err := w.send(who, whose, func(s *lead.Sending, by skein.By) error { return s.Answer(by, yes) }); err != nil {
		w.fail("%s answers %s: %v", who, whose, err)
	}
}

func thank(l *lead.Lead, by skein.By) error { return l.ThankTeam(by) }
