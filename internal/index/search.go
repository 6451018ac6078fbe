package index

import (
	"math"
	"slices"
	"sync"

	"skein/internal/match"
)

// search finds, among the people of a base, all who may be among the best k.
//
// It reads lists from their most capable people down and adds up, for each person met, the most that
// they can come to. A first short reading finds people worth scoring from their own rows, and so
// what somebody must come up to. The second reads as far as it takes for nobody who was not met to
// come up to that, and notes everybody whose bound does. These are scored, the most promising first,
// until no bound left is high enough.
type search struct {
	b      *base
	a      *asked
	k      int
	tries  int                 // scored before the lists are read on
	admit  func(scored)        // looks at whoever was scored and offers what counts; nil: everybody counts
	stale  map[uint32]struct{} // changed since: others answer for them
	terms  []*term
	sealed bool // some list could not be read by its bounds
	*board
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
	legs []leg  // how to read it, the steepest first
	stop int    // the segment before which reading stops
	rest uint32 // what whoever was not met before the stop can get from it, at most
}

// leg is a part of a list: the bound falls by slope for each of its postings.
type leg struct {
	slope float64
	to    int // the segment behind it
}

const (
	unit       = 60000 // of the fit; bounds are rounded up to whole ones
	wasScored  = 255   // in the place of a bound: the person was scored
	boundMost  = 254   // a bound goes no higher
	floorSteps = 128   // from nothing to the floor of a reading
	termsMost  = 100   // as many lists are read by their bounds
	firstRead  = 4096  // postings read to find people worth scoring
	firstShare = 3     // as many times k are scored first
	deep       = .25   // reading goes on until whoever was not met comes to this part of what is needed
)

// board is what a search notes of people. It is used again once it is clear.
type board struct {
	bound []uint8  // by person: what they can come to, less what anybody unmet can, in steps of the reading
	step  float64  // of the bounds, in units
	who   []uint32 // whose bound is high enough
	order []uint32 // the same, the most promising first
}

var boards sync.Pool

func (b *base) board() *board {
	if m, ok := boards.Get().(*board); ok && len(m.bound) >= len(b.ids) {
		return m
	}
	return &board{bound: make([]uint8, len(b.ids))}
}

func newSearch(b *base, q match.Query, k int, stale map[uint32]struct{}) *search {
	s := &search{b: b, a: b.ask(q), k: k, tries: firstShare * k, stale: stale, board: b.board()}
	for _, t := range s.a.terms {
		l := &b.lists[t.skill]
		s.Present += len(l.people)
		if l.halfLife != t.halfLife || len(s.terms) == termsMost {
			s.sealed = true // its bounds say nothing here, or there are too many
			continue
		}
		x := &term{askedTerm: t, list: l, plan: l.plan(b, q)}
		x.walk()
		s.terms = append(s.terms, x)
	}
	return s
}

// units rounds a share of the fit up.
func units(share float64) uint32 { return uint32(math.Ceil(share*unit + 1e-9)) }

// most is the share that segment i's people have at most; 0 behind the last.
func (t *term) most(i int) uint32 {
	if i >= len(t.plan.segments) {
		return 0
	}
	return units(t.weight * min(1, t.plan.segments[i].most/t.level))
}

// walk plans the legs: between the stops from which no other way down is steeper.
func (t *term) walk() {
	type point struct {
		stop
		rest float64
	}
	hull := make([]point, 0, len(t.plan.stops))
	slope := func(a, b point) float64 { return (a.rest - b.rest) / float64(b.read-a.read) }
	for _, at := range t.plan.stops {
		p := point{at, float64(t.most(at.segment))}
		for n := len(hull); n > 1 && slope(hull[n-1], p) >= slope(hull[n-2], hull[n-1]); n = len(hull) {
			hull = hull[:n-1]
		}
		hull = append(hull, p)
	}
	t.legs = make([]leg, 0, len(hull))
	for i := 1; i < len(hull); i++ {
		t.legs = append(t.legs, leg{slope(hull[i-1], hull[i]), hull[i].segment})
	}
}

// run reads and scores until all who may be among the best were scored. False: that may be people
// without any evidence that counts here, and all others were scored.
func (s *search) run() bool {
	if s.sealed {
		for p := range uint32(len(s.b.ids)) {
			s.score(p)
		}
		return s.cut() > 0
	}
	s.reach(func(_ uint32, read int) bool { return read < firstRead })
	s.read(0)
	s.first(s.tries)
	for _, p := range s.who {
		s.bound[p] = 0
	}
	need := s.cut()
	rest := s.reach(func(rest uint32, _ int) bool { return float64(rest) >= deep*float64(need) })
	s.read(need - rest)
	s.finish(rest)
	return s.cut() > 0
}

// reach sets how far each list is read: on while more says so, where bounds fall fastest for what
// is read. It returns what whoever is met nowhere can come to.
func (s *search) reach(more func(rest uint32, read int) bool) uint32 {
	rest, read := uint32(0), 0
	next := make([]int, len(s.terms))
	for _, t := range s.terms {
		t.stop, t.rest = 0, t.most(0)
		rest += t.rest
	}
	for more(rest, read) {
		best := -1
		for i, t := range s.terms {
			if next[i] < len(t.legs) && (best < 0 || t.legs[next[i]].slope > s.terms[best].legs[next[best]].slope) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		t := s.terms[best]
		to := t.legs[next[best]].to
		next[best]++
		read += t.postings(t.stop, to)
		t.stop = to
		rest -= t.rest
		t.rest = t.most(to)
		rest += t.rest
	}
	return rest
}

// postings counts those of some segments.
func (t *term) postings(from, to int) int {
	n := 0
	for _, g := range t.plan.segments[from:to] {
		n += int(g.to - g.from)
	}
	return n
}

// read reads every list up to its stop and notes whose bound comes up to a floor above what anybody
// unmet can come to. A byte a person is all that is kept, so that a million of them stay near the
// processor: the floor is cut into steps, and what a list adds is rounded up to whole ones.
func (s *search) read(floor uint32) {
	bound, who := s.bound, s.who[:0]
	for _, x := range s.scored {
		bound[x.person] = 0
	}
	enough := uint(floorSteps)
	s.step = float64(floor) / floorSteps
	if floor == 0 {
		enough, s.step = 1, unit/(boundMost-termsMost)
	}
	for _, t := range s.terms {
		for i, g := range t.plan.segments[:t.stop] {
			add := uint(math.Ceil(float64(t.most(i)-t.rest) / s.step))
			if add == 0 {
				continue
			}
			people := t.list.people[g.from:g.to]
			s.Touched += len(people)
			for _, p := range people {
				x := uint(bound[p])
				y := min(x+add, boundMost)
				bound[p] = uint8(y)
				if x < enough && y >= enough {
					who = append(who, p)
				}
			}
		}
	}
	for _, x := range s.scored {
		bound[x.person] = wasScored
	}
	s.who = who
}

// atMost is what somebody noted can come to, in units.
func (s *search) atMost(p, rest uint32) uint32 {
	x := s.bound[p]
	if x >= boundMost {
		return math.MaxUint32
	}
	return rest + uint32(math.Ceil(float64(x)*s.step))
}

// first scores about the n most promising of those met, so that there is something to come up to.
func (s *search) first(n int) {
	var counts [256]int
	for _, p := range s.who {
		counts[s.bound[p]]++
	}
	from, sum := wasScored, 0
	for from > 0 && sum < n {
		from--
		sum += counts[from]
	}
	for _, p := range s.who {
		if x := s.bound[p]; n > 0 && x != wasScored && int(x) >= from {
			s.score(p)
			n--
		}
	}
}

// finish scores those noted, the most promising first, until nobody left can come in.
func (s *search) finish(rest uint32) {
	var ends [256]int
	left, cut := s.who[:0], s.cut()
	for _, p := range s.who {
		if x := s.bound[p]; x != wasScored && s.atMost(p, rest) >= cut {
			left = append(left, p)
			ends[x]++
		}
	}
	sum := 0
	for x := boundMost; x >= 0; x-- {
		sum += ends[x]
		ends[x] = sum - ends[x]
	}
	s.order = slices.Grow(s.order[:0], len(left))[:len(left)]
	for _, p := range left {
		x := s.bound[p]
		s.order[ends[x]] = p
		ends[x]++
	}
	for _, p := range s.order {
		if s.atMost(p, rest) < s.cut() {
			return
		}
		s.score(p)
	}
}

// score adds up a person's own rows.
func (s *search) score(p uint32) {
	if s.bound[p] == wasScored {
		return
	}
	s.bound[p] = wasScored
	if _, changed := s.stale[p]; changed {
		return
	}
	s.Scored++
	s.note(scored{p, s.b.fit(s.a, p), s.b.turn(p, &s.a.q)})
}

// note keeps what somebody was scored with.
func (s *search) note(x scored) {
	s.scored = append(s.scored, x)
	if s.admit != nil {
		s.admit(x)
		return
	}
	s.offer(x.fit, x.turn)
}

// offer lets a score raise what others have to come up to. Places go by fit / best + turn, which
// is fit + best x turn in other units. The best fit is not known before the end, so it is taken
// for what makes the key no higher than it will be.
func (s *search) offer(fit, turn float64) {
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
	clear(s.board.bound)
	s.who = s.who[:0]
	boards.Put(s.board)
	s.board = nil
}

// bestKeys holds the k highest keys as a heap, the least of them first.
type bestKeys []float64

func (h *bestKeys) offer(key float64, k int) {
	keys := *h
	if len(keys) < k {
		keys = append(keys, key)
		for i := len(keys) - 1; i > 0 && keys[(i-1)/2] > keys[i]; i = (i - 1) / 2 {
			keys[i], keys[(i-1)/2] = keys[(i-1)/2], keys[i]
		}
		*h = keys
		return
	}
	if key <= keys[0] {
		return
	}
	keys[0] = key
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(keys); child++ {
			if keys[child] < keys[least] {
				least = child
			}
		}
		if least == i {
			return
		}
		keys[i], keys[least] = keys[least], keys[i]
		i = least
	}
}

// least is the k-th highest key; below everything while there are fewer.
func (h bestKeys) least(k int) float64 {
	if len(h) < k || k == 0 {
		return math.Inf(-1)
	}
	return h[0]
}
