package view

import (
	"encoding/json"
	"slices"

	"skein/internal/chooser"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// ResultForm is what was typed on a result's page and refused.
type ResultForm struct {
	Key     string // for the form that is shown next
	Ask     string // what is wrong with whom to ask
	What    string // the question for a review
	Review  page.Wrong
	Check   page.Wrong
	Answer  string
	Settled page.Wrong
	Reason  string
	Chosen  string
}

// result is a result's page on its way to words.
type result struct {
	leaddb.ResultPage
	me       skein.PersonID
	clock    words.Clock
	form     ResultForm
	currency string
	// detail is what the viewer's own claim was decided on.
	detail chooser.Detail
}

// Result is the page that says how a lead was decided.
func Result(v Viewer, p leaddb.ResultPage, form ResultForm) (page.ResultData, error) {
	x := result{ResultPage: p, me: v.Person.ID, clock: v.Clock(), form: form, currency: v.Org.Currency}
	d := page.ResultData{Project: string(p.Project), Circles: p.Circles}
	var err error
	if p.Mine != nil {
		if x.detail, err = detailOf(p.Mine.Detail); err != nil {
			return d, err
		}
	}
	if d.Reviewing, err = x.reviewing(); err != nil {
		return d, err
	}
	switch {
	case p.Window == nil:
		x.undecided(&d)
	case p.Checks():
		d.Title, d.Says = "Who should lead "+words.Name(p.Title)+"?", p.Purpose
		d.Checking, err = x.checking()
	case p.Window.State == skein.WindowVoid:
		x.voided(&d)
	case p.Window.ToldAt.IsZero():
		x.waiting(&d)
	case p.Window.State == skein.WindowRestarted:
		x.restarted(&d)
	case p.Pick == nil && p.Window.Claimed == 0 && (p.Window.State == skein.WindowPicked || p.Window.State == skein.WindowTaken):
		x.unclaimed(&d)
	case p.Pick == nil || p.Pick.Claim == "":
		x.unkept(&d)
	case p.Pick.Person == x.me:
		x.chosen(&d)
	default:
		x.others(&d)
	}
	return d, err
}

// detailOf reads what was kept of how a claim was judged; the zero Detail where nothing was.
func detailOf(kept []byte) (d chooser.Detail, err error) {
	if len(kept) > 0 {
		err = json.Unmarshal(kept, &d)
	}
	return d, err
}

// look leads to the project's page.
func (x result) look() component.Button {
	return component.Button{Label: "Look at it", Kind: component.Outlined, URL: path.Project(string(x.Project))}
}

// undecided is before anything has closed.
func (x result) undecided(d *page.ResultData) {
	d.Title = "Nothing is decided yet"
	d.Says = "Claims for " + words.Name(x.Title) + " have not closed."
	if x.Lead != "" {
		d.Says = words.Name(x.LeadName) + " leads " + words.Name(x.Title) + ", from before claims were made here."
	}
	d.Acts = []component.Button{x.look()}
}

// unclaimed is where a file said who leads, or is to lead: nothing was compared.
func (x result) unclaimed(d *page.ResultData) {
	d.Title, d.Says = "Nothing was decided here", "Who leads "+words.Name(x.Title)+" was decided outside Skein, without claims."
	d.Acts = []component.Button{x.look()}
}

// unkept is where everybody was told, and no pick is kept: of a decision from before picks were, or one that was
// not made here.
func (x result) unkept(d *page.ResultData) {
	d.Title = "How " + words.Name(x.Title) + " was decided is not kept"
	n := x.Window.Claimed
	d.Says = words.UpperFirst(words.Count(n, "person", "people")) + " claimed it. More is not kept here of how it was decided."
	if x.LeadName != "" && x.LeadState.Holds() {
		d.Says = words.Name(x.LeadName) + " leads it. " + d.Says
	}
	d.Acts = []component.Button{x.look()}
}

// waiting is between the close and the moment when everybody is told.
func (x result) waiting(d *page.ResultData) {
	d.Title = "Claims for " + words.Name(x.Title) + " have closed"
	d.Says = "Somebody who has no part in it looks at the pick; when they stay silent, the next is asked, where there is one. Then everybody hears at once."
	d.Acts = []component.Button{x.look()}
	if x.Mine != nil && x.Window.ToldAt.IsZero() {
		d.ActNote = awayNote(x.LeadHead, x.away(x.Mine.Leaves))
		d.Acts = append(d.Acts, component.Button{Label: "Take my claim back", Kind: component.Plain, Action: path.WithdrawClaim(string(x.Project))})
	}
}

// voided is when nothing came of claims any more: the project was ended, or its lead leads it on.
func (x result) voided(d *page.ResultData) {
	d.Title = "Nothing was decided"
	d.Says = "Whoever leads " + words.Name(x.Title) + " took back that they hand it on, so nothing came of the claims for it."
	if x.State.Over() {
		d.Says = words.Name(x.Title) + " is " + x.State.Words() + ", so nothing came of the claims for it."
	}
	d.Acts = []component.Button{x.look()}
}

// restarted is when claims gather again: what is asked changed, a check was not passed, or everybody who
// was asked said no.
func (x result) restarted(d *page.ResultData) {
	open := x.State.Seeks() && (x.Lead == "" || x.LeadState == skein.TermHandingOver)
	d.Acts = []component.Button{x.look()}
	if open && x.Holder != x.me {
		d.Acts = []component.Button{{Label: "Claim it", URL: path.ClaimProject(string(x.Project))}}
	}
	switch {
	case x.Pick != nil && x.Pick.State == skein.PickReturned:
		d.Title = "Claims for " + words.Name(x.Title) + " gathered again"
		d.Says = "Whoever checked the pick returned it, so nobody was offered the lead. What was claimed stood, and others could claim too."
	case x.Window.Claimed == 0:
		d.Title = "Nothing is decided"
		d.Says = "What " + words.Name(x.Title) + " asks was changed before claims closed, so they gathered again."
	default:
		d.Title = "Nobody has taken " + words.Name(x.Title)
		d.Says = "Nobody who claimed would or could take it then."
		if open {
			d.Says = "Nobody who claimed would or could take it, so it is open again until somebody does."
		}
		x.notPicked(d)
	}
}

// notPicked says to a claimant who was not picked why, and what they can do about it.
func (x result) notPicked(d *page.ResultData) {
	if x.Mine == nil {
		return
	}
	d.Stops = x.stops()
	x.saw(d, "What we saw")
	d.Change, d.Ask = x.change()
	d.Review = x.review()
}

// stops is why the viewer could not be given the lead; empty where they could.
func (x result) stops() string {
	if x.Mine.Stops != "" {
		return x.Mine.Stops
	}
	return map[skein.Passed]string{
		skein.PassedLeads: "When your turn came you held as many leads as the guardrail allows at once.",
		skein.PassedHours: "When your turn came you did not have the hours for it beside what you lead.",
		skein.PassedAway:  "When your turn came you were away for the whole time to answer.",
		skein.PassedGone:  "When your turn came you were not with the organisation.",
	}[x.Mine.Passed]
}

// chosen is the page of whoever was picked.
func (x result) chosen(d *page.ResultData) {
	claim := string(x.Pick.Claim)
	state := skein.TermState("")
	if x.Term != nil {
		state = x.Term.State
	}
	d.Says = x.Purpose
	switch {
	case state == skein.TermOffered:
		d.Title = "You" + x.withWhom() + " were chosen for " + words.Name(x.Title)
		d.Acts = []component.Button{
			{Label: "Accept", Action: path.AcceptClaim(claim)},
			{Label: "Not this time", Kind: component.Plain, Action: path.DeclineClaim(claim)},
		}
		d.ActNote = "Answer by " + x.clock.Moment(x.Term.AnswerBy) + ". Not this time needs no reason; the next person, where there is one, is asked at once."
		d.IfHead = "If you accept"
	case state == skein.TermAccepted:
		d.Title = "You said yes to " + words.Name(x.Title)
		d.Acts = []component.Button{x.look(), {Label: "Not after all", Kind: component.Plain, Action: path.DeclineClaim(claim)}}
		d.ActNote = startNote(x.clock, x.Term.StartsOn, x.Term.NeedsBy)
		x.handing(d)
		d.IfHead = "What you get"
	case state.Holds():
		d.Title = "You lead " + words.Name(x.Title)
		d.Acts = []component.Button{x.look()}
		d.IfHead = "What you get"
	default:
		d.Title = "You led " + words.Name(x.Title)
		if state == skein.TermDeclined || state == skein.TermLapsed {
			d.Title = words.Name(x.Title) + " does not wait for you any more"
		}
	}
	x.decided(d)
	x.saw(d, "Why you")
	if d.IfHead != "" {
		d.If, d.Needs = x.needs()
		if !state.Holds() && slices.ContainsFunc(d.Needs, func(n component.Pair) bool { return n.Strong != "" }) {
			d.NeedsNote = "You start when each need is granted, or when you say you can do with less, or without. Nobody’s silence takes the lead from you: hours count as granted after five working days, and for all else the next who could grant it is asked, where there is one."
		}
	}
}

// withWhom says who leads it beside whoever was picked, as they claimed it; empty: nobody.
func (x result) withWhom() string {
	switch {
	case x.Pick.With == "":
		return ""
	case x.Pick.With == x.me:
		return ", together with you,"
	}
	return ", together with " + words.Name(x.Pick.WithName) + ","
}

// handing says to whoever accepted a lead that is handed on which step it waits for, with the way there.
func (x result) handing(d *page.ResultData) {
	h := x.Handing
	if h == nil {
		return
	}
	by, giver := " by "+x.clock.Moment(h.Due), words.FirstName(h.GiverName)
	note := component.Button{Label: "Read the note", Kind: component.Outlined, URL: path.HandingOn(string(x.Project))}
	switch {
	case h.State == skein.HandoverWritten:
		note.Label, note.Kind = "Say it back", component.Filled
		d.ActNote = "It is handed on to you: say back" + by + " what you must know. You lead it when that is signed, too."
		if !h.Holds {
			d.ActNote = "It is handed on to you: say back" + by + " what you must know."
		}
	case h.State == skein.HandoverSaid && h.Holds:
		d.ActNote = "You have said it back. " + giver + ", or a steward in their place, signs" + by + "; then you lead it."
	case h.State == skein.HandoverSaid:
		d.ActNote = "You have said it back. A steward signs" + by + "; then you lead it."
	default:
		d.ActNote = giver + ", or a steward in their place, writes" + by + " what you must know; then you say it back. Without a note you begin then."
		return
	}
	d.Acts = append([]component.Button{note}, d.Acts...)
}

// others is the page of everybody who was not picked, claimants or not.
func (x result) others(d *page.ResultData) {
	first := words.FirstName(x.Pick.Name)
	d.Title = words.Name(x.Pick.Name) + x.withWhom() + " was chosen for " + words.Name(x.Title)
	live := x.Term != nil && x.Term.State.Holds()
	if live {
		d.Title = words.Name(x.Pick.Name) + " leads " + words.Name(x.Title)
	}
	d.Says = x.next(first, live)
	if live && !x.Place {
		d.ActSays = "There is room beside " + first + "."
		d.Acts = []component.Button{{Label: "Ask to co-lead", Kind: component.Outlined, Action: path.CoLeadProject(string(x.Project))}}
	}
	if !x.Member && !x.Place {
		d.Acts = append(d.Acts, component.Button{Label: "Join the team", Kind: component.Plain, Action: path.JoinProject(string(x.Project))})
	}
	x.decided(d)
	x.notPicked(d)
}

// next says to a claimant where they stand now.
func (x result) next(first string, live bool) string {
	if x.Mine == nil {
		return x.Purpose
	}
	says := ""
	if x.equal() {
		says = "You were in the same step. "
	}
	offered := x.Term != nil && x.Term.State == skein.TermOffered
	switch {
	case x.stops() != "":
		return "Your claim could not be taken; below is why, and what can be done."
	case x.Mine.State == skein.ClaimDeclined:
		return "You said not this time. Thank you for coming forward."
	case x.Mine.State == skein.ClaimLapsed:
		return "You were asked before, and the time to answer or to settle what was open has passed. Thank you for coming forward."
	case live || x.Mine.Turn == 0 || x.Term == nil || !x.Term.State.Coming():
		return says + "Thank you for coming forward."
	case offered && x.Mine.Turn == x.Pick.Turn+1:
		says += "If " + first + " has not accepted by " + x.clock.Moment(x.Term.AnswerBy) + ", "
		if away := x.away(x.Mine.Leaves); away != "" {
			return says + "your turn comes. You are away " + away + ": whoever is away for the whole time to answer is passed by."
		}
		return says + "you are asked next."
	case offered:
		return says + first + " has until " + x.clock.Moment(x.Term.AnswerBy) + " to accept. You hear if your turn comes."
	}
	return says + first + " has said yes. What the lead needs is still being settled."
}

func (x result) equal() bool {
	return x.Mine != nil && x.Pick != nil && x.Pick.Person != x.me && x.Mine.Band > 0 && x.Mine.Band == x.Pick.Band && x.Pick.BandSize > 1
}

// saw lists what was found of the viewer's own claim, with the numbers one click deeper.
func (x result) saw(d *page.ResultData, head string) {
	if x.Mine == nil {
		return
	}
	d.SawHead = head
	if !x.Matching && !x.Mine.Unscored {
		return
	}
	d.Saw = SaysOf(x.detail.Explanation.Lines)
	d.Worked, d.WorkedNote = workedOut(x.detail)
}

// change is the smallest step that would change it: into the next zone, else whatever speaks least.
func (x result) change() (string, *page.ResultAsk) {
	a := x.detail.Assessment
	var weak *match.Met
	var name string
	for i := range a.Met {
		if m := &a.Met[i]; m.Standing != match.Shown && (weak == nil || m.Weight-m.Share > weak.Weight-weak.Share) {
			weak, name = m, x.detail.Explanation.Lines[i].Name
		}
	}
	if weak == nil {
		return "", nil
	}
	ask := &page.ResultAsk{Skill: string(weak.Skill), Name: name, Wrong: x.form.Ask}
	if words := x.detail.Explanation.Change; words != "" {
		return words, ask
	}
	return name + ": one person who has seen you do it. It would speak for you the next time.", ask
}

// review is the claimant's question, asked or not.
func (x result) review() *page.ResultReview {
	r := &page.ResultReview{Claim: string(x.Mine.ID), What: x.form.What, Wrong: x.form.Review.On("what")}
	switch v := x.Review; {
	case v != nil && v.AnsweredAt.IsZero():
		r.Asked = v.What
		r.Says = "Somebody who had no part in it answers by " + x.clock.Day(v.AnswerBy) + "."
	case v != nil && v.AnsweredBy == "":
		r.Asked, r.Says = v.What, "Nobody who could look at it answered, so what was decided stands."
	case v != nil:
		r.Asked, r.Answer = v.What, v.Answer
		r.Says = words.Name(v.AnsweredByName) + " looked at it: it was decided rightly."
		if v.Upheld {
			r.Says = words.Name(v.AnsweredByName) + " looked at it: you were right to ask."
		}
	case !x.Reviewer:
		r.Says = "Everybody who could look at it again had a part in it. An administrator can name one more steward."
	default:
		r.Form = true
		r.Says = "Ask for a review. Somebody who had no part in it answers by " + x.clock.Date(x.clock.Now.Add(skein.ReviewTime)) + "."
	}
	return r
}

// reviewing are the questions that the viewer is asked.
func (x result) reviewing() ([]page.ResultReviewing, error) {
	var all []page.ResultReviewing
	for _, v := range x.Reviewing {
		d, err := detailOf(v.Detail)
		if err != nil {
			return nil, err
		}
		all = append(all, page.ResultReviewing{
			ID: string(v.ID), What: v.What, Why: v.Why, Says: SaysOf(d.Theirs.Lines),
			By:     words.Name(v.AskedByName) + " asks. Answer by " + x.clock.Moment(v.AnswerBy) + ".",
			Answer: x.form.Answer, Wrong: x.form.Settled,
		})
	}
	return all, nil
}
