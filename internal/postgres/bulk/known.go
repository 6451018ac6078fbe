package bulkdb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Known returns what is there on a day for the rows of a folder to refer to, and what stands against
// them.
func (db *Store) Known(ctx context.Context, today skein.Date) (folder.Known, error) {
	k := folder.Known{Day: today}
	err := core.Snapshot(ctx, db.pool, func(tx pgx.Tx) (err error) {
		if k.People, err = core.Pairs[skein.PersonID, string](ctx, tx, `select id, lower(coalesce(email, '')) from person`); err != nil {
			return err
		}
		if k.Skills, err = core.Pairs[skein.SkillID, skein.SkillID](ctx, tx, `select id, coalesce(parent_id, '') from skill`); err != nil {
			return err
		}
		if k.Circles, err = core.Pairs[skein.CircleID, skein.CircleID](ctx, tx, `select id, coalesce(parent_id, '') from circle`); err != nil {
			return err
		}
		if k.Priorities, err = core.Pairs[skein.PriorityID, bool](ctx, tx, `select id, true from priority`); err != nil {
			return err
		}
		if k.LongestMonths, err = longestMonths(ctx, tx); err != nil {
			return err
		}
		k.Projects, err = knownProjects(ctx, tx)
		return err
	})
	if err != nil {
		return folder.Known{}, fmt.Errorf("what is known: %w", err)
	}
	return k, nil
}

// longestMonths is the guardrail for how long somebody may lead; 0: none.
func longestMonths(ctx context.Context, tx pgx.Tx) (months int, err error) {
	err = tx.QueryRow(ctx, `
		select coalesce((select number from guardrail where kind = 'longest_term' and retired_at is null), 0)`).Scan(&months)
	return months, err
}

// knownProjects reads who leads each project, who has been offered it, and which are claimed.
func knownProjects(ctx context.Context, tx pgx.Tx) (map[skein.ProjectID]folder.KnownProject, error) {
	rows, _ := tx.Query(ctx, `
		select project.id,
			project.state,
			project.start_on,
			coalesce(max(term.person_id) filter (where term.state in `+core.TermHolds+`), '') as holder,
			max(term.ends_on) filter (where term.state in `+core.TermHolds+`) as holder_ends,
			coalesce(max(term.person_id) filter (where term.state in `+core.TermComing+` and term.starts_on is null), '') as offered,
			coalesce(max(term.person_id) filter (where term.state in `+core.TermComing+` and term.starts_on is not null), '') as next,
			exists (
				select from claim
				where claim.project_id = project.id
					and claim.state in ('submitted', 'chosen', 'offered', 'accepted')
			) as claimed
		from project
		left join term on term.project_id = project.id
			and term.role = 'primary'
			and term.state in `+core.TermCounts+`
		group by project.id`)
	all := map[skein.ProjectID]folder.KnownProject{}
	var claimed []string
	var id skein.ProjectID
	var p folder.KnownProject
	var frozen bool
	_, err := pgx.ForEachRow(rows, []any{&id, &p.State, &p.StartOn, &p.Holder, &p.HolderEnds, &p.Offered, &p.Next, &frozen}, func() error {
		if frozen {
			claimed = append(claimed, string(id))
		}
		all[id] = p
		return nil
	})
	if err == nil {
		err = addEnded(ctx, tx, all)
	}
	if err != nil || len(claimed) == 0 {
		return all, err
	}
	return all, freeze(ctx, tx, all, claimed)
}

// addEnded adds the places that somebody had and has not any more.
func addEnded(ctx context.Context, tx pgx.Tx, all map[skein.ProjectID]folder.KnownProject) error {
	terms, err := core.All[termRow](ctx, tx, termsSQL+`
		and term.state = 'ended'
		and not exists (
			select from term placed
			where placed.project_id = term.project_id and placed.person_id = term.person_id and placed.role = term.role
				and placed.state in `+core.TermPlaced+`
		)
		order by term.id`)
	for n := range terms {
		p := all[terms[n].Project]
		p.Ended = append(p.Ended, terms[n].lead())
		all[terms[n].Project] = p
	}
	return err
}

// freeze adds what claims were made to.
func freeze(ctx context.Context, tx pgx.Tx, all map[skein.ProjectID]folder.KnownProject, claimed []string) error {
	situations, err := situationsOf(ctx, tx, claimed)
	if err != nil {
		return err
	}
	requirements, err := askedFor(ctx, tx, claimed)
	if err != nil {
		return err
	}
	terms, err := core.All[termRow](ctx, tx, termsSQL+` and term.role = 'primary' and term.project_id = any($1)`, claimed)
	if err != nil {
		return err
	}
	for _, text := range claimed {
		id := skein.ProjectID(text)
		p := all[id]
		p.Frozen = &folder.Frozen{Situation: situations[id], Requirements: requirements[id]}
		for _, t := range terms {
			if t.Project == id {
				p.Frozen.Primary = append(p.Frozen.Primary, t.lead())
			}
		}
		all[id] = p
	}
	return nil
}

// situationsOf reads the situations of the latest phases.
func situationsOf(ctx context.Context, tx pgx.Tx, projects []string) (map[skein.ProjectID]skein.Situation, error) {
	rows, _ := tx.Query(ctx, `
		select phase.project_id, coalesce(phase.uncertainty, ''), coalesce(phase.stakes, 0)::int,
			coalesce(phase.urgency, 0)::int, coalesce(phase.expertise, 0)::int, coalesce(phase.commitment, 0)::int,
			coalesce(phase.reach, 0)::int, coalesce(phase.readiness, 0)::int
		from (`+latestPhase+`) latest
		join phase on phase.id = latest.id`, projects)
	all := map[skein.ProjectID]skein.Situation{}
	var id skein.ProjectID
	var s skein.Situation
	into := []any{&id, &s.Uncertainty, &s.Stakes, &s.Urgency, &s.Expertise, &s.Commitment, &s.Reach, &s.Readiness}
	_, err := pgx.ForEachRow(rows, into, func() error {
		all[id] = s
		return nil
	})
	return all, err
}
