package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// mayRestate is nil where the viewer says anew what it is like, else why not: lead's restates.
func (x projectView) mayRestate() error {
	switch {
	case x.p.Project.State.Over():
		return skein.Conflict{Why: "This project is over, so there is nothing to settle any more."}
	case !x.mayAnswer() && !x.steward():
		return skein.Refused{
			Why: "You do not lead this.", Who: "Whoever leads it says what has changed, who leads it beside them, who stands in, and its steward.",
		}
	case x.lead() == nil:
		return skein.Conflict{Why: "Nobody leads this now, so what was proposed stands. Whoever proposed it changes it."}
	}
	return nil
}

// Something is the page on which it is said anew what a project is like; typed is what was typed, where it was.
func Something(v Viewer, p leaddb.ProjectPage, typed *skein.Restatement, wrong func(string) string) (page.ChangedData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	if err := x.mayRestate(); err != nil {
		return page.ChangedData{}, err
	}
	situation := p.Phase.Situation
	d := page.ChangedData{ID: string(p.Project.ID), Name: p.Project.Title, Version: p.Phase.Version(), Wrong: wrong}
	if typed != nil {
		situation, d.Why = typed.Situation, typed.Why
	}
	form := page.ProposalForm{Wrong: wrong}
	questions(&form, situation, v.Org)
	for _, q := range form.Questions {
		d.Questions = append(d.Questions, page.ChangedQuestion{Field: q, Options: form.Answers[q.Name]})
	}
	d.Purpose = "Say what is other now. What " + words.FirstName(x.lead().Name) + " was chosen for stays beside it, and everybody sees both."
	if x.lead().Person == v.Person.ID {
		d.Purpose = "Say what is other now. What you were chosen for stays beside it, and everybody sees both."
	}
	d.Note = "Where it becomes something else (the kind of answer or the stakes at all, anything else by two), whoever leads it and a steward say within two weeks what becomes of it. Nobody is removed."
	switch {
	case p.Project.State.Seeks():
		d.Note = "It is open for the next lead: whoever has claimed is told, and claims gather anew."
	case x.reconsidering():
		d.Note = "It is being reconsidered already. What was answered was answered to something else, so it is answered again; where it is as it was, nothing is reconsidered any more."
	}
	d.Stretch = "Now: the first stretch, without a name."
	if p.Phase.Name != "" {
		d.Stretch = "Now: " + words.Name(p.Phase.Name) + "."
	} else if p.Phase.Number > 1 {
		d.Stretch = "Now: a stretch without a name."
	}
	return d, nil
}

// RestatedMeanwhile says beside what was typed what it says now.
func RestatedMeanwhile(d *page.ChangedData) {
	d.Meanwhile = "Somebody said it anew meanwhile. What you chose stands here; send it again to put it in its place."
}

// saidWords says who said last what it is like, and what had happened; empty: it stands as it was proposed.
func (x projectView) saidWords() string {
	ph := x.p.Phase
	if ph.Why == "" {
		return ""
	}
	who := words.Name(x.p.Changed.SaidByName)
	if who == "" {
		who = "Somebody who is not known here any more"
	}
	if ph.SaidBy == x.Person.ID && ph.SaidBy != "" {
		who = "You"
	}
	return who + " said so " + x.clock.OnDay(ph.SaidAt) + ": “" + words.EndSentence(words.Name(ph.Why)) + "”"
}

// roseNote says what the ends of the rose are.
func (x projectView) roseNote() string {
	t := x.lead()
	who := "you were chosen for"
	if t.Person != x.Person.ID {
		who = words.FirstName(t.Name) + " was chosen for"
	}
	switch t.ChosenHow {
	case skein.ChosenBegan:
		return "Open ends: what " + who + ". Filled: now."
	case skein.ChosenKept:
		return "Open ends: as it was when it was last said who goes on. Filled: now."
	case skein.ChosenBefore:
		return "Open ends: as it was before. Filled: now. What " + who + " is not known."
	}
	return "What " + who + " is not known."
}

// withMoved adds to the page of what somebody leads what has moved since they were chosen for it.
func (x projectView) withMoved(d page.ProjectData) page.ProjectData {
	t, now := x.lead(), x.p.Phase.Situation
	if r := x.p.Changed.Reconsidered; r != nil && r.State == skein.ReconsiderSplit && r.SplitTitle != "" {
		seen := skein.Project{State: r.SplitState, ProposedBy: r.SplitOwner, PublishedAt: x.Now}
		if seen.SeenBy(x.Person.ID, x.StewardOf(r.SplitCircle)) {
			d.Other, d.OtherSays = component.NavItem{Label: r.SplitTitle, URL: path.Project(string(r.Split))}, "It became two: the other one is "
		}
	}
	if of := x.p.Changed.SplitOf; of != nil {
		d.Other, d.OtherSays = component.NavItem{Label: x.p.Changed.SplitOfTitle, URL: path.Project(string(*of))}, "It was made when this became two: "
	}
	if said := x.saidWords(); said != "" {
		d.LikeFine = append(d.LikeFine, said)
	}
	if t == nil || len(d.Like) == 0 && d.LikeNote == "" {
		return d
	}
	d.Moved = movedWords(t.ChosenFor, now, x.Org)
	switch {
	case len(d.Moved) > 0 || t.ChosenHow == skein.ChosenUnknown:
		d.LikeFine = append(d.LikeFine, x.roseNote())
	case t.ChosenHow == skein.ChosenBegan && t.ChosenFor == now && t.Person == x.Person.ID:
		d.LikeFine = append(d.LikeFine, "As it was when you were chosen.")
	case t.ChosenHow == skein.ChosenBegan && t.ChosenFor == now:
		d.LikeFine = append(d.LikeFine, "As it was when "+words.FirstName(t.Name)+" was chosen.")
	}
	d.Spokes = spokes(now, t.ChosenFor)
	return d
}
