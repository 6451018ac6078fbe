package chooser

import (
	"context"
	"time"

	"skein/internal/postgres"
	"skein/internal/recall"
	"skein/internal/skein"
)

// project is a project as everybody sees it, and what it asks.
type project struct {
	page postgres.ProjectPage
	asker
	day        skein.Date
	skillNames map[skein.SkillID]string
	tables     *published
	crowd      skein.Population // as it was counted, when it is not known in memory
}

// Made tells apart what answers were made from: where it is the same, so is all that they say. The
// zero Made is nobody's.
type Made [3]uint64

// Project is a project's page as one person sees it, and how they stand in it as of now.
func (c *Chooser) Project(ctx context.Context, id skein.ProjectID, person skein.PersonID, now time.Time) (
	page postgres.ProjectPage, answer Answer, made Made, err error,
) {
	day := skein.AsOfNow(now)
	key := "project " + dayKey(day) + " " + string(id)
	p, err := recall.Keep(ctx, c.Memory(), key, func() (*project, []recall.On, error) {
		p, err := c.readProject(ctx, id, day)
		return p, []recall.On{recall.OnProject(id)}, err
	})
	if err != nil {
		return page, answer, made, err
	}
	o, err := c.seeOwn(ctx, person, day)
	if err != nil {
		return page, answer, made, err
	}
	page = p.page
	if w := page.Window; w != nil {
		if claim := o.claims[w.ID]; claim != nil {
			page.Claim = &skein.Claim{
				ID: claim.ID, Window: claim.Window, Project: id, Person: person,
				State: claim.State, Why: claim.Why, Unscored: claim.Unscored, SubmittedAt: claim.SubmittedAt,
			}
		}
		page.Invited = o.invited[w.ID]
	}
	crowd, ok := c.population(day)
	if !ok {
		crowd = p.crowd
	}
	x := c.answered(o, &p.asker, p.tables.policy, p.skillNames, crowd)
	return page, x.Answer, Made{p.serial, o.serial, x.serial}, nil
}

// readProject reads a project and what it asks, and with it the policy that holds.
func (c *Chooser) readProject(ctx context.Context, id skein.ProjectID, day skein.Date) (*project, error) {
	known := c.policy.Load()
	ask := skein.Asking{AsOf: day, Practices: Practices(known.policy)}
	if p, ok := c.population(day); ok {
		ask.Population = &p
	}
	page, got, err := c.db.ProjectAsked(ctx, id, ask)
	if err != nil {
		return nil, err
	}
	if got.Policy.Version != known.version {
		if _, err = c.publish(got.Policy); err != nil {
			return nil, err
		}
		known = c.policy.Load()
		ask.Practices = Practices(known.policy)
		if page, got, err = c.db.ProjectAsked(ctx, id, ask); err != nil {
			return nil, err
		}
	}
	if len(got.Questions) == 0 {
		return nil, skein.ErrNotFound
	}
	q := got.Questions[0]
	return &project{
		page: page, asker: newAsker(q, known.policy, "page's answer "), day: day, skillNames: got.SkillNames, tables: known,
		crowd: skein.Population{Day: day, People: q.People, Holders: func(s skein.SkillID) int { return q.Holders[s] }},
	}, nil
}
