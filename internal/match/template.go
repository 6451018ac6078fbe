package match

import (
	"slices"

	"skein/internal/skein"
)

// Template answers the seven questions for a common kind of project, so that nobody has to.
type Template struct {
	ID         string
	Name       string
	Assumed    string // one sentence: what was assumed
	Situation  skein.Situation
	Needs      []skein.Need
	TermMonths int
}

// Templates lists the five in the order in which pages offer them.
func Templates() []Template {
	return []Template{
		{
			ID: "fix", Name: "Fix something broken", TermMonths: 3,
			Assumed:   "Experts can find out what is wrong, it is soon, and two teams must move.",
			Situation: skein.Situation{Uncertainty: skein.Complicated, Stakes: 3, Urgency: 4, Expertise: 3, Commitment: 2, Reach: 2, Readiness: 3},
			Needs:     needs(skein.NeedHours, skein.NeedTools),
		},
		{
			ID: "try", Name: "Try something new", TermMonths: 6,
			Assumed:   "Nobody knows yet what works, mistakes can be put right, and there is time.",
			Situation: skein.Situation{Uncertainty: skein.Complex, Stakes: 2, Urgency: 2, Expertise: 4, Commitment: 3, Reach: 2, Readiness: 3},
			Needs:     needs(skein.NeedHours, skein.NeedBudget),
		},
		{
			ID: "promise", Name: "Keep a promise", TermMonths: 6,
			Assumed:   "What works is known, others rely on the day, and the team knows each other.",
			Situation: skein.Situation{Uncertainty: skein.Clear, Stakes: 3, Urgency: 3, Expertise: 2, Commitment: 2, Reach: 2, Readiness: 4},
			Needs:     needs(skein.NeedHours, skein.NeedPeople),
		},
		{
			ID: "change", Name: "Change how we work", TermMonths: 9,
			Assumed:   "It works only if those affected want it, and nobody knows yet what will.",
			Situation: skein.Situation{Uncertainty: skein.Complex, Stakes: 3, Urgency: 2, Expertise: 4, Commitment: 5, Reach: 3, Readiness: 3},
			Needs:     needs(skein.NeedHours, skein.NeedCoach),
		},
		{
			ID: "teams", Name: "Move several teams", TermMonths: 9,
			Assumed:   "Several teams must move together, experts can find out how, and they hardly know each other yet.",
			Situation: skein.Situation{Uncertainty: skein.Complicated, Stakes: 3, Urgency: 3, Expertise: 4, Commitment: 4, Reach: 4, Readiness: 2},
			Needs:     needs(skein.NeedHours, skein.NeedPeople, skein.NeedSponsor),
		},
	}
}

// TemplateByID finds a template.
func TemplateByID(id string) (Template, bool) {
	all := Templates()
	i := slices.IndexFunc(all, func(t Template) bool { return t.ID == id })
	if i < 0 {
		return Template{}, false
	}
	return all[i], true
}

// Filled is what a template and the lens put into a new project. Its trust level stays where
// everybody starts.
type Filled struct {
	Situation  skein.Situation
	Setting    Setting // practices, remit, window, check-ins, and why
	Needs      []skein.Need
	TermMonths int
	Trust      skein.Trust
}

// Fill reads the lens for a template.
func (l Lens) Fill(t Template) Filled {
	set := l.Settle(t.Situation)
	kinds := make([]skein.NeedKind, 0, len(t.Needs))
	for _, n := range t.Needs {
		kinds = append(kinds, n.Kind)
	}
	all := slices.Clone(t.Needs)
	for _, n := range set.Needs {
		if !slices.Contains(kinds, n) {
			all = append(all, skein.Need{Kind: n, What: needWords[n]})
		}
	}
	return Filled{Situation: t.Situation, Setting: set, Needs: all, TermMonths: t.TermMonths, Trust: skein.Weighed}
}

// needWords is what each need says until the proposer says it better.
var needWords = map[skein.NeedKind]string{
	skein.NeedHours:   "Hours to lead it",
	skein.NeedBudget:  "Money to try things with",
	skein.NeedCoach:   "A coach",
	skein.NeedPeople:  "People who do the work",
	skein.NeedTools:   "Access and tools",
	skein.NeedSponsor: "Somebody who opens doors in the other teams",
}

func needs(kinds ...skein.NeedKind) []skein.Need {
	out := make([]skein.Need, len(kinds))
	for i, k := range kinds {
		out[i] = skein.Need{Kind: k, What: needWords[k]}
	}
	return out
}
