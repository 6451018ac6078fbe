package bulkdb

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Known returns what is there on a day for the rows of a folder to refer to, and what stands against
// them.
func (db *Store) Known(ctx context.Context, today skein.Date) (folder.Known, error) {
	k := folder.Known{Day: today, Named: db.named(ctx)}
	err := core.Snapshot(ctx, db.pool, func(tx pgx.Tx) (err error) {
		if k.People, err = core.Pairs[skein.PersonID, string](ctx, tx, `select id, lower(coalesce(email, '')) from person`); err != nil {
			return err
		}
		if k.Names, err = core.Pairs[skein.PersonID, string](ctx, tx, `select id, name from person where email is not null`); err != nil {
			return err
		}
		if k.SignsIn, err = core.Pairs[skein.PersonID, string](ctx, tx, `select person_id, lower(email) from account`); err != nil {
			return err
		}
		if k.Merged, err = core.Pairs[skein.PersonID, skein.PersonID](ctx, tx, `select id, person_id from person_alias where id <> person_id`); err != nil {
			return err
		}
		if k.Erased, err = erased(ctx, tx); err != nil {
			return err
		}
		if k.Addresses, err = core.Pairs[string, skein.PersonID](ctx, tx, `select email, person_id from email_alias`); err != nil {
			return err
		}
		if k.Skills, err = core.Pairs[skein.SkillID, skein.SkillID](ctx, tx, `select id, coalesce(parent_id, '') from skill`); err != nil {
			return err
		}
		if k.SkillNames, err = core.Pairs[skein.SkillID, string](ctx, tx, `select id, name from skill`); err != nil {
			return err
		}
		if k.SkillKeys, err = core.Pairs[string, skein.SkillID](ctx, tx, `select key, skill_id from skill_name`); err != nil {
			return err
		}
		if k.SkillsNow, err = core.Pairs[skein.SkillID, skein.SkillID](ctx, tx, `select id, skill_id from skill_was`); err != nil {
			return err
		}
		if k.SkillsRetired, err = core.Pairs[skein.SkillID, bool](ctx, tx, `select id, true from skill where retired_at is not null`); err != nil {
			return err
		}
		if k.Circles, err = core.Pairs[skein.CircleID, skein.CircleID](ctx, tx, `select id, coalesce(parent_id, '') from circle`); err != nil {
			return err
		}
		if k.Closed, err = core.Pairs[skein.CircleID, string](ctx, tx, `select id, name from closed_circle`); err != nil {
			return err
		}
		if k.Priorities, err = core.Pairs[skein.PriorityID, bool](ctx, tx, `select id, true from priority`); err != nil {
			return err
		}
		if k.Titles, err = core.Pairs[skein.PriorityID, string](ctx, tx, `select id, title from priority where retired_at is null`); err != nil {
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

// named walks through everybody, when somebody asks who they are.
func (db *Store) named(ctx context.Context) iter.Seq2[folder.KnownPerson, error] {
	return func(yield func(folder.KnownPerson, error) bool) {
		rows, _ := db.pool.Query(ctx, `select id, name, coalesce(circle_id, '') from person order by id collate "C"`)
		var p folder.KnownPerson
		_, err := pgx.ForEachRow(rows, []any{&p.ID, &p.Name, &p.Circle}, func() error {
			if !yield(p, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(folder.KnownPerson{}, err)
		}
	}
}

// longestMonths is the guardrail for how long somebody may lead; 0: none.
func longestMonths(ctx context.Context, tx pgx.Tx) (months int, err error) {
	err = tx.QueryRow(ctx, `
		select coalesce((select number from guardrail where kind = 'longest_term' and retired_at is null), 0)`).Scan(&months)
	return months, err
}

// sealedProjects are those whose claims a file may not speak over: with their window, whether claims
// are among those that it closed with, and whether anybody has read what is compared, without which
// nobody can have claimed. While claims gather nothing that is read here tells of a claim.
var sealedProjects = `
	select claim_window.project_id, claim_window.state, claim_window.restarts,
		claim_window.state = 'picked' and exists (
			select from claim
			where claim.window_id = claim_window.id and claim.state in ` + core.ClaimStands + `
		) as claimed,
		exists (select from person where ` + core.ReadHowAt + ` is not null) as may_claim
	from claim_window
	where claim_window.state in ` + core.WindowGoing

// Why a file does not say who leads a project.
const (
	whyGathering = "Claims are open for this project, so the situation picks who leads it, not a file. Whoever is to lead it claims it in Skein."
	whyDecided   = "Claims for this project have closed, so a file can no longer say who leads it."
)

// closedToFiles says why a file does not say any more who leads a project; "" while it may.
func closedToFiles(state skein.WindowState, claimed, mayClaim bool) string {
	switch {
	case claimed:
		return whyDecided
	case mayClaim && !state.Over():
		return whyGathering
	}
	return ""
}

// closedNow says why a file does not say any more who leads some projects, which are locked. Where nobody
// can have claimed yet, their windows are locked too: whoever is about to be the first waits, and finds
// the lead taken.
func closedNow(ctx context.Context, tx pgx.Tx, projects []string) (map[skein.ProjectID]string, error) {
	if err := core.Exec(ctx, tx, `
		select from claim_window
		where project_id = any($1)
			and closed_at is null
			and not exists (select from person where `+core.ReadHowAt+` is not null)
		for update`, projects); err != nil {
		return nil, err
	}
	rows, _ := tx.Query(ctx, sealedProjects+` and claim_window.project_id = any($1)`, projects)
	all := map[skein.ProjectID]string{}
	var w skein.Window
	var claimed, mayClaim bool
	_, err := pgx.ForEachRow(rows, []any{&w.Project, &w.State, &w.Restarts, &claimed, &mayClaim}, func() error {
		all[w.Project] = closedToFiles(w.State, claimed, mayClaim)
		return nil
	})
	return all, err
}

// knownProjects reads who leads each project, who has been offered it, and what claims keep as it is.
func knownProjects(ctx context.Context, tx pgx.Tx) (map[skein.ProjectID]folder.KnownProject, error) {
	rows, _ := tx.Query(ctx, `
		select project.id,
			project.state,
			project.start_on,
			coalesce(max(term.person_id) filter (where term.state in `+core.TermHolds+`), '') as holder,
			max(term.ends_on) filter (where term.state in `+core.TermHolds+`) as holder_ends,
			coalesce(max(term.person_id) filter (where term.state in `+core.TermComing+` and (term.starts_on is null or term.claim_id is not null)), '') as offered,
			coalesce(max(term.person_id) filter (where term.state in `+core.TermComing+` and term.starts_on is not null and term.claim_id is null), '') as next
		from project
		left join term on term.project_id = project.id
			and term.role = 'primary'
			and term.state in `+core.TermCounts+`
		group by project.id`)
	all := map[skein.ProjectID]folder.KnownProject{}
	var id skein.ProjectID
	var p folder.KnownProject
	_, err := pgx.ForEachRow(rows, []any{&id, &p.State, &p.StartOn, &p.Holder, &p.HolderEnds, &p.Offered, &p.Next}, func() error {
		all[id] = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, add := range []func(context.Context, pgx.Tx, map[skein.ProjectID]folder.KnownProject) error{addEnded, addSealed} {
		if err := add(ctx, tx, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// addSealed adds what claims keep as it is, and what that is.
func addSealed(ctx context.Context, tx pgx.Tx, all map[skein.ProjectID]folder.KnownProject) error {
	rows, _ := tx.Query(ctx, sealedProjects)
	var kept, closed []string
	var w skein.Window
	var claimed, mayClaim bool
	_, err := pgx.ForEachRow(rows, []any{&w.Project, &w.State, &w.Restarts, &claimed, &mayClaim}, func() error {
		p := all[w.Project]
		p.Stands, p.Closed = lead.Stands(w, claimed), closedToFiles(w.State, claimed, mayClaim)
		if p.Stands != "" {
			kept = append(kept, string(w.Project))
		}
		if p.Closed != "" {
			closed = append(closed, string(w.Project))
		}
		all[w.Project] = p
		return nil
	})
	if err != nil {
		return err
	}
	proposals, err := bearingOn(ctx, tx, kept)
	if err != nil {
		return err
	}
	for id, proposal := range proposals {
		p := all[id]
		p.Proposal = proposal
		all[id] = p
	}
	terms, err := core.All[termRow](ctx, tx, termsSQL+` and term.role = 'primary' and term.project_id = any($1)`, closed)
	for n := range terms {
		p := all[terms[n].Project]
		p.Primary = append(p.Primary, terms[n].lead())
		all[terms[n].Project] = p
	}
	return err
}

// bearingOn reads what bears on claims of some projects, as far as files state it.
func bearingOn(ctx context.Context, tx pgx.Tx, projects []string) (map[skein.ProjectID]skein.Proposal, error) {
	all := map[skein.ProjectID]skein.Proposal{}
	if len(projects) == 0 {
		return all, nil
	}
	situations, err := situationsOf(ctx, tx, projects)
	if err != nil {
		return nil, err
	}
	requirements, err := askedFor(ctx, tx, projects)
	if err != nil {
		return nil, err
	}
	further, err := furtherOf(ctx, tx, projects)
	if err != nil {
		return nil, err
	}
	rows, _ := tx.Query(ctx, `
		select id, coalesce(circle_id, ''), trust, hours_per_week::float8
		from project
		where id = any($1)`, projects)
	var p skein.Project
	_, err = pgx.ForEachRow(rows, []any{&p.ID, &p.Circle, &p.Trust, &p.HoursPerWeek}, func() error {
		all[p.ID] = skein.Proposal{Project: p, Phase: skein.Phase{Situation: situations[p.ID], Requirements: requirements[p.ID]}, Further: further[p.ID]}
		return nil
	})
	return all, err
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
