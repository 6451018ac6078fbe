package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// valves makes somebody ready for Meter Letters: a skill that it asks for, seen by two colleagues.
func (h *house) valves(person skein.PersonID) {
	h.Helper()
	h.exec(`insert into skill (id, name) values ('letters', 'Plain writing') on conflict do nothing`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level, must)
		values ('00000000-0000-7000-8000-000000000002', 'letters', 5, 3, true) on conflict do nothing`)
	for _, giver := range []string{"marta-lind", "noor-basri"} {
		h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by)
			values ($1, 'letters', 'peer', 4, $2::date - 30, $3)`, person, wall, giver)
	}
}

func TestTheBoardIsForThoseSignedIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.anonymous().get(path.Leads).goesTo(path.SignIn + "?next=%2Fleads")
	teo := h.as(h.cast()[asStaff])
	h.breaks("claim_window")
	teo.get(path.Leads).is(http.StatusInternalServerError).silent()
}

func TestTheBoardSaysHowOneStands(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.valves(people[asStaff])
	page := h.as(people[asStaff]).get(path.Leads).is(http.StatusOK)
	page.says("#lead-meter-letters .name", "Meter Letters").
		says("#lead-meter-letters .why", "Plain writing: Marta and Noor, April.").
		says("#lead-meter-letters .side", "18 May, 09:00").
		says("#lead-night-pressure .with-bird", "Ines Calder leads")
	h.as(people[asLead]).get(path.Leads).is(http.StatusOK).says("#lead-meter-letters .why", "Not yet").
		has(0, "#lead-night-pressure")
}

func TestTheBoardsFiltersLiveInTheAddress(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo := h.as(people[asStaff])
	h.circle("River", "")
	for query, found := range map[string]int{
		"": 1, "?team=leaks": 1, "?team=river": 0, "?priority=leaks-down": 1, "?priority=other": 0, "?hours=4": 1, "?hours=2": 0,
		"?closing=today": 0, "?closing=week": 1, "?closing=taken": 0, "?like=complex": 1, "?like=clear": 0, "?like=undo": 0,
		"?q=letters": 1, "?q=lett": 1, "?q=dogs": 0, "?sort=closing": 1, "?sort=priority": 1, "?sort=newest": 1, "?sort=nonsense": 1,
		"?hours=nonsense": 1, "?like=nonsense": 1, "?closing=nonsense": 1, "?after=nowhere": 0,
	} {
		page := teo.get(path.Leads + query).is(http.StatusOK)
		shown := page.Find("#lead-meter-letters").Length()
		between := strings.Contains(page.said("#lead-meter-letters .act"), "at most") ||
			strings.Contains(page.said("#lead-meter-letters .act"), "outside") || strings.Contains(page.said("#lead-meter-letters .act"), "does not say")
		switch {
		case query == "?after=nowhere":
		case found == 1 && (shown != 1 || between):
			t.Errorf("%s: it is not found", query)
		case found == 0 && (shown != 1 || !between):
			t.Errorf("%s: the page is empty, or does not say what stands between", query)
		}
	}
	teo.get(path.Leads+"?hours=2").says("#lead-meter-letters .note", "It asks 4 hours a week; you asked for 2 hours at most.").
		has(1, `.opening a[href="/leads"]`)
}

func TestTheBoardIsNeverEmpty(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from project`)
	h.as(people[asStaff]).get(path.Leads).is(http.StatusOK).says(".empty", "No lead is open just now").
		has(1, `.empty a[href="`+path.NewProject+`"]`)
}

func TestTheBoardGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into project (id, title, state, published_at, hours_per_week)
		select 'lead-' || n, 'Lead ' || n, 'open', $1, 2 from generate_series(10, 54) n`, wall)
	h.exec(`insert into phase (project_id) select id from project where id like 'lead-%'`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		select project_id, id, $1, $1::timestamptz + interval '3 days', '' from phase where project_id like 'lead-%'`, wall)
	teo := h.as(people[asStaff])
	for _, order := range []string{"", "closing", "priority", "newest"} {
		seen := map[string]bool{}
		next := path.Leads + "?sort=" + order
		for pages := 0; next != ""; pages++ {
			if pages > 4 {
				t.Fatalf("%q does not end", order)
			}
			page := teo.get(next).is(http.StatusOK)
			for _, lead := range page.Find("section.section").EachIter() {
				id, _ := lead.Attr("id")
				if seen[id] && strings.HasPrefix(id, "lead-lead-") {
					t.Errorf("%q: %s stands there twice", order, id)
				}
				seen[id] = true
			}
			next, _ = page.Find(`.pager a[rel="next"]`).Attr("href")
		}
		n := 0
		for id := range seen {
			if strings.HasPrefix(id, "lead-lead-") {
				n++
			}
		}
		if n != 45 {
			t.Errorf("%q: %d of 45 leads", order, n)
		}
	}
}

func TestPagesOfProjectsAskTheDatabaseFourTimesAtMost(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo := h.as(people[asStaff])
	for _, at := range []string{path.Leads, path.Leads + "?sort=closing", path.Project("meter-letters"), path.Project("night-pressure"), path.NewProject} {
		teo.maxRoundTrips(4, at)
	}
}

func TestAProjectsPageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.valves(people[asStaff])
	h.exec(`insert into need (project_id, kind, what, amount, granted_by, granted_at, granted_until) values ('meter-letters', 'hours', 'Hours', 4, 'marta-lind', $1::timestamptz, $1::timestamptz::date + 90)`, wall)
	h.exec(`insert into remit (project_id, area, level, ceiling, with_whom, place) values
		('meter-letters', 'Words', 'alone', null, '', 0), ('meter-letters', 'Printing', 'alone', 500, '', 1),
		('meter-letters', 'Telling customers', 'after_advice', null, 'Billing', 2), ('meter-letters', 'Prices', 'propose', null, '', 3)`)
	page := h.as(people[asStaff]).get(path.Project("meter-letters")).is(http.StatusOK)
	page.says("h1", "Meter Letters").says(".opening", "For Leaks down a quarter. 4 hours a week until 9 August, granted.").
		says(".beside", "Nobody knows yet what works.").says(".beside", "Words. Printing, up to £500.").
		says(".beside", "Telling customers: Billing.").says(".beside", "Prices.").says("#needs dd", "Marta, until 9 August").
		says("#team", "Lead nobody yet").says(".panel .state", "Ready.").
		has(1, `.panel .press a[href="/projects/meter-letters/claim"]`).
		says(".panel .fine", "Closes 18 May, 09:00").says(".worked", "Together").
		has(1, ".rose")
	h.as(people[asStaff]).get(path.Project("nowhere")).is(http.StatusNotFound)
}

func TestAProjectsPageTellsNobodyOfAClaim(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	before := h.as(people[asSteward]).get(path.Project("meter-letters")).is(http.StatusOK).said("main")
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $1, 'submitted', $2, $2, $2 from claim_window where project_id = 'meter-letters'`,
		people[asStaff], wall)
	if after := h.as(people[asSteward]).get(path.Project("meter-letters")).said("main"); after != before {
		t.Errorf("the page changed when somebody claimed:\n%s\n%s", before, after)
	}
	h.as(people[asStaff]).get(path.Project("meter-letters")).says(".panel .state", "You claimed this.")
}

func TestAProjectsPageInEachState(t *testing.T) {
	t.Parallel()
	for state, says := range map[string]string{
		"draft": "Yours to publish.", "completed": "It is over.", "cancelled": "It is over.", "paused": "Ines Calder, since 11 May. It is paused.",
		"led": "Ines Calder, since 11 May.", "handing_over": "Ines Calder, since 11 May.",
	} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			people := h.cast()
			h.exec(`update project set state = $1, end_reason = 'The rain came.', ended_at = $2 where id = 'night-pressure'`, state, wall)
			who := people[asStaff]
			if state == "draft" {
				h.as(who).get(path.Project("night-pressure")).is(http.StatusNotFound)
				who = people[asSteward]
			}
			h.as(who).get(path.Project("night-pressure")).is(http.StatusOK).says(".panel .state", says)
		})
	}
}

func TestProposing(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo := h.as(people[asStaff])
	teo.post(path.Projects, "title", "", "hours", "many", "end", "soon").is(http.StatusUnprocessableEntity).
		says(".field.refused", "Give it a title").says(".field.refused", "as a number").says(".field.refused", "Choose a day").
		says(".field.refused", "Choose the one that it is most like")
	teo.post(path.Projects, "title", "Quiet Valves", "hours", "-1", "template", "try").is(http.StatusUnprocessableEntity).
		says(".field.refused", "from 0 to 60").silent("An amount is a number") // nobody typed an amount
	fields := []string{
		"idempotency_key", "0197b2a4-0000-4000-8000-000000000001", "title", "Quiet Valves", "purpose", "Valves that nobody hears.",
		"hours", "3", "end", "2026-09-30", "template", "try", "team", "leaks", "priority", "leaks-down", "skill.0", "Valve data",
		"importance.0", "4", "level.0", "3", "must.0", "yes",
	}
	id := strings.TrimSuffix(strings.TrimPrefix(teo.post(path.Projects, fields...).is(http.StatusSeeOther).Response.Header.Get("Location"), "/projects/"), "/publish")
	teo.post(path.Projects, fields...).goesTo(path.PublishProject(id)) // a second click makes no second project
	if n := h.count(`select count(*) from project where title = 'Quiet Valves'`); n != 1 {
		t.Fatalf("%d projects", n)
	}
	if got := h.text(`select state || ' ' || proposed_by || ' ' || uncertainty || ' ' || stakes from project join phase on phase.project_id = project.id where project.id = $1`, id); got != "draft teo-marchi complex 2" {
		t.Errorf("kept %s", got)
	}
	if n := h.count(`select count(*) from need where project_id = $1`, id); n < 2 {
		t.Errorf("%d needs, want those of the template", n)
	}
	if h.count(`select count(*) from audit_event where action = 'project.create' and project_id = $1`, id) != 1 {
		t.Error("the log says nothing")
	}
	teo.get(path.PublishProject(id)).is(http.StatusOK).says("h1", "It can be published.")
	teo.post(path.PublishProject(id)).goesTo(path.Project(id))
	if got := h.text(`select project.state || ' ' || extract(day from closes_at - opened_at) from project join claim_window on claim_window.project_id = project.id where project.id = $1`, id); got != "open 7" {
		t.Errorf("published %s", got)
	}
	if h.count(`select count(*) from notice where person_id = 'marta-lind' and kind = 'needs'`) != 1 {
		t.Error("the steward is not asked for what it needs")
	}
	teo.post(path.PublishProject(id)).is(http.StatusConflict)
}

func TestTheFormWorksItOutAnew(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.cast()[asStaff])
	teo.get(path.NewProject+"?template=fix").is(http.StatusOK).says("#assumed", "We assumed: experts can find out")
	teo.get(path.NewProject+"?template=fix&filled=fix&uncertainty=chaotic&show=yes").says("#asks", "Running incidents").has(1, "#assumed details[open]")
	part := teo.into("asks").get(path.NewProject + "?template=fix&filled=fix&uncertainty=complex").is(http.StatusOK)
	part.says("#asks", "Trying things in small steps").has(0, "h1")
}

func TestTheFormsSentencesFollowWhatIsChangedByHand(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.cast()[asStaff])
	// Shown again without script: the answers stand, and the sentence says them.
	teo.post(path.Projects, "title", "Rota", "template", "fix", "filled", "fix", "hours", "2", "need_kind.0", "hours", "need_what.0", "Time away", "need_amount.0", "7").
		is(http.StatusUnprocessableEntity).says("main", "The lead gets the hours that it takes.")
	again := teo.post(path.Projects, "title", "", "template", "fix", "filled", "fix", "uncertainty", "clear", "stakes", "5", "need_kind.0", "sponsor", "need_what.0", "A word from the top").
		is(http.StatusUnprocessableEntity)
	again.says("#said-assumed", "As you answered: what works is known. It must not go wrong.").says("#said-needs", "A word from the top.")
	if said := again.said("#assumed"); strings.Contains(said, "We assumed") {
		t.Errorf("beside other answers it still says %q", said)
	}
	// Answers given before the kind was chosen, and those changed before another is chosen, stay.
	first := teo.get(path.NewProject + "?template=fix&stakes=5&need_kind.0=sponsor&need_what.0=A+word+from+the+top").is(http.StatusOK)
	first.says("select[name=stakes] option[selected]", "It must not go wrong.").
		says("select[name=uncertainty] option[selected]", "Experts can find out").
		says("#said-needs", "A word from the top; Hours to lead it; Access and tools.")
	other := teo.get(path.NewProject + "?template=try&filled=fix&uncertainty=complicated&stakes=5&urgency=4").is(http.StatusOK)
	other.says("select[name=uncertainty] option[selected]", "Nobody knows yet").says("select[name=stakes] option[selected]", "It must not go wrong.").
		says("select[name=urgency] option[selected]", "There is time to think.").says("#said-assumed", "As you answered: nobody knows yet what works.")
	teo.get(path.NewProject+"?template=try&filled=fix&uncertainty=complicated&stakes=3&urgency=4").says("#said-assumed", "We assumed: nobody knows yet what works")
	// With script each sentence is fetched by itself.
	part := teo.into("said-needs").get(path.NewProject + "?template=fix&filled=fix&need_kind.0=tools&need_what.0=A+key").is(http.StatusOK)
	part.says("#said-needs", "A key.").has(0, "h1").has(0, "#said-assumed")
}

func TestAGuardrailStandsAgainstPublishing(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into guardrail (kind, number, reason, owner_id, made_at) values ('priority_named', null, 'So that all pull one way.', 'judith-orme', $1)`, wall)
	teo := h.as(people[asStaff])
	to := teo.post(path.Projects, "title", "Quiet Valves", "purpose", "x", "hours", "3", "end", "2026-09-30", "template", "try").is(http.StatusSeeOther)
	at := to.Response.Header.Get("Location")
	teo.get(at).is(http.StatusOK).says("h1", "A guardrail stands against it.").says(".refusal", "Judith Orme answers for this guardrail")
	if h.count(`select count(*) from refusal`) != 0 {
		t.Error("looking counts as a refusal")
	}
	teo.post(at).is(http.StatusUnprocessableEntity).says(".refusal", "names none")
	if h.count(`select count(*) from refusal where person_id = 'teo-marchi'`) != 1 || h.count(`select count(*) from project where title = 'Quiet Valves' and state = 'draft'`) != 1 {
		t.Error("it was not counted, or it was published")
	}
	teo.post(strings.TrimSuffix(at, "/publish")+"/edit", "title", "Quiet Valves", "purpose", "x", "hours", "", "end", "", "template", "try", "filled", "try").is(http.StatusSeeOther)
	teo.get(at).says("h1", "It is not whole yet.")
	teo.post(at).is(http.StatusUnprocessableEntity).says("main", "Say until when.")
	h.exec(`update project set state = 'open', published_at = $1 where title = 'Quiet Valves'`, wall)
	teo.get(at).goesTo(strings.TrimSuffix(at, "/publish")) // the back button, after it was published
}

func TestChangingWhatPeopleClaimForBeginsClaimsAnew(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $1, 'submitted', $2, $2, $2 from claim_window where project_id = 'meter-letters'`, people[asStaff], wall)
	marta := h.as(people[asSteward])
	at := path.EditProject("meter-letters")
	same := []string{
		"title", "Meter Letters", "purpose", "Letters that people read.", "hours", "4", "end", "2026-08-09", "team", "leaks",
		"priority", "leaks-down", "uncertainty", "complex", "stakes", "3", "urgency", "3", "expertise", "3", "commitment", "3", "reach", "3", "readiness", "3",
	}
	marta.get(at).is(http.StatusOK).says(".opening", "they gather anew").has(1, `input[name="title"][value="Meter Letters"]`)
	marta.post(at, append(same, "judged", "Fewer calls.")...).goesTo(path.Project("meter-letters"))
	if n := h.count(`select count(*) from claim_window where project_id = 'meter-letters'`); n != 1 {
		t.Fatalf("%d windows after a harmless change", n)
	}
	h.later(time.Hour)
	same[15] = "5" // the stakes
	marta.post(at, same...).goesTo(path.Project("meter-letters"))
	if n := h.count(`select count(*) from claim_window where project_id = 'meter-letters' and state = 'restarted'`); n != 1 {
		t.Fatalf("%d windows began anew", n)
	}
	if h.count(`select count(*) from claim join claim_window on claim_window.id = claim.window_id where claim.state = 'submitted' and claim_window.state = 'open'`) != 1 {
		t.Error("the claim was lost")
	}
	if h.count(`select count(*) from notice where person_id = 'teo-marchi' and kind = 'restarted'`) != 1 {
		t.Error("whoever claimed was not told")
	}
	h.as(people[asLead]).post(at, same...).is(http.StatusForbidden).says("main", "They can, and so can its steward.")
	marta.post(at, "title", "", "stakes", "9").is(http.StatusUnprocessableEntity).says(".refused", "Give it a title")
	marta.post(at, append(same, "version", "1")...).is(http.StatusUnprocessableEntity).says("main", "Somebody changed this while you wrote.")
	marta.post(at, "title", "Meter Letters", "team", "nowhere").is(http.StatusUnprocessableEntity).says(".refused", "Say until when.")
	same[9] = "nowhere"
	marta.post(at, same...).is(http.StatusUnprocessableEntity).says(".refused", "no such one")
	same[9], same[11] = "leaks", ""
	h.exec(`insert into guardrail (kind, reason, made_at) values ('priority_named', 'We serve what we said we would.', $1)`, wall)
	marta.post(at, same...).is(http.StatusUnprocessableEntity).says(".refused", "this one names none").has(1, `input[name="title"][value="Meter Letters"]`)
	// What comes too late is said on the form, with what was typed.
	h.exec(`delete from guardrail`)
	h.exec(`update claim_window set state = 'picked', closed_at = $1 where project_id = 'meter-letters' and state = 'open'`, h.now.Load())
	same[1], same[11], same[15] = "Letters", "leaks-down", "4"
	marta.post(at, same...).is(http.StatusUnprocessableEntity).says(".refusal", "Claims").has(1, `input[name="title"][value="Letters"]`)
}

func TestCancellingTellsWhoeverClaimed(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $1, 'submitted', $2, $2, $2 from claim_window where project_id = 'meter-letters'`, people[asStaff], wall)
	marta, at := h.as(people[asSteward]), path.CancelProject("meter-letters")
	marta.get(at).is(http.StatusOK).says("h1", "Cancel it?")
	marta.post(at, "reason", " ").is(http.StatusUnprocessableEntity).says(".refused", "Say why in a sentence")
	h.as(people[asLead]).get(at).is(http.StatusForbidden)
	h.as(people[asStaff]).post(path.CancelProject("night-pressure"), "reason", "x").is(http.StatusForbidden).says("main", "Its lead can end it.")
	marta.post(at, "reason", "The meters stay.").goesTo(path.Project("meter-letters"))
	if h.text(`select state from claim`) != "void" || h.count(`select count(*) from notice where person_id = 'teo-marchi'`) == 0 {
		t.Error("the claim stands, or nobody was told")
	}
	h.as(people[asStaff]).get(path.Project("meter-letters")).says(".opening", "Cancelled. The meters stay.")
	marta.post(at, "reason", "again").is(http.StatusConflict)
	h.breaks("term")
	marta.post(path.CancelProject("night-pressure"), "reason", "x").is(http.StatusInternalServerError).silent()
}

func TestTheLeadHandsItOnOrIsDone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines := h.as(people[asLead])
	ines.get(path.NewProject+"?kind=next").is(http.StatusOK).has(1, `a[href="/projects/night-pressure/hand-over"]`)
	ines.post(path.HandOverProject("night-pressure")).goesTo(path.Project("night-pressure"))
	if got := h.text(`select project.state || ' ' || term.state || ' ' || claim_window.state from project
		join term on term.project_id = project.id and term.role = 'primary'
		join claim_window on claim_window.project_id = project.id where project.id = 'night-pressure'`); got != "handing_over handing_over open" {
		t.Fatalf("handed on: %s", got)
	}
	ines.post(path.HandOverProject("night-pressure")).is(http.StatusConflict)
	ines.get(path.Project("night-pressure")).says(".panel .fine", "You lead it until somebody has taken over.")
	h.as(people[asStaff]).get(path.Leads).says("#lead-night-pressure .side", "18 May, 09:00")
	ines.get(path.CompleteProject("night-pressure")).is(http.StatusOK)
	ines.post(path.CompleteProject("night-pressure"), "reason", strings.Repeat("x", 601)).is(http.StatusUnprocessableEntity)
	ines.post(path.CompleteProject("night-pressure"), "reason", "Fewer bursts.").goesTo(path.Project("night-pressure"))
	if n := h.count(`select count(*) from term where state not in ('ended', 'void')`); n != 0 {
		t.Errorf("%d are still in office", n)
	}
}

func TestSomethingInTheWay(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.cast()[asStaff])
	teo.post(path.InTheWay, "says", " ").is(http.StatusUnprocessableEntity).says(".refused", "Say what is in the way")
	teo.post(path.InTheWay, "says", "Nobody answers the night phone. It rings.").is(http.StatusSeeOther)
	if got := h.text(`select title || '|' || state from project where proposed_by = 'teo-marchi'`); got != "Nobody answers the night phone|draft" {
		t.Errorf("made %s", got)
	}
}

// Who looks after a project is worked out for the day on which somebody asks: a demo's clock goes ahead
// of the database's.
func TestWhoLooksAfterAProjectIsOfTheDayAsked(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	last := skein.Day(wall).AddDate(0, 0, 5)
	h.exec(`update person set active_until = $1 where id = 'judith-amadi'`, last)
	h.exec(`update person set active_until = $1::date + 1 where id = 'marta-oyelaran'`, last)
	for days, want := range map[int]string{0: "Judith Amadi Marta Oyelaran", 1: "Marta Oyelaran Marta Oyelaran", 2: "Owen Tay Owen Tay"} {
		p, err := h.db.Lead.ProjectPage(t.Context(), "sensors", "owen-tay", last.AddDate(0, 0, days))
		if err != nil || p.OwnerName+" "+p.Stewards[0].Name != want {
			t.Errorf("%d days after: %s and %v look after it: %v", days, p.OwnerName, p.Stewards, err)
		}
	}
}
