package words

import "strings"

// List joins names: "Dario", "Dario and Noor", "Dario, Noor and Jonas".
func List(names []string) string { return join(names, "and") }

// Either joins alternatives: "Marta or Judith".
func Either(names []string) string { return join(names, "or") }

// Few joins names when there may be many: of more than three it names two, and counts the others.
func Few(names []string) string {
	if len(names) <= 3 {
		return List(names)
	}
	return Name(names[0]) + ", " + Name(names[1]) + " and " + Spell(len(names)-2) + " others"
}

func join(names []string, last string) string {
	names = Names(names)
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	most := len(names) - 1
	return strings.Join(names[:most], ", ") + " " + last + " " + names[most]
}
