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
	low, high := r.Low.list(), r.High.list()
	out := map[string][2]float64{}
	for i, name := range names {
		out[name] = [2]float64{low[i], high[i]}
	}
	return json.Marshal(out)
}

// rounds is how often projects are drawn anew.
const rounds = 1000

// resample says how far the figures would move with other projects of the same kind: it draws as
// many projects again and again, from a fixed seed, and leaves out 2.5 % at either end.
func resample(places []int) Range {
	rng := rand.New(rand.NewPCG(20, 26)) //nolint:forbidigo // a fixed seed: the same input gives the same interval
	var drawn [len(names)][]float64
	sample := make([]int, len(places))
	for range rounds {
		for i := range sample {
			sample[i] = places[rng.IntN(len(places))]
		}
		for i, v := range figuresOf(sample).list() {
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

func fromList(v [len(names)]float64) Figures {
	return Figures{Recall: [len(cuts)]float64{v[0], v[1], v[2], v[3]}, MRR: v[4], NDCG: v[5]}
}
