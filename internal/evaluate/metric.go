package evaluate

import (
	"encoding/json"
	"math"
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

// Where the two figures that others are compared by stand in List.
const (
	Recall10 = 2
	MRR      = 4
)

// List is recall at 1, 5, 10 and 20, the MRR and the nDCG at 10.
func (f Figures) List() [len(names)]float64 {
	return [...]float64{f.Recall[0], f.Recall[1], f.Recall[2], f.Recall[3], f.MRR, f.NDCG}
}

// MarshalJSON writes the figures under their usual names.
func (f Figures) MarshalJSON() ([]byte, error) { return json.Marshal(f.named()) }

func (f Figures) named() map[string]any {
	out := map[string]any{}
	for i, v := range f.List() {
		out[names[i]] = v
	}
	return out
}

// figuresOf is what is expected of one who has so many above and stands level with so many,
// themselves included, when lots are drawn between equals. Level with nobody is a miss.
func figuresOf(above, level int) Figures {
	var f Figures
	if level == 0 {
		return f
	}
	for i, k := range cuts {
		f.Recall[i] = float64(max(0, min(k-above, level))) / float64(level)
	}
	for place := above + 1; place <= above+level; place++ {
		f.MRR += 1 / float64(place)
		if place <= 10 {
			f.NDCG += gain(place)
		}
	}
	f.MRR /= float64(level)
	f.NDCG /= float64(level)
	return f
}

// gain is what a place is worth: 1 for the first, falling slowly.
func gain(place int) float64 { return 1 / math.Log2(1+float64(place)) }

// expectedGain is what a place is worth that lots decide between equals.
func expectedGain(above, level int) float64 {
	sum := 0.0
	for place := above + 1; place <= above+level; place++ {
		sum += gain(place)
	}
	return sum / float64(max(1, level))
}

// standing counts who stands above one by some scores, and who level with them, themselves included;
// 0, 0 for one who is not there.
func standing(scores []float64, one int) (above, level int) {
	if one < 0 {
		return 0, 0
	}
	for _, s := range scores {
		switch {
		case s > scores[one]:
			above++
		case s == scores[one]:
			level++
		}
	}
	return above, level
}
