package index

import (
	"math"

	"skein/internal/match"
)

// asked is a query as people's rows are scored against it.
type asked struct {
	q       match.Query
	row     match.TrustRow
	weights [4]float64
	today   int
	terms   []askedTerm
	slot    [256]bool // whether any skill asked for ends in these eight bits
}

// askedTerm is one requirement.
type askedTerm struct {
	skill    uint32
	weight   float64 // its part of all weight
	level    float64
	halfLife float64
}

// ask reads a query for one base; skills that nobody has evidence in are left out.
func (b *base) ask(q match.Query) *asked {
	row := q.Policy.Trust.Row(q.Trust)
	a := &asked{
		q: q, row: row, weights: [4]float64{row.Self, row.Peer, row.Outcome, row.Credential},
		today: int(q.AsOf.Unix() / 86400),
	}
	var all float64
	for _, r := range q.Requirements {
		all += r.Weight
	}
	for _, r := range q.Requirements {
		n, ok := b.skill[r.Skill]
		if !ok || int(n) >= len(b.lists) || all <= 0 {
			continue
		}
		a.slot[n&255] = true
		a.terms = append(a.terms, askedTerm{n, r.Weight / all, float64(r.Level), r.HalfLife})
	}
	return a
}

// asks tells whether a skill is asked for.
func (a *asked) asks(skill uint32) bool {
	if !a.slot[skill&255] {
		return false
	}
	for _, t := range a.terms {
		if t.skill == skill {
			return true
		}
	}
	return false
}

// fit is how well a person fits: what the engine would say, up to the rounding of floats.
func (b *base) fit(a *asked, p uint32) float64 {
	var fit float64
	end := b.first[p+1]
	for lo := b.first[p]; lo < end; {
		s := b.rows[lo].skill
		hi := lo + 1
		if !a.slot[s&255] {
			lo = hi
			continue
		}
		for hi < end && b.rows[hi].skill == s {
			hi++
		}
		for _, t := range a.terms {
			if t.skill == s {
				fit += t.weight * min(1, b.capability(a, t, p, lo, hi)/t.level)
			}
		}
		lo = hi
	}
	return fit
}

// capability is the engine's for somebody's rows in one skill.
func (b *base) capability(a *asked, t askedTerm, p, lo, hi uint32) float64 {
	var sums match.Sums
	if b.flags[p]&hasAbsence != 0 || b.rows[lo].bits&tangled != 0 {
		sums = b.engineSums(p, lo, hi, t.halfLife, a.q.AsOf)
	} else {
		sums = b.sums(lo, hi, a.q.AsOf, func(age int) float64 { return math.Exp2(-float64(age) / t.halfLife) })
	}
	var n, l float64
	for k, w := range a.weights {
		n += w * sums[k].N
		l += w * sums[k].L
	}
	if n <= 0 {
		return 0
	}
	return l / (n + a.q.Policy.Trust.W0)
}
