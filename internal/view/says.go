package view

import (
	"skein/internal/match"
	"skein/web/component"
)

// SaysOf draws the lines of an explanation.
func SaysOf(lines []match.Line) []component.Says {
	all := make([]component.Says, len(lines))
	for i, line := range lines {
		all[i] = component.Says{Standing: standingOf(line.Standing), Sentence: line.Text}
	}
	return all
}

func standingOf(s match.Standing) component.Standing {
	switch s {
	case match.Shown:
		return component.Shown
	case match.Near:
		return component.Nearly
	case match.Word:
		return component.OnlyYourWord
	}
	return component.Nobody
}
