package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// StepDown ends by's lead at once. It needs no reason and carries no blame: claims open again, and
// those around it are told.
func (db *DB) StepDown(ctx context.Context, by skein.By, project skein.ProjectID, judge skein.Judge) error {
	return db.flow(ctx, by, project, func(f *flow) error {
		f.judge = judge
		t, err := f.term(ctx, `
			project_id = $1 and person_id = $2 and role = 'primary' and state in ('accepted', 'live', 'handing_over')`,
			string(project), string(by.Person))
		if translate(err) == skein.ErrNotFound {
			return skein.Refused{Why: "You do not lead this.", Who: "Only its lead steps down."}
		}
		if err != nil {
			return err
		}
		if t.State == skein.TermAccepted {
			return f.declineAccepted(ctx, &t)
		}
		if err := f.endTerm(ctx, &t, "stepped down"); err != nil {
			return err
		}
		f.note("term.step_down", "term", string(t.ID), nil)
		if err := f.reopen(ctx); err != nil {
			return err
		}
		return f.sayEnded(ctx, &t, "Its lead has stepped down, so "+f.project.Title+" is open for the next.")
	})
}

// declineAccepted is stepping down before the lead began: the next is asked.
func (f *flow) declineAccepted(ctx context.Context, t *skein.Term) error {
	if err := t.Decline(f.by); err != nil {
		return err
	}
	f.note("term.decline", "term", string(t.ID), map[string]any{"claim": t.Claim})
	if t.Claim == "" {
		if err := f.saveTerm(ctx, *t); err != nil {
			return err
		}
		return f.reopen(ctx)
	}
	var window skein.WindowID
	if err := f.tx.QueryRow(ctx, `select window_id::text from claim where id = $1`, t.Claim).Scan(&window); err != nil {
		return err
	}
	if err := f.enter(ctx, window); err != nil {
		return err
	}
	c, err := f.claim(t.Claim)
	if err != nil {
		return err
	}
	return f.passOn(ctx, t, c, skein.ClaimDeclined)
}

// reopen opens a project that lost its lead to claims, unless they gather, or somebody has been
// picked, already.
func (f *flow) reopen(ctx context.Context) error {
	_, err := f.tx.Exec(ctx, `update project set state = 'open' where id = $1`, f.project.ID)
	if err != nil {
		return err
	}
	f.project.State = skein.OpenForLead
	f.note("project.reopen", "project", string(f.project.ID), nil)
	var going bool
	err = f.tx.QueryRow(ctx, `
		select exists (select from claim_window where project_id = $1 and state in ('open', 'inviting', 'picked'))`,
		f.project.ID).Scan(&going)
	if going || err != nil {
		return err
	}
	return f.open(ctx, skein.OpenWindow(f.project, f.phase, 0, "", f.rules.Clocks, f.by.At))
}

// sayEnded tells the lead, whoever proposed it, the team and the circle's stewards.
func (f *flow) sayEnded(ctx context.Context, t *skein.Term, says string) error {
	rows, _ := f.tx.Query(ctx, `
		select person_id from member where project_id = $1 and left_at is null
		union
		select person_id from term where project_id = $1 and role <> 'primary' and state = 'live'
		union
		select proposed_by from project where id = $1 and proposed_by is not null
		union
		select person_id from hat where kind = 'steward' and circle_id = $2
		union
		select $3
		order by 1`, f.project.ID, f.project.Circle, t.Person)
	people, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	for _, p := range people {
		if p != f.by.Person {
			f.say(p, skein.NoticeEnded, "term:"+string(t.ID), says, f.projectLink())
		}
	}
	return err
}

// endOfTerm ends a lead whose last day has passed. When the project's own last day has passed as
// well it is complete; else it is open for the next.
func (f *flow) endOfTerm(ctx context.Context, t *skein.Term) error {
	if err := f.endTerm(ctx, t, "its time was over"); err != nil {
		return err
	}
	over := !f.project.EndOn.IsZero() && f.project.EndOn.Before(skein.Day(f.by.At.In(f.rules.Zone)))
	if !over {
		if err := f.reopen(ctx); err != nil {
			return err
		}
		return f.sayEnded(ctx, t, "A lead of "+f.project.Title+" has come to its last day. It is open for the next.")
	}
	_, err := f.tx.Exec(ctx, `
		update project set state = 'completed', ended_at = $2, end_reason = 'Its last day has passed.' where id = $1`,
		f.project.ID, f.by.At)
	if err != nil {
		return err
	}
	f.note("project.complete", "project", string(f.project.ID), map[string]any{"why": "its last day has passed"})
	if err := f.endTeam(ctx); err != nil {
		return err
	}
	return f.sayEnded(ctx, t, f.project.Title+" has come to its last day, so it is complete. Thank you.")
}

// endTeam ends the places beside a lead when a project is over.
func (f *flow) endTeam(ctx context.Context) error {
	rows, _ := f.tx.Query(ctx, `
		select`+termColumns+`
		from term
		where project_id = $1 and role <> 'primary' and state in ('live', 'handing_over')
		for update`, f.project.ID)
	terms, err := pgx.CollectRows(rows, pgx.RowToStructByName[skein.Term])
	if err != nil {
		return err
	}
	for _, t := range terms {
		if err := f.endTerm(ctx, &t, "the project was completed"); err != nil {
			return err
		}
	}
	return nil
}
