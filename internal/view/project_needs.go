package view

import (
	"strconv"
	"strings"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// needs are what the lead gets, and what the viewer may do about each.
func (x projectView) needs() []page.ProjectNeed {
	var all []page.ProjectNeed
	lead := x.accepted()
	for _, shown := range x.p.NeedsShown {
		n := shown.Need
		need := page.ProjectNeed{What: needWords(n, x.Org.Currency)}
		switch {
		case n.GrantedBy != "":
			need.Answer = words.FirstName(shown.GrantedByName)
			if !n.GrantedUntil.IsZero() {
				need.Answer += ", " + x.clock.Until(n.GrantedUntil)
			}
		case n.WaivedBy != "":
			need.Answer = words.FirstName(shown.WaivedByName) + " does without it"
		default:
			need.Strong, need.Answer = "Still open.", x.whoAnswers(shown)
		}
		if x.open() && !n.Settled() {
			id := string(x.p.Project.ID)
			if err := (&n).Grant(x.By(), x.steward(), x.Is(skein.Executive), len(x.p.Stewards) > 0, skein.Date{}); err == nil {
				need.Grant = path.GrantNeed(id, string(n.ID))
			}
			if n := shown.Need; (&n).Waive(x.By(), lead) == nil {
				need.Waive = path.WaiveNeed(id, string(n.ID))
			}
		}
		all = append(all, need)
	}
	return all
}

func needWords(n skein.Need, currency string) string {
	if n.Amount == nil {
		return n.What
	}
	switch n.Kind {
	case skein.NeedHours:
		return words.Hours(*n.Amount)
	case skein.NeedBudget:
		amount := currency + words.Figure(int(*n.Amount))
		if n.What == "" || strings.Contains(n.What, strconv.Itoa(int(*n.Amount))) {
			return amount
		}
		return amount + ", " + n.What
	}
	return n.What
}

// whoAnswers says who is asked for a need that is open, and until when.
func (x projectView) whoAnswers(n leaddb.NeedShown) string {
	who, id := n.AskedOfName, n.AskedOf
	if who == "" && len(x.p.Stewards) > 0 {
		who, id = x.p.Stewards[0].Name, x.p.Stewards[0].ID
	}
	if id == x.Person.ID && id != "" {
		return x.yoursToAnswer(n.AnswerBy)
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
