package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// checkersSQL lists who could look at a decision with fresh eyes: the stewards of the project's
// circle, then those of each circle above, then administrators. Whoever claimed, coaches or claims
// with somebody, proposed the project, or leads it has a part, and is left out.
const checkersSQL = `
with recursive up as (
    select circle.id, circle.parent_id, 0 as depth
    from circle
    where circle.id = $2
    union all
    select circle.id, circle.parent_id, up.depth + 1
    from circle
    join up on circle.id = up.parent_id
), hatted as (
    select hat.person_id, min(case hat.kind when 'steward' then up.depth else 1000000 end) as depth
    from hat
    left join up on up.id = hat.circle_id
    where hat.kind = 'steward' and up.id is not null or hat.kind = 'administrator'
    group by hat.person_id
)
select person.id
from hatted
join person on person.id = hatted.person_id
where person.deactivated_at is null
    and coalesce(person.active_from <= $4, true)
    and coalesce(person.active_until >= $4, true)
    and not exists (select from project where project.id = $1 and project.proposed_by = person.id)
    and not exists (
        select from claim
        where claim.window_id = $3 and claim.state not in ('draft', 'withdrawn', 'void')
            and person.id in (claim.person_id, claim.with_person_id, claim.coach_id)
    )
    and not exists (
        select from term
        where term.project_id = $1 and term.person_id = person.id
            and term.state in ('offered', 'accepted', 'live', 'handing_over')
    )
order by hatted.depth, person.name, person.id`

// checkers lists who may check the flow's window, in the order in which they are asked.
func (f *flow) checkers(ctx context.Context) ([]skein.PersonID, error) {
	rows, _ := f.tx.Query(ctx, checkersSQL, f.project.ID, f.project.Circle, f.window.ID, skein.Day(f.by.At))
	return pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
}

// askToCheck asks the next who has no part.
func (f *flow) askToCheck(ctx context.Context, p *skein.Pick) error {
	checkers, err := f.checkers(ctx)
	if err != nil {
		return err
	}
	p.Ask(checkers, f.by.At, f.rules.Clocks)
	return nil
}

// PickAnswer is what a steward says of a pick.
type PickAnswer struct {
	Return bool            // send it back, with the reason
	Claim  skein.ClaimID   // whose it should be, where nobody was compared
	Equal  []skein.ClaimID // written claims that are placed equally with the picked one
	Reason string
}

// AnswerPick confirms a pick, decides it where nobody was compared, or returns it.
func (db *DB) AnswerPick(ctx context.Context, by skein.By, id skein.PickID, judge skein.Judge, answer PickAnswer) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		f, p, err := enterPick(ctx, tx, by, id)
		if err != nil {
			return nil, err
		}
		f.judge = judge
		if err := f.answerPick(ctx, p, answer); err != nil {
			return nil, err
		}
		return f.events, f.tell(ctx)
	})
}

// enterPick locks a pick's project, window and claims, and reads the pick.
func enterPick(ctx context.Context, tx pgx.Tx, by skein.By, id skein.PickID) (*flow, skein.Pick, error) {
	var p skein.Pick
	var project skein.ProjectID
	if err := tx.QueryRow(ctx, `select project_id from pick where id::text = $1`, string(id)).Scan(&project); err != nil {
		return nil, p, err
	}
	f, err := startFlow(ctx, tx, by, project, false)
	if err != nil {
		return nil, p, err
	}
	rows, _ := tx.Query(ctx, `select`+pickColumns+` from pick where id = $1 for update`, id)
	if p, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Pick]); err != nil {
		return nil, p, err
	}
	return f, p, f.enter(ctx, p.Window)
}

func (f *flow) answerPick(ctx context.Context, p skein.Pick, answer PickAnswer) error {
	switch {
	case answer.Return:
		if err := p.Return(f.by, answer.Reason); err != nil {
			return err
		}
		return f.returned(ctx, p)
	case p.Claim == "":
		if err := p.Decide(f.by, answer.Claim, answer.Reason); err != nil {
			return err
		}
		if err := f.choose(&p); err != nil {
			return err
		}
	default:
		if err := p.Confirm(f.by); err != nil {
			return err
		}
		if err := f.placeEqually(ctx, &p, answer.Equal); err != nil {
			return err
		}
	}
	if err := f.savePick(ctx, &p); err != nil {
		return err
	}
	f.note("pick.confirm", "pick", string(p.ID), map[string]any{"claim": p.Claim, "rule": p.Rule})
	return f.decide(ctx, p)
}

// choose takes the claim that a steward chose among written ones; the others have no turn after it.
func (f *flow) choose(p *skein.Pick) error {
	c, err := f.claim(p.Claim)
	if err != nil || c.Stops != "" || c.State != skein.ClaimSubmitted {
		return skein.Invalid{{Field: "claim", Message: "Choose one of the claims on this page."}}
	}
	p.Rule, p.Sentence = "steward", "Nobody is compared here. A steward who had no part read what each of you wrote."
	c.State = skein.ClaimChosen
	return nil
}

// placeEqually takes written claims that a steward found equally placed into the band of the
// picked one, where the rule between equals decides again.
func (f *flow) placeEqually(ctx context.Context, p *skein.Pick, equal []skein.ClaimID) error {
	if len(equal) == 0 {
		return nil
	}
	written := f.written()
	for _, id := range equal {
		if !slices.Contains(written, id) {
			return skein.Invalid{{Field: "equal", Message: "Choose among the claims on this page."}}
		}
	}
	picked, err := f.claim(p.Claim)
	if err != nil {
		return err
	}
	picked.State = skein.ClaimSubmitted
	judged, err := f.judgeClaims(ctx, equal)
	if err != nil {
		return err
	}
	first := skein.First(judged)
	if first == nil {
		return skein.Conflict{Why: "Nobody who claimed may lead this any more. Return it, and say so."}
	}
	c, err := f.claim(first.Claim)
	if err != nil {
		return err
	}
	c.State = skein.ClaimChosen
	p.Claim, p.Rule, p.Sentence = first.Claim, first.Rule, first.Sentence
	p.BandSize, p.Compared = first.BandSize, f.comparedCount(judged)
	return nil
}

// returned opens claims again and tells everybody the reason. The claims stand.
func (f *flow) returned(ctx context.Context, p skein.Pick) error {
	if err := f.savePick(ctx, &p); err != nil {
		return err
	}
	sent := f.sent()
	f.note("pick.return", "pick", string(p.ID), map[string]any{"reason": p.Reason})
	if err := f.restart(ctx, skein.OpenWindow(f.project, f.phase, 0, "", f.rules.Clocks, f.by.At)); err != nil {
		return err
	}
	for _, c := range sent {
		f.say(c.Person, skein.NoticeReturned, "pick:"+string(p.ID),
			"The check of "+f.project.Title+" was not passed: “"+p.Reason+"” Claims gather again, and yours stands.", f.claimLink())
	}
	return nil
}
