package bulkdb

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// windows opens claims for new projects that nobody leads, and closes them where an import has
// named who leads, or is to lead: there nobody is sought, so that the window stands as decided. Nobody
// has claimed there: a folder does not say who leads what people may claim.
func (i *importing) windows(ctx context.Context) error {
	if err := i.closeTaken(ctx); err != nil {
		return err
	}
	sought := core.Texts(slices.Collect(maps.Keys(i.fresh)))
	sought = append(sought, core.Texts(slices.Collect(maps.Keys(i.coming)))...)
	type opening struct {
		ID     skein.ProjectID
		Trust  skein.Trust
		Phase  skein.PhaseID
		Number int
	}
	openings, err := core.All[opening](ctx, i.tx, `
		select project.id, trust_on(project.trust, project.trust_until, $2) as trust, phase.id::text as phase,
			(select coalesce(max(number), 0) + 1 from claim_window where claim_window.phase_id = phase.id)::int as number
		from project
		join phase on phase.project_id = project.id and phase.ended_at is null
		where project.id = any($1)
			and project.state in `+core.ProjectSeeks+`
			and not exists (
				select from claim_window
				where claim_window.project_id = project.id and claim_window.state in `+core.WindowGoing+`
			)
		order by project.id`, sought, i.by.Day)
	if err != nil || len(openings) == 0 {
		return err
	}
	projects := make([]string, len(openings))
	for n, o := range openings {
		projects[n] = string(o.ID)
	}
	situations, err := situationsOf(ctx, i.tx, projects)
	if err != nil {
		return err
	}
	rules, err := leaddb.RulesOn(ctx, i.tx, i.by.Day)
	if err != nil {
		return err
	}
	batch, ids := &pgx.Batch{}, core.NewUUID7(i.by.At)
	for _, o := range openings {
		like := situations[o.ID]
		if i.options.Judge.Trust != nil { // stakes set a floor, as they do for what is published here
			o.Trust = i.options.Judge.Trust(o.Trust, like)
		}
		w := skein.OpenWindow(skein.Project{ID: o.ID, Trust: o.Trust}, skein.Phase{ID: o.Phase, Situation: like}, rules.Clocks, i.by.At)
		w.ID, w.Seed, w.Number = skein.WindowID(ids.Text()), core.NewSeed(), o.Number
		if i.coming[o.ID] {
			w.State, w.ClosesAt, w.ClosedAt, w.ToldAt = skein.WindowPicked, skein.Window{}.ClosesAt, i.by.At, i.by.At
		} else {
			i.loaded.Windows++
		}
		leaddb.SaveWindow(batch, w)
	}
	return i.tx.SendBatch(ctx, batch).Close()
}

// closeTaken closes windows of projects that have a lead now, or are to have one, or are over.
func (i *importing) closeTaken(ctx context.Context) error {
	if len(i.led) == 0 {
		return nil
	}
	projects, coming := core.Texts(i.led), core.Texts(slices.Collect(maps.Keys(i.coming)))
	batch := &pgx.Batch{}
	batch.Queue(`
		update claim_window
		set state = case
				when project.state in `+core.ProjectSeeks+` then 'picked'
				when project.state in `+core.ProjectOver+` then 'void'
				else 'taken'
			end,
			closed_at = coalesce(claim_window.closed_at, $2),
			told_at = coalesce(claim_window.told_at, $2),
			claimed = coalesce(claim_window.claimed, 0)
		from project
		where project.id = claim_window.project_id
			and project.id = any($1)
			and claim_window.state in `+core.WindowGoing+`
			and (project.state not in `+core.ProjectSeeks+` or project.id = any($3) and claim_window.closed_at is null)`,
		projects, i.by.At, coming)
	batch.Queue(`
		update claim
		set state = 'void', changed_at = $2
		from claim_window
		where claim_window.id = claim.window_id
			and claim_window.closed_at = $2
			and claim.project_id = any($1)
			and claim.state = 'draft'`, projects, i.by.At)
	batch.Queue(`
		update invite
		set state = 'void', answered_at = $2
		from claim_window
		where claim_window.id = invite.window_id
			and claim_window.closed_at = $2
			and invite.project_id = any($1)
			and invite.state = 'waiting'`, projects, i.by.At)
	return i.tx.SendBatch(ctx, batch).Close()
}
