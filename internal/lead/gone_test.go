package lead_test

import (
	"slices"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// leaves is when somebody's door is closed, and the clock acts.
func (w *world) leaves(t *testing.T, p skein.PersonID, events, notices string) {
	t.Helper()
	w.forget()
	w.gone[p] = true
	w.pass(0)
	w.saw(t, events, notices)
	if left := w.load(w.by(skeinItself), "").Gone; len(left) > 0 {
		t.Errorf("%s has left, and there is still something of theirs: %v", p, left)
	}
	before := w.store.clone()
	w.pass(0)
	w.must(skeinItself, personGone(p))
	w.saw(t, "", "")
	if diff := differs(before, w.store); diff != "" {
		t.Error(diff)
	}
}

func personGone(p skein.PersonID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.PersonGone(by, p) }
}

func TestWhoIsStillHereKeepsWhatTheyHold(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(skeinItself, personGone(noor))
	w.saw(t, "", "")
	w.stands(t, "led taken: noor live")
	w.later[noor] = true // an import moved their first day
	w.pass(0)
	w.saw(t, "", "")
}

func TestWhatSomebodyLedOpensWhenTheyLeave(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, join)
	w.must(mia, shadow)
	w.now = w.now.Add(day)
	w.leaves(t, noor, "person.gone, term.end, project.reopen, window.open",
		"ada ended/left, mia ended/left, sofie ended/left, zoe ended/left")
	w.stands(t, "open open: noor ended")
	if got := w.termOf(noor, skein.Primary); got.EndReason != skein.EndGone || !got.Until.Equal(skein.Day(w.now)) {
		t.Errorf("%+v", got)
	}
	if e := w.events; len(e) > 0 {
		t.Errorf("%+v", e)
	}
}

func TestALeadOfWhoeverHasLeftEndsOnTheirLastDayWheneverThatIsLearned(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ days, ends int }{
		"before they led": {-400, 0}, "while they led": {3, 3}, "still to come, and the door is closed": {60, 30},
	} {
		w := led(t, noor)
		from := w.termOf(noor, skein.Primary).From
		w.now = from.Add(30*day + 9*hour)
		w.gone[noor] = true
		w.must(skeinItself, func(l *lead.Lead, by skein.By) error {
			l.LastDays = map[skein.PersonID]skein.Date{noor: from.AddDate(0, 0, c.days)}
			return l.PersonGone(by, noor)
		})
		if got := w.termOf(noor, skein.Primary).Until; !got.Equal(from.AddDate(0, 0, c.ends)) {
			t.Errorf("%s: it ended on %v", name, got)
		}
	}
}

func TestWhenWhoeverHandsOnLeavesWhatIsUnderWayGoesOn(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.leaves(t, noor, "person.gone, term.end, project.reopen", "ada ended/left, sofie ended/left")
	w.stands(t, "open picked: kim offered, noor ended")
	w.must(kim, w.accept(kim))
	w.stands(t, "open picked: kim accepted, noor ended")
	w.pass(lead.HandoverTime) // the steward wrote no note
	w.stands(t, "led taken: kim live, noor ended")
}

func TestWhatWasOfferedToWhoeverLeavesGoesToTheNext(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.forget()
	w.gone[noor] = true
	w.pass(0)
	if e := w.events[1]; e.Action != "term.lapse" || e.Details["why"] != skein.PassedGone || e.Details["claim"] != w.claimOf(noor).ID {
		t.Errorf("%+v", e)
	}
	w.saw(t, "person.gone, term.lapse, pick.next, term.offer", "kim offer by 48h")
	w.stands(t, "open picked: kim offered, noor lapsed")
	if got := w.termOf(noor, skein.Primary); got.State != skein.TermLapsed || !got.EndedAt.Equal(w.now) {
		t.Errorf("%+v", got)
	}
}

func TestWhatWhoeverLeavesHadAcceptedGoesToTheNextWithoutTheirCoach(t *testing.T) {
	t.Parallel()
	w := coachless(t)
	w.needs = append(w.needs, skein.Need{ID: "boat", Project: "p", AskedOf: lee, WaivedBy: noor, WaivedAt: w.now})
	w.leaves(t, noor, "person.gone, term.lapse, pick.next, term.offer", "kim offer by 48h")
	w.stands(t, "open picked: kim offered, noor lapsed")
	if len(w.needs) != 1 || w.needs[0].WaivedBy != "" {
		t.Errorf("a need outlived whose it was: %+v", w.needs)
	}
}

func TestWhenThePickedOneLeavesWhileTheirPickIsCheckedTheNextIsPicked(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	w.leaves(t, noor, "person.gone, claim.withdraw, pick.make", "sofie check by 48h")
	w.stands(t, "open picked: kim chosen, noor withdrawn")
	if first := w.picks[0]; first.State != skein.PickVoid {
		t.Errorf("%+v", first)
	}
}

func TestAClaimOfWhoeverLeavesIsTakenBack(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor, kim)
	w.leaves(t, noor, "person.gone, claim.withdraw", "")
	w.stands(t, "open open: kim submitted, noor withdrawn")
	w = offered(t, noor, kim, lee)
	w.leaves(t, kim, "person.gone, claim.withdraw", "")
	w.stands(t, "open picked: kim withdrawn, lee not_chosen, noor offered")
	w = led(t, noor)
	w.must(noor, handOn)
	w.claim(kim, lee)
	w.order(kim, lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.accept(kim))
	w.handsOver(noor, kim)
	w.must(lee, join)
	w.leaves(t, lee, "person.gone", "") // what was decided stays as it was
	w.stands(t, "led taken: kim live, lee not_chosen, noor ended")
}

func TestACheckPassesOnAtOnceWhenWhoWasAskedLeaves(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.leaves(t, sofie, "person.gone, pick.pass_on", "uma check by 48h")
	if p := w.pick(); p.AskedOf != uma || !slices.Equal(p.PassedOn, []skein.PersonID{sofie}) || !p.AnswerBy.Equal(w.now.Add(2*day)) {
		t.Errorf("%+v", p)
	}
	w.readers = []skein.PersonID{sofie, uma}
	w.leaves(t, uma, "person.gone, pick.unchecked, term.offer", "noor offer by 48h")
}

func TestAReviewPassesOnAtOnceWhenWhoWasAskedLeaves(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "Why?"))
	w.leaves(t, uma, "review.pass_on", "adam review by 168h")
	if r := w.reviews[0]; r.AskedOf != adam || !slices.Equal(r.PassedOn, []skein.PersonID{uma}) || !r.AnswerBy.Equal(w.now.Add(7*day)) {
		t.Errorf("%+v", r)
	}
	w.leaves(t, adam, "review.unanswered", "kim reviewed/nobody")
	if r := w.reviews[0]; !r.AnsweredAt.Equal(w.now) || r.AskedOf != "" {
		t.Errorf("%+v", r)
	}
	w = offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "Why?"))
	w.must(ada, cancel("It rains."))
	w.leaves(t, uma, "review.pass_on", "adam review by 168h")
	w = offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "Why?"))
	w.forget()
	w.gone[uma] = true
	w.must(skeinItself, personGone(uma)) // whichever of the two clocks comes first
	w.saw(t, "review.pass_on", "adam review by 168h")
}

func TestAReviewOfAnOldWindowPassesOnToo(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "Why?"))
	w.must(noor, w.decline(noor))
	w.must(kim, w.decline(kim)) // claims go on in another window
	if w.store.claim(w.reviews[0].Claim).Window == w.present("").ID {
		t.Fatal("it is the same window")
	}
	w.leaves(t, uma, "review.pass_on", "adam review by 168h")
}

func TestACoachWhoLeavesHasSaidNo(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor] = found{zone: skein.Stretch, place: 1}
	w.claimAs(noor, skein.Claim{Coach: dario})
	w.claim(kim)
	w.answered(dario, noor, true)
	w.leaves(t, dario, "person.gone", "noor coach/absent of dario")
	if c := w.claimOf(noor); c.Coach != "" || !c.CoachAgreed.IsZero() {
		t.Errorf("%+v", c)
	}
	w.pass(7 * day)
	w.stands(t, "open picked: kim chosen, noor submitted")

	w = stretch(t)
	w.leaves(t, dario, "person.gone", "noor coach/absent of dario")
	w.must(noor, w.accept(noor))
	w.saw(t, "term.accept", "sofie needs/asked")

	w = stretch(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: lee}}
	w.must(noor, w.accept(noor))
	w.leaves(t, dario, "person.gone", "noor coach/absent of dario, sofie needs/asked")
	if n := w.needs[1]; n.Settled() || n.AskedOf != "" || n.What != "somebody as a coach" {
		t.Errorf("%+v", n)
	}

	w = stretch(t)
	w.must(noor, w.accept(noor))
	w.leaves(t, dario, "", "") // they lead: whom they had as a coach is told on their page
	if n := w.needs[0]; n.GrantedBy != dario {
		t.Errorf("%+v", n)
	}
}

func TestWhoLeavesIsNotTheCoachOfWhoeverComesNext(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor], w.found[kim] = found{place: 1}, found{zone: skein.Stretch, place: 2}
	w.claim(noor)
	w.claimAs(kim, skein.Claim{Coach: noor})
	w.answered(noor, kim, true)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.leaves(t, noor, "person.gone, term.lapse, pick.next, term.offer", "kim coach/absent of noor, kim offer by 48h")
	w.must(kim, w.accept(kim))
	w.saw(t, "term.accept", "sofie needs/asked")

	w = opened(t, skein.Verified) // and somebody who leaves before that turn comes
	w.order(noor, kim)
	w.claim(noor)
	w.claimAs(kim, skein.Claim{Coach: dario, With: wim})
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.leaves(t, dario, "person.gone", "kim coach/absent of dario")
	w.leaves(t, wim, "person.gone", "kim with/absent of wim")
	if c := w.claimOf(kim); c.State != skein.ClaimNotChosen || c.Coach != "" || c.With != "" {
		t.Errorf("%+v", c)
	}
}

func TestWhoWouldHaveClaimedAlongAndLeavesIsNotNamedAnyMore(t *testing.T) {
	t.Parallel()
	for _, said := range []bool{true, false} {
		w := opened(t, skein.Verified)
		w.claimAs(noor, skein.Claim{With: wim})
		if said {
			w.answered(wim, noor, true)
		}
		w.pass(7 * day)
		w.leaves(t, wim, "person.gone", "noor with/absent of wim")
		if c := w.claimOf(noor); c.With != "" || !c.WithAgreed.IsZero() {
			t.Errorf("%+v", c)
		}
		w.must(sofie, w.confirm())
		w.must(noor, w.accept(noor))
		w.saw(t, "pick.confirm, term.offer, term.accept, term.live", "ada led of noor, noor led/you, noor offer by 48h")
	}
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{With: wim, Coach: wim})
	w.claimAs(kim, skein.Claim{With: wim})
	w.leaves(t, wim, "person.gone", "kim with/absent of wim, noor coach/absent of wim, noor with/absent of wim")
}

func TestWhatWhoeverLeavesWasAskedForTheNearestStewardIsAskedFor(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.leaves(t, dario, "person.gone", "sofie needs/asked")
	if n := w.needs[0]; n.AskedOf != "" || n.Settled() {
		t.Errorf("%+v", n)
	}
	w.must(sofie, w.grant("boat"))
	w.leaves(t, sofie, "", "") // what is granted stays granted
	w = newWorld(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: sofie}}
	w.leaves(t, sofie, "", "") // nobody is asked for what a draft says
	w.publish()
	w.forget()
	w.pass(0)
	w.saw(t, "person.gone", "uma needs/asked")
	w = needing(t)
	w.must(ada, cancel("It rains."))
	w.leaves(t, dario, "", "")
}

func TestWhatWhoeverLeavesCouldDoWithoutIsAskedOfTheNearestSteward(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: noor}}
	w.must(noor, w.accept(noor))
	w.must(noor, w.waive("boat"))
	w.leaves(t, noor, "person.gone, term.end, project.reopen, window.open", "ada ended/left, sofie ended/left, sofie needs/asked")
	if n := w.needs[0]; n.Settled() || n.AskedOf != "" {
		t.Errorf("%+v", n)
	}
}

func TestAnInvitationOfWhoeverLeavesLapses(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.leaves(t, noor, "invite.lapse", "")
	if i := w.invites[0]; i.State != skein.InviteLapsed || !i.AnsweredAt.Equal(w.now) {
		t.Errorf("%+v", i)
	}
	w.leaves(t, kim, "invite.lapse, invite.send", "lee invite by 48h, mia invite by 48h")
}

func TestWhoLeavesLeavesTheTeamAndThePlacesBesideALead(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(zoe, join)
	w.must(mia, shadow)
	w.must(wim, askToCoLead)
	w.must(noor, w.answerCoLead(wim, true))
	w.must(kim, askToCoLead)
	w.now = w.now.Add(hour)
	w.leaves(t, zoe, "person.gone", "")
	w.leaves(t, mia, "person.gone, term.end", "")
	if m := w.team[0]; !m.LeftAt.Equal(w.now) {
		t.Errorf("%+v", m)
	}
	w.leaves(t, wim, "person.gone, term.end", "")
	w.leaves(t, kim, "person.gone", "")
	for p, want := range map[skein.PersonID]skein.TermState{wim: skein.TermEnded, kim: skein.TermLapsed} {
		if got := w.termOf(p, skein.CoLead); got.State != want || !got.EndedAt.Equal(w.now) {
			t.Errorf("%s: %+v", p, got)
		}
	}
	w.stands(t, "led taken: noor live")
}

func TestAnImportedLeadWhoLeavesHasNoClaim(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.terms = []skein.Term{{ID: "t", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermAccepted, NeedsBy: w.now.Add(day)}}
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: lee, WaivedBy: noor}}
	w.leaves(t, noor, "person.gone, term.lapse", "")
	if w.needs[0].WaivedBy != "" {
		t.Errorf("%+v", w.needs)
	}
}

func TestWhatIsSettledKeepsTheNameOfWhoeverLeaves(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: dario, GrantedBy: sofie}}
	w.must(noor, w.accept(noor))
	w.must(dario, join)
	w.leaves(t, dario, "person.gone", "")
	if w.claimOf(noor).Coach != dario || w.needs[0].AskedOf != dario || w.needs[1].AskedOf != dario {
		t.Errorf("%+v, %+v", w.claimOf(noor), w.needs)
	}
	w = offered(t, noor, kim)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: uma}}
	w.must(uma, join)
	w.must(kim, w.askReview(kim, "Why?"))
	w.must(ada, cancel("It rains."))
	w.forget()
	w.gone[uma] = true
	w.must(skeinItself, personGone(uma))
	w.saw(t, "review.pass_on", "adam review by 168h")
	if w.needs[0].AskedOf != uma || !w.team[0].LeftAt.IsZero() {
		t.Errorf("what is over stays as it was: %+v, %+v", w.needs, w.team)
	}
}

func TestACoachWhoLeavesWithoutAWordLeavesANeedOfSomebody(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor] = found{zone: skein.Stretch}
	w.claimAs(noor, skein.Claim{Coach: dario, Unscored: true, Why: "I know these pumps."})
	w.pass(7 * day)
	w.must(sofie, w.decide(w.claimOf(noor).ID, "She has the keys."))
	w.must(noor, w.accept(noor))
	w.leaves(t, dario, "person.gone", "noor coach/absent of dario, sofie needs/asked")
	if n := w.needs[0]; n.What != "somebody as a coach" || n.AskedOf != "" || n.Settled() {
		t.Errorf("%+v", n)
	}
}

// What somebody led who has left is looked after by others: they can end it, as nobody else can end a
// project that is open.
func TestWhoLooksAfterALeadThatWasLeftCanEndIt(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*world){
		"a steward says that it is done":        func(w *world) { w.must(uma, complete) },
		"an administrator says that it is done": func(w *world) { w.must(adam, complete) },
		"an administrator cancels it":           func(w *world) { w.must(adam, cancel("Nobody is left who knows it.")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := led(t, noor)
			w.refused(t, "refused", adam, cancel("Over her head."))
			w.refused(t, "refused", uma, complete)
			w.leaves(t, noor, "person.gone, term.end, project.reopen, window.open", "ada ended/left, sofie ended/left")
			w.refused(t, "refused", kim, complete)
			end(w)
			if !w.project.State.Over() {
				t.Errorf("it is %s", w.project.State)
			}
		})
	}
	w := opened(t, skein.Verified)
	w.refused(t, "refused", adam, cancel("Nobody wants it."))
	w.refused(t, "refused", sofie, complete)
}
