// Package chooser puts the store's rows before the engine: it reads what a project asks and what is
// known of people, and hands both to package match. It decides nothing itself.
package chooser

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// Chooser answers who suits what, from the store. Each answer is one round trip; a second one
// follows only when a new policy was published since the last.
type Chooser struct {
	db     *postgres.DB
	policy atomic.Pointer[published]
}

// published is the policy of a version of the tables; version 0 is the engine's own.
type published struct {
	version int
	policy  match.Policy
}

// New returns a chooser on a store.
func New(db *postgres.DB) *Chooser {
	c := &Chooser{db: db}
	c.policy.Store(&published{policy: match.DefaultPolicy()})
	return c
}

// Answer is how one person stands in one project.
type Answer struct {
	Project     skein.ProjectID
	Compared    bool // false: nobody is compared in this circle
	Query       match.Query
	Assessment  match.Assessment
	Explanation match.Explanation // spoken to the person themselves
	Names       match.Names
}

// Ranking is everybody's place in one project.
type Ranking struct {
	Question skein.Question
	Query    match.Query
	Ranked   []match.Ranked
	// Candidates are those ranked, by person's id.
	Candidates []match.Candidate
	Names      match.Names
}

// One compares a person with a project as of now.
func (c *Chooser) One(ctx context.Context, project skein.ProjectID, person skein.PersonID, now time.Time) (Answer, error) {
	answers, err := c.Board(ctx, person, []skein.ProjectID{project}, now)
	if err != nil {
		return Answer{}, err
	}
	if len(answers) == 0 {
		return Answer{}, skein.ErrNotFound
	}
	return answers[0], nil
}

// Board compares one person with many projects as of now, in the order of the projects.
func (c *Chooser) Board(ctx context.Context, person skein.PersonID, projects []skein.ProjectID, now time.Time) ([]Answer, error) {
	if len(projects) == 0 {
		return nil, nil
	}
	got, policy, err := c.Compare(ctx, skein.Asking{
		Projects: projects, People: []skein.PersonID{person}, AsOf: skein.AsOfNow(now),
	})
	if err != nil {
		return nil, err
	}
	if len(got.Facts) == 0 {
		return nil, fmt.Errorf("%s: %w", person, skein.ErrNotFound)
	}
	names := NamesOf(got, true)
	answers := make([]Answer, len(got.Questions))
	for i, q := range got.Questions {
		a := Answer{Project: q.Project, Compared: q.Matching, Query: QueryOf(q, policy, ""), Names: names}
		a.Assessment = match.Assess(a.Query, CandidateOf(got.Facts[0], q))
		a.Explanation = match.Explain(a.Assessment, names)
		answers[i] = a
	}
	return answers, nil
}

// Rank orders everybody who could lead a project as of a day: see Question.AsOf.
func (c *Chooser) Rank(ctx context.Context, project skein.ProjectID, asOf skein.Date) (Ranking, error) {
	got, policy, err := c.Compare(ctx, skein.Asking{Projects: []skein.ProjectID{project}, AsOf: asOf})
	if err != nil {
		return Ranking{}, err
	}
	if len(got.Questions) == 0 {
		return Ranking{}, skein.ErrNotFound
	}
	r := Ranking{Question: got.Questions[0], Names: NamesOf(got, false)}
	r.Query = QueryOf(r.Question, policy, "")
	r.Candidates = CandidatesOf(got.Facts, r.Question)
	r.Ranked = match.Rank(r.Query, r.Candidates)
	return r, nil
}

// Compare reads a comparison together with the policy that holds.
func (c *Chooser) Compare(ctx context.Context, ask skein.Asking) (skein.Comparison, match.Policy, error) {
	known := c.policy.Load()
	ask.Practices = Practices(known.policy)
	got, err := c.db.Compare(ctx, ask)
	if err != nil {
		return got, match.Policy{}, err
	}
	if got.Policy.Version == known.version {
		return got, known.policy, nil
	}
	policy, err := PolicyOf(got.Policy)
	if err != nil {
		return got, policy, err
	}
	c.policy.Store(&published{got.Policy.Version, policy})
	if asks := Practices(policy); !slices.Equal(asks, ask.Practices) {
		ask.Practices = asks
		got, err = c.db.Compare(ctx, ask)
	}
	return got, policy, err
}

// Policy returns the policy that holds.
func (c *Chooser) Policy(ctx context.Context) (match.Policy, error) {
	_, policy, err := c.Compare(ctx, skein.Asking{People: []skein.PersonID{}, AsOf: time.Unix(0, 0).UTC()})
	return policy, err
}
