package doordb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// AddGroupRole has a group give a role from its people's next sign-in on. To add one twice is to add it once.
func (db *Store) AddGroupRole(ctx context.Context, by skein.By, g skein.GroupRole) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := g.Check(); err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `
			insert into group_role (name, kind, circle_id, made_at)
			values ($1, $2, $3, $4)
			on conflict on constraint group_role_once do nothing`, g.Group, g.Hat.Kind, core.Nullable(g.Hat.Circle), by.At)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return groupRoleSaid(ctx, tx, by, "organisation.group_role", g)
	})
}

// DropGroupRole has a group give a role no more. Whoever has it by that keeps it until their next sign-in.
func (db *Store) DropGroupRole(ctx context.Context, by skein.By, id string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var g skein.GroupRole
		err := tx.QueryRow(ctx, `delete from group_role where id = $1 returning name, kind, coalesce(circle_id, '')`, id).
			Scan(&g.Group, &g.Hat.Kind, &g.Hat.Circle)
		if err != nil {
			return nil, err
		}
		return groupRoleSaid(ctx, tx, by, "organisation.no_group_role", g)
	})
}

// groupRoleSaid tells the log and the other administrators: who gives a role to a group may give it to themselves.
func groupRoleSaid(ctx context.Context, tx pgx.Tx, by skein.By, action string, g skein.GroupRole) ([]skein.Event, error) {
	code := skein.CodeGroupRole
	if action != "organisation.group_role" {
		code = skein.CodeNoGroupRole
	}
	err := core.TellAccess(ctx, tx, by, skein.Notice{Code: code, Subject: by.Person, Hat: g.Hat.Kind, Circle: g.Hat.Circle})
	return []skein.Event{{
		Action: action, Noun: "organisation", NounID: "organisation", Circle: g.Hat.Circle, Details: map[string]any{"hat": g.Hat.Kind, "group": g.Group},
	}}, err
}

// Unlink forgets as whom of the provider's somebody came, and ends their sessions: whoever comes next with their address
// is them.
func (db *Store) Unlink(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `delete from identity where person_id = $1`, person)
		if err != nil {
			return nil, err
		}
		if tag.RowsAffected() == 0 {
			return nil, skein.Conflict{Why: "They are not linked any more: somebody else did that a moment ago."}
		}
		if _, err := endSessions(ctx, tx, person); err != nil {
			return nil, err
		}
		err = core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeUnlinked, Subject: person})
		return []skein.Event{{Action: "account.unlink", Noun: "account", NounID: string(person)}}, err
	})
}
