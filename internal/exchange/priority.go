package exchange

import (
	"maps"
	"slices"

	"skein/internal/folder"
	"skein/internal/skein"
)

var priorityLayout = layout{PrioritiesFile, []string{"id", "title", "weight", "horizon", "measure", "owner"}, 3, true}

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
	called := titles{}
	for t.next() {
		row := r.priority(t)
		once(t, priorityID, first, row.ID)
		near.take(t, row.ID)
		called.take(t, row)
		r.priorities[row.ID] = true
		if !t.bad {
			r.folder.Priorities = append(r.folder.Priorities, row)
		}
	}
	against(near, t, r.known.Priorities)
	called.against(r, t)
}

// titles is which priority has a title, by its key. Two of one title stay two, and are told of.
type titles map[string]stands[skein.PriorityID]

const oneTitle = "priorities of one title"

// take notes the present row's title, and tells of an earlier row that has it.
func (a titles) take(t *table, row folder.PriorityRow) {
	key := skein.NameKey(row.Title)
	if key == "" || t.bad {
		return
	}
	before, there := a[key]
	if !there {
		a[key] = stands[skein.PriorityID]{id: row.ID, line: t.rec.line}
		return
	}
	if before.id != row.ID {
		t.report.noteMany(oneTitle, "%s: The priority %s has the title of %s on line %d, %s. They are read as two.",
			t.where(), shown([]byte(row.ID)), shown([]byte(before.id)), before.line, shown([]byte(row.Title)))
	}
}

// against tells of titles that priorities in Skein have which the file does not name, and so leaves as they are.
func (a titles) against(r *reader, t *table) {
	for _, id := range slices.Sorted(maps.Keys(r.known.Titles)) {
		at, there := a[skein.NameKey(r.known.Titles[id])]
		if there && !r.priorities[id] {
			r.report.noteMany(oneTitle, "%s: The priority %s has the title of %s in Skein, %s. They are two.",
				t.whereLine(at.line), shown([]byte(at.id)), shown([]byte(id)), shown([]byte(r.known.Titles[id])))
		}
	}
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
		t.ofValue(priorityWeight, "is blank.")
	}
	if !t.bad {
		t.invalid(row.Check(), priorityColumns)
	}
	r.checkPerson(t, priorityOwner, row.Owner)
	return row
}
