package view

import (
	"slices"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// withLead adds what everybody reads of a project that somebody leads: who leads it, how it stands, how it is trusted,
// and what comes next; and to whoever says how it stands the way to say it.
func (x projectView) withLead(panel page.ProjectPanel, lead *leaddb.TermRow) page.ProjectPanel {
	led := &page.LedPanel{Trusted: x.trusted(), Next: x.next(lead)}
	switch {
	case panel.Head != "": // it says who leads already
	case lead.Person != x.Person.ID:
		led.Beside = append(led.Beside, words.Name(lead.Name)+" leads it"+x.since(lead)+".")
	case !lead.From.IsZero():
		led.Beside = append(led.Beside, "You have led it since "+x.clock.Date(lead.From)+".")
	}
	if says := x.handsOn(lead); says != "" {
		led.Beside = append(led.Beside, says)
	}
	for _, t := range x.p.Terms {
		if t.Role == skein.CoLead && t.State.Holds() && t.Person != x.Person.ID {
			led.Beside = append(led.Beside, words.Name(t.Name)+" leads it beside "+x.besideWhom(lead)+".")
		}
	}
	x.howItStands(led, lead)
	panel.Led, panel.You = led, append(x.briefly(panel, lead), x.canHere(lead)...)
	return x.withReconsidered(x.withTelling(panel))
}

// withTelling adds the ways to ask whoever leads, and for whoever says how it stands to say it.
func (x projectView) withTelling(panel page.ProjectPanel) page.ProjectPanel {
	if x.mayAsk() {
		panel.Ways = append(panel.Ways, component.Button{
			Label: "Ask " + words.FirstName(x.asked()), Kind: component.Plain, URL: path.AskLead(string(x.p.Project.ID)),
		})
	}
	if !x.tells() {
		return x.joins(panel)
	}
	tell := component.Button{Label: "Tell the team", URL: path.Week(string(x.p.Project.ID))}
	if w := x.lastWord(); w != nil && w.Day.Equal(x.Today()) {
		tell.Label, tell.Kind = "Mend today’s word", component.Plain
	}
	if tell.Kind == component.Plain || panel.Button != nil {
		tell.Kind = component.Plain
		panel.Ways = append([]component.Button{tell}, panel.Ways...)
		return panel
	}
	panel.Button = &tell
	return panel
}

// since says since when somebody leads; empty: that is not kept.
func (x projectView) since(lead *leaddb.TermRow) string {
	if lead.From.IsZero() {
		return ""
	}
	return ", since " + x.clock.Date(lead.From)
}

// besideWhom is whom somebody leads beside: "you", or the lead's first name.
func (x projectView) besideWhom(lead *leaddb.TermRow) string {
	if lead.Person == x.Person.ID {
		return "you"
	}
	return words.FirstName(lead.Name)
}

// howItStands says how it stands, since when that is known, and who has seen it.
func (x projectView) howItStands(led *page.LedPanel, lead *leaddb.TermRow) {
	w, answer := x.lastWord(), x.p.Week.Answer
	if w == nil {
		led.By = "Nothing was said yet by whoever leads it now."
		if lead.Person == x.Person.ID {
			led.By = "You have not said yet how it stands."
		}
		return
	}
	led.State, led.Says = words.UpperFirst(w.State.Words()), words.EndSentence(w.Says)
	who := words.Name(w.Name)
	if w.Person == x.Person.ID {
		who = "You"
	}
	led.By = who + ", " + words.DaysAgo(-x.clock.DaysTo(w.Day)) + "."
	switch {
	case w.SeenByName != "" && w.SeenBy == x.Person.ID:
		led.By += " You have seen it."
	case w.SeenByName != "":
		led.By += " " + words.Name(w.SeenByName) + ", who answers for its priority, has seen it."
	case answer.ID == x.Person.ID && answer.ID != "" && w.Person != answer.ID:
		led.See = &component.Button{
			Label: "I have seen it", Kind: component.Outlined, Action: path.SeeWeek(string(x.p.Project.ID), string(w.ID)), About: x.p.Project.Title,
			Hidden: []component.Hidden{{Name: "shown", Value: w.Version()}},
		}
	}
}

// trusted says how it is trusted today, and until when that was raised.
func (x projectView) trusted() string {
	p := x.p.Project
	trust := x.trustToday()
	says := words.UpperFirst(trust.Words()) + "."
	if trust == p.Trust && !p.TrustUntil.IsZero() {
		says = words.UpperFirst(trust.Words()) + ", " + x.clock.Until(p.TrustUntil) + "."
	}
	says += raisedWords(p.TrustOn(x.Today()), trust)
	if trust == p.Trust && p.TrustReason != "" {
		says += " " + words.EndSentence(words.Name(p.TrustReason))
	}
	return says
}

// comingDay is a day, and what it brings.
type comingDay struct {
	day  time.Time
	what string
}

// lastDayFor says what those are asked who have not answered, by whether it needs their yes.
var lastDayFor = map[bool]string{false: "the last day for advice", true: "the last day for a yes or no"}

// next are the days to come of a project that somebody leads, the earliest first.
func (x projectView) next(lead *leaddb.TermRow) []page.NextLine {
	var all []comingDay
	add := func(day time.Time, what string) {
		if !day.IsZero() && !day.Before(x.Today()) {
			all = append(all, comingDay{day, what})
		}
	}
	if due := lead.WordDue; due.IsZero() || !due.Before(x.Today()) {
		word := "this week’s word"
		if due.After(x.Today().AddDate(0, 0, 6)) { // it is asked for every other week, or less
			word = "the next word"
		}
		add(due, word)
	} else {
		all = append(all, comingDay{due, "a word was due"})
	}
	if s := x.nextStep(); s != nil {
		add(s.DueOn, words.Name(s.Says))
	}
	for _, d := range x.p.Decisions {
		if d.AwaitsAdvice() {
			add(d.AdviceOn, lastDayFor[d.Level() == skein.ByAgreement])
		}
		if d.AwaitsAbove() {
			add(d.AdviceOn, "the day by which what is proposed upwards is to be decided")
		}
	}
	if s := x.deputy(); s != nil {
		stands := words.FirstName(s.Name) + " stands in"
		if s.Person == x.Person.ID {
			stands = "you stand in"
		}
		if s.From.After(x.Today()) {
			add(s.From, "the first day on which "+stands)
		}
		add(s.Until, "the last day on which "+stands)
	}
	if w := x.p.Window; w != nil && w.ClosesAt.After(x.Now) && !w.State.Over() {
		add(skein.Day(w.ClosesAt.In(x.Org.Location())), "claims for it close")
	}
	if on := x.leadsOn(); on != nil {
		add(on.StartsOn, words.FirstName(on.Name)+" leads it on")
	} else if next := x.later(); next != nil {
		add(next.StartsOn, words.FirstName(next.Name)+" begins to lead it")
	}
	if r := x.reconsidered(); r != nil && !r.Due.IsZero() {
		add(skein.Day(r.Due.In(x.Org.Location())), "the last day to say what becomes of it")
	}
	end := x.p.Project.EndOn
	turn := lead.EndsOn
	if on := x.leadsOn(); on != nil {
		turn = on.EndsOn
	}
	if turn.IsZero() || !turn.Equal(end) {
		add(turn, "somebody else’s turn")
	}
	add(end, "its last day")
	slices.SortStableFunc(all, func(a, b comingDay) int { return a.day.Compare(b.day) })
	var lines []page.NextLine
	for _, c := range all {
		lines = append(lines, page.NextLine{Day: words.UpperFirst(x.clock.PlanDay(c.day)), Exact: x.clock.ExactDate(c.day), What: c.what})
	}
	return lines
}
