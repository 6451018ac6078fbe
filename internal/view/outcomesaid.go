package view

import (
	"slices"
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// WhatTheTeamSaid is how a time in office went, or how far that is, as the viewer may read it.
func WhatTheTeamSaid(v Viewer, p leaddb.OutcomePage) page.OutcomeData {
	x := newOutcomeView(v, p)
	id, title := string(p.Project.ID), words.Name(p.Project.Title)
	d := page.OutcomeData{ID: id, Back: component.NavItem{Label: p.Project.Title, URL: path.Project(id)}, There: x.there(), Others: x.otherTimes()}
	if x.r.State != skein.OutcomeClosed {
		d.Statement, d.Purpose, d.Notes = "How did "+title+" go?", x.standing(), x.ofTheTeam()
		if x.r.Said {
			if !x.r.Withheld {
				x.answers(&d)
			}
			x.ownLed(&d)
		} else if x.r.Asked { // they were hardly there
			d.Unpass = &component.Button{
				Label: "I was there after all", Kind: component.Outlined, Action: path.AnswerOutcome(id, string(x.r.ID)),
				Hidden: []component.Hidden{{Name: "hardly", Value: "no"}},
			}
		}
		return d
	}
	d.Statement, d.Day = "What the team said", words.UpperFirst(x.clock.Day(x.r.ClosedAt))
	d.Purpose, d.Notes = x.result(), x.basis()
	x.answers(&d)
	if len(p.Answers) == 0 {
		d.Statement = "Nobody said how it went"
		return d
	}
	x.led(&d)
	x.leaves(&d)
	d.Print = true
	if x.r.Lead == v.Person.ID && len(p.There) > 1 {
		if x.r.ThankedAt.IsZero() {
			d.Thank = &component.Button{Label: "Thank them", Action: path.ThankThem(id, string(x.r.ID))}
		} else {
			d.Thanks = "You thanked them " + x.clock.OnDay(x.r.ThankedAt) + "."
		}
	}
	return d
}

// whenWithheld is when whoever stepped down reads what others sent: could they take it back after that, they would make void
// what they do not like.
const whenWithheld = "As you stepped down, you read what others sent when it has closed, or when somebody else leads."

// standing says of a review that is open what the viewer waits for.
func (x outcomeView) standing() string {
	closes := "It closes when all have answered, or on " + x.clock.Day(x.r.Due) + " with what there is."
	if x.r.MayBack {
		who := words.FirstName(x.r.LeadName) + " can take back that they"
		if x.r.Lead == x.Person.ID {
			who = "you can take back that you"
		}
		closes = "It stays open while " + who + " stepped down, until " + x.clock.Day(x.r.Due) + " at most."
	}
	switch {
	case x.r.Said && x.r.Withheld:
		return "You have sent yours. " + closes + " " + whenWithheld
	case x.r.Said:
		return "You have sent yours. " + closes
	case x.r.Asked: // they were hardly there
		return "Nobody waits for you. " + closes + " Then you read here what the others said."
	}
	return x.others() + x.until() + ". What they say stands here then."
}

// result says how it went.
func (x outcomeView) result() string {
	title := words.Name(x.p.Project.Title)
	switch x.r.Result {
	case skein.Reached:
		return title + " got there."
	case skein.Partly:
		return title + " got there in part."
	case skein.NotReached:
		return title + " did not get there."
	case skein.GivenUp:
		return title + " was given up."
	}
	return "Nobody answered in the two weeks in which it was asked."
}

// basis says whose word that is.
func (x outcomeView) basis() []string {
	switch x.r.Basis {
	case skein.BasisOwner:
		for _, t := range x.p.There {
			if t.Owner {
				return []string{"That is the word of " + words.Name(t.Name) + ", who answered for its priority."}
			}
		}
	case skein.BasisMajority:
		return []string{"That is what most of those say who were asked, without " + x.whose() + " word."}
	case skein.BasisSplit:
		return []string{"Those who were asked do not agree, so it counts as in part."}
	case skein.BasisLead:
		return []string{"Nobody else answered, so that is " + x.whose() + " word."}
	}
	return nil
}

// answers are the dots, and what we would do again.
func (x outcomeView) answers(d *page.OutcomeData) {
	for _, r := range skein.OutcomeResults {
		row := page.OutcomeRow{Says: r.Words()}
		for _, a := range x.p.Answers {
			if a.Result == r && a.OfLead {
				row.Dots = slices.Insert(row.Dots, 0, true)
			} else if a.Result == r {
				row.Dots = append(row.Dots, false)
			}
		}
		if len(row.Dots) > 0 {
			d.Rows = append(d.Rows, row)
		}
	}
	asked, said := len(x.p.There), len(x.p.Answers)
	switch {
	case asked == said && said == 1:
		d.Count = "One was asked, and answered."
	case asked == said:
		d.Count = "All " + words.Number(asked) + " answered."
	default:
		d.Count = words.UpperFirst(words.Number(said)) + " of " + words.Number(asked) + " answered."
	}
	if slices.ContainsFunc(x.p.Answers, func(a leaddb.OutcomeSaid) bool { return a.OfLead }) {
		d.Count += " The amber dot is " + x.whose() + " answer."
	}
	for _, a := range x.p.Answers {
		if a.Again != "" {
			d.Again = append(d.Again, x.lesson(a))
		}
	}
}

// ownLed is what the viewer said of how they led it themselves: nobody else reads it.
func (x outcomeView) ownLed(d *page.OutcomeData) {
	if x.r.OwnLed == "" {
		return
	}
	d.LedHead = "How you led"
	d.Led = append(d.Led, page.OutcomeQuote{Says: ledQuote(x.r.OwnLed), Who: "Your own word. Only you read it."})
}

func ledQuote(says string) string { return "“" + words.EndSentence(words.Name(says)) + "”" }

// led is how it was led: to whoever led all of it, to others what is shown to them.
func (x outcomeView) led(d *page.OutcomeData) {
	own := x.r.Lead == x.Person.ID
	if !own && len(x.p.Led) == 0 {
		return
	}
	d.LedHead = "How " + words.FirstName(x.r.LeadName) + " led"
	if own {
		d.LedHead = "How you led"
		x.ownLed(d)
	}
	for _, q := range x.p.Led {
		line := page.OutcomeQuote{Says: ledQuote(q.Says)}
		if own {
			label, show, who := "Show it", "yes", "Only you read it."
			if q.Shown {
				label, show, who = "Hide it", "no", "Others read it, without a name."
			}
			line.Who = who
			line.Act = &component.Button{
				Label: label, Kind: component.Plain, Action: path.ShowLed(string(x.p.Project.ID), string(x.r.ID)),
				Hidden: []component.Hidden{{Name: "said", Value: q.Key}, {Name: "show", Value: show}},
			}
		}
		d.Led = append(d.Led, line)
	}
	if !own {
		return
	}
	var showed []string
	for _, s := range x.p.Skills {
		if s.Named > 0 {
			showed = append(showed, words.Name(s.Name)+" ("+words.Number(s.Named)+")")
		}
	}
	if len(showed) > 0 {
		d.Showed = "What they say you showed, and how many do: " + strings.Join(showed, ", ") + "."
	}
	switch {
	case len(x.p.Led) > 0:
		d.LedFine = "Without names, in no order."
	case x.p.LedCount == 0:
		d.LedFine = "Nobody else said how you led."
	default:
		d.LedFine = "Fewer than three others said how you led, so you could tell who did, and nobody reads it."
	}
}

// leaves is the evidence that is there of it; of a miss, that it is a lesson.
func (x outcomeView) leaves(d *page.OutcomeData) {
	if x.r.Result.Missed() {
		d.Lesson = "It is written down nowhere against anybody. What we would do again, and what not, is what it leaves."
		return
	}
	for i := 0; i < len(x.p.Left); {
		n := i
		var names []string
		var hides []string
		most := 0
		for ; n < len(x.p.Left) && x.p.Left[n].Person == x.p.Left[i].Person && x.p.Left[n].Kind == x.p.Left[i].Kind; n++ {
			names = append(names, words.Name(x.p.Left[n].Skill))
			most = max(most, x.p.Left[n].Named)
			if x.p.Left[n].Hidden {
				hides = append(hides, words.Name(x.p.Left[n].Skill))
			}
		}
		d.Leaves = append(d.Leaves, x.left(x.p.Left[i], words.List(names), most, hiddenWords(hides, len(names))))
		if x.p.Left[i].Person == x.Person.ID {
			d.Mine = "You choose what of this your own page shows: hide it there, and it counts for nothing. What says a level less of you than counts already is hidden until you show it. What is shown counts."
		}
		i = n
	}
	if d.Mine == "" {
		d.Mine = "Each chooses what of this their own page shows."
	}
}

// hiddenWords says which of so many skills are hidden.
func hiddenWords(hides []string, of int) string {
	switch {
	case len(hides) == 0:
		return ""
	case len(hides) == of:
		return "Hidden: only you see that."
	}
	return "Hidden: " + words.List(hides) + ". Only you see that."
}

func (x outcomeView) left(l leaddb.OutcomeLeft, names string, named int, hidden string) component.Says {
	who := words.Name(l.Name)
	if l.Person == x.Person.ID {
		who = "You"
	}
	says := component.Says{Standing: component.Shown, Sentence: who + ": " + names + ", shown by this work."}
	switch {
	case l.Kind == skein.Self:
		says.Standing, says.Sentence = component.OnlyYourWord, who+": "+names+", by "+x.whose()+" word alone."
	case x.r.Result == skein.Partly:
		says.Standing, says.Sentence = component.Nearly, who+": "+names+", nearly, as it got there in part."
	}
	if l.Person != x.r.Lead && named > 0 {
		says.Note = "Named by " + words.Number(named) + "."
	}
	says.Note = strings.TrimSpace(says.Note + " " + hidden)
	return says
}

// there is who was there.
func (x outcomeView) there() []component.Member {
	from, until := x.r.From, x.r.Until
	does := "led"
	switch {
	case !from.IsZero() && from.Equal(until):
		does = "led on " + x.clock.Date(from)
	case !from.IsZero() && !until.IsZero():
		does = "led from " + x.clock.Date(from) + " to " + x.clock.Date(until)
	}
	team := []component.Member{{Place: component.InFront, Name: x.r.LeadName, URL: path.Person(string(x.r.Lead)), Does: does}}
	for _, t := range x.p.There {
		m := component.Member{Place: component.Behind, Name: t.Name, URL: path.Person(string(t.Person))}
		switch t.Part {
		case skein.PartLead, skein.PartOwner:
			continue
		case skein.PartCoLead:
			m.Does = "led beside " + words.FirstName(x.r.LeadName)
		case skein.PartShadow:
			m.Does = "shadowed"
		case skein.PartMember:
			m.Does = words.Name(t.Brings)
		}
		team = append(team, m)
	}
	return team
}

// otherTimes leads to how other times in office of the project went.
func (x outcomeView) otherTimes() []component.NavItem {
	var others []component.NavItem
	for _, r := range x.p.Reviews {
		if r.ID == x.r.ID {
			continue
		}
		label := "How it went while " + words.Name(r.LeadName) + " led"
		if !r.Until.IsZero() {
			label += ", until " + x.clock.Date(r.Until)
		}
		others = append(others, component.NavItem{Label: label, URL: path.HowDidItGoOf(string(x.p.Project.ID), string(r.ID))})
	}
	return others
}
