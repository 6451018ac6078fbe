package index

import (
	"cmp"
	"math"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

// bestTries is how many of the most promising are looked at before the lists are read on. Some of
// them will not pass the gates, and until one does there is nothing to come up to.
const bestTries = 64

// Best is what match.BestOf makes of everybody: the best fit of all who may lead, and their best
// order, measured by it. candidate says how a person's facts look to the question, and keeps who is
// active, their leads and their evidence as they are. False: the index
// does not answer for the query's day. number is that of the last change it knows.
func (x *Index) Best(q match.Query, candidate func(comparison.Facts) match.Candidate) (best match.Best, number int, ok bool) {
	s := x.now.Load()
	if s == nil || !s.day.Equal(q.AsOf) {
		return match.Best{}, 0, false
	}
	x.Expect(q.Requirements)
	return s.best(q, candidate), s.number, true
}

// best searches twice: for the best fit, and with it for the best order. Whoever is scored and could
// be better than the best so far is looked at by the engine itself, which says whether they may lead
// and exactly how they fit.
func (s *snapshot) best(q match.Query, candidate func(comparison.Facts) match.Candidate) match.Best {
	var best match.Best
	if slices.ContainsFunc(q.Guardrails, func(g skein.GuardrailResult) bool { return !g.Pass }) {
		return best // nobody may
	}
	s.eachBest(q, func(fit, _ float64) float64 { return fit }, candidate, func(fit, _ float64) {
		best.Fit = max(best.Fit, fit)
	})
	found := false
	key := func(fit, turn float64) float64 { return fit + best.Fit*turn }
	if best.Fit <= 0 {
		key = func(_, turn float64) float64 { return turn } // as match.Order has it
	}
	s.eachBest(q, key, candidate, func(fit, turn float64) {
		if order := match.Millionths(match.Order(fit, best.Fit, turn)); !found || order > best.Order {
			best.Order, found = order, true
		}
	})
	return best
}

// eachBest tells of people who may lead, among them whoever has the highest key. No key is higher
// than the fit for whoever has not led in the area, or where turns take something away; whoever may
// gain by turns is scored first.
func (s *snapshot) eachBest(q match.Query, key func(fit, turn float64) float64, candidate func(comparison.Facts) match.Candidate, tell func(fit, turn float64)) {
	r := newSearch(s.main, q, 1, s.stale)
	defer r.clear()
	r.tries, r.most = bestTries, math.Inf(1)
	least := math.Inf(-1)
	look := func(c match.Candidate) {
		if fit, turn, ok := match.Eligible(&q, c); ok {
			least = max(least, key(fit, turn))
			r.best.offer(key(fit, turn), 1)
			tell(fit, turn)
		}
	}
	may := s.main.mayLead(&q)
	r.admit = func(x scored) {
		if key(x.fit, x.turn) >= least-1e-9 && may(x.person) {
			look(candidate(s.main.facts(x.person, r.a.asks)))
		}
	}
	for _, f := range s.odd {
		look(candidate(f))
	}
	late := s.late.ask(q)
	for p := range uint32(len(s.late.ids)) {
		if key(s.late.fit(late, p), s.late.turn(p, &q)) >= least-1e-9 {
			look(candidate(s.late.facts(p, late.asks)))
		}
	}
	if q.Rotation < 0 {
		r.scoreLed(q)
	}
	if r.run() {
		return
	}
	for p := range uint32(len(s.main.ids)) { // nobody with evidence that counts may lead, or hardly
		r.score(p)
	}
}

// mayLead tells, from columns and rows alone and so without saying everything about them again, of
// whom it is worth asking the engine whether they may lead: they are active, not at the guardrail,
// and there is some evidence in whatever is a must.
func (b *base) mayLead(q *match.Query) func(p uint32) bool {
	var musts []uint32
	for _, r := range q.Requirements {
		if !r.Must {
			continue
		}
		n, ok := b.skill[r.Skill]
		if !ok {
			return func(uint32) bool { return false }
		}
		musts = append(musts, n)
	}
	return func(p uint32) bool {
		if b.flags[p]&isActive == 0 || q.LeadsAtOnce > 0 && int(b.leads[p]) >= q.LeadsAtOnce {
			return false
		}
		rows := b.rows[b.first[p]:b.first[p+1]]
		for _, skill := range musts {
			if _, ok := slices.BinarySearchFunc(rows, skill, func(r row, s uint32) int { return cmp.Compare(r.skill, s) }); !ok {
				return false
			}
		}
		return true
	}
}
