package view

import (
	"slices"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// AnswerNeed is the page of one need for whoever answers for it; others get the refusal.
func AnswerNeed(v Viewer, p leaddb.ProjectPage, id skein.NeedID) (page.NeedData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	i := slices.IndexFunc(p.NeedsShown, func(n leaddb.NeedShown) bool { return n.ID == id })
	if i < 0 {
		return page.NeedData{}, skein.ErrNotFound
	}
	n := p.NeedsShown[i]
	if p.Project.State.Over() {
		return page.NeedData{}, skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	}
	tried := n.Need
	if err := tried.Grant(v.By(), x.answering(n), skein.Date{}); err != nil {
		return page.NeedData{}, err
	}
	d := page.NeedData{
		Project: string(p.Project.ID), Title: p.Project.Title, Need: string(id), What: needWords(n.Need, v.Org.Currency),
		Asks: "The lead of " + words.Name(p.Project.Title) + " is to get it.", LessAsks: lessAsks(n.Need, v.Org.Currency),
	}
	if who := x.term(skein.Primary, skein.TermState.Stays); who != nil {
		d.Asks = words.Name(who.Name) + " is to get it, to lead " + words.Name(p.Project.Title) + "."
	}
	if n.Short() {
		strong, says := needSays(n, v.Org.Currency, x.clock, "")
		d.Asks += " So far: " + strong + " " + says
	}
	return d, nil
}

// NeedMeanwhile is the page for whoever answered a need that was answered before: what happened, and what they
// typed. Others, and where it can be answered as it was, get the refusal.
func NeedMeanwhile(v Viewer, p leaddb.ProjectPage, id skein.NeedID, why string) (page.NeedData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	i := slices.IndexFunc(p.NeedsShown, func(n leaddb.NeedShown) bool { return n.ID == id })
	if i < 0 {
		return page.NeedData{}, skein.ErrNotFound
	}
	n := p.NeedsShown[i]
	happened := together("Your answer is not kept.", why) // the page says what was answered
	if n.Settled() {                                      // who may answer for it is told by what it was before
		_, says := needSays(n, v.Org.Currency, x.clock, words.FirstName(n.WaivedByName))
		happened = together(happened, words.EndSentence(says))
		asked := n
		asked.GrantedBy, asked.GrantedByName, asked.WaivedBy, asked.Answer = "", "", "", skein.NeedUnanswered
		p.NeedsShown = slices.Clone(p.NeedsShown)
		p.NeedsShown[i] = asked
	}
	d, err := AnswerNeed(v, p, id)
	d.Happened, d.Settled = happened, n.Settled()
	return d, err
}

// MoveStart is the page that moves the start of an accepted lead, for whoever may; others get the refusal.
func MoveStart(v Viewer, p leaddb.ProjectPage) (page.StartData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	t := x.coming()
	if t == nil {
		return page.StartData{}, skein.Conflict{Why: "Nobody is about to begin, so there is no start to move."}
	}
	term := x.starting(t)
	first, last := v.Today(), term.LastStart(v.By())
	tried := term
	tried.StartsOn = last.AddDate(0, 0, 1) // whatever is asked for is another day
	if err := tried.MoveStart(v.By(), x.steward(), last, "a reason"); err != nil {
		return page.StartData{}, err
	}
	d := page.StartData{
		Project: string(p.Project.ID), Title: p.Project.Title, Day: last.Format(time.DateOnly),
		First: first.Format(time.DateOnly), Last: last.Format(time.DateOnly),
		Says: words.Name(t.Name) + " begins when nothing they need is open. It can be moved to " + x.clock.Date(last) + " at the latest.",
	}
	if t.Person == v.Person.ID {
		d.Says = "You begin when nothing you need is open. It can be moved to " + x.clock.Date(last) + " at the latest."
	}
	if !t.StartsOn.IsZero() {
		d.Day = t.StartsOn.Format(time.DateOnly)
	}
	return d, nil
}
