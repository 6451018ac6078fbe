package view

import (
	"strings"

	"skein/internal/chooser"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// reconsidered is the reconsideration of whoever leads it, while answers are waited for or it is handed on by it; nil:
// there is none.
func (x projectView) reconsidered() *leaddb.Reconsidered {
	r, t := x.p.Changed.Reconsidered, x.lead()
	switch {
	case r == nil || t == nil || r.Term != t.ID:
		return nil
	case r.State == skein.ReconsiderOpen && t.State.Holds(), r.State.HandsOn() && t.State == skein.TermHandingOver:
		return r
	}
	return nil
}

// reconsidering tells whether answers are waited for.
func (x projectView) reconsidering() bool {
	r := x.reconsidered()
	return r != nil && r.State == skein.ReconsiderOpen
}

// answers tells whether the viewer says what becomes of it, and whether they do as a steward.
func (x projectView) answers() (yes, steward bool) {
	t := x.lead()
	switch {
	case t == nil || x.reconsidered() == nil:
		return false, false
	case t.Person == x.Person.ID:
		return true, false
	}
	return x.steward() && !x.leadsIt(x.Person.ID), true
}

// Incumbent is whoever leads what is being reconsidered, where the viewer may read how they stand in it: they
// themselves and its stewards, and nobody else.
func Incumbent(v Viewer, p leaddb.ProjectPage) (skein.PersonID, bool) {
	x := projectView{Viewer: v, p: p}
	if yes, _ := x.answers(); yes && x.reconsidering() {
		return x.lead().Person, true
	}
	return "", false
}

// elseThan says what it has become something else than.
func (x projectView) elseThan() string {
	t := x.lead()
	switch {
	case t.ChosenHow == skein.ChosenKept:
		return "than it was when it was last said who goes on"
	case t.ChosenHow != skein.ChosenBegan:
		return "than it was"
	case t.Person == x.Person.ID:
		return "than you were chosen for"
	}
	return "than " + words.FirstName(t.Name) + " was chosen for"
}

// withReconsidered adds to the panel of what somebody leads that it is being reconsidered, and the way to say what
// becomes of it; and to whoever may, that something changed.
func (x projectView) withReconsidered(panel page.ProjectPanel) page.ProjectPanel {
	at := string(x.p.Project.ID)
	if x.mayRestate() == nil {
		panel.Ways = append(panel.Ways, component.Button{Label: "Something changed", Kind: component.Plain, URL: path.Changed(at)})
	}
	r := x.reconsidered()
	if r == nil {
		return panel
	}
	yes, steward := x.answers()
	look := component.Button{Label: "What moved", Kind: component.Plain, URL: path.Reconsider(at)}
	if r.State.HandsOn() {
		if yes && x.takesBack() {
			look.Label = "Keep it after all"
		}
		panel.Ways = append([]component.Button{look}, panel.Ways...)
		return panel
	}
	panel.Bird = component.Reconsidered
	panel.Led.Beside = append(panel.Led.Beside, "It is being reconsidered until "+x.clock.Date(skein.Day(r.Due.In(x.Org.Location())))+
		": it has become something else "+x.elseThan()+".")
	switch {
	case !yes:
	case r.Of(steward) == "" || r.Differ():
		if panel.Button != nil {
			tell := *panel.Button
			tell.Kind = component.Plain
			panel.Ways = append([]component.Button{tell}, panel.Ways...)
		}
		panel.First, panel.Button = true, &component.Button{Label: "Say what becomes of it", URL: path.Reconsider(at)}
		if r.Differ() {
			panel.Button.Label = "Change your answer"
			panel.Led.Beside = append(panel.Led.Beside, x.differWords(r, steward)+" If you still do by then, it opens for claims.")
		}
		return panel
	default:
		look.Label = "Your answer"
	}
	panel.Ways = append([]component.Button{look}, panel.Ways...)
	return panel
}

// Reconsider is the page of a lead that is being reconsidered, or was handed on by that. Stand is how whoever leads
// stands in it now, and could how many others are ready: to whom Incumbent says alone.
func Reconsider(v Viewer, p leaddb.ProjectPage, stand chooser.Answer, could int) (page.ReconsiderData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock(), answer: stand}
	r := x.reconsidered()
	if r == nil {
		return page.ReconsiderData{}, skein.Conflict{Why: "It is not being reconsidered. Its page says who leads it."}
	}
	t, yes := x.lead(), false
	d := page.ReconsiderData{
		ID: string(p.Project.ID), Name: p.Project.Title, Spokes: spokes(p.Phase.Situation, t.ChosenFor), Rose: x.roseNote(),
		Moved: movedWords(t.ChosenFor, p.Phase.Situation, v.Org), Said: x.saidWords(), Unmoved: unmovedWords(t.ChosenFor, p.Phase.Situation),
		Open: r.State == skein.ReconsiderOpen,
	}
	if len(d.Moved) == 0 {
		d.Moved = []string{"What was not said before is said now."}
	}
	if x.mayRestate() == nil {
		d.Right = path.Changed(d.ID)
	}
	if yes, _ = x.answers(); yes && (d.Open || x.takesBack()) {
		d.Form = x.reconsiderForm(r, could)
	}
	x.reconsiderSays(r, &d)
	return d, nil
}

// reconsiderSays says what is so, and what happens by when.
func (x projectView) reconsiderSays(r *leaddb.Reconsidered, d *page.ReconsiderData) {
	t, title := x.lead(), words.Name(x.p.Project.Title)
	mine := t.Person == x.Person.ID
	leads := words.FirstName(t.Name) + " leads"
	d.Statement, d.Purpose = title+" is being reconsidered", "It has become something else "+x.elseThan()+"."
	if mine {
		leads, d.Purpose = "You lead", "Not because of you: it has become something else "+x.elseThan()+"."
	}
	if !d.Open {
		d.Statement = title + " is open for the next lead"
		d.Purpose += map[skein.ReconsiderState]string{
			skein.ReconsiderOpened:   " Nothing was agreed by the date, so it is handed on. ",
			skein.ReconsiderHandedOn: " It was agreed to hand it on. ",
		}[r.State] + leads + " it until somebody has taken over."
		return
	}
	d.Purpose += " " + leads + " it until there is an answer."
	d.By = "By " + strings.TrimSuffix(x.clock.Moment(r.Due), ".") + "."
	stays := leads + " it until somebody has taken over. Nobody is removed."
	steward := x.otherSteward()
	switch yes, asSteward := x.answers(); {
	case !yes && steward == nil:
		d.Default = words.FirstName(t.Name) + " says what becomes of it. Without an answer by then it opens for claims. " + stays
	case !yes:
		d.Default = words.FirstName(t.Name) + " and a steward say what becomes of it. Without an answer by then it opens for claims. " + stays
	case steward == nil && !asSteward:
		d.Other, d.Default = "Nobody else answers, so what you say happens at once.", "Without an answer by then it opens for claims. "+stays
	default:
		other, said := words.FirstName(t.Name), r.Lead
		if !asSteward {
			other, said = words.FirstName(steward.Name)+", who is a steward,", r.Steward
			if r.StewardName != "" {
				other = words.FirstName(r.StewardName) + ", a steward,"
			}
		}
		d.Other = words.UpperFirst(other) + " answers too, and has not yet."
		if said != "" {
			d.Other = words.UpperFirst(other) + " has answered: " + x.answerWords(said) + "."
		}
		d.Default = "What both of you say happens at once. By then, what only one of you has said counts; if neither of you has, or you still say different things, it opens for claims. " + stays
		if r.Differ() {
			d.Default = x.differWords(r, asSteward) + " Talk with each other: what both of you say happens at once. If you still differ by then, it opens for claims. " + stays
		}
		d.Differ = "Until then nothing changes, and each of you can change the answer."
	}
}

// differWords says that both have answered, and not the same.
func (x projectView) differWords(r *leaddb.Reconsidered, steward bool) string {
	lead := words.FirstName(x.lead().Name)
	switch {
	case !steward && r.StewardName != "":
		return "You and " + words.FirstName(r.StewardName) + " say different things."
	case !steward:
		return "You and a steward say different things."
	case r.StewardBy != x.Person.ID:
		return lead + " and another steward say different things."
	}
	return "You and " + lead + " say different things."
}

// otherSteward is the nearest steward who neither leads it, nor beside its lead, nor stands in; nil: nobody is.
func (x projectView) otherSteward() *leaddb.PersonRow {
	for i, s := range x.p.Stewards {
		if !x.leadsIt(s.ID) {
			return &x.p.Stewards[i]
		}
	}
	return nil
}

// answerWords says an answer in a list.
func (x projectView) answerWords(a skein.ReconsiderAnswer) string {
	who := words.FirstName(x.lead().Name)
	switch a {
	case skein.AnswerKeep:
		return who + " keeps it"
	case skein.AnswerCoLead:
		return "somebody leads it beside " + who
	case skein.AnswerHandOn:
		return who + " hands it on"
	}
	return "it becomes two"
}
