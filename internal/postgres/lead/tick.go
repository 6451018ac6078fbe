package leaddb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
)

// dueRow is a row whose time has come.
type dueRow struct {
	ID      string
	Project skein.ProjectID
	Window  skein.WindowID
}

// Tick makes every move whose clock has run out by now. It may run on any number of servers at
// once: each row is acted on by one of them, once. Rows that fail do not hold up the others; their
// errors are returned together.
func (db *Store) Tick(ctx context.Context, now time.Time, judge Judge) error {
	by, err := db.itself(ctx, now)
	if err != nil {
		return err
	}
	failed := db.tick(ctx, by, judge, lead.Clocks)
	if err := db.remind(ctx, by); err != nil {
		failed = errors.Join(failed, fmt.Errorf("tick remind: %w", err))
	}
	return errors.Join(failed, ctx.Err())
}

// PassOn passes on at once what people hold who have left.
func (db *Store) PassOn(ctx context.Context, now time.Time, judge Judge) error {
	by, err := db.itself(ctx, now)
	if err != nil {
		return err
	}
	return db.tick(ctx, by, judge, []lead.Clock{lead.ClockGone, lead.ClockReview})
}

func (db *Store) tick(ctx context.Context, by skein.By, judge Judge, clocks []lead.Clock) error {
	var failed error
	for _, clock := range clocks {
		tried := []string{}
		for ctx.Err() == nil {
			id, err := db.tickOne(ctx, by, judge, clock, tried)
			if id == "" && err == nil {
				break
			}
			if id == "" {
				return errors.Join(failed, fmt.Errorf("tick %s: %w", clock, err))
			}
			if err != nil && !errors.Is(err, errBusy) {
				failed = errors.Join(failed, fmt.Errorf("tick %s %s: %w", clock, id, err))
			}
			// Acted on, busy elsewhere or failed: either way not again in this tick.
			tried = append(tried, id)
		}
	}
	return failed
}

// itself is Skein acting by the clock, on the organisation's day.
func (db *Store) itself(ctx context.Context, now time.Time) (skein.By, error) {
	org, err := gameboarddb.New(db.pool).Organisation(ctx)
	return skein.Itself(now, org.Location()), err
}

// tickOne finds a row that is due and acts on it. Each is a transaction of its own, so that whatever
// stops a server in between leaves every move either made or not begun.
func (db *Store) tickOne(ctx context.Context, by skein.By, judge Judge, clock lead.Clock, tried []string) (string, error) {
	row, err := core.One[dueRow](ctx, db.pool, finds[clock], pgx.NamedArgs{"now": by.At, "day": by.Day, "today": by.Day, "tried": tried})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", core.Translate(err)
	}
	with := []With{busy, Judging(judge), WithWindow(row.Window)}
	switch clock {
	case lead.ClockWindow:
		with = append(with, Closes)
	case lead.ClockReconsider:
		with = append(with, WithProposal()) // which is copied where it becomes two
	}
	return row.ID, db.UpdateLead(ctx, by, row.Project, func(l *lead.Lead) error {
		for _, act := range lead.Due(l, by) { // still, now that the project is locked
			if act.Clock == clock && act.ID == row.ID {
				return act.Do(by)
			}
		}
		return nil
	}, with...)
}

// remind tells people of what ends soon: a lead, some days before its last one, and a window with a
// fixed end in which they have a draft that was not sent.
func (db *Store) remind(ctx context.Context, by skein.By) error {
	var notices []skein.Notice
	rows, _ := db.pool.Query(ctx, `
		select term.id::text, term.person_id, term.project_id, term.ends_on, soon.days
		from term
		join lateral (
			select min(days) as days from unnest($2::int[]) days where term.ends_on - $1::date <= days
		) soon on soon.days is not null
		where term.state in `+core.TermHolds+` and term.role = 'primary' and term.ends_on <= $3
			and not exists (
				select from notice
				where notice.person_id = term.person_id and notice.kind = 'ending'
					and notice.about = 'ends:' || term.id || ':' || term.ends_on || ':' || soon.days
			)`, by.Day, lead.EndsSoon, by.Day.AddDate(0, 0, slices.Max(lead.EndsSoon)))
	var id string
	var days int
	n := skein.Notice{Kind: skein.NoticeEnding}
	_, err := pgx.ForEachRow(rows, []any{&id, &n.To, &n.Project, &n.On, &days}, func() error {
		n.About = fmt.Sprintf("ends:%s:%s:%d", id, n.On.Format(time.DateOnly), days)
		notices = append(notices, n)
		return nil
	})
	if err != nil {
		return err
	}
	rows, _ = db.pool.Query(ctx, `
		select claim_window.id::text, claim.person_id, claim.project_id
		from claim_window
		join claim on claim.window_id = claim_window.id and claim.state = 'draft'
		where claim_window.closed_at is null
			and claim_window.closes_at > $1 and claim_window.closes_at <= $2
			and not exists (
				select from notice
				where notice.person_id = claim.person_id and notice.kind = 'closing'
					and notice.about = 'closing:' || claim_window.id
			)`, by.At, by.At.Add(lead.ClosesSoon))
	n = skein.Notice{Kind: skein.NoticeClosing}
	_, err = pgx.ForEachRow(rows, []any{&id, &n.To, &n.Project}, func() error {
		n.About = "closing:" + id
		notices = append(notices, n)
		return nil
	})
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error { return core.Tell(ctx, tx, by, notices) })
}
