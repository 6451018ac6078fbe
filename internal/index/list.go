package index

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

// list is everybody who has evidence in one skill, by how much of it and at which level: people
// whose two sums, rounded up, are the same stand in one cell. A posting is four bytes; the cell it
// stands in is its sums.
type list struct {
	halfLife float64
	cells    []cell
	people   []uint32 // cell by cell, the most capable first; ascending within
	plans    *[4]atomic.Pointer[plan]
}

// cell is where the people of one pair of rounded sums begin.
type cell struct{ key, from uint32 }

// A cell's key: the level in quarters (5 bits), then for each kind how much evidence there is, in
// quarters of a doubling (6 bits each), then whether it stands still because somebody is on leave.
const (
	levelWidth = 5
	sumWidth   = 6
	sumMost    = 1<<sumWidth - 1
	sumOne     = 33 // the step that stands for 1
	stillBit   = 1 << (levelWidth + 4*sumWidth)
)

// steps is how much each step of a sum stands for, at most.
var steps = func() (s [sumMost + 1]float64) {
	for i := 1; i < sumMost; i++ {
		s[i] = math.Exp2(float64(i-sumOne) / 4)
	}
	s[sumMost] = 1e12 // so much that only the level bounds it
	return s
}()

// stepOf is the smallest step that stands for no less than n.
func stepOf(n float64) uint32 {
	if n <= 0 {
		return 0
	}
	s := math.Ceil(4*math.Log2(n)-1e-9) + sumOne
	return uint32(max(1, min(sumMost, s)))
}

// list makes the lists of a base.
func (b *base) list(halfLife func(skein.SkillID) float64) {
	b.lists, b.holders = make([]list, len(b.skills)), make([]int32, len(b.skills))
	for i, s := range b.skills {
		b.lists[i] = list{halfLife: halfLife(s), plans: new([4]atomic.Pointer[plan])}
	}
	b.decayTables()
	b.pairs(func(_, lo, _ uint32) { b.holders[b.rows[lo].skill]++ })
	ends, total := make([]int, len(b.skills)), 0
	for i, n := range b.holders {
		ends[i] = total
		total += int(n)
	}
	all := make([]uint64, total)
	b.pairs(func(p, lo, hi uint32) {
		s := b.rows[lo].skill
		if key := b.key(p, lo, hi, b.lists[s].halfLife); key != 0 {
			all[ends[s]] = uint64(key)<<32 | uint64(p)
			ends[s]++
		}
	})
	people, start := make([]uint32, 0, total), 0
	for i, n := range b.holders {
		some := all[start:ends[i]]
		slices.Sort(some)
		from := len(people)
		people = append(people, b.lists[i].fill(some, people)...)
		b.lists[i].people = people[from:len(people):len(people)]
		start += int(n)
	}
}

// fill makes the cells of sorted postings and returns who they are. The most capable come first, as
// most projects ask: so a search reads a list from its beginning, without jumping about.
func (l *list) fill(sorted []uint64, room []uint32) []uint32 {
	type run struct {
		key      uint32
		most     float64
		from, to int
	}
	var runs []run
	usual := match.DefaultTrust()
	row := usual.Row(skein.Weighed)
	for i, x := range sorted {
		key := uint32(x >> 32)
		if n := len(runs); n > 0 && runs[n-1].key == key {
			runs[n-1].to = i + 1
			continue
		}
		runs = append(runs, run{key, cell{key: key}.most(row, usual.W0, 1), i, i + 1})
	}
	slices.SortFunc(runs, func(a, b run) int { return cmp.Or(cmp.Compare(b.most, a.most), cmp.Compare(a.key, b.key)) })
	out := room[len(room):len(room):cap(room)]
	l.cells = make([]cell, len(runs))
	for i, r := range runs {
		l.cells[i] = cell{r.key, uint32(len(out))}
		for _, x := range sorted[r.from:r.to] {
			out = append(out, uint32(x))
		}
	}
	return out
}

// pairs visits each person's rows in each skill.
func (b *base) pairs(visit func(p, lo, hi uint32)) {
	for p := range uint32(len(b.ids)) {
		end := b.first[p+1]
		for lo := b.first[p]; lo < end; {
			hi := lo + 1
			for hi < end && b.rows[hi].skill == b.rows[lo].skill {
				hi++
			}
			visit(p, lo, hi)
			lo = hi
		}
	}
}

// key rounds up what somebody's evidence in a skill adds up to on the base's day. 0: to nothing,
// that day and ever after.
//
// It holds for every later day too: ageing scales a sum by what the cell is scaled by, or by less
// for whoever is on leave, and those stand still here. What expires later leaves the sum smaller
// and the level no higher than the highest row's.
func (b *base) key(p, lo, hi uint32, halfLife float64) uint32 {
	var sums match.Sums
	var still uint32
	if b.flags[p]&hasAbsence != 0 {
		for _, a := range b.extras[p].absences {
			if a.Until.IsZero() || !a.Until.Before(b.asOf) {
				still = stillBit
			}
		}
	}
	if b.flags[p]&hasAbsence != 0 || b.rows[lo].bits&tangled != 0 {
		sums = b.engineSums(p, lo, hi, halfLife, b.asOf)
	} else {
		sums = b.sums(lo, hi, b.asOf, b.decay(halfLife))
	}
	highest := 0.0
	key := still
	for k, s := range sums {
		if s.N > 0 {
			highest = max(highest, s.L/s.N)
			key |= stepOf(s.N) << (levelWidth + k*sumWidth)
		}
	}
	if highest == 0 {
		return 0
	}
	if b.expires(lo, hi) {
		for _, r := range b.rows[lo:hi] {
			highest = max(highest, float64(r.level()))
		}
	}
	return key | uint32(math.Ceil(highest*4-1e-9))
}

// expires tells whether any of the rows counts only for a time.
func (b *base) expires(lo, hi uint32) bool {
	return slices.ContainsFunc(b.rows[lo:hi], func(r row) bool { return r.bits&isSecond != 0 && r.day != 0 })
}

// sums adds up rows none of which replaces another, of somebody who was never on leave.
func (b *base) sums(lo, hi uint32, asOf skein.Date, decay func(age int) float64) (s match.Sums) {
	today := int(asOf.Unix() / 86400)
	for i := lo; i < hi; i++ {
		r := b.rows[i]
		if r.bits&isSecond != 0 || r.bits&hasSecond != 0 && b.over(i+1, today) {
			continue
		}
		d := decay(today - int(r.day))
		s[r.kind()].N += d
		s[r.kind()].L += d * float64(r.level())
	}
	return s
}

// over tells whether what a second row belongs to has expired.
func (b *base) over(second uint32, today int) bool {
	until := b.rows[second].day
	return until != 0 && int(until) < today
}

// engineSums lets the engine add up.
func (b *base) engineSums(p, lo, hi uint32, halfLife float64, asOf skein.Date) match.Sums {
	var rows []skein.Evidence
	for i := lo; i < hi; {
		var e comparison.Seen
		e, i = b.unpack(b.ids[p], i)
		if e.AsSelf {
			e.Kind = skein.Self
		}
		rows = append(rows, e.Evidence)
	}
	return match.SumUp(rows, b.skills[b.rows[lo].skill], halfLife, b.extras[p].absences, asOf)
}

// decay is what each age counts for, at a half-life that a list is made with.
func (b *base) decay(halfLife float64) func(int) float64 {
	table := b.decays[halfLife]
	return func(age int) float64 {
		if age < len(table) {
			return table[age]
		}
		return math.Exp2(-float64(age) / halfLife)
	}
}

// decayTables works out once, for each half-life, what each age counts for.
func (b *base) decayTables() {
	b.decays = map[float64][]float64{}
	for _, l := range b.lists {
		if b.decays[l.halfLife] != nil {
			continue
		}
		table := make([]float64, 1<<12)
		for age := range table {
			table[age] = math.Exp2(-float64(age) / l.halfLife)
		}
		b.decays[l.halfLife] = table
	}
}
