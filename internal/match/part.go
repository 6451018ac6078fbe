package match

import "math"

// parts are the words for a part of something; a share is called by the nearest.
var parts = []struct {
	is    float64
	words string
}{
	{.1, "a little"},
	{.25, "about a quarter"},
	{1. / 3, "about a third"},
	{.5, "about half"},
	{2. / 3, "about two thirds"},
	{.75, "about three quarters"},
	{.9, "most"},
}

// wholeFrom is the share from which a part is called the whole.
const wholeFrom = .995

// PartWords says a share of a whole by the nearest word: "about three quarters".
func PartWords(share float64) string {
	if share <= 0 {
		return "nothing"
	}
	if share >= wholeFrom {
		return "all"
	}
	nearest := parts[0]
	for _, p := range parts {
		if math.Abs(p.is-share) < math.Abs(nearest.is-share) {
			nearest = p
		}
	}
	return nearest.words
}

// tooOld is the part left by age below which something hardly counts.
const tooOld = .03

const hardlyCounts = "too old to count for much"

// LeftWords says how much of something its age has left, from 1 down to 0: "counts about half".
func LeftWords(fresh float64) string {
	switch words := PartWords(fresh); {
	case fresh < tooOld:
		return "is " + hardlyCounts
	case words == "all":
		return "counts in full"
	case words == "most":
		return "still counts for most"
	case words == "a little":
		return "counts little"
	default:
		return "counts " + words
	}
}

// faded tells whether age has taken so much that it is worth saying.
func faded(fresh float64) bool {
	words := PartWords(fresh)
	return words != "all" && words != "most"
}
