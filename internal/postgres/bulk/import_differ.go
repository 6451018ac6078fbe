package bulkdb

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// projectsThatDiffer stages what phases are like, and returns the projects of which the folder says
// something else than what stands. It locks none: most of a folder stays as it is, and whoever moves in
// those projects does not wait.
func (i *importing) projectsThatDiffer(ctx context.Context, file folder.File, done staged) ([]string, error) {
	if err := i.stagePhases(ctx); err != nil {
		return nil, err
	}
	differ := slices.Clone(done.changed)
	if before, after := i.situation(file); len(before) > 0 {
		phases, err := core.Values[string](ctx, i.tx, fmt.Sprintf(`
			select new.project_id
			from import_phase new
			join (%s) latest on latest.project_id = new.project_id
			join phase on phase.id = latest.id
			where row (%s) is distinct from row (%s)`,
			latestPhase, strings.Join(before, ", "), strings.Join(after, ", ")), i.projectIDs())
		if err != nil {
			return nil, err
		}
		differ = append(differ, phases...)
	}
	if file.States("requirements") {
		asked, err := askedFor(ctx, i.tx, i.projectIDs())
		if err != nil {
			return nil, err
		}
		for _, p := range i.folder.Projects {
			if !i.fresh[p.ID] && !slices.Equal(p.Requirements, asked[p.ID]) {
				differ = append(differ, string(p.ID))
			}
		}
	}
	further, err := i.furtherThatDiffer(ctx, file)
	if err != nil {
		return nil, err
	}
	for id := range further {
		if !i.fresh[id] {
			differ = append(differ, string(id))
		}
	}
	slices.Sort(differ)
	return slices.Compact(differ), nil
}

// stagePhases copies what the current phases are like into a table of this transaction.
func (i *importing) stagePhases(ctx context.Context) error {
	err := core.Exec(ctx, i.tx, `
		create temp table import_phase (
			project_id text, uncertainty text, stakes smallint, urgency smallint, expertise smallint,
			commitment smallint, reach smallint, readiness smallint
		) on commit drop`)
	if err != nil {
		return err
	}
	rows := i.folder.Projects
	_, err = i.tx.CopyFrom(ctx, pgx.Identifier{"import_phase"}, append([]string{"project_id"}, situationFields...),
		pgx.CopyFromSlice(len(rows), func(n int) ([]any, error) {
			s := rows[n].Situation
			return []any{
				rows[n].ID, core.Nullable(s.Uncertainty), nullWhole(s.Stakes), nullWhole(s.Urgency), nullWhole(s.Expertise),
				nullWhole(s.Commitment), nullWhole(s.Reach), nullWhole(s.Readiness),
			}, nil
		}))
	return err
}

// leadsThatDiffer returns the projects with a row that says something else than what stands.
func (i *importing) leadsThatDiffer(ctx context.Context) (map[skein.ProjectID]bool, error) {
	rows := i.folder.Leads
	if len(rows) == 0 {
		return nil, nil //nolint:nilnil // an empty map reads the same
	}
	found, err := i.pairTerms(ctx, rows, ledIDs(rows))
	differ := map[skein.ProjectID]bool{}
	for n, l := range rows {
		if _, same := i.settled(&l, found[n]); !same {
			differ[l.Project] = true
		}
	}
	return differ, err
}

// ledIDs lists the projects that rows speak of.
func ledIDs(rows []folder.LeadRow) []string {
	projects := map[skein.ProjectID]bool{}
	for _, l := range rows {
		projects[l.Project] = true
	}
	return core.Texts(slices.Collect(maps.Keys(projects)))
}

// pairTerms reads what rows are held against, and finds for each row the term that it speaks of.
func (i *importing) pairTerms(ctx context.Context, rows []folder.LeadRow, projects []string) ([]*termRow, error) {
	terms, err := core.All[termRow](ctx, i.tx, termsSQL+` and term.project_id = any($1) order by term.id`, projects)
	if err != nil {
		return make([]*termRow, len(rows)), err
	}
	return pairUp(rows, terms), i.prepare(ctx, rows, terms, projects)
}

// settled completes a row, puts its attributes over the term's, and tells whether the term stands as the
// row says. Nobody is brought back into office.
func (i *importing) settled(l *folder.LeadRow, t *termRow) (merged folder.Attributes, same bool) {
	i.complete(l, t)
	merged = merge(t, l.Attributes, i.folder.File("leads.csv").Attributes)
	return merged, t != nil && (l.Lasts() && t.State == skein.TermEnded || t.same(*l) && maps.Equal(merged, t.Attributes))
}
