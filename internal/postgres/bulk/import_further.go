package bulkdb

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/lead"
	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// furtherOf reads the circles that must move with projects, beside their own.
func furtherOf(ctx context.Context, tx pgx.Tx, projects []string) (map[skein.ProjectID][]skein.CircleID, error) {
	rows, _ := tx.Query(ctx, `
		select project_id, circle_id
		from further_circle
		where project_id = any($1)
		order by project_id, circle_id collate "C"`, projects)
	all := map[skein.ProjectID][]skein.CircleID{}
	var id skein.ProjectID
	var circle skein.CircleID
	_, err := pgx.ForEachRow(rows, []any{&id, &circle}, func() error {
		all[id] = append(all[id], circle)
		return nil
	})
	return all, err
}

// furtherThatDiffer says which circles are to move with the projects of the folder, of those where others do now. A
// project that a file moves into one of them keeps the rest.
func (i *importing) furtherThatDiffer(ctx context.Context, file folder.File) (map[skein.ProjectID][]skein.CircleID, error) {
	if !file.States("teams") && !file.States("circle") {
		return nil, nil //nolint:nilnil // an empty map reads the same
	}
	there, err := furtherOf(ctx, i.tx, i.projectIDs())
	if err != nil {
		return nil, err
	}
	own, err := core.Pairs[skein.ProjectID, skein.CircleID](ctx, i.tx, `
		select id, coalesce(circle_id, '') from project where id = any($1)`, i.projectIDs())
	differ := map[skein.ProjectID][]skein.CircleID{}
	for _, p := range i.folder.Projects {
		circle, named := own[p.ID], there[p.ID]
		if file.States("circle") {
			circle = p.Circle
		}
		if file.States("teams") {
			named = p.Further
		}
		if named = skein.FurtherCircles(circle, named); !slices.Equal(named, there[p.ID]) {
			differ[p.ID] = named
		}
	}
	return differ, err
}

// further writes which circles must move with some projects, and returns those where that differed.
func (i *importing) further(ctx context.Context, file folder.File, projects []string) ([]skein.ProjectID, error) {
	differ, err := i.furtherThatDiffer(ctx, file)
	if err != nil {
		return nil, err
	}
	var changed []skein.ProjectID
	batch := &pgx.Batch{}
	for _, p := range i.folder.Projects {
		if circles, differs := differ[p.ID]; differs && slices.Contains(projects, string(p.ID)) {
			changed = append(changed, p.ID)
			leaddb.SaveFurther(batch, p.ID, circles)
		}
	}
	was, err := furtherOf(ctx, i.tx, core.Texts(changed))
	if err != nil {
		return nil, err
	}
	for _, id := range changed {
		if !i.fresh[id] {
			i.moved[id] = was[id]
		}
	}
	return changed, i.tx.SendBatch(ctx, batch).Close()
}

// tellMoved tells whoever looks after a circle that must move with a project that goes on, or does not any more, since
// the file. Before anybody comes in a file says how things stood, and nobody is told.
func (i *importing) tellMoved(ctx context.Context) error {
	if len(i.moved) == 0 {
		return nil
	}
	if nobody, err := nobodyComesIn(ctx, i.tx); err != nil || nobody {
		return err
	}
	by := i.by
	by.Person = "" // whoever imports need not see each of them, and is told as others are
	for _, project := range slices.Sorted(maps.Keys(i.moved)) {
		events, err := leaddb.UpdateWithin(ctx, i.tx, by, project, func(l *lead.Lead) error {
			return l.TellMoved(by, i.moved[project])
		})
		if err != nil {
			return err
		}
		i.events = append(i.events, events...)
	}
	return nil
}
