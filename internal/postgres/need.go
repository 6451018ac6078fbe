package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// stewardsSQL lists the stewards of a circle ($1) and of those above it, the nearest first.
const stewardsSQL = `
with recursive up as (
    select circle.id, circle.parent_id, 0 as depth from circle where circle.id = $1
    union all
    select circle.id, circle.parent_id, up.depth + 1 from circle join up on circle.id = up.parent_id
)
select hat.person_id
from hat
join up on up.id = hat.circle_id
join person on person.id = hat.person_id
where hat.kind = 'steward' and person.deactivated_at is null
group by hat.person_id
order by min(up.depth), hat.person_id`

// askForNeeds tells whoever may grant a need that it is asked for: the named person, else the
// nearest stewards.
func askForNeeds(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Proposal) error {
	rows, _ := tx.Query(ctx, stewardsSQL, p.Project.Circle)
	stewards, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil {
		return err
	}
	var notices []skein.Notice
	for _, n := range p.Needs {
		if n.Settled() {
			continue
		}
		who := n.AskedOf
		if who == "" && len(stewards) > 0 {
			who = stewards[0]
		}
		if who == "" || who == by.Person {
			continue
		}
		notices = append(notices, skein.Notice{
			Person: who, Kind: skein.NoticeNeeds, Project: p.Project.ID,
			Says:  p.Project.Title + " asks you for what its lead needs: " + n.What + ".",
			Link:  projectLink(p.Project.ID) + "#needs",
			About: "needs:" + string(p.Project.ID),
		})
	}
	return tell(ctx, tx, by, notices)
}

// UpdateNeed changes one need by the caller's rule, which is told the project and who accepted or
// holds the lead. A need that is settled may let an accepted lead begin.
func (db *DB) UpdateNeed(ctx context.Context, by skein.By, project skein.ProjectID, id skein.NeedID, action string,
	rule func(*skein.Need, skein.Project, skein.PersonID) error,
) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProject(ctx, tx, project)
		if err != nil {
			return nil, err
		}
		rows, _ := tx.Query(ctx, `select`+needColumns+` from need where id::text = $1 and project_id = $2 for update`, string(id), project)
		n, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Need])
		if err != nil {
			return nil, err
		}
		lead, err := acceptedLead(ctx, tx, project)
		if err != nil {
			return nil, err
		}
		if err := rule(&n, p, lead); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update need
			set granted_by = $2, granted_at = $3, granted_until = $4, waived_by = $5, waived_at = $6
			where id = $1`,
			n.ID, nullable(n.GrantedBy), nullTime(n.GrantedAt), nullTime(n.GrantedUntil), nullable(n.WaivedBy), nullTime(n.WaivedAt))
		if err != nil {
			return nil, err
		}
		if err := tellSettled(ctx, tx, by, p, n, lead); err != nil {
			return nil, err
		}
		events := []skein.Event{{
			Action: action, Noun: "need", NounID: string(n.ID), Project: p.ID, Circle: p.Circle,
			Details: map[string]any{"kind": n.Kind, "what": n.What},
		}}
		more, err := settleTerm(ctx, tx, by, project)
		return append(events, more...), err
	})
}

// tellSettled tells the lead, else whoever proposed the project, that a need was granted.
func tellSettled(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Project, n skein.Need, lead skein.PersonID) error {
	who := lead
	if who == "" {
		who = p.ProposedBy
	}
	if n.GrantedBy == "" || who == "" || who == by.Person {
		return nil
	}
	return tell(ctx, tx, by, []skein.Notice{{
		Person: who, Kind: skein.NoticeNeeds, Project: p.ID, Says: p.Title + " gets what it asked for: " + n.What + ".",
		Link: projectLink(p.ID) + "#needs", About: "granted:" + string(n.ID),
	}})
}

// acceptedLead is who accepted the lead or holds it; "" when nobody does. Of an incumbent and
// whoever takes over it is the latter, whose needs they are.
func acceptedLead(ctx context.Context, tx pgx.Tx, id skein.ProjectID) (skein.PersonID, error) {
	var lead skein.PersonID
	err := tx.QueryRow(ctx, `
		select person_id
		from term
		where project_id = $1 and role = 'primary' and state in ('accepted', 'live', 'handing_over')
		order by state = 'accepted' desc, state = 'live' desc
		limit 1`, id).Scan(&lead)
	if err == pgx.ErrNoRows {
		return "", nil
	}
	return lead, err
}
