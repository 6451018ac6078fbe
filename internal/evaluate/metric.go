package evaluate

import (
	"encoding/json"
	"math"
	"slices"
)

// cuts are the list lengths at which recall is looked at.
var cuts = [...]int{1, 5, 10, 20}

// Figures is how good a ranking is, over some projects. A lead who is not among the candidates
// counts as missed.
type Figures struct {
	Recall [len(cuts)]float64 // share of projects whose lead is among the first 1, 5, 10, 20
	MRR    float64            // mean of 1 / place
	NDCG   float64            // at 10
}

// names of the figures, in the order of List.
var names = [...]string{"recall@1", "recall@5", "recall@10", "recall@20", "mrr", "ndcg@10"}

// List is recall at 1, 5, 10 and 20, the MRR and the nDCG at 10.
func (f Figures) List() [len(names)]float64 {
	return [...]float64{f.Recall[0], f.Recall[1], f.Recall[2], f.Recall[3], f.MRR, f.NDCG}
}

// MarshalJSON writes the figures under their usual names.
func (f Figures) MarshalJSON() ([]byte, error) {
	out := map[string]float64{}
	for i, v := range f.List() {
		out[names[i]] = v
	}
	return json.Marshal(out)
}

// figuresOf measures one place; 0 is a miss.
func figuresOf(place int) Figures {
	var f Figures
	if place == 0 {
		return f
	}
	for i, k := range cuts {
		if place <= k {
			f.Recall[i] = 1
		}
	}
	f.MRR = 1 / float64(place)
	if place <= 10 {
		f.NDCG = gain(float64(place))
	}
	return f
}

// average is the mean of some projects' figures.
func average(each []Figures) Figures {
	var sums [len(names)]float64
	for _, f := range each {
		for i, v := range f.List() {
			sums[i] += v
		}
	}
	for i := range sums {
		sums[i] /= float64(max(1, len(each)))
	}
	return fromList(sums)
}

func fromList(v [len(names)]float64) Figures {
	return Figures{Recall: [len(cuts)]float64{v[0], v[1], v[2], v[3]}, MRR: v[4], NDCG: v[5]}
}

// gain is what a place is worth: 1 for the first, falling slowly.
func gain(place float64) float64 { return 1 / math.Log2(1+place) }

// placeOf is the place of one among scores, ties by ticket: the smaller comes first.
func placeOf(scores []float64, tickets []uint64, one int) int {
	if one < 0 {
		return 0
	}
	place := 1
	for i, s := range scores {
		if s > scores[one] || (s == scores[one] && i != one && tickets[i] < tickets[one]) {
			place++
		}
	}
	return place
}

// ranksOf gives each value its rank, ties their middle.
func ranksOf(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return 0
	})
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return ranks
}

// correlation is Spearman's; false where either side is all the same.
func correlation(a, b []float64) (float64, bool) {
	x, y := ranksOf(a), ranksOf(b)
	mean := float64(len(x)-1) / 2
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mean) * (y[i] - mean)
		xx += (x[i] - mean) * (x[i] - mean)
		yy += (y[i] - mean) * (y[i] - mean)
	}
	if xx == 0 || yy == 0 {
		return 0, false
	}
	return xy / math.Sqrt(xx*yy), true
}
