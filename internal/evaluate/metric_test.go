package evaluate

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFiguresOfPlaces(t *testing.T) {
	t.Parallel()
	want := Figures{Recall: [4]float64{0, 1, 1, 1}, MRR: 1 / 3., NDCG: .5}
	if f := figuresOf(2, 1); f.Recall != want.Recall || math.Abs(f.MRR-want.MRR) > 1e-12 || math.Abs(f.NDCG-want.NDCG) > 1e-12 {
		t.Errorf("third alone: %+v", f)
	}
	if f := figuresOf(11, 1); f.NDCG != 0 || f.Recall != [4]float64{0, 0, 0, 1} {
		t.Errorf("twelfth alone: %+v", f)
	}
	if figuresOf(0, 0) != (Figures{}) || expectedGain(0, 0) != 0 {
		t.Error("who is not there is found")
	}
}

// What is expected of a tie is the mean over all the lots that could be drawn.
func TestTiesAreTakenByExpectation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		above, level := rapid.IntRange(0, 25).Draw(t, "above"), rapid.IntRange(1, 25).Draw(t, "level")
		var want [len(names)]float64
		gained := 0.0
		for place := above; place < above+level; place++ {
			for i, v := range figuresOf(place, 1).List() {
				want[i] += v / float64(level)
			}
			gained += expectedGain(place, 1) / float64(level)
		}
		for i, v := range figuresOf(above, level).List() {
			if math.Abs(v-want[i]) > 1e-12 {
				t.Fatalf("%d above, %d level: %s %v, want %v", above, level, names[i], v, want[i])
			}
		}
		if math.Abs(expectedGain(above, level)-gained) > 1e-12 {
			t.Fatalf("%d above, %d level: gain %v, want %v", above, level, expectedGain(above, level), gained)
		}
	})
}

func TestStanding(t *testing.T) {
	t.Parallel()
	scores := []float64{2, 3, 2, 2, math.Inf(-1)}
	for one, want := range map[int][2]int{0: {1, 3}, 1: {0, 1}, 4: {4, 1}, -1: {0, 0}} {
		if above, level := standing(scores, one); above != want[0] || level != want[1] {
			t.Errorf("%d: %d above and %d level, want %v", one, above, level, want)
		}
	}
}

func TestPercentilesOfChanceAreAHalf(t *testing.T) {
	t.Parallel()
	got := percentiles([]float64{-1, 2, 9, 2})
	if d := cmp.Diff([]float64{.125, .5, .875, .5}, got); d != "" {
		t.Error(d)
	}
	o := &occasion{tenure: got, led: []bool{true, false, false, true}, lead: 2}
	if d := cmp.Diff([]float64{.5, .5, .5, .5}, o.top(make([]float64, 4))); d != "" {
		t.Errorf("by lots alone:\n%s", d)
	}
	if d := cmp.Diff([]float64{.3125, .5, 1, .5}, o.top([]float64{5, 1, 1, 5})); d != "" {
		t.Errorf("two level at first:\n%s", d)
	}
}

// Where the same people lead again and again, other people would move the means further than other
// projects would, and the wider interval is the one that is written.
func TestTheWiderIntervalIsTaken(t *testing.T) {
	t.Parallel()
	var rows []row
	for i := range 60 {
		rows = append(rows, row{[]float64{float64(i / 20 % 2)}, person(i / 20)})
	}
	b := bounds([]string{"x"}, rows)
	if b.ByPerson[0].width() < 1.5*b.ByProject[0].width() || b.Wider(0) != b.ByPerson[0] {
		t.Errorf("by project %v, by person %v, wider %v", b.ByProject, b.ByPerson, b.Wider(0))
	}
	for i := range rows {
		rows[i].who = person(i)
	}
	if b := bounds([]string{"x"}, rows); b.ByPerson[0] != b.ByProject[0] {
		t.Errorf("everybody led once: by project %v, by person %v", b.ByProject, b.ByPerson)
	}
	if b := bounds([]string{"x"}, nil); b.Wider(0) != (Interval{}) {
		t.Errorf("nobody led: %v", b)
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
