package server

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/skein"
)

// wholeParts is how much of a hundred each requirement could give at most.
func wholeParts(a chooser.Answer) (fit int, shares []int) {
	whole := match.Assessment{Met: slices.Clone(a.Assessment.Met)}
	var all float64
	for _, m := range whole.Met {
		all += m.Weight
	}
	for i := range whole.Met {
		if all > 0 {
			whole.Met[i].Share = whole.Met[i].Weight / all
		}
		whole.Fit += whole.Met[i].Share
	}
	return whole.Parts(100)
}

// trimmed is a number with at most one digit after the point.
func trimmed(n float64) string { return strconv.FormatFloat(math.Round(n*10)/10, 'f', -1, 64) }

func rarityWords(rarity float64) string {
	switch {
	case rarity > 1.5:
		return "few people have it, so it counts " + trimmed(rarity) + " times"
	case rarity < .9:
		return "many people have it, so it counts " + trimmed(rarity) + " times"
	}
	return "it counts " + trimmed(rarity) + " times for how rare it is"
}

// turnNote says what turns do here.
func turnNote(q match.Query, a match.Assessment) string {
	return rotationNote(q, a) + roomNote(q, a)
}

func rotationNote(q match.Query, a match.Assessment) string {
	switch rotation := a.Turn - a.Room; {
	case q.Rotation == 0:
		return "Who led here before makes no difference."
	case a.Earlier == 0:
		return "You have not led here before, so rotation changes nothing for you."
	case q.Rotation > 0:
		return fmt.Sprintf("People take turns here: what you led lately counts %.2f, which takes %.2f off your place in the order.", a.Earlier, -rotation)
	default:
		return fmt.Sprintf("Leads stay here with those who know them: what you led lately counts %.2f, which adds %.2f to your place in the order.", a.Earlier, rotation)
	}
}

// roomNote says what is done for first leads.
func roomNote(q match.Query, a match.Assessment) string {
	switch first := q.Policy.Trust.FirstLead; {
	case first == 0:
		return ""
	case a.NeverLed:
		return fmt.Sprintf(" Whoever has led before, anywhere, steps back by %.2f, so that first leads are found; you have not, so you stay.", first)
	default:
		return fmt.Sprintf(" You have led before, which takes %.2f off your place in the order, so that first leads are found.", -a.Room)
	}
}

// skillName is what pages call a skill.
func skillName(n match.Names, id skein.SkillID) string {
	if n.Skill != nil {
		if name := n.Skill(id); name != "" {
			return name
		}
	}
	return string(id)
}
