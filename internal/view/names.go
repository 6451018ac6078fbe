package view

import (
	"strings"

	"skein/internal/match"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
)

// withCircle is somebody as a form names them: with their circle, where they have one.
func withCircle(p peopledb.NamedPerson) string {
	if p.Circle == "" {
		return p.Name
	}
	return p.Name + " (" + p.Circle + ")"
}

// withCircles are people as forms name them.
func withCircles(people []peopledb.NamedPerson) []string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = withCircle(p)
	}
	return names
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

// Distinct names people so that no two are called the same.
func Distinct(people []peopledb.NamedPerson) []string {
	count := map[string]int{}
	for _, p := range people {
		count[strings.ToLower(p.Name)]++
	}
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
		if count[strings.ToLower(p.Name)] > 1 {
			names[i] = withCircle(p)
		}
	}
	return names
}
