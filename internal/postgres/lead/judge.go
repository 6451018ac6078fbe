package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/lead"
	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Closing is a window at its end, with everything that bears on the pick as it was read in one
// transaction.
type Closing struct {
	Window     skein.Window
	Claims     []skein.Claim // submitted, by person
	Comparison comparison.Sides
	// Equal are claims without a score that a steward found equally placed.
	Equal []skein.ClaimID
	// Kept is what was found of each claim at the close, where it has been judged before.
	Kept map[skein.ClaimID]Kept
}

// Kept is what is kept with a claim of its close.
type Kept struct {
	ID         skein.ClaimID
	Stops      string
	Assessment []byte
}

// Judge is the matching as a transaction of the store uses it: on rows that it has just read.
type Judge struct {
	// Practices are the skills that the lens may ask for beside a phase's own.
	Practices []skein.SkillID
	// Claims judges every claim of a closing, in its order.
	Claims func(Closing) ([]skein.Judged, error)
	// Again judges claims by nothing but what was kept of them at the close: only which claims are equal
	// is new. False: not enough was kept. It may be nil.
	Again func(Closing) ([]skein.Judged, bool, error)
	// Best is the best of the whole organisation: from memory, of a comparison of nobody; false where it
	// cannot be told from there, and from everybody who was read where whole is true.
	Best func(c comparison.Sides, w *skein.Window, whole bool) bool
	// Shortlist names, without reading them, everybody who bears on the next invitation. It is asked
	// with a comparison of nobody. False: not known; then all are read. It may be nil.
	Shortlist func(c comparison.Sides, w skein.Window, asked []skein.PersonID) ([]skein.PersonID, bool)
	// Invite chooses whom to ask when nobody claimed: the best placed ready people, without those
	// asked before.
	Invite func(c comparison.Sides, w skein.Window, asked []skein.PersonID) ([]skein.PersonID, error)
	// Stops tells whether a gate stops somebody, from leading what they lead, as it is now that did not before.
	Stops func(c comparison.Sides, p skein.PersonID, was, now skein.Situation) (bool, error)
	// CheckIn is after how many days a word is due in a situation.
	CheckIn func(skein.Situation) int
	// Trust is the trust that holds where one is stated in a situation: stakes set a floor. It may be nil.
	Trust func(stated skein.Trust, s skein.Situation) skein.Trust
	// Remit is what the lead decides in a situation where nothing is stated.
	Remit func(skein.Situation) []skein.Remit
	// Asks is what a phase asks for, with the practices that its situation asks for.
	Asks func(skein.Phase) []skein.Requirement
}

// asking is what an update compares people by.
func (q leadQuery) asking() comparison.Asking {
	return comparison.Asking{Projects: []skein.ProjectID{q.project}, Practices: q.judge.Practices, AsOf: q.by.AsOf()}
}

// bind lets verbs judge on rows that are read in a transaction when they ask, by the best that was taken
// before where it was taken of the same project.
func (q leadQuery) bind(ctx context.Context, tx pgx.Tx, version int, best *bestTaken, locks *locks) lead.Judge {
	j := q.judge
	r := reading{ctx: ctx, tx: tx, judge: j, asking: q.asking()}
	bound := lead.Judge{CheckIn: j.CheckIn, Trust: j.Trust, Remit: j.Remit, Asks: j.Asks, Claims: func(w skein.Window, claims []skein.Claim, equal []skein.ClaimID) ([]skein.Judged, error) {
		return r.claims(locks, w, claims, equal)
	}}
	if j.Invite != nil {
		bound.Invite = r.invite
	}
	if j.Stops != nil {
		bound.Stops = r.stops
	}
	if j.Best != nil {
		bound.Best = func(w *skein.Window) error {
			if best.of(w.ID, version) {
				w.BestFit, w.BestOrder, w.BestMark = best.Window.BestFit, best.Window.BestOrder, best.Window.BestMark
				return nil
			}
			return bestOf(ctx, tx, j, r.asking, w)
		}
	}
	return bound
}

// reading is a judge's look at the rows of one transaction.
type reading struct {
	ctx    context.Context
	tx     pgx.Tx
	judge  Judge
	asking comparison.Asking
}

// claims compares those who claimed; once they were compared at the close, only anew which of them are
// equal. They are locked: what they hold cannot change under two picks
// at once.
func (r reading) claims(locks *locks, w skein.Window, claims []skein.Claim, equal []skein.ClaimID) ([]skein.Judged, error) {
	asking := r.of(w)
	asking.People = []skein.PersonID{}
	for _, c := range claims {
		asking.People = append(asking.People, c.Person)
		if c.With != "" {
			asking.People = append(asking.People, c.With)
		}
	}
	if err := locks.lock(asking.People); err != nil {
		return nil, err
	}
	closing := Closing{Window: w, Claims: claims, Equal: equal}
	if len(equal) > 0 && r.judge.Again != nil {
		kept, err := core.All[Kept](r.ctx, r.tx, `
			select id::text as id, stops, assessment
			from claim
			where window_id = $1 and assessment is not null`, w.ID)
		if err != nil {
			return nil, err
		}
		closing.Kept = map[skein.ClaimID]Kept{}
		for _, k := range kept {
			closing.Kept[k.ID] = k
		}
		if judged, ok, err := r.judge.Again(closing); ok || err != nil {
			return judged, err
		}
	}
	var err error
	if closing.Comparison, err = factsdb.Compare(r.ctx, r.tx, asking); err != nil {
		return nil, err
	}
	return r.judge.Claims(closing)
}

// stops looks at whoever leads, by what a project asked before it was said anew and by what it asks then.
func (r reading) stops(p skein.PersonID, was, now skein.Situation) (bool, error) {
	asking := r.asking
	asking.People, asking.Uncounted = []skein.PersonID{p}, true
	sides, err := factsdb.Compare(r.ctx, r.tx, asking)
	if err != nil || !matching(sides) {
		return false, err
	}
	return r.judge.Stops(sides, p, was, now)
}

// invite reads everybody who could lead, or of a large organisation those who come into question.
// Whom to ask is decided on what is read here.
func (r reading) invite(w skein.Window, asked []skein.PersonID) ([]skein.PersonID, error) {
	asking := r.of(w)
	if r.judge.Shortlist != nil {
		asking.People = []skein.PersonID{}
		nobody, err := factsdb.Compare(r.ctx, r.tx, asking)
		if err != nil || !matching(nobody) {
			return nil, err
		}
		if people, ok := r.judge.Shortlist(nobody, w, asked); ok {
			asking.People = people
		} else {
			asking.People = nil
		}
	}
	sides, err := factsdb.Compare(r.ctx, r.tx, asking)
	if err != nil || !matching(sides) {
		return nil, err
	}
	return r.judge.Invite(sides, w, asked)
}

// of asks by the tables that a window is decided by.
func (r reading) of(w skein.Window) comparison.Asking { return askingOf(r.asking, w) }

func askingOf(asking comparison.Asking, w skein.Window) comparison.Asking {
	if w.Trust != "" {
		asking.Tables = &w.Policy
	}
	return asking
}

// matching tells whether anybody is compared with the project of a comparison.
func matching(c comparison.Sides) bool { return len(c.Questions) > 0 && c.Questions[0].Matching }
