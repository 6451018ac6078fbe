package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// clocks reads how long the steps of a claim may take.
func clocks(ctx context.Context, tx pgx.Tx) (skein.Clocks, error) {
	var window, confirm, answer, needs, shortest int
	err := tx.QueryRow(ctx, `
		select window_hours, confirm_hours, answer_hours, needs_hours,
			coalesce((select number from guardrail where kind = 'shortest_window' and retired_at is null), 0)
		from organisation`).Scan(&window, &confirm, &answer, &needs, &shortest)
	return skein.Clocks{
		Window: hours(window), Confirm: hours(confirm), Answer: hours(answer), Needs: hours(needs),
		Shortest: hours(24 * shortest),
	}, err
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

// beginWindow keeps a new window and returns its id. Its number is the next of the phase.
func beginWindow(ctx context.Context, tx pgx.Tx, w skein.Window) (skein.WindowID, error) {
	var id skein.WindowID
	err := tx.QueryRow(ctx, `
		insert into claim_window (project_id, phase_id, number, opened_at, closes_at, state, seed)
		select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6
		from claim_window
		where phase_id = $2
		returning id::text`,
		w.Project, w.Phase, w.OpenedAt, nullTime(w.ClosesAt), w.State, w.Seed).Scan(&id)
	return id, err
}

// restartWindow ends the window that is open and begins another: what it is like has changed.
// Claims that were sent go over into it, so that nobody has to write theirs again; whoever sent
// one, or began one, is told. It returns the new window, or "" where none was open.
func restartWindow(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Project, ph skein.Phase, seed string) (skein.WindowID, error) {
	var old skein.WindowID
	err := tx.QueryRow(ctx, `
		update claim_window set state = 'restarted', closed_at = $2
		where project_id = $1 and closed_at is null
		returning id::text`, p.ID, by.At).Scan(&old)
	if err == pgx.ErrNoRows {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	times, err := clocks(ctx, tx)
	if err != nil {
		return "", err
	}
	next, err := beginWindow(ctx, tx, skein.OpenWindow(p, ph, 0, seed, times, by.At))
	if err != nil {
		return "", err
	}
	told, err := carryClaims(ctx, tx, old, next)
	if err != nil {
		return "", err
	}
	if err := resumeClock(ctx, tx, next, times.OnTrust(ph.Situation.Urgency), by.At); err != nil {
		return "", err
	}
	if err := voidInvites(ctx, tx, old, by.At); err != nil {
		return "", err
	}
	var notices []skein.Notice
	for person, claim := range told {
		notices = append(notices, skein.Notice{
			Person: person, Kind: skein.NoticeRestarted, Project: p.ID, Claim: claim,
			Says:  "What " + p.Title + " is like has changed, so its claims gather anew. Yours stands; look whether it still fits.",
			Link:  "/projects/" + string(p.ID) + "/claim",
			About: "window " + string(next),
		})
	}
	return next, notify(ctx, tx, by, notices)
}

// carryClaims moves claims that still stand into the next window, and returns whose they are.
func carryClaims(ctx context.Context, tx pgx.Tx, old, next skein.WindowID) (map[skein.PersonID]skein.ClaimID, error) {
	rows, _ := tx.Query(ctx, `
		update claim set window_id = $2, phase_id = (select phase_id from claim_window where id = $2)
		where window_id = $1 and state in ('draft', 'submitted')
		returning person_id, id::text`, old, next)
	told := map[skein.PersonID]skein.ClaimID{}
	var person skein.PersonID
	var claim skein.ClaimID
	_, err := pgx.ForEachRow(rows, []any{&person, &claim}, func() error {
		told[person] = claim
		return nil
	})
	return told, err
}

// resumeClock gives an end to a window that has none yet but already holds a claim: on trust the
// first claim starts the clock, and one that was carried over is a first claim too.
func resumeClock(ctx context.Context, tx pgx.Tx, window skein.WindowID, after time.Duration, at time.Time) error {
	_, err := tx.Exec(ctx, `
		update claim_window set closes_at = $2, sealed = true
		where id = $1 and closes_at is null
			and exists (select from claim where claim.window_id = claim_window.id and claim.state = 'submitted')`,
		window, at.Add(after))
	return err
}

// voidInvites ends the invitations of a window that nobody answers any more.
func voidInvites(ctx context.Context, tx pgx.Tx, window skein.WindowID, at time.Time) error {
	_, err := tx.Exec(ctx, `
		update invite set state = 'void', answered_at = $2
		where window_id = $1 and state = 'waiting'`, window, at)
	return err
}
