package match

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"skein/internal/skein"
)

func (n Names) skill(id skein.SkillID) string {
	if n.Skill != nil {
		if name := n.Skill(id); name != "" {
			return name
		}
	}
	return string(id)
}

func (n Names) person(id skein.PersonID) string {
	if n.Person != nil {
		if name := n.Person(id); name != "" {
			return name
		}
	}
	return string(id)
}

func (n Names) your(you, they string) string {
	if n.You {
		return you
	}
	return they
}

// witness names who or what says so; empty: it is not known.
func (n Names) witness(w Witness) string {
	if w.Source != "" && w.Kind != skein.Peer {
		name := w.Source
		if n.Source != nil {
			name = n.Source(w.Source)
		}
		if name != "" {
			return name
		}
	}
	switch {
	case w.Person != "" && w.Kind == skein.Peer:
		return n.person(w.Person)
	case w.Kind == skein.Peer:
		return "a colleague"
	}
	return ""
}

// workWords says what work speaks for somebody; a name is empty where it is not known.
func (n Names) workWords(names []string) string {
	known := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" })
	more := len(names) - 1
	switch {
	case len(known) == 0 && more == 0:
		return n.your("a piece of work of yours", "a piece of work of theirs")
	case len(known) == 0:
		return inWords(len(names)) + n.your(" pieces of work of yours", " pieces of work of theirs")
	case len(names) == 2 && len(known) == 2:
		return n.your("your work in ", "their work in ") + list(known)
	case more == 0:
		return n.your("your work in ", "their work in ") + known[0]
	}
	return n.your("your work in ", "their work in ") + known[0] + " and " + inWords(more) + " more"
}

// certificateWords names certificates; a name is empty where it is not known.
func certificateWords(names []string) string {
	if names[0] == "" {
		return "a certificate"
	}
	return list(names)
}

// list joins names as people do: at most three, then how many more.
func list(names []string) string {
	switch len(names) {
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	case 3:
		return names[0] + ", " + names[1] + " and " + names[2]
	}
	return names[0] + ", " + names[1] + " and " + inWords(len(names)-2) + " others"
}

// When says a day as people do, seen from another: "March", "last August", "two years ago".
func When(day, from skein.Date) string {
	months := (from.Year()-day.Year())*12 + int(from.Month()) - int(day.Month())
	switch {
	case months < 12 && day.Year() == from.Year():
		return day.Month().String()
	case months < 12:
		return "last " + day.Month().String()
	case months < 18:
		return "a year ago"
	}
	return inWords((months+6)/12) + " years ago"
}

func orText(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// lowerFirst sets a name into a sentence, unless its second letter says that it is an acronym.
func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) || unicode.IsDigit(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}
