package view

import (
	"strings"

	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// reconsiderForm is how the viewer says what becomes of it.
func (x projectView) reconsiderForm(r *leaddb.Reconsidered, could int) *page.ReconsiderForm {
	t := x.lead()
	yes, steward := x.answers()
	f := &page.ReconsiderForm{Answer: string(r.Of(steward)), Part: r.Part, Version: x.p.Phase.Version(), Sent: yes && r.Of(steward) != ""}
	if r.State.HandsOn() {
		f.KeepAlone, f.Answer = true, string(skein.AnswerKeep)
		f.Keeps = "Once both of you say so, it is kept, until everybody is told who was picked. What was claimed is void then."
		if x.otherSteward() == nil {
			f.Keeps = "It is yours again at once. What was claimed is void then."
		}
		return f
	}
	says := [4]string{"I keep it.", "Somebody leads it beside me.", "I hand it on.", "It becomes two."}
	owns := "You own it, and say which part it is."
	if steward {
		who := words.FirstName(t.Name)
		says = [4]string{who + " keeps it.", "Somebody leads it beside " + who + ".", who + " hands it on.", "It becomes two."}
		owns = who + " owns it, and says which part it is."
	}
	hints := [4]string{
		x.standsNow(), x.besideWords(could, steward), x.opensFor(),
		"A draft is made that is like this one. " + owns,
	}
	for i, a := range skein.ReconsiderAnswers {
		f.Options = append(f.Options, component.Option{Value: string(a), Label: says[i], Hint: hints[i]})
	}
	if talk := x.talkTo(steward); talk != nil {
		f.Talk = &component.NavItem{Label: "Talk with " + words.FirstName(talk.Name) + " first", URL: path.Person(string(talk.ID))}
	}
	if !steward {
		f.StepDown = path.StepDown(string(x.p.Project.ID))
	}
	return f
}

// talkTo is the other of the two; nil: there is none.
func (x projectView) talkTo(steward bool) *leaddb.PersonRow {
	if steward {
		return &leaddb.PersonRow{ID: x.lead().Person, Name: x.lead().Name}
	}
	return x.otherSteward()
}

// standsNow says how whoever leads stands in it as it is now, as the matching finds it.
func (x projectView) standsNow() string {
	a, who := x.answer, "you"
	verb := "are"
	if x.lead().Person != x.Person.ID {
		who, verb = words.FirstName(x.lead().Name), "is"
	}
	if !a.Compared {
		return "Nobody is compared here, so Skein says nothing of how " + who + " " + verb + " placed."
	}
	says := "As it is now it would not be " + who + ": too little is shown yet of what it asks for."
	switch a.Assessment.Zone {
	case match.Ready:
		says = "As it is now, " + who + " " + verb + " ready for it."
	case match.Stretch:
		says = "As it is now it is a stretch for " + who + ", with a coach."
	}
	if len(a.Explanation.Bars) > 0 {
		return says + " " + a.Explanation.Bars[0]
	}
	said := 0
	for _, l := range a.Explanation.Lines {
		if (l.Standing == match.Shown) == (a.Assessment.Zone == match.Ready) && said < 2 {
			says, said = says+" "+l.Text, said+1
		}
	}
	return says
}

// MostReady is how many of the best placed are looked at for those who could lead it too.
const MostReady = 64

// BesideOf lists who leads a project beside its lead, or waits for an answer whether they do: nobody asks them to.
func BesideOf(p leaddb.ProjectPage) []skein.PersonID {
	var all []skein.PersonID
	for _, t := range p.Terms {
		if t.Role == skein.CoLead && t.State.Placed() {
			all = append(all, t.Person)
		}
	}
	return all
}

// besideWords says who leads it beside its lead already, whose question to do so waits, and how many others could be asked.
func (x projectView) besideWords(could int, steward bool) string {
	lead, whom, whose := words.FirstName(x.lead().Name), "you", "your"
	if steward {
		whom, whose = lead, lead+"’s"
	}
	var says []string
	for _, t := range x.p.Terms {
		switch {
		case t.Role != skein.CoLead:
		case t.State.Holds():
			says = append(says, words.Name(t.Name)+" leads it beside "+whom+" already.")
		case t.State == skein.TermAsked:
			waits := words.Name(t.Name) + " asks to lead it beside " + whom + ", and waits for " + whose + " answer"
			if !t.AnswerBy.IsZero() {
				waits += " until " + x.clock.Moment(t.AnswerBy)
			}
			says = append(says, strings.TrimSuffix(waits, ".")+".")
		}
	}
	return strings.Join(append(says, couldWords(could, steward, lead)), " ")
}

// couldWords says how many others could lead it too.
func couldWords(n int, steward bool, who string) string {
	name := "your name"
	if steward {
		name = who + "’s name"
	}
	switch {
	case n >= MostReady:
		return "Many people are ready for it. They are asked in " + name + ", one after the other, the best placed first."
	case n == 0:
		return "Nobody else is found ready for it now; whoever would can still ask."
	case n == 1:
		return "One person is ready for it, and is asked in " + name + "."
	}
	return words.UpperFirst(words.Number(n)) + " people are ready for it. They are asked in " + name + ", one after the other, the best placed first."
}

// opensFor says for how long claims gather once it is handed on.
func (x projectView) opensFor() string {
	who := "You lead"
	if x.lead().Person != x.Person.ID {
		who = words.FirstName(x.lead().Name) + " leads"
	}
	opens := "It opens for claims, for " + gatherDays(x.Viewer, x.p.Phase.Situation) + " at the least"
	if x.trustToday() == skein.Open {
		opens = "It opens for claims"
	}
	return opens + ". " + who + " until somebody has taken over."
}
