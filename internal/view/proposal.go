package view

import (
	"slices"
	"strconv"
	"time"

	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// Proposal shows a proposal in its form as it stands.
func Proposal(p skein.Proposal, lists leaddb.ProposalLists) page.ProposalForm {
	d := page.ProposalForm{
		Title: p.Project.Title, Purpose: p.Project.Purpose, Judged: p.Project.JudgedBy, Template: p.Project.Template,
		Filled: p.Project.Template, Team: string(p.Project.Circle), Priority: string(p.Project.Priority), Trust: string(p.Project.Trust),
		Version: strconv.Itoa(p.Project.Version), Needs: needLines(p.Needs, lists.People), Remit: remitLines(p.Remit),
		Further: furtherLine(p.Further, lists.Circles),
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
			one.Amount = words.Decimal(*n.Amount)
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
			one.Ceiling = words.Decimal(*r.Ceiling)
		}
		all = append(all, one)
	}
	return all
}

// Refill takes the seven answers, the needs and the remit from the template when it was changed
// since they were filled in. What was changed by hand since stays.
func Refill(org skein.Organisation, d *page.ProposalForm, answered skein.Situation, lens match.Lens) skein.Situation {
	t, ok := match.TemplateByID(d.Template)
	if !ok || d.Filled == d.Template {
		return answered
	}
	var before match.Filled
	if was, ok := match.TemplateByID(d.Filled); ok {
		before = Fill(org, lens, was)
	}
	filled := Fill(org, lens, t)
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
