// Package evaluate measures the engine on an organisation's own past: for projects whose lead is
// known it ranks everybody who could have led, using only what was known before the start, and
// looks at which place the lead comes.
//
// It is a room of its own because it needs no database, and because nothing of it may reach the
// engine that it measures.
package evaluate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"skein/internal/folder"
	"skein/internal/match"
	"skein/internal/skein"
)

// windowDays is how recent a person's evidence must be for them to be a candidate.
const windowDays = 730

// Past is what a folder says of an organisation's past, ready to be asked.
type Past struct {
	Projects []Project // those with a start and a lead, by start, then id

	people    []skein.PersonID // everybody with evidence, sorted
	evidence  map[skein.PersonID]map[skein.SkillID][]skein.Evidence
	given     map[skein.PersonID][]skein.Evidence // endorsements by them
	seen      map[skein.PersonID][]skein.Date     // days of any evidence, sorted
	began     []skein.Date                        // each person's first evidence, sorted
	held      map[skein.SkillID][]skein.Date      // each person's first evidence in the skill, sorted
	tenure    map[skein.PersonID]skein.Date       // since when; the engine never sees it
	led       map[skein.PersonID][]lead
	halfLives map[skein.SkillID]int
}

// Project is a project whose lead is known.
type Project struct {
	folder.ProjectRow
	Lead skein.PersonID
}

// lead is somebody's primary lead of a project.
type lead struct {
	from skein.Date
	area []skein.SkillID
}

// NewPast reads a folder. What the lead was is known, not who would have been best.
func NewPast(f *folder.Folder) (*Past, error) {
	p := &Past{
		evidence:  map[skein.PersonID]map[skein.SkillID][]skein.Evidence{},
		seen:      map[skein.PersonID][]skein.Date{},
		held:      map[skein.SkillID][]skein.Date{},
		tenure:    map[skein.PersonID]skein.Date{},
		led:       map[skein.PersonID][]lead{},
		halfLives: map[skein.SkillID]int{},
	}
	for _, s := range f.Skills {
		if s.HalfLifeDays > 0 {
			p.halfLives[s.ID] = s.HalfLifeDays
		}
	}
	if err := p.addEvidence(f); err != nil {
		return nil, err
	}
	p.addTenure(f)
	p.addLeads(f)
	if len(p.Projects) < 10 {
		return nil, fmt.Errorf("only %d projects have a start and a lead: an evaluation needs ten", len(p.Projects))
	}
	if len(p.people) == 0 {
		return nil, errors.New("there is no evidence about anybody, so there is nobody to rank")
	}
	if _, _, test := p.split(); len(test) == 0 {
		return nil, errors.New("the newest two fifths of the projects all started on the day on which the others end: nothing is left to test")
	}
	return p, nil
}

func (p *Past) addEvidence(f *folder.Folder) error {
	given := map[skein.PersonID][]skein.Evidence{}
	rows := map[skein.PersonID][]skein.Evidence{}
	for e, err := range f.Evidence {
		if err != nil {
			return err
		}
		rows[e.Person] = append(rows[e.Person], e.Evidence)
		if e.Kind == skein.Peer && e.GivenBy != "" {
			given[e.GivenBy] = append(given[e.GivenBy], e.Evidence)
		}
	}
	for person := range rows {
		p.people = append(p.people, person)
	}
	slices.Sort(p.people)
	for _, person := range p.people {
		p.addPerson(person, rows[person])
	}
	p.given = given
	slices.SortFunc(p.began, skein.Date.Compare)
	for _, days := range p.held {
		slices.SortFunc(days, skein.Date.Compare)
	}
	return nil
}

// addPerson keeps one person's evidence by skill, from the earliest.
func (p *Past) addPerson(person skein.PersonID, rows []skein.Evidence) {
	slices.SortStableFunc(rows, func(a, b skein.Evidence) int { return a.ObservedOn.Compare(b.ObservedOn) })
	bySkill := map[skein.SkillID][]skein.Evidence{}
	for _, e := range rows {
		p.seen[person] = append(p.seen[person], e.ObservedOn)
		bySkill[e.Skill] = append(bySkill[e.Skill], e)
	}
	for skill, of := range bySkill {
		p.held[skill] = append(p.held[skill], of[0].ObservedOn)
	}
	p.evidence[person] = bySkill
	p.began = append(p.began, rows[0].ObservedOn)
	p.tenure[person] = rows[0].ObservedOn
}

// about is somebody's evidence in a skill as it counted on a day. What the folder cannot tell, who
// shares a project or a circle, is not held against anybody.
func (p *Past) about(person skein.PersonID, skill skein.SkillID, day skein.Date) []skein.Evidence {
	rows := p.evidence[person][skill]
	if len(p.given[person]) == 0 {
		return rows
	}
	return match.Discount(person, rows, p.given[person], nil, match.DefaultTrust(), day)
}

// addTenure notes since when people are with the organisation: as people.csv says, else since
// their first evidence. Only the ranking by tenure reads it.
func (p *Past) addTenure(f *folder.Folder) {
	for _, row := range f.People {
		since, known := p.tenure[row.ID]
		if !row.ActiveFrom.IsZero() && (!known || row.ActiveFrom.Before(since)) {
			p.tenure[row.ID] = row.ActiveFrom
		}
	}
}

func (p *Past) addLeads(f *folder.Folder) {
	projects := map[skein.ProjectID]folder.ProjectRow{}
	for _, row := range f.Projects {
		projects[row.ID] = row
	}
	first := map[skein.ProjectID]folder.LeadRow{}
	for _, row := range f.Leads {
		if row.Role != skein.Primary || row.From.IsZero() {
			continue
		}
		p.led[row.Person] = append(p.led[row.Person], lead{row.From, skein.Area(projects[row.Project].Requirements)})
		was, known := first[row.Project]
		if !known || row.From.Before(was.From) || (row.From.Equal(was.From) && row.Person < was.Person) {
			first[row.Project] = row
		}
	}
	for id, row := range first {
		if project := projects[id]; !project.StartOn.IsZero() {
			p.Projects = append(p.Projects, Project{project, row.Person})
		}
	}
	slices.SortFunc(p.Projects, func(a, b Project) int {
		if c := a.StartOn.Compare(b.StartOn); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
}

// before counts the days that lie before a day, of days that are sorted.
func before(days []skein.Date, day skein.Date) int {
	n, _ := slices.BinarySearchFunc(days, day, skein.Date.Compare)
	return n
}

// candidates lists who had evidence in the two years before a day.
func (p *Past) candidates(day skein.Date) []skein.PersonID {
	var out []skein.PersonID
	since := day.AddDate(0, 0, -windowDays)
	for _, person := range p.people {
		days := p.seen[person]
		if n := before(days, day); n > 0 && !days[n-1].Before(since) {
			out = append(out, person)
		}
	}
	return out
}

// lastLed is when somebody last began to lead before a day; zero: never.
func (p *Past) lastLed(person skein.PersonID, day skein.Date) skein.Date {
	var last skein.Date
	for _, l := range p.led[person] {
		if l.from.Before(day) && l.from.After(last) {
			last = l.from
		}
	}
	return last
}

// leadsBefore counts the projects that somebody led before a day.
func (p *Past) leadsBefore(person skein.PersonID, day skein.Date) int {
	n := 0
	for _, l := range p.led[person] {
		if l.from.Before(day) {
			n++
		}
	}
	return n
}
