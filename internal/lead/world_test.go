package lead_test

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// The people of a world: who proposed, stewards of its circle and of the one above, an administrator.
// Anybody may claim.
const (
	ada, sofie, uma, adam = skein.PersonID("ada"), skein.PersonID("sofie"), skein.PersonID("uma"), skein.PersonID("adam")
	noor, kim, lee, mia   = skein.PersonID("noor"), skein.PersonID("kim"), skein.PersonID("lee"), skein.PersonID("mia")
	eve                   = skein.PersonID("eve")
	zoe, dario, wim       = skein.PersonID("zoe"), skein.PersonID("dario"), skein.PersonID("wim")
	skeinItself           = skein.PersonID("")
)

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// found is what the comparing says of somebody who claims.
type found struct {
	place   int // the smaller, the earlier their turn
	band    int // 0: a step of their own
	zone    skein.Zone
	stops   string
	written bool
}

// world is one project, its people and a clock. Verbs run in it as the store runs them.
type world struct {
	*store
	fail    func(format string, args ...any)
	now     time.Time
	found   map[skein.PersonID]found
	ready   []skein.PersonID // whom an invitation asks, best first, two at a time
	ids     int
	tries   int             // of the last verb
	judged  []skein.Claim   // that were compared last
	events  []skein.Event   // since they were last looked at
	notices []skein.Notice  // likewise, each told once
	asksHow bool            // whether saw tells of reviews of how it went: else every end of a lead would
	made    *skein.Proposal // the last draft that was made of a project that became two
	// meanwhile is what another transaction does between the loading of an aggregate and its locking of
	// people, once.
	meanwhile func()
	heard     map[notice]time.Time // when somebody was told what
	unheard   map[notice]bool      // what somebody was to be told again, at another moment
	zone      *time.Location       // the organisation's; nil: UTC
	// acted looks at what an act of the clock did, with what stood before it.
	acted func(act lead.Act, before *store)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	hours := 8.0
	w := &world{
		fail: t.Fatalf, now: monday, found: map[skein.PersonID]found{}, heard: map[notice]time.Time{}, unheard: map[notice]bool{},
		store: &store{
			stopped: map[skein.PersonID]bool{},
			lens:    []skein.Remit{{Area: "the work", Level: skein.DecideAlone}},
			checkIn: 1000, // or most would be told of words that nobody said
			read:    map[skein.PersonID]bool{}, elsewhere: map[skein.PersonID]int{}, gone: map[skein.PersonID]bool{},
			invited: map[skein.PersonID]int{}, hours: map[skein.PersonID]float64{}, asked: map[skein.PersonID]float64{}, free: map[skein.PersonID]float64{},
			away: map[skein.PersonID]skein.Date{}, since: map[skein.PersonID]skein.Date{}, later: map[skein.PersonID]bool{}, told: map[notice]int{},
			project: skein.Project{
				ID: "p", Title: "Night Pressure", Purpose: "Fewer bursts.", Circle: "leaks", ProposedBy: ada, State: skein.Draft,
				Trust: skein.Verified, HoursPerWeek: &hours, EndOn: skein.Day(monday).AddDate(0, 6, 0), MadeAt: monday, Version: 1,
			},
			phase: skein.Phase{
				ID: "ph", Project: "p", Number: 1, Situation: skein.Situation{Stakes: 3},
				Requirements: []skein.Requirement{{Skill: "pumps", Importance: 3, Level: 3}},
			},
			rules: lead.Rules{Clocks: skein.Clocks{Window: 7 * day, Confirm: 2 * day, Answer: 2 * day, Needs: 14 * day}},
			stewards: []lead.Steward{
				{Person: sofie}, {Person: uma, Depth: 1},
			},
			readers: []skein.PersonID{sofie, uma, adam},
		},
	}
	return w
}

// opened is a world whose project is open for claims, at a trust level.
func opened(t *testing.T, trust skein.Trust) *world {
	t.Helper()
	w := newWorld(t)
	w.project.Trust = trust
	w.publish()
	w.forget()
	return w
}

func (w *world) publish() {
	w.must(ada, func(l *lead.Lead, by skein.By) error {
		_, err := l.Publish(by, nil)
		return err
	})
}

func (w *world) by(p skein.PersonID) skein.By {
	return skein.NewBy(p, w.now, cmp.Or(w.zone, time.UTC))
}

// verb is one move on the aggregate.
type verb func(*lead.Lead, skein.By) error

// do runs a verb as the store does: on a fresh aggregate, again while more people have to be locked,
// and keeps what it did when it was not refused.
func (w *world) do(p skein.PersonID, do verb) error { return w.doIn("", p, do) }

// doIn is do in a window of the project, when it is not the present one.
func (w *world) doIn(window skein.WindowID, p skein.PersonID, do verb) error {
	k := &locks{w: w}
	by := w.by(p)
	for w.tries = 1; ; w.tries++ {
		if w.tries > 20 {
			w.fail("a verb was run again and again")
		}
		l := w.load(by, window)
		loaded := listsOf(l)
		k.taken = false
		l.Bind(w.port(by, k))
		err := do(l, by)
		if errors.Is(err, lead.ErrAgain) {
			continue
		}
		if !reflect.DeepEqual(loaded, listsOf(w.load(by, window))) {
			w.fail("a verb wrote into what a row holds: the store would not see it")
		}
		if err == nil {
			w.keep(by, l)
		}
		return err
	}
}

// ends is when the present window closes; zero while nobody has claimed in one without an end.
func (w *world) ends() time.Time {
	return w.load(w.by(skeinItself), "").ClosesBy()
}

// listsOf are the rows of an aggregate. As in the store, the lists are copied and what a row holds is
// not.
func listsOf(l *lead.Lead) []any {
	return []any{
		slices.Clone(l.RemitChanges), slices.Clone(l.Decisions), slices.Clone(l.Advice),
		l.Outcomes.Clone(),
		slices.Clone(l.Questions), slices.Clone(l.Links), slices.Clone(l.Steps),
		slices.Clone(l.Claims), slices.Clone(l.Picks), slices.Clone(l.Invites), slices.Clone(l.Terms),
		slices.Clone(l.Needs), slices.Clone(l.Team), slices.Clone(l.Reviews), slices.Clone(l.StandIns), slices.Clone(l.Handovers), slices.Clone(l.Reconsiderations),
	}
}

func (w *world) keep(by skein.By, l *lead.Lead) {
	notices := l.Changes.Notices
	for _, carry := range l.Changes.Drafts {
		for _, c := range w.claims {
			n := carry.Told
			n.To = c.Person
			if carry.To == "" && c.Window == carry.From && c.State == skein.ClaimDraft && c.Person != by.Person && !slices.Contains(notices, n) {
				notices = append(notices, n)
			}
		}
	}
	w.save(by, l)
	if l.Changes.Split != nil {
		w.made = l.Changes.Split
	}
	w.events = append(w.events, l.Changes.Events...)
	w.tell(notices)
}

// tell keeps notices: nobody is told one kind about one thing twice.
func (w *world) tell(notices []skein.Notice) {
	for _, n := range notices {
		k := notice{n.To, n.Kind, n.About}
		if w.told[k]++; w.told[k] == 1 {
			w.notices = append(w.notices, n)
			w.heard[k] = w.now
		} else if !w.heard[k].Equal(w.now) {
			w.unheard[k] = true
		}
	}
}

// send runs do on p's own claim, or on the claim of somebody who named p, while claims gather.
func (w *world) send(p, whose skein.PersonID, do func(*lead.Sending, skein.By) error) error {
	by := w.by(p)
	l := w.load(by, "")
	s := &lead.Sending{
		Project: w.project, Trust: w.trust(by), Phase: w.phase, Window: w.present(""), Holder: l.Holder(), HandedBy: l.HandedBy(), Rules: w.rules,
	}
	if s.Window.State.Over() {
		return lead.ErrClosed
	}
	s.Claim = lead.NewClaim(skein.ClaimID(w.id()), s.Window, by)
	found := false
	for _, c := range w.claims {
		if c.Window == s.Window.ID && c.Person == whose && c.State != skein.ClaimWithdrawn {
			s.Claim, found = c, true
		}
	}
	if p != whose && !found {
		return skein.ErrNotFound
	}
	s.Bind(w.port(by, &locks{w: w}))
	if err := do(s, by); err != nil {
		return err
	}
	put(&w.windows, s.Window, func(w skein.Window) skein.WindowID { return w.ID })
	s.Claim.CoachName = strings.ToUpper(string(s.Claim.Coach))
	put(&w.claims, s.Claim, func(c lead.Claim) skein.ClaimID { return c.ID })
	w.readHow(by, s.Changes)
	w.events = append(w.events, s.Changes.Events...)
	w.tell(s.Changes.Notices)
	return nil
}
