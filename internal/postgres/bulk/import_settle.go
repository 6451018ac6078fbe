package bulkdb

import (
	"context"
	"maps"
	"slices"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// settle says of each project whose lead is new where it stands now: led, or completed when all who
// led it have left, or open when nobody ever did or somebody is to begin later. What is over stays
// so.
func (i *importing) settle(ctx context.Context, touched map[skein.ProjectID]bool) error {
	if len(touched) == 0 {
		return nil
	}
	projects := core.Texts(slices.Collect(maps.Keys(touched)))
	if err := core.Exec(ctx, i.tx, `
		with lead as (
			select term.project_id,
				bool_or(term.state in `+core.TermHolds+`) as held,
				bool_or(term.state = 'handing_over') as handed,
				bool_or(term.state = 'accepted') as coming,
				max(upper(term.during)) as left_on
			from term
			where term.project_id = any($1)
				and term.role = 'primary'
				and (term.state in `+core.TermBegun+` or term.state = 'accepted' and term.starts_on is not null and term.claim_id is null)
			group by term.project_id
		)
		update project
		set state = case
				when lead.handed then 'handing_over'
				when lead.held then case project.state when 'paused' then 'paused' else 'led' end
				when lead.coming then 'open'
				else 'completed'
			end,
			published_at = least(coalesce(project.published_at, $2), coalesce(project.start_on::timestamptz, $2)),
			ended_at = case when lead.held or lead.coming then null else coalesce(project.ended_at, lead.left_on::timestamptz) end,
			end_reason = case when lead.coming and not lead.held then project.end_reason else '' end -- why it was reopened is done with
		from lead
		where project.id = lead.project_id
			and project.state not in `+core.ProjectOver, projects, i.by.At); err != nil {
		return err
	}
	if err := i.askOfEnded(ctx); err != nil {
		return err
	}
	if err := i.endBeside(ctx, projects); err != nil {
		return err
	}
	return i.endWaiting(ctx, projects)
}

// endWaiting ends what waits for a lead that a file has ended: the note of one that is handed on, who stands in for it,
// a change of what it decides, and whether it is reconsidered. The two that are of one lead end also where somebody leads
// later.
func (i *importing) endWaiting(ctx context.Context, projects []string) error {
	const left = `
		project.id = any($1) and not exists (
			select from term
			where term.project_id = project.id and term.role = 'primary' and term.state in `
	const gone = ` (project.state = 'led' or project.state = 'completed') and ` + left
	// As lead's endHandover: one that was signed for a day to come and never moved, too; and what was typed of it and
	// never said was given to nobody.
	if err := core.Exec(ctx, i.tx, `
		update handover
		set state = 'void', due = null, ended_at = $2, said = case when handover.said_by is null then '{}' else handover.said end
		from project
		where project.id = handover.project_id
			and (handover.ended_at is null or handover.state in `+core.HandoverStands+` and not exists (
				select from term next where next.id = handover.next_id and next.state in `+core.TermBegun+`))
			and `+gone+core.TermHolds+` and term.id = handover.term_id)`,
		projects, i.by.At); err != nil {
		return err
	}
	if err := core.Exec(ctx, i.tx, `
		update stand_in
		set state = case stand_in.state when 'asked' then 'void' else 'ended' end, ended_at = $2, end_reason = case project.state when 'led' then 'somebody leads it' else 'the project was completed' end,
			ended_on = case stand_in.state when 'asked' then null else greatest(stand_in.from_on, $3::date) end
		from project
		where project.id = stand_in.project_id and stand_in.state in `+core.StandInOpen+` and `+gone+core.TermHolds+` and term.person_id = stand_in.for_id)`,
		projects, i.by.At, i.by.Day); err != nil {
		return err
	}
	if err := core.Exec(ctx, i.tx, `
		update reconsideration
		set state = 'void', due = null, ended_at = $2
		from project
		where project.id = reconsideration.project_id and reconsideration.state = 'open' and `+left+core.TermHolds+` and term.id = reconsideration.term_id)`,
		projects, i.by.At); err != nil {
		return err
	}
	return core.Exec(ctx, i.tx, `
		update remit_change
		set state = 'void', ended_at = $2
		from project
		where project.id = remit_change.project_id and remit_change.state = 'proposed' and `+left+core.TermHolds+` and term.id = remit_change.term_id)`,
		projects, i.by.At)
}

// endBeside ends the places beside the lead in projects that have come to their end, and the questions
// for one.
func (i *importing) endBeside(ctx context.Context, projects []string) error {
	if err := core.Exec(ctx, i.tx, `
		update term
		set state = 'ended',
			during = daterange(lower(term.during), greatest(lower(term.during), project.ended_at::date - 1), '[]'),
			ended_at = project.ended_at,
			end_reason = 'the project was completed'
		from project
		where project.id = term.project_id
			and project.id = any($1)
			and project.state = 'completed'
			and term.role <> 'primary'
			and term.state in `+core.TermHolds, projects); err != nil {
		return err
	}
	return core.Exec(ctx, i.tx, `
		update term
		set state = 'void', ended_at = $2
		from project
		where project.id = term.project_id
			and project.id = any($1)
			and project.state = 'completed'
			and term.state in `+core.TermWaits, projects, i.by.At)
}
