package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

const windowColumns = `
	claim_window.id::text as id,
	claim_window.project_id as project,
	claim_window.phase_id::text as phase,
	claim_window.number,
	claim_window.opened_at,
	coalesce(claim_window.closes_at, '0001-01-01 00:00:00+00') as closes_at,
	claim_window.sealed,
	coalesce(claim_window.closed_at, '0001-01-01 00:00:00+00') as closed_at,
	coalesce(claim_window.told_at, '0001-01-01 00:00:00+00') as told_at,
	claim_window.state,
	claim_window.seed,
	coalesce(claim_window.claimed, 0) as claimed`

// insertWindow opens a window, under the next number of its phase and with a seed of its own: the
// lottery is drawn before anybody claims.
func insertWindow(ctx context.Context, tx pgx.Tx, w skein.Window) (skein.Window, error) {
	rows, _ := tx.Query(ctx, `
		insert into claim_window (project_id, phase_id, number, opened_at, closes_at, state, seed)
		select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, gen_random_uuid()::text
		from claim_window
		where phase_id = $2
		returning`+windowColumns, w.Project, w.Phase, w.OpenedAt, nullTime(w.ClosesAt), w.State)
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Window])
}

// saveWindow keeps what became of a window.
func saveWindow(ctx context.Context, tx pgx.Tx, w skein.Window) error {
	var claimed *int
	if w.State.Over() {
		claimed = &w.Claimed
	}
	_, err := tx.Exec(ctx, `
		update claim_window
		set closes_at = $2, sealed = $3, closed_at = $4, told_at = $5, state = $6, claimed = $7
		where id = $1`,
		w.ID, nullTime(w.ClosesAt), w.Sealed, nullTime(w.ClosedAt), nullTime(w.ToldAt), w.State, claimed)
	return err
}

// openWindow opens claims for the present phase of a project that is being published, or opened
// again. The caller holds the project's row.
func openWindow(ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID) ([]skein.Event, error) {
	f, err := startFlow(ctx, tx, by, project, false)
	if err != nil {
		return nil, err
	}
	if err := f.open(ctx, skein.OpenWindow(f.project, f.phase, 0, "", f.rules.Clocks, by.At)); err != nil {
		return nil, err
	}
	return f.events, f.tell(ctx)
}

// open makes w the flow's window.
func (f *flow) open(ctx context.Context, w skein.Window) error {
	w, err := insertWindow(ctx, f.tx, w)
	if err != nil {
		return err
	}
	f.window, f.claims = w, nil
	details := map[string]any{"number": w.Number}
	if !w.ClosesAt.IsZero() {
		details["closes_at"] = w.ClosesAt
	}
	f.note("window.open", "claim_window", string(w.ID), details)
	return nil
}

// restartWindow begins claims again because what they were sent for has changed: those who claimed
// are told, and their claims stand unless they take them back. It does so whether or not anybody
// has claimed, so that it tells nobody of a claim. The caller holds the project's row; where no
// claims gather there is nothing to do.
func restartWindow(ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID) ([]skein.Event, error) {
	f, err := startFlow(ctx, tx, by, project, false)
	if err != nil {
		return nil, err
	}
	err = f.enterOpen(ctx)
	if translate(err) == skein.ErrNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	told := f.claims
	if err := f.restart(ctx, skein.OpenWindow(f.project, f.phase, 0, "", f.rules.Clocks, by.At)); err != nil {
		return nil, err
	}
	for _, c := range told {
		if c.State == skein.ClaimSubmitted && c.Person != by.Person {
			f.say(c.Person, skein.NoticeRestarted, "window:"+string(f.window.ID),
				f.project.Title+" has changed since you claimed it, so claims gather again. Yours stands; look whether it should.",
				f.claimLink())
		}
	}
	return f.events, f.tell(ctx)
}

// restart ends the flow's window and goes on in next, with the claims that were drafted or sent.
func (f *flow) restart(ctx context.Context, next skein.Window) error {
	old, claims := f.window, f.claims
	if err := f.endWindow(ctx, skein.WindowRestarted); err != nil {
		return err
	}
	if err := f.voidInvites(ctx); err != nil {
		return err
	}
	if err := f.open(ctx, next); err != nil {
		return err
	}
	_, err := f.tx.Exec(ctx, `
		update claim
		set window_id = $2, phase_id = $3, state = case state when 'draft' then 'draft' else 'submitted' end,
			place = null, band = null, turn = null, rule = '', sentence = '', band_size = null, stops = '', assessment = null,
			decided_at = null
		where window_id = $1 and state in ('draft', 'submitted', 'chosen')`, old.ID, f.window.ID, f.window.Phase)
	if err != nil {
		return err
	}
	// A claim that was carried over counts as one that has just come.
	for _, c := range claims {
		if c.State == skein.ClaimSubmitted || c.State == skein.ClaimChosen {
			f.window.ClaimCame(f.project.Trust, c.Zone, f.phase.Situation.Urgency, f.rules.Clocks, f.by.At)
		}
	}
	return saveWindow(ctx, f.tx, f.window)
}

// endWindow closes the flow's window for good. Nothing of it is sealed any more, except what goes
// on in the next.
func (f *flow) endWindow(ctx context.Context, state skein.WindowState) error {
	f.window.State = state
	if f.window.ClosedAt.IsZero() {
		f.window.ClosedAt = f.by.At
	}
	if f.window.ToldAt.IsZero() {
		f.window.ToldAt = f.by.At
	}
	return saveWindow(ctx, f.tx, f.window)
}

// voidClaims ends every claim, pick, invitation and offer of a project that was cancelled or
// completed, and tells those who had one. The caller holds the project's row.
func voidClaims(ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID) ([]skein.Event, error) {
	f, err := startFlow(ctx, tx, by, project, false)
	if err != nil {
		return nil, err
	}
	var people []skein.PersonID
	batch := &pgx.Batch{}
	batch.Queue(`
		with voided as (
			update claim set state = 'void', decided_at = $2
			where project_id = $1 and state in ('draft', 'submitted', 'chosen', 'offered', 'accepted', 'not_chosen')
				and window_id in (select id from claim_window where project_id = $1 and state not in ('taken', 'restarted', 'void'))
			returning person_id, state
		), invited as (
			update invite set state = 'void', answered_at = $2
			where project_id = $1 and state = 'waiting'
			returning person_id
		), offered as (
			update term set state = 'void', ended_at = $2
			where project_id = $1 and state in ('asked', 'offered', 'accepted')
			returning person_id
		)
		select person_id from voided union select person_id from invited union select person_id from offered
		order by 1`, project, by.At).Query(func(rows pgx.Rows) (err error) {
		people, err = pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
		return err
	})
	batch.Queue(`update pick set state = 'void', answered_at = $2 where project_id = $1 and state = 'waiting'`, project, by.At)
	batch.Queue(`
		update claim_window
		set state = 'void', closed_at = coalesce(closed_at, $2), told_at = coalesce(told_at, $2)
		where project_id = $1 and state in ('open', 'inviting', 'picked')`, project, by.At)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	for _, p := range people {
		if p != by.Person {
			f.say(p, skein.NoticeTaken, fmt.Sprintf("void:%s:%d", project, by.At.UnixMicro()),
				f.project.Title+" is "+f.project.State.Words()+", so nothing more comes of your claim.", f.projectLink())
		}
	}
	f.note("claims.void", "project", string(project), nil)
	return f.events, f.tell(ctx)
}
