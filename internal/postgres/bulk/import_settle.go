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
			ended_at = case when lead.held or lead.coming then null else coalesce(project.ended_at, lead.left_on::timestamptz) end
		from lead
		where project.id = lead.project_id
			and project.state not in `+core.ProjectOver, projects, i.by.At); err != nil {
		return err
	}
	return i.endBeside(ctx, projects)
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
