package chooser

import (
	"context"

	"skein/internal/comparison"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// Project is a project's page as one person sees it, and how they stand in it as of now.
func (c *Chooser) Project(ctx context.Context, id skein.ProjectID, person skein.PersonID, today skein.Date) (
	page leaddb.ProjectPage, answer Answer, err error,
) {
	ask := comparison.Asking{AsOf: skein.AsOfDay(today)}
	if p, ok := c.Population(ctx, ask.AsOf); ok {
		ask.Population = &p
	}
	var asked, known comparison.Sides
	policy, err := c.Under(func(practices []skein.SkillID) (comparison.PolicyTables, error) {
		ask.Practices = practices
		var err error
		page, asked, known, err = c.db.Lead.ProjectAsked(ctx, id, person, today, ask)
		return asked.Policy, err
	})
	if err != nil {
		return page, answer, err
	}
	if len(asked.Questions) == 0 {
		return page, answer, skein.ErrNotFound
	}
	answer, _ = LookAt(known, asked.Questions[0], policy, asked.SkillNames).Answer(id)
	return page, answer, nil
}
