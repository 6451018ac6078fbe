package view

import (
	"strings"

	circlesdb "skein/internal/postgres/circles"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// deepest is how deep the list of circles is drawn: on a phone a name needs the room.
const deepest = 5

// AdminTeams is the list of circles as administrators keep it.
func AdminTeams(v Viewer, list circlesdb.List) page.AdminTeamsData {
	d := page.AdminTeamsData{
		Word: v.Org.CircleWord, Words: v.Org.Circles(),
		Call: page.TeamWordForm{One: v.Org.CircleWord, Many: v.Org.Circles(), Version: v.Org.WordVersion()},
	}
	names := map[skein.CircleID]string{}
	for _, c := range list.Circles {
		names[c.ID] = c.Name
	}
	for _, c := range list.Circles {
		line := page.AdminTeamLine{ID: string(c.ID), Name: c.Name, Note: teamNote(c), Depth: min(c.Depth, deepest)}
		if c.Parent != "" {
			line.In = ", in " + words.Name(names[c.Parent])
		}
		d.Teams = append(d.Teams, line)
		d.New.Places = append(d.New.Places, component.Option{Value: string(c.ID), Label: indented(c.Depth, c.Name)})
	}
	for _, g := range list.Gone {
		says := "Closed on " + v.Clock().Date(g.ClosedAt.In(v.Clock().Zone)) + "."
		if g.To != "" {
			says += " What was in it went to " + words.Name(g.To) + "."
		}
		d.Gone = append(d.Gone, page.AdminTeamGone{Name: g.Name, Says: says})
	}
	return d
}

// indented is a name in a list of choices, as deep as it lies.
func indented(depth int, name string) string {
	return strings.Repeat("\u2003", min(depth, deepest)) + name
}

func teamNote(c circlesdb.Row) string {
	return words.UpperFirst(words.Count(c.People, "person", "people")) + ", " + words.Count(c.Leads, "lead", "leads") + ". " + stewardsAre(c.Stewards)
}

func stewardsAre(names []string) string {
	if len(names) == 0 {
		return "No steward of its own."
	}
	return itsStewards(len(names)) + words.Few(names) + "."
}

// itsStewards begins a sentence that goes on with their names.
func itsStewards(n int) string {
	return "Its " + words.Plural(n, "steward") + " " + words.Verb(n, "are") + " "
}

// AdminTeam is one circle as administrators see it.
func AdminTeam(v Viewer, p circlesdb.Page) page.AdminTeamData {
	d := page.AdminTeamData{
		ID: string(p.ID), Name: p.Name, Purpose: words.EndSentence(p.Purpose), Word: v.Org.CircleWord, Words: v.Org.Circles(),
		State: words.UpperFirst(words.Count(p.People, "person", "people")) + " and " + words.Count(p.Leads, "lead", "leads") + " of its own, " +
			words.Count(p.Within, v.Org.CircleWord, v.Org.Circles()) + " within it.",
		NoSteward: "An executive grants what is needed, and an administrator who has no part in it checks picks.",
		Rename:    page.RenameTeamForm{Name: p.Name, Purpose: p.Purpose, Version: p.WordsVersion()},
		Move:      page.MoveTeamForm{In: string(p.Parent), Version: p.PlaceVersion()},
		Steward:   page.StewardForm{People: p.Members},
	}
	for i := len(p.Above) - 1; i >= 0; i-- {
		c := p.Above[i]
		d.Above = append(d.Above, component.NavItem{Label: c.Name, URL: path.AdminTeam(string(c.ID))})
		if len(c.Stewards) > 0 {
			d.NoSteward = "The steward of " + words.Name(c.Name) + " looks after it."
		}
	}
	for _, s := range p.Stewards {
		d.Stewards = append(d.Stewards, page.AdminTeamSteward{ID: string(s.ID), Name: s.Name})
	}
	d.Move.Places = teamPlaces(p.Tree, p.ID, "", 0)
	return d
}

// teamPlaces are where a circle can lie: everywhere but within itself.
func teamPlaces(t skein.CircleTree, but, under skein.CircleID, depth int) []component.Option {
	var all []component.Option
	for _, c := range t.Children(under) {
		if c.ID == but {
			continue
		}
		all = append(all, component.Option{Value: string(c.ID), Label: indented(depth, c.Name)})
		all = append(all, teamPlaces(t, but, c.ID, depth+1)...)
	}
	return all
}

// CloseTeam is what the close of a circle does, before it is done.
func CloseTeam(v Viewer, p circlesdb.Plan) page.CloseTeamData {
	d := page.CloseTeamData{
		ID: string(p.Circle.ID), Name: p.Circle.Name, Word: v.Org.CircleWord, Version: p.Version(),
	}
	if p.Alike != "" {
		d.Cannot = "Two called " + words.Name(p.Alike) + " would lie side by side. Rename one of them first."
	}
	for _, w := range p.Waits {
		d.Waits = append(d.Waits, page.CloseTeamWait{NavItem: projectLink(w), Why: w.Why})
	}
	for _, a := range p.Again {
		d.Again = append(d.Again, projectLink(a))
	}
	d.AgainSays = againSays(len(p.Again))
	for _, m := range p.Moves {
		d.Moves = append(d.Moves, projectLink(m.PlanProject))
	}
	d.MovesSays = movesOnSays(v, p)
	d.Says = closeSays(v, p)
	return d
}

func projectLink(p circlesdb.PlanProject) component.NavItem {
	return component.NavItem{Label: p.Title, URL: path.Project(string(p.ID))}
}

// againSays says that claims begin again, whether or not somebody has claimed: nobody is to learn which.
func againSays(n int) string {
	return "What decides claims is other there: how leads rotate, whether people are compared, or who checks. So claims begin again in " +
		words.Count(n, "project", "projects") + ", and whoever has claimed is told."
}

// movesOnSays says what becomes of the projects that belong elsewhere and that the circle must move with.
func movesOnSays(v Viewer, p circlesdb.Plan) string {
	n, anyway := len(p.Moves), 0
	for _, m := range p.Moves {
		if m.Anyway {
			anyway++
		}
	}
	says, to := "It must move with "+words.Count(n, "project that belongs", "projects that belong")+" elsewhere. ", words.Name(p.ToName)
	switch {
	case p.To == "":
		return says + "From then on no " + v.Org.CircleWord + " has to in its place."
	case anyway == n && n == 1:
		return says + to + " moves with it in any case."
	case anyway == n:
		return says + to + " moves with them in any case."
	case anyway > 0:
		return says + "From then on " + to + " does in its place; with " + words.Number(anyway) + " of them it moves in any case."
	}
	return says + "From then on " + to + " does in its place."
}

// closeSays says what goes where.
func closeSays(v Viewer, p circlesdb.Plan) []string {
	to := words.Name(p.ToName)
	goes := func(n int, one, many string) string {
		says := words.UpperFirst(words.Count(n, one, many))
		if p.To != "" {
			return says + " " + words.Verb(n, "go to") + " " + to
		}
		return says + " " + words.Verb(n, "belong to") + " no " + v.Org.CircleWord + " any more"
	}
	var says []string
	if p.People > 0 {
		says = append(says, goes(p.People, "person", "people")+". Each is told.")
	} else {
		says = append(says, "Nobody is in it.")
	}
	if p.Projects > 0 {
		says = append(says, goes(p.Projects, "project", "projects")+"; drafts, if there are any, do as well.")
	} else {
		says = append(says, "No project that everybody sees belongs to it. What is a draft goes up with it.")
	}
	var within, stewards []string
	for _, c := range p.Within {
		within = append(within, c.Name)
	}
	for _, s := range p.Stewards {
		stewards = append(stewards, s.Name)
	}
	switch {
	case len(within) > 0 && p.To != "":
		says = append(says, words.List(within)+" "+words.Verb(len(within), "lie")+" in "+to+" from then on.")
	case len(within) > 0:
		says = append(says, words.List(within)+" "+words.Verb(len(within), "lie")+" in no other from then on.")
	}
	if len(stewards) > 0 {
		told := "Each is told."
		if len(stewards) == 1 {
			told = "They are told."
		}
		says = append(says, "The role of "+words.List(stewards)+" as its "+words.Plural(len(stewards), "steward")+" ends. "+told)
	}
	return append(says, "Its name stays in the log. Made again with its id, or brought by a file, it is there again, empty.")
}

// MoveDoes says what a move does besides.
func MoveDoes(f *page.MoveTeamForm, p circlesdb.Plan) {
	var titles []string
	for _, one := range p.Again {
		titles = append(titles, one.Title)
	}
	f.Does = []string{againSays(len(p.Again)), words.UpperFirst(words.Few(titles)) + "."}
	f.Seen, f.In = p.Version(), string(p.To)
}
