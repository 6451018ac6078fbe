package view

import (
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// needs are what the lead gets, and what the viewer may do about each.
func (x projectView) needs() []page.ProjectNeed {
	if x.p.Project.State.Over() {
		return x.needsOver()
	}
	var all []page.ProjectNeed
	for _, shown := range x.p.NeedsShown {
		n := shown.Need
		need := page.ProjectNeed{What: needWords(n, x.Org.Currency)}
		need.Strong, need.Answer = needSays(shown, x.Org.Currency, x.clock, words.FirstName(shown.WaivedByName))
		if n.Asked() {
			need.Strong, need.Answer = "Still open.", x.whoAnswers(shown)
		}
		if x.open() && x.p.Project.State.IsLead() {
			x.needActs(&need, shown)
		}
		all = append(all, need)
	}
	return all
}

// needActs are what the viewer may do about a need.
func (x projectView) needActs(need *page.ProjectNeed, shown leaddb.NeedShown) {
	id, n := string(x.p.Project.ID), string(shown.ID)
	try := func(do func(*skein.Need) error) bool { tried := shown.Need; return do(&tried) == nil }
	as := x.answering(shown)
	lead, says := x.accepted(), LeadOf(x.p)
	need.ArrivedSays, need.MissingSays = arrivalOf(shown).arrived, arrivalOf(shown).missing
	if says != "" {
		says = DecidesFor(x.Viewer, x.p)
	}
	if try(func(n *skein.Need) error { return n.Grant(x.By(), as, skein.Date{}) }) {
		need.Grant = path.GrantNeed(id, n)
		if shown.Answer != skein.NeedLess {
			need.Refuse = path.AnswerNeed(id, n)
		}
	}
	if try(func(n *skein.Need) error { return n.Take(x.By(), lead) }) {
		need.Take = path.TakeNeed(id, n)
	}
	if try(func(n *skein.Need) error { return n.Waive(x.By(), lead) }) {
		need.Waive = path.WaiveNeed(id, n)
	}
	if try(func(n *skein.Need) error { return n.Arrive(x.By(), says, true) }) {
		need.Arrived = path.ArriveNeed(id, n)
	}
	if try(func(n *skein.Need) error { return n.Arrive(x.By(), says, false) }) {
		need.Missing = path.ArriveNeed(id, n)
	}
}

// answering says by what right the viewer answers for a need.
func (x projectView) answering(n leaddb.NeedShown) skein.Answering {
	return skein.Answering{
		Steward: x.steward(), Executive: x.Is(skein.Executive), Stewarded: x.firstSteward() != nil, Executives: n.AskedExecutive,
		Gets: x.accepted() == x.Person.ID,
	}
}

// firstSteward is who answers for what nobody is asked for by name: the first steward who does not get it; nil: there is none.
func (x projectView) firstSteward() *leaddb.PersonRow {
	gets := x.accepted()
	for i, s := range x.p.Stewards {
		if s.ID != gets {
			return &x.p.Stewards[i]
		}
	}
	return nil
}

// needSays is what became of a need, but for one of which an answer is awaited: who says so, and whether
// anything is open. Lead is how whoever does without is called.
func needSays(n leaddb.NeedShown, currency string, clock words.Clock, lead string) (strong, says string) {
	switch {
	case n.GrantedBy != "" || n.GrantedByName != "":
		says = words.FirstName(n.GrantedByName)
		if n.GrantedUntil.IsZero() {
			says += " said yes"
		} else {
			says += ", " + clock.Until(n.GrantedUntil)
		}
	case n.Answer == skein.NeedCounted:
		says = "Nobody answered in time, so it counts as granted"
	case n.WaivedBy != "" && n.Taken:
		says = lead + " " + words.Verb(number(lead), "take") + " " + thereIs(n.Need, currency)
	case n.WaivedBy != "":
		says = lead + " " + words.Verb(number(lead), "do") + " without it"
	case n.Answer == skein.NeedLess:
		return "Less.", words.Name(n.AnsweredByName) + hasLess(n.Need, currency) + because(n.Reason)
	case n.Answer == skein.NeedNo:
		return "No.", words.EndSentence(words.Name(n.AnsweredByName)+" cannot give it") + because(n.Reason)
	case n.Answer == skein.NeedNobody:
		return "No answer.", "Nobody is left to ask. A steward or an executive can still grant it."
	}
	switch n.Arrival {
	case skein.Arrived:
		return "", says + ". " + arrivalOf(n).isHere
	case skein.Missing:
		return arrivalOf(n).isMissing, says + "."
	}
	return "", says
}

// number is how many a verb takes somebody for: "you" as it takes many.
func number(who string) int {
	if who == "you" {
		return 2
	}
	return 1
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return " “" + words.Name(words.EndSentence(reason)) + "”"
}

// whoAnswers says who is asked for a need that is open, and until when.
func (x projectView) whoAnswers(n leaddb.NeedShown) string {
	who, id := n.AskedOfName, n.AskedOf
	if s := x.firstSteward(); who == "" && s != nil {
		who, id = s.Name, s.ID
	}
	if id == x.Person.ID && id != "" {
		return x.yoursToAnswer(n.AnswerBy)
	}
	if who == "" && len(x.p.Stewards) > 0 {
		return "An executive can grant it: its steward gets it."
	}
	if who == "" {
		return "An executive can grant it: it belongs to no " + x.Org.CircleWord + " with a steward."
	}
	if n.AnswerBy.IsZero() {
		return words.Name(who) + " is asked when it is published."
	}
	if n.AnswerBy.Before(x.Now) {
		return words.Name(who) + " was to answer by " + x.clock.Day(n.AnswerBy) + "."
	}
	return words.Name(who) + " answers by " + x.clock.Day(n.AnswerBy) + "."
}

// yoursToAnswer says to whoever is asked for a need that they are, and until when.
func (x projectView) yoursToAnswer(by time.Time) string {
	switch {
	case by.IsZero():
		return "It is yours to decide, once it is published."
	case by.Before(x.Now):
		return "It is yours to decide; an answer was due by " + x.clock.Day(by) + "."
	}
	return "It is yours to decide, by " + x.clock.Day(by) + "."
}
