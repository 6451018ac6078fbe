package lead_test

import (
	"slices"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// goesAway is when somebody notes a leave, from today for so many days more, and the clock acts.
func (w *world) goesAway(t *testing.T, p skein.PersonID, days int, events, notices string) {
	t.Helper()
	w.forget()
	w.away[p] = skein.Day(w.now).AddDate(0, 0, days)
	w.pass(0)
	w.saw(t, events, notices)
	before := w.store.clone()
	w.pass(0)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.PersonAway(by, p) })
	w.saw(t, "", "")
	if diff := differs(before, w.store); diff != "" {
		t.Error(diff)
	}
}

func TestACheckPassesOnWhenWhoWasAskedIsAwayForTheRestOfTheTime(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.goesAway(t, sofie, 1, "", "") // she is back on the last day
	w.goesAway(t, sofie, 2, "person.away, pick.pass_on", "uma check by 48h")
	if p := w.pick(); p.AskedOf != uma || !slices.Equal(p.PassedOn, []skein.PersonID{sofie}) {
		t.Errorf("%+v", p)
	}
	w.now = w.now.Add(47 * hour) // an hour is left of it
	w.goesAway(t, uma, 0, "", "")
	w.goesAway(t, uma, 1, "person.away, pick.pass_on", "adam check by 48h")
	w.goesAway(t, adam, 2, "person.away, pick.unchecked, term.offer", "noor offer by 48h")
}

func TestAReviewPassesOnWhenWhoWasAskedIsAwayForTheRestOfTheTime(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "Why?"))
	w.must(noor, w.decline(noor))
	w.must(kim, w.decline(kim)) // claims go on in another window
	w.goesAway(t, uma, 6, "", "")
	w.goesAway(t, uma, 7, "review.pass_on", "adam review by 168h")
	w.goesAway(t, adam, 9, "review.unanswered", "kim reviewed/nobody")
}

func TestANeedGoesToANearestStewardWhoIsThere(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.needs[0].AnswerBy = w.now.Add(7 * day)
	w.goesAway(t, dario, 6, "", "")
	w.away[sofie] = skein.Day(w.now).AddDate(0, 0, 14)
	w.goesAway(t, dario, 7, "person.away", "uma needs/asked")
	if n := w.needs[0]; n.AskedOf != "" || n.Settled() {
		t.Errorf("%+v", n)
	}
	w = needing(t)
	w.away[sofie], w.away[uma] = skein.Day(w.now).AddDate(0, 0, 14), skein.Day(w.now).AddDate(0, 0, 14)
	w.goesAway(t, dario, 30, "person.away", "") // the stewards find it when they are back
	w = needing(t)
	w.needs[0].AskedOf, w.needs[0].AnswerBy = sofie, w.now.Add(-day)
	w.goesAway(t, sofie, 20, "person.away", "uma needs/asked")
	w = needing(t)
	w.needs[0].AnswerBy = w.now.Add(day)
	w.must(ada, cancel("It rains."))
	w.goesAway(t, dario, 30, "", "") // nobody is asked for what is over
}

func TestNobodyWhoIsAwayIsAskedForANeedAsItIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.needs = []skein.Need{
		{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario},
		{ID: "time", Project: "p", Kind: skein.NeedHours, What: "two hours"},
	}
	w.away[dario], w.away[sofie] = skein.Day(w.now).AddDate(0, 0, 30), skein.Day(w.now).AddDate(0, 0, 14)
	w.goesAway(t, dario, 30, "", "") // nothing is asked by a draft
	w.publish()
	w.saw(t, "project.publish, window.open", "uma needs/asked") // once for a project
	if w.needs[0].AskedOf != "" {
		t.Errorf("%+v", w.needs[0])
	}
}

func TestAnInvitationOfWhoIsAwayForTheRestOfTheTimeLapses(t *testing.T) {
	t.Parallel()
	w := asking(t)
	w.goesAway(t, noor, 1, "", "")
	w.goesAway(t, noor, 2, "invite.lapse", "")
	if i := w.invites[0]; i.State != skein.InviteLapsed || !i.AnsweredAt.Equal(w.now) {
		t.Errorf("%+v", i)
	}
	w.goesAway(t, kim, 2, "invite.lapse, invite.send", "lee invite by 48h, mia invite by 48h")
}

func TestWhoIsNamedInAClaimAndAwayUntilTheCloseIsNamedNoMore(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor] = found{zone: skein.Stretch}
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario})
	w.claimAs(kim, skein.Claim{With: wim})
	w.answered(wim, kim, true)
	w.goesAway(t, dario, 6, "", "")
	w.goesAway(t, dario, 7, "person.away", "noor coach/absent of dario")
	w.goesAway(t, wim, 40, "person.away", "noor with/absent of wim")
	if c := w.claimOf(noor); c.With != "" || c.Coach != "" || c.State != skein.ClaimSubmitted {
		t.Errorf("%+v", c)
	}
	if c := w.claimOf(kim); c.With != wim { // who agreed, agreed
		t.Errorf("%+v", c)
	}
	for field, typed := range map[string]skein.Claim{"with": {With: wim}, "coach": {Coach: dario}} {
		if got := sort(w.send(lee, lee, sending(typed, true))); got != "invalid "+field {
			t.Errorf("%s: %s", field, got)
		}
	}
	w.away[dario] = skein.Day(w.now).AddDate(0, 0, 6)
	if err := w.send(kim, kim, sending(skein.Claim{With: wim, Coach: dario}, true)); err != nil {
		t.Error(err)
	}
}

func TestACoachWhoIsAwayBeforeTheyWereHeardLeavesANeedOfSomebody(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.found[noor] = found{zone: skein.Stretch}
	w.claimAs(noor, skein.Claim{Coach: dario, Unscored: true, Why: "I know these pumps."})
	w.pass(7 * day)
	w.must(sofie, w.decide(w.claimOf(noor).ID, "She has the keys."))
	w.must(noor, w.accept(noor))
	w.goesAway(t, dario, 14, "person.away", "noor coach/absent of dario, sofie needs/asked")
	if n := w.needs[0]; n.What != "somebody as a coach" || n.AskedOf != "" || n.Settled() {
		t.Errorf("%+v", n)
	}
}

func TestWhoIsAwayKeepsWhatTheyHoldAndWereOffered(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.goesAway(t, noor, 13, "", "")
	w.stands(t, "led taken: noor live")
	w = offered(t, noor, kim)
	w.goesAway(t, noor, 2, "", "") // the offer's own clock passes it on
	w.stands(t, "open picked: kim not_chosen, noor offered")
}
