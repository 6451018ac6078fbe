package match_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"skein/internal/match"
	"skein/internal/skein"
)

// today is the day that every test compares as of.
var today = day("2026-05-18")

func day(s string) skein.Date {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func ago(days int) skein.Date { return today.AddDate(0, 0, -days) }

// saw is one piece of evidence about p in a skill.
func saw(skill skein.SkillID, kind skein.EvidenceKind, level, daysAgo int, from string) skein.Evidence {
	e := skein.Evidence{Person: "p", Skill: skill, Kind: kind, Level: level, ObservedOn: ago(daysAgo)}
	if kind == skein.Peer {
		e.GivenBy = skein.PersonID(from)
	} else {
		e.Source = from
	}
	return e
}

func needs(skill skein.SkillID, importance, level int) skein.Requirement {
	return skein.Requirement{Skill: skill, Importance: importance, Level: level}
}

func must(skill skein.SkillID, importance, level int) skein.Requirement {
	return skein.Requirement{Skill: skill, Importance: importance, Level: level, Must: true}
}

// asking makes a query at a trust level for a project's own requirements.
func asking(t skein.Trust, own ...skein.Requirement) match.Query {
	return match.NewQuery(brief(t, own...), match.DefaultPolicy())
}

func brief(t skein.Trust, own ...skein.Requirement) match.Brief {
	return match.Brief{Own: own, Trust: t, AsOf: today, Seed: "seed", People: 50}
}

func person(id skein.PersonID, evidence ...skein.Evidence) match.Candidate {
	for i := range evidence {
		evidence[i].Person = id
	}
	return match.Candidate{Person: id, Active: true, Evidence: evidence}
}

var (
	someSkills = []skein.SkillID{"leaks", "maps", "valves", match.SmallSteps}
	someKinds  = skein.EvidenceKinds
)

func drawEvidence(t *rapid.T) skein.Evidence {
	kind := rapid.SampledFrom(someKinds).Draw(t, "kind")
	from := fmt.Sprint("g", rapid.IntRange(1, 4).Draw(t, "from"))
	e := saw(rapid.SampledFrom(someSkills).Draw(t, "skill"), kind, rapid.IntRange(1, 5).Draw(t, "level"),
		rapid.IntRange(-3, 1500).Draw(t, "days ago"), from)
	if rapid.IntRange(0, 5).Draw(t, "expires") == 0 {
		e.ExpiresOn = e.ObservedOn.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "valid for"))
	}
	return e
}

func drawCandidate(t *rapid.T, id skein.PersonID) match.Candidate {
	c := person(id, rapid.SliceOfN(rapid.Custom(drawEvidence), 0, 12).Draw(t, "evidence")...)
	c.Active = rapid.IntRange(0, 9).Draw(t, "active") > 0
	c.Leads, c.CoLeads = rapid.IntRange(0, 2).Draw(t, "leads"), rapid.IntRange(0, 2).Draw(t, "places as co-lead")
	if rapid.Bool().Draw(t, "led") {
		c.LastLed = ago(rapid.IntRange(0, 3).Draw(t, "last led") * 100)
	}
	for range rapid.IntRange(0, 2).Draw(t, "area leads") {
		c.AreaLeads = append(c.AreaLeads, ago(rapid.IntRange(-10, 900).Draw(t, "began")))
	}
	for range rapid.IntRange(0, 2).Draw(t, "absences") {
		from := rapid.IntRange(0, 800).Draw(t, "away since")
		a := skein.Absence{From: ago(from)}
		if rapid.Bool().Draw(t, "back") {
			a.Until = a.From.AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "away for"))
		}
		c.Absences = append(c.Absences, a)
	}
	if rapid.Bool().Draw(t, "wishes") {
		c.Wishes = []skein.SkillID{rapid.SampledFrom(someSkills).Draw(t, "wish")}
	}
	return c
}

func drawBrief(t *rapid.T) match.Brief {
	b := match.Brief{
		AsOf: today, Seed: "seed", People: 200,
		Trust:    rapid.SampledFrom(skein.Trusts).Draw(t, "trust"),
		Rotation: rapid.SampledFrom([]float64{.6, 0, -.4}).Draw(t, "rotation"),
		Holders:  map[skein.SkillID]int{"leaks": 3, "maps": 40, "valves": 170},
		Situation: skein.Situation{
			Uncertainty: rapid.SampledFrom([]skein.Uncertainty{"", skein.Clear, skein.Complex}).Draw(t, "uncertainty"),
			Stakes:      rapid.IntRange(0, 5).Draw(t, "stakes"),
		},
		LeadsAtOnce: 2,
	}
	n := rapid.IntRange(1, 3).Draw(t, "requirements")
	for _, s := range someSkills[:n] {
		b.Own = append(b.Own, skein.Requirement{
			Skill: s, Importance: rapid.IntRange(1, 5).Draw(t, "importance"),
			Level: rapid.IntRange(1, 5).Draw(t, "level"), Must: rapid.Bool().Draw(t, "must"),
		})
	}
	return b
}

func drawPeople(t *rapid.T) []match.Candidate {
	n := rapid.IntRange(1, 6).Draw(t, "people")
	people := make([]match.Candidate, n)
	for i := range people {
		people[i] = drawCandidate(t, skein.PersonID(fmt.Sprint("p", i)))
	}
	return people
}
