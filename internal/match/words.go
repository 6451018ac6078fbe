package match

import (
	"slices"

	"skein/internal/skein"
	"skein/internal/words"
)

// SkillName is what pages call a skill; the id where nobody knows more.
func (n Names) SkillName(id skein.SkillID) string {
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
		return words.Spell(len(names)) + n.your(" pieces of work of yours", " pieces of work of theirs")
	case len(names) == 2 && len(known) == 2:
		return n.your("your work in ", "their work in ") + words.Few(known)
	case more == 0:
		return n.your("your work in ", "their work in ") + known[0]
	}
	return n.your("your work in ", "their work in ") + known[0] + " and " + words.Spell(more) + " more"
}

// certificateWords names certificates; a name is empty where it is not known.
func certificateWords(names []string) string {
	if names[0] == "" {
		return "a certificate"
	}
	return words.Few(names)
}
