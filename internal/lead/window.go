package lead

import (
	"fmt"
	"time"

	"skein/internal/skein"
)

// open makes w the window, under the next number of its phase and with a seed of its own: the
// lottery is drawn before anybody claims.
func (l *Lead) open(w skein.Window) {
	w.ID, w.Seed, w.Number = skein.WindowID(l.port.ID()), l.port.Seed(), 1
	if l.Window.ID != "" {
		if l.Window.Phase == w.Phase {
			w.Number = l.Window.Number + 1
		}
		l.Past = append(l.Past, l.Window)
	}
	l.Window = w
	details := map[string]any{"number": w.Number}
	if !w.ClosesAt.IsZero() {
		details["closes_at"] = w.ClosesAt.UTC() // the log says moments alike, wherever the organisation lies
	}
	if w.Trust.Above(l.Trust) { // the stakes raise it
		details["trust"], details["was_trust"] = w.Trust, l.Trust
	}
	l.note("window.open", "claim_window", string(w.ID), details)
}

// gather opens a window with the clock that its trust level gives it.
func (l *Lead) gather(by skein.By) {
	l.open(skein.OpenWindow(l.today(), l.Phase, l.Rules.Clocks, by.At))
}

// restart ends the window and goes on in another, with the claims that were drafted or sent.
func (l *Lead) restart(by skein.By) error {
	if err := l.endWindow(by, skein.WindowRestarted); err != nil {
		return err
	}
	if err := l.voidInvites(by); err != nil {
		return err
	}
	carried := l.sent()
	l.gather(by)
	old := l.Past[len(l.Past)-1]
	l.Changes.Drafts = append(l.Changes.Drafts, Carry{From: old.ID, To: l.Window.ID, Phase: l.Window.Phase})
	for _, c := range carried {
		if c.State != skein.ClaimSubmitted {
			if err := c.Move(skein.ClaimSubmitted, c.ChangedAt); err != nil {
				return err
			}
		}
		c.Window, c.Phase = l.Window.ID, l.Window.Phase
		c.DecidedAt, c.Kept, c.Passed = time.Time{}, false, ""
		// How far they are ready is kept; what was found at the close is not.
		c.Judged = skein.Judged{Claim: c.ID, Zone: c.Judged.Zone, Fit: c.Judged.Fit, Order: c.Judged.Order}
	}
	return nil
}

// again opens claims until somebody takes the lead, and asks the best placed meanwhile.
func (l *Lead) again(by skein.By) error {
	if err := l.endWindow(by, skein.WindowRestarted); err != nil {
		return err
	}
	if err := l.voidInvites(by); err != nil {
		return err
	}
	l.open(skein.UntilTaken(l.today(), l.Phase, by.At))
	return l.invite(by)
}

// asksStill is when whoever looks after a project is asked next whether claims that end when somebody
// takes it shall stay open; zero where they have an end, or do not gather. Whether somebody has claimed
// does not bear on it: it would tell.
func (l *Lead) asksStill() time.Time {
	w := l.Window
	if w.ID == "" || w.State != skein.WindowOpen || !w.ClosesAt.IsZero() {
		return time.Time{}
	}
	if w.AskedAt.IsZero() {
		return w.OpenedAt.Add(StillOpen)
	}
	return w.AskedAt.Add(StillOpen)
}

// AskStill asks whoever looks after a project, its lead and the circle's stewards whether claims that
// nobody has taken shall stay open. They do, and are asked again in a month, unless somebody takes it
// or ends it. Where nobody has claimed, the best placed are invited who were not yet. Skein does it when
// the clock has run out.
func (l *Lead) AskStill(by skein.By) error {
	if at := l.asksStill(); !due(at, by.At) {
		return nil
	}
	l.Window.AskedAt = by.At
	l.note("window.ask", "claim_window", string(l.Window.ID), nil)
	var told people
	told.add(l.LooksAfter(by.Day))
	told.add(l.Owner)
	told.add(l.nearest()...)
	for _, p := range told {
		l.tell(skein.Notice{
			To: p, Kind: skein.NoticeNobody, Code: skein.CodeStill, Of: string(l.Window.ID),
			About: "still:" + string(l.Window.ID) + ":" + by.Day.Format(time.DateOnly),
		})
	}
	if len(l.sent()) > 0 {
		return nil
	}
	next, err := l.toInvite(by)
	if err != nil || len(next) == 0 {
		return err
	}
	return l.inviteBand(by, next)
}

// endWindow closes the window for good. Nothing of it is sealed any more, except what goes on in the next, and what
// nobody was told of before it became void: that stays as sealed as it was, for good.
func (l *Lead) endWindow(by skein.By, state skein.WindowState) error {
	if err := move(&l.Window.State, state); err != nil {
		return err
	}
	if l.Window.ClosedAt.IsZero() {
		l.Window.ClosedAt = by.At
	}
	if l.Window.ToldAt.IsZero() && state != skein.WindowVoid {
		l.Window.ToldAt = by.At
	}
	return nil
}

// void ends every claim, pick, invitation and offer of a project that is over, and tells those who
// had one.
func (l *Lead) void(by skein.By) error {
	if err := l.endHandover(by); err != nil {
		return err
	}
	if err := l.closeDecisions(by); err != nil {
		return err
	}
	var told people
	// By its window as well: what is completed, reopened and cancelled in one moment is over twice.
	about := fmt.Sprintf("void:%s:%s:%d", l.Project.ID, l.Window.ID, by.At.UnixMicro())
	notice := skein.Notice{Kind: skein.NoticeTaken, Code: skein.CodeOver, Project: l.Project.ID, About: about}
	if l.Window.State.Going() {
		more, err := l.voidWindow(by, notice)
		if err != nil {
			return err
		}
		told.add(more...)
	}
	for t := range l.terms(skein.TermState.Waits) {
		if err := move(&t.State, skein.TermVoid); err != nil {
			return err
		}
		t.EndedAt = by.At
		told.add(t.Person)
	}
	l.tellOthers(by, told, notice)
	l.noteProject("claims.void", nil)
	return nil
}

// tellOthers tells some people the same, but for whoever acts.
func (l *Lead) tellOthers(by skein.By, to people, n skein.Notice) {
	for _, p := range to {
		if p != by.Person {
			n.To = p
			l.tell(n)
		}
	}
}

// voidWindow ends what waits in the window, and returns whose it was.
func (l *Lead) voidWindow(by skein.By, notice skein.Notice) (people, error) {
	var told people
	open := func(c Claim) bool { return c.State != skein.ClaimDraft && c.State.MayBecome(skein.ClaimVoid) }
	for c := range l.claims(open) {
		if err := c.Move(skein.ClaimVoid, c.ChangedAt); err != nil {
			return nil, err
		}
		c.DecidedAt = by.At
		told.add(c.Person)
	}
	l.Changes.Drafts = append(l.Changes.Drafts, Carry{From: l.Window.ID, Told: notice})
	for v := range each(l.Invites, l.unanswered) {
		if err := move(&v.State, skein.InviteVoid); err != nil {
			return nil, err
		}
		v.AnsweredAt = by.At
		told.add(v.Person)
	}
	if err := l.voidPick(by); err != nil {
		return nil, err
	}
	return told, l.endWindow(by, skein.WindowVoid)
}

// voidPick takes back a pick that waits to be checked.
func (l *Lead) voidPick(by skein.By) error {
	waiting := func(p skein.Pick) bool { return p.Window == l.Window.ID && p.State == skein.PickWaiting }
	for p := range each(l.Picks, waiting) {
		if err := move(&p.State, skein.PickVoid); err != nil {
			return err
		}
		p.AnsweredAt = by.At
	}
	return nil
}
