package factsdb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Compare reads, in one round trip, what the projects ask and what is known of the people.
func (db *Store) Compare(ctx context.Context, ask comparison.Asking) (comparison.Sides, error) {
	return Compare(ctx, db.pool, ask)
}

// Compare is Compare on a pool or within a transaction. However many projects and people there
// are, it is one batch.
func Compare(ctx context.Context, on core.Batcher, ask comparison.Asking) (comparison.Sides, error) {
	var r Comparing
	batch := &pgx.Batch{}
	args := pgx.NamedArgs{
		"projects": core.Texts(ask.Projects), "practices": core.Texts(ask.Practices),
		"people": core.Texts(ask.People), "day": ask.AsOf, "named": ask.People != nil, "then": ask.Then,
	}
	r.QueueQuestions(batch, ask, args)
	r.queueFacts(batch, ask, args)
	if err := on.SendBatch(ctx, batch).Close(); err != nil {
		return comparison.Sides{}, fmt.Errorf("compare: %w", err)
	}
	return r.Comparison(ask), nil
}

// Comparison puts all that was read together.
func (r *Comparing) Comparison(ask comparison.Asking) comparison.Sides {
	c := comparison.Sides{
		Questions:   r.questions(ask),
		Facts:       r.facts(),
		Policy:      r.policy,
		SkillNames:  map[skein.SkillID]string{},
		PersonNames: map[skein.PersonID]string{},
		Titles:      map[skein.ProjectID]string{},
		SourceNames: map[string]string{},
	}
	for _, s := range r.skills {
		c.SkillNames[skein.SkillID(s.ID)] = s.Name
	}
	for _, p := range r.people {
		c.PersonNames[skein.PersonID(p.ID)] = p.Name
	}
	for _, e := range r.evidence {
		if e.GivenBy != "" {
			c.PersonNames[skein.PersonID(e.GivenBy)] = e.GiverName
		}
		if e.About != "" {
			c.SourceNames[e.Source] = e.About
		}
	}
	for _, e := range r.earlier {
		c.Titles[skein.ProjectID(e.Project)] = e.Title
	}
	return c
}

// Comparing collects the rows of one batch until they are put together.
type Comparing struct {
	every      string // SQL for the projects, where they are not named
	everySkill bool   // facts are read in every skill, and not in those asked for

	phases       []phaseRow
	requirements []requirementRow
	guardrails   []skein.Guardrail
	skills       []skillRow
	counted      int
	holders      []holderRow
	policy       comparison.PolicyTables
	lastLeads    []placeRow
	placeHours   []placeRow

	people   []factRow
	evidence []seenRow
	earlier  []earlierRow
	wishes   []wishRow
	absences []absenceRow
}

// PlanOnce lets the statements of a batch keep the plans that they were given first. They name one
// project or person, so all their plans are alike, and making one takes longer than following it. The
// setting ends with the batch.
func PlanOnce(batch *pgx.Batch) {
	batch.Queue(`select set_config('plan_cache_mode', 'force_generic_plan', true)`)
}
