package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
)

// Offer fills a form with what it offers and what its situation asks for.
func Offer(d *page.ProposalForm, v Viewer, s skein.Situation, struck []string, lists leaddb.ProposalLists, policy match.Policy) {
	d.TeamWord = v.Org.CircleWord
	d.Teams, d.Priorities, d.Templates = nil, nil, nil
	d.FurtherKnown = circleLabels(lists.Circles)
	for _, c := range lists.Circles {
		d.Teams = append(d.Teams, component.Option{Value: string(c.ID), Label: c.Name})
	}
	for _, p := range lists.Priorities {
		d.Priorities = append(d.Priorities, component.Option{Value: string(p.ID), Label: p.Title})
	}
	d.Assumed = "Choose one of the five above, and the rest is filled in."
	for _, t := range match.Templates() {
		d.Templates = append(d.Templates, component.Option{Value: t.ID, Label: inOwnWord(v.Org, t.Name)})
		if t.ID == d.Template {
			d.Assumed = "We assumed: " + words.LowerFirst(inOwnWord(v.Org, t.Assumed))
			if t.Situation != s {
				said, note := like(s, v.Org)
				d.Assumed = strings.TrimSpace("As you answered: " + words.LowerFirst(strings.TrimSpace(strings.Join(append(said, note), " "))))
			}
		}
	}
	questions(d, s, v.Org)
	practicesAsked(d, v, s, struck, policy)
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
func questions(d *page.ProposalForm, s skein.Situation, org skein.Organisation) {
	d.Answers = map[string][]component.Option{}
	for _, dim := range skein.Dimensions {
		name := string(dim)
		field := component.Field{Name: name, Label: inOwnWord(org, dimensionQuestions[dim]), Small: true, Placeholder: "not said"}
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
					words = reachWords(value, org)
				}
				d.Answers[name] = append(d.Answers[name], component.Option{Value: strconv.Itoa(value), Label: words})
			}
		}
		d.Questions = append(d.Questions, field)
	}
}

// practicesAsked says which practices a situation asks for, and why.
func practicesAsked(d *page.ProposalForm, v Viewer, s skein.Situation, struck []string, policy match.Policy) {
	lens := policy.Lens
	setting := lens.Settle(s)
	for _, r := range setting.Practices {
		d.Practices = append(d.Practices, page.PracticeAsked{
			ID: string(r.Skill), Name: inOwnWord(v.Org, practiceName(r.Skill)), Weight: importanceWords[r.Importance],
			Why: inOwnWord(v.Org, reasonFor(lens, s, r.Skill)), Struck: slices.Contains(struck, string(r.Skill)),
		})
	}
	stated := skein.Trust(d.Trust)
	if stated == "" {
		stated = skein.Weighed
	}
	trust := policy.Holds(stated, s)
	if trust == skein.Open {
		d.Window = "Claims are open until somebody takes it. " + onTrustWords(skein.Clocks{}, s.Urgency)
		return
	}
	d.Window = "Claims gather for at least " + gatherDays(v, s) + "." + raisedWords(stated, trust)
}

// gatherDays is how long claims gather in a situation at the least, since a guardrail may lengthen it: "two weeks".
func gatherDays(v Viewer, s skein.Situation) string {
	clocks := skein.Clocks{Window: time.Duration(v.Org.WindowHours) * time.Hour}
	return lasting(clocks.Gather(s.Urgency))
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

// WrongAnywhere is what is wrong where the form has no field for it.
func WrongAnywhere(bad skein.Invalid, d page.ProposalForm) string {
	fields := []string{"title", "purpose", "hours", "end", "template", "requirements", "needs", "remit", "judged", "team", "teams", "priority", "trust"}
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
