// Package lead is the life of a lead: from claims to a pick, an offer, a term, and its end. It is
// one aggregate, a project under lock, changed by verbs; a verb a file, a clock a line. It knows no
// database, no clock of its own and no words of a page: what happened comes out as events and
// notices, which are data, and the comparing of people is a function handed in.
//
// A verb says in its comment who may, from which states, and which error others get: Invalid (what
// was typed is wrong), Conflict (it moved on meanwhile), Refused (not theirs) or ErrNotFound.
package lead

import (
	"errors"
	"slices"
	"time"

	"skein/internal/skein"
)

// ErrAgain says that a verb needs more people locked than it has locked already. Nothing of what it
// did may be kept: it is run again on a fresh aggregate, with all of them locked at once.
var ErrAgain = errors.New("more people have to be locked")

// Lead is one project under lock: all that its verbs read and write.
type Lead struct {
	Project          skein.Project           // Trust is what is stated; see Trust
	Trust            skein.Trust             // that holds today
	EndedAt          time.Time               // of the project
	EndReason        string                  // why it is over; of an open one why it was reopened, until somebody leads it
	EndTold          skein.Date              // the last day of its own that whoever looks after it was told of
	Phase            skein.Phase             // the present one
	Proposal         *skein.Proposal         // where it was asked for
	Further          []skein.CircleID        // circles that must move with it, beside its own: see skein.FurtherCircles
	Window           skein.Window            // the present one, or the last; or the one that was asked for
	Past             []skein.Window          // those that a verb has ended and followed by another
	Claims           []Claim                 // of the window, sent, by person; and those that this project's terms began with
	Picks            []skein.Pick            // of the window, by number
	Invites          []skein.Invite          // of the window
	Terms            []skein.Term            // of the project, all of them, by id
	Needs            []skein.Need            // in their order
	Team             []skein.Member          // who is in it now
	WereInTeam       []skein.Member          // who was, and has left it
	Reviews          []skein.Review          // of claims in the window
	StandIns         []skein.StandIn         // of the project
	Word             skein.Word              // the last of whoever leads it now
	Questions        []skein.Question        // to whoever leads: those that wait, and the one that was asked for
	Links            []skein.Link            // where the work happens, in the order in which they were added
	Steps            []skein.Step            // of the plan, likewise
	Answers          skein.PersonID          // who answers for its priority; "" where nobody does
	Answering        []Here                  // whoever that is, where they are with the organisation
	Handovers        []skein.Handover        // the notes of its leads that are or were handed on
	Reconsiderations []skein.Reconsideration // of its leads
	RemitChanges     []skein.RemitChange     // of what the lead decides: the one that waits, and the one that was asked for
	Outcomes         Outcomes                // how the times in office went that have ended
	Decisions        []skein.Decision        // those that are open, and the one that was asked for with the one it replaces
	Advice           []skein.Advice          // of them, in the order of asking
	Rules            Rules
	Stewards         []Steward                     // of the circle and those above, the nearest first
	Readers          []Reader                      // who could review a decision but for a part in it, in the order of asking
	Owner            skein.PersonID                // who looks after the project while nobody leads it; "" where nobody could
	Before           []skein.PersonID              // invited in this phase before, or offered the lead without taking it
	Gone             []skein.PersonID              // who has left, and holds something here or was asked for it
	LastDays         map[skein.PersonID]skein.Date // of those in Gone whose last day has passed
	Away             []Here                        // who is on leave, and was asked for something here
	Leaves           []skein.Absence               // of whoever leads it, also those that are over
	Changes          Changes

	port Port
	held map[skein.PersonID]Holding // who is locked, and what they hold elsewhere
}

// Claim is a claim with what was worked out of it at the close.
type Claim struct {
	skein.Claim
	CoachName string       // as it was when the claim was read
	Judged    skein.Judged // without a detail unless it was judged just now
	Kept      bool         // a detail is kept with it
}

// Rules are the clocks and guardrails that stand when a move is made.
type Rules struct {
	skein.Clocks

	Zone           *time.Location // of the organisation: its working days
	ConfirmWeighed bool
	LongestMonths  int         // 0: no such guardrail
	LeadsAtOnce    int         // 0: no such guardrail
	Guardrails     []Guardrail // all of them, as publishing checks them
}

// Guardrail is a guardrail with who answers for it.
type Guardrail struct {
	skein.Guardrail
	skein.Answers
}

// Steward is a steward of the project's circle (Depth 0) or of one above.
type Steward struct {
	Person skein.PersonID
	Depth  int
	Left   bool // not with the organisation, or their door is closed
	// AwayUntil is the last day of the leave that they are on; zero: of none.
	AwayUntil skein.Date
}

// Reader could look at a decision with fresh eyes. A steward and an administrator check picks too.
type Reader struct {
	Here

	Executive bool // asked as an executive
}

// Here is somebody who is with the organisation.
type Here struct {
	Person    skein.PersonID
	AwayUntil skein.Date // the last day of the leave that they are on; zero: of none
}

// Changes are what the rows do not say by themselves.
type Changes struct {
	Events   []skein.Event
	Notices  []skein.Notice
	Refusals []skein.GuardrailResult // guardrails that refused by's publishing
	Evidence []skein.Evidence        // what a time in office left that has ended
	Drafts   []Carry
	ReadHow  bool            // by has read what is compared
	Split    *skein.Proposal // the other of two, where it became two: a draft to be made
}

// Carry says where the drafts of a window go, which are never loaded: to the next window of their
// project, or, without one, nowhere; then each of their writers is told.
type Carry struct {
	From, To skein.WindowID
	Phase    skein.PhaseID // of To
	Told     skein.Notice  // to whom is filled in
}

// Judge is the comparing of people, bound to rows that were read in the same transaction.
type Judge struct {
	// Claims judges every claim, in their order. Equal are claims that count as placed equally with
	// the first.
	Claims func(w skein.Window, claims []skein.Claim, equal []skein.ClaimID) ([]skein.Judged, error)
	// Best is the best of the whole organisation, which the claims of a window are
	// measured by; it is noted in the window.
	Best func(w *skein.Window) error
	// Invite chooses whom to ask next, without those asked before; nobody where nobody is compared.
	Invite func(w skein.Window, asked []skein.PersonID) ([]skein.PersonID, error)
	// Stops tells whether somebody who could lead what it was like once could not, as it is now; false where nobody is
	// compared.
	Stops func(p skein.PersonID, was, now skein.Situation) (bool, error)
	// CheckIn is after how many days a word is due in a situation; nil, or 0: not known.
	CheckIn func(skein.Situation) int
	// Trust is the trust that holds where one is stated in a situation: stakes set a floor; nil: the stated one.
	Trust func(stated skein.Trust, s skein.Situation) skein.Trust
	// Remit is what the lead decides in a situation where nothing is stated; nil: not known.
	Remit func(skein.Situation) []skein.Remit
	// Asks is what a phase asks for, with the practices that its situation asks for; nil: what it says itself.
	Asks func(skein.Phase) []skein.Requirement
}

// Port is what a verb asks of the transaction that it runs in.
type Port struct {
	Judge Judge
	// Hold locks people, all at once and in one order, so that two verbs cannot each wait for the
	// other, and says what they hold elsewhere. Asked for others later, it returns ErrAgain.
	Hold func([]skein.PersonID) (map[skein.PersonID]Holding, error)
	// Known returns those of some people who are with the organisation.
	Known func([]skein.PersonID) ([]Here, error)
	// Stewards lists those of a circle that a proposal moves to, and of the circles above it.
	Stewards func(skein.CircleID) ([]Steward, error)
	ID       func() string // a new id
	Seed     func() string // of a lottery
	// Read tells whether by has read what is compared.
	Read func() (bool, error)
}

// Bind hands the aggregate what it may ask for.
func (l *Lead) Bind(p Port) { l.port = p }

// sealedActs are what the log shows to nobody but whoever did it, at first or for good. A verb notes its own before what
// follows from it.
var sealedActs = []string{
	"claim.submit", "claim.change", "claim.withdraw", "claim.beside", "invite.accept", "invite.decline", "pick.confirm",
	"review.ask", "review.answer", "outcome.answer", "outcome.pass", "outcome.unpass",
}

// note adds an audit row. What follows from a sealed act is noted as nobody's, and so is what a rule does with a claim, which
// the log shows to whoever did it.
func (l *Lead) note(action, noun, id string, details map[string]any) {
	ruled := !sealedAct(action) && (noun == "claim" || slices.ContainsFunc(l.Changes.Events, func(e skein.Event) bool { return sealedAct(e.Action) }))
	l.Changes.Events = append(l.Changes.Events, skein.Event{
		Action: action, Noun: noun, NounID: id, Project: l.Project.ID, Circle: l.Project.Circle, Details: details, Ruled: ruled,
	})
}

func sealedAct(action string) bool { return slices.Contains(sealedActs, action) }

// noteProject adds an audit row about the project itself.
func (l *Lead) noteProject(action string, details map[string]any) {
	l.note(action, "project", string(l.Project.ID), details)
}

// tell adds a notice about this project; nobody is told where there is nobody.
func (l *Lead) tell(n skein.Notice) {
	if n.To == "" {
		return
	}
	n.Project = l.Project.ID
	l.Changes.Notices = append(l.Changes.Notices, n)
}

// onDay ends what a notice is about that may come again, and is told once a day: or whoever turns it back and forth
// would have somebody mailed each time.
func onDay(by skein.By) string { return ":" + by.Day.Format(time.DateOnly) }

// move brings a state into another, or is a fault: verbs ask beforehand, with a sentence, what a
// person can run into.
func move[S interface {
	~string
	MayBecome(S) bool
}](state *S, next S) error {
	if *state == next {
		return nil
	}
	if !(*state).MayBecome(next) {
		return errors.New("no move from " + string(*state) + " to " + string(next))
	}
	*state = next
	return nil
}

// today is the project with the trust that holds today, in its situation: what claims are decided by, and what pages
// say, would part from what they are compared by if the stakes raised the one alone.
func (l *Lead) today() skein.Project {
	p := l.Project
	p.Trust = l.Trust
	if l.port.Judge.Trust != nil {
		p.Trust = l.port.Judge.Trust(l.Trust, l.Phase.Situation)
	}
	return p
}

// decidingTrust is the trust that decides the window.
func (l *Lead) decidingTrust() skein.Trust { return l.Window.Decides(l.Trust) }

// stillOn is a conflict where the project is over: nothing is asked or given in it any more.
func (l *Lead) stillOn() error {
	if l.Project.State.Over() {
		return skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	}
	return nil
}

// Holder is who leads the project now; "" when nobody does.
func (l *Lead) Holder() skein.PersonID {
	if t := l.primary(skein.TermState.Holds); t != nil {
		return t.Person
	}
	return ""
}

// steward tells whether somebody is a steward of the project's circle or of one above.
func (l *Lead) steward(p skein.PersonID) bool {
	return p != "" && slices.ContainsFunc(l.Stewards, func(s Steward) bool { return s.Person == p })
}

// SeenBy tells whether by may know of the project: a draft is seen by whoever may edit it, and by Skein.
func (l *Lead) SeenBy(by skein.By) bool {
	return by.Person == "" || l.Project.SeenBy(by.Person, l.steward(by.Person))
}

// LooksAfter is who answers for the project on a day: its lead, else who stands in, else its owner.
func (l *Lead) LooksAfter(day skein.Date) skein.PersonID {
	if h := l.Holder(); h != "" {
		return h
	}
	if p := l.StandingIn(day); p != "" {
		return p
	}
	return l.Owner
}

// around lists whoever proposed the project, its team, who has a place beside the lead, and who stands in.
func (l *Lead) around() people {
	var all people
	all.add(l.Project.ProposedBy)
	for _, m := range l.Team {
		if m.LeftAt.IsZero() {
			all.add(m.Person)
		}
	}
	for t := range l.terms(skein.TermState.Holds) {
		if t.Role != skein.Primary {
			all.add(t.Person)
		}
	}
	if s := l.standIn(); s != nil && s.State == skein.StandInStanding {
		all.add(s.Person)
	}
	return all
}

// people is a set of people in the order in which they were added.
type people []skein.PersonID

func (p *people) add(more ...skein.PersonID) {
	for _, m := range more {
		if m != "" && !p.has(m) {
			*p = append(*p, m)
		}
	}
}

func (p people) has(person skein.PersonID) bool {
	return slices.Contains(p, person)
}
