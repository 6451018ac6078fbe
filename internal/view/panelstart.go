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

// movedPanel is for a lead that somebody said yes to and whose start was moved; lead leads it until then,
// where somebody does.
func (x projectView) movedPanel(t, lead *leaddb.TermRow) page.ProjectPanel {
	id, begins, first := string(x.p.Project.ID), x.clock.Date(t.StartsOn), words.FirstName(t.Name)
	open := ""
	if n := x.openNeeds(); n > 0 {
		open = words.UpperFirst(words.Count(n, "thing the lead needs is", "things the lead needs are")) + " still open."
	}
	switch {
	case lead != nil && lead.Person == x.Person.ID:
		panel := x.leadingPanel(lead)
		says := words.Name(t.Name) + " is to begin on " + begins + "."
		if open != "" {
			says += " " + open
		}
		panel.Fine = append(panel.Fine, says)
		return panel
	case t.Person == x.Person.ID:
		panel := page.ProjectPanel{
			State: "You begin on " + begins + ".",
			Ways:  append(x.startWays(t), component.Button{Label: "Step down", Kind: component.Plain, URL: path.StepDown(id)}),
			Fine:  []string{startNote(x.clock, t.StartsOn, t.NeedsBy)},
		}
		if open != "" {
			panel.Bars = []string{open + " You begin when that is settled, and not before " + begins + "."}
		}
		return panel
	}
	panel := page.ProjectPanel{State: first + " begins on " + begins + ".", Ways: x.startWays(t)}
	if open != "" {
		panel.Fine = []string{open + " " + first + " begins when that is settled, and not before that day."}
	}
	return x.joinable(panel)
}

// followedPanel is for whoever leads it still while somebody was offered it, or has accepted and has not begun: what a lead
// can do, and who comes.
func (x projectView) followedPanel(t, lead *leaddb.TermRow) page.ProjectPanel {
	panel := x.leadingPanel(lead)
	if handing, waits := x.handingPanel(t); waits {
		panel.First, panel.Button = handing.First, handing.Button
		panel.Fine = slices.Concat([]string{words.Name(t.Name) + " takes it on."}, handing.Fine, panel.Fine)
		panel.Ways = append(handing.Ways, panel.Ways...)
		return panel
	}
	says := words.Name(t.Name) + " takes it on."
	switch n := x.openNeeds(); {
	case t.State == skein.TermOffered:
		says = words.Name(t.Name) + " was chosen to lead it next, and answers by " + x.clock.Moment(t.AnswerBy) + "; then the next person is asked, where there is one."
	case n > 0:
		says += " " + words.UpperFirst(words.Count(n, "thing the lead needs is", "things the lead needs are")) + " still open; " + words.FirstName(t.Name) + " starts when each is settled."
	}
	panel.Fine = append([]string{says}, panel.Fine...)
	panel.Ways = append(x.startWays(t), panel.Ways...)
	return panel
}

// seekingPrint says to whoever hands it on how the next lead is found, until everybody is told who was picked; then until
// when they lead it.
func (x projectView) seekingPrint() []string {
	if next := x.coming(); next != nil && x.told() {
		return []string{"You lead it until " + words.FirstName(next.Name) + " begins.", x.backUntil()}
	}
	return append([]string{"It is open for the next lead. You lead it until somebody has taken over."}, x.holderPrint()...)
}

// startWays lets whoever was chosen, and a steward, move the start of a lead that is accepted.
func (x projectView) startWays(t *leaddb.TermRow) []component.Button {
	if t.State != skein.TermAccepted || t.Claim == "" || t.Person != x.Person.ID && !x.steward() {
		return nil
	}
	if term := x.starting(t); term.LastStart(x.By()).Before(x.Today()) {
		return nil
	}
	return []component.Button{{Label: "Move the start", Kind: component.Plain, URL: path.MoveStart(string(x.p.Project.ID))}}
}

// starting is what decides on which days a lead may begin.
func (x projectView) starting(t *leaddb.TermRow) skein.Term {
	return skein.Term{Person: t.Person, State: t.State, Claim: t.Claim, StartsOn: t.StartsOn, StartBase: t.StartBase, EndsOn: t.EndsOn}
}

// acceptedClaim is the claim with which whoever accepted the lead or holds it came to it; "": none.
func (x projectView) acceptedClaim() skein.ClaimID {
	if t := x.term(skein.Primary, skein.TermState.Stays); t != nil {
		return t.Claim
	}
	if t := x.lead(); t != nil {
		return t.Claim
	}
	return ""
}

// startNote says to whoever accepted a lead what it waits for.
func startNote(clock words.Clock, starts skein.Date, decide time.Time) string {
	switch {
	case !decide.IsZero():
		return "Nobody else’s answer is awaited. Some of what you need was answered with less or no: say by " + clock.Moment(decide) + ", for each, whether you take it or do without; after that it does not wait for you any more, and the next person is asked, where there is one."
	case !starts.IsZero():
		return "You begin on " + clock.Date(starts) + ", or when what is open is settled, where that is later."
	}
	return "You have time: while others have not answered, nobody else is asked to lead."
}
