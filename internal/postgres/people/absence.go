package peopledb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Leave is an absence as it is kept.
type Leave struct {
	ID    string
	From  skein.Date
	Until skein.Date // zero: open
}

// Absence is the leave without its id.
func (l Leave) Absence() skein.Absence { return skein.Absence{From: l.From, Until: l.Until} }

// Covers tells whether day lies in the leave.
func (l Leave) Covers(day skein.Date) bool { return l.Absence().Covers(day) }

const leaveColumns = `
	absence.id::text as id,
	absence.from_on as from,
	absence.until_on as until`

// AddAbsence notes a leave of by.
func (db *Store) AddAbsence(ctx context.Context, by skein.By, leave skein.Absence) error {
	if err := leave.Check(); err != nil {
		return err
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		id, err := core.Value[string](ctx, tx, `
			insert into absence (person_id, from_on, until_on)
			values ($1, $2, $3)
			returning id::text`, by.Person, leave.From, leave.Until)
		return own(by, "absence.add", map[string]any{"absence": id}), err
	})
}

// UpdateAbsence changes a leave of by; one of somebody else's is not found.
func (db *Store) UpdateAbsence(ctx context.Context, by skein.By, id string, change func(*skein.Absence) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		kept, err := core.One[Leave](ctx, tx, `
			select`+leaveColumns+`
			from absence
			where id::text = $1 and person_id = $2
			for update`, id, by.Person)
		if err != nil {
			return nil, err
		}
		leave := skein.Absence{From: kept.From, Until: kept.Until}
		if err := change(&leave); err != nil {
			return nil, err
		}
		if err := leave.Check(); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update absence set from_on = $2, until_on = $3 where id::text = $1`,
			id, leave.From, leave.Until)
		return own(by, "absence.update", map[string]any{"absence": id}), err
	})
}

// RemoveAbsence takes a leave of by back, as when it was noted by mistake.
func (db *Store) RemoveAbsence(ctx context.Context, by skein.By, id string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `delete from absence where id::text = $1 and person_id = $2`, id, by.Person)
		if err != nil {
			return nil, err
		}
		if tag.RowsAffected() == 0 {
			return nil, skein.ErrNotFound
		}
		return own(by, "absence.remove", map[string]any{"absence": id}), nil
	})
}

// ComingLeaveSQL reads somebody's leave that is not over yet.
const ComingLeaveSQL = `
select` + leaveColumns + `
from absence
where person_id = @me and coalesce(until_on >= @today, true)
order by from_on, id
limit 20`
