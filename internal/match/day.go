package match

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// days counts the days from one day to another.
func days(from, to skein.Date) float64 {
	return float64(to.Sub(from) / (24 * time.Hour))
}

func sortedDays(all []skein.Date) []skein.Date {
	out := slices.Clone(all)
	slices.SortFunc(out, skein.Date.Compare)
	return out
}

// span is a stretch of days: from the first, up to but not including the last.
type span struct{ from, to skein.Date }

// leaves turns absences into stretches before a day that do not overlap.
func leaves(absences []skein.Absence, asOf skein.Date) []span {
	if len(absences) == 0 {
		return nil
	}
	var all []span
	for _, a := range absences {
		to := asOf
		if !a.Until.IsZero() && a.Until.Before(asOf) {
			to = a.Until.AddDate(0, 0, 1)
		}
		if a.From.Before(to) {
			all = append(all, span{a.From, to})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from.Compare(b.from) })
	merged := all[:0]
	for _, s := range all {
		if n := len(merged); n > 0 && !s.from.After(merged[n-1].to) {
			if s.to.After(merged[n-1].to) {
				merged[n-1].to = s.to
			}
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// age counts the days since something was seen, without those on leave.
func age(seen, asOf skein.Date, away []span) float64 {
	n := days(seen, asOf)
	for _, s := range away {
		from := s.from
		if from.Before(seen) {
			from = seen
		}
		if from.Before(s.to) {
			n -= days(from, s.to)
		}
	}
	return n
}
