package chooser

import (
	"context"
	"sync"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
)

type sinceKey struct{}

// Since returns a context for somebody who did something that was committed by a mark: what they are
// answered from memory holds it. Where memory does not follow within a second, what they ask is read
// from the database.
func (c *Chooser) Since(ctx context.Context, mark postgres.Mark) context.Context {
	if c.follower == nil || mark == "" {
		return ctx
	}
	return context.WithValue(ctx, sinceKey{}, sync.OnceValue(func() bool { return c.follower.reaches(ctx, mark) }))
}

// current tells whether memory may answer under a context.
func current(ctx context.Context) bool {
	reached, asked := ctx.Value(sinceKey{}).(func() bool)
	return !asked || reached()
}

// followLeads brings the leads in memory to what is committed.
func (c *Chooser) followLeads(ctx context.Context, day skein.Date, changes postgres.Changes) error {
	uncounted := &comparison.Population{Day: day, Holders: func(skein.SkillID) int { return 0 }}
	was := c.leads.Load()
	if was == nil || changes.AllLeads || len(changes.Leads) > len(was.list)/4+100 {
		next, _, _, err := c.readLeads(ctx, day, uncounted, "")
		if err == nil {
			c.leads.Store(next)
		}
		return err
	}
	if len(changes.Leads) == 0 {
		return nil
	}
	got, _, _, err := c.someLeads(ctx, changes.Leads, day, uncounted, "")
	if err == nil {
		c.leads.Store(was.with(changes.Leads, got))
	}
	return err
}

// seeLeads are all leads as of a day, where memory may answer.
func (c *Chooser) seeLeads(ctx context.Context, day skein.Date) (*leads, *weighed, bool) {
	p, counted := c.population(ctx, day)
	l := c.leads.Load()
	if !counted || l == nil || !l.day.Equal(day) {
		return nil, nil, false
	}
	return l, l.weigh(p), true
}

// answerTo works out how somebody of whom so much is known stands in a project.
func answerTo(known comparison.Sides, q comparison.Question, policy match.Policy, skillNames map[skein.SkillID]string) Answer {
	names := NamesOf(known, true)
	ours := names.Skill
	names.Skill = func(id skein.SkillID) string {
		if name := skillNames[id]; name != "" {
			return name
		}
		return ours(id)
	}
	look := Look{facts: known.Facts[0], policy: policy, names: names, titles: known.Titles, questions: map[skein.ProjectID]comparison.Question{q.Project: q}}
	a, _ := look.Answer(q.Project)
	return a
}
