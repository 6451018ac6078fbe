package view

import (
	"cmp"
	"slices"

	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// ringsDeep is how many steps into the chosen circle the figure shows circles; what lies deeper is counted.
const ringsDeep = 2

// mostBeside is how many circles beside the chosen one are shown, one a corner.
const mostBeside = 4

// figure is what the map draws: the chosen circle, what it leads, and the circles within it.
func (x mapView) figure() page.MapFigure {
	top := x.chosen
	if top.ID == "" {
		top = x.m.Outside
		top.Name = x.Org.Name
	}
	f := page.MapFigure{Zoomed: !x.all(), Top: x.node(top, 0)}
	if !f.Zoomed {
		return f
	}
	beside := slices.DeleteFunc(slices.Clone(x.within[x.chosen.Parent]), func(c gameboarddb.MapCircle) bool { return c.ID == x.chosen.ID })
	slices.SortStableFunc(beside, func(a, b gameboarddb.MapCircle) int { return cmp.Compare(x.sums[b.ID].all(), x.sums[a.ID].all()) })
	for _, c := range beside[:min(len(beside), mostBeside)] {
		f.Beside = append(f.Beside, page.MapNode{ID: string(c.ID), Name: c.Name, URL: x.to(c.ID), Says: x.sums[c.ID].words(), Kind: page.MapCircle})
	}
	return f
}

// node is a circle with what lies in it.
func (x mapView) node(c gameboarddb.MapCircle, depth int) page.MapNode {
	n := page.MapNode{ID: string(c.ID), Name: c.Name, URL: x.to(c.ID), Says: x.sums[c.ID].words(), Kind: page.MapCircle, Size: sizeOf(0)}
	own := ownSum(c)
	leads := x.leads[c.ID]
	if len(leads) == own.all() {
		for _, lead := range leads {
			n.Within = append(n.Within, x.leadNode(lead))
		}
	} else {
		n.Within = append(n.Within, countNode(c.ID, "own", own))
	}
	if depth == ringsDeep {
		var below mapSum
		for _, inner := range x.within[c.ID] {
			below = below.plus(x.sums[inner.ID])
		}
		if below.all() > 0 {
			n.Within = append(n.Within, countNode(c.ID, "below", below))
		}
		return n
	}
	for _, inner := range x.within[c.ID] {
		n.Within = append(n.Within, x.node(inner, depth+1))
	}
	return n
}

// leadNode is a lead, drawn as large as its hours.
func (x mapView) leadNode(lead gameboarddb.MapLead) page.MapNode {
	bird, says := x.stands(lead)
	n := page.MapNode{ID: "lead/" + string(lead.ID), Name: lead.Title, URL: path.Project(string(lead.ID)), Says: says, Kind: page.MapLed, Size: sizeOf(lead.Hours)}
	switch bird {
	case component.VacantOnMap:
		n.Kind = page.MapOpen
	case component.Paused:
		n.Kind = page.MapPaused
	case component.Reconsidered:
		n.Kind = page.MapReconsidered
	}
	return n
}

// countNode stands for leads that are too many to draw one by one.
func countNode(id skein.CircleID, what string, sum mapSum) page.MapNode {
	return page.MapNode{ID: what + "/" + string(id), Name: sum.words(), Kind: page.MapCount, Size: sizeOf(sum.hours)}
}

// sizeOf is the area of a lead with that many hours; nobody has said how many where there are none.
func sizeOf(hours float64) float64 {
	if hours <= 0 {
		return 3
	}
	return min(max(hours, 1), 400)
}
