package match_test

import (
	"fmt"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

// benchmarked is eight requirements and somebody with twenty pieces of evidence who is not ready.
func benchmarked() (match.Query, match.Candidate) {
	var own []skein.Requirement
	var rows []skein.Evidence
	for i := range 8 {
		s := skein.SkillID(fmt.Sprint("skill", i))
		own = append(own, skein.Requirement{Skill: s, Importance: 1 + i%5, Level: 4, Must: i < 4})
	}
	for i := range 20 {
		rows = append(rows, saw(skein.SkillID(fmt.Sprint("skill", 4+i%12)), skein.EvidenceKinds[i%4], 1+i%4, 10*i+1, fmt.Sprint("g", i)))
	}
	return asking(skein.Weighed, own...), person("p", rows...)
}

func BenchmarkAssess(b *testing.B) {
	q, c := benchmarked()
	for b.Loop() {
		match.Assess(q, c)
	}
}

func BenchmarkRank(b *testing.B) {
	q, c := benchmarked()
	people := make([]match.Candidate, 1000)
	for i := range people {
		people[i] = c
		people[i].Person = skein.PersonID(fmt.Sprint("p", i))
	}
	for b.Loop() {
		match.Rank(q, people)
	}
}
