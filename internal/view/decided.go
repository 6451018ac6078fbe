package view

import (
	"fmt"
	"strings"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
)

// decided says how it was decided, to the viewer: how many claimed, who was equally placed, and
// the rule.
func (x result) decided(d *page.ResultData) {
	n := x.Window.Claimed
	d.Decided = []string{words.UpperFirst(words.Count(n, "person", "people")) + " claimed."}
	if x.Pick.With != "" {
		who, with := words.Name(x.Pick.Name), words.Name(x.Pick.WithName)
		switch x.me {
		case x.Pick.Person:
			who = "You"
		case x.Pick.With:
			with = "you"
		}
		d.Decided = append(d.Decided, who+" claimed it together with "+with+".")
	}
	if x.Pick.Number > 1 || x.Pick.Turn > 1 {
		d.Decided = append(d.Decided, "Whoever's turn came before could not take it, said not this time, or did not answer.")
	}
	d.Decided = append(d.Decided, x.ruleWords()...)
	if away := x.pickedAway(); away != "" {
		d.Decided = append(d.Decided, away)
	}
	d.Reason, d.Checked = x.Pick.Reason, x.checkedWords()
	if n > 1 && x.Pick.Rule != ruleSteward {
		d.Figure = x.figure()
	}
}

// ruleSteward is the rule where nobody was compared.
const ruleSteward = "steward"

func (x result) ruleWords() []string {
	who, was := words.FirstName(x.Pick.Name), "was"
	if x.Pick.Person == x.me {
		who, was = "you", "were"
	}
	between := "Between equals the lead goes to "
	others, only := "the others", "Nobody else who claimed could take it."
	if x.Pick.Turn > 1 { // of those before nothing is said but that it passed them by
		others, only = "the others who were left", "Nobody else was left who could take it."
	}
	switch match.Rule(x.Pick.Rule) {
	case match.RuleOnly:
		if x.Window.Claimed == 1 {
			return nil
		}
		return []string{only}
	case match.RuleReady:
		return []string{words.UpperFirst(who) + " " + was + " ready; for " + others + " it would have been a stretch."}
	case match.RulePlaced:
		return []string{words.UpperFirst(who) + " " + was + " a step or more ahead of " + others + "."}
	case match.RuleFewest:
		return []string{x.equalWords(), between + "whoever holds the fewest leads."}
	case match.RuleLongest:
		return []string{x.equalWords(), between + "whoever led longest ago" + x.agoWords() + "."}
	case match.RuleWish:
		return []string{x.equalWords(), between + "whoever wants to grow in a skill asked for here, once leads held and time since the last are the same."}
	case match.RuleLottery:
		return []string{x.equalWords(), "They were alike in all that counts, so the lottery decided; its seed was fixed before anybody claimed."}
	case ruleSteward:
		return []string{"Nobody is compared here. Somebody who has no part in it read what was written, and says why:"}
	}
	return []string{x.Pick.Sentence}
}

// equalWords says who was equally placed, naming nobody but the viewer and the one picked.
func (x result) equalWords() string {
	others := x.Pick.BandSize - 1
	switch {
	case x.Pick.Person == x.me:
		return "You and " + words.Count(others, "other", "others") + " were in the same step."
	case x.equal() && others == 1:
		return "You and " + words.FirstName(x.Pick.Name) + " were in the same step."
	case x.equal():
		return "You, " + words.FirstName(x.Pick.Name) + " and " + words.Count(others-1, "other", "others") + " were in the same step."
	}
	return words.UpperFirst(words.Number(x.Pick.BandSize)) + " were in the same step."
}

// agoWords says when the two led before, each in their own words.
func (x result) agoWords() string {
	if x.Pick.Person == x.me {
		if x.Pick.Before == "" {
			return "; you have not yet held one of your own"
		}
		return "; you led " + x.led(x.Pick.Before, x.Pick.BeforeUntil)
	}
	theirs := words.FirstName(x.Pick.Name) + " has not yet held one"
	if x.Pick.Before != "" {
		theirs = words.FirstName(x.Pick.Name) + " led " + x.led(x.Pick.Before, x.Pick.BeforeUntil)
	}
	if x.equal() && x.Mine.Before != "" {
		return ": you led " + x.led(x.Mine.Before, x.Mine.BeforeUntil) + ", " + theirs
	}
	return ": " + theirs
}

// led is "Mains Renewal until January", or the title alone while it lasts.
func (x result) led(title string, until time.Time) string {
	if until.IsZero() || until.After(x.clock.Now) {
		return title + " until now"
	}
	return title + " until " + x.clock.Month(until)
}

// checkedWords says who checked it.
func (x result) checkedWords() string {
	checked := ""
	if x.Pick.AnswererName != "" {
		checked = words.Name(x.Pick.AnswererName) + ", who had no part in it, checked it"
	}
	switch x.Pick.State {
	case skein.PickConfirmed:
		return checked + " " + x.clock.OnDay(x.Pick.AnsweredAt) + " at " + x.clock.TimeOfDay(x.Pick.AnsweredAt) + "."
	case skein.PickUnchecked:
		return "Nobody without a part in it was left to check it, so it stands unchecked."
	case skein.PickNotNeeded:
		switch {
		case checked != "":
			return checked + ", and with it the order."
		case x.Trust == skein.Open:
			return "On trust: nobody has to check it."
		}
		return "This organisation lets the rule stand unchecked here."
	}
	return ""
}

// figure draws the pick. Nobody but the viewer and the one picked is named.
func (x result) figure() *component.PickFigure {
	f := &component.PickFigure{Chosen: words.FirstName(x.Pick.Name), Others: max(0, x.Window.Claimed-x.Pick.BandSize)}
	if x.Pick.Person == x.me {
		f.Chosen = "you"
	}
	for i := 1; i < x.Pick.BandSize; i++ {
		label := "in the same step"
		if i == 1 && x.equal() && x.Pick.Person != x.me {
			label = "you"
		}
		f.Equals = append(f.Equals, label)
	}
	return f
}

// handedOn tells whether the lead is somebody else's still, who hands it on.
func (x result) handedOn() bool { return x.Handing != nil || x.Holder != "" && x.Holder != x.me }

// needs is what the lead gets.
func (x result) needs() (string, []component.Pair) {
	open := 0
	var pairs []component.Pair
	for _, n := range x.Needs {
		own := skein.NeedsOf([]skein.Need{n.Need}, x.me, x.Pick.Claim)
		if len(own) == 0 {
			continue
		}
		n.Need = own[0]
		pair := x.need(n)
		if !n.Settled() && n.GrantedByName == "" {
			open++
		}
		pairs = append(pairs, pair)
	}
	says := "You lead from the day it is all settled"
	switch {
	case x.Term.State.Holds():
		says = "You lead since " + x.clock.Date(x.Term.From)
	case x.StartOn.After(x.clock.Now):
		says = "You lead from " + x.clock.Date(x.StartOn)
	case x.handedOn() && x.Term.State == skein.TermAccepted:
		says = "You lead once it is handed over"
	case x.handedOn():
		says = "You lead once you have said yes and it is handed over"
	case open == 0:
		says = "You lead from the moment you say yes"
	}
	if x.Term.EndsOn.IsZero() {
		says += ", with no fixed end"
	} else {
		says += " " + x.clock.Until(x.Term.EndsOn)
	}
	switch {
	case len(pairs) == 0:
		says += ". Nothing else was asked for."
	case open == 0:
		says += map[bool]string{true: ". Of what you get nothing is open.", false: ". Nothing is open."}[x.handedOn() && !x.Term.State.Holds()]
	default:
		says += ". " + words.UpperFirst(words.Count(open, "need is", "needs are")) + " still open."
	}
	return says, pairs
}

func (x result) need(n leaddb.NeedShown) component.Pair {
	pair := component.Pair{What: needWords(n.Need, x.currency)}
	pair.Strong, pair.Answer = needSays(n, x.currency, x.clock, "you")
	if pair.Strong != "" || pair.Answer != "" {
		return pair
	}
	pair.Strong = "Still open."
	pair.Answer = "Its stewards answer"
	if n.AskedOfName != "" {
		pair.Answer = words.Name(n.AskedOfName) + " answers"
	}
	if !n.AnswerBy.IsZero() && n.AnswerBy.After(x.clock.Now) {
		pair.Answer += " by " + x.clock.Day(n.AnswerBy)
	}
	return pair
}

// checking is the pick for whoever checks it.
func (x result) checking() (*page.ResultCheck, error) {
	c := &page.ResultCheck{
		Pick: string(x.Pick.ID), By: x.clock.Moment(x.Pick.AnswerBy), Picked: x.Pick.Claim != "", Rule: x.Pick.Sentence,
		Reason: x.form.Reason, Chosen: x.form.Chosen, Wrong: x.form.Check, Key: x.form.Key,
	}
	if !c.Picked {
		c.Rule = "Nobody could be compared, so the rule picks nobody."
	}
	for _, claim := range x.Checking {
		d, err := detailOf(claim.Detail)
		if err != nil {
			return nil, err
		}
		shown := page.CheckedClaim{
			ID: string(claim.ID), Name: claim.Name, Why: claim.Why, Stopped: claim.Stops != "",
			Written: claim.Turn == 0, Place: x.placeWords(claim),
		}
		if claim.WithName != "" && !claim.WithAgreed.IsZero() {
			shown.Name += " together with " + words.Name(claim.WithName)
		}
		if away := x.away(claim.Leaves); away != "" {
			shown.Away = "Away " + away + ", while the lead runs."
		}
		if leaves := x.leavesMeanwhile(claim.LastDay); leaves != "" {
			shown.Away = strings.TrimSpace(shown.Away + " " + leaves)
		}
		if claim.Turn > 0 || claim.Stops != "" && !claim.Unscored && x.Matching {
			shown.Says = SaysOf(d.Theirs.Lines)
		}
		c.Claims = append(c.Claims, shown)
	}
	return c, nil
}

// placeWords says where a claim stands, to the checker.
func (x result) placeWords(claim leaddb.ResultClaim) string {
	zone := "Ready."
	if claim.Zone == skein.Stretch {
		zone = "A stretch."
		if claim.CoachName != "" {
			zone = "A stretch, with " + words.Name(claim.CoachName) + " as a coach."
		}
	}
	switch {
	case claim.Stops != "":
		return claim.Stops
	case claim.Turn == 0:
		return "Claims without a score."
	case claim.ID == x.Pick.Claim:
		return "Picked. " + zone
	case claim.Band == x.Pick.Band:
		return "In the same step. " + zone
	}
	return "Further back. " + zone
}

// workedOut are the numbers behind an assessment: what each skill counts, and what was earned.
func workedOut(d chooser.Detail) ([]component.Pair, string) {
	var all float64
	for _, m := range d.Assessment.Met {
		all += m.Weight
	}
	if all == 0 {
		return nil, ""
	}
	fit, shares := d.Assessment.Parts(100)
	pairs := make([]component.Pair, len(d.Assessment.Met))
	for i, m := range d.Assessment.Met {
		pairs[i] = component.Pair{What: d.Explanation.Lines[i].Name, Answer: fmt.Sprintf("%d of %.0f; %s of level\u00a0%d", shares[i], 100*m.Weight/all, levelWords(m.Capability), m.Level)}
	}
	note := fmt.Sprintf("Together %d of 100. A skill counts by how much it matters here and how few have it; a level is earned when others have seen it, lately and more than once. Tables of version %d; the lottery’s seed was %s.",
		fit, d.Policy, d.Seed)
	if d.Explanation.Turn != "" {
		note = d.Explanation.Turn + " " + note
	}
	return pairs, note
}
