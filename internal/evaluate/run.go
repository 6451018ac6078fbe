package evaluate

import (
	"encoding/json"
	"slices"

	"skein/internal/skein"
)

// Result is a held-out evaluation: the newest 40 % of the projects, none of which was looked at
// when the settings were chosen.
type Result struct {
	Projects         int               `json:"projects"`          // tested
	Tuned            int               `json:"tuned"`             // looked at to choose the settings
	CandidatesMedian float64           `json:"candidates_median"` // to choose from, for each
	Ceiling          float64           `json:"ceiling"`           // share of tested projects whose lead is a candidate at all
	Settings         Settings          `json:"settings"`
	Calibrated       bool              `json:"calibrated"`
	Methods          map[string]Method `json:"methods"`
	Ahead            map[string]Bounds `json:"ahead"`      // skein less the method, project by project
	AheadList        map[string]Bounds `json:"ahead_list"` // the same on the list of those who never led
	FirstTime        FirstTime         `json:"first_time"`
	Reality          Top               `json:"reality"` // of the leads who were candidates
	Calibration      *Proposal         `json:"calibration,omitempty"`
	Note             string            `json:"note"`
}

// FirstTime is the same for the projects whose lead had not led anything before as its primary lead.
type FirstTime struct {
	Projects int
	Ceiling  float64 // share of them whose lead is a candidate at all
	Evidence float64 // share of them whose lead had any evidence before, however old
	Methods  map[string]Method
	Ahead    map[string]Bounds
}

// MarshalJSON writes skein's own figures beside the methods.
func (f FirstTime) MarshalJSON() ([]byte, error) {
	out := map[string]any{
		"projects": f.Projects, "ceiling": f.Ceiling, "any_evidence": f.Evidence, "methods": f.Methods, "ahead": f.Ahead,
	}
	for i, v := range f.Methods[Skein].List() {
		out[names[i]] = v
	}
	return json.Marshal(out)
}

// Note is said wherever a figure is shown.
const Note = "What the lead was is known, not who would have been best: this measures agreement with the past, whatever bias there was in it, and not quality."

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
		Methods: map[string]Method{}, Ahead: map[string]Bounds{}, AheadList: map[string]Bounds{},
		FirstTime: FirstTime{Methods: map[string]Method{}, Ahead: map[string]Bounds{}},
	}
	if opts.Told == nil {
		opts.Told = func(string, int, int) {}
	}
	if opts.Calibrate {
		r.Settings = calibrate(p.occasions(tune), opts.Told)
	}
	all := p.occasions(test)
	r.CandidatesMedian, r.Ceiling = crowd(all)
	r.Reality = reality(all)
	r.FirstTime.Projects, r.FirstTime.Ceiling, r.FirstTime.Evidence = p.firstOf(all)
	var mine measured
	for n, name := range Methods {
		opts.Told("ranking", n, len(Methods))
		scores := p.scoresOf(name, all, r.Settings)
		m := p.measure(all, scores)
		r.Methods[name], r.FirstTime.Methods[name] = m.method(), m.firstTime()
		if name == Skein {
			mine = m
			tell(opts.Scores, all, scores)
			continue
		}
		r.Ahead[name] = bounds(names[:], less(mine.each, m.each))
		r.AheadList[name] = bounds(listNames, less(mine.list, m.list))
		r.FirstTime.Ahead[name] = bounds(names[:], less(mine.first, m.first))
	}
	if opts.Calibrate {
		c := p.propose(all, len(tune), r.Settings, mine)
		r.Calibration = &c
	}
	opts.Told("", 0, 0)
	return r
}

// split parts the projects by their start, at a day's boundary: each part ends with the first day on
// which 30 % and 60 % of them are reached, so that what began on one day is not parted.
func (p *Past) split() (history, tune, test []Project) {
	n := len(p.Projects)
	reached := func(tenths int) int {
		end := (n*tenths + 9) / 10
		for end > 0 && end < n && p.Projects[end].StartOn.Equal(p.Projects[end-1].StartOn) {
			end++
		}
		return end
	}
	from, to := reached(3), reached(6)
	return p.Projects[:from], p.Projects[from:to], p.Projects[to:]
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

// firstOf counts the projects whose lead had not led before, and says how many of these leads are
// candidates, and how many had any evidence before.
func (p *Past) firstOf(all []*occasion) (first int, ceiling, evidence float64) {
	for _, o := range all {
		if !o.first {
			continue
		}
		first++
		if o.lead >= 0 {
			ceiling++
		}
		if before(p.seen[o.Lead], o.brief.AsOf) > 0 {
			evidence++
		}
	}
	return first, ceiling / float64(max(1, first)), evidence / float64(max(1, first))
}
