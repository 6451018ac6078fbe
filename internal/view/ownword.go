package view

import (
	"slices"
	"strings"

	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
)

// inOwnWord says a sentence of ours that speaks of teams in the organisation's own word. It is for
// sentences of the published tables alone, in which teams are circles: in one that speaks of the team of a
// project, that word stays.
func inOwnWord(org skein.Organisation, says string) string {
	one, many := words.Name(org.CircleWord), words.Name(org.Circles())
	return strings.NewReplacer(
		"teams", many, "Teams", words.UpperFirst(many), "one team", "one "+one, "no team", "no "+one,
	).Replace(says)
}

// ownOptions are choices of which a label may speak of circles.
func ownOptions(org skein.Organisation, options []component.Option) []component.Option {
	own := slices.Clone(options)
	for i := range own {
		own[i].Label = inOwnWord(org, own[i].Label)
	}
	return own
}
