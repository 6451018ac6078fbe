package lead

import "skein/internal/skein"

// ThankTeam thanks everybody around a project whom by has handed it on. Others are refused, and so is
// who leads it still; where it is over it is a conflict. To thank twice is to thank once.
func (l *Lead) ThankTeam(by skein.By) error {
	if err := l.stillOn(); err != nil {
		return err
	}
	var h *skein.Handover // the last of theirs
	for one := range each(l.Handovers, func(h skein.Handover) bool { return by.Person != "" && l.movedFrom(h) == by.Person }) {
		h = one
	}
	switch {
	case h == nil:
		return skein.Refused{Why: "You have not handed this on.", Who: "Whoever has, when the lead has moved, thanks its team."}
	case !h.ThankedAt.IsZero():
		return nil
	}
	h.ThankedAt = by.At
	l.noteProject("handover.thank", nil)
	told := l.around()
	told.add(l.Holder())
	l.tellOthers(by, told, skein.Notice{
		Kind: skein.NoticeHandover, Code: skein.CodeThanks, Who: by.Person, Of: string(h.ID), About: "thanks:" + string(h.ID),
	})
	return nil
}

// movedFrom is whose lead has moved to whoever said a note back; "": it has not.
func (l *Lead) movedFrom(h skein.Handover) skein.PersonID {
	was := l.term(func(t skein.Term) bool { return t.ID == h.Term })
	next := l.term(func(t skein.Term) bool { return t.ID == h.Next })
	if !h.State.Stands() || was == nil || next == nil || !next.State.Begun() {
		return ""
	}
	return was.Person
}
