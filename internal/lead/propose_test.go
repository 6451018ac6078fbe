package lead_test

import (
	"errors"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// editing is a verb that changes what was proposed, and notes whether claims gather anew.
func editing(moved *bool, change func(*skein.Proposal)) verb {
	return func(l *lead.Lead, by skein.By) (err error) {
		*moved, err = l.Edit(by, func(p *skein.Proposal) error {
			change(p)
			return nil
		})
		return err
	}
}

func TestPublishingOpensADraftForClaims(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.needs = []skein.Need{
		{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario},
		{ID: "crew", Project: "p", Kind: skein.NeedPeople, What: "two hands"},
		{ID: "money", Project: "p", Kind: skein.NeedBudget, What: "10,000"},
		{ID: "ours", Project: "p", Kind: skein.NeedSponsor, What: "a sponsor", AskedOf: ada},
		{ID: "given", Project: "p", Kind: skein.NeedHours, What: "a day", AskedOf: kim, GrantedBy: kim},
	}
	w.publish()
	w.saw(t, "project.publish, window.open", "dario needs/asked, sofie needs/asked")
	w.stands(t, "open open: ")
	if !w.project.PublishedAt.Equal(w.now) || w.project.Version != 2 {
		t.Errorf("%+v", w.project)
	}
	for i, n := range w.needs {
		if want := w.now.Add(7 * day); n.Settled() != n.AnswerBy.IsZero() || !n.Settled() && !n.AnswerBy.Equal(want) {
			t.Errorf("%d: %+v", i, n)
		}
	}
	win := w.present("")
	if win.Number != 1 || win.Seed == "" || !win.ClosesAt.Equal(w.now.Add(7*day)) || win.Phase != "ph" || win.Project != "p" {
		t.Errorf("%+v", win)
	}
}

func TestAWindowOnTrustHasNoEndOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.project.Trust = skein.Open
	w.publish()
	if _, ok := w.events[1].Details["closes_at"]; ok || !w.present("").ClosesAt.IsZero() {
		t.Errorf("%+v", w.events[1])
	}
}

func TestWhoPublishesWhat(t *testing.T) {
	t.Parallel()
	publish := func(l *lead.Lead, by skein.By) error {
		_, err := l.Publish(by, nil)
		return err
	}
	for p, want := range map[skein.PersonID]string{
		ada: "fine", sofie: "fine", uma: "fine", adam: "refused", noor: "refused", skeinItself: "refused",
	} {
		w := newWorld(t)
		if got := sort(w.do(p, publish)); got != want {
			t.Errorf("%s: %s, want %s", p, got, want)
		}
	}
	w := newWorld(t)
	w.project.Purpose, w.project.EndOn = "", skein.Day(w.now)
	w.refused(t, "invalid purpose end", ada, publish)
	w = newWorld(t)
	w.phase.Requirements = nil
	w.refused(t, "invalid requirements", ada, publish)
	w.must(ada, func(l *lead.Lead, by skein.By) error {
		_, err := l.Publish(by, []skein.Requirement{{Skill: "calm"}})
		return err
	})
	w.forget()
	w.refused(t, "invalid state requirements", ada, publish)
	w = led(t, noor)
	w.refused(t, "conflict", ada, publish)
	l := w.load(w.by(ada), "")
	l.Proposal = nil
	if got := sort(publish(l, w.by(ada))); got == "fine" {
		t.Error("published what was not loaded")
	}
	if _, err := l.Edit(w.by(ada), nil); err == nil {
		t.Error("changed what was not loaded")
	}
}

func TestAGuardrailThatSaysNoIsNotedAndNothingElseChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rules.Guardrails = []lead.Guardrail{
		{Guardrail: skein.Guardrail{Kind: skein.LongestTerm, Number: 3}},
		{Guardrail: skein.Guardrail{Kind: skein.LongestTerm, Number: 12}, Answers: skein.Answers{OwnerName: "Judith Amadi"}},
		{Guardrail: skein.Guardrail{Kind: skein.PriorityNamed}, Answers: skein.Answers{OwnerName: "Judith Amadi"}},
	}
	before := w.store.clone()
	var results []skein.GuardrailResult
	w.must(ada, func(l *lead.Lead, by skein.By) (err error) {
		results, err = l.Publish(by, nil)
		return err
	})
	w.saw(t, "project.refuse, project.refuse", "")
	if len(results) != 3 || results[0].Pass || !results[1].Pass || results[2].Pass || results[2].Who[:6] != "Judith" {
		t.Errorf("%+v", results)
	}
	if len(w.refusals) != 2 || w.refusals[0].Guardrail.Kind != skein.LongestTerm {
		t.Errorf("%+v", w.refusals)
	}
	w.refusals = nil
	if diff := differs(before, w.store); diff != "" {
		t.Error(diff)
	}
}

func TestAChangeThatBearsOnClaimsMakesThemGatherAnew(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor, kim, ada)
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	w.forget()
	w.now = w.now.Add(day)
	moved := false
	w.must(ada, editing(&moved, func(p *skein.Proposal) {
		p.Phase.Situation.Stakes = 5
		p.Needs = append(p.Needs, skein.Need{Kind: skein.NeedTools, What: "a boat", AskedOf: dario})
	}))
	w.saw(t, "project.update, window.open", "dario needs/asked, kim restarted, noor restarted")
	w.stands(t, "open open: ada submitted, kim submitted, noor submitted, zoe draft")
	win := w.present("")
	if !moved || win.Number != 2 || !win.ClosesAt.Equal(w.now.Add(7*day)) || w.claimOf(zoe).Window != win.ID || w.claimOf(noor).Window != win.ID {
		t.Errorf("moved %v, %+v", moved, win)
	}
	if n := w.needs[0]; n.ID == "" || n.Project != "p" || w.project.Version != 3 || w.phase.Situation.Stakes != 5 {
		t.Errorf("%+v", n)
	}
}

func TestAClaimOnTrustThatIsCarriedOverStartsTheClockAgain(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.claim(noor)
	w.now = w.now.Add(hour)
	moved := false
	w.must(ada, editing(&moved, func(p *skein.Proposal) { p.Phase.Situation.Stakes = 5 }))
	if ends := w.ends(); !ends.Equal(w.now.Add(day)) {
		t.Errorf("it closes %v", ends)
	}
}

func TestAChangeThatBearsOnNothingLeavesClaimsAlone(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor)
	w.forget()
	moved := true
	w.must(sofie, editing(&moved, func(p *skein.Proposal) { p.Project.Title = "Night Pressure, North" }))
	w.saw(t, "project.update", "")
	if moved || w.project.Title != "Night Pressure, North" || w.present("").Number != 1 {
		t.Errorf("moved %v, %+v", moved, w.project)
	}
}

func TestADraftIsChangedInSilence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	moved := true
	w.must(ada, editing(&moved, func(p *skein.Proposal) { p.Phase.Situation.Stakes = 5 }))
	w.saw(t, "project.update", "")
	if moved || w.phase.Situation.Stakes != 5 {
		t.Errorf("moved %v", moved)
	}
}

// Once claims have closed nothing moves what they are being decided by, at whichever step that is: whose turn
// comes would be passed over for hours that were raised, or hold more than they can.
func TestWhatClaimsWereSentForStandsFromTheCloseUntilSomebodyLeads(t *testing.T) {
	t.Parallel()
	hours := func(n float64) verb {
		return editing(new(bool), func(p *skein.Proposal) { p.Project.HoursPerWeek = &n })
	}
	for name, w := range map[string]*world{"checked": picked(t, noor, kim), "offered": offered(t, noor, kim), "accepted": coachless(t)} {
		before := w.store.clone()
		for _, p := range []skein.PersonID{ada, sofie} {
			w.refused(t, "conflict", p, stakes(1))
			w.refused(t, "conflict", p, hours(39))
		}
		if diff := differs(before, w.store); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		w.must(ada, editing(new(bool), func(p *skein.Proposal) { p.Project.Title = "Night Pressure, North" }))
	}
}

// What is published stays whole and within the guardrails; what was out of them before may be changed
// otherwise.
func TestAChangeDoesNotTakeWhatIsPublishedOutOfTheGuardrails(t *testing.T) {
	t.Parallel()
	for field, change := range map[string]func(*skein.Proposal){
		"priority":    func(p *skein.Proposal) { p.Project.Priority = "" },
		"end":         func(p *skein.Proposal) { p.Project.EndOn = p.Project.EndOn.AddDate(2, 0, 0) },
		"hours":       func(p *skein.Proposal) { p.Project.HoursPerWeek = nil },
		"uncertainty": func(p *skein.Proposal) { p.Phase.Situation.Uncertainty = skein.Unclear },
	} {
		w := opened(t, skein.Verified)
		w.project.Priority = "leaks"
		w.rules.Guardrails = []lead.Guardrail{
			{Guardrail: skein.Guardrail{Kind: skein.PriorityNamed}}, {Guardrail: skein.Guardrail{Kind: skein.LongestTerm, Number: 12}},
		}
		w.refused(t, "invalid "+field, ada, editing(new(bool), change))
		w.project.State = skein.Draft
		w.must(ada, editing(new(bool), change))
		w.project.State = skein.OpenForLead // as an import may have made it
		w.must(ada, editing(new(bool), func(p *skein.Proposal) { p.Project.Title = "Night Pressure, North" }))
	}
}

func TestWhoChangesWhat(t *testing.T) {
	t.Parallel()
	moved := false
	title := func(title string) verb { return editing(&moved, func(p *skein.Proposal) { p.Project.Title = title }) }
	w := opened(t, skein.Verified)
	for _, p := range []skein.PersonID{noor, adam, skeinItself} {
		w.refused(t, "refused", p, title("Mine"))
	}
	w.refused(t, "invalid title", ada, title(" "))
	w.refused(t, "conflict", ada, func(l *lead.Lead, by skein.By) error {
		_, err := l.Edit(by, func(*skein.Proposal) error { return skein.Conflict{Why: "Somebody changed it meanwhile."} })
		return err
	})
	w.must(ada, editing(&moved, func(p *skein.Proposal) {
		p.Project.ID, p.Project.State, p.Phase.ID = "q", skein.Completed, "other"
	}))
	if w.project.ID != "p" || w.project.State != skein.OpenForLead || w.phase.ID != "ph" {
		t.Errorf("a form changed what is none of its fields: %+v", w.project)
	}
	w = led(t, noor)
	w.refused(t, "conflict", ada, title("Mine"))
}

func TestTrustThatIsChangedHoldsAtOnce(t *testing.T) {
	t.Parallel()
	for until, ends := range map[int]bool{0: false, 1: false, -1: true} { // in days; 0: for good
		w := opened(t, skein.Verified)
		moved := false
		w.must(ada, editing(&moved, func(p *skein.Proposal) {
			p.Project.Trust, p.Phase.Situation.Stakes = skein.Open, 5
			if until != 0 {
				p.Project.TrustUntil = skein.Day(w.now).AddDate(0, 0, until)
			}
		}))
		if got := !w.present("").ClosesAt.IsZero(); got != ends {
			t.Errorf("on trust until %d days from now: its window has an end: %v", until, got)
		}
	}
}

func TestAnAggregateReportsWhatTheStoreReports(t *testing.T) {
	t.Parallel()
	fault := errors.New("the connection is gone")
	w := opened(t, skein.Verified)
	w.claim(noor)
	w.now = w.now.Add(7 * day)
	broken := lead.Port{Judge: lead.Judge{
		Claims: func(skein.Window, []skein.Claim, []skein.ClaimID) ([]skein.Judged, error) { return nil, fault },
		Invite: func(skein.Window, []skein.PersonID) ([]skein.PersonID, error) { return nil, fault },
	}, ID: w.id, Seed: w.id}
	for _, claimed := range []bool{true, false} {
		l := w.load(w.by(skeinItself), "")
		if !claimed {
			l.Claims = nil
		}
		l.Bind(broken)
		if err := l.Close(w.by(skeinItself)); !errors.Is(err, fault) {
			t.Errorf("claimed %v: %v", claimed, err)
		}
	}
}

func TestAProposalThatMovesAsksTheStewardOfTheOtherCircle(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Weighed)
	w.others = map[skein.CircleID][]lead.Steward{"customers": {{Person: zoe}}}
	w.forget()
	w.must(ada, func(l *lead.Lead, by skein.By) error {
		_, err := l.Edit(by, func(p *skein.Proposal) error {
			p.Project.Circle = "customers"
			p.Needs = append(p.Needs, skein.Need{Kind: skein.NeedTools, What: "a van"})
			return nil
		})
		return err
	})
	w.saw(t, "project.update, window.open", "zoe needs/asked")
}

func TestWhatElseAProposalSaysOfTheLeadMovesClaimsToo(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(p *skein.Proposal){
		"trust":              func(p *skein.Proposal) { p.Project.Trust = skein.Weighed },
		"until when":         func(p *skein.Proposal) { p.Project.TrustUntil = p.Project.EndOn },
		"the team":           func(p *skein.Proposal) { p.Project.Circle = "customers" },
		"nothing of it":      func(p *skein.Proposal) { p.Project.TrustReason = "They know the pumps." },
		"the hours":          func(p *skein.Proposal) { n := 1.5; p.Project.HoursPerWeek = &n },
		"the reason, simply": func(p *skein.Proposal) { p.Project.Purpose = "No bursts." },
	} {
		for _, claimed := range []bool{true, false} {
			w := opened(t, skein.Verified)
			if claimed {
				w.claim(noor)
			}
			moved := false
			w.must(ada, editing(&moved, change))
			want := name == "trust" || name == "until when" || name == "the team" || name == "the hours"
			if moved != want || (w.present("").Number == 2) != want {
				t.Errorf("%s: moved %v, claimed %v", name, moved, claimed)
			}
		}
	}
}

// stakes changes what a lead is about.
func stakes(n int) verb {
	return editing(new(bool), func(p *skein.Proposal) { p.Phase.Situation.Stakes = n })
}

func TestAChangeStartsClaimsAgainTwiceAtMostUntilTheyClose(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.must(ada, stakes(4))
	w.must(ada, stakes(5))
	w.forget()
	before := w.store.clone()
	w.refused(t, "conflict", ada, stakes(1))
	w.refused(t, "conflict", sofie, stakes(1))
	if diff := differs(before, w.store); diff != "" {
		t.Error(diff)
	}
	w.must(ada, editing(new(bool), func(p *skein.Proposal) { p.Project.Title = "Night Pressure, North" }))
	w.saw(t, "project.update", "")
	w.claim(noor)
	w.pass(7 * day)
	w.must(sofie, w.giveBack("The wrong skill."))
	w.forget()
	if got := w.present("").Restarts; got != 0 {
		t.Errorf("they have closed since, and %d are counted", got)
	}
	w.must(ada, stakes(2))
	w.must(ada, stakes(3))
	w.forget()
	w.refused(t, "conflict", ada, stakes(4))
}

func TestTheCloseOfAWindowThatNobodyClaimedCountsAsOne(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.must(ada, stakes(4))
	w.must(ada, stakes(5))
	w.pass(7 * day)
	w.stands(t, "open open: ")
	if got := w.present("").Restarts; got != 0 {
		t.Errorf("%d restarts", got)
	}
	w.must(ada, stakes(1))
	if got := w.present("").Restarts; got != 1 {
		t.Errorf("%d restarts", got)
	}
}

func TestADraftIsChangedAsOftenAsOneLikes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 5 {
		w.must(ada, stakes(1+i))
	}
}
