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

// EndLeaves ends the leaves that by is on, and tells how many: yesterday was their last day, and one that began
// today never was.
func (db *Store) EndLeaves(ctx context.Context, by skein.By) (ended int, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		ended = 0
		var events []skein.Event
		for _, step := range []struct{ action, sql string }{
			{"absence.remove", `delete from absence where person_id = $1 and from_on = $2 and coalesce(until_on >= $2, true) returning id::text`},
			{"absence.update", `
				update absence set until_on = $2::date - 1
				where person_id = $1 and from_on < $2 and coalesce(until_on >= $2, true)
				returning id::text`},
		} {
			ids, err := core.Values[string](ctx, tx, step.sql, by.Person, by.Day)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				ended++
				events = append(events, own(by, step.action, map[string]any{"absence": id})...)
			}
		}
		return events, nil
	})
	return ended, err
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
