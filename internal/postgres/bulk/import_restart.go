package bulkdb

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"skein/internal/folder"
	"skein/internal/lead"
	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// StandsError lists the changes of what claims are sent for that came too late: since the folder was
// checked, claims have begun again for the last time, or closed.
type StandsError []TooLate

// TooLate is one of them, and where it stands.
type TooLate struct {
	File   folder.File
	At     folder.Place
	Column string
	Why    string
}

func (e StandsError) Error() string {
	lines := make([]string, len(e))
	for n, l := range e {
		lines[n] = l.File.At(l.At) + ": " + l.Column + ": " + l.Why
	}
	return strings.Join(lines, "\n")
}

// restarts brings what the file changes of projects under claims, and bears on these, over by the verb
// that does it in the app: claims begin again, and whoever claimed is told. Of an open project whose lead
// the folder names, nobody is sought any more.
func (i *importing) restarts(ctx context.Context) error {
	bearing, err := i.bearing(ctx, i.projectIDs())
	if err != nil {
		return err
	}
	// all at once, in the order in which others lock them: the verbs lock one after the other
	if err := lockRows(ctx, i.tx, "project", core.Texts(slices.Collect(maps.Keys(bearing)))); err != nil {
		return err
	}
	var late StandsError
	file := i.folder.File("projects.csv")
	for n := range i.folder.Projects {
		row := &i.folder.Projects[n]
		changed, bears := bearing[row.ID]
		if !bears {
			continue
		}
		var conflict skein.Conflict
		switch err := i.restart(ctx, file, row); {
		case errors.As(err, &conflict):
			for _, c := range changed {
				late = append(late, TooLate{file, row.At[c], folder.Bearing[c], conflict.Why})
			}
		case err != nil:
			return err
		}
	}
	if len(late) > 0 {
		return late
	}
	return nil
}

// bearing finds, of some projects, those under claims of which the file changes what bears on these,
// and which columns say so.
func (i *importing) bearing(ctx context.Context, projects []string) (map[skein.ProjectID][]int, error) {
	going, err := core.Values[string](ctx, i.tx, `
		select id
		from project
		where id = any($1)
			and not (state = 'open' and id = any($2))
			and exists (
				select from claim_window
				where claim_window.project_id = project.id and claim_window.state in `+core.WindowGoing+`
			)`, projects, i.namedLeads())
	if err != nil {
		return nil, err
	}
	there, err := bearingOn(ctx, i.tx, going)
	if err != nil {
		return nil, err
	}
	bears := map[skein.ProjectID][]int{}
	file := i.folder.File("projects.csv")
	for n := range i.folder.Projects {
		row := &i.folder.Projects[n]
		if was, under := there[row.ID]; under {
			if changed := row.Bring(file, &was); len(changed) > 0 {
				bears[row.ID] = changed
			}
		}
	}
	return bears, nil
}

// still refuses to write over what somebody else has changed under claims since these began again; the
// projects are locked now.
func (i *importing) still(ctx context.Context, projects []string) error {
	bears, err := i.bearing(ctx, projects)
	if err == nil && len(bears) > 0 {
		return errChanged
	}
	return err
}

// namedLeads lists the projects of which the folder says who leads them, or is to.
func (i *importing) namedLeads() []string {
	named := []string{} // never null, which no SQL compares with
	for _, l := range i.folder.Leads {
		if l.Role == skein.Primary && l.Lasts() {
			named = append(named, string(l.Project))
		}
	}
	return named
}

// restart brings over what one row changes.
func (i *importing) restart(ctx context.Context, file folder.File, row *folder.ProjectRow) error {
	var window skein.WindowID
	events, err := leaddb.UpdateWithin(ctx, i.tx, i.by, row.ID, func(l *lead.Lead) error {
		was := l.Further
		moved, err := l.EditByFile(i.by, func(p *skein.Proposal) { row.Bring(file, p) })
		if moved && !l.Window.State.Over() {
			window = l.Window.ID
		}
		if !slices.Equal(was, l.Further) {
			i.moved[row.ID] = was
		}
		return err
	}, leaddb.WithProposal(), leaddb.Judging(i.options.Judge))
	if err != nil {
		return err
	}
	i.events, i.edited = append(i.events, events...), append(i.edited, row.ID)
	if window != "" {
		i.restarted = append(i.restarted, window)
	}
	return nil
}

// countRestarted counts the windows that began again, without those that the leads of the folder ended
// since.
func (i *importing) countRestarted(ctx context.Context) (err error) {
	if len(i.restarted) == 0 {
		return nil
	}
	i.loaded.Restarted, err = core.Value[int](ctx, i.tx, `
		select count(*) from claim_window where id::text = any($1) and closed_at is null`, core.Texts(i.restarted))
	return err
}
