package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

const reviewColumns = `
	review.id::text as id,
	review.claim_id::text as claim,
	review.project_id as project,
	review.asked_by,
	review.asked_at,
	review.what,
	coalesce(review.asked_of, '') as asked_of,
	review.answer_by,
	coalesce(review.answered_by, '') as answered_by,
	coalesce(review.answered_at, '0001-01-01 00:00:00+00') as answered_at,
	coalesce(review.upheld, false) as upheld,
	review.answer`

// AskReview asks somebody without a part, who did not check the pick either, whether by's claim was
// decided rightly.
func (db *DB) AskReview(ctx context.Context, by skein.By, claim skein.ClaimID, what string) error {
	r := skein.Review{Claim: claim, AskedBy: by.Person, AskedAt: by.At, What: what, AnswerBy: by.At.Add(skein.ReviewTime)}
	if err := r.Check(); err != nil {
		return err
	}
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var project skein.ProjectID
		var window skein.WindowID
		var decided bool
		err := tx.QueryRow(ctx, `
			select claim.project_id, claim.window_id::text, claim_window.told_at is not null and claim.decided_at is not null
			from claim
			join claim_window on claim_window.id = claim.window_id
			where claim.id::text = $1 and claim.person_id = $2`, string(claim), by.Person).Scan(&project, &window, &decided)
		if err != nil {
			return nil, err
		}
		if !decided {
			return nil, skein.Conflict{Why: "It is not decided yet. Ask when it is."}
		}
		f, err := startFlow(ctx, tx, by, project, false)
		if err != nil {
			return nil, err
		}
		if err := f.enter(ctx, window); err != nil {
			return nil, err
		}
		if r.AskedOf, err = f.reviewer(ctx, nil); err != nil {
			return nil, err
		}
		if r.AskedOf == "" {
			return nil, skein.Conflict{Why: "Everybody who could look at it had a part in it. Ask an administrator to name a steward."}
		}
		err = tx.QueryRow(ctx, `
			insert into review (claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by)
			values ($1, $2, $3, $4, $5, $6, $7)
			returning id::text`, r.Claim, project, r.AskedBy, r.AskedAt, r.What, r.AskedOf, r.AnswerBy).Scan(&r.ID)
		if err != nil {
			return nil, err
		}
		f.note("review.ask", "review", string(r.ID), map[string]any{"claim": claim})
		f.sayReview(r)
		return f.events, f.tell(ctx)
	})
}

func (f *flow) sayReview(r skein.Review) {
	f.say(r.AskedOf, skein.NoticeReview, "review:"+string(r.ID),
		"Somebody who claimed "+f.project.Title+" asks whether it was decided rightly. Answer by "+f.when(r.AnswerBy)+".",
		f.resultLink())
}

// reviewer is the first of the checkers who has checked nothing here and was not asked before.
func (f *flow) reviewer(ctx context.Context, silent []skein.PersonID) (skein.PersonID, error) {
	checkers, err := f.checkers(ctx)
	if err != nil {
		return "", err
	}
	rows, _ := f.tx.Query(ctx, `
		select answered_by from pick where window_id = $1 and answered_by is not null`, f.window.ID)
	checked, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil {
		return "", err
	}
	for _, c := range checkers {
		if !slices.Contains(checked, c) && !slices.Contains(silent, c) {
			return c, nil
		}
	}
	return "", nil
}

// AnswerReview says whether a claim was decided rightly, in words that the asker reads.
func (db *DB) AnswerReview(ctx context.Context, by skein.By, id skein.ReviewID, upheld bool, answer string) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		rows, _ := tx.Query(ctx, `select`+reviewColumns+` from review where id::text = $1 for update`, string(id))
		r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Review])
		if err != nil {
			return nil, err
		}
		if err := r.Settle(by, upheld, answer); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update review set answered_by = $2, answered_at = $3, upheld = $4, answer = $5 where id = $1`,
			r.ID, r.AnsweredBy, r.AnsweredAt, r.Upheld, r.Answer)
		if err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			insert into notice (person_id, kind, project_id, claim_id, says, link, made_at, about)
			select $1, 'reviewed', project.id, $2::uuid, 'Your question about ' || project.title || ' is answered.',
				'/projects/' || project.id || '/result', $3, 'review:' || $4
			from project
			where project.id = $5
			on conflict on constraint notice_once do nothing`, r.AskedBy, r.Claim, by.At, string(r.ID), r.Project)
		return []skein.Event{{
			Action: "review.answer", Noun: "review", NounID: string(r.ID), Project: r.Project,
			Details: map[string]any{"claim": r.Claim, "upheld": r.Upheld},
		}}, err
	})
}

// passReviewOn asks the next who had no part when the one before has been silent. When nobody is
// left it stays with the last, who is told again by the page.
func passReviewOn(ctx context.Context, f *flow, id string) error {
	rows, _ := f.tx.Query(ctx, `select`+reviewColumns+` from review where id = $1 for update`, id)
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Review])
	if err != nil || !r.AnsweredAt.IsZero() || r.AnswerBy.After(f.by.At) {
		return err
	}
	var window skein.WindowID
	if err := f.tx.QueryRow(ctx, `select window_id::text from claim where id = $1`, r.Claim).Scan(&window); err != nil {
		return err
	}
	if err := f.enter(ctx, window); err != nil {
		return err
	}
	rows, _ = f.tx.Query(ctx, `
		select person_id from notice where kind = 'review' and about = 'review:' || $1::text`, id)
	silent, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil {
		return err
	}
	next, err := f.reviewer(ctx, silent)
	if err != nil {
		return err
	}
	if next != "" {
		r.AskedOf = next
	}
	r.AnswerBy = f.by.At.Add(skein.ReviewTime)
	_, err = f.tx.Exec(ctx, `update review set asked_of = $2, answer_by = $3 where id = $1`, r.ID, r.AskedOf, r.AnswerBy)
	if err != nil {
		return err
	}
	f.note("review.pass_on", "review", id, nil)
	f.sayReview(r)
	return nil
}
