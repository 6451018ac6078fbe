package bulkdb

import (
	"context"
	"maps"
	"slices"

	"skein/internal/folder"
	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// noteEnded notes that a row ends a lead that somebody had. What was over already, and what never began in Skein, is
// history; a place beside a lead is asked of with the lead.
func (i *importing) noteEnded(t *termRow, l folder.LeadRow) {
	if !t.State.Holds() || t.Role != skein.Primary {
		return
	}
	if i.ended == nil {
		i.ended = map[skein.ProjectID][]skein.TermID{}
	}
	i.ended[l.Project] = append(i.ended[l.Project], skein.TermID(t.ID))
}

// askOfEnded asks how the leads went that the file ended, as where a lead ends in the app; of those that it renews what
// waits goes over. It comes before all else that ends with them, or who was there could not be told. Before anybody comes
// in a file says how things stood, and nobody is asked.
func (i *importing) askOfEnded(ctx context.Context) error {
	if len(i.ended) == 0 {
		return nil
	}
	if nobody, err := nobodyComesIn(ctx, i.tx); err != nil || nobody {
		return err
	}
	by := i.by
	by.Person = "" // whoever imports is told as others are: they see no project's page here
	for _, project := range slices.Sorted(maps.Keys(i.ended)) {
		events, err := leaddb.UpdateWithin(ctx, i.tx, by, project, func(l *lead.Lead) error {
			return l.EndedByFile(by, i.ended[project])
		}, leaddb.Judging(i.options.Judge))
		if err != nil {
			return err
		}
		i.events = append(i.events, events...)
	}
	return nil
}
