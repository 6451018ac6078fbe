package match

import (
	"math"

	"skein/internal/skein"
)

// Sum is what one kind of evidence adds up to for one person in one skill, aged to a day: N counts
// each piece as 2^(-age / half-life), L the same times its level. Aging a sum by some days more is
// one multiplication, so that sums can be kept and no history is read.
type Sum struct{ N, L float64 }

// Sums has one Sum for each kind of evidence, in the order of skein.EvidenceKinds.
type Sums [4]Sum

// SumUp adds up what counts of a person's evidence in a skill as of a day. Discount comes first.
func SumUp(evidence []skein.Evidence, skill skein.SkillID, halfLife float64, absences []skein.Absence, asOf skein.Date) Sums {
	return sumRows(Counting(evidence, skill, asOf), halfLife, leaves(absences, asOf), asOf)
}

// SumRows adds up rows that Counting has gathered as of that day.
func SumRows(rows []skein.Evidence, halfLife float64, absences []skein.Absence, asOf skein.Date) Sums {
	return sumRows(rows, halfLife, leaves(absences, asOf), asOf)
}

func sumRows(rows []skein.Evidence, halfLife float64, away []span, asOf skein.Date) Sums {
	var s Sums
	for _, e := range rows {
		k := kindIndex(e.Kind)
		if k < 0 {
			continue
		}
		d := math.Exp2(-age(e.ObservedOn, asOf, away) / halfLife)
		s[k].N += d
		s[k].L += d * float64(e.Level)
	}
	return s
}

// Aged is the sums so many days later, if nothing is added and nothing expires.
func (s Sums) Aged(days, halfLife float64) Sums {
	d := math.Exp2(-days / halfLife)
	for k := range s {
		s[k].N *= d
		s[k].L *= d
	}
	return s
}

// Weigh is what the sums say at a trust level: how much there is, and at which level.
func (s Sums) Weigh(row TrustRow) (strength, level float64) {
	var n, l float64
	for k, kind := range skein.EvidenceKinds {
		w := row.Weight(kind)
		n += w * s[k].N
		l += w * s[k].L
	}
	if n <= 0 {
		return 0, 0
	}
	return n, l / n
}

// Capability is a level that has been earned more than once: it comes close to the level as the
// strength outgrows w0.
func Capability(strength, level, w0 float64) float64 {
	if strength <= 0 {
		return 0
	}
	return level * strength / (strength + w0)
}

func kindIndex(k skein.EvidenceKind) int {
	switch k {
	case skein.Self:
		return 0
	case skein.Peer:
		return 1
	case skein.Outcome:
		return 2
	case skein.Credential:
		return 3
	}
	return -1
}
