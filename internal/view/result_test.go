package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// decidedFor is a lead of Leak Sensors that was decided for somebody, told an hour ago.
func decidedFor(person skein.PersonID, name string, state skein.TermState) leaddb.ResultPage {
	return leaddb.ResultPage{
		LeadHead: leaddb.LeadHead{Project: "sensors", Title: "Leak Sensors", Purpose: "Hear a leak.", Matching: true, Trust: skein.Weighed},
		Window:   &skein.Window{Claimed: 3, ToldAt: in(-1), State: skein.WindowPicked},
		Pick: &leaddb.PickShown{
			Pick:   skein.Pick{ID: "k", Claim: "c", Number: 1, Rule: string(match.RuleLottery), BandSize: 2, State: skein.PickConfirmed, AnsweredAt: in(-1)},
			Person: person, Name: name, Band: 1, Turn: 1, AnswererName: "Marta Oyelaran",
		},
		Term: &skein.Term{State: state, AnswerBy: in(24), NeedsBy: in(48)},
	}
}

// claimed is one's own claim in it, with what it was decided on.
func claimed(t *testing.T, band, turn int) *leaddb.ResultClaim {
	t.Helper()
	met := match.Met{Standing: match.Word}
	met.Skill, met.Weight, met.Level = "gis", 2, 3
	detail, err := json.Marshal(chooser.Detail{
		Assessment:  match.Assessment{Met: []match.Met{met}},
		Explanation: match.Explanation{Lines: []match.Line{{Skill: "gis", Name: "GIS: maps", Text: "GIS: maps: only your word."}}},
		Seed:        "seed", Policy: 4,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &leaddb.ResultClaim{Claim: skein.Claim{ID: "mine"}, Band: band, Turn: turn, Detail: detail}
}

func TestTheChosenAreAskedForTheirAnswer(t *testing.T) {
	t.Parallel()
	for state, want := range map[skein.TermState]string{
		skein.TermOffered: "You were chosen for Leak Sensors", skein.TermAccepted: "You said yes to Leak Sensors",
		skein.TermLive: "You lead Leak Sensors", skein.TermLapsed: "Leak Sensors does not wait for you any more", skein.TermEnded: "You led Leak Sensors",
	} {
		d, err := Result(ines(), decidedFor("ines", "Ines Calder", state), ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		say(t, d.Title, want)
		say(t, strings.Join(d.Decided, " "), "Three_people claimed. You and one_other were in the same step. They were alike in all that counts, so the lottery decided; its seed was fixed before anybody claimed.")
		say(t, d.Checked, "Marta Oyelaran, who had no part in it, checked it today at 08:00.")
		if d.Figure == nil || d.Figure.Chosen != "you" || d.Figure.Others != 1 {
			t.Errorf("the figure is %+v", d.Figure)
		}
	}
}

func TestWhatTheLeadGets(t *testing.T) {
	t.Parallel()
	p := decidedFor("ines", "Ines Calder", skein.TermOffered)
	p.Needs = []leaddb.NeedShown{
		{Need: skein.Need{What: "4 hours", GrantedUntil: skein.Day(in(24 * 100))}, GrantedByName: "Judith"},
		{Need: skein.Need{What: "a budget", AnswerBy: in(48)}, AskedOfName: "Marta"},
		{Need: skein.Need{What: "a room", WaivedBy: "ines", WaivedAt: in(-1)}},
		{Need: skein.Need{What: "a sponsor"}, GrantedByName: "Owen"},
		{Need: skein.Need{What: "a boat", WaivedBy: "tomas", WaivedAt: in(-1)}}, // who hands it on could do without
		{Need: skein.Need{What: "a coach of theirs", Claim: "theirs"}},
	}
	d, err := Result(ines(), p, ResultForm{})
	if err != nil {
		t.Fatal(err)
	}
	say(t, d.If, "You lead from the day it is all settled, with no fixed end. Two_needs are still open.")
	var answers []string
	for _, n := range d.Needs {
		answers = append(answers, strings.TrimSpace(n.Strong+" "+n.Answer))
	}
	say(t, strings.Join(answers, "|"), "Judith, until 19_August|Still open. Marta answers by Wednesday|you do without it|Owen said yes|Still open. Its stewards answer") // what another does without is open to them
}

func TestWhoWasNotChosenReadsWhatWouldChangeIt(t *testing.T) {
	t.Parallel()
	p := decidedFor("tomas", "Tomas Orr", skein.TermOffered)
	p.Mine, p.Reviewer = claimed(t, 1, 2), true
	d, err := Result(ines(), p, ResultForm{Ask: "Nobody is called that."})
	if err != nil {
		t.Fatal(err)
	}
	say(t, d.Title, "Tomas Orr was chosen for Leak Sensors")
	say(t, d.Says, "You were in the same step. If Tomas has not accepted by tomorrow_09:00, you are asked next.")
	say(t, d.Change, "GIS: maps: one person who has seen you do it. It would speak for you the next time.")
	if d.Ask == nil || d.Ask.Name != "GIS: maps" || d.Ask.Wrong == "" || len(d.Worked) != 1 || d.Worked[0].What != "GIS: maps" {
		t.Errorf("a skill's name is whole, with what is in it: %+v %+v", d.Ask, d.Worked)
	}
	if d.Review == nil || !d.Review.Form || !strings.HasPrefix(d.Review.Says, "Ask for a review. Somebody who had no part in it") {
		t.Errorf("a review is offered: %+v", d.Review)
	}
	p.Mine.Detail = []byte("{")
	if _, err := Result(ines(), p, ResultForm{}); err == nil {
		t.Error("what cannot be read is a fault")
	}
}

// What a claimant reads of their turn is true of them: whoever said no or did not answer hears of no
// turn that may still come, and whoever is away that they may be passed by.
func TestNobodyIsPromisedATurnThatWillNotCome(t *testing.T) {
	t.Parallel()
	away := []skein.Absence{{From: skein.Day(in(-24)), Until: skein.Day(in(24 * 30))}}
	for name, c := range map[string]struct {
		state  skein.ClaimState
		turn   int
		leaves []skein.Absence
		want   string
	}{
		"next":     {skein.ClaimNotChosen, 2, nil, "You were in the same step. If Tomas has not accepted by tomorrow_09:00, you are asked next."},
		"away":     {skein.ClaimNotChosen, 2, away, "You were in the same step. If Tomas has not accepted by tomorrow_09:00, your turn comes. You are away until 10_June: whoever is away for the whole time to answer is passed by."},
		"later":    {skein.ClaimNotChosen, 3, nil, "You were in the same step. Tomas has until tomorrow_09:00 to accept. You hear if your turn comes."},
		"declined": {skein.ClaimDeclined, 1, nil, "You said not this time. Thank you for coming forward."},
		"lapsed":   {skein.ClaimLapsed, 1, nil, "You were asked before, and the time to answer or to settle what was open has passed. Thank you for coming forward."},
	} {
		p := decidedFor("tomas", "Tomas Orr", skein.TermOffered)
		p.Mine = claimed(t, 1, c.turn)
		p.Mine.State, p.Mine.Leaves = c.state, c.leaves
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(name, err)
		}
		say(t, d.Says, c.want)
	}
	for state, want := range map[skein.TermState]string{
		skein.TermAccepted: "You were in the same step. Tomas has said yes. What the lead needs is still being settled.",
		skein.TermEnded:    "You were in the same step. Thank you for coming forward.",
		skein.TermLapsed:   "You were in the same step. Thank you for coming forward.",
	} {
		p := decidedFor("tomas", "Tomas Orr", state)
		p.Mine = claimed(t, 1, 2)
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(state, err)
		}
		say(t, d.Says, want)
	}
}

// Nobody who leads, or to whom everything is granted, reads what they would still have to wait for.
func TestTheChosenReadWhatTheyWaitForOnlyWhileTheyDo(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]skein.Need{"granted": {What: "a budget", GrantedUntil: skein.Day(in(24 * 9))}, "open": {What: "a budget"}} {
		p := decidedFor("ines", "Ines Calder", skein.TermOffered)
		p.Needs = []leaddb.NeedShown{{Need: n}}
		if name == "granted" {
			p.Needs[0].GrantedByName = "Judith"
		}
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		if waits := d.NeedsNote != ""; waits != (name == "open") {
			t.Errorf("%s: %q", name, d.NeedsNote)
		}
	}
}

func TestEachRuleIsSaidWithoutANumber(t *testing.T) {
	t.Parallel()
	for rule, want := range map[match.Rule]string{
		match.RuleOnly: "Nobody else who claimed could take it.", match.RuleReady: "Tomas was ready; for the others it would have been a stretch.",
		match.RulePlaced:  "Tomas was a step or more ahead of the others.",
		match.RuleFewest:  "Two were in the same step. Between equals the lead goes to whoever holds the fewest leads.",
		match.RuleLongest: "Two were in the same step. Between equals the lead goes to whoever led longest ago: Tomas led Mains Renewal until January.",
		match.RuleWish:    "Two were in the same step. Between equals the lead goes to whoever wants to grow in a skill asked for here, once leads held and time since the last are the same.",
		ruleSteward:       "Nobody is compared here. Somebody who has no part in it read what was written, and says why:",
		"another":         "As it was written.",
	} {
		p := decidedFor("tomas", "Tomas Orr", skein.TermLive)
		p.Pick.Rule, p.Pick.Sentence = string(rule), "As it was written."
		p.Pick.Before, p.Pick.BeforeUntil = "Mains Renewal", wall.AddDate(0, -4, 0)
		x := result{ResultPage: p, me: "ines", clock: ines().Clock()}
		say(t, strings.Join(x.ruleWords(), " "), want)
	}
}

func TestBeforeEverybodyIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*leaddb.ResultPage)
		want   string
	}{
		"nothing closed": {func(p *leaddb.ResultPage) { p.Window = nil }, "Nothing is decided yet"},
		"untaken":        {func(p *leaddb.ResultPage) { p.Window.State = skein.WindowRestarted }, "Nobody has taken Leak Sensors"},
		"nobody picked":  {func(p *leaddb.ResultPage) { p.Pick = nil }, "How Leak Sensors was decided is not kept"},
		"being checked":  {func(p *leaddb.ResultPage) { p.Pick, p.Window.ToldAt = nil, time.Time{} }, "Claims for Leak Sensors have closed"},
	} {
		p := decidedFor("tomas", "Tomas Orr", skein.TermOffered)
		p.Mine = claimed(t, 1, 2)
		c.change(&p)
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		if d.Title != c.want || len(d.Acts) == 0 {
			t.Errorf("%s: %q with %d acts", name, d.Title, len(d.Acts))
		}
	}
}

func TestWhoeverChecksSeesEveryClaimAndItsPlace(t *testing.T) {
	t.Parallel()
	p := decidedFor("tomas", "Tomas Orr", skein.TermOffered)
	p.Pick.State, p.Pick.AnswerBy, p.Pick.Sentence = skein.PickWaiting, in(24), "The rule picked Tomas."
	p.Checking = []leaddb.ResultClaim{
		{Claim: skein.Claim{ID: "c"}, Name: "Tomas Orr", Zone: skein.Ready, Band: 1, Turn: 1},
		{Claim: skein.Claim{ID: "d"}, Name: "Noor", Zone: skein.Stretch, CoachName: "Owen", Band: 1, Turn: 2, WithName: "Petra"},
		{Claim: skein.Claim{ID: "e", WithAgreed: in(-2)}, Name: "Jonas", Zone: skein.Stretch, Band: 2, Turn: 3, WithName: "Petra"},
		{Claim: skein.Claim{ID: "f"}, Name: "Dario"},
		{Claim: skein.Claim{ID: "g"}, Name: "Abel", Stops: "Holds two leads now."},
	}
	d, err := Result(ines(), p, ResultForm{Key: "key", Reason: "typed"})
	if err != nil {
		t.Fatal(err)
	}
	if d.Checking == nil || d.Checking.Key != "key" || d.Checking.Reason != "typed" {
		t.Fatalf("the check is %+v", d.Checking)
	}
	var all []string
	for _, c := range d.Checking.Claims {
		all = append(all, c.Name+": "+c.Place)
	}
	say(t, strings.Join(all, " "), "Tomas Orr: Picked. Ready. Noor: In the same step. A stretch, with Owen as a coach. "+
		"Jonas together with Petra: Further back. A stretch. Dario: Claims without a score. Abel: Holds two leads now.")
}

func TestAReviewAskedAndAnswered(t *testing.T) {
	t.Parallel()
	p := decidedFor("tomas", "Tomas Orr", skein.TermLive)
	p.Mine = claimed(t, 2, 2)
	for _, c := range []struct {
		review *leaddb.ReviewShown
		want   string
	}{
		{nil, "Everybody who could look at it again had a part in it. An administrator can name one more steward."},
		{&leaddb.ReviewShown{Review: skein.Review{AnswerBy: in(48)}}, "Somebody who had no part in it answers by Wednesday."},
		{&leaddb.ReviewShown{AnsweredByName: "Owen Tay", Review: skein.Review{AnsweredBy: "owen", AnsweredAt: in(-1)}}, "Owen Tay looked at it: it was decided rightly."},
		{&leaddb.ReviewShown{AnsweredByName: "Owen Tay", Review: skein.Review{AnsweredBy: "owen", AnsweredAt: in(-1), Upheld: true}}, "Owen Tay looked at it: you were right to ask."},
	} {
		p.Review = c.review
		p.Reviewing = []leaddb.ReviewShown{{AskedByName: "Noor", Review: skein.Review{AnswerBy: in(24)}}}
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		say(t, d.Review.Says, c.want)
		say(t, d.Reviewing[0].By, "Noor asks. Answer by tomorrow_09:00.")
	}
}

// A window that began again says why: a pick that was returned was offered to nobody.
func TestAWindowThatCameToNothingSaysWhy(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*leaddb.ResultPage){
		"returned it, so nobody was offered the lead": func(p *leaddb.ResultPage) { p.Window.State, p.Pick.State = skein.WindowRestarted, skein.PickReturned },
		"was changed before claims closed":            func(p *leaddb.ResultPage) { p.Window.State, p.Window.Claimed, p.Pick = skein.WindowRestarted, 0, nil },
		"Nobody who claimed would or could":           func(p *leaddb.ResultPage) { p.Window.State, p.Pick = skein.WindowRestarted, nil },
		"took back that they hand it on":              func(p *leaddb.ResultPage) { p.Window.State, p.State = skein.WindowVoid, skein.Led },
		"is cancelled, so nothing came":               func(p *leaddb.ResultPage) { p.Window.State, p.State = skein.WindowVoid, skein.Cancelled },
	} {
		p := decidedFor("noor", "Noor Basri", skein.TermDeclined)
		p.Term = nil
		change(&p)
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(d.Says, want) || strings.Contains(d.Says, "looks at the pick") || len(d.Decided) > 0 {
			t.Errorf("%q: %s %s %q", want, d.Title, d.Says, d.Decided)
		}
	}
}
