package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// WithdrawClaim takes by's own claim back, at any time before they lead. After the close the order
// that was worked out goes on without it.
func (db *DB) WithdrawClaim(ctx context.Context, by skein.By, project skein.ProjectID, judge skein.Judge) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var claim skein.ClaimID
		var window skein.WindowID
		err := tx.QueryRow(ctx, `
			select id::text, window_id::text
			from claim
			where project_id = $1 and person_id = $2
				and state in ('draft', 'submitted', 'chosen', 'offered', 'accepted', 'not_chosen')
			order by drafted_at desc
			limit 1`, project, by.Person).Scan(&claim, &window)
		if err != nil {
			return nil, err
		}
		f, err := startFlow(ctx, tx, by, project, false)
		if err != nil {
			return nil, err
		}
		f.judge = judge
		if err := f.enter(ctx, window); err != nil {
			return nil, err
		}
		c, err := f.claim(claim)
		if err != nil {
			return nil, skein.Conflict{Why: "You have taken this claim back already."}
		}
		if err := f.withdraw(ctx, c); err != nil {
			return nil, err
		}
		return f.events, f.tell(ctx)
	})
}

func (f *flow) withdraw(ctx context.Context, c *claimRow) error {
	was := c.State
	switch was {
	case skein.ClaimOffered, skein.ClaimAccepted:
		t, err := f.term(ctx, `claim_id = $1 and role = 'primary' and state in ('offered', 'accepted')`, string(c.ID))
		if err != nil {
			return err
		}
		if err := t.Decline(f.by); err != nil {
			return err
		}
		f.note("term.decline", "term", string(t.ID), map[string]any{"claim": c.ID})
		return f.passOn(ctx, &t, c, skein.ClaimDeclined)
	case skein.ClaimSubmitted, skein.ClaimDraft, skein.ClaimChosen, skein.ClaimNotChosen:
	default:
		return skein.Conflict{Why: "This claim is " + was.Words() + ", so there is nothing to take back."}
	}
	if err := c.Move(skein.ClaimWithdrawn, f.by.At); err != nil {
		return err
	}
	if err := saveClaim(ctx, f.tx, c.Claim, "", ""); err != nil {
		return err
	}
	if was != skein.ClaimDraft {
		f.note("claim.withdraw", "claim", string(c.ID), nil)
	}
	if was == skein.ClaimChosen {
		return f.pickAgain(ctx, c)
	}
	return nil
}

// pickAgain makes the pick again when the picked one withdrew before it was checked: the next in
// the order, with a check of its own.
func (f *flow) pickAgain(ctx context.Context, gone *claimRow) error {
	_, err := f.tx.Exec(ctx, `
		update pick set state = 'void', answered_at = $2 where window_id = $1 and state = 'waiting'`, f.window.ID, f.by.At)
	if err != nil {
		return err
	}
	var next *claimRow
	left := 0
	for _, c := range f.sent() {
		if c.ID == gone.ID || c.Turn == 0 {
			continue
		}
		left++
		if next == nil || c.Turn < next.Turn {
			next = c
		}
	}
	switch {
	case next != nil:
		return f.pick(ctx, &skein.Judged{
			Claim: next.ID, Rule: next.Rule, Sentence: next.Sentence, BandSize: next.BandSize, Turn: next.Turn,
		}, left)
	case len(f.written()) > 0:
		return f.pick(ctx, nil, 0)
	}
	return f.beginAgain(ctx)
}

// AnswerBeside is the yes or no of somebody who was asked to claim together, or to coach.
func (db *DB) AnswerBeside(ctx context.Context, by skein.By, claim skein.ClaimID, yes bool) error {
	var project skein.ProjectID
	err := db.pool.QueryRow(ctx, `
		select project_id from claim where id::text = $1 and $2 in (with_person_id, coach_id)`,
		string(claim), by.Person).Scan(&project)
	if err != nil {
		return translate(err)
	}
	return db.flow(ctx, by, project, func(f *flow) error {
		rows, _ := f.tx.Query(ctx, `
			select`+claimColumns+`
			from claim
			where claim.id = $1 and claim.state not in ('draft', 'withdrawn', 'void')
			for update`, claim)
		c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Claim])
		if err != nil {
			return err
		}
		role, err := c.Beside(by, yes)
		if err != nil {
			return err
		}
		if err := saveClaim(ctx, f.tx, c, "", ""); err != nil {
			return err
		}
		if err := answerCoachNeed(ctx, f.tx, c, by, role, yes); err != nil {
			return err
		}
		f.note("claim.beside", "claim", string(claim), map[string]any{"role": role, "yes": yes})
		more, err := settleTerm(ctx, f.tx, by, project)
		if err != nil {
			return err
		}
		f.events = append(f.events, more...)
		return tellBeside(ctx, f.tx, by, c, role, yes)
	})
}

// answerCoachNeed grants the coach that an accepted lead waits for.
func answerCoachNeed(ctx context.Context, tx pgx.Tx, c skein.Claim, by skein.By, role string, yes bool) error {
	if role != skein.BesideCoach || c.State != skein.ClaimAccepted || !yes {
		return nil
	}
	_, err := tx.Exec(ctx, `
		update need set granted_by = $2, granted_at = $3
		where project_id = $1 and kind = 'coach' and asked_of = $2 and granted_at is null and waived_at is null`,
		c.Project, by.Person, by.At)
	return err
}

// tellBeside tells the claimant what the one they asked has said.
func tellBeside(ctx context.Context, tx pgx.Tx, by skein.By, c skein.Claim, role string, yes bool) error {
	answer := " said not this time. You can name somebody else until claims close."
	if yes {
		answer = " said yes."
	}
	_, err := tx.Exec(ctx, `
		insert into notice (person_id, kind, project_id, claim_id, says, link, made_at, about)
		select $1, $2, project.id, $3::uuid, person.name || $4 || ' (' || project.title || ')',
			'/projects/' || project.id || '/claim', $5, $6
		from person, project
		where person.id = $7 and project.id = $8
		on conflict on constraint notice_once do nothing`,
		c.Person, role, c.ID, answer, by.At, "answer:"+string(c.ID)+":"+string(by.Person)+":"+by.At.Format(time.RFC3339),
		by.Person, c.Project)
	return err
}
