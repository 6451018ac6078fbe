package evaluate

import (
	"encoding/json"
	"slices"

	"skein/internal/skein"
)

// Result is a held-out evaluation: the newest 40 % of the projects, none of which was looked at
// when the settings were chosen.
type Result struct {
	Projects         int                `json:"projects"`          // tested
	Tuned            int                `json:"tuned"`             // looked at to choose the settings
	CandidatesMedian float64            `json:"candidates_median"` // to choose from, for each
	Ceiling          float64            `json:"ceiling"`           // share of tested projects whose lead is a candidate at all
	Settings         Settings           `json:"settings"`
	Calibrated       bool               `json:"calibrated"`
	Methods          map[string]Figures `json:"methods"`
	Intervals        map[string]Range   `json:"intervals"` // of 95 %, by resampling projects
	FirstTime        FirstTime          `json:"first_time"`
	// TenureCorrelation is Spearman's between skein's order and tenure, on average.
	TenureCorrelation float64 `json:"tenure_correlation"`
	Note              string  `json:"note"`
}

// FirstTime is the same for the projects whose lead had not led anything before.
type FirstTime struct {
	Projects int
	Methods  map[string]Figures
}

// MarshalJSON writes skein's own figures beside the methods.
func (f FirstTime) MarshalJSON() ([]byte, error) {
	out := map[string]any{"projects": f.Projects, "methods": f.Methods}
	for i, v := range f.Methods[Skein].list() {
		out[names[i]] = v
	}
	return json.Marshal(out)
}

// Note is said wherever a figure is shown.
const Note = "What the lead was is known, not who would have been best."

// Score is what skein gave one candidate of one tested project.
type Score struct {
	Project skein.ProjectID
	Person  skein.PersonID
	Score   float64
}

// Options says how to evaluate.
type Options struct {
	Calibrate bool        // choose the settings on the middle part first
	Scores    func(Score) // told every score of every tested project; may be nil
}

// Run evaluates. The projects are split by their start: 30 % are history only, 30 % may be tuned
// on, 40 % are the test.
func (p *Past) Run(opts Options) Result {
	_, tune, test := p.split()
	r := Result{
		Projects: len(test), Tuned: len(tune), Settings: DefaultSettings(), Calibrated: opts.Calibrate,
		Methods: map[string]Figures{}, Intervals: map[string]Range{}, Note: Note,
		FirstTime: FirstTime{Methods: map[string]Figures{}},
	}
	if opts.Calibrate {
		r.Settings = calibrate(p.occasions(tune))
	}
	all := p.occasions(test)
	r.CandidatesMedian, r.Ceiling = crowd(all)
	first := firstOnly(all)
	r.FirstTime.Projects = len(first)
	for _, m := range Methods {
		if m == Random {
			r.Methods[m], r.FirstTime.Methods[m] = chance(all), chance(first)
			continue
		}
		scores := p.scoresOf(m, all, r.Settings)
		places, firsts := placesOf(all, scores)
		r.Methods[m], r.FirstTime.Methods[m] = figuresOf(places), figuresOf(firsts)
		r.Intervals[m] = resample(places)
		if m == Skein {
			r.TenureCorrelation = tenureCorrelation(scores, p.scoresOf(Tenure, all, r.Settings))
			tell(opts.Scores, all, scores)
		}
	}
	return r
}

// split parts the projects by their start.
func (p *Past) split() (history, tune, test []Project) {
	n := len(p.Projects)
	return p.Projects[:n*3/10], p.Projects[n*3/10 : n*6/10], p.Projects[n*6/10:]
}

func (p *Past) occasions(projects []Project) []*occasion {
	out := make([]*occasion, len(projects))
	for i, project := range projects {
		out[i] = p.occasionOf(project)
	}
	return out
}

func (p *Past) scoresOf(method string, all []*occasion, s Settings) [][]float64 {
	out := make([][]float64, len(all))
	for i, o := range all {
		out[i] = p.scores(method, o, s)
	}
	return out
}

// placesOf is where each project's lead comes, and where those who led for the first time do.
func placesOf(all []*occasion, scores [][]float64) (places, firsts []int) {
	for i, o := range all {
		place := o.place(scores[i])
		places = append(places, place)
		if o.first {
			firsts = append(firsts, place)
		}
	}
	return places, firsts
}

func tell(told func(Score), all []*occasion, scores [][]float64) {
	if told == nil {
		return
	}
	for i, o := range all {
		for k, score := range scores[i] {
			told(Score{o.ID, o.people[k], score})
		}
	}
}

// crowd is how many there are to choose from, and how often the lead is among them.
func crowd(all []*occasion) (median, ceiling float64) {
	var sizes []int
	for _, o := range all {
		sizes = append(sizes, len(o.people))
		if o.lead >= 0 {
			ceiling++
		}
	}
	slices.Sort(sizes)
	n := len(sizes)
	return float64(sizes[(n-1)/2]+sizes[n/2]) / 2, ceiling / float64(n)
}

// tenureCorrelation says how far an order follows tenure: 1 entirely, 0 not at all.
func tenureCorrelation(scores, tenure [][]float64) float64 {
	var of []float64
	for i := range scores {
		if c, ok := correlation(scores[i], tenure[i]); ok {
			of = append(of, c)
		}
	}
	return mean(of)
}
