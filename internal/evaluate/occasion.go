package evaluate

import (
	"slices"

	"skein/internal/match"
	"skein/internal/skein"
)

// Settings are the three numbers that an organisation's own past can tell best.
type Settings struct {
	HalfLifeDays float64 `json:"half_life_days"`
	W0           float64 `json:"w0"`
	Rotation     float64 `json:"rotation"`
}

// DefaultSettings is where an organisation starts: the engine's own table, and no rotation.
func DefaultSettings() Settings {
	t := match.DefaultTrust()
	return Settings{HalfLifeDays: t.HalfLifeDays, W0: t.W0}
}

// policy is the default policy with these settings.
func (s Settings) policy() match.Policy {
	p := match.DefaultPolicy()
	p.Trust.HalfLifeDays, p.Trust.W0 = s.HalfLifeDays, s.W0
	return p
}

// occasion is one project as it stood the day before it started.
type occasion struct {
	Project
	people  []skein.PersonID // the candidates, sorted
	lead    int              // whose place is looked for; -1: not among the candidates
	first   bool             // the lead had not led anything before as its primary lead
	brief   match.Brief
	earlier []float64            // each candidate's earlier leads in the area
	led     []bool               // each candidate: has led anything before
	tenure  []float64            // each candidate: which part of the candidates has been there for less long
	rows    [][][]skein.Evidence // by candidate and requirement: what counts
	query   match.Query          // with the default settings: requirements and their weights
}

// occasionOf gathers what was known of a project before it started.
func (p *Past) occasionOf(project Project) *occasion {
	day := project.StartOn
	o := &occasion{Project: project, people: p.candidates(day), first: p.leadsBefore(project.Lead, day) == 0}
	o.lead = slices.Index(o.people, project.Lead)
	o.brief = match.Brief{
		Own: project.Requirements, Situation: project.Situation, Trust: project.Trust,
		AsOf: day, Seed: match.Seed(project.ID, day),
		People: before(p.began, day), Holders: map[skein.SkillID]int{}, HalfLifeDays: p.halfLives,
	}
	for skill, days := range p.held {
		o.brief.Holders[skill] = before(days, day)
	}
	o.query = match.NewQuery(o.brief, match.DefaultPolicy())
	o.rows = make([][][]skein.Evidence, len(o.people))
	o.earlier, o.led = make([]float64, len(o.people)), make([]bool, len(o.people))
	since := make([]float64, len(o.people))
	for i, person := range o.people {
		o.earlier[i] = match.Earlier(o.query.Policy.Trust, p.areaLeads(person, o.query.Area), day)
		since[i] = p.sinceDays(person, day)
		o.led[i] = !p.lastLed(person, day).IsZero()
		o.rows[i] = make([][]skein.Evidence, len(o.query.Requirements))
		for k, r := range o.query.Requirements {
			o.rows[i][k] = match.Counting(p.about(person, r.Skill, day), r.Skill, day)
		}
	}
	o.tenure = percentiles(since)
	return o
}

// sinceDays is how long somebody has been there on a day.
func (p *Past) sinceDays(person skein.PersonID, day skein.Date) float64 {
	return day.Sub(p.tenure[person]).Hours() / 24
}

// areaLeads lists when somebody's primary leads in an area began.
func (p *Past) areaLeads(person skein.PersonID, area []skein.SkillID) []skein.Date {
	var out []skein.Date
	for _, l := range p.led[person] {
		if match.SameArea(l.area, area) {
			out = append(out, l.from)
		}
	}
	return out
}

// candidate is what the engine is given of a person.
func (p *Past) candidate(person skein.PersonID, o *occasion) match.Candidate {
	c := match.Candidate{
		Person: person, Active: true,
		LastLed: p.lastLed(person, o.brief.AsOf), AreaLeads: p.areaLeads(person, o.query.Area),
	}
	for _, r := range o.query.Requirements {
		c.Evidence = append(c.Evidence, p.about(person, r.Skill, o.brief.AsOf)...)
	}
	return c
}

// rank is the engine's own ranking: each candidate's order.
func (p *Past) rank(o *occasion, s Settings) []float64 {
	brief := o.brief
	brief.Rotation = s.Rotation
	query := match.NewQuery(brief, s.policy())
	all := make([]match.Candidate, len(o.people))
	for i, person := range o.people {
		all[i] = p.candidate(person, o)
	}
	out := make([]float64, len(all))
	for _, r := range match.Rank(query, all) {
		i, _ := slices.BinarySearch(o.people, r.Person)
		out[i] = r.Order
	}
	return out
}
