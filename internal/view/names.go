package view

import (
	"strings"

	"skein/internal/match"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
)

// withCircle is somebody as a form names them: with their circle, where they have one.
func withCircle(p peopledb.NamedPerson) string {
	if p.Circle == "" {
		return p.Name
	}
	return p.Name + " (" + p.Circle + ")"
}

// withID is somebody with the id that the address of their page holds: no two have the same.
func withID(p peopledb.NamedPerson) string { return p.Name + " (" + string(p.ID) + ")" }

func bare(p peopledb.NamedPerson) string { return p.Name }

// withCircles are people as forms name them: with their circle, or the id where that tells too little.
func withCircles(people []peopledb.NamedPerson) []string {
	names := Distinct(people)
	for i, p := range people {
		if names[i] == p.Name {
			names[i] = withCircle(p)
		}
	}
	return names
}

// Distinct names people so that no two are called the same, in ways that forms understand: by the name
// alone, with the circle where that is not enough, and with the id where the circle is not.
func Distinct(people []peopledb.NamedPerson) []string {
	called, within := alike(people, bare), alike(people, withCircle)
	names := make([]string, len(people))
	for i, p := range people {
		switch {
		case called[strings.ToLower(p.Name)] == 1:
			names[i] = p.Name
		case p.Circle != "" && within[strings.ToLower(withCircle(p))] == 1:
			names[i] = withCircle(p)
		default:
			names[i] = withID(p)
		}
	}
	return names
}

// alike counts how many are named the same in a way, whichever letters are capitals.
func alike(people []peopledb.NamedPerson, way func(peopledb.NamedPerson) string) map[string]int {
	count := map[string]int{}
	for _, p := range people {
		count[strings.ToLower(way(p))]++
	}
	return count
}

// mostOfAName is how many of those who are called the same are offered.
const mostOfAName = 10

// WhichOf asks which of several people of one name is meant.
func WhichOf(name string, people []peopledb.NamedPerson) string {
	named := Distinct(people)
	which := words.Either(named[:min(len(named), mostOfAName)])
	if more := len(named) - mostOfAName; more > 0 {
		which += ", or one of " + words.Count(more, "other", "others")
	}
	return "More than one is called " + words.Name(name) + ". Write " + which + ", or the e-mail address; the list of people says who is who."
}

// SkillNames are what a form offers: the skills known here, then the practices.
func SkillNames(skills []peopledb.NamedSkill) []string {
	var names []string
	known := map[string]bool{}
	for _, skill := range skills {
		names = append(names, skill.Name)
		known[skein.NameKey(skill.Name)] = true
	}
	for _, practice := range match.Practices() {
		if !known[skein.NameKey(practice.Name)] {
			names = append(names, practice.Name)
		}
	}
	return names
}
