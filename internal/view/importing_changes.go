package view

import (
	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/words"
)

// importChanges says what becomes of the rows, a sentence a kind.
func importChanges(l folder.Loaded, done bool) []string {
	var says []string
	for _, of := range []struct {
		kind string
		folder.Tally
	}{
		{exchange.CirclesFile, l.Circles},
		{exchange.PeopleFile, l.People},
		{exchange.SkillsFile, l.Skills},
		{exchange.PrioritiesFile, l.Priorities},
		{exchange.ProjectsFile, l.Projects},
		{exchange.LeadsFile, l.Leads},
		{exchange.EvidenceFile, l.Evidence},
	} {
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
