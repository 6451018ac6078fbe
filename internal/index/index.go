// Package index keeps what the engine reads of people in memory, so that the best of a million can
// be named without reading the database row by row.
//
// It is exact: what it names is what match.Rank would name on the same facts, bit for bit. The
// lists that it searches only bound what people can come to; whoever may be among the best is
// handed to match.Rank itself. People whose facts the lists cannot hold, and those who changed
// since the lists were made, are looked at one by one.
//
// An index answers for one day. Readers never wait: each change is a new snapshot that takes the
// place of the last one.
package index

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

// Index ranks people from memory. Make it with New.
type Index struct {
	now     atomic.Pointer[snapshot]
	settled atomic.Bool // false: a half-life was asked for that the lists were not made with

	packing sync.Mutex // one at a time lays everybody out anew
	mu      sync.Mutex // guards what follows: only one writer at a time
	words   *words
	fresh   map[skein.PersonID]change
	number  int // of the last change
	half    map[skein.SkillID]float64
	usual   float64
}

// change is what is known of somebody since the lists were made.
type change struct {
	number int
	facts  *comparison.Facts // nil: no candidate any more
}

// snapshot is an index at one moment.
type snapshot struct {
	day    skein.Date
	number int // of the last change it knows
	main   *base
	stale  map[uint32]struct{} // of main: the facts are in late or odd, or nowhere any more
	late   *base
	odd    []comparison.Facts // what rows cannot hold
	people int
	gone   map[skein.SkillID]int // holders of main that are not any more
}

// New returns an index that knows nobody; skills have that half-life unless told otherwise.
func New(halfLife float64) *Index {
	return &Index{words: newWords(), fresh: map[skein.PersonID]change{}, half: map[skein.SkillID]float64{}, usual: halfLife}
}

// Load takes in everybody, by id, as of a day. Until it is done the index answers as before.
func (x *Index) Load(day skein.Date, people iter.Seq2[comparison.Facts, error]) error {
	x.packing.Lock()
	defer x.packing.Unlock()
	w := newWords()
	b := newBuilder(w, day)
	odd := map[skein.PersonID]change{}
	for f, err := range people {
		if err != nil {
			return err
		}
		if n := len(b.ids); n > 0 && f.Person <= b.ids[n-1] || !b.add(f) {
			odd[f.Person] = change{0, &f}
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.words, x.fresh, x.number = w, odd, x.number+1
	x.publish(day, b.finish(x.halfLife, nil))
	x.settled.Store(true)
	return nil
}

// Forget makes the index know nobody, until it is loaded again.
func (x *Index) Forget() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.now.Store(nil)
}

func (x *Index) halfLife(s skein.SkillID) float64 {
	if h := x.half[s]; h > 0 {
		return h
	}
	return x.usual
}

// Day is the day that the index answers for; false before it was loaded.
func (x *Index) Day() (skein.Date, bool) {
	s := x.now.Load()
	if s == nil {
		return skein.Date{}, false
	}
	return s.day, true
}

// Update says what is now known of the people named, as of a day. Those without facts are no
// candidates any more.
func (x *Index) Update(day skein.Date, named []skein.PersonID, facts []comparison.Facts) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.now.Load()
	if s == nil {
		return // not loaded yet; what is loaded later knows it
	}
	x.number++
	for _, id := range named {
		x.fresh[id] = change{x.number, nil}
	}
	for _, f := range facts {
		x.fresh[f.Person] = change{x.number, &f}
	}
	x.publish(day, s.main)
}

// publish makes the next snapshot of what was changed since main was laid out.
func (x *Index) publish(day skein.Date, main *base) {
	s := &snapshot{
		day: day, number: x.number, main: main,
		stale: map[uint32]struct{}{}, gone: map[skein.SkillID]int{},
	}
	b := newBuilder(x.words, day)
	for _, id := range sortedIDs(x.fresh) {
		if p, ok := main.number(id); ok {
			s.stale[p] = struct{}{}
		}
		if f := x.fresh[id].facts; f != nil && !b.add(*f) {
			s.odd = append(s.odd, *f)
		}
	}
	s.late = b.finish(x.halfLife, main)
	s.count()
	x.now.Store(s)
}

func sortedIDs(fresh map[skein.PersonID]change) []skein.PersonID {
	all := make([]skein.PersonID, 0, len(fresh))
	for id := range fresh {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// count counts people, and the holders that main counts too many.
func (s *snapshot) count() {
	s.people = len(s.main.ids) - len(s.stale) + len(s.late.ids) + len(s.odd)
	for p := range s.stale {
		var last uint32 = math.MaxUint32
		for _, r := range s.main.rows[s.main.first[p]:s.main.first[p+1]] {
			if r.skill != last {
				s.gone[s.main.skills[r.skill]]++
				last = r.skill
			}
		}
	}
	for _, f := range s.odd {
		var seen []skein.SkillID
		for _, e := range f.Evidence {
			if !slices.Contains(seen, e.Skill) {
				seen = append(seen, e.Skill)
				s.gone[e.Skill]--
			}
		}
	}
}

// Population counts the people that the index knows of, by what they have evidence in.
func (x *Index) Population() (comparison.Population, bool) {
	s := x.now.Load()
	if s == nil {
		return comparison.Population{}, false
	}
	return comparison.Population{Day: s.day, People: s.people, Holders: s.holders, Number: s.number}, true
}

// Size counts the people that the index knows of, and the rows of evidence that it keeps of them. False before it was loaded.
func (x *Index) Size() (people, rows int, loaded bool) {
	s := x.now.Load()
	if s == nil {
		return 0, 0, false
	}
	return s.people, len(s.main.rows) + len(s.late.rows), true
}

func (s *snapshot) holders(skill skein.SkillID) int {
	n := -s.gone[skill]
	for _, b := range []*base{s.main, s.late} {
		if i, ok := b.skill[skill]; ok && int(i) < len(b.holders) {
			n += int(b.holders[i])
		}
	}
	return n
}

// Pack lays everybody out anew, when enough has changed that looking at the changed one by one
// costs something, or when half-lives were asked for that the lists were not made with. Meanwhile
// the index answers, and changes, as before.
func (x *Index) Pack() {
	x.packing.Lock()
	defer x.packing.Unlock()
	s := x.now.Load()
	if s == nil || x.settled.Load() && len(s.late.ids)+len(s.stale) <= max(256, len(s.main.ids)/500) {
		return
	}
	x.mu.Lock()
	half := make(map[skein.SkillID]float64, len(x.half))
	for skill, h := range x.half {
		half[skill] = h
	}
	usual := x.usual
	x.settled.Store(true)
	x.mu.Unlock()
	main := s.merge(func(skill skein.SkillID) float64 {
		if h := half[skill]; h > 0 {
			return h
		}
		return usual
	})
	x.mu.Lock()
	defer x.mu.Unlock()
	odd := map[skein.PersonID]bool{}
	for _, f := range s.odd {
		odd[f.Person] = true
	}
	for id, c := range x.fresh {
		if c.number <= s.number && !odd[id] {
			delete(x.fresh, id)
		}
	}
	if latest := x.now.Load(); latest != nil { // else it was told to forget meanwhile
		x.publish(latest.day, main)
	}
}

// Expect says with which half-lives skills will be asked for; see Pack.
func (x *Index) Expect(requirements []match.Requirement) {
	s := x.now.Load()
	if s == nil {
		return
	}
	for _, r := range requirements {
		n, ok := s.main.skill[r.Skill]
		if !ok || s.main.lists[n].halfLife == r.HalfLife {
			continue
		}
		x.mu.Lock()
		x.half[r.Skill] = r.HalfLife
		x.mu.Unlock()
		x.settled.Store(false)
	}
}

// merge is main with what changed since, laid out as of the snapshot's day.
func (s *snapshot) merge(halfLife func(skein.SkillID) float64) *base {
	w := &words{skill: s.late.skill, skills: s.late.skills, texts: s.late.texts}
	b := newBuilder(w, s.day)
	b.rows = make([]row, 0, len(s.main.rows)+len(s.late.rows))
	for i, j := uint32(0), uint32(0); int(i) < len(s.main.ids) || int(j) < len(s.late.ids); {
		if int(j) == len(s.late.ids) || int(i) < len(s.main.ids) && cmp.Less(s.main.ids[i], s.late.ids[j]) {
			if _, changed := s.stale[i]; !changed {
				b.copy(s.main, i)
			}
			i++
			continue
		}
		if int(i) < len(s.main.ids) && s.main.ids[i] == s.late.ids[j] {
			i++
		}
		b.copy(s.late, j)
		j++
	}
	return b.finish(halfLife, s.late)
}

// copy appends a person of another base with the same words.
func (b *builder) copy(from *base, p uint32) {
	b.rows = append(b.rows, from.rows[from.first[p]:from.first[p+1]]...)
	var free *float64
	if h := from.hours[p]; !math.IsNaN(h) {
		free = &h
	}
	b.column(from.ids[p], from.flags[p], free, from.leads[p], from.lastLed[p], from.extras[p])
}
