package exchange

import (
	"skein/internal/folder"
	"skein/internal/skein"
)

var priorityLayout = layout{PrioritiesFile, []string{"id", "title", "weight", "horizon", "measure", "owner"}, 3}

const (
	priorityID = iota
	priorityTitle
	priorityWeight
	priorityHorizon
	priorityMeasure
	priorityOwner
)

// priorityColumns says in which column stands what a priority's own checks speak of.
var priorityColumns = map[string]int{
	"title": priorityTitle, "weight": priorityWeight, "horizon": priorityHorizon, "measure": priorityMeasure,
}

func (r *reader) readPriorities(t *table) {
	t.salvage = func(id string) { r.priorities[skein.PriorityID(id)] = true }
	first, near := map[skein.PriorityID]int{}, newAlike[skein.PriorityID]("priority")
	for t.next() {
		row := r.priority(t)
		once(t, priorityID, first, row.ID)
		near.take(t, row.ID)
		r.priorities[row.ID] = true
		if !t.bad {
			r.folder.Priorities = append(r.folder.Priorities, row)
		}
	}
	against(near, t, r.known.Priorities)
}

func (r *reader) priority(t *table) folder.PriorityRow {
	row := folder.PriorityRow{
		Priority: skein.Priority{
			ID:      skein.PriorityID(t.id(priorityID)),
			Title:   t.name(priorityTitle),
			Horizon: t.text(priorityHorizon, maxText),
			Measure: t.text(priorityMeasure, maxText),
			Owner:   t.person(priorityOwner),
		},
		Attributes: t.attributes(),
	}
	weight := t.decimal(priorityWeight, 0.001, 999.999, 3)
	switch {
	case weight != nil:
		row.Weight = *weight
	case len(t.trimmed(priorityWeight)) == 0:
		t.problem(priorityWeight, "It is blank.")
	}
	if !t.bad {
		t.invalid(row.Check(), priorityColumns)
	}
	r.checkPerson(t, priorityOwner, row.Owner)
	return row
}
