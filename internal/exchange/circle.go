package exchange

import (
	"skein/internal/folder"
	"skein/internal/skein"
)

var circleLayout = layout{CirclesFile, []string{"id", "name", "parent", "purpose"}, 2, true}

const (
	circleID = iota
	circleName
	circleParent
	circlePurpose
)

// circleColumns says in which column stands what a circle's own checks speak of.
var circleColumns = map[string]int{"name": circleName, "purpose": circlePurpose}

func (r *reader) readCircles(t *table) {
	t.salvage = func(id string) { r.circles[skein.CircleID(id)] = true }
	tree := newParents(r.known.Circles)
	first, near := map[skein.CircleID]int{}, newAlike[skein.CircleID]("circle")
	called, made := teamNames{}, r.files.asking && t.mapped == nil
	for t.next() {
		row := t.circle()
		tree.add(row.ID, row.Parent, t.here(circleParent))
		once(t, circleID, first, row.ID)
		near.take(t, row.ID)
		called.take(t, row, made)
		r.circles[row.ID] = true
		if name, closed := r.known.Closed[row.ID]; closed {
			r.report.noteMany(r.report.noun("circle")+"s that were closed", "%s: %s, once called %s, was closed: this opens it again, with what the files put into it.",
				t.where(), shown([]byte(row.ID)), shown([]byte(name)))
		}
		if !t.bad {
			r.folder.Circles = append(r.folder.Circles, row)
		}
	}
	for _, id := range tree.order {
		parent := tree.of[id]
		if _, there := r.known.Circles[parent]; there || r.circles[parent] || t.broken {
			continue
		}
		r.report.add(tree.place[id].missing(r.report, CirclesFile, string(parent), r.noCircle(parent)))
	}
	tree.rings(r.report, "circle")
	against(near, t, r.known.Circles)
}

func (t *table) circle() folder.CircleRow {
	row := folder.CircleRow{
		Circle: skein.Circle{
			ID:      skein.CircleID(t.id(circleID)),
			Name:    t.name(circleName),
			Parent:  skein.CircleID(t.maybeID(circleParent)),
			Purpose: t.text(circlePurpose, maxText),
		},
		Attributes: t.attributes(),
	}
	if !t.bad {
		t.invalid(row.Check(), circleColumns)
	}
	return row
}
