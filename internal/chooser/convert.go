package chooser

import (
	"encoding/json"
	"fmt"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
)

// PolicyOf reads the newest published tables; where none were published the engine's own hold.
func PolicyOf(t comparison.PolicyTables) (match.Policy, error) {
	p := match.DefaultPolicy()
	if t.Version == 0 {
		return p, nil
	}
	p = match.Policy{Version: t.Version}
	if err := json.Unmarshal(t.Lens, &p.Lens); err != nil {
		return p, fmt.Errorf("policy %d: lens: %w", t.Version, err)
	}
	if err := json.Unmarshal(t.Trust, &p.Trust); err != nil {
		return p, fmt.Errorf("policy %d: trust: %w", t.Version, err)
	}
	return p, nil
}

// Practices lists the skills that a policy's lens may ask for.
func Practices(p match.Policy) []skein.SkillID {
	var all []skein.SkillID
	for _, row := range p.Lens.Rows {
		for _, r := range row.Practices {
			if !slices.Contains(all, r.Skill) {
				all = append(all, r.Skill)
			}
		}
	}
	slices.Sort(all)
	return all
}

// QueryOf is a question read through a policy. The seed is the claim window's; an empty one is
// made of the project and the day.
func QueryOf(q comparison.Question, p match.Policy, seed string) match.Query {
	if seed == "" {
		seed = match.Seed(q.Project, q.AsOf)
	}
	b := match.Brief{
		Own: q.Requirements, Struck: q.Struck, Situation: q.Situation, Trust: q.Trust,
		HoursNeeded: q.HoursPerWeek, Rotation: q.Rotation, AsOf: q.AsOf, Seed: seed,
		People: q.People, Holders: q.Holders, HalfLifeDays: q.HalfLives,
	}
	for _, g := range q.Guardrails {
		if g.Kind == skein.LeadsAtOnce {
			b.LeadsAtOnce = g.Number
		}
	}
	return match.NewQuery(b, p)
}

// CandidateOf is a person's facts as one question sees them.
func CandidateOf(f comparison.Facts, q comparison.Question) match.Candidate {
	c := match.Candidate{
		Person: f.Person, Active: f.Active, FreeHours: FreeHours(f, q), Leads: f.Leads, CoLeads: f.CoLeads, LastLed: f.LastLed,
		Wishes: f.Wishes, Absences: f.Absences, TermsRunning: TermsRunning(f.Person, q.LastLeads),
	}
	area := skein.Area(q.Requirements)
	for _, e := range f.Earlier {
		if match.SameArea(e.Area, area) {
			c.AreaLeads = append(c.AreaLeads, e.From)
		}
	}
	c.Evidence = make([]skein.Evidence, len(f.Evidence))
	for i, e := range f.Evidence {
		c.Evidence[i] = e.Evidence
		if e.AsSelf {
			c.Evidence[i].Kind = skein.Self
		}
	}
	return c
}

// FreeHours are somebody's free hours a week as one question sees them: what they have for it already, in a
// place beside its lead or standing in, does not count against leading it. Nil: not stated.
func FreeHours(f comparison.Facts, q comparison.Question) *float64 {
	if f.HoursFree == nil || q.HoursPerWeek == nil || !slices.Contains(q.PlaceHours, f.Person) {
		return f.HoursFree
	}
	free := *f.HoursFree
	for _, p := range q.PlaceHours {
		if p == f.Person {
			free += *q.HoursPerWeek
		}
	}
	return &free
}

// TermsRunning counts the terms that a person had here one after another, up to now.
func TermsRunning(person skein.PersonID, last []skein.PersonID) int {
	n := 0
	for n < len(last) && last[n] == person {
		n++
	}
	return n
}

// CandidatesOf converts everybody of a comparison for one of its questions.
func CandidatesOf(facts []comparison.Facts, q comparison.Question) []match.Candidate {
	all := make([]match.Candidate, len(facts))
	for i, f := range facts {
		all[i] = CandidateOf(f, q)
	}
	return all
}

// NamesOf says what pages call the skills and people of a comparison. You is true where the words
// are spoken to the person themselves.
func NamesOf(c comparison.Sides, you bool) match.Names {
	practices := map[skein.SkillID]string{}
	for _, p := range match.Practices() {
		practices[p.ID] = p.Name
	}
	return match.Names{
		You: you,
		Skill: func(id skein.SkillID) string {
			if name := c.SkillNames[id]; name != "" {
				return words.Name(name)
			}
			return practices[id]
		},
		Person: func(id skein.PersonID) string { return called(c.PersonNames, id, you) },
		Source: func(source string) string { return sourceName(c.SourceNames, source) },
	}
}

// called is how a person is named: to somebody in their own organisation by the first name, as
// colleagues do, unless another of those named has the same.
func called(names map[skein.PersonID]string, id skein.PersonID, you bool) string {
	first := words.FirstName(names[id])
	if !you {
		return words.Name(names[id])
	}
	for other, full := range names {
		if other != id && words.FirstName(full) == first {
			return words.Name(names[id])
		}
	}
	return first
}

// usualHalfLife is that of skills which have none of their own, until a policy says otherwise.
func usualHalfLife() float64 { return match.DefaultTrust().HalfLifeDays }
