package keepdb

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// atATime is how many rows go in one transaction, so that nobody waits for them; rows of windows carry more with them.
const (
	atATime        = 500
	windowsAtATime = 50
)

// removes deletes some rows of a kind that were done with before @before and that nobody waits for, at most @some.
// Rows that somebody has in hand are left to the next time, so that any number of servers may do it at once.
var removes = map[skein.KeptKind]string{
	skein.KeptNotices: `
		delete from notice
		where id in (
			select notice.id
			from notice
			where notice.made_at < @before and not ` + waits + `
			order by notice.made_at
			limit @some
			for update skip locked
		)`,
	skein.KeptRefusals: `
		delete from refusal
		where id in (
			select old.id
			from guardrail
			cross join lateral (
				select id from refusal where guardrail_id = guardrail.id and at < @before order by at limit @some for update skip locked
			) old
			limit @some
		)`,
	skein.KeptMails: `
		delete from mail
		where id in (
			select id
			from mail
			where coalesce(sent_at, dropped_at, made_at) < @before
			order by coalesce(sent_at, dropped_at, made_at)
			limit @some
			for update skip locked
		)`,
	skein.KeptLinks: `
		delete from invitation
		where token_hash in (
			select token_hash
			from invitation
			where coalesce(used_at, expires_at) < @before
			order by coalesce(used_at, expires_at)
			limit @some
			for update skip locked
		)`,
	skein.KeptDrafts: `
		delete from claim
		where id in (
			select claim.id
			from claim_window
			join claim on claim.window_id = claim_window.id and claim.state = 'draft'
			where claim_window.closed_at < @before
			order by claim_window.closed_at
			limit @some
			for update of claim skip locked
		)`,
	// The newest window of a project stays while its lead goes on: what happens next follows from it.
	skein.KeptMatches: `
		delete from claim_window
		where id in (
			select claim_window.id
			from claim_window
			join project on project.id = claim_window.project_id
			where claim_window.closed_at < @before
				and (
					project.state not in ` + core.ProjectIsLead + ` and coalesce(project.ended_at < @before, true)
					or exists (
						select from claim_window later
						where later.project_id = claim_window.project_id and later.number > claim_window.number
					)
				)
				and not exists (select from pick where pick.window_id = claim_window.id and pick.state = 'waiting')
				and not exists (
					select from claim
					join term on term.claim_id = claim.id and term.state in ` + core.TermPlaced + `
					where claim.window_id = claim_window.id
				)
				and not exists (
					select from claim
					join review on review.claim_id = claim.id and review.answered_at is null
					where claim.window_id = claim_window.id
				)
			order by claim_window.closed_at
			limit @some
			for update of claim_window skip locked
		)`,
}

// waits holds for notices of what still waits for an answer, whoever gives it.
var waits = `(
	coalesce(notice.answer_by > @now, false)
	or exists (
		select from claim
		join claim_window on claim_window.id = claim.window_id
		where claim.id = notice.claim_id and (claim_window.closed_at is null or claim.state in ` + core.ClaimPending + `)
	)
	or exists (select from need where need.id = notice.need_id and ` + core.NeedAsked + `)
	or exists (select from ask where ask.id = notice.of_id and ask.answered_at is null and ask.answer_by > @now)
	or exists (select from pick where pick.id = notice.of_id and pick.state = 'waiting')
	or exists (select from question where question.id = notice.of_id and question.answered_at is null)
	or exists (select from review where review.id = notice.of_id and review.answered_at is null)
	or exists (select from term where term.id = notice.of_id and term.state in ` + core.TermUnanswered + `)
	or exists (select from stand_in where stand_in.id = notice.of_id and stand_in.state in ` + core.StandInOpen + `)
	or exists (select from decision where decision.id = notice.of_id and decision.state in ('draft', 'asking'))
	or exists (select from handover where handover.id = notice.of_id and handover.due is not null)
	or exists (select from reconsideration where reconsideration.id = notice.of_id and reconsideration.due is not null)
	or exists (select from remit_change where remit_change.id = notice.of_id and remit_change.state = 'proposed')
	or exists (select from outcome where outcome.id = notice.of_id and outcome.state = 'asking')
	or exists (select from claim_window where claim_window.id = notice.of_id and claim_window.closed_at is null)
	or exists (select from mail where mail.notice_id = notice.id and mail.sent_at is null and mail.dropped_at is null)
)`

// Tick removes some of what was kept long enough, kind by kind, each in a transaction of its own. More tells that
// there is more to remove.
func (db *Store) Tick(ctx context.Context, now time.Time) (more bool, err error) {
	months, err := core.Value[int](ctx, db.pool, monthsSQL)
	if err != nil {
		return false, core.Translate(err)
	}
	for _, keep := range skein.Keeps(months) {
		some := atATime
		if keep.Kind == skein.KeptMatches {
			some = windowsAtATime
		}
		gone, failed := db.remove(ctx, keep, now, some)
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("remove %s: %w", keep.Kind, failed))
		}
		more = more || gone == some
	}
	return more, err
}

// remove deletes some rows of one kind, and keeps how many those were.
func (db *Store) remove(ctx context.Context, keep skein.Keep, now time.Time, some int) (gone int, err error) {
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, removes[keep.Kind], pgx.NamedArgs{"before": keep.Before(now), "now": now, "some": some})
		gone = int(tag.RowsAffected())
		if err != nil || gone == 0 {
			return err
		}
		return core.Exec(ctx, tx, `
			insert into removed (kind, at, last, rows) values ($1, $2, $3::integer, $3::integer)
			on conflict (kind) do update set at = excluded.at, last = excluded.last, rows = removed.rows + excluded.last`,
			keep.Kind, now, gone)
	})
	return gone, err
}

var monthsSQL = `select coalesce((select match_months from retention), ` + strconv.Itoa(skein.MatchMonths) + `)`

// Kept is how long things are kept, and what was removed of them.
type Kept struct {
	MatchMonths int
	Removed     map[skein.KeptKind]Removed // none: nothing was, so far
}

// Removed is what the clock removed of a kind.
type Removed struct {
	At   time.Time // the last time
	Last int       // rows that went then
	Rows int64     // and in all
}

// Kept reads how long things are kept, in one round trip.
func (db *Store) Kept(ctx context.Context) (Kept, error) {
	k := Kept{Removed: map[skein.KeptKind]Removed{}}
	batch := &pgx.Batch{}
	batch.Queue(monthsSQL).QueryRow(func(row pgx.Row) error { return row.Scan(&k.MatchMonths) })
	batch.Queue(`select kind, at, last, rows from removed`).Query(func(rows pgx.Rows) error {
		var kind skein.KeptKind
		var r Removed
		_, err := pgx.ForEachRow(rows, []any{&kind, &r.At, &r.Last, &r.Rows}, func() error {
			k.Removed[kind] = r
			return nil
		})
		return err
	})
	return k, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// SetMatchMonths chooses for how many months records of matches are kept. Read is the number as whoever chooses saw
// it: ErrStale where somebody else was quicker. The error is Invalid on "months" below the floor.
func (db *Store) SetMatchMonths(ctx context.Context, by skein.By, read string, months int) error {
	if err := skein.CheckMatchMonths(months); err != nil {
		return err
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := core.Exec(ctx, tx, `insert into retention (match_months) values ($1) on conflict do nothing`, skein.MatchMonths); err != nil {
			return nil, err
		}
		was, err := core.Value[int](ctx, tx, `select match_months from retention for update`)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, strconv.Itoa(was)); err != nil || was == months {
			return nil, err
		}
		return []skein.Event{{
			Action: "retention.set", Noun: "organisation", NounID: "organisation", Details: map[string]any{"was": was, "months": months},
		}}, core.Exec(ctx, tx, `update retention set match_months = $1`, months)
	})
}
