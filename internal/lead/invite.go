package lead

import (
	"slices"

	"skein/internal/skein"
)

// invite asks the best placed people whom nobody has asked yet. When nobody is left, claims stay
// open until somebody takes the lead.
func (l *Lead) invite(by skein.By) error {
	next, err := l.toInvite(by)
	if err != nil {
		return err
	}
	if len(next) == 0 {
		return l.untilTaken()
	}
	return l.inviteBand(by, next)
}

func (l *Lead) inviteBand(by skein.By, next []skein.PersonID) error {
	if err := move(&l.Window.State, skein.WindowInviting); err != nil {
		return err
	}
	band, until := l.lastBand()+1, by.At.Add(l.Rules.Answer)
	for _, p := range next {
		l.Invites = append(l.Invites, skein.Invite{
			Window: l.Window.ID, Project: l.Project.ID, Person: p, Band: band, State: skein.InviteWaiting,
			MadeAt: by.At, AnswerBy: until,
		})
		l.tell(skein.Notice{To: p, Kind: skein.NoticeInvite, Of: string(l.Window.ID), By: until, About: "window:" + string(l.Window.ID)})
	}
	l.note("invite.send", "claim_window", string(l.Window.ID), map[string]any{"band": band, "people": len(next)})
	return nil
}

// toInvite is the next band, without those who could not say yes: they are away for the whole time to
// answer, or hold as much as they may once all that waits for their answer is counted.
func (l *Lead) toInvite(by skein.By) ([]skein.PersonID, error) {
	if l.port.Judge.Invite == nil {
		return nil, nil
	}
	for asked := people(l.asked()); ; {
		bands, err := l.bands(&asked)
		if err != nil || len(bands) == 0 {
			return nil, err
		}
		all := slices.Concat(bands...)
		for _, band := range bands {
			var next []skein.PersonID
			for _, p := range band {
				all = all[1:]
				h, err := l.holding(p, all)
				if err != nil {
					return nil, err
				}
				h.Leads, h.Hours = h.Leads+h.Invites, h.Hours+h.Asked
				if l.cannot(by, h, skein.Primary, l.Rules.Answer) == "" {
					next = append(next, p)
				}
			}
			if len(next) > 0 {
				return next, nil
			}
		}
	}
}

// bands are the next one to ask and, after some of whom nobody could, as many people of those after
// it: they are locked together, or each band would begin the verb again.
func (l *Lead) bands(asked *people) ([]people, error) {
	var bands []people
	for n := 0; n == 0 || n < len(l.held); {
		band, err := l.port.Judge.Invite(l.Window, *asked)
		if err != nil {
			return nil, err
		}
		if len(band) == 0 {
			break
		}
		bands, n = append(bands, band), n+len(band)
		asked.add(band...)
		slices.Sort(*asked)
	}
	return bands, nil
}

// asked lists those who were invited for this phase, were offered the lead and did not take it, hold it now, or
// do not claim it.
func (l *Lead) asked() []skein.PersonID {
	var all people
	all.add(l.Before...)
	for _, i := range l.Invites {
		all.add(i.Person)
	}
	for _, c := range l.Claims {
		if c.Phase == l.Phase.ID && (c.State == skein.ClaimDeclined || c.State == skein.ClaimLapsed) {
			all.add(c.Person)
		}
	}
	all.add(l.Holder(), l.HandedBy())
	slices.Sort(all)
	return all
}

// lastBand is the last band that was asked in the window.
func (l *Lead) lastBand() int {
	band := 0
	for _, i := range l.Invites {
		if i.Window == l.Window.ID {
			band = max(band, i.Band)
		}
	}
	return band
}

// untilTaken leaves claims open, and says so to whoever proposed it and to the circle's stewards.
func (l *Lead) untilTaken() error {
	if err := move(&l.Window.State, skein.WindowOpen); err != nil {
		return err
	}
	var told people
	told.add(l.Project.ProposedBy)
	told.add(l.nearest()...)
	for _, p := range told {
		l.tell(skein.Notice{To: p, Kind: skein.NoticeNobody, Of: string(l.Window.ID), About: "window:" + string(l.Window.ID)})
	}
	return nil
}

// nearest lists the stewards of the project's own circle who are with the organisation; where there is
// none, of the next circle above that has one. But are some who count as if they were no stewards.
func (l *Lead) nearest(but ...skein.PersonID) []skein.PersonID { return nearestOf(l.Stewards, but...) }

// nearestOf lists those of some stewards, the nearest first, as nearest does.
func nearestOf(stewards []Steward, but ...skein.PersonID) []skein.PersonID {
	var own []skein.PersonID
	depth := -1
	for _, s := range stewards {
		switch {
		case s.Left || depth >= 0 && s.Depth > depth || slices.Contains(but, s.Person):
		default:
			own, depth = append(own, s.Person), s.Depth
		}
	}
	return own
}

// voidInvites ends the invitations of the window that nobody answered, and tells them.
func (l *Lead) voidInvites(by skein.By) error {
	for v := range each(l.Invites, l.unanswered) {
		if err := move(&v.State, skein.InviteVoid); err != nil {
			return err
		}
		v.AnsweredAt = by.At
		l.tell(skein.Notice{
			To: v.Person, Kind: skein.NoticeTaken, Code: skein.CodeForward, About: "invite:" + string(l.Window.ID),
		})
	}
	return nil
}

// AcceptInvite is the yes of somebody who was asked to lead what nobody claimed: it is a claim and
// its acceptance in one. The window closes at that moment, and the situation picks among whoever
// came forward meanwhile. To whoever was not asked there is no such invitation; a settled one is a
// conflict, and what keeps a claim from being sent keeps this one. Whoever holds as much as they may is
// refused; the invitation keeps its clock.
func (l *Lead) AcceptInvite(by skein.By, window skein.WindowID, readNow bool) error {
	if err := l.answerInvite(by, window, true); err != nil {
		return err
	}
	s := l.sending(by)
	s.Holder, s.HandedBy = l.Holder(), l.HandedBy()
	if err := s.Send(by, s.Claim.Claim, readNow, nil); err != nil {
		return err
	}
	if err := l.refuseFull(by, skein.Primary); err != nil {
		return err
	}
	l.took(s)
	l.note("invite.accept", "claim_window", string(window), nil)
	return l.closing(by)
}

// DeclineInvite is the no. When everybody of a band has said no, the next is asked at once.
func (l *Lead) DeclineInvite(by skein.By, window skein.WindowID) error {
	if err := l.answerInvite(by, window, false); err != nil {
		return err
	}
	l.note("invite.decline", "claim_window", string(window), nil)
	return l.nextBand(by)
}

func (l *Lead) answerInvite(by skein.By, window skein.WindowID, yes bool) error {
	v := find(l.Invites, func(i skein.Invite) bool { return i.Window == window && i.Person == by.Person })
	if v == nil {
		return skein.ErrNotFound
	}
	return v.Answer(by, yes)
}

// LapseInvites ends the invitations that were not answered in time, and asks the next band. Skein
// does it when the clock has run out.
func (l *Lead) LapseInvites(by skein.By) error {
	lapsed := 0
	for v := range each(l.Invites, l.unanswered) {
		if !due(v.AnswerBy, by.At) {
			continue
		}
		if err := move(&v.State, skein.InviteLapsed); err != nil {
			return err
		}
		v.AnsweredAt = by.At
		lapsed++
	}
	if lapsed == 0 {
		return nil
	}
	l.note("invite.lapse", "claim_window", string(l.Window.ID), map[string]any{"people": lapsed})
	return l.nextBand(by)
}

// nextBand asks the next when nobody of the last band is still to answer.
func (l *Lead) nextBand(by skein.By) error {
	if l.Window.State != skein.WindowInviting || slices.ContainsFunc(l.Invites, l.unanswered) {
		return nil
	}
	return l.invite(by)
}
