package view

import (
	"slices"
	"strings"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
)

// inOwnWord says a sentence of ours that speaks of teams in the organisation's own word. It is for
// sentences of the published tables alone, in which teams are circles: in one that speaks of the team of a
// project, that word stays.
func inOwnWord(org skein.Organisation, says string) string {
	return inWords(words.Name(org.CircleWord), words.Name(org.Circles()), says)
}

func inWords(one, many, says string) string {
	return strings.NewReplacer(
		"teams", many, "Teams", words.UpperFirst(many), "one team", "one "+one, "no team", "no "+one,
	).Replace(says)
}

// Fill is what a template and the lens put into a new project, as it is kept: in the organisation's own word,
// without marks of direction.
func Fill(org skein.Organisation, lens match.Lens, t match.Template) match.Filled {
	filled := lens.Fill(t)
	filled.Needs, filled.Setting.Remit = slices.Clone(filled.Needs), slices.Clone(filled.Setting.Remit)
	for i := range filled.Needs {
		n := &filled.Needs[i]
		n.What = inWords(org.CircleWord, org.Circles(), n.What)
	}
	for i := range filled.Setting.Remit {
		r := &filled.Setting.Remit[i]
		r.WithWhom = inWords(org.CircleWord, org.Circles(), r.WithWhom)
	}
	return filled
}

// ownOptions are choices of which a label may speak of circles.
func ownOptions(org skein.Organisation, options []component.Option) []component.Option {
	own := slices.Clone(options)
	for i := range own {
		own[i].Label = inOwnWord(org, own[i].Label)
	}
	return own
}
