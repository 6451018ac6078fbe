package index

import (
	"container/heap"
	"math"
	"slices"
	"sync"

	"skein/internal/match"
)

// search finds, among the people of a base, all who may be among the best k.
//
// It keeps, for each person met in a list, the most that they can come to: what the lists read so
// far say, and for the others the bound where reading stopped. Lists are read from their most
// capable people down, where the bounds fall fastest for what is read. Once nobody unmet can come
// in, no new person is noted; once few are left, these are scored from their own rows.
type search struct {
	b      *base
	a      *asked
	k      int
	stale  map[uint32]struct{} // changed since: others answer for them
	terms  []*term
	sealed bool // some list could not be read by its bounds
	*board
	rest   uint32 // what somebody who was met nowhere can come to
	scored []scored
	best   bestKeys
	most   float64 // the best fit so far
	Work
}

// Work says what a search did.
type Work struct {
	Present int // postings in the lists of the skills asked for
	Touched int // of these, read
	Scored  int // people whose own rows were added up
}

// scored is a person whose rows were added up.
type scored struct {
	person    uint32
	fit, turn float64
}

// term is one requirement on its way through its list.
type term struct {
	askedTerm
	list *list
	plan *plan
	next int    // the next segment
	bit  uint32 // in what is known of a person
	rest uint32 // what whoever was not met here can get from it, at most
	legs []leg  // how to read it, the steepest first
}

// leg is a part of a list: the bound falls by slope for each of its postings.
type leg struct {
	slope float64
	to    int // the segment behind it
}

const (
	unit       = 60000   // of the fit; bounds are rounded up to whole ones
	termsMost  = 15      // as many lists have a bit
	scoredBit  = 1 << 15 // the person was scored
	termBits   = 1<<15 - 1
	firstRead  = 4096 // postings before the first look at what they say
	scoreCosts = 160  // as many postings read cost as much as one person scored
)

// board is what a search notes of people. It is used again once it is clear.
type board struct {
	met   []uint32 // by person: what is known, in units, above the bits of the lists they were met in
	who   []uint32 // everybody met while somebody unmet could still come in
	alive []uint32 // of these, who may still come in
}

var boards sync.Pool

func (b *base) board() *board {
	if m, ok := boards.Get().(*board); ok && len(m.met) >= len(b.ids) {
		return m
	}
	return &board{met: make([]uint32, len(b.ids))}
}

func newSearch(b *base, q match.Query, k int, stale map[uint32]struct{}) *search {
	s := &search{b: b, a: b.ask(q), k: k, stale: stale, board: b.board()}
	for _, t := range s.a.terms {
		l := &b.lists[t.skill]
		s.Present += len(l.people)
		if l.halfLife != t.halfLife || len(s.terms) == termsMost {
			s.sealed = true // its bounds say nothing here, or there is no bit left
			s.rest += units(t.weight)
			continue
		}
		x := &term{askedTerm: t, list: l, plan: l.plan(b, q), bit: 1 << len(s.terms)}
		x.rest = x.bound(0)
		x.walk()
		s.rest += x.rest
		s.terms = append(s.terms, x)
	}
	return s
}

// units rounds a share of the fit up.
func units(share float64) uint32 { return uint32(math.Ceil(share*unit + 1e-9)) }

// bound is the share that segment i's people have at most; 0 behind the last.
func (t *term) bound(i int) uint32 {
	if i >= len(t.plan.segments) {
		return 0
	}
	return units(t.weight * min(1, t.plan.segments[i].most/t.level))
}

// run reads and scores until all who may be among the best were scored. False: that may be people
// without any evidence that counts here, and all others were scored.
func (s *search) run() bool {
	budget := firstRead
	for {
		read := s.read(budget)
		s.keep(s.cut())
		s.sample(s.k)
		cut := s.cut()
		if s.rest < cut {
			s.keep(cut)
			if read == 0 || len(s.alive)*scoreCosts <= 2*s.Touched {
				s.finish()
				return true
			}
		} else if read == 0 {
			return s.all()
		}
		budget = max(firstRead, s.Touched/2)
	}
}

// all scores everybody who was met, or everybody where lists could not be read.
func (s *search) all() bool {
	if s.sealed {
		for p := range uint32(len(s.b.ids)) {
			s.score(p)
		}
		return s.cut() > 0
	}
	for _, p := range s.who {
		s.score(p)
	}
	return s.cut() > 0
}

// walk plans the legs: between the stops from which no other way down is steeper.
func (t *term) walk() {
	type point struct {
		stop
		rest float64
	}
	var hull []point
	slope := func(a, b point) float64 { return (a.rest - b.rest) / float64(b.read-a.read) }
	for _, at := range t.plan.stops {
		p := point{at, float64(t.bound(at.segment))}
		for n := len(hull); n > 1 && slope(hull[n-1], p) >= slope(hull[n-2], hull[n-1]); n = len(hull) {
			hull = hull[:n-1]
		}
		hull = append(hull, p)
	}
	for i := 1; i < len(hull); i++ {
		t.legs = append(t.legs, leg{slope(hull[i-1], hull[i]), hull[i].segment})
	}
}

// read reads about as many postings, where bounds fall fastest for what is read.
func (s *search) read(budget int) int {
	read := 0
	for read < budget {
		var best *term
		for _, t := range s.terms {
			if len(t.legs) > 0 && (best == nil || t.legs[0].slope > best.legs[0].slope) {
				best = t
			}
		}
		if best == nil {
			break
		}
		read += s.step(best, budget-read)
	}
	s.Touched += read
	return read
}

// step reads one leg of a list, or as much of it as the budget allows, and returns how many
// postings that was.
func (s *search) step(t *term, budget int) int {
	met, n := s.met, 0
	open := s.cut() <= s.rest || len(s.who) == 0
	for ; t.next < t.legs[0].to && n < budget; t.next++ {
		g := t.plan.segments[t.next]
		people := t.list.people[g.from:g.to]
		n += len(people)
		add := t.bound(t.next)<<16 | t.bit
		if !open {
			for _, p := range people {
				if x := met[p]; x != 0 {
					met[p] = x + add
				}
			}
			continue
		}
		for _, p := range people {
			x := met[p]
			if x == 0 {
				s.who = append(s.who, p)
				s.alive = append(s.alive, p)
			}
			met[p] = x + add
		}
	}
	if t.next == t.legs[0].to {
		t.legs = t.legs[1:]
	}
	s.rest -= t.rest
	t.rest = t.bound(t.next)
	s.rest += t.rest
	return n
}

// bounds returns what somebody can come to at most, from what is known of them.
func (s *search) bounds() func(known uint32) uint32 {
	var low [256]uint32
	var high [128]uint32
	for i, t := range s.terms {
		for m := range 256 {
			if i < 8 && m>>i&1 != 0 {
				low[m] += t.rest
			}
			if i >= 8 && m < 128 && m>>(i-8)&1 != 0 {
				high[m] += t.rest
			}
		}
	}
	rest := s.rest
	return func(known uint32) uint32 {
		return known>>16 + rest - low[known&255] - high[known>>8&127]
	}
}

// keep drops from the living all who cannot come in any more, or were scored.
func (s *search) keep(cut uint32) {
	bound, met := s.bounds(), s.met
	left := s.alive[:0]
	for _, p := range s.alive {
		if x := met[p]; x&scoredBit == 0 && bound(x) >= cut {
			left = append(left, p)
		}
	}
	s.alive = left
}

// sample scores about the n most promising, so that there is something to come up to.
func (s *search) sample(n int) {
	bound, met := s.bounds(), s.met
	var counts [256]int
	for _, p := range s.alive {
		if x := met[p]; x&scoredBit == 0 {
			counts[min(bound(x)>>8, 255)]++
		}
	}
	from, sum := 256, 0
	for from > 0 && sum < n {
		from--
		sum += counts[from]
	}
	for _, p := range s.alive {
		if x := met[p]; n > 0 && x&scoredBit == 0 && int(min(bound(x)>>8, 255)) >= from {
			s.score(p)
			n--
		}
	}
}

// finish scores the living, the most promising first, until nobody left can come in.
func (s *search) finish() {
	bound, met := s.bounds(), s.met
	slices.SortFunc(s.alive, func(a, b uint32) int { return int(bound(met[b])) - int(bound(met[a])) })
	for _, p := range s.alive {
		if bound(met[p]) < s.cut() {
			return
		}
		s.score(p)
	}
}

// score adds up a person's own rows.
func (s *search) score(p uint32) {
	x := s.met[p]
	if x&scoredBit != 0 {
		return
	}
	if x == 0 {
		s.who = append(s.who, p)
	}
	s.met[p] = x | scoredBit
	if _, changed := s.stale[p]; changed {
		return
	}
	s.Scored++
	s.note(scored{p, s.b.fit(s.a, p), s.b.turn(p, s.a.q)})
}

// note keeps what somebody was scored with.
func (s *search) note(x scored) {
	s.scored = append(s.scored, x)
	s.bound(x.fit, x.turn)
}

// bound lets a score raise what others have to come up to. Places go by fit / best + turn, which
// is fit + best x turn in other units. The best fit is not known before the end, so it is taken
// for what makes the key no higher than it will be.
func (s *search) bound(fit, turn float64) {
	s.most = max(s.most, fit)
	key := fit + turn
	if turn > 0 {
		key = fit + s.most*turn
	}
	s.best.offer(key, s.k)
}

// cut is what somebody must be able to come to, in units, or they are not among the best. It never
// rises above the best fit, which all others are measured by.
func (s *search) cut() uint32 {
	least := min(s.best.least(s.k), s.most)
	return uint32(max(0, math.Floor((least-1e-9)*unit)))
}

// clear gives the board back as it was.
func (s *search) clear() {
	for _, p := range s.who {
		s.met[p] = 0
	}
	s.who, s.alive = s.who[:0], s.alive[:0]
	boards.Put(s.board)
	s.board = nil
}

// bestKeys holds the k highest keys, the least of them first.
type bestKeys []float64

func (h bestKeys) Len() int           { return len(h) }
func (h bestKeys) Less(i, j int) bool { return h[i] < h[j] }
func (h bestKeys) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *bestKeys) Push(x any)        { *h = append(*h, x.(float64)) }

// Pop is what package heap asks for.
func (h *bestKeys) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (h *bestKeys) offer(key float64, k int) {
	switch {
	case len(*h) < k:
		heap.Push(h, key)
	case key > (*h)[0]:
		(*h)[0] = key
		heap.Fix(h, 0)
	}
}

// least is the k-th highest key; below everything while there are fewer.
func (h bestKeys) least(k int) float64 {
	if len(h) < k || k == 0 {
		return math.Inf(-1)
	}
	return h[0]
}
