// Package chooser puts the store's rows before the engine: it reads what a project asks and what is
// known of people, and hands both to package match. It decides nothing itself.
package chooser

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/words"
)

// Chooser answers who suits what, from the store. Each answer is one round trip; a second one
// follows only when a new policy was published since the last.
type Chooser struct {
	db       *postgres.DB
	follower *Follower    // nil: everything is read
	index    *index.Index // the follower's
	policy   atomic.Pointer[published]
}

// published is the policy of published tables; version 0 is the engine's own.
type published struct {
	tables comparison.PolicyTables
	policy match.Policy
}

// of tells whether it is the policy of those tables. Their number alone does not tell: a restore may
// have published others under it.
func (p *published) of(t comparison.PolicyTables) bool {
	return p.tables.Version == t.Version && bytes.Equal(p.tables.Lens, t.Lens) && bytes.Equal(p.tables.Trust, t.Trust)
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
	State       skein.ProjectState
	Compared    bool // false: nobody is compared in this circle
	Query       match.Query
	Assessment  match.Assessment
	Explanation match.Explanation // spoken to the person themselves
	Names       match.Names
	Before      []Before // what the person led in this area before, the latest first
}

// Before is an earlier lead in the same area.
type Before struct {
	Title string
	From  skein.Date
}

// Ranking is everybody's place in one project.
type Ranking struct {
	Question comparison.Question
	Query    match.Query
	Ranked   []match.Ranked
	// Candidates are those ranked, by person's id.
	Candidates []match.Candidate
	Names      match.Names
}

// One compares a person with a project as of now.
func (c *Chooser) One(ctx context.Context, project skein.ProjectID, person skein.PersonID, today skein.Date) (Answer, error) {
	answers, err := c.Many(ctx, person, []skein.ProjectID{project}, today)
	if err != nil {
		return Answer{}, err
	}
	if len(answers) == 0 {
		return Answer{}, skein.ErrNotFound
	}
	return answers[0], nil
}

// Many compares one person with many projects as of now, in the order of the projects.
func (c *Chooser) Many(ctx context.Context, person skein.PersonID, projects []skein.ProjectID, today skein.Date) ([]Answer, error) {
	look, err := c.Look(ctx, person, projects, today)
	if err != nil {
		return nil, err
	}
	answers := make([]Answer, 0, len(projects))
	for _, project := range projects {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if a, ok := look.Answer(project); ok {
			answers = append(answers, a)
		}
	}
	return answers, nil
}

// Look is one person before many projects: read at once, answered one by one, because the whole
// answer with its nearest change takes a hundred times longer than the fit alone.
type Look struct {
	facts     comparison.Facts
	questions map[skein.ProjectID]comparison.Question
	policy    match.Policy
	names     match.Names
	titles    map[skein.ProjectID]string
}

// Look reads what is known of a person and what the projects ask, as of now.
func (c *Chooser) Look(ctx context.Context, person skein.PersonID, projects []skein.ProjectID, today skein.Date) (Look, error) {
	l := Look{questions: map[skein.ProjectID]comparison.Question{}}
	if len(projects) == 0 {
		return l, nil
	}
	got, policy, err := c.Compare(ctx, comparison.Asking{
		Projects: projects, People: []skein.PersonID{person}, AsOf: skein.AsOfDay(today),
	})
	if err != nil {
		return l, err
	}
	if len(got.Facts) == 0 {
		return l, fmt.Errorf("%s: %w", person, skein.ErrNotFound)
	}
	l.facts, l.policy, l.names = got.Facts[0], policy, NamesOf(got, true)
	l.titles = got.Titles
	for _, q := range got.Questions {
		l.questions[q.Project] = q
	}
	return l, nil
}

// LookAt is a person of whom so much is known before one project; skills are called by these names,
// else as the person's own are.
func LookAt(known comparison.Sides, q comparison.Question, policy match.Policy, skillNames map[skein.SkillID]string) Look {
	names := NamesOf(known, true)
	ours := names.Skill
	names.Skill = func(id skein.SkillID) string {
		if name := skillNames[id]; name != "" {
			return words.Name(name)
		}
		return ours(id)
	}
	return Look{
		facts: known.Facts[0], policy: policy, names: names, titles: known.Titles,
		questions: map[skein.ProjectID]comparison.Question{q.Project: q},
	}
}

// Names says what the person's page calls skills and people.
func (l Look) Names() match.Names { return l.names }

// Compare is how the person stands in a project, with the reasons but without the nearest change.
func (l Look) Compare(project skein.ProjectID) (match.Assessment, bool) {
	q, ok := l.questions[project]
	if !ok {
		return match.Assessment{}, false
	}
	return match.Compare(QueryOf(q, l.policy, ""), CandidateOf(l.facts, q)), true
}

// Answer is how the person stands in a project, with the reasons and the nearest change.
func (l Look) Answer(project skein.ProjectID) (Answer, bool) {
	q, ok := l.questions[project]
	if !ok {
		return Answer{}, false
	}
	a := Answer{Project: project, State: q.State, Compared: q.Matching, Query: QueryOf(q, l.policy, ""), Names: l.names}
	a.Assessment = match.Assess(a.Query, CandidateOf(l.facts, q))
	a.Explanation = match.Explain(a.Assessment, l.names)
	a.Before = l.before(q)
	return a, true
}

// Rank orders everybody who could lead a project now: see Question.AsOf.
func (c *Chooser) Rank(ctx context.Context, project skein.ProjectID, asOf skein.Date) (Ranking, error) {
	return c.rank(ctx, comparison.Asking{Projects: []skein.ProjectID{project}, AsOf: asOf})
}

// RankThen orders everybody who could have led a project as of a day that may have passed.
func (c *Chooser) RankThen(ctx context.Context, project skein.ProjectID, asOf skein.Date) (Ranking, error) {
	return c.rank(ctx, comparison.Asking{Projects: []skein.ProjectID{project}, AsOf: asOf, Then: true})
}

func (c *Chooser) rank(ctx context.Context, ask comparison.Asking) (Ranking, error) {
	got, policy, err := c.Compare(ctx, ask)
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
func (c *Chooser) Compare(ctx context.Context, ask comparison.Asking) (got comparison.Sides, policy match.Policy, err error) {
	if p, ok := c.Population(ctx, ask.AsOf); ok {
		ask.Population = &p
	}
	policy, err = c.Under(func(practices []skein.SkillID) (comparison.PolicyTables, error) {
		ask.Practices = practices
		var err error
		got, err = c.db.Facts.Compare(ctx, ask)
		return got.Policy, err
	})
	return got, policy, err
}

// Under reads what turns on the policy that holds, which it returns: read is told the practices that
// it may ask for, and returns the newest published tables. Where these ask for others it reads again.
func (c *Chooser) Under(read func(practices []skein.SkillID) (comparison.PolicyTables, error)) (match.Policy, error) {
	known := c.policy.Load()
	practices := Practices(known.policy)
	tables, err := read(practices)
	if err != nil || known.of(tables) {
		return known.policy, err
	}
	policy, err := c.publish(tables)
	if err != nil {
		return policy, err
	}
	if asks := Practices(policy); !slices.Equal(asks, practices) {
		_, err = read(asks)
	}
	return policy, err
}

// Policy returns the policy that holds.
func (c *Chooser) Policy(ctx context.Context) (match.Policy, error) {
	tables, err := c.db.Facts.Policy(ctx)
	if err != nil {
		return match.Policy{}, err
	}
	return c.publish(tables)
}

// publish remembers the policy of the newest tables.
func (c *Chooser) publish(t comparison.PolicyTables) (match.Policy, error) {
	if known := c.policy.Load(); known.of(t) {
		return known.policy, nil
	}
	policy, err := PolicyOf(t)
	if err == nil {
		c.policy.Store(&published{t, policy})
	}
	return policy, err
}
