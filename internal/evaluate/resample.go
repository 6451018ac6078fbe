package evaluate

import (
	"encoding/json"
	"math/rand/v2"
	"slices"

	"skein/internal/skein"
)

// Interval is where 95 % of the means lie.
type Interval [2]float64

func (i Interval) width() float64 { return i[1] - i[0] }

// Bounds says how far some means would move with other projects, and with other people who led, of
// the same kind. Projects of one lead are alike, so the two differ; the wider is what may be claimed.
type Bounds struct {
	Names               []string // of the figures, in the order of the intervals
	ByProject, ByPerson []Interval
}

// Wider is the wider interval of a figure.
func (b Bounds) Wider(figure int) Interval {
	if b.ByPerson[figure].width() > b.ByProject[figure].width() {
		return b.ByPerson[figure]
	}
	return b.ByProject[figure]
}

// MarshalJSON writes each figure's wider interval as a pair, and both beside it.
func (b Bounds) MarshalJSON() ([]byte, error) {
	out := map[string]any{}
	project, person := map[string]Interval{}, map[string]Interval{}
	for i, name := range b.Names {
		out[name], project[name], person[name] = b.Wider(i), b.ByProject[i], b.ByPerson[i]
	}
	out["by_project"], out["by_person"] = project, person
	return json.Marshal(out)
}

// row is what is measured in one project, and who led it.
type row struct {
	values []float64
	who    skein.PersonID
}

// bounds draws the projects anew, and then the people who led them with all that they led.
func bounds(names []string, rows []row) Bounds {
	alone := make([][]row, len(rows))
	var led [][]row
	place := map[skein.PersonID]int{}
	for i, r := range rows {
		alone[i] = rows[i : i+1]
		n, known := place[r.who]
		if !known {
			n = len(led)
			place[r.who], led = n, append(led, nil)
		}
		led[n] = append(led[n], r)
	}
	return Bounds{Names: names, ByProject: resample(len(names), alone), ByPerson: resample(len(names), led)}
}

// rounds is how often is drawn anew.
const rounds = 1000

// resample draws as many groups of rows again and again, from a fixed seed, and leaves out 2.5 % of
// the means at either end.
func resample(figures int, groups [][]row) []Interval {
	out := make([]Interval, figures)
	if len(groups) == 0 {
		return out
	}
	rng := rand.New(rand.NewPCG(20, 26)) //nolint:forbidigo // a fixed seed: the same input gives the same interval
	drawn := make([][]float64, figures)
	sums := make([]float64, figures)
	for range rounds {
		clear(sums)
		n := 0
		for range groups {
			for _, r := range groups[rng.IntN(len(groups))] {
				n++
				for i, v := range r.values {
					sums[i] += v
				}
			}
		}
		for i, sum := range sums {
			drawn[i] = append(drawn[i], sum/float64(n))
		}
	}
	for i := range drawn {
		slices.Sort(drawn[i])
		out[i] = Interval{drawn[i][rounds*25/1000], drawn[i][rounds*975/1000-1]}
	}
	return out
}

// less is how far one side is ahead of another, project by project.
func less(a, b []row) []row {
	out := make([]row, len(a))
	for k := range a {
		out[k] = row{make([]float64, len(a[k].values)), a[k].who}
		for i, v := range a[k].values {
			out[k].values[i] = v - b[k].values[i]
		}
	}
	return out
}
