package match

import "math"

// Best is what a window's claims are measured by. It comes from the whole organisation when the
// window closes and depends on nobody's claim, so a claim that is taken away moves nobody else.
type Best struct {
	Fit   float64 `json:"fit"`   // the best fit of all who may lead; see Eligible
	Order int64   `json:"order"` // the best order of the same people, in millionths
}

// BestOf is the best of some people.
func BestOf(q Query, people []Candidate) Best {
	type one struct{ fit, turn float64 }
	var best Best
	var all []one
	for _, c := range people {
		if fit, turn, ok := Eligible(&q, c); ok {
			best.Fit, all = max(best.Fit, fit), append(all, one{fit, turn})
		}
	}
	for i, x := range all {
		if order := Millionths(Order(x.fit, best.Fit, x.turn)); i == 0 || order > best.Order {
			best.Order = order
		}
	}
	return best
}

// Eligible tells whether somebody passes every gate and is ready or a stretch, whether or not a coach
// said yes, and how they then fit and what turns add.
func Eligible(q *Query, c Candidate) (fit, turn float64, ok bool) {
	if !Passes(q, c) {
		return 0, 0, false
	}
	met := metAll(*q, c, false)
	if zone(*q, met) == NotYet {
		return 0, 0, false
	}
	return fitOf(met), TurnAdds(*q, earlier(*q, c)), true
}

// Millionths rounds an order, or the width of a band, to whole millionths. Claims are compared in
// these alone, so that no rounding of floats decides.
func Millionths(order float64) int64 { return int64(math.Round(order * 1e6)) }

// BandOf is how many whole steps of a width lie between the best order and one's own, in millionths.
// Whoever is better than the best that was recorded is in the first band, 0, as well.
func BandOf(best, own, width int64) int {
	if own >= best {
		return 0
	}
	return int((best - own) / max(1, width))
}
