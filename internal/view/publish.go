package view

import (
	"strconv"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// Publish looks a draft over: what is missing, and what each guardrail says of it.
func Publish(v Viewer, p skein.Proposal, policy match.Policy, results []skein.GuardrailResult, missing skein.Invalid, ofNobody []string) page.PublishData {
	d := page.PublishData{ID: string(p.Project.ID), Title: p.Project.Title, Version: strconv.Itoa(p.Project.Version)}
	passes := true
	for _, result := range results {
		d.Results = append(d.Results, page.PublishResult{Pass: result.Pass, Why: result.Why, Who: result.Who})
		passes = passes && result.Pass
	}
	for _, m := range missing {
		d.Missing = append(d.Missing, m.Message)
	}
	d.OfNobody = ofNobodyWords(ofNobody)
	d.Can = passes && len(d.Missing) == 0
	d.Statement, d.Fine = publishWords(d, v, p, policy, passes)
	return d
}

// ofNobodyWords says of which skills nobody has anything on record: one that is misspelt would weigh most.
func ofNobodyWords(skills []string) string {
	if len(skills) == 0 {
		return ""
	}
	quoted := make([]string, len(skills))
	for i, name := range skills {
		quoted[i] = "“" + words.Name(name) + "”"
	}
	return "Nothing is on record here, of anybody, in " + words.List(quoted) +
		". What few people have counts most, so look whether it is written as it is elsewhere. It may be new all the same."
}

// publishWords answers the page's question, and says what publishing does.
func publishWords(d page.PublishData, v Viewer, p skein.Proposal, policy match.Policy, passes bool) (statement, fine string) {
	switch {
	case len(d.Missing) > 0:
		return "It is not whole yet.", ""
	case !passes:
		return "A guardrail stands against it.", ""
	}
	trust := policy.Holds(p.Project.TrustOn(v.Today()), p.Phase.Situation)
	if trust == skein.Open {
		return "It can be published.", "Claims open at once. " + onTrustWords(skein.Clocks{}, p.Phase.Situation.Urgency) + " To claim is to accept. " + uncheckedWords
	}
	return "It can be published.", "Claims open at once and gather for at least " + gatherDays(v, p.Phase.Situation) +
		". Until then nobody sees who claims, you neither." + raisedWords(p.Project.TrustOn(v.Today()), trust)
}

// raisedWords says that the stakes raise how a project is trusted, where they do.
func raisedWords(stated, holds skein.Trust) string {
	if !holds.Above(stated) {
		return ""
	}
	return " The stakes do not leave it " + stated.Words() + "."
}
