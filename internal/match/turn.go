package match

import (
	"math"

	"skein/internal/skein"
)

// earlier says how much somebody has led in the area lately: each primary lead begun before the
// day counts 1, half of it a year later, up to the policy's most.
func earlier(q Query, c Candidate) float64 {
	return Earlier(q.Policy.Trust, c.AreaLeads, q.AsOf)
}

// Earlier is the rotation's sum over the first days of earlier primary leads in an area.
func Earlier(t TrustTable, began []skein.Date, asOf skein.Date) float64 {
	var sum float64
	for _, d := range inOrder(began) {
		if d.Before(asOf) {
			sum += math.Exp2(-days(d, asOf) / t.TurnHalfLifeDays)
		}
	}
	return min(t.TurnMost, sum)
}

// TurnAdds is what turns add to somebody's order, outside the fit. Rotation moves whoever led in this
// area lately, in the direction that the circle chose.
func TurnAdds(q Query, earlier float64) float64 { return -q.Rotation * earlier }

// inOrder returns the days from the earliest, so that a sum does not depend on how they came.
func inOrder(all []skein.Date) []skein.Date {
	for i := 1; i < len(all); i++ {
		if all[i].Before(all[i-1]) {
			return sortedDays(all)
		}
	}
	return all
}
