package chooser

import (
	"context"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

// stops tells whether a gate stops somebody, from leading what they lead, in one situation that does not in another.
func stops(c comparison.Sides, p skein.PersonID, was, now skein.Situation) (bool, error) {
	policy, err := PolicyOf(c.Policy)
	if err != nil || len(c.Questions) == 0 {
		return false, err
	}
	i := slices.IndexFunc(c.Facts, func(f comparison.Facts) bool { return f.Person == p })
	if i < 0 {
		return false, nil
	}
	failing := func(s skein.Situation) []string {
		q := c.Questions[0]
		q.Situation = s
		var names []string
		for _, g := range match.Compare(QueryOf(q, policy, ""), incumbentOf(c.Facts[i], q)).Gates {
			if !g.Pass {
				names = append(names, g.Name+" "+string(g.Skill))
			}
		}
		return names
	}
	before := failing(was)
	return slices.ContainsFunc(failing(now), func(g string) bool { return !slices.Contains(before, g) }), nil
}

// incumbentOf is a person as what they lead sees them: as if they held everything else, and not this.
func incumbentOf(f comparison.Facts, q comparison.Question) match.Candidate {
	c := CandidateOf(f, q)
	c.Leads, c.TermsRunning = max(0, c.Leads-1), max(0, c.TermsRunning-1)
	if c.FreeHours != nil && q.HoursPerWeek != nil {
		free := *c.FreeHours + *q.HoursPerWeek
		c.FreeHours = &free
	}
	return c
}

// Incumbent is how whoever leads a project stands in it as it is now, spoken to themselves where you says so; and how
// many others, but for some, are ready for it among the best k.
func (c *Chooser) Incumbent(
	ctx context.Context, project skein.ProjectID, person skein.PersonID, you bool, but []skein.PersonID, k int, today skein.Date,
) (a Answer, ready int, err error) {
	asOf := skein.AsOfDay(today)
	got, policy, err := c.Compare(ctx, comparison.Asking{Projects: []skein.ProjectID{project}, People: []skein.PersonID{person}, AsOf: asOf})
	switch {
	case err != nil:
		return a, 0, err
	case len(got.Facts) == 0 || len(got.Questions) == 0:
		return a, 0, skein.ErrNotFound
	}
	q := got.Questions[0]
	a = Answer{Project: project, State: q.State, Compared: q.Matching, Query: QueryOf(q, policy, ""), Names: NamesOf(got, you)}
	a.Assessment = match.Assess(a.Query, incumbentOf(got.Facts[0], q))
	a.Explanation = match.Explain(a.Assessment, a.Names)
	if !a.Compared {
		return a, 0, nil
	}
	ranked, err := c.bestOf(ctx, a.Query, q, k, asOf)
	for _, r := range ranked {
		if r.Zone == match.Ready && r.May() && r.Person != person && !slices.Contains(but, r.Person) {
			ready++
		}
	}
	return a, ready, err
}

// bestOf are the best k people for a question: from memory, else of everybody.
func (c *Chooser) bestOf(ctx context.Context, query match.Query, q comparison.Question, k int, asOf skein.Date) ([]match.Ranked, error) {
	if _, ok := c.Population(ctx, asOf); ok {
		if found, ok := c.index.Top(query, k, func(f comparison.Facts) match.Candidate { return CandidateOf(f, q) }); ok {
			return found.Ranked, nil
		}
	}
	r, err := c.whole(ctx, q.Project, k, asOf)
	return r.Ranked, err
}
