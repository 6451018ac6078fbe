package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// newProjectSQL makes a draft, under an id where one is given.
const newProjectSQL = `
	insert into project (id, title, proposed_by, state, made_at, idempotency_key)
	values (coalesce(nullif($1, ''), uuid_v7()::text), $2, $3, 'draft', $4, $5)
	on conflict on constraint project_sent_once do nothing
	returning id`

// newPhaseSQL makes the present stretch of a project that has none, under an id where one is given.
const newPhaseSQL = `
	insert into phase (id, project_id, number, stated_at)
	values (coalesce(nullif($1, '')::uuid, uuid_v7()), $2, $3, $4)
	returning id::text`

// CreateProject keeps a new draft. A key that was sent before makes nothing twice: the answer is
// the project that it made the first time.
func (db *Store) CreateProject(ctx context.Context, by skein.By, key string, p skein.Proposal) (skein.ProjectID, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		err := tx.QueryRow(ctx, newProjectSQL, "", p.Project.Title, by.Person, by.At, core.Nullable(key)).Scan(&p.Project.ID)
		if err == pgx.ErrNoRows {
			return nil, tx.QueryRow(ctx, `select id from project where idempotency_key = $1 and proposed_by = $2`,
				key, by.Person).Scan(&p.Project.ID)
		}
		if err != nil {
			return nil, err
		}
		p.Project.ProposedBy, p.Project.State = by.Person, skein.Draft
		err = tx.QueryRow(ctx, newPhaseSQL, "", p.Project.ID, 1, by.At).Scan(&p.Phase.ID)
		if err != nil {
			return nil, err
		}
		b, ids := &pgx.Batch{}, core.FreshIDs()
		saveProposal(b, by, &p)
		for i, n := range p.Needs {
			n.ID, n.Project = skein.NeedID(ids.Text()), p.Project.ID
			saveNeed(b, n, i)
		}
		return []skein.Event{{
			Action: "project.create", Noun: "project", NounID: string(p.Project.ID), Project: p.Project.ID, Circle: p.Project.Circle,
			Details: map[string]any{"title": p.Project.Title, "template": p.Project.Template},
		}}, tx.SendBatch(ctx, b).Close()
	})
	return p.Project.ID, err
}
