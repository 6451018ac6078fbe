package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Dismiss keeps a project off by's home page: "Not for me".
func (db *Store) Dismiss(ctx context.Context, by skein.By, project skein.ProjectID) error {
	return db.move(ctx, by, project, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := shown(ctx, tx, project); err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `
			insert into dismissal (person_id, project_id, at)
			values ($1, $2, $3)
			on conflict do nothing`, by.Person, project, by.At)
		return dismissed(by, project, "project.dismiss", tag.RowsAffected()), err
	})
}

// Undismiss lets a project come back to by's home page.
func (db *Store) Undismiss(ctx context.Context, by skein.By, project skein.ProjectID) error {
	return db.move(ctx, by, project, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := shown(ctx, tx, project); err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `delete from dismissal where person_id = $1 and project_id = $2`, by.Person, project)
		return dismissed(by, project, "project.undismiss", tag.RowsAffected()), err
	})
}

// shown locks a project as one that everybody may know of. A draft is nobody's business but its
// proposer's.
func shown(ctx context.Context, tx pgx.Tx, project skein.ProjectID) error {
	_, err := core.Value[bool](ctx, tx, `select true from project where id = $1 and `+core.ProjectShown+` for share`, project)
	return err
}

func dismissed(by skein.By, project skein.ProjectID, action string, rows int64) []skein.Event {
	if rows == 0 {
		return nil
	}
	// Without the project's own column: whom a lead does not suit is not told on the project's page.
	return []skein.Event{{Action: action, Noun: "project", NounID: string(project)}}
}
