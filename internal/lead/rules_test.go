package lead_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// holds checks what is true of a project after every move.
func (w *walk) holds() {
	w.oneLead()
	w.onePlace()
	w.oneWindow()
	w.claimsStand()
	w.standInStands()
	w.handoversStand()
	w.outcomesStand()
	w.reconsideredRightly()
	w.termsAndNeeds()
	w.wordsStand()
	w.questionsStand()
	w.workStands()
	w.decisionsStand()
	w.remitStands()
	w.endsStand()
	w.movesRightly()
	w.everythingIsDue()
}

// count is how many primary terms are in one of some states.
func (w *walk) count(states ...skein.TermState) int {
	n := 0
	for _, t := range w.terms {
		if t.Role == skein.Primary && slices.Contains(states, t.State) {
			n++
		}
	}
	return n
}

func (w *walk) oneLead() {
	live, going := w.count(skein.TermLive), w.count(skein.TermHandingOver)
	if w.count(skein.TermOffered, skein.TermAccepted, skein.TermLive) > 1 || live+going > 1 {
		w.fail("more than one lead: %+v", w.terms)
	}
	want := map[skein.ProjectState][2]int{skein.Led: {1, 0}, skein.HandingOver: {0, 1}}
	if want[w.project.State] != [2]int{live, going} {
		w.fail("%s: %d lead it, %d hand it on", w.project.State, live, going)
	}
}

func (w *walk) oneWindow() {
	var going []skein.Window
	for _, win := range w.windows {
		if win.State.Going() {
			going = append(going, win)
		} else if win.ClosedAt.IsZero() || win.ToldAt.IsZero() && win.State != skein.WindowVoid {
			w.fail("a window ended and stays sealed: %+v", win)
		}
	}
	gathers := w.project.State == skein.OpenForLead || w.project.State == skein.HandingOver
	if gathers != (len(going) == 1) || len(going) > 1 {
		w.fail("%s: %d windows are going on", w.project.State, len(going))
	}
	var now skein.Window
	if gathers {
		now = going[0]
	}
	waits := 0
	for _, p := range w.picks {
		if p.State == skein.PickWaiting {
			waits++
			if p.Window != now.ID || p.AskedOf == "" || !now.ToldAt.IsZero() && p.Claim != "" {
				w.fail("a check of what is not to be checked: %+v", p)
			}
		}
	}
	waits += w.count(skein.TermOffered, skein.TermAccepted)
	if now.State == skein.WindowPicked && waits != 1 || now.State != skein.WindowPicked && waits > 0 {
		w.fail("%s: %d wait for an answer", now.State, waits)
	}
	for _, i := range w.invites {
		if i.State == skein.InviteWaiting && (i.Window != now.ID || now.State != skein.WindowInviting) {
			w.fail("an invitation to nothing: %+v", i)
		}
	}
	if w.project.State.Over() {
		w.nothingWaits()
	}
}

// nothingWaits: of what is over nothing waits for anybody, but for reviews.
func (w *walk) nothingWaits() {
	for _, t := range w.terms {
		if t.State.Counts() || t.State == skein.TermAsked {
			w.fail("it is over, and somebody is %s: %+v", t.State, t)
		}
	}
	for _, d := range w.decisions {
		if d.State.Open() {
			w.fail("it is over, and a decision is %s", d.State)
		}
	}
	for _, s := range w.standIns {
		if s.State.Open() {
			w.fail("it is over, and somebody is %s to stand in", s.State)
		}
	}
}

func (w *walk) claimsStand() {
	stands, ahead := map[string]int{}, map[skein.WindowID]int{}
	for _, c := range w.claims {
		state, waits := skein.WindowState(""), false
		for _, win := range w.windows {
			if win.ID == c.Window {
				state = win.State
			}
		}
		switch c.State {
		case skein.ClaimChosen, skein.ClaimOffered, skein.ClaimAccepted:
			waits = true
			ahead[c.Window]++
		case skein.ClaimLive:
			ahead[c.Window]++
		case skein.ClaimSubmitted:
			waits = true
		}
		if waits && !state.Going() {
			w.fail("a claim is %s in a window that is %s", c.State, state)
		}
		if c.State != skein.ClaimWithdrawn {
			stands[string(c.Window)+string(c.Person)]++
		}
		gathering := c.State == skein.ClaimDraft || c.State == skein.ClaimSubmitted || c.State == skein.ClaimWithdrawn
		if !state.Over() && !gathering {
			w.fail("claims gather, and one is %s", c.State)
		}
		w.claimAndTerm(c)
	}
	for of, n := range stands {
		if n > 1 {
			w.fail("%d claims of one person stand in a window: %s", n, of)
		}
	}
	for window, n := range ahead {
		if n > 1 {
			w.fail("%d claims of window %s are ahead", n, window)
		}
	}
}

// claimAndTerm: a claim that was picked stands as what it was picked for.
func (w *walk) claimAndTerm(c lead.Claim) {
	var picked bool
	for _, p := range w.picks {
		picked = picked || p.State == skein.PickWaiting && p.Claim == c.ID && p.Window == c.Window
	}
	if picked != (c.State == skein.ClaimChosen) {
		w.fail("a claim is %s, waits for its check: %v", c.State, picked)
	}
	var t skein.Term
	for _, u := range w.terms {
		if u.Claim == c.ID {
			t = u
		}
	}
	var same bool
	switch c.State {
	case skein.ClaimLive:
		same = t.State.Holds()
	case skein.ClaimOffered, skein.ClaimAccepted, skein.ClaimDeclined, skein.ClaimLapsed, skein.ClaimEnded:
		same = string(t.State) == string(c.State)
	default:
		same = t.State == "" || t.State == skein.TermVoid && c.State == skein.ClaimVoid
	}
	if !same {
		w.fail("a claim is %s, its term %q", c.State, t.State)
	}
}

// waiting lists all that waits for a moment, and the moment, from the rows alone.
func (w *walk) waiting() map[string]time.Time {
	waits := map[string]time.Time{}
	add := func(clock lead.Clock, id string, at time.Time) { waits[string(clock)+" "+id] = at }
	for _, win := range w.windows {
		if ends := w.ends(); !win.State.Over() && !ends.IsZero() {
			add(lead.ClockWindow, string(win.ID), ends)
		}
	}
	for _, p := range w.picks {
		if p.State == skein.PickWaiting {
			add(lead.ClockPick, string(p.ID), p.AnswerBy)
		}
	}
	for _, i := range w.invites {
		if i.State == skein.InviteWaiting {
			add(lead.ClockInvite, string(i.Window), i.AnswerBy)
		}
	}
	for _, t := range w.terms {
		if t.Missed(t.EndsOn.AddDate(0, 0, 1)) {
			add(lead.ClockEnd, string(t.ID), t.EndsOn.AddDate(0, 0, 1))
		}
		switch {
		case t.State == skein.TermOffered || t.State == skein.TermAsked:
			add(lead.ClockOffer, string(t.ID), t.AnswerBy)
		case t.State == skein.TermAccepted:
			w.waitsToBegin(t, add)
		case t.State.Holds() && !t.EndsOn.IsZero():
			add(lead.ClockEnd, string(t.ID), t.EndsOn.AddDate(0, 0, 1))
		}
		if at, now := w.wordTells(t); !at.IsZero() && !now {
			add(lead.ClockWord, string(t.ID), at)
		}
	}
	for _, s := range w.standIns {
		if at, now := w.passes(s); !at.IsZero() && !now {
			add(lead.ClockStand, string(s.ID), at)
		}
	}
	w.waitsToBeHanded(add)
	w.waitsToBeReconsidered(add)
	for _, d := range w.decisions {
		if at := d.TellsOn(); !at.IsZero() {
			add(lead.ClockAdvice, string(d.ID), at)
		}
	}
	for _, c := range w.changes {
		if c.Waits() {
			add(lead.ClockRemit, string(c.ID), c.TellsOn())
		}
	}
	w.waitsToClose(add)
	for _, n := range w.needs {
		if w.project.State.IsLead() && n.Asked() {
			add(lead.ClockNeed, string(n.ID), n.AnswerBy)
		}
	}
	for _, r := range w.reviews {
		if r.AnsweredAt.IsZero() && !w.left()["review "+string(r.ID)] {
			add(lead.ClockReview, string(r.ID), r.AnswerBy)
		}
	}
	if w.project.State == skein.OpenForLead && w.present("").State != skein.WindowPicked && w.count(skein.TermOffered, skein.TermAccepted) == 0 {
		add(lead.ClockPast, "p", w.project.EndOn.AddDate(0, 0, 15))
		if cancelled := !skein.Day(w.now).Before(w.project.EndOn.AddDate(0, 0, 15)); !w.endedAt.EndTold.Equal(w.project.EndOn) && !cancelled {
			add(lead.ClockLast, "p", w.project.EndOn)
		}
	}
	if win := w.present(""); win.State == skein.WindowOpen && win.ClosesAt.IsZero() {
		add(lead.ClockOpen, string(win.ID), latest(win.OpenedAt, win.AskedAt).Add(30*day))
	}
	return waits
}

// waitsToBegin adds what whoever accepted waits for: their own word on what they get, and their day.
func (w *walk) waitsToBegin(t skein.Term, add func(lead.Clock, string, time.Time)) {
	asked, short := w.openFor(t)
	decides := short && !asked
	if !t.StartsOn.IsZero() && t.Claim == "" {
		decides = false // whom a file names says so from their day on
	}
	if decides == t.NeedsBy.IsZero() {
		w.fail("%s says what they make of what they get by %v; asked %v, short %v", t.Person, t.NeedsBy, asked, short)
	}
	if decides {
		add(lead.ClockNeeds, string(t.ID), t.NeedsBy)
	}
	if !t.StartsOn.IsZero() {
		add(lead.ClockStart, string(t.ID), t.StartsOn)
	}
	if !short && !asked && t.StartsOn.IsZero() && !w.handingTo(t) && !t.Missed(skein.Day(w.now)) {
		w.fail("nothing they need is open, and %s does not begin", t.Person)
	}
}

// openFor tells whether an answer is awaited of what somebody needs, and whether less or no was said of
// something that they have said nothing about.
func (w *walk) openFor(t skein.Term) (asked, short bool) {
	for _, n := range skein.NeedsOf(w.needs, t.Person, t.Claim) {
		asked, short = asked || n.Asked(), short || n.Short()
	}
	return asked, short
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// aggregates are loaded for the clock: the present one and, for their reviews, those of other windows.
func (w *walk) aggregates() map[skein.WindowID]*lead.Lead {
	by, present := w.by(skeinItself), w.present("").ID
	all := map[skein.WindowID]*lead.Lead{present: w.load(by, "")}
	for _, r := range w.reviews {
		if window := w.store.claim(r.Claim).Window; r.AnsweredAt.IsZero() && all[window] == nil {
			all[window] = &lead.Lead{Reviews: w.load(by, window).Reviews}
			for _, r := range all[window].Reviews {
				if w.gone[r.AskedOf] {
					all[window].Gone = append(all[window].Gone, r.AskedOf)
				}
			}
			all[window].Away = w.load(by, window).Away
		}
	}
	return all
}

// due lists what is due in aggregates at a moment.
func due(all map[skein.WindowID]*lead.Lead, at time.Time) map[skein.WindowID][]lead.Act {
	acts := map[skein.WindowID][]lead.Act{}
	for window, l := range all {
		for _, a := range lead.Due(l, skein.By{At: at, Day: skein.Day(at)}) {
			if l.Project.ID != "" || a.Clock == lead.ClockReview { // of another window the reviews alone
				acts[window] = append(acts[window], a)
			}
		}
	}
	return acts
}

// everythingIsDue: whatever waits has a moment, and is found due then and not before.
func (w *walk) everythingIsDue() {
	waits, all := w.waiting(), w.aggregates()
	for what := range w.left() { // is found at once, whichever the moment
		delete(waits, what)
	}
	found := func(at time.Time) map[string]bool {
		found := map[string]bool{}
		for _, acts := range due(all, at) {
			for _, a := range acts {
				found[key(a)] = true
			}
		}
		return found
	}
	now := found(w.now)
	for what, at := range waits {
		if at.IsZero() {
			w.fail("%s waits for ever", what)
		}
		if now[what] == at.After(w.now) || found(at.Add(-1))[what] || !found(at)[what] {
			w.fail("%s is not due when it is due, at %v", what, at)
		}
	}
	left := w.left()
	for what := range left {
		if !now[what] {
			w.fail("%s has left, and nothing is due", what)
		}
	}
	for what := range now {
		if _, ok := waits[what]; !ok && !left[what] {
			w.fail("%s is due and waits for nothing", what)
		}
	}
}

// statesMoved says which states differ; drafts, of which nobody hears, are left out.
func statesMoved(before, after *store) string {
	of := func(s *store) map[string]string {
		states := map[string]string{"project": string(s.project.State)}
		for _, w := range s.windows {
			states["window "+string(w.ID)] = string(w.State)
		}
		for _, c := range s.claims {
			states["claim "+string(c.ID)] = string(c.State)
		}
		for _, p := range s.picks {
			states["pick "+string(p.ID)] = string(p.State)
		}
		for _, i := range s.invites {
			states["invite "+string(i.Window)+string(i.Person)] = string(i.State)
		}
		for _, t := range s.terms {
			states["term "+string(t.ID)] = string(t.State)
		}
		for _, h := range s.handovers {
			states["handover "+string(h.ID)] = string(h.State)
		}
		for _, d := range s.decisions {
			states["decision "+string(d.ID)] = string(d.State)
		}
		for _, a := range s.advice {
			states["advice "+string(a.ID)] = string(a.State)
		}
		for _, c := range s.changes {
			states["remit change "+string(c.ID)] = string(c.State)
		}
		for _, o := range s.outcomes.Reviews {
			states["outcome "+string(o.ID)] = string(o.State)
		}
		for _, i := range s.standIns {
			states["stand-in "+string(i.ID)] = string(i.State)
		}
		for _, r := range s.reviews {
			states["review "+string(r.ID)] = fmt.Sprint(r.AnsweredAt)
		}
		return states
	}
	was := of(before)
	for what, state := range of(after) {
		draft := strings.HasPrefix(what, "claim") && (state == "draft" || was[what] == "draft" && state == "withdrawn") ||
			strings.HasPrefix(what, "handover") && state == "draft"
		if state != was[what] && !draft {
			return fmt.Sprintf("%s went from %q to %q", what, was[what], state)
		}
	}
	return ""
}
