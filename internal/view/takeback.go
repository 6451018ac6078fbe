package view

import (
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// lastLed is the term of whoever leads, else of whoever led last; nil: nobody ever did.
func (x projectView) lastLed() *leaddb.TermRow {
	var last *leaddb.TermRow
	for i := range x.p.Terms {
		if t := &x.p.Terms[i]; t.Role == skein.Primary && t.State.Begun() {
			last = t
		}
	}
	return last
}

// takesBack tells whether whoever handed on, or stepped down, can take that back now: until everybody is told
// who was picked.
func (x projectView) takesBack() bool {
	w := x.p.Window
	return w != nil && w.ToldAt.IsZero() && w.State.Going() && x.coming() == nil
}

// handedOnByBoth tells whether a lead was handed on because it was reconsidered: whoever led it does not take that back
// alone.
func (x projectView) handedOnByBoth(t *leaddb.TermRow) bool {
	r := x.p.Changed.Reconsidered
	return t != nil && r != nil && r.Term == t.ID && r.State.HandsOn()
}

// steppedDown tells whether the viewer led it last, has stepped down, and can take that back.
func (x projectView) steppedDown() bool {
	t := x.lastLed()
	return !x.handedOnByBoth(t) && x.p.Project.State == skein.OpenForLead && t != nil && t.Person == x.Person.ID && t.EndReason == skein.EndStepped &&
		(t.EndsOn.IsZero() || !t.EndsOn.Before(x.Today())) && x.takesBack() && !slices.ContainsFunc(x.p.Outcomes, func(o leaddb.OutcomeRow) bool {
		return o.Term == t.ID && o.State == skein.OutcomeClosed
	})
}

// withTakeBack adds to a panel that the viewer can take back that they stepped down.
func (x projectView) withTakeBack(panel page.ProjectPanel) page.ProjectPanel {
	if !x.steppedDown() {
		return panel
	}
	lead := component.Button{Label: "Take it back", Kind: component.Plain, Action: path.TakeBackProject(string(x.p.Project.ID))}
	panel.Ways = append([]component.Button{lead}, panel.Ways...)
	panel.Fine = append([]string{"You stepped down on " + x.clock.Date(x.lastLed().Until) + ". " + x.backUntil()}, panel.Fine...)
	return panel
}

// backUntil says until when a lead that is given up can be taken back. Before that is done, how long claims
// gather is known at the least: a guardrail may lengthen it.
func (x projectView) backUntil() string {
	const says = "You can take it back until everybody is told who was picked"
	w := x.p.Window
	going := w != nil && w.State.Going() && x.leadsOn() == nil // what a file has them lead on by is void with the lead
	switch next := x.coming(); {
	case next != nil && next.Claim == "" && x.leadsOn() == nil:
		return "It cannot be taken back here: a file says who leads it next."
	case going && !x.takesBack():
		return "It cannot be taken back: it was told who was picked to lead it next."
	case going && w.ClosesAt.After(x.Now):
		return says + "; claims close " + x.clock.Moment(w.ClosesAt) + "."
	case going, x.trustToday() == skein.Open:
		return says + "."
	}
	return says + ", and claims gather for at least " + gatherDays(x.Viewer, x.p.Phase.Situation) + " before that."
}
