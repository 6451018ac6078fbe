package chooser

import (
	"context"
	"slices"

	"skein/internal/comparison"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// Project is a project's page as one person sees it, and how they stand in it as of now.
func (c *Chooser) Project(ctx context.Context, id skein.ProjectID, person skein.PersonID, today skein.Date) (postgres.ProjectPage, Answer, error) {
	known := c.policy.Load()
	ask := comparison.Asking{AsOf: skein.AsOfDay(today), Practices: Practices(known.policy)}
	if p, ok := c.population(ctx, ask.AsOf); ok {
		ask.Population = &p
	}
	page, asked, about, err := c.db.ProjectAsked(ctx, id, person, ask)
	if err != nil {
		return page, Answer{}, err
	}
	policy := known.policy
	if asked.Policy.Version != known.version {
		if policy, err = c.publish(asked.Policy); err != nil {
			return page, Answer{}, err
		}
		if asks := Practices(policy); !slices.Equal(asks, ask.Practices) {
			ask.Practices = asks
			if page, asked, about, err = c.db.ProjectAsked(ctx, id, person, ask); err != nil {
				return page, Answer{}, err
			}
		}
	}
	if len(asked.Questions) == 0 {
		return page, Answer{}, skein.ErrNotFound
	}
	return page, answerTo(about, asked.Questions[0], policy, asked.SkillNames), nil
}
