package index

import (
	"cmp"
	"math"
	"slices"

	"skein/internal/match"
	"skein/internal/skein"
)

// plan is a list's cells in the order of how capable their people can be at most, for one trust
// row and day. It is worked out once and kept until another is asked for.
type plan struct {
	row      match.TrustRow
	w0       float64
	asOf     skein.Date
	segments []segment
	stops    []stop // where the bound has fallen by another part; the last is the end
}

// stop is a place in a list where reading may halt.
type stop struct {
	segment int // the first that is then unread
	read    int // postings before it
}

// segment is some of a list's people, none of whom is more capable than most.
type segment struct {
	most     float64
	from, to uint32
}

// near is how much cells that lie side by side may differ to be read as one segment: by this part.
const near = 100

// parts is in how many steps a list is read, from the most capable down.
const parts = 24

// plan returns the cells in order for a query.
func (l *list) plan(b *base, q match.Query) *plan {
	row, w0 := q.Policy.Trust.Row(q.Trust), q.Policy.Trust.W0
	row.Reason = ""
	slot := &l.plans[max(0, q.Trust.Notch())]
	if p := slot.Load(); p != nil && p.row == row && p.w0 == w0 && p.asOf.Equal(q.AsOf) {
		return p
	}
	p := l.newPlan(b, row, w0, q.AsOf)
	slot.Store(p)
	return p
}

func (l *list) newPlan(b *base, row match.TrustRow, w0 float64, asOf skein.Date) *plan {
	p := &plan{row: row, w0: w0, asOf: asOf, segments: make([]segment, 0, min(len(l.cells), 512))}
	aged := math.Exp2(-float64(int64(asOf.Sub(b.asOf).Hours()/24)) / l.halfLife)
	least := 0.0 // of the last segment
	for i, c := range l.cells {
		to := uint32(len(l.people))
		if i+1 < len(l.cells) {
			to = l.cells[i+1].from
		}
		most := c.most(row, w0, aged)
		if most == 0 {
			continue
		}
		if n := len(p.segments); n > 0 {
			last := &p.segments[n-1]
			high, low := max(last.most, most), min(least, most)
			if last.to == c.from && high-low <= high/near {
				last.most, least, last.to = high, low, to
				continue
			}
		}
		p.segments, least = append(p.segments, segment{most, c.from, to}), most
	}
	p.segments = slices.Clip(p.segments)
	slices.SortFunc(p.segments, func(x, y segment) int { return cmp.Or(cmp.Compare(y.most, x.most), cmp.Compare(x.from, y.from)) })
	p.halt()
	return p
}

// halt finds the stops.
func (p *plan) halt() {
	read, from := 0, 0.0
	for i, g := range p.segments {
		if i == 0 || g.most < from-p.segments[0].most/parts {
			p.stops = append(p.stops, stop{i, read})
			from = g.most
		}
		read += int(g.to - g.from)
	}
	p.stops = append(p.stops, stop{len(p.segments), read})
}

// most bounds the capability of a cell's people.
func (c cell) most(row match.TrustRow, w0, aged float64) float64 {
	if c.key&stillBit != 0 {
		aged = 1
	}
	var n float64
	for k, kind := range skein.EvidenceKinds {
		n += row.Weight(kind) * steps[c.key>>(levelWidth+k*sumWidth)&sumMost]
	}
	n *= aged
	level := float64(c.key&(1<<levelWidth-1)) / 4
	return level * n / (n + w0) * (1 + 1e-9)
}
