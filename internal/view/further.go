package view

import (
	"slices"
	"strings"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
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

// circleSays is what a steward hears of a circle that must move with a project, and who was in one of its close.
func circleSays(n homedb.Notice) (says, link string) {
	circle, title, who := words.Name(n.CircleName), words.Name(n.Title), words.Name(n.WhoName)
	if who == "" {
		who = "a file that was imported"
	}
	switch n.Code {
	case skein.CodeAdded:
		return circle + " must move with " + title + ", says " + who + ".", path.Project(string(n.Project))
	case skein.CodeDropped:
		return circle + " need not move with " + title + " any more: " + who + " has changed that.", path.Project(string(n.Project))
	}
	return who + " closed " + circle + ", where you were. Your page says where you are now.", path.Person(string(n.Me))
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
