package index

import (
	"cmp"
	"math"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
)

// Found is the beginning of a ranking.
type Found struct {
	Ranked     []match.Ranked
	Candidates []match.Candidate // those that were ranked, in no order: all of Ranked are among them
	Whole      bool              // there is nobody else
	Work
}

// Top names the best k people for a query: the first k of what match.Rank makes of everybody.
// candidate says how a person's facts look to the question. False: the index does not answer for
// the query's day.
func (x *Index) Top(q match.Query, k int, candidate func(comparison.Facts) match.Candidate) (Found, bool) {
	s := x.now.Load()
	if s == nil || !s.day.Equal(q.AsOf) {
		return Found{}, false
	}
	k = max(1, min(k, s.people))
	x.Expect(q.Requirements)
	f := s.search(q, k, candidate)
	f.Whole = len(f.Ranked) == s.people
	return f, true
}

func (s *snapshot) search(q match.Query, k int, candidate func(comparison.Facts) match.Candidate) Found {
	var found Found
	if s.people == 0 {
		return found
	}
	r := newSearch(s.main, q, k, s.stale)
	defer r.clear()
	late := s.lateScores(q, r)
	odd := make([]match.Candidate, len(s.odd))
	for i, f := range s.odd {
		odd[i] = candidate(f)
		one := match.Rank(q, odd[i:i+1])[0]
		r.offer(one.Fit, one.Turn)
	}
	if q.Rotation != 0 {
		r.scoreLed(q)
	}
	var others []uint32
	if !r.run() {
		others = s.lots(q, r, k)
	}
	least := r.least(late, odd, q, k)
	people := odd
	for i, b := range []*base{s.main, s.late} {
		a := b.ask(q)
		for _, x := range [][]scored{r.scored, late}[i] {
			if x.fit+r.most*x.turn >= least || x.fit >= r.most-1e-9 {
				people = append(people, candidate(b.facts(x.person, a.asks)))
			}
		}
	}
	for _, p := range others {
		people = append(people, candidate(s.main.facts(p, r.a.asks)))
	}
	found.Ranked, found.Candidates, found.Work = match.Rank(q, people), people, r.Work
	found.Ranked = found.Ranked[:min(k, len(found.Ranked))]
	return found
}

// lateScores scores everybody who changed since the lists were made.
func (s *snapshot) lateScores(q match.Query, r *search) []scored {
	a := s.late.ask(q)
	all := make([]scored, len(s.late.ids))
	for p := range all {
		all[p] = scored{uint32(p), s.late.fit(a, uint32(p)), s.late.turn(uint32(p), &q)}
		r.offer(all[p].fit, all[p].turn)
		r.Scored++
	}
	return all
}

// scoreLed scores whoever has led in the area: for them there is more than the fit.
func (s *search) scoreLed(q match.Query) {
	for _, skill := range q.Area {
		if n, ok := s.b.skill[skill]; ok {
			for _, p := range s.b.led[n] {
				s.score(p)
			}
		}
	}
}

// least is the key of the k-th best of all that were scored, a little lower because of rounding.
func (s *search) least(late []scored, odd []match.Candidate, q match.Query, k int) float64 {
	keys := make([]float64, 0, len(s.scored)+len(late)+len(odd))
	for _, some := range [][]scored{s.scored, late} {
		for _, x := range some {
			keys = append(keys, x.fit+s.most*x.turn)
		}
	}
	for _, one := range match.Rank(q, odd) {
		keys = append(keys, one.Fit+s.most*one.Turn)
	}
	if len(keys) <= k {
		return math.Inf(-1)
	}
	slices.SortFunc(keys, func(a, b float64) int { return cmp.Compare(b, a) })
	return keys[k-1] - 1e-9
}

// lots draws, of all who were not scored and have nothing that counts here, the first k: by their
// turn, which those who have led before may be behind in, then by lottery.
func (s *snapshot) lots(q match.Query, r *search, k int) []uint32 {
	type lot struct {
		turn   float64
		ticket uint64
		person uint32
	}
	order := func(a, b lot) int {
		return cmp.Or(cmp.Compare(b.turn, a.turn), cmp.Compare(a.ticket, b.ticket), cmp.Compare(a.person, b.person))
	}
	var drawn []lot
	for p := range uint32(len(s.main.ids)) {
		if _, changed := s.stale[p]; changed || r.bound[p] == wasScored {
			continue
		}
		l := lot{s.main.turn(p, &q), match.Ticket(q.Seed, s.main.ids[p]), p}
		if len(drawn) == k && order(l, drawn[k-1]) >= 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(drawn, l, order)
		drawn = slices.Insert(drawn, i, l)
		drawn = drawn[:min(k, len(drawn))]
	}
	people := make([]uint32, len(drawn))
	for i, l := range drawn {
		people[i] = l.person
	}
	return people
}
