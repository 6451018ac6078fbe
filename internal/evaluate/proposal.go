package evaluate

// Proposal is what an organisation's own past suggests. An administrator accepts it or not.
type Proposal struct {
	Tuned      int     `json:"tuned"`    // projects that it was chosen on
	Projects   int     `json:"projects"` // newer projects that both were then tried on
	Now        Effect  `json:"now"`
	Proposed   Effect  `json:"proposed"`
	Difference Change  `json:"difference"`
	Worse      []Worse `json:"worse"` // where the proposal is behind what an organisation starts with
	Note       string  `json:"note"`
}

// Effect is what settings do on projects that they were not chosen on.
type Effect struct {
	Settings  Settings `json:"settings"`
	All       Method   `json:"all"`
	FirstTime Method   `json:"first_time"` // of the first primary leads
}

// Change is by how much the proposal is ahead of what an organisation starts with, project by project.
type Change struct {
	All       Bounds `json:"all"`
	FirstTime Bounds `json:"first_time"`
	List      Bounds `json:"first_list"`
	Top       Bounds `json:"top"`
}

// Worse is one figure in which the proposal is behind.
type Worse struct {
	Of       string   `json:"of"` // All, FirstLeads or NeverLed
	Figure   string   `json:"figure"`
	By       float64  `json:"by"` // below zero
	Interval Interval `json:"interval"`
}

// What is looked at, as it is said.
const (
	All        = "all leads"
	FirstLeads = "first primary leads"
	NeverLed   = "the list of those who never led"
)

// Propose chooses settings on the middle part of the past and tries them on the newest. It says how
// far it has come.
func (p *Past) Propose(told func(what string, done, total int)) Proposal {
	_, tune, test := p.split()
	all := p.occasions(test)
	s := calibrate(p.occasions(tune), told)
	return p.propose(all, len(tune), s, p.measure(all, p.scoresOf(Skein, all, s)))
}

// propose sets settings, and what they come to, beside what an organisation starts with.
func (p *Past) propose(all []*occasion, tuned int, s Settings, with measured) Proposal {
	start := DefaultSettings()
	now := p.measure(all, p.scoresOf(Skein, all, start))
	out := Proposal{
		Tuned: tuned, Projects: len(all), Note: Note, Worse: []Worse{},
		Now: now.effect(start), Proposed: with.effect(s),
		Difference: Change{
			All:       bounds(names[:], less(with.each, now.each)),
			FirstTime: bounds(names[:], less(with.first, now.first)),
			List:      bounds(listNames, less(with.list, now.list)),
			Top:       bounds(topNames, less(with.top, now.top)),
		},
	}
	look := func(of string, names []string, with, now []row, in Bounds) {
		a, b := means(len(names), with), means(len(names), now)
		for i, name := range names {
			if a[i] < b[i] {
				out.Worse = append(out.Worse, Worse{of, name, a[i] - b[i], in.Wider(i)})
			}
		}
	}
	look(All, names[:], with.each, now.each, out.Difference.All)
	look(FirstLeads, names[:], with.first, now.first, out.Difference.FirstTime)
	look(NeverLed, listNames, with.list, now.list, out.Difference.List)
	return out
}

func (m measured) effect(s Settings) Effect { return Effect{s, m.method(), m.firstTime()} }
