package chooser

import (
	"context"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// With makes the chooser rank through what a follower keeps in memory, for the day that it answers
// for. Call it before anything is asked.
func (c *Chooser) With(f *Follower) *Chooser {
	c.follower, c.index = f, f.index
	return c
}

// Population is how many could lead as of a day, where memory may answer.
func (c *Chooser) Population(ctx context.Context, day skein.Date) (comparison.Population, bool) {
	if c.index == nil {
		return comparison.Population{}, false
	}
	if _, loaded := c.index.Day(); !loaded || !current(ctx) {
		return comparison.Population{}, false
	}
	p, ok := c.index.Population()
	if !ok || p.Day.Equal(day) {
		return p, ok
	}
	c.follower.stir() // the day may have turned
	return p, false
}

// Top is the beginning of Rank: the best k people for a project as of a day. From memory it takes
// the same time however many people there are; what it does not have in memory it reads.
func (c *Chooser) Top(ctx context.Context, project skein.ProjectID, k int, asOf skein.Date) (Ranking, error) {
	if _, ok := c.Population(ctx, asOf); !ok {
		return c.whole(ctx, project, k, asOf)
	}
	got, policy, err := c.Compare(ctx, comparison.Asking{Projects: []skein.ProjectID{project}, People: []skein.PersonID{}, AsOf: asOf})
	if err != nil {
		return Ranking{}, err
	}
	if len(got.Questions) == 0 {
		return Ranking{}, skein.ErrNotFound
	}
	r := Ranking{Question: got.Questions[0]}
	r.Query = QueryOf(r.Question, policy, "")
	found, ok := c.index.Top(r.Query, k, func(f comparison.Facts) match.Candidate { return CandidateOf(f, r.Question) })
	if !ok {
		return c.whole(ctx, project, k, asOf)
	}
	r.Ranked = found.Ranked
	shown, err := c.shown(ctx, project, r, asOf)
	if err != nil {
		return Ranking{}, err
	}
	r.Candidates, r.Names = CandidatesOf(shown.Facts, r.Question), NamesOf(shown, false)
	return r, nil
}

// NewGround names those among the best k people for a project who are ready, may lead and have never led
// anything, in their order; nobody where nobody is compared.
func (c *Chooser) NewGround(ctx context.Context, project skein.ProjectID, k int, today skein.Date) ([]string, error) {
	r, err := c.Top(ctx, project, k, skein.AsOfDay(today))
	if err != nil || !r.Question.Matching {
		return nil, err
	}
	var names []string
	for _, ranked := range match.NewGround(r.Ranked) {
		names = append(names, r.Names.Person(ranked.Person))
	}
	return names, nil
}

// whole is Top without anything in memory.
func (c *Chooser) whole(ctx context.Context, project skein.ProjectID, k int, asOf skein.Date) (Ranking, error) {
	r, err := c.Rank(ctx, project, asOf)
	r.Ranked = r.Ranked[:min(k, len(r.Ranked))]
	return r, err
}

// shown reads afresh those who will be shown, for their reasons and names.
func (c *Chooser) shown(ctx context.Context, project skein.ProjectID, r Ranking, asOf skein.Date) (comparison.Sides, error) {
	people := make([]skein.PersonID, len(r.Ranked))
	for i, x := range r.Ranked {
		people[i] = x.Person
	}
	got, _, err := c.Compare(ctx, comparison.Asking{Projects: []skein.ProjectID{project}, People: people, AsOf: asOf})
	return got, err
}

// shortlist names who comes into question when the next people are invited: everybody down to the
// end of the band that would be asked, and whoever fits best, by whom all others are measured.
func (c *Chooser) shortlist(nobody comparison.Sides, w skein.Window, asked []skein.PersonID) ([]skein.PersonID, bool) {
	x, err := newClosing(leaddb.Closing{Window: w, Comparison: nobody})
	if err != nil {
		return nil, false
	}
	as := func(f comparison.Facts) match.Candidate { return CandidateOf(f, x.question) }
	for k := 64; ; k *= 4 {
		found, ok := c.index.Top(x.query, k, as)
		if !ok {
			return nil, false
		}
		band := match.Invite(x.query, found.Ranked, found.Candidates, asked)
		last := len(found.Ranked) - 1
		done := len(band) > 0 && band[0].Zone == match.Ready && band[0].Band != found.Ranked[last].Band
		if !done && !found.Whole {
			continue
		}
		people := make([]skein.PersonID, len(found.Candidates))
		for i, candidate := range found.Candidates {
			people[i] = candidate.Person
		}
		slices.Sort(people)
		return people, true
	}
}
