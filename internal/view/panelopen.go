package view

import (
	"slices"
	"strings"
	"time"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// closedAt is when claims closed: at the window's end or, where it had none, when they were decided.
func closedAt(w *skein.Window) time.Time {
	if w.ClosesAt.IsZero() {
		return w.ClosedAt
	}
	return w.ClosesAt
}

// openPanel is for a project that takes claims.
func (x projectView) openPanel() page.ProjectPanel {
	id := string(x.p.Project.ID)
	w := x.p.Window
	if !w.TakesClaims(x.Now) {
		return x.decidingPanel()
	}
	panel := page.ProjectPanel{Fine: slices.Concat(x.finePrint(), x.newGround())}
	if here := x.placeWords(); x.lead() != nil {
		panel.You = here
	} else {
		panel.Fine = append(here, panel.Fine...)
	}
	if c := x.p.Claim; c != nil && c.State == skein.ClaimSubmitted {
		panel.State = "You claimed this."
		panel.Button = &component.Button{Label: "Look at your claim", URL: path.ClaimProject(id), Kind: component.Outlined}
		panel.Ways = []component.Button{{Label: "Take it back", Kind: component.Plain, Action: path.WithdrawClaim(id)}}
		return panel
	}
	x.stand(&panel)
	panel.Button, panel.Bars = x.claimButton(panel.Bars)
	panel.First = x.p.Invited && panel.Button.Cannot == ""
	panel.Phone = "Closes " + x.clock.Moment(w.ClosesAt)
	if w.ClosesAt.IsZero() {
		panel.Phone = "Open until taken"
	}
	panel.Ways = x.ways()
	if panel.Button.Cannot == "" && x.p.Claim == nil {
		with := component.Button{Label: "Claim with someone", Kind: component.Plain, URL: path.ClaimProject(id) + "?with=someone"}
		panel.Ways = append(panel.Ways[:1:1], append([]component.Button{with}, panel.Ways[1:]...)...)
	}
	return panel
}

// stand says how the viewer stands with it.
func (x projectView) stand(panel *page.ProjectPanel) {
	a := x.answer
	if !a.Compared {
		panel.State = "Nobody is compared here."
		panel.Change = "Somebody who has no part in it reads what you write, and decides."
		return
	}
	panel.State = a.Explanation.State
	if x.p.Invited {
		panel.State = "You are asked to lead this."
	}
	panel.Lines, panel.Bars = SaysOf(a.Explanation.Lines), a.Explanation.Bars
	if panel.Change = a.Explanation.Change; panel.Change != "" {
		panel.ChangeBy = x.changeBy()
	} else {
		panel.Change = farWords[a.Assessment.Zone]
	}
	for i, line := range a.Explanation.Lines {
		panel.Lines[i].Note = line.Fresh
	}
	panel.Why, panel.Turn = x.zoneWhy(), x.turnWords()
}

// farWords is said where not even two steps would lead into another zone.
var farWords = map[match.Zone]string{
	match.Stretch: "To be ready takes more than two steps from here. Leading it with a coach is one.",
	match.NotYet:  "To lead it takes more than two steps from here. Join the team, or shadow: that is where it begins.",
}

// claimButton is the one filled button: to claim, to go on with a claim, or why that cannot be.
func (x projectView) claimButton(bars []string) (*component.Button, []string) {
	b := &component.Button{Label: "Claim this lead", URL: path.ClaimProject(string(x.p.Project.ID))}
	if by := x.p.Changed.HandedBy; by != "" && by == x.Person.ID {
		b.Cannot = handedByWords
		return b, nil
	}
	if c := x.p.Claim; c != nil && c.State == skein.ClaimDraft {
		b.Label = "Go on with your claim"
		return b, bars
	}
	if x.p.Invited {
		b.Label = "Answer"
	}
	a := x.answer
	if !a.Compared {
		return b, bars
	}
	if closed := closedGates(a.Assessment); len(closed) > 0 {
		b.Cannot = strings.Join(closed, " ")
		return b, nil
	}
	if a.Assessment.Zone == match.NotYet {
		b.Label = "Claim without a score"
		return b, append(bars, "Too little speaks for you here yet to be compared. Somebody who has no part in it can decide on what you write instead.")
	}
	return b, bars
}

// closedGates are the sentences of what stands in the way, the must-haves aside: somebody who lacks
// one may still claim without a score.
func closedGates(a match.Assessment) []string {
	var all []string
	for _, g := range a.Gates {
		if !g.Pass && g.Name != match.GateMust && g.Name != match.GateCoach {
			all = append(all, g.Why)
		}
	}
	return all
}

// finePrint says to whoever may claim until when claims gather, who picks and who checks it.
func (x projectView) finePrint() []string {
	return x.rulePrint("To claim is to accept.", "Withdraw any time.")
}

// holderPrint says the same to whoever hands it on, who cannot claim.
func (x projectView) holderPrint() []string {
	w := x.p.Window
	closed := w != nil && !w.TakesClaims(x.Now)
	back := "You can take it back until everybody is told who was picked."
	switch {
	case x.reconsidered() != nil && x.takesBack():
		back = "Until everybody is told who was picked it can be kept after all: where it has a steward, both of you say so; else you do."
	case closed:
		back = x.backUntil()
	}
	if closed {
		return []string{back, x.decidingWords()}
	}
	return append([]string{back}, x.rulePrint("", "")...)
}

// rulePrint says until when claims gather, who picks and who checks it. OnTrust and claim are what is
// said to whoever may claim, on trust and elsewhere.
func (x projectView) rulePrint(onTrust, claim string) []string {
	w := x.p.Window
	if w == nil {
		return nil
	}
	trust := x.deciding()
	until := "Open until somebody takes it."
	if closes := w.ClosesAt; !closes.IsZero() {
		until = "Closes " + x.clock.Moment(closes) + ", sealed until then."
	}
	if trust == skein.Open {
		return []string{together(until, onTrustWords(skein.Clocks{}, x.p.Phase.Situation.Urgency), onTrust), uncheckedWords}
	}
	picks := "Skein picks by the published rule"
	if !x.answer.Compared {
		picks = "Nobody is compared: somebody who has no part in it decides on what is written"
	}
	checks := "."
	if x.answer.Compared && skein.NeedsCheck(trust, x.p.Confirms, false) {
		checks = "; somebody who has no part in it checks it."
	}
	fine := []string{together(until, picks+checks, claim)}
	if x.answer.Compared && !skein.NeedsCheck(trust, x.p.Confirms, false) {
		fine = append(fine, uncheckedWords)
	}
	if asked := x.answer.Query.Trust; asked.Above(skein.Weighed) {
		fine = append(fine, words.UpperFirst(asked.Words())+": your own word does not count here, and what must be there is confirmed by others.")
	}
	if x.p.Project.TrustReason != "" && trust == x.p.Project.Trust {
		fine = append(fine, "Why "+trust.Words()+": "+words.EndSentence(x.p.Project.TrustReason))
	}
	return fine
}

// uncheckedWords says whether somebody checks where picks are not checked: whether somebody has written is
// not known before everybody is told, so it says both.
const uncheckedWords = "Nobody checks the pick, unless somebody writes instead of being compared: then somebody who has no part in it reads that first."

// onTrustWords says how a lead is taken on trust.
func onTrustWords(c skein.Clocks, urgency int) string {
	return "On trust: the first ready claim leaves the others " + lasting(c.OnTrust(urgency)) + ", then the best placed leads at once."
}

// together joins sentences; empty ones are left out.
func together(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}
