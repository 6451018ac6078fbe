package view

import (
	"strings"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/words"
)

// kindTally is what becomes of the rows of one kind.
type kindTally struct {
	kind string
	folder.Tally
}

func tallies(l folder.Loaded) []kindTally {
	return []kindTally{
		{exchange.CirclesFile, l.Circles},
		{exchange.PeopleFile, l.People},
		{exchange.SkillsFile, l.Skills},
		{exchange.PrioritiesFile, l.Priorities},
		{exchange.ProjectsFile, l.Projects},
		{exchange.LeadsFile, l.Leads},
		{exchange.EvidenceFile, l.Evidence},
	}
}

// becomes says in a line what is new and what changes, or was and did.
func becomes(l folder.Loaded, done bool) string {
	var fresh, changed []string
	all := 0
	for _, of := range tallies(l) {
		noun := importKinds[of.kind]
		if of.New > 0 {
			fresh = append(fresh, words.Count(of.New, noun[1], noun[2]))
		}
		if of.Changed > 0 {
			changed, all = append(changed, words.Count(of.Changed, noun[1], noun[2])), all+of.Changed
		}
	}
	var says []string
	if len(fresh) > 0 {
		says = append(says, words.List(fresh)+comesIn(newOf(l), done))
	}
	if len(changed) > 0 {
		says = append(says, words.List(changed)+change(all, done))
	}
	switch {
	case len(says) == 0 && l.Windows == 0:
		return "nothing changed: all of it was here already"
	case len(says) == 0 && done:
		return "claims opened for " + words.Several(l.Windows, "project")
	case len(says) == 0:
		return "claims can open for " + words.Several(l.Windows, "project")
	}
	return strings.Join(says, ", and ")
}

func newOf(l folder.Loaded) (n int) {
	for _, of := range tallies(l) {
		n += of.New
	}
	return n
}

func comesIn(n int, done bool) string {
	switch {
	case !done:
		return " can come in"
	case n == 1:
		return " is in"
	}
	return " are in"
}

func change(n int, done bool) string {
	switch {
	case done:
		return " changed"
	case n == 1:
		return " changes"
	}
	return " change"
}

// bring is what the button is called: rows that stay as they are are not counted.
func bring(l folder.Loaded) string {
	n := newOf(l)
	for _, of := range tallies(l) {
		n += of.Changed
	}
	if n == 0 {
		return "Bring it in"
	}
	return "Bring in " + words.Figure(n)
}

// importChanges says what becomes of the rows, a sentence a kind.
func importChanges(l folder.Loaded, done bool) []string {
	var says []string
	for _, of := range tallies(l) {
		if of.New+of.Changed+of.Same > 0 {
			says = append(says, tallied(importKinds[of.kind], of.Tally, done))
		}
	}
	if l.People.Changed+l.People.Same+l.People.New > 0 {
		says = append(says, "Nobody leaves: who is missing in the file stays.")
	}
	if l.Windows > 0 {
		says = append(says, "Claims open for "+words.Several(l.Windows, "project")+" without a lead.")
	}
	if l.Restarted > 0 {
		says = append(says, "Claims begin again for "+words.Several(l.Restarted, "project")+": what they are sent for changes, and whoever claimed is told.")
	}
	if !l.AdministratedUntil.IsZero() {
		says = append(says, "After "+l.AdministratedUntil.Format("2 January 2006")+" no administrator can come in. Make somebody an administrator who stays.")
	}
	return says
}

func tallied(noun [3]string, t folder.Tally, done bool) string {
	var says []string
	add := func(n int, one, many string) {
		if n == 0 {
			return
		}
		verb := many
		if n == 1 {
			verb = one
		}
		if len(says) == 0 {
			says = append(says, words.Count(n, noun[1], noun[2])+" "+verb)
			return
		}
		says = append(says, words.Number(n)+" "+verb)
	}
	if done {
		add(t.New, "is new", "are new")
		add(t.Changed, "changed", "changed")
		add(t.Same, "was so already", "were so already")
	} else {
		add(t.New, "is new", "are new")
		add(t.Changed, "changes", "change")
		add(t.Same, "stays as it is", "stay as they are")
	}
	return words.UpperFirst(words.List(says)) + "."
}
