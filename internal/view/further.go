package view

import (
	"slices"
	"strings"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// circleLabels names circles so that each can be told apart in a line parted by semicolons: of those of one name also
// by what they lie in, and by their ids where that is not enough.
func circleLabels(circles []skein.Circle) []string {
	names, within := map[string]int{}, map[skein.CircleID]string{}
	for _, c := range circles {
		names[skein.NameKey(c.Name)]++
		within[c.ID] = c.Name
	}
	all := make([]string, len(circles))
	times := map[string]int{}
	for i, c := range circles {
		all[i] = c.Name
		if names[skein.NameKey(c.Name)] > 1 && c.Parent != "" {
			all[i] += " (" + within[c.Parent] + ")"
		}
		times[skein.NameKey(all[i])]++
	}
	for i, c := range circles {
		if times[skein.NameKey(all[i])] > 1 || strings.ContainsAny(all[i], ";\n") {
			all[i] = string(c.ID)
		}
	}
	return all
}

// furtherLine is how a form names the circles that must move with a project.
func furtherLine(further []skein.CircleID, circles []skein.Circle) string {
	labels := circleLabels(circles)
	var named []string
	for i, c := range circles {
		if slices.Contains(further, c.ID) {
			named = append(named, labels[i])
		}
	}
	return strings.Join(named, "; ")
}

// FurtherNamed finds the circles that a form names, and says what is wrong with what names none, several, or the
// project's own.
func FurtherNamed(typed []string, own skein.CircleID, circles []skein.Circle) (all []skein.CircleID, wrong string) {
	labels := circleLabels(circles)
	var says []string
	for _, name := range typed {
		i := slices.IndexFunc(labels, func(label string) bool { return skein.NameKey(label) == skein.NameKey(name) })
		switch {
		case i >= 0 && circles[i].ID == own:
			says = append(says, words.Name(circles[i].Name)+" is where it belongs, and moves in any case. Leave it out.")
		case i >= 0:
			all = append(all, circles[i].ID)
		default:
			says = append(says, noSuchCircle(name, circles, labels))
		}
	}
	return skein.FurtherCircles(own, all), strings.Join(says, " ")
}

// movesSays is what a steward hears of a circle that must move with a project.
func movesSays(n homedb.Notice) string {
	if n.Code == skein.CodeDropped {
		return words.Name(n.CircleName) + " need not move with " + words.Name(n.Title) + " any more: " + words.Name(n.WhoName) + " has changed that."
	}
	return words.Name(n.CircleName) + " must move with " + words.Name(n.Title) + ", says " + words.Name(n.WhoName) + "."
}

// noSuchCircle says that a name is nobody's, or whose it may be.
func noSuchCircle(name string, circles []skein.Circle, labels []string) string {
	var which []string
	for i, c := range circles {
		if skein.NameKey(c.Name) == skein.NameKey(name) {
			which = append(which, labels[i])
		}
	}
	if len(which) > 0 {
		return "Several are called " + words.Name(name) + ". Write " + words.Either(which) + "."
	}
	return "There is none called " + words.Name(name) + ". Write the name as it stands on its page."
}
