package skein

import (
	"cmp"
	"time"
)

// WindowState is where a claim window stands.
type WindowState string

// The states of a claim window.
const (
	WindowOpen      WindowState = "open"
	WindowInviting  WindowState = "inviting"  // nobody claimed: the best placed are being asked
	WindowPicked    WindowState = "picked"    // closed; the pick is being checked, offered or answered
	WindowTaken     WindowState = "taken"     // its pick leads
	WindowRestarted WindowState = "restarted" // another window followed it
	WindowVoid      WindowState = "void"      // nothing came of it: the project is over, or its lead leads it on
)

// WindowStates lists them.
var WindowStates = []WindowState{WindowOpen, WindowInviting, WindowPicked, WindowTaken, WindowRestarted, WindowVoid}

// Window is a stretch of time in which claims for a phase gather. At its end the situation picks.
type Window struct {
	ID       WindowID
	Project  ProjectID
	Phase    PhaseID
	Number   int
	OpenedAt time.Time
	ClosesAt time.Time // zero: some time after the first claim; when, is derived and kept nowhere, since it would tell of the claim
	ClosedAt time.Time
	ToldAt   time.Time // when everybody was told how it was decided
	State    WindowState
	Seed     string    // the lottery's, fixed before anybody claims
	Claimed  int       // how many claimed; known from the close on
	AskedAt  time.Time // when whoever looks after it was last asked whether it shall stay open
	Restarts int       // how often a change of what is asked has started claims again since they closed last
	// What held when the window began, and decides it. Trust is empty of a window from before this was
	// kept: then what holds at the close decides.
	Trust    Trust
	Rotation float64
	Policy   int // the version of the tables; 0: none were published
	// The best of the whole organisation at its close, which claims are measured by: the best fit, the
	// best order in millionths, and the last change that both knew (0: rows were read).
	BestFit   float64
	BestOrder int64
	BestMark  int64
}

// TakesClaims tells whether somebody may still claim at that time. The minute the clock runs out
// counts, whether or not the server has come round to closing the window.
func (w Window) TakesClaims(at time.Time) bool {
	return !w.State.Over() && (w.ClosesAt.IsZero() || at.Before(w.ClosesAt))
}

// Decides is the trust that decides the window, where today is the project's trust that holds today.
func (w Window) Decides(today Trust) Trust { return cmp.Or(w.Trust, today) }

// Over tells whether claims no longer gather.
func (s WindowState) Over() bool { return s != WindowOpen && s != WindowInviting }

// Clocks are how long the steps of a claim may take.
type Clocks struct {
	Window  time.Duration // claims gather
	Confirm time.Duration // a steward checks the pick, then the next one does
	Answer  time.Duration // the chosen answers
	Needs   time.Duration // the needs of an accepted lead may stay open
	// Shortest is the guardrail: no window is shorter. Zero: no such guardrail.
	Shortest time.Duration
}

// At great urgency claims gather for a shorter time. The database says when a window without an end of
// its own closes from these, too.
const (
	GreatUrgency    = 5              // from here on
	UrgentWindow    = 24 * time.Hour // the most that claims gather then
	HeadStart       = 24 * time.Hour // what the first ready claim leaves the others, on trust
	UrgentHeadStart = time.Hour
)

// Gather is how long claims gather for a phase of that urgency, above trust level open.
func (c Clocks) Gather(urgency int) time.Duration {
	d := c.Window
	if urgency >= GreatUrgency {
		d = min(d, UrgentWindow)
	}
	return max(d, c.Shortest)
}

// OnTrust is how long claims count as simultaneous after the first ready one, on trust. The
// guardrail does not reach it: it is about windows, and here there is a head start instead.
func (c Clocks) OnTrust(urgency int) time.Duration {
	if urgency >= GreatUrgency {
		return UrgentHeadStart
	}
	return HeadStart
}

// OpenWindow begins a window: its end is fixed at once, except on trust, where it follows from the
// claims that stand.
func OpenWindow(p Project, ph Phase, clocks Clocks, at time.Time) Window {
	w := Window{Project: p.ID, Phase: ph.ID, Number: 1, OpenedAt: at, State: WindowOpen, Trust: p.Trust}
	if p.Trust != Open {
		w.ClosesAt = at.Add(clocks.Gather(ph.Situation.Urgency))
	}
	return w
}

// UntilTaken begins a window without an end: it follows from the claims that stand.
func UntilTaken(p Project, ph Phase, at time.Time) Window {
	return Window{Project: p.ID, Phase: ph.ID, Number: 1, OpenedAt: at, State: WindowInviting, Trust: p.Trust}
}
