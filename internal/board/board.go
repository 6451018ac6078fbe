// Package board lays the leads that somebody has or could have out in memory, so that one person can
// browse them, and be compared with all of them at once.
package board

import (
	"context"
	"sync/atomic"

	"skein/internal/chooser"
	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Board answers from memory what was laid out there, and else reads it.
type Board struct {
	reader
	behind reader                // follows by connections of its own
	leads  atomic.Pointer[leads] // as the chooser's follower has seen them last
}

// reader reads leads from the database.
type reader struct {
	db      *postgres.DB
	chooser *chooser.Chooser
}

// New returns a board. Where the chooser has a follower, leads are followed beside its index; the
// follower must not run yet.
func New(db *postgres.DB, c *chooser.Chooser) *Board {
	b := &Board{reader: reader{db, c}, behind: reader{db, c}}
	c.Beside(b.follow)
	return b
}

// Behind has what is laid out read by another store and chooser, so that it follows however many pages
// wait for connections. The follower must not run yet.
func (b *Board) Behind(db *postgres.DB, c *chooser.Chooser) *Board {
	b.behind = reader{db, c}
	return b
}

// follow brings the leads in memory to what is committed.
func (b *Board) follow(ctx context.Context, day skein.Date, changes factsdb.Changes) error {
	uncounted := &comparison.Population{Day: day, Holders: func(skein.SkillID) int { return 0 }}
	was := b.leads.Load()
	if was == nil || changes.AllLeads || len(changes.Leads) > len(was.list)/4+100 {
		next, _, _, err := b.behind.read(ctx, day, uncounted, "")
		if err == nil {
			b.leads.Store(next)
		}
		return err
	}
	if len(changes.Leads) == 0 {
		return nil
	}
	got, _, _, err := b.behind.some(ctx, changes.Leads, day, uncounted, "")
	if err == nil {
		b.leads.Store(was.with(changes.Leads, got))
	}
	return err
}

// see is all leads as of a day, where memory may answer.
func (b *Board) see(ctx context.Context, day skein.Date) (*leads, *weights, bool) {
	p, counted := b.chooser.Population(ctx, day)
	l := b.leads.Load()
	if !counted || l == nil || !l.day.Equal(day) {
		return nil, nil, false
	}
	return l, l.weigh(p), true
}

// read reads all leads as of a day, and with me what is that person's own. With a population nobody
// is counted.
func (r reader) read(ctx context.Context, day skein.Date, p *comparison.Population, me skein.PersonID) (*leads, *weights, *own, error) {
	got, mine, policy, err := r.some(ctx, nil, day, p, me)
	if err != nil {
		return nil, nil, nil, err
	}
	l := newLeads(got, policy, day)
	if p == nil {
		p = &comparison.Population{Day: day, Holders: func(skein.SkillID) int { return 0 }}
		if all := got.Comparison.Questions; len(all) > 0 { // everybody is counted alike for all of them
			p.People, p.Holders = all[0].People, func(s skein.SkillID) int { return all[0].Holders[s] }
		}
	}
	var o *own
	if me != "" {
		o = newOwn(mine)
	}
	return l, l.weigh(*p), o, nil
}

// some reads the leads named, or all, and with them the policy that holds.
func (r reader) some(ctx context.Context, named []skein.ProjectID, day skein.Date, p *comparison.Population, me skein.PersonID) (
	got factsdb.Leads, mine factsdb.Involvement, policy match.Policy, err error,
) {
	policy, err = r.chooser.Under(func(practices []skein.SkillID) (comparison.PolicyTables, error) {
		var err error
		got, mine, err = r.db.Facts.Leads(ctx, comparison.Asking{Projects: named, AsOf: day, Practices: practices, Population: p}, me)
		return got.Comparison.Policy, err
	})
	return got, mine, policy, err
}
