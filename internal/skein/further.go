package skein

import "slices"

// FurtherCircles are the circles that must move with a project beside its own, each once, by their ids. Its own is
// never among them: it moves in any case, and would stand twice on its own page.
//
// No guardrail has to be gathered from them: there is one of each kind for the whole organisation, so that the
// strictest of all their guardrails is the one that holds anyway.
func FurtherCircles(own CircleID, named []CircleID) []CircleID {
	var all []CircleID
	for _, c := range named {
		if c != "" && c != own {
			all = append(all, c)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// checkFurther reports more circles than a project can move with.
func checkFurther(bad *Invalid, further []CircleID) {
	bad.Add(len(further) > MostLines, "teams", "Name twenty at most.")
}

// listed is a list as the log keeps it: empty where there is none, which differs from what nobody noted.
func listed(circles []CircleID) []CircleID { return slices.Concat([]CircleID{}, circles) }
