package match

import (
	"math"
	"slices"
	"time"

	"skein/internal/skein"
)

// metAll meets each requirement of a query with one person's evidence.
func metAll(q Query, c Candidate, witnesses bool) []Met {
	away := leaves(c.Absences, q.AsOf)
	row := q.Policy.Trust.Row(q.Trust)
	met := make([]Met, len(q.Requirements))
	for i, r := range q.Requirements {
		m, rows := meet(r, q.Trust, q.Policy.Trust.W0, c, voices{row, r.HalfLife, away, q.AsOf})
		if witnesses {
			m.Witnesses = voices{row, r.HalfLife, away, q.AsOf}.witnessed(rows)
			if len(rows) == 0 {
				m.RanOut = ranOut(c.Evidence, r.Skill, q.AsOf)
			}
		}
		met[i] = m
	}
	return met
}

// ranOut is the last day on which any of what others say of a skill counted that has run out; zero: nothing
// has.
func ranOut(evidence []skein.Evidence, skill skein.SkillID, asOf skein.Date) (last skein.Date) {
	for _, e := range evidence {
		over := e.Skill == skill && e.Kind != skein.Self && !e.ExpiresOn.IsZero() && e.ExpiresOn.Before(asOf)
		if over && e.ExpiresOn.After(last) {
			last = e.ExpiresOn
		}
	}
	return last
}

// meet meets one requirement at a trust level, and returns the rows that count for it.
func meet(r Requirement, t skein.Trust, w0 float64, c Candidate, v voices) (Met, []skein.Evidence) {
	rows := Counting(c.Evidence, r.Skill, v.asOf)
	rows = slices.DeleteFunc(rows, func(e skein.Evidence) bool { return v.row.Weight(e.Kind) <= 0 })
	m := Met{Requirement: r, Standing: Missing, By: c.Person}
	m.Strength, m.LevelShown = sumRows(rows, r.HalfLife, v.away, v.asOf).Weigh(v.row)
	m.Capability = Capability(m.Strength, m.LevelShown, w0)
	m.Satisfied = min(1, m.Capability/float64(r.Level))
	m.Corroborated = corroborated(t, r.Must, rows)
	m.Standing = standing(t, m, rows, v)
	return m, rows
}

// corroborated tells whether enough others say so, for a trust level.
func corroborated(t skein.Trust, must bool, rows []skein.Evidence) bool {
	switch t {
	case skein.Open:
		return len(rows) > 0
	case skein.Verified:
		return count(rows, skein.Credential) > 0 || distinct(rows) >= 2
	case skein.Zero:
		return count(rows, skein.Credential) > 0 || outcomes(rows) >= 2
	}
	if count(rows, skein.Outcome) > 0 || count(rows, skein.Credential) > 0 {
		return true
	}
	if must {
		return count(rows, skein.Peer) >= 2
	}
	return count(rows, skein.Peer) >= 1
}

func count(rows []skein.Evidence, k skein.EvidenceKind) int {
	n := 0
	for _, e := range rows {
		if e.Kind == k {
			n++
		}
	}
	return n
}

// outcomes counts outcomes of different work.
func outcomes(rows []skein.Evidence) int {
	return distinct(slices.DeleteFunc(slices.Clone(rows), func(e skein.Evidence) bool { return e.Kind != skein.Outcome }))
}

// distinct counts the different givers and sources of what others say.
func distinct(rows []skein.Evidence) int {
	var seen []string
	for _, e := range rows {
		from := giver(e)
		if e.Kind == skein.Outcome {
			from = "source " + e.Source
			if e.Source == "" {
				from = "day " + e.ObservedOn.Format(time.DateOnly)
			}
		}
		if e.Kind != skein.Self && !slices.Contains(seen, from) {
			seen = append(seen, from)
		}
	}
	return len(seen)
}

// voices is what it takes to say at which level some rows speak.
type voices struct {
	row      TrustRow
	halfLife float64
	away     []span
	asOf     skein.Date
}

// level is what the rows that keep returns true for say together; 0 without any.
//
// Ageing scales all of them alike, so their newest may stand for the day: with very old evidence
// the sums would otherwise vanish and the level with them.
func (v voices) level(rows []skein.Evidence, keep func(skein.Evidence) bool) float64 {
	youngest := math.Inf(1)
	for _, e := range rows {
		if keep(e) {
			youngest = min(youngest, age(e.ObservedOn, v.asOf, v.away))
		}
	}
	var n, l float64
	for _, e := range rows {
		if keep(e) {
			d := v.row.Weight(e.Kind) * math.Exp2((youngest-age(e.ObservedOn, v.asOf, v.away))/v.halfLife)
			n += d
			l += d * float64(e.Level)
		}
	}
	if n <= 0 {
		return 0
	}
	return l / n
}

// standing puts the evidence into the words of the pages.
//
// Above open it is the level that others speak of which counts, so that nobody lifts or lowers
// themselves past them; and in a must-have it has to hold without any one person's word.
func standing(t skein.Trust, m Met, rows []skein.Evidence, v voices) Standing {
	if len(rows) == 0 {
		return Missing
	}
	want := float64(m.Level) - slack
	all := v.level(rows, func(skein.Evidence) bool { return true })
	others := all
	if t != skein.Open {
		others = v.level(rows, fromOthers)
	}
	sure := others
	if m.Must && t != skein.Open {
		sure = min(sure, withoutAnyone(rows, v))
	}
	switch own := v.level(rows, func(e skein.Evidence) bool { return e.Kind == skein.Self }); {
	case m.Corroborated && sure >= want:
		return Shown
	case m.Corroborated && sure >= want-1:
		return Near
	case max(own, all, others) >= want-1:
		return Word
	}
	return Missing
}

func fromOthers(e skein.Evidence) bool { return e.Kind != skein.Self }

// withoutAnyone is the lowest level that others speak of when any one person's word is left out.
func withoutAnyone(rows []skein.Evidence, v voices) float64 {
	lowest := math.Inf(1)
	for i, out := range rows {
		if out.Kind == skein.Peer {
			rest := slices.Concat(rows[:i:i], rows[i+1:])
			lowest = min(lowest, v.level(rest, fromOthers))
		}
	}
	return lowest
}

func (v voices) witnessed(rows []skein.Evidence) []Witness {
	out := make([]Witness, 0, len(rows))
	for _, e := range rows {
		fresh := math.Exp2(-age(e.ObservedOn, v.asOf, v.away) / v.halfLife)
		out = append(out, Witness{
			Kind: e.Kind, Person: e.GivenBy, Source: e.Source, Level: e.Level, On: e.ObservedOn,
			Fresh: fresh, Counts: v.row.Weight(e.Kind) * fresh,
		})
	}
	return out
}
