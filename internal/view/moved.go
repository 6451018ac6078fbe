package view

import (
	"strings"

	"skein/internal/skein"
	"skein/internal/words"
)

// wasWords say what it was, after what it is now: "Decisions are made within hours; it was days."
var wasWords = map[skein.Dimension][6]string{
	skein.DimUncertainty: {}, // see wasUncertain
	skein.DimStakes: {
		"", "a mistake cost little", "mistakes could be put right", "mistakes cost something", "it was hard to undo", "it was not to go wrong at all",
	},
	skein.DimUrgency: {"", "there was all the time it needed", "there was time to think", "it was weeks", "it was days", "it was hours"},
	skein.DimExpertise: {
		"", "one person knew enough", "a few people did", "it was several", "it was many heads", "everybody knew only a part",
	},
	skein.DimCommitment: {
		"", "it worked either way", "it only helped", "it was some of them", "they had to want it", "it worked only if they did",
	},
	skein.DimReadiness: {"", "it did not", "it hardly did", "it did a little", "it did", "it also knew what it is for"},
}

var wasUncertain = map[skein.Uncertainty]string{
	skein.Clear: "what works was known", skein.Complicated: "experts could find out", skein.Complex: "nobody knew",
	skein.Chaotic: "it could not wait for an answer", skein.Unclear: "nobody could say what it was",
}

// dimensionNames are what pages call the seven, in a list.
var dimensionNames = map[skein.Dimension]string{
	skein.DimUncertainty: "what works", skein.DimStakes: "stakes", skein.DimUrgency: "urgency", skein.DimExpertise: "who knows",
	skein.DimCommitment: "who must want it", skein.DimReach: "reach", skein.DimReadiness: "the team",
}

// likeWords says one dimension in a sentence.
func likeWords(s skein.Situation, d skein.Dimension, org skein.Organisation) string {
	switch d {
	case skein.DimUncertainty:
		return uncertaintyWords[s.Uncertainty]
	case skein.DimReach:
		return reachWords(s.Reach, org)
	}
	return situationWords[d][s.Value(d)]
}

func wasLike(s skein.Situation, d skein.Dimension) string {
	switch d {
	case skein.DimUncertainty:
		return wasUncertain[s.Uncertainty]
	case skein.DimReach:
		if s.Reach == 5 {
			return "it was many"
		}
		return "it was " + words.Number(s.Reach)
	}
	return wasWords[d][s.Value(d)]
}

// movedWords says each dimension that moved, now and before.
func movedWords(was, now skein.Situation, org skein.Organisation) []string {
	var says []string
	for _, d := range now.MovedFrom(was) {
		says = append(says, strings.TrimSuffix(likeWords(now, d, org), ".")+"; "+wasLike(was, d)+".")
	}
	return says
}

// unmovedWords says which dimensions are as they were; empty: none of those that are stated.
func unmovedWords(was, now skein.Situation) string {
	var names []string
	for _, d := range skein.Dimensions {
		if now.Value(d) != 0 && now.Value(d) == was.Value(d) {
			names = append(names, dimensionNames[d])
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return words.UpperFirst(names[0]) + " is as it was."
	}
	return words.UpperFirst(words.List(names)) + " are as they were."
}
