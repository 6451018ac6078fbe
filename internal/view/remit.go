package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// leadsIt tells whether somebody leads it, leads it beside the lead, or stands in today.
func (x projectView) leadsIt(p skein.PersonID) bool {
	for _, t := range x.p.Terms {
		if t.Person == p && t.Role != skein.Shadow && t.State.Holds() {
			return true
		}
	}
	s := x.p.StandIn
	return p != "" && s != nil && s.Person == p && s.Stands(x.Today())
}

// speaks tells whether the viewer answers for the priority, or for whoever does: see package lead.
func (x projectView) speaks() bool {
	return skein.SpeaksForPriority(x.Person.ID, x.p.Week.Answer.ID, x.answersHere(), x.leadsIt(x.Person.ID), x.steward())
}

// answersHere tells whether somebody answers for the priority who is there to agree with those who lead.
func (x projectView) answersHere() bool {
	return x.p.Deciding.AnswersHere && !x.leadsIt(x.p.Week.Answer.ID)
}

// change is the change of what the lead decides that waits; nil: none does.
func (x projectView) change() *leaddb.RemitChangeRow {
	if all := x.p.Deciding.Changes; len(all) > 0 && all[0].Waits() {
		return &all[0]
	}
	return nil
}

// answersChange tells whether the viewer may agree to a change, or refuse it.
func (x projectView) answersChange(c *leaddb.RemitChangeRow) bool {
	switch {
	case c == nil || c.ProposedBy == x.Person.ID:
		return false
	case c.ByLead:
		return !c.OwnSide && (x.speaks() || c.AskedOf == x.Person.ID)
	}
	return x.leadsIt(x.Person.ID)
}

// remitHere says on a project's page what a change is about.
var remitHere = map[skein.RemitOf]string{
	skein.RemitOfRows: "what the lead decides", skein.RemitOfHours: "the hours a week", skein.RemitOfBoth: "what the lead decides, and of its hours,",
}

// mayRemit is nil where the viewer sees to what the lead decides, else why not.
func (x projectView) mayRemit() error {
	state, c := x.p.Project.State, x.change()
	switch {
	case state.Over():
		return skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	case !x.leadsIt(x.Person.ID) && !x.speaks() && !x.answersChange(c) && (c == nil || c.ProposedBy != x.Person.ID):
		return skein.Refused{
			Why: "You neither lead this nor answer for its priority.",
			Who: "Those who lead it and whoever answers for its priority agree what the lead decides; where nobody does, its steward.",
		}
	case x.lead() == nil:
		return skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	case state != skein.Led || x.coming() != nil:
		return skein.Conflict{Why: "It is being handed on, so what whoever claims it reads stands until somebody has taken over."}
	}
	return nil
}

// proposed is what a project's page says of a change of what the lead decides.
func (x projectView) proposed() page.ProjectRemit {
	var d page.ProjectRemit
	c := x.change()
	if c != nil {
		shown := x.changeShown(*c)
		d.Change, d.Label = &shown, "Look at it"
		if shown.Answer {
			d.Label = "Agree, or refuse it"
		}
	} else {
		d.Label = "Propose a change of what the lead decides, or of the hours"
		if LeadOf(x.p) == x.Person.ID {
			d.Label = "Propose a change of what you decide, or of the hours"
		}
	}
	if x.mayRemit() == nil {
		d.Open = path.Remit(string(x.p.Project.ID))
	}
	return d
}

// changeShown is a change with old and new.
func (x projectView) changeShown(c leaddb.RemitChangeRow) page.RemitChangeShown {
	d := page.RemitChangeShown{
		ID: string(c.ID), Says: x.changeSays(c), Exact: x.clock.Exact(c.ProposedAt), Reason: words.EndSentence(c.Reason),
		Refusal: words.EndSentence(c.Refusal), Answer: c.Waits() && x.answersChange(&c), Back: c.Waits() && c.ProposedBy == x.Person.ID,
	}
	if !c.Now.SameHours(c.Was) {
		d.Lines = append(d.Lines, page.RemitDiffersLine{Head: "Hours a week", Now: hoursSaid(c.Now.Hours), Was: "before: " + hoursSaid(c.Was.Hours)})
	}
	for _, r := range c.Now.Differs(c.Was) {
		line := page.RemitDiffersLine{Head: words.UpperFirst(r.Area), Now: levelSaid(r.Now, x.Org.Currency), Was: "new"}
		if r.Was != nil {
			line.Was = "before: " + levelSaid(r.Was, x.Org.Currency)
		}
		d.Lines = append(d.Lines, line)
	}
	return d
}

func hoursSaid(hours *float64) string {
	if hours == nil {
		return "not stated"
	}
	return words.Hours(*hours)
}

var remitLevelWords = map[skein.RemitLevel]string{
	skein.DecideAlone: "the lead decides alone", skein.AfterAdvice: "the lead decides after asking",
	skein.ByAgreement: "the lead agrees it with others", skein.ProposeAbove: "the lead does not decide",
}

// levelSaid says how far the lead decides in an area.
func levelSaid(r *skein.Remit, currency string) string {
	if r == nil {
		return "not named any more"
	}
	says := remitLevelWords[r.Level]
	if r.WithWhom != "" && r.Level != skein.DecideAlone {
		says += ": " + r.WithWhom
	}
	if r.Ceiling != nil {
		says += ", up to " + words.Money(currency, *r.Ceiling)
	}
	return says
}

// changeSays says who proposed a change, and who answers until when; or what came of it.
func (x projectView) changeSays(c leaddb.RemitChangeRow) string {
	who := func(id skein.PersonID, name string) string {
		if id == x.Person.ID {
			return "you"
		}
		return words.Name(name)
	}
	proposer, asked, answerer := who(c.ProposedBy, c.ProposedByName), who(c.AskedOf, c.AskedOfName), who(c.AnsweredBy, c.AnsweredByName)
	of := words.UpperFirst(proposer) + " proposed it " + x.clock.OnDay(c.ProposedAt) + "."
	switch c.State {
	case skein.RemitAgreed:
		return of + " " + words.UpperFirst(answerer) + " agreed " + x.clock.OnDay(c.AnsweredAt) + "."
	case skein.RemitRefused:
		return of + " " + words.UpperFirst(answerer) + " refused it " + x.clock.OnDay(c.AnsweredAt) + "."
	case skein.RemitLapsed:
		return of + " Nobody answered in time, so what was agreed before stands."
	case skein.RemitVoid:
		if c.AnsweredBy != "" {
			return of + " " + words.UpperFirst(answerer) + " took it back."
		}
		return of + " It ended unanswered."
	}
	role := ""
	if c.AskedAnswers && asked != "you" {
		role = ", who answers for the priority,"
	}
	is := " is"
	if asked == "you" {
		is = " are"
	}
	return of + " " + words.UpperFirst(asked) + role + is + " asked, until " + x.clock.Deadline(c.AnswerBy) + "; unanswered, nothing changes."
}

// Remit is the page of what a lead decides. Assumed is that where nothing is stated.
func Remit(v Viewer, p leaddb.ProjectPage, assumed []skein.Remit) (page.RemitPage, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	if err := x.mayRemit(); err != nil {
		return page.RemitPage{}, err
	}
	now := skein.RemitTerms{Rows: p.Remit, Hours: p.Project.HoursPerWeek}
	if len(now.Rows) == 0 {
		now.Rows = assumed
	}
	d := page.RemitPage{
		ID: string(p.Project.ID), Title: p.Project.Title, Statement: "What the lead decides", Version: now.Version(),
		Purpose: "What the lead decides, and the hours a week, are agreed between those who lead it and whoever answers for the priority. Until both say yes, nothing changes.",
	}
	if LeadOf(p) == v.Person.ID {
		d.Statement = "What you decide"
	}
	for i, c := range p.Deciding.Changes {
		shown := x.changeShown(c)
		if i == 0 && c.Waits() {
			d.Change = &shown
			continue
		}
		d.Past = append(d.Past, shown)
	}
	d.Propose = d.Change == nil && (x.leadsIt(v.Person.ID) || x.speaks())
	d.Lines = append(remitLines(now.Rows), page.RemitAsked{Level: string(skein.DecideAlone)})
	if now.Hours != nil {
		d.Hours = words.Decimal(*now.Hours)
	}
	d.Asks = x.asksWhom() + " To leave an area out, clear its name."
	return d, nil
}

// asksWhom says who would be asked about a change that the viewer proposes.
func (x projectView) asksWhom() string {
	const then = " is asked, and has 14 days; unanswered, nothing changes."
	if !x.leadsIt(x.Person.ID) {
		return words.Name(x.asked()) + then
	}
	if x.answersHere() {
		return words.Name(x.p.Week.Answer.Name) + ", who answers for the priority," + then
	}
	for _, s := range x.p.Stewards {
		if !x.leadsIt(s.ID) {
			return "A steward" + then
		}
	}
	return "An executive or an administrator" + then
}

// RemitMeanwhile says beside what was typed that something else is decided by now.
func RemitMeanwhile(d *page.RemitPage) {
	d.Meanwhile = "What the lead decides, or the hours, were changed meanwhile: “Before” says how. What you typed stands here; propose it again where it is still right."
}
