package evaluate

import "math"

// The values that are tried. The first of each is where an organisation starts.
var (
	halfLives = []float64{180, 60, 90, 120, 150, 240, 365, 540, 730, 1095}
	weights   = []float64{1, .5, 2, 4}
	rotations = []float64{0, .2, .4, .6, -.2, -.4} // beyond these it would outweigh the fit
)

// calibrate proposes settings from some projects of the past. They are few and the past is noisy,
// so it stays careful. Rotation is proposed only where it does better than none by more than one
// standard error of the difference, project by project. Of all half-lives and w0 that cannot be
// told from the best by two standard errors it takes those nearest to where an organisation starts.
func calibrate(all []*occasion, told func(what string, done, total int)) Settings {
	s := DefaultSettings()
	t := trial{all: all, sums: map[float64][][][]weighed{}, told: told, total: 2*len(rotations) + len(halfLives)*len(weights)}
	defer told("", 0, 0)
	s.Rotation = t.rotation(s)
	s.HalfLifeDays, s.W0 = t.evidence(s)
	s.Rotation = t.rotation(s)
	return s
}

// trial keeps the sums of each half-life that was tried.
type trial struct {
	all  []*occasion
	sums map[float64][][][]weighed

	told        func(what string, done, total int)
	done, total int // settings tried
}

// rotation is the best rotation for some settings, or none where none does about as well.
func (t *trial) rotation(s Settings) float64 {
	var tried [][]float64
	for _, r := range rotations {
		s.Rotation = r
		tried = append(tried, t.gains(s))
	}
	best := bestOf(tried)
	if behind, noise := difference(tried[best], tried[0]); behind <= noise {
		return rotations[0]
	}
	return rotations[best]
}

// evidence is the half-life and the w0 that suit the projects.
func (t *trial) evidence(s Settings) (halfLife, w0 float64) {
	var tried [][]float64
	var of []Settings
	for _, h := range halfLives {
		for _, w := range weights {
			s.HalfLifeDays, s.W0 = h, w
			tried, of = append(tried, t.gains(s)), append(of, s)
		}
	}
	best := bestOf(tried)
	chosen := of[best]
	for i, o := range of {
		behind, noise := difference(tried[best], tried[i])
		if behind <= 2*noise && far(o) < far(chosen) {
			chosen = o
		}
	}
	return chosen.HalfLifeDays, chosen.W0
}

// far says how far settings lie from where an organisation starts: a doubling or halving is 1.
func far(s Settings) float64 {
	return math.Abs(math.Log2(s.HalfLifeDays/halfLives[0])) + math.Abs(math.Log2(s.W0/weights[0]))
}

// gains is what each project's lead's place is worth, as expected where lots decide between equals.
func (t *trial) gains(s Settings) []float64 {
	t.told("trying settings", t.done, t.total)
	t.done++
	sums, known := t.sums[s.HalfLifeDays]
	if !known {
		for _, o := range t.all {
			sums = append(sums, o.sums(s.HalfLifeDays))
		}
		t.sums[s.HalfLifeDays] = sums
	}
	out := make([]float64, len(t.all))
	for i, o := range t.all {
		if o.lead < 0 {
			continue
		}
		fits, best := o.fits(sums[i], s.W0)
		orders := o.orders(fits, best, s)
		out[i] = expectedGain(standing(orders, o.lead))
	}
	return out
}

// bestOf is the first of those with the greatest mean.
func bestOf(tried [][]float64) int {
	best := 0
	for i := range tried {
		if mean(tried[i]) > mean(tried[best]) {
			best = i
		}
	}
	return best
}

// difference is the mean of a less b, project by project, and its standard error.
func difference(a, b []float64) (diff, noise float64) {
	of := make([]float64, len(a))
	for i := range of {
		of[i] = a[i] - b[i]
	}
	diff = mean(of)
	if len(of) < 2 {
		return diff, math.Inf(1)
	}
	return diff, deviation(of, diff) / math.Sqrt(float64(len(of)))
}

func mean(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	return sum(values) / float64(len(values))
}

func sum(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

func deviation(values []float64, mean float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum / float64(len(values)-1))
}
