package view

import (
	"strings"

	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
)

// situationWords says each value of each dimension in a sentence; a value that says little is said
// quietly.
var situationWords = map[skein.Dimension][6]string{
	skein.DimStakes: {
		"", "A mistake costs little.", "Mistakes can be put right.", "Mistakes cost something.", "Hard to undo.", "It must not go wrong.",
	},
	skein.DimUrgency: {
		"", "There is all the time it needs.", "There is time to think.", "Decisions cannot wait for weeks.",
		"Decisions are made within days.", "Decisions are made within hours.",
	},
	skein.DimExpertise: {
		"", "One person knows enough.", "A few people know enough.", "What it takes is known by several.",
		"What it takes is spread over many heads.", "Everybody knows only a part of what it takes.",
	},
	skein.DimCommitment: {
		"", "It works whether or not people want it.", "It helps when people want it.", "Some of those affected must want it.",
		"Those affected must want it.", "It works only if those affected want it.",
	},
	skein.DimReadiness: {
		"", "The team does not know each other yet.", "The team hardly knows each other.", "The team knows each other a little.",
		"The team knows each other.", "The team knows each other and what it is for.",
	},
}

var uncertaintyWords = map[skein.Uncertainty]string{
	skein.Clear:       "What works is known.",
	skein.Complicated: "Experts can find out what works.",
	skein.Complex:     "Nobody knows yet what works.",
	skein.Chaotic:     "It cannot wait for an answer.",
	skein.Unclear:     "Nobody can say yet what it is.",
}

// like says what it is like: the sentences that matter most, and the rest more quietly.
func like(s skein.Situation, org skein.Organisation) (said []string, note string) {
	var quiet []string
	add := func(sentence string, loud bool) {
		switch {
		case sentence == "":
		case loud:
			said = append(said, sentence)
		default:
			quiet = append(quiet, sentence)
		}
	}
	add(uncertaintyWords[s.Uncertainty], true)
	add(situationWords[skein.DimStakes][s.Stakes], s.Stakes != 3)
	add(reachWords(s.Reach, org), s.Reach != 2)
	add(situationWords[skein.DimUrgency][s.Urgency], s.Urgency >= 4)
	add(situationWords[skein.DimCommitment][s.Commitment], s.Commitment == 5)
	add(situationWords[skein.DimExpertise][s.Expertise], false)
	add(situationWords[skein.DimReadiness][s.Readiness], s.Readiness == 1)
	if len(said) == 0 && len(quiet) > 0 {
		said, quiet = quiet[:1], quiet[1:]
	}
	return said, strings.Join(quiet, " ")
}

func reachWords(reach int, org skein.Organisation) string {
	switch reach {
	case 0:
		return ""
	case 1:
		return "One " + words.Name(org.CircleWord) + " can do it."
	case 5:
		return "Many " + words.Name(org.Circles()) + " must move together."
	}
	return words.UpperFirst(words.Number(reach)) + " " + words.Name(org.Circles()) + " must move."
}

// spokes draws what it is like now, beside what the lead was chosen for where that is known.
func spokes(now, chosen skein.Situation) []component.Spoke {
	return component.Situation(ends(now), ends(chosen))
}

func ends(s skein.Situation) [7]int {
	return [7]int{component.Unknown(string(s.Uncertainty)), s.Stakes, s.Urgency, s.Expertise, s.Commitment, s.Reach, s.Readiness}
}
