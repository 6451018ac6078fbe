package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/skein"
)

// batcher is what reads run on: the pool, or the transaction that decides a claim.
type batcher interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// Compare reads, in one round trip, what the projects ask and what is known of the people.
func (db *DB) Compare(ctx context.Context, ask comparison.Asking) (comparison.Sides, error) {
	return compare(ctx, db.pool, ask)
}

// compare is Compare on a pool or within a transaction. However many projects and people there
// are, it is one batch.
func compare(ctx context.Context, on batcher, ask comparison.Asking) (comparison.Sides, error) {
	var r comparing
	batch := &pgx.Batch{}
	args := pgx.NamedArgs{
		"projects": texts(ask.Projects), "practices": texts(ask.Practices),
		"people": texts(ask.People), "day": ask.AsOf, "named": ask.People != nil,
	}
	r.queueQuestions(batch, ask, args)
	r.queueFacts(batch, ask, args)
	if err := on.SendBatch(ctx, batch).Close(); err != nil {
		return comparison.Sides{}, fmt.Errorf("compare: %w", err)
	}
	return r.comparison(ask), nil
}

// comparison puts all that was read together.
func (r *comparing) comparison(ask comparison.Asking) comparison.Sides {
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

// comparing collects the rows of one batch until they are put together.
type comparing struct {
	every      string // SQL for the projects, where they are not named
	everySkill bool   // facts are read in every skill, and not in those asked for

	phases       []phaseRow
	requirements []requirementRow
	guardrails   []skein.Guardrail
	skills       []skillRow
	counted      int
	holders      []holderRow
	policy       comparison.PolicyTables
	lastLeads    []lastLeadRow

	people   []factRow
	evidence []seenRow
	earlier  []earlierRow
	wishes   []wishRow
	absences []absenceRow
}

// planOnce lets the statements of a batch keep the plans that they were given first. They name one
// project or person, so all their plans are alike, and making one takes longer than following it. The
// setting ends with the batch.
func planOnce(batch *pgx.Batch) {
	batch.Queue(`select set_config('plan_cache_mode', 'force_generic_plan', true)`)
}

// collect queues sql and appends its rows to into when the batch is read.
func collect[T any](batch *pgx.Batch, into *[]T, sql string, args pgx.NamedArgs) {
	batch.Queue(sql, args).Query(func(rows pgx.Rows) error {
		var err error
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	})
}

// texts turns ids into what the database takes as an array.
func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// ids turns an array of the database into ids.
func ids[T ~string](from []string) []T {
	out := make([]T, len(from))
	for i, id := range from {
		out[i] = T(id)
	}
	return out
}
