package evaluate

import "skein/internal/match"

// weighed is what one person's evidence says in one requirement, before w0.
type weighed struct{ strength, level float64 }

// sums weighs every candidate's evidence at one half-life, once for all values of w0 and rotation.
func (o *occasion) sums(halfLife float64) [][]weighed {
	row := o.query.Policy.Trust.Row(o.query.Trust)
	out := make([][]weighed, len(o.rows))
	for i, rows := range o.rows {
		out[i] = make([]weighed, len(rows))
		for k, r := range o.query.Requirements {
			if len(rows[k]) == 0 {
				continue
			}
			days := halfLife
			if own := o.brief.HalfLifeDays[r.Skill]; own > 0 {
				days = float64(own)
			}
			w := &out[i][k]
			w.strength, w.level = match.SumRows(rows[k], days, nil, o.brief.AsOf).Weigh(row)
		}
	}
	return out
}

// fits is each candidate's fit, and the best of them.
func (o *occasion) fits(sums [][]weighed, w0 float64) (fits []float64, best float64) {
	var all float64
	for _, r := range o.query.Requirements {
		all += r.Weight
	}
	fits = make([]float64, len(sums))
	for i, of := range sums {
		for k, r := range o.query.Requirements {
			met := min(1, match.Capability(of[k].strength, of[k].level, w0)/float64(r.Level))
			if all > 0 {
				fits[i] += r.Weight * met / all
			}
		}
		best = max(best, fits[i])
	}
	return fits, best
}

// orders is each candidate's order: the same as the engine's ranking, made from the sums.
func (o *occasion) orders(fits []float64, best float64, s Settings) []float64 {
	q := match.Query{Rotation: s.Rotation, Policy: s.policy()}
	out := make([]float64, len(fits))
	for i, fit := range fits {
		out[i] = match.Order(fit, best, match.TurnAdds(q, o.earlier[i]))
	}
	return out
}
