package evaluate

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
)

// Range holds each figure's lower and upper end.
type Range struct{ Low, High Figures }

// MarshalJSON writes each figure as a pair.
func (r Range) MarshalJSON() ([]byte, error) {
	low, high := r.Low.List(), r.High.List()
	out := map[string][2]float64{}
	for i, name := range names {
		out[name] = [2]float64{low[i], high[i]}
	}
	return json.Marshal(out)
}

// rounds is how often projects are drawn anew.
const rounds = 1000

// resample says how far the means would move with other projects of the same kind: it draws as many
// projects again and again, from a fixed seed, and leaves out 2.5 % at either end.
func resample(each []Figures) Range {
	rng := rand.New(rand.NewPCG(20, 26)) //nolint:forbidigo // a fixed seed: the same input gives the same interval
	var drawn [len(names)][]float64
	sample := make([]Figures, len(each))
	for range rounds {
		for i := range sample {
			sample[i] = each[rng.IntN(len(each))]
		}
		for i, v := range average(sample).List() {
			drawn[i] = append(drawn[i], v)
		}
	}
	var low, high [len(names)]float64
	for i := range drawn {
		slices.Sort(drawn[i])
		low[i], high[i] = drawn[i][rounds*25/1000], drawn[i][rounds*975/1000-1]
	}
	return Range{fromList(low), fromList(high)}
}

// less is how far one side is ahead of another, project by project.
func less(a, b []Figures) []Figures {
	out := make([]Figures, len(a))
	for k := range a {
		x, y := a[k].List(), b[k].List()
		for i := range x {
			x[i] -= y[i]
		}
		out[k] = fromList(x)
	}
	return out
}
