package view

import (
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// outcomeView is how a time in office went, as one viewer meets it.
type outcomeView struct {
	Viewer
	p     leaddb.OutcomePage
	r     leaddb.OutcomeRow
	clock words.Clock
}

func newOutcomeView(v Viewer, p leaddb.OutcomePage) outcomeView {
	return outcomeView{Viewer: v, p: p, r: *p.Shown, clock: v.Clock()}
}

// AsksOutcome tells whether the page asks the viewer how it went.
func AsksOutcome(p leaddb.OutcomePage) bool {
	return p.Shown.Waits
}

// OutcomeForm asks the viewer how it went.
func OutcomeForm(v Viewer, p leaddb.OutcomePage) page.OutcomeForm {
	x := newOutcomeView(v, p)
	id, title := string(p.Project.ID), words.Name(p.Project.Title)
	d := page.OutcomeForm{
		ID: id, Statement: "How did " + title + " go?", Action: path.AnswerOutcome(id, string(x.r.ID)),
		Back:     component.NavItem{Label: p.Project.Title, URL: path.Project(id)},
		Purpose:  "Three questions, two minutes. " + x.others() + x.until() + ".",
		Notes:    x.ofTheTeam(),
		Aim:      words.EndSentence(p.Project.JudgedBy),
		WhyFirst: "The work, not the people. You read what others sent when you have sent yours.",
		Led:      "How was it led?",
		WhyThird: "When it closes everybody here reads it, without your name unless you say so." + x.tellsYou(),
	}
	if d.Aim == "" {
		d.Aim = words.EndSentence(p.Project.Purpose)
	}
	lead := words.FirstName(x.r.LeadName)
	if x.r.Withheld {
		d.WhyFirst = "The work, not the people. " + whenWithheld
	}
	if x.r.Lead == v.Person.ID {
		d.Own, d.Led, d.WhyLed = true, "How did you lead it?", "Only you read this. What others say of it you read together, without names, when it has closed and three or more of them have said something."
		d.WhyFirst += " Of your own word alone nothing counts as shown."
	} else {
		d.Showed = lead + " showed"
		d.WhyLed = "What " + lead + " did, not what they are like. Only " + lead + " reads it: when it has closed, together with what others say, without names, and only where three or more have said something. They may show it to others, still without your name."
	}
	for _, s := range p.Skills {
		d.Skills = append(d.Skills, component.Option{Value: string(s.Skill), Label: s.Name})
	}
	if len(d.Skills) == 0 || !slices.ContainsFunc(p.There, func(t leaddb.OutcomeThere) bool { return t.Part == skein.PartLead }) {
		d.Showed = ""
	}
	for _, t := range p.There {
		switch {
		case t.Person == v.Person.ID && t.Owner && t.Part != skein.PartLead:
			d.WhyFirst += " You answer for its priority, so what you say is the result, and the page says that it is yours."
		case t.Person == v.Person.ID, t.Part == skein.PartLead, t.Part == skein.PartOwner:
		default:
			d.People = append(d.People, component.Option{Value: string(t.Person), Label: t.Name})
		}
	}
	return d
}

// ofTheTeam says who of a team is asked; nothing where nobody of one is.
func (x outcomeView) ofTheTeam() []string {
	inTeam := func(t leaddb.OutcomeThere) bool { return t.Part != skein.PartLead && t.Part != skein.PartOwner }
	if !slices.ContainsFunc(x.p.There, inTeam) {
		return nil
	}
	return []string{"Of the team: whoever was in it for two weeks, or for half of the time."}
}

// others says who else is asked.
func (x outcomeView) others() string {
	var who []string
	team := false
	for _, t := range x.p.There {
		switch {
		case t.Person == x.Person.ID:
		case t.Part == skein.PartLead, t.Part == skein.PartOwner:
			who = append(who, words.FirstName(t.Name))
		default:
			team = true
		}
	}
	if team {
		who = slices.Insert(who, min(1, len(who)), "the team")
	}
	if len(who) == 0 {
		return "Nobody else was there to ask, so it is asked of you alone"
	}
	verb := " are"
	if len(who) == 1 {
		verb = " is"
	}
	return words.UpperFirst(words.List(who)) + verb + " asked the same"
}

// tellsYou says, where at most one other is asked, that an answer without a name is known to be the viewer's.
func (x outcomeView) tellsYou() string {
	var others []string
	for _, t := range x.p.There {
		if t.Person != x.Person.ID {
			others = append(others, words.FirstName(t.Name))
		}
	}
	switch len(others) {
	case 0:
		return " You alone are asked, so others can tell that it is yours."
	case 1:
		return " Only you and " + others[0] + " are asked, so others can tell which answer is yours."
	}
	return ""
}

// until says until when it is asked.
func (x outcomeView) until() string { return ", until " + x.clock.Day(x.r.Due) }

// whose is whoever led it, in the genitive of a sentence: "your own", "Dario’s".
func (x outcomeView) whose() string {
	if x.r.Lead == x.Person.ID {
		return "your own"
	}
	return words.FirstName(x.r.LeadName) + "’s"
}

// OutcomeText is what was typed, as it is kept.
func OutcomeText(t page.OutcomeTyped) skein.OutcomeText {
	return skein.OutcomeText{
		Result: skein.OutcomeResult(t.Result), Led: t.Led, Again: t.Again,
		Named: slices.Contains(t.Wants, "named"), Library: slices.Contains(t.Wants, "library"),
	}
}

// Namings are who showed what, as it was typed; led is whoever led.
func Namings(t page.OutcomeTyped, led skein.PersonID) []skein.OutcomeNaming {
	var all []skein.OutcomeNaming
	for _, s := range t.Showed {
		all = append(all, skein.OutcomeNaming{Person: led, Skill: skein.SkillID(s)})
	}
	for _, n := range t.Named {
		all = append(all, skein.OutcomeNaming{Person: skein.PersonID(n.Who), Skill: skein.SkillID(n.What)})
	}
	return all
}
