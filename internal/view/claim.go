package view

import (
	"cmp"
	"strings"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// mostFixes is how many missing things the claim offers to mend.
const mostFixes = 2

// Claim is the page of a claim. Fix is a mending that was refused.
func Claim(v Viewer, p leaddb.ClaimPage, a chooser.Answer, fix page.ClaimFix) page.ClaimData {
	clock := v.Clock()
	d := page.ClaimData{
		Project: string(p.Project), Title: p.Title, Purpose: p.Purpose, Circles: p.Circles,
		Facts: cmp.Or(takesWords(p.Hours, p.EndOn, clock), "No hours are stated") + ".", Closed: closedWords(v, p), Returned: p.Returned, Lessons: LessonLines(v, p.Lessons),
		Compared: compared(a), People: withCircles(p.Colleagues), Compare: comparedWords, Decides: decidesWords(p.LeadHead),
	}
	if d.Compared {
		d.State, d.Says, d.Change = a.Explanation.State, SaysOf(a.Explanation.Lines), a.Explanation.Change
		d.Bars, d.Words = claimBars(a)
		d.Coached = a.Assessment.Zone == match.Stretch
		if a.Assessment.Zone != match.Ready {
			d.Fixes = claimFixes(p, a, fix)
		}
	}
	if p.Window == nil {
		return d
	}
	d.Until, d.UntilAt = untilWords(p, clock)
	d.Away = awayNote(p.LeadHead, awayWords(absences(p.Leaves), leadSpan(p.LeadHead, p.Window, v.Now.Location(), v.Today()), clock, v.Today()))
	if p.Invite != nil {
		d.Invite = &page.ClaimInvite{Window: string(p.Window.ID), By: clock.Moment(p.Invite.AnswerBy)}
	}
	for _, b := range p.Beside {
		d.Beside = append(d.Beside, page.ClaimBeside{Claim: string(b.Claim), Sentence: besideWords(b, p.Title), Why: b.Why})
	}
	if c := p.Claim; c != nil && c.State == skein.ClaimSubmitted {
		d.Sent, d.SentNote = sentWords(p, clock)
	} else if d.Closed == "" {
		d.Autosave = true
	}
	return d
}

// comparedWords is the fine print of every claim.
const comparedWords = "Compared: the skills above, who says so and how fresh it is, and how many leads you hold. Never: grade, title, tenure, age or pay."

// takesWords is what a lead takes: "4 hours a week until 31 January", "Until 31 January"; empty where
// neither is stated.
func takesWords(hours *float64, end skein.Date, clock words.Clock) string {
	says := ""
	if hours != nil {
		says = words.Hours(*hours)
	}
	if !end.IsZero() {
		says += " " + clock.Until(end)
	}
	return words.UpperFirst(strings.TrimSpace(says))
}

// handedByWords says why whoever answered as a steward when a lead was handed on does not claim it.
const handedByWords = "You answered as a steward what becomes of this lead, and it was handed on. Whoever takes it over is somebody else."

// closedWords says why nobody can claim now.
func closedWords(v Viewer, p leaddb.ClaimPage) string {
	switch {
	case p.Window == nil && p.State.Over():
		return "It is " + p.State.Words() + ", so there is nothing to claim."
	case p.Window != nil && p.Holder != "" && p.Holder == v.Person.ID:
		return "You lead it until somebody takes over, and whoever does is somebody else."
	case p.Window != nil && p.HandedBy != "" && p.HandedBy == v.Person.ID:
		return handedByWords
	case p.Window == nil && p.LeadName != "" && p.Lead == v.Person.ID && p.LeadState == skein.TermOffered:
		return "You were chosen for it. Say yes, or not this time."
	case p.Window == nil && p.LeadName != "" && p.Lead == v.Person.ID:
		return "It is yours, so there is nothing to claim."
	case p.Window == nil && !p.LeadStarts.IsZero():
		return words.Name(p.LeadName) + " leads it from " + v.Clock().Date(p.LeadStarts) + ", so there is nothing to claim."
	case p.Window == nil && p.LeadState.Holds():
		return words.Name(p.LeadName) + " leads it. Claims open again when the lead is passed on."
	case p.Window == nil && p.LeadState == skein.TermOffered:
		return words.Name(p.LeadName) + " was chosen for it, and has not answered yet."
	case p.Window == nil && p.LeadState.Coming():
		return comingSays(v.Clock(), p.LeadName, skein.Date{}) + "."
	case p.Window == nil:
		return "Claims have closed, and it is being decided."
	case !p.Window.TakesClaims(v.Now):
		return "Claims have just closed. It is being decided."
	}
	return ""
}

// claimBars are the gates that stop a claim, and whether a claim without a score is the only way.
func claimBars(a chooser.Answer) (bars []string, written bool) {
	for _, g := range a.Assessment.Gates {
		switch {
		case g.Pass:
		case g.Name == match.GateMust:
			written = true
		default:
			bars = append(bars, match.GateWords(g, a.Names))
		}
	}
	return bars, written || a.Assessment.Zone == match.NotYet
}

// claimFixes are the most important things missing, with what can be done about them here.
func claimFixes(p leaddb.ClaimPage, a chooser.Answer, refused page.ClaimFix) []page.ClaimFix {
	var fixes []page.ClaimFix
	for _, m := range a.Assessment.Met {
		if len(fixes) == mostFixes || m.Standing != match.Missing && m.Standing != match.Word {
			continue
		}
		fix := page.ClaimFix{Skill: string(m.Skill), Missing: m.Standing == match.Missing, Name: a.Names.SkillName(m.Skill)}
		for _, asked := range p.Asked {
			if asked.Skill == m.Skill {
				fix.Asked = append(fix.Asked, asked.Name)
			}
		}
		if refused.Skill == fix.Skill {
			fix.Level, fix.WrongLevel = refused.Level, refused.WrongLevel
			fix.Colleague, fix.WrongColleague = refused.Colleague, refused.WrongColleague
		}
		fixes = append(fixes, fix)
	}
	return fixes
}

// decidesWords says how it will be decided, and by whom.
func decidesWords(h leaddb.LeadHead) string {
	// Named by nobody: a name that is another after somebody has claimed tells that they did.
	const checker = "Somebody who has no part in it"
	switch {
	case !h.Matching:
		return checker + " reads what was written and decides."
	case h.Trust == skein.Open:
		return "On trust: whoever is best placed leads at once, so to claim is to accept. " + uncheckedWords
	case h.Trust == skein.Weighed && !h.Confirms:
		return "The situation picks, by the published rule. " + uncheckedWords
	case h.Trust == skein.Weighed:
		return "The situation picks, by the published rule. " + checker + " checks it."
	}
	return "This lead is " + h.Trust.Words() + ": one's own word counts for nothing here. The situation picks by the published rule. " + checker + " checks it."
}

// untilWords says until when claims gather. An end that follows from claims is nobody's to see.
func untilWords(p leaddb.ClaimPage, clock words.Clock) (words, exact string) {
	sealed := " Until then nobody sees how many claimed, or who, but those whom they name."
	if closes := p.Window.ClosesAt; !closes.IsZero() {
		return "Claims close " + clock.Moment(closes) + "." + sealed, clock.Exact(closes)
	}
	if p.Trust == skein.Open {
		return endlessWords(p) + " When that is, nobody is told: claim while you mean it." + sealed, ""
	}
	return "It is open until somebody takes it. " + endlessWords(p) + " When that is, nobody is told." + sealed, ""
}

// endlessWords says when claims close that have no fixed end; it is the rule alone, and nobody's claim.
func endlessWords(p leaddb.ClaimPage) string {
	gather := lasting(p.Clocks().Gather(p.Urgency))
	if p.Trust == skein.Open {
		return "Claims close " + lasting(p.Clocks().OnTrust(p.Urgency)) + " after the first that is ready, and while none is, " + gather + " after the first."
	}
	return "Claims close " + gather + " after the first."
}

// lasting says a clock: "a day", "an hour", "7 days".
func lasting(d time.Duration) string {
	switch {
	case d == time.Hour:
		return "an hour"
	case d == 24*time.Hour:
		return "a day"
	case d%(24*time.Hour) == 0:
		return words.Count(int(d/(24*time.Hour)), "day", "days")
	}
	return words.Count(int(d/time.Hour), "hour", "hours")
}

// sentWords says that a claim is sent and when claims close. Where that follows from the claims that
// stand nobody is told the moment: it would tell of others' claims.
func sentWords(p leaddb.ClaimPage, clock words.Clock) (says, note string) {
	c := p.Claim
	says = "You claimed it " + clock.Day(c.SubmittedAt) + "."
	if closes := p.Window.ClosesAt; !closes.IsZero() {
		note = "Claims close " + clock.Moment(closes) + "."
	} else {
		note = endlessWords(p)
	}
	return says, note + besideNote(c)
}

// besideNote says what those who were asked have answered.
func besideNote(c *leaddb.ClaimShown) string {
	note := ""
	for _, b := range []struct {
		name, as string
		yes      bool
	}{{c.WithName, "lead with you", !c.WithAgreed.IsZero()}, {c.CoachName, "coach you", !c.CoachAgreed.IsZero()}} {
		switch {
		case b.name != "" && b.yes:
			note += " " + b.name + " will " + b.as + "."
		case b.name != "":
			note += " " + b.name + " is asked whether to " + b.as + "."
		}
	}
	return note
}

func besideWords(b leaddb.BesideAsk, title string) string {
	if b.Coach {
		return words.Name(b.Name) + " would like you as a coach, should " + title + " be theirs."
	}
	return words.Name(b.Name) + " would claim " + title + " together with you: " + words.FirstName(b.Name) + " leads, you co-lead."
}

// ClaimForm is the form as it stands: what was kept or sent before.
func ClaimForm(v Viewer, p leaddb.ClaimPage) page.ClaimForm {
	f := page.ClaimForm{HasRead: !v.Person.ReadHowAt.IsZero()}
	if c := p.Claim; c != nil {
		f.Why, f.Coach, f.With, f.Unscored = c.Why, c.CoachName, c.WithName, c.Unscored
	}
	return f
}

func absences(leaves []peopledb.Leave) []skein.Absence {
	all := make([]skein.Absence, len(leaves))
	for i, l := range leaves {
		all[i] = l.Absence()
	}
	return all
}

// compared tells whether an answer compares anything: nobody is compared where the circle says so,
// nor who is not known.
func compared(a chooser.Answer) bool { return a.Compared && a.Project != "" }
