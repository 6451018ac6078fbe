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

// endedPlaces are the places in a project that somebody held until the file ended them.
type endedPlaces struct {
	terms []skein.TermID
	lead  bool // among them is who led
}

// noteEnded notes that a row ends a place that somebody held. What was over already, and what never began in Skein, is
// history.
func (i *importing) noteEnded(t *termRow, l folder.LeadRow) {
	if !t.State.Holds() {
		return
	}
	if i.ended == nil {
		i.ended = map[skein.ProjectID]*endedPlaces{}
	}
	if i.ended[l.Project] == nil {
		i.ended[l.Project] = &endedPlaces{}
	}
	places := i.ended[l.Project]
	places.terms = append(places.terms, skein.TermID(t.ID))
	places.lead = places.lead || t.Role == skein.Primary
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
		places := i.ended[project]
		if !places.lead {
			continue
		}
		events, err := leaddb.UpdateWithin(ctx, i.tx, by, project, func(l *lead.Lead) error {
			return l.EndedByFile(by, places.terms)
		}, leaddb.Judging(i.options.Judge))
		if err != nil {
			return err
		}
		i.events = append(i.events, events...)
	}
	return nil
}
