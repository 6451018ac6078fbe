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
	Ahead            map[string]Range   `json:"ahead"`     // skein less the method, project by project: 95 % of the mean
	FirstTime        FirstTime          `json:"first_time"`
	// TenureCorrelation is Spearman's between skein's order and tenure, on average.
	TenureCorrelation float64 `json:"tenure_correlation"`
	Note              string  `json:"note"`
}

// FirstTime is the same for the projects whose lead had not led anything before.
type FirstTime struct {
	Projects int
	Ceiling  float64 // share of them whose lead is a candidate at all
	Methods  map[string]Figures
	Ahead    map[string]Range
}

// MarshalJSON writes skein's own figures beside the methods.
func (f FirstTime) MarshalJSON() ([]byte, error) {
	out := map[string]any{"projects": f.Projects, "ceiling": f.Ceiling, "methods": f.Methods, "ahead": f.Ahead}
	for i, v := range f.Methods[Skein].List() {
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
	Calibrate bool                               // choose the settings on the middle part first
	Scores    func(Score)                        // told every score of every tested project; may be nil
	Told      func(what string, done, total int) // told how far it has come; may be nil
}

// Run evaluates. The projects are split by their start: 30 % are history only, 30 % may be tuned
// on, 40 % are the test.
func (p *Past) Run(opts Options) Result {
	_, tune, test := p.split()
	r := Result{
		Projects: len(test), Tuned: len(tune), Settings: DefaultSettings(), Calibrated: opts.Calibrate, Note: Note,
		Methods: map[string]Figures{}, Intervals: map[string]Range{}, Ahead: map[string]Range{},
		FirstTime: FirstTime{Methods: map[string]Figures{}, Ahead: map[string]Range{}},
	}
	if opts.Told == nil {
		opts.Told = func(string, int, int) {}
	}
	if opts.Calibrate {
		r.Settings = calibrate(p.occasions(tune), opts.Told)
	}
	all := p.occasions(test)
	r.CandidatesMedian, r.Ceiling = crowd(all)
	r.FirstTime.Ceiling = firstCeiling(all)
	var mine []Figures
	for n, m := range Methods {
		opts.Told("ranking", n, len(Methods))
		scores := p.scoresOf(m, all, r.Settings)
		each := make([]Figures, len(all))
		for i, o := range all {
			if m == Random {
				each[i] = o.chance()
			} else {
				each[i] = figuresOf(o.place(scores[i]))
			}
		}
		r.Methods[m], r.Intervals[m] = average(each), resample(each)
		first := firstOnly(all, each)
		r.FirstTime.Projects, r.FirstTime.Methods[m] = len(first), average(first)
		if m == Skein {
			mine = each
			r.TenureCorrelation = tenureCorrelation(scores, p.scoresOf(Tenure, all, r.Settings))
			tell(opts.Scores, all, scores)
			continue
		}
		r.Ahead[m] = resample(less(mine, each))
		if len(first) > 0 {
			r.FirstTime.Ahead[m] = resample(less(firstOnly(all, mine), first))
		}
	}
	opts.Told("", 0, 0)
	return r
}

// firstOnly keeps what is said of the projects whose lead had not led before.
func firstOnly(all []*occasion, each []Figures) []Figures {
	var out []Figures
	for i, o := range all {
		if o.first {
			out = append(out, each[i])
		}
	}
	return out
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

// firstCeiling is how often the lead is a candidate at all, of those who had not led before.
func firstCeiling(all []*occasion) float64 {
	first, there := 0, 0
	for _, o := range all {
		if o.first {
			first++
			if o.lead >= 0 {
				there++
			}
		}
	}
	return float64(there) / float64(max(1, first))
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
