package view

import (
	"cmp"
	"net/url"
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// DecisionLines are decisions as logs say them.
func DecisionLines(v Viewer, rows []leaddb.DecisionRow) []page.DecisionLine {
	var all []page.DecisionLine
	for _, r := range rows {
		all = append(all, decisionLine(v, r))
	}
	return all
}

func decisionLine(v Viewer, r leaddb.DecisionRow) page.DecisionLine {
	clock := v.Clock()
	l := page.DecisionLine{
		Day: words.UpperFirst(clock.Day(r.At)), Exact: clock.Exact(r.At), Title: cmp.Or(r.Says, r.Question), URL: path.Decision(string(r.ID)),
		Project: component.NavItem{Label: r.Title, URL: path.Project(string(r.Project))},
	}
	switch r.State {
	case skein.DecisionDraft:
		l.Note = "a draft, read by those who decide it"
	case skein.DecisionClosed:
		l.Note = "closed without a decision"
	case skein.DecisionAsking:
		l.Note = openNote(v, r)
		if (r.AwaitsAdvice() || r.AwaitsAbove()) && !r.Past(v.Today()) { // else the day binds nobody
			l.Day, l.Exact = "By "+clock.DateDay(r.AdviceOn), clock.ExactDate(r.AdviceOn)
		}
	default:
		l.Note = words.FirstName(r.DecidedByName) + ruledNote[r.Level()]
		if r.Level() == skein.DecideAlone && r.Heard > 0 {
			l.Note = words.FirstName(r.DecidedByName) + ", after advice"
		}
		if r.State == skein.DecisionReplaced {
			l.Note += "; replaced since"
		}
	}
	return l
}

// ruledNote says how something was decided, after a first name.
var ruledNote = map[skein.RemitLevel]string{
	skein.DecideAlone: " alone", skein.AfterAdvice: ", after advice", skein.ByAgreement: ", with the yes of those it needed", skein.ProposeAbove: ", to whom it was proposed",
}

// openNote says who is waited for.
func openNote(v Viewer, r leaddb.DecisionRow) string {
	var names []string
	for _, name := range r.Asked {
		names = append(names, words.FirstName(name))
	}
	n := len(names)
	switch {
	case n > 0 && r.Past(v.Today()):
		return words.Few(names) + " " + words.Verb(n, "have") + " not answered; the day has passed"
	case n > 0:
		return words.Few(names) + " " + words.Verb(n, "are") + " asked"
	case r.Level() == skein.ProposeAbove:
		return "proposed, and not decided yet"
	}
	return "all have answered, and it is not decided yet"
}

// decisionLog is what a project's page says of decisions.
func (x projectView) decisionLog() page.ProjectDecisions {
	rows := x.p.Decisions
	if !x.mayAnswer() {
		rows = slices.DeleteFunc(slices.Clone(rows), func(r leaddb.DecisionRow) bool { return r.State == skein.DecisionDraft })
	}
	var d page.ProjectDecisions
	if len(rows) > leaddb.DecisionsShort {
		rows = rows[:leaddb.DecisionsShort]
	}
	d.Lines = DecisionLines(x.Viewer, rows)
	project := string(x.p.Project.ID)
	if x.p.Decided > leaddb.DecisionsShort {
		d.All = component.NavItem{Label: "All " + words.Figure(x.p.Decided), URL: path.With(path.Decisions, url.Values{"project": {project}})}
	}
	if x.mayAnswer() {
		d.Open = path.NewDecision(project)
	}
	return d
}

// DecisionAsks is what an address asks of the log of decisions.
type DecisionAsks map[string]string

// Decisions is the log of all decisions. Next is where further ones are; empty: nowhere.
func Decisions(v Viewer, asks DecisionAsks, found leaddb.Decisions, next string) page.DecisionsData {
	d := page.DecisionsData{Search: asks["q"], Who: asks["who"], People: found.People, Lines: DecisionLines(v, found.Found), Next: next, Sentence: decisionSentence(v, asks, found)}
	filtered := false
	for _, name := range []string{"team", "priority", "project", "person", "state", "q", "who"} {
		if asks[name] == "" {
			continue
		}
		filtered = true
		if name != "q" {
			d.Keep = append(d.Keep, component.Hidden{Name: name, Value: asks[name]})
		}
		if name != "who" {
			d.KeepWho = append(d.KeepWho, component.Hidden{Name: name, Value: asks[name]})
		}
	}
	if filtered {
		d.Undo = &component.NavItem{Label: "Show all decisions", URL: path.Decisions}
	}
	switch {
	case len(d.Lines) > 0:
	case !found.Any:
		d.Empty = "Nothing has been decided here yet. Whoever leads a project opens a decision on its page, and everybody reads it."
	case asks["before"] != "":
		d.Empty = "There are no further ones."
	case asks["who"] != "":
		d.Empty = "Nobody of that name took part in a decision of that kind."
	case asks["q"] != "":
		d.Empty = "No decision has those words in its question, its advice, its reason or what came of it."
	default:
		d.Empty = "There is no decision of that kind."
	}
	return d
}

// decisionSentence is the filter sentence.
func decisionSentence(v Viewer, asks DecisionAsks, found leaddb.Decisions) component.Sentence {
	teams := []component.Option{{Value: "", Label: "any " + v.Org.CircleWord}}
	for _, c := range found.Circles {
		teams = append(teams, component.Option{Value: c.ID, Label: c.Name})
	}
	priorities := []component.Option{{Value: "", Label: "any priority"}}
	for _, p := range found.Priorities {
		priorities = append(priorities, component.Option{Value: p.ID, Label: p.Name})
	}
	states := []component.Option{
		{Value: "", Label: "open or decided"}, {Value: "open", Label: "still open"}, {Value: "decided", Label: "decided"}, {Value: "closed", Label: "closed without a decision"},
	}
	choice := func(name, label, after string, options []component.Option) component.Phrase {
		return component.Phrase{Choice: &component.Choice{Name: name, Label: label, After: after, Options: options, Value: known(asks[name], options)}}
	}
	s := component.Sentence{Action: path.Decisions, Phrases: []component.Phrase{
		{Words: "Decisions", Strong: true},
		{Words: "from"},
		choice("team", words.UpperFirst(v.Org.CircleWord), "", teams),
		{Words: "serving"},
		choice("priority", "Priority", ",", priorities), choice("state", "How it stands", "", states),
	}}
	if found.Project != "" {
		options := []component.Option{{Value: asks["project"], Label: "of " + found.Project}, {Value: "", Label: "of any project"}}
		s.Phrases = append(s.Phrases, choice("project", "Project", "", options))
	}
	if found.Person != "" {
		options := []component.Option{{Value: asks["person"], Label: "in which " + found.Person + " took part"}, {Value: "", Label: "whoever took part"}}
		s.Phrases = append(s.Phrases, choice("person", "Who took part", "", options))
	}
	for _, name := range []string{"q", "who"} {
		if asks[name] != "" {
			s.Hidden = append(s.Hidden, component.Hidden{Name: name, Value: asks[name]})
		}
	}
	last := s.Phrases[len(s.Phrases)-1]
	last.Choice.After += "."
	return s
}
