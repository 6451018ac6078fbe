package evaluate

// Proposal is what an organisation's own past suggests. An administrator accepts it or not.
type Proposal struct {
	Tuned    int    `json:"tuned"`    // projects that it was chosen on
	Projects int    `json:"projects"` // newer projects that both were then tried on
	Now      Effect `json:"now"`
	Proposed Effect `json:"proposed"`
	Note     string `json:"note"`
}

// Effect is what settings do on projects that they were not chosen on.
type Effect struct {
	Settings  Settings `json:"settings"`
	All       Figures  `json:"all"`
	FirstTime Figures  `json:"first_time"` // of the projects whose lead had not led before
	NewFirst  float64  `json:"new_first"`  // share of projects where somebody who never led comes first
}

// Propose chooses settings on the middle part of the past and tries them on the newest. It says how
// far it has come.
func (p *Past) Propose(told func(what string, done, total int)) Proposal {
	_, tune, test := p.split()
	all := p.occasions(test)
	return Proposal{
		Tuned: len(tune), Projects: len(test), Note: Note,
		Now:      p.effect(all, DefaultSettings()),
		Proposed: p.effect(all, calibrate(p.occasions(tune), told)),
	}
}

func (p *Past) effect(all []*occasion, s Settings) Effect {
	scores := p.scoresOf(Skein, all, s)
	each := make([]Figures, len(all))
	for i, o := range all {
		each[i] = figuresOf(o.place(scores[i]))
	}
	e := Effect{Settings: s, All: average(each), FirstTime: average(firstOnly(all, each))}
	for i, o := range all {
		best := -1
		for k := range scores[i] {
			if best < 0 || scores[i][k] > scores[i][best] {
				best = k
			}
		}
		if best >= 0 && p.leadsBefore(o.people[best], o.brief.AsOf) == 0 {
			e.NewFirst += 1 / float64(len(all))
		}
	}
	return e
}
