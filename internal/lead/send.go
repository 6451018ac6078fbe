package lead

import (
	"errors"
	"slices"
	"time"

	"skein/internal/skein"
)

// ErrClosed says that claims do not gather any more: what was asked is the whole aggregate's to do.
var ErrClosed = errors.New("claims do not gather")

// Sending is one person's claim while claims gather: the light way, which locks nothing of anybody
// else's. It is changed by the same rules as the aggregate.
type Sending struct {
	Project skein.Project
	Trust   skein.Trust // that holds today
	Phase   skein.Phase
	Window  skein.Window
	Claim   Claim          // by's own; or, of whoever is named in it, that claim
	Holder  skein.PersonID // who leads it until somebody takes over; "" when nobody does
	// HandedBy is who answered as a steward when it was handed on, until somebody else leads it; "": nobody.
	HandedBy skein.PersonID
	Checked  bool // by was asked to check a pick here that was returned: they could read what stands in this window
	Rules    Rules
	Changes  Changes

	port Port
}

// Bind hands it what it may ask for.
func (s *Sending) Bind(p Port) { s.port = p }

// Keep keeps what by has typed of a claim so far. A draft tells nobody anything. A claim that was
// sent, or a window that has closed, is a conflict; too long a reason, and people who are not with
// the organisation, are invalid.
func (s *Sending) Keep(by skein.By, typed skein.Claim) error {
	if err := s.mayClaim(by); err != nil {
		return err
	}
	c := s.as(typed)
	if err := c.Keep(s.Window, by.At); err != nil {
		return err
	}
	if err := s.known(by, c); err != nil {
		return err
	}
	s.Claim.Claim = c
	return nil
}

// Send sends by's claim, or changes the one that was sent. ReadNow says that by ticks to have read
// what is compared. Wrong is what is wrong with the form already: nothing is kept, and all of it is
// told at once. A gate that stops it refuses; a closed window, and to lead it already, is a conflict.
func (s *Sending) Send(by skein.By, typed skein.Claim, readNow bool, wrong skein.Invalid) error {
	if err := s.mayClaim(by); err != nil {
		return err
	}
	before, c := s.Claim.Claim, s.as(typed)
	wrong = slices.Clone(wrong)
	var unknown skein.Invalid
	if err := s.known(by, c); errors.As(err, &unknown) {
		wrong = append(wrong, unknown...)
	} else if err != nil {
		return err
	}
	judged, err := s.port.Judge.Claims(s.Window, []skein.Claim{c}, nil)
	if err != nil {
		return err
	}
	if theirs, err := s.besideStops(c, judged[0]); err != nil {
		return err
	} else if theirs != "" {
		wrong.Add(true, "with", theirs)
		judged[0].Stops = ""
	}
	read, err := s.port.Read()
	if err != nil {
		return err
	}
	entry := skein.Entry{
		ReadHow: read || readNow, Judged: judged[0], Written: judged[0].Written && !c.Unscored, Wrong: wrong,
	}
	if err := c.Submit(s.Window, entry, by.At); err != nil {
		return err
	}
	s.Changes.ReadHow = readNow && !read
	s.Claim.Claim, s.Claim.Judged.Zone = c, entry.Judged.Zone
	action := "claim.change"
	if before.State != skein.ClaimSubmitted {
		action = "claim.submit"
	}
	s.note(action, map[string]any{"with": c.With, "coach": c.Coach, "unscored": c.Unscored})
	s.askBeside(by, before, c)
	return nil
}

// besideStops says what stops a claim of two that would not stop the first alone: then another can be
// named, or nobody. Empty where it is not the second.
func (s *Sending) besideStops(c skein.Claim, judged skein.Judged) (string, error) {
	if judged.Stops == "" || c.With == "" {
		return "", nil
	}
	c.With, c.WithAgreed = "", time.Time{}
	alone, err := s.port.Judge.Claims(s.Window, []skein.Claim{c}, nil)
	if err != nil || alone[0].Stops != "" {
		return "", err
	}
	return judged.Stops + " Choose somebody else, or claim it alone.", nil
}

// mayClaim keeps whoever leads it from claiming it: their claim would be of what they hand on; whoever had a say as a
// steward in its being handed on: they would have opened it for themselves; and whoever has read the others' claims
// while these are sealed.
func (s *Sending) mayClaim(by skein.By) error {
	switch {
	case s.Holder != "" && s.Holder == by.Person:
		return skein.Conflict{Why: "You lead this. Whoever takes it over is somebody else."}
	case s.HandedBy != "" && s.HandedBy == by.Person:
		return skein.Refused{
			Why: "You answered as a steward what becomes of this lead, and it was handed on. Whoever takes it over is somebody else.",
			Who: "Anybody else can claim it. Once somebody leads it, you can claim it when it opens again.",
		}
	case s.Checked && s.Claim.unsent():
		return skein.Refused{
			Why: "You were asked to check the pick that was returned, and could read what others claimed.",
			Who: "You can claim this again once it is decided among them.",
		}
	}
	return nil
}

// Withdraw takes by's own claim back while claims gather.
func (s *Sending) Withdraw(by skein.By) error {
	was := s.Claim.State
	if err := takeBack(&s.Claim, by); err != nil {
		return err
	}
	if was != skein.ClaimDraft {
		s.note("claim.withdraw", nil)
	}
	return nil
}

// Answer is the yes or no of somebody who is named in a claim, while claims gather. To others there
// is no such question; one that is settled is a conflict.
func (s *Sending) Answer(by skein.By, yes bool) error {
	if s.Claim.unsent() {
		return skein.ErrNotFound
	}
	role, told, err := beside(by, &s.Claim.Claim, yes)
	if err != nil {
		return err
	}
	s.note("claim.beside", map[string]any{"role": role, "yes": yes})
	s.Changes.Notices = append(s.Changes.Notices, told)
	return nil
}

func (s *Sending) note(action string, details map[string]any) {
	s.Changes.Events = append(s.Changes.Events, skein.Event{
		Action: action, Noun: "claim", NounID: string(s.Claim.ID), Project: s.Project.ID, Circle: s.Project.Circle,
		Details: details,
	})
}

// as is the claim as it would be with what was typed. A yes that was given by somebody who is not
// named any more is forgotten.
func (s *Sending) as(typed skein.Claim) skein.Claim {
	c := s.Claim.Claim
	if c.With != typed.With {
		c.With, c.WithAgreed = typed.With, time.Time{}
	}
	if c.Coach != typed.Coach {
		c.Coach, c.CoachAgreed = typed.Coach, time.Time{}
	}
	c.Why, c.Unscored = typed.Why, typed.Unscored
	return c
}

// askBeside asks the second person and the coach, when they are new.
func (s *Sending) askBeside(by skein.By, before, c skein.Claim) {
	fresh := before.State != skein.ClaimSubmitted
	ask := func(to skein.PersonID, kind skein.NoticeKind) {
		s.Changes.Notices = append(s.Changes.Notices, skein.Notice{
			To: to, Kind: kind, Code: skein.CodeAsked, Project: s.Project.ID, Claim: c.ID, Who: c.Person,
			About: "claim:" + string(c.ID) + onDay(by), // whoever said no may be named again
		})
	}
	if c.With != "" && (fresh || c.With != before.With) && c.WithAgreed.IsZero() {
		ask(c.With, skein.NoticeWith)
	}
	if c.Coach != "" && (fresh || c.Coach != before.Coach) && c.CoachAgreed.IsZero() {
		ask(c.Coach, skein.NoticeCoach)
	}
}

// known reports a second person or a coach who is not with the organisation, or is away for all of the
// time in which they could answer.
func (s *Sending) known(by skein.By, c skein.Claim) error {
	var named people
	named.add(c.With, c.Coach)
	if len(named) == 0 {
		return nil
	}
	known, err := s.port.Known(named)
	if err != nil {
		return err
	}
	var bad skein.Invalid
	check := func(field string, p skein.PersonID, agreed time.Time) {
		here := find(known, func(h Here) bool { return h.Person == p })
		bad.Add(p != "" && here == nil, field, "Choose somebody who is with the organisation.")
		bad.Add(here != nil && agreed.IsZero() && covers(here.AwayUntil, by, s.end(by)), field,
			"They are away until claims have closed, so they could not answer. Choose somebody else.")
	}
	check("with", c.With, c.WithAgreed)
	check("coach", c.Coach, c.CoachAgreed)
	return bad.Err()
}

// end is until when those who are named can answer; where a window has no end of its own, as far as
// it could go on from now.
func (s *Sending) end(by skein.By) time.Time {
	if !s.Window.ClosesAt.IsZero() {
		return s.Window.ClosesAt
	}
	return by.At.Add(s.Rules.Gather(s.Phase.Situation.Urgency))
}

// sending is by's claim within the aggregate, begun if there was none.
func (l *Lead) sending(by skein.By) *Sending {
	s := &Sending{Project: l.Project, Trust: l.Trust, Phase: l.Phase, Window: l.Window, Rules: l.Rules, port: l.port}
	if c := l.latest(by.Person); c != nil {
		s.Claim = *c
		return s
	}
	s.Claim = NewClaim(skein.ClaimID(l.port.ID()), l.Window, by)
	return s
}

// NewClaim is a claim of by's that was just begun.
func NewClaim(id skein.ClaimID, w skein.Window, by skein.By) Claim {
	return Claim{Claim: skein.Claim{
		ID: id, Window: w.ID, Project: w.Project, Phase: w.Phase, Person: by.Person, State: skein.ClaimDraft,
		DraftedAt: by.At, ChangedAt: by.At,
	}}
}

// took takes over what was sent within the aggregate.
func (l *Lead) took(s *Sending) {
	l.Changes.Events = append(l.Changes.Events, s.Changes.Events...)
	l.Changes.Notices = append(l.Changes.Notices, s.Changes.Notices...)
	l.Changes.ReadHow = s.Changes.ReadHow
	l.Window = s.Window
	if c := l.claim(s.Claim.ID); c != nil {
		*c = s.Claim
		return
	}
	at := slices.IndexFunc(l.Claims, func(c Claim) bool { return c.Person > s.Claim.Person })
	if at < 0 {
		at = len(l.Claims)
	}
	l.Claims = slices.Insert(l.Claims, at, s.Claim)
}
