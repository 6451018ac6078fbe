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
	decays   []float64 // what each age counts for
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
		a.terms = append(a.terms, askedTerm{n, r.Weight / all, float64(r.Level), r.HalfLife, b.decays[r.HalfLife]})
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
	from, end := b.first[p], b.first[p+1]
	rows := b.rows[from:end]
	for lo := 0; lo < len(rows); {
		s := rows[lo].skill
		if !a.slot[s&255] {
			lo++
			continue
		}
		hi := lo + 1
		for hi < len(rows) && rows[hi].skill == s {
			hi++
		}
		for i := range a.terms {
			if t := &a.terms[i]; t.skill == s {
				fit += t.weight * min(1, b.capability(a, t, p, from+uint32(lo), from+uint32(hi))/t.level)
			}
		}
		lo = hi
	}
	return fit
}

// capability is the engine's for somebody's rows in one skill.
func (b *base) capability(a *asked, t *askedTerm, p, lo, hi uint32) float64 {
	var n, l float64
	if b.flags[p]&hasAbsence != 0 || b.rows[lo].bits&tangled != 0 {
		for k, sums := range b.engineSums(p, lo, hi, t.halfLife, a.q.AsOf) {
			n += a.weights[k] * sums.N
			l += a.weights[k] * sums.L
		}
	} else {
		for i, r := range b.rows[lo:hi] {
			if r.bits&isSecond != 0 || r.bits&hasSecond != 0 && b.over(lo+uint32(i)+1, a.today) {
				continue
			}
			w := a.weights[r.kind()] * t.decay(a.today-int(r.day))
			n += w
			l += w * float64(r.level())
		}
	}
	if n <= 0 {
		return 0
	}
	return l / (n + a.q.Policy.Trust.W0)
}

// decay is what evidence of an age counts for.
func (t *askedTerm) decay(age int) float64 {
	if uint(age) < uint(len(t.decays)) {
		return t.decays[age]
	}
	return math.Exp2(-float64(age) / t.halfLife)
}
