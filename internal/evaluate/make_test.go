package evaluate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"skein/internal/folder"
	"skein/internal/skein"
)

func day(s string) skein.Date {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

var start = day("2020-01-01")

func later(days int) skein.Date { return start.AddDate(0, 0, days) }

// folderOf is a folder of rows made here.
func folderOf(projects []folder.ProjectRow, leads []folder.LeadRow, evidence []skein.Evidence) *folder.Folder {
	return &folder.Folder{
		Projects: projects, Leads: leads,
		Evidence: func(yield func(folder.EvidenceRow, error) bool) {
			for _, e := range evidence {
				if !yield(folder.EvidenceRow{Evidence: e}, nil) {
					return
				}
			}
		},
	}
}

// org is an invented organisation in which those who did much of a thing lately lead it; where
// turns are taken, whoever led it in the last year does not.
func org(turns bool) *folder.Folder {
	rng := rand.New(rand.NewPCG(3, 4))
	skills := []skein.SkillID{"pumps", "maps", "bills", "boats"}
	var projects []folder.ProjectRow
	var leads []folder.LeadRow
	var evidence []skein.Evidence
	done := map[skein.SkillID]map[int]int{}
	for _, s := range skills {
		done[s] = map[int]int{}
	}
	lastLed := map[string]int{}
	for t := range 120 {
		at := later(30 * t)
		for range 12 {
			who, skill := rng.IntN(24), skills[rng.IntN(len(skills))]
			kind := skein.EvidenceKinds[1+rng.IntN(3)]
			e := skein.Evidence{Person: person(who), Skill: skill, Kind: kind, Level: 2 + rng.IntN(4), ObservedOn: at.AddDate(0, 0, -1-rng.IntN(20)), Source: fmt.Sprint("work ", t)}
			if kind == skein.Peer {
				e.GivenBy = person((who + 1 + rng.IntN(20)) % 24)
			}
			evidence = append(evidence, e)
			done[skill][who] = t
		}
		skill := skills[t%len(skills)]
		best, bestAt := -1, -1.0
		for who := range 24 {
			seen, known := done[skill][who]
			score := float64(seen)
			if at, led := lastLed[fmt.Sprint(skill, who)]; led && turns && t-at < 13 {
				score -= 100
			}
			if known && score > bestAt {
				best, bestAt = who, score
			}
		}
		if best < 0 {
			best = rng.IntN(24)
		}
		lastLed[fmt.Sprint(skill, best)] = t
		id := skein.ProjectID(fmt.Sprintf("p%03d", t))
		projects = append(projects, folder.ProjectRow{
			Project:      skein.Project{ID: id, Title: string(id), StartOn: at},
			Requirements: []skein.Requirement{{Skill: skill, Importance: 5, Level: 3}, {Skill: skills[(t+1)%4], Importance: 1, Level: 3}},
		})
		leads = append(leads, folder.LeadRow{Project: id, Person: person(best), Role: skein.Primary, From: at})
	}
	return folderOf(projects, leads, evidence)
}

func person(n int) skein.PersonID { return skein.PersonID(fmt.Sprintf("a%02d", n)) }

func pastOf(t *testing.T, f *folder.Folder) *Past {
	t.Helper()
	p, err := NewPast(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// turned is the same folder with its rows the other way round.
func turned(f *folder.Folder) *folder.Folder {
	var evidence []skein.Evidence
	for e := range f.Evidence {
		evidence = append(evidence, e.Evidence)
	}
	slices.Reverse(evidence)
	projects, leads := slices.Clone(f.Projects), slices.Clone(f.Leads)
	slices.Reverse(projects)
	slices.Reverse(leads)
	return folderOf(projects, leads, evidence)
}

func untold(string, int, int) {}
