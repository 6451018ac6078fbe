package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// CreateProject keeps a new draft. A key that was sent before makes nothing twice: the answer is
// the project that it made the first time.
func (db *Store) CreateProject(ctx context.Context, by skein.By, key string, p skein.Proposal) (skein.ProjectID, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		err := tx.QueryRow(ctx, `
			insert into project (title, proposed_by, state, made_at, idempotency_key)
			values ($1, $2, 'draft', $3, $4)
			on conflict on constraint project_sent_once do nothing
			returning id`,
			p.Project.Title, by.Person, by.At, core.Nullable(key)).Scan(&p.Project.ID)
		if err == pgx.ErrNoRows {
			return nil, tx.QueryRow(ctx, `select id from project where idempotency_key = $1 and proposed_by = $2`,
				key, by.Person).Scan(&p.Project.ID)
		}
		if err != nil {
			return nil, err
		}
		p.Project.ProposedBy, p.Project.State = by.Person, skein.Draft
		err = tx.QueryRow(ctx, `insert into phase (project_id, stated_at) values ($1, $2) returning id::text`,
			p.Project.ID, by.At).Scan(&p.Phase.ID)
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
