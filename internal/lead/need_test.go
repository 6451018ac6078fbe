package lead_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// needing is a world whose lead was accepted by noor and waits for five boats, asked of dario, and for a
// budget, asked of nobody by name. Kim is next.
func needing(t *testing.T) *world {
	t.Helper()
	w := offered(t, noor, kim)
	boats := 5.0
	w.needs = []skein.Need{
		{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "boats", Amount: &boats, AskedOf: dario},
		{ID: "budget", Project: "p", Kind: skein.NeedBudget, What: "10,000"},
	}
	w.must(noor, w.accept(noor))
	w.saw(t, "term.accept", "dario needs/waits")
	w.stands(t, "open picked: kim not_chosen, noor accepted")
	return w
}

func TestALeadBeginsWhenNothingTheyNeedIsOpen(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(dario, w.grant("boat"))
	w.saw(t, "need.grant", "noor needs/granted")
	w.must(noor, w.waive("budget"))
	w.saw(t, "need.waive, term.live", "ada led of noor, noor led/you")
	if n := w.needs[0]; n.GrantedBy != dario || !n.GrantedUntil.Equal(w.project.EndOn) {
		t.Errorf("%+v", n)
	}
	if n := w.needs[1]; n.WaivedBy != noor || !n.WaivedAt.Equal(w.now) {
		t.Errorf("%+v", n)
	}
}

func TestWhoGrantsANeed(t *testing.T) {
	t.Parallel()
	for p, want := range map[skein.PersonID]string{
		dario: "fine", sofie: "fine", uma: "fine", kim: "refused", noor: "refused", skeinItself: "refused", adam: "refused",
	} {
		w := needing(t)
		if got := sort(w.do(p, w.grant("boat"))); got != want {
			t.Errorf("%s: %s, want %s", p, got, want)
		}
	}
	w := needing(t)
	executive := func(l *lead.Lead, by skein.By) error { return l.Grant(by, "budget", true, skein.Date{}) }
	w.refused(t, "refused", mia, executive)
	w.stewards = slices.DeleteFunc(slices.Clone(w.stewards), func(s lead.Steward) bool { return !s.Left })
	w.must(mia, executive)
	w.saw(t, "need.grant", "noor needs/granted")
	w.refused(t, "conflict", mia, executive)
	w.refused(t, "conflict", noor, w.waive("budget"))
	w.refused(t, "not found", mia, w.grant("nothing"))
	w.refused(t, "not found", noor, w.waive("nothing"))
}

func TestOnlyWhoAcceptedDoesWithout(t *testing.T) {
	t.Parallel()
	w := needing(t)
	for _, p := range []skein.PersonID{kim, sofie, ada, skeinItself} {
		w.refused(t, "refused", p, w.waive("boat"))
	}
	w.must(noor, w.waive("boat"))
	w.saw(t, "need.waive", "")
	w.refused(t, "conflict", noor, w.waive("boat"))
	w.refused(t, "conflict", dario, w.grant("boat"))
}

func TestANeedIsGrantedUntilADay(t *testing.T) {
	t.Parallel()
	w := needing(t)
	until := skein.Day(w.now).AddDate(0, 0, 3)
	w.must(dario, func(l *lead.Lead, by skein.By) error { return l.Grant(by, "boat", false, until) })
	if n := w.needs[0]; !n.GrantedUntil.Equal(until) {
		t.Errorf("%+v", n)
	}
	w.project.EndOn = skein.Day(w.now).AddDate(0, 0, -1)
	w.must(sofie, w.grant("budget"))
	if n := w.needs[1]; !n.GrantedUntil.IsZero() {
		t.Errorf("until a day that has passed: %+v", n)
	}
}

func TestBeforeAnybodyAcceptedTheProposerHearsOfAGrant(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: dario}, {ID: "crew", Project: "p", AskedOf: ada}}
	w.must(dario, w.grant("boat"))
	w.saw(t, "need.grant", "ada needs/granted")
	w.must(ada, w.grant("crew"))
	w.saw(t, "need.grant", "")
	w.refused(t, "refused", noor, w.waive("crew"))
}

func TestOfTwoLeadsItIsTheComingOnesNeed(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.claim(kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: kim}}
	w.must(kim, w.accept(kim))
	w.saw(t, "term.hand_over, window.open, claim.submit, window.close, pick.make, pick.confirm, term.offer, term.accept",
		"kim offer by 48h, sofie check by 48h")
	w.refused(t, "refused", noor, w.waive("boat"))
	w.must(kim, w.waive("boat"))
	w.saw(t, "need.waive", "noor handover/writes of kim by 168h")
	w.handsOver(noor, kim)
	w.saw(t, "handover.sign, term.end, term.live", "ada led of kim, kim led/you, noor led/handed")
}

func TestNeedsThatStayOpenPassTheLeadOn(t *testing.T) {
	t.Parallel()
	w := needing(t)
	w.must(noor, w.waive("budget"))
	w.forget()
	w.must(dario, w.none("boat", "It was sold."))
	w.saw(t, "need.no", "noor needs/no")
	w.pass(14*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "term.lapse, pick.next, term.offer", "kim offer by 48h, noor lapsed/needs")
	w.stands(t, "open picked: kim offered, noor lapsed")
	if n := w.needs[1]; n.WaivedBy != "" || !n.WaivedAt.IsZero() {
		t.Errorf("what one did without, the next may need: %+v", n)
	}
}

// stretch is a world in which noor, for whom it is a stretch, was offered the lead: dario has said yes
// to coaching. Kim is next.
func stretch(t *testing.T) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	w.found[noor] = found{zone: skein.Stretch, place: 1}
	w.claimAs(noor, skein.Claim{Coach: dario})
	w.claim(kim)
	w.answered(dario, noor, true)
	w.now = w.now.Add(1)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	return w
}

func TestTheCoachOfAStretchIsANeedThatIsGranted(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	said := w.claimOf(noor).CoachAgreed
	w.must(noor, w.accept(noor))
	w.saw(t, "term.accept, term.live", "ada led of noor, noor led/you")
	n := w.needs[0]
	want := skein.Need{
		ID: n.ID, Project: "p", Kind: skein.NeedCoach, What: "DARIO as a coach", AskedOf: dario,
		AnswerBy: w.now.Add(7 * day), GrantedBy: dario, GrantedAt: said, Claim: w.claimOf(noor).ID,
	}
	if !reflect.DeepEqual(n, want) || said.Equal(w.now) {
		t.Errorf("%+v", n)
	}
}

// coachless is a world in which noor has accepted a stretch, and the coach has said no since the pick.
func coachless(t *testing.T) *world {
	t.Helper()
	w := stretch(t)
	w.must(dario, w.answer(noor, false))
	w.saw(t, "claim.beside", "noor coach/no of dario")
	w.must(noor, w.accept(noor))
	w.saw(t, "term.accept", "sofie needs/asked")
	return w
}

func TestACoachsNoAfterThePickLeavesANeedOfSomebody(t *testing.T) {
	t.Parallel()
	w := coachless(t)
	n := w.needs[0]
	want := skein.Need{
		ID: n.ID, Project: "p", Kind: skein.NeedCoach, What: "somebody as a coach",
		AnswerBy: w.now.Add(7 * day), Claim: w.claimOf(noor).ID,
	}
	if !reflect.DeepEqual(n, want) {
		t.Errorf("%+v", n)
	}
	w.refused(t, "refused", dario, w.grant(n.ID))
	w.must(sofie, w.grant(n.ID))
	w.saw(t, "need.grant, term.live", "ada led of noor, noor led/you, noor needs/granted")
}

func TestOnesStretchGoesOnWithoutACoachWhereTheySaySo(t *testing.T) {
	t.Parallel()
	w := coachless(t)
	w.must(noor, w.waive(w.needs[0].ID))
	w.saw(t, "need.waive, term.live", "ada led of noor, noor led/you")
}

func TestACoachsNoWhileOtherNeedsAreOpenAsksTheNearestSteward(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	w.stewards[0].Person, w.gone[sofie] = sofie, true // uma is the nearest who is here
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: lee}}
	w.must(noor, w.accept(noor))
	w.forget()
	w.must(dario, w.answer(noor, false))
	w.saw(t, "claim.beside", "noor coach/no of dario, uma needs/asked")
	w.stands(t, "open picked: kim not_chosen, noor accepted")
	if n := w.needs[1]; n.Settled() || n.AskedOf != "" || n.What != "somebody as a coach" || !n.GrantedAt.IsZero() {
		t.Errorf("%+v", n)
	}
	w.refused(t, "not found", dario, w.answer(noor, true))
	w.must(noor, w.decline(noor))
	if len(w.needs) != 1 {
		t.Errorf("a need outlived whose it was: %+v", w.needs)
	}
}

func TestWhoDidWithoutACoachIsNotAskedForAnother(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: lee}}
	w.must(noor, w.accept(noor))
	w.needs[1].GrantedBy, w.needs[1].WaivedBy = "", noor
	w.forget()
	w.must(dario, w.answer(noor, false))
	w.saw(t, "claim.beside", "noor coach/no of dario")
	if n := w.needs[1]; n.AskedOf != dario || !n.Settled() {
		t.Errorf("%+v", n)
	}
}

func TestTheCoachGoesWithWhoeverNeededThem(t *testing.T) {
	t.Parallel()
	w := coachless(t)
	w.must(noor, w.decline(noor))
	if len(w.needs) != 0 {
		t.Errorf("%+v", w.needs)
	}
	w.forget()
	w.must(kim, w.accept(kim))
	w.saw(t, "term.accept, term.live", "ada led of kim, kim led/you")
}

func TestWhoIsReadyNeedsNoCoach(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{Coach: dario})
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.forget()
	w.must(noor, w.accept(noor))
	w.saw(t, "term.accept, term.live", "ada led of noor, noor led/you")
}

func TestOnTrustALeadWaitsForItsNeedsToo(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: noor}, {ID: "crew", Project: "p", AskedOf: dario}}
	w.claim(noor)
	w.pass(day)
	w.saw(t, "claim.submit, window.close, pick.make, term.offer", "dario needs/waits")
	term := w.termOf(noor, skein.Primary)
	if term.State != skein.TermAccepted || !term.NeedsBy.IsZero() || term.AnsweredAt == (time.Time{}) {
		t.Errorf("%+v", term)
	}
}

// A steward who asks for what they would grant does not ask themselves while there is another.
func TestAStewardsOwnRequestGoesToTheNearestOther(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stewards []lead.Steward
		asked    skein.PersonID
		told     string
	}{
		"another of the circle":  {[]lead.Steward{{Person: sofie}, {Person: wim}, {Person: uma, Depth: 1}}, wim, "wim needs/asked"},
		"one above":              {[]lead.Steward{{Person: sofie}, {Person: uma, Depth: 1}}, uma, "uma needs/asked"},
		"nobody but they":        {[]lead.Steward{{Person: sofie}}, "", ""},
		"another, who has left":  {[]lead.Steward{{Person: sofie}, {Person: uma, Left: true}}, "", ""},
		"another is the nearest": {[]lead.Steward{{Person: wim}, {Person: sofie}}, "", "wim needs/asked"},
	} {
		w := newWorld(t)
		w.project.ProposedBy, w.stewards = sofie, c.stewards
		w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat"}}
		w.must(sofie, func(l *lead.Lead, by skein.By) error {
			_, err := l.Publish(by, nil)
			return err
		})
		if got := w.needs[0].AskedOf; got != c.asked {
			t.Errorf("%s: asked of %q", name, got)
		}
		w.saw(t, "project.publish, window.open", c.told)
	}
}

// What somebody proposes does not touch whom a claim named.
func TestTheCoachStaysWhenWhatIsProposedChanges(t *testing.T) {
	t.Parallel()
	w := stretch(t)
	w.must(noor, w.accept(noor))
	coach := w.needs[0]
	w.must(noor, stepDown)
	w.must(ada, func(l *lead.Lead, by skein.By) error {
		_, err := l.Edit(by, func(p *skein.Proposal) error {
			if len(p.Needs) != 0 {
				t.Errorf("the coach is proposed: %+v", p.Needs)
			}
			p.Needs = []skein.Need{{Kind: skein.NeedTools, What: "a boat", AskedOf: lee}}
			return nil
		})
		return err
	})
	if n := w.needs[len(w.needs)-1]; len(w.needs) != 2 || !reflect.DeepEqual(n, coach) {
		t.Errorf("%+v", w.needs)
	}
}
