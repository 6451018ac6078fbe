package server

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
)

// mostLines is how many lines of a list a form takes.
const mostLines = 24

// typed reads a proposal's form as it was typed: the form shows it again where something is wrong.
func typed(f *form) page.ProposalForm {
	d := page.ProposalForm{
		Title: f.Text("title"), Purpose: f.Text("purpose"), Judged: f.Text("judged"), Hours: f.Text("hours"), End: f.Text("end"),
		Template: f.Text("template"), Filled: f.Text("filled"), Team: f.Text("team"), Priority: f.Text("priority"),
		Trust: f.Text("trust"), Key: f.Key(), Version: f.Text("version"), Shown: f.Text("show") != "",
	}
	for i := range mostLines {
		at := "." + strconv.Itoa(i)
		if name := f.Text("skill" + at); name != "" {
			d.Skills = append(d.Skills, page.SkillAsked{
				Name: name, Importance: f.Text("importance" + at),
				Level: f.Text("level" + at), Must: f.Has("must" + at),
			})
		}
		if kind, what := f.Text("need_kind"+at), f.Text("need_what"+at); kind != "" || what != "" {
			d.Needs = append(d.Needs, page.NeedAsked{
				ID: f.Text("need_id" + at), Kind: kind, What: what,
				Amount: f.Text("need_amount" + at), Of: f.Text("need_of" + at),
			})
		}
		if area := f.Text("area" + at); area != "" {
			d.Remit = append(d.Remit, page.RemitAsked{
				Area: area, Level: f.Text("decides" + at),
				Ceiling: f.Text("ceiling" + at), With: f.Text("with" + at),
			})
		}
	}
	return d
}

// refill takes the seven answers, the needs and the remit from the template when it was changed
// since they were filled in. What was changed by hand since stays.
func refill(d *page.ProposalForm, f *form, lens match.Lens) skein.Situation {
	t, ok := match.TemplateByID(d.Template)
	answered := situationOf(f)
	if !ok || d.Filled == d.Template {
		return answered
	}
	var before match.Filled
	if was, ok := match.TemplateByID(d.Filled); ok {
		before = lens.Fill(was)
	}
	filled := lens.Fill(t)
	d.Needs = byHand(d.Needs, needLines(before.Needs, nil), needLines(filled.Needs, nil), func(n page.NeedAsked) string { return n.Kind })
	d.Remit = byHand(d.Remit, remitLines(before.Setting.Remit), remitLines(filled.Setting.Remit), func(r page.RemitAsked) string { return r.Area })
	return answersByHand(answered, before.Situation, filled.Situation)
}

// byHand keeps the lines that were changed by hand since they were filled in, and adds those of the
// new filling that speak of anything else.
func byHand[T comparable](typed, before, filled []T, about func(T) string) []T {
	var lines []T
	for _, line := range typed {
		if !slices.Contains(before, line) {
			lines = append(lines, line)
		}
	}
	kept := len(lines)
	for _, line := range filled {
		if !slices.ContainsFunc(lines[:kept], func(other T) bool { return about(other) == about(line) }) {
			lines = append(lines, line)
		}
	}
	return lines
}

// answersByHand are the answers of a filling, but for those that were given by hand.
func answersByHand(answered, before, filled skein.Situation) skein.Situation {
	if answered.Uncertainty != "" && answered.Uncertainty != before.Uncertainty {
		filled.Uncertainty = answered.Uncertainty
	}
	for _, one := range []struct {
		answer, was int
		to          *int
	}{
		{answered.Stakes, before.Stakes, &filled.Stakes},
		{answered.Urgency, before.Urgency, &filled.Urgency},
		{answered.Expertise, before.Expertise, &filled.Expertise},
		{answered.Commitment, before.Commitment, &filled.Commitment},
		{answered.Reach, before.Reach, &filled.Reach},
		{answered.Readiness, before.Readiness, &filled.Readiness},
	} {
		if one.answer != 0 && one.answer != one.was {
			*one.to = one.answer
		}
	}
	return filled
}

// situationOf reads the seven answers.
func situationOf(f *form) skein.Situation {
	const say = "Choose one of the answers."
	return skein.Situation{
		Uncertainty: skein.Uncertainty(f.Text(string(skein.DimUncertainty))),
		Stakes:      f.Int(string(skein.DimStakes), say),
		Urgency:     f.Int(string(skein.DimUrgency), say),
		Expertise:   f.Int(string(skein.DimExpertise), say),
		Commitment:  f.Int(string(skein.DimCommitment), say),
		Reach:       f.Int(string(skein.DimReach), say),
		Readiness:   f.Int(string(skein.DimReadiness), say),
	}
}

// typedOf shows a proposal in its form as it stands.
func typedOf(p skein.Proposal, lists postgres.ProposalLists) page.ProposalForm {
	d := page.ProposalForm{
		Title: p.Project.Title, Purpose: p.Project.Purpose, Judged: p.Project.JudgedBy, Template: p.Project.Template,
		Filled: p.Project.Template, Team: string(p.Project.Circle), Priority: string(p.Project.Priority), Trust: string(p.Project.Trust),
		Version: strconv.Itoa(p.Project.Version), Needs: needLines(p.Needs, lists.People), Remit: remitLines(p.Remit),
	}
	if p.Project.HoursPerWeek != nil {
		d.Hours = words.Rounded(*p.Project.HoursPerWeek)
	}
	if !p.Project.EndOn.IsZero() {
		d.End = p.Project.EndOn.Format(time.DateOnly)
	}
	for _, r := range p.Phase.Requirements {
		d.Skills = append(d.Skills, page.SkillAsked{
			Name: lists.Skills[r.Skill], Importance: strconv.Itoa(r.Importance),
			Level: strconv.Itoa(r.Level), Must: r.Must,
		})
	}
	return d
}

func needLines(needs []skein.Need, people map[skein.PersonID]string) []page.NeedAsked {
	var all []page.NeedAsked
	for _, n := range needs {
		one := page.NeedAsked{ID: string(n.ID), Kind: string(n.Kind), What: n.What, Of: people[n.AskedOf]}
		if n.Amount != nil {
			one.Amount = strconv.FormatFloat(*n.Amount, 'f', -1, 64)
		}
		all = append(all, one)
	}
	return all
}

func remitLines(remit []skein.Remit) []page.RemitAsked {
	var all []page.RemitAsked
	for _, r := range remit {
		one := page.RemitAsked{Area: r.Area, Level: string(r.Level), With: r.WithWhom}
		if r.Ceiling != nil {
			one.Ceiling = strconv.FormatFloat(*r.Ceiling, 'f', -1, 64)
		}
		all = append(all, one)
	}
	return all
}

// questionWords are the seven questions in plain words.
var questionWords = map[skein.Dimension]string{
	skein.DimUncertainty: "Do we know what will work?",
	skein.DimStakes:      "If it goes wrong, how bad is it, and can we undo it?",
	skein.DimUrgency:     "How soon must decisions be made?",
	skein.DimExpertise:   "Does one person know enough, or is it spread over many?",
	skein.DimCommitment:  "Must those affected want it for it to work?",
	skein.DimReach:       "How many teams must move together?",
	skein.DimReadiness:   "Does the team know each other, its purpose, its voice?",
}

// offered fills a form with what it offers and what its situation asks for.
func offered(d *page.ProposalForm, v Viewer, s skein.Situation, struck []string, lists postgres.ProposalLists, lens match.Lens) {
	d.TeamWord = v.Org.CircleWord
	d.Teams, d.Priorities, d.Templates = nil, nil, nil
	for _, c := range lists.Circles {
		d.Teams = append(d.Teams, component.Option{Value: string(c.ID), Label: c.Name})
	}
	for _, p := range lists.Priorities {
		d.Priorities = append(d.Priorities, component.Option{Value: string(p.ID), Label: p.Title})
	}
	d.Assumed = "Choose one of the five above, and the rest is filled in."
	for _, t := range match.Templates() {
		d.Templates = append(d.Templates, component.Option{Value: t.ID, Label: t.Name})
		if t.ID == d.Template {
			d.Assumed = "We assumed: " + words.LowerFirst(t.Assumed)
			if t.Situation != s {
				said, note := like(s, v.Org.CircleWord)
				d.Assumed = strings.TrimSpace("As you answered: " + words.LowerFirst(strings.TrimSpace(strings.Join(append(said, note), " "))))
			}
		}
	}
	questions(d, s, v.Org.CircleWord)
	practicesAsked(d, v, s, struck, lens)
	d.Skills = append(d.Skills, make([]page.SkillAsked, max(1, 3-len(d.Skills)))...)
	for i := range d.Skills {
		if d.Skills[i].Importance == "" {
			d.Skills[i].Importance, d.Skills[i].Level = "3", "3"
		}
	}
	d.Needs = append(d.Needs, page.NeedAsked{})
	d.Remit = append(d.Remit, page.RemitAsked{Level: string(skein.DecideAlone)})
	if d.Trust == "" {
		d.Trust = string(skein.Weighed)
	}
}

// questions are the seven lists.
func questions(d *page.ProposalForm, s skein.Situation, circleWord string) {
	d.Answers = map[string][]component.Option{}
	for _, dim := range skein.Dimensions {
		name := string(dim)
		field := component.Field{Name: name, Label: questionWords[dim], Small: true, Placeholder: "not said"}
		if d.Wrong != nil {
			field.Error = d.Wrong(name)
		}
		if dim == skein.DimUncertainty {
			field.Value = string(s.Uncertainty)
			for _, u := range skein.Uncertainties {
				d.Answers[name] = append(d.Answers[name], component.Option{Value: string(u), Label: uncertaintyWords[u]})
			}
		} else {
			if v := s.Value(dim); v > 0 {
				field.Value = strconv.Itoa(v)
			}
			for value := 1; value <= 5; value++ {
				words := situationWords[dim][value]
				if dim == skein.DimReach {
					words = reachWords(value, circleWord)
				}
				d.Answers[name] = append(d.Answers[name], component.Option{Value: strconv.Itoa(value), Label: words})
			}
		}
		d.Questions = append(d.Questions, field)
	}
}

// practicesAsked says which practices a situation asks for, and why.
func practicesAsked(d *page.ProposalForm, v Viewer, s skein.Situation, struck []string, lens match.Lens) {
	names := map[skein.SkillID]string{}
	for _, p := range match.Practices() {
		names[p.ID] = p.Name
	}
	setting := lens.Settle(s)
	for _, r := range setting.Practices {
		d.Practices = append(d.Practices, page.PracticeAsked{
			ID: string(r.Skill), Name: cmp.Or(names[r.Skill], string(r.Skill)), Weight: importanceWords[r.Importance],
			Why: reasonFor(lens, s, r.Skill), Struck: slices.Contains(struck, string(r.Skill)),
		})
	}
	if d.Trust == string(skein.Open) {
		d.Window = "Claims are open until somebody takes it."
		return
	}
	clocks := skein.Clocks{Window: time.Duration(v.Org.WindowHours) * time.Hour}
	d.Window = "Claims gather for " + words.Days(max(1, int(clocks.Gather(s.Urgency).Hours()/24))) + "."
}

var importanceWords = [6]string{"", "a little", "somewhat", "quite", "very", "most"}

// reasonFor is the lens's one-line reason for asking for a practice.
func reasonFor(lens match.Lens, s skein.Situation, practice skein.SkillID) string {
	for _, dim := range skein.Dimensions {
		for _, row := range lens.Rows {
			if row.Dimension != dim || row.Value != s.Value(dim) {
				continue
			}
			if slices.ContainsFunc(row.Practices, func(r skein.Requirement) bool { return r.Skill == practice }) {
				return row.Reason
			}
		}
	}
	return ""
}

// wrongAnywhere is what is wrong where the form has no field for it.
func wrongAnywhere(bad skein.Invalid, d page.ProposalForm) string {
	fields := []string{"title", "purpose", "hours", "end", "template", "requirements", "needs", "remit", "judged", "team", "priority", "trust"}
	for _, dim := range skein.Dimensions {
		fields = append(fields, string(dim))
	}
	for _, b := range bad {
		if !slices.Contains(fields, b.Field) {
			return b.Message
		}
	}
	if len(bad) > 0 && d.New {
		return fmt.Sprintf("%s to put right before it can be kept.", words.UpperFirst(words.Count(len(bad), "thing", "things")))
	}
	return ""
}
