package evaluate

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFiguresOfPlaces(t *testing.T) {
	t.Parallel()
	f := average([]Figures{figuresOf(1), figuresOf(3), figuresOf(0), figuresOf(12)})
	want := Figures{Recall: [4]float64{.25, .5, .5, .75}, MRR: (1 + 1/3. + 1/12.) / 4, NDCG: (1 + .5) / 4}
	if f.Recall != want.Recall || math.Abs(f.MRR-want.MRR) > 1e-12 || math.Abs(f.NDCG-want.NDCG) > 1e-12 {
		t.Errorf("got %+v, want %+v", f, want)
	}
	if average(nil) != (Figures{}) {
		t.Error("no places have figures")
	}
}

func TestTiesAreBrokenByTickets(t *testing.T) {
	t.Parallel()
	scores, tickets := []float64{2, 3, 2, 2}, []uint64{7, 9, 5, 8}
	for one, want := range map[int]int{0: 3, 1: 1, 2: 2, 3: 4, -1: 0} {
		if got := placeOf(scores, tickets, one); got != want {
			t.Errorf("place of %d: %d, want %d", one, got, want)
		}
	}
}

func TestRanksShareTies(t *testing.T) {
	t.Parallel()
	if d := cmp.Diff([]float64{0, 1.5, 3, 1.5}, ranksOf([]float64{-1, 2, 9, 2})); d != "" {
		t.Error(d)
	}
}

func TestCorrelation(t *testing.T) {
	t.Parallel()
	a := []float64{1, 2, 3, 4}
	for _, c := range []struct {
		b    []float64
		want float64
		ok   bool
	}{{[]float64{10, 20, 30, 1000}, 1, true}, {[]float64{4, 3, 2, 1}, -1, true}, {[]float64{2, 4, 1, 3}, 0, true}, {[]float64{1, 1, 1, 1}, 0, false}} {
		if got, ok := correlation(a, c.b); ok != c.ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, %v", c.b, got, ok)
		}
	}
}

func TestChanceIsTheMeanOfAllOrders(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(false))
	o := p.occasionOf(p.Projects[80])
	o.people, o.lead = o.people[:4], 2
	f := average([]Figures{o.chance(), (&occasion{lead: -1}).chance()})
	if math.Abs(f.Recall[0]-.125) > 1e-12 || f.Recall[1] != .5 || math.Abs(f.MRR-(1+1/2.+1/3.+1/4.)/8) > 1e-12 {
		t.Errorf("%+v", f)
	}
}

func TestCalibrationKeepsTheDefaultsUnlessThePastSaysOtherwise(t *testing.T) {
	t.Parallel()
	if behind, noise := difference([]float64{1, 1, 1}, []float64{1, 0, 1}); math.Abs(behind-1/3.) > 1e-12 || math.Abs(noise-1/3.) > 1e-12 {
		t.Errorf("behind %v, noise %v", behind, noise)
	}
	p := pastOf(t, org(false))
	none := p.occasions(p.Projects[40:70])
	for _, o := range none { // nobody is ever found, so nothing is better than anything
		o.lead = -1
	}
	if got := calibrate(none, untold); got != DefaultSettings() {
		t.Errorf("got %+v", got)
	}
}
