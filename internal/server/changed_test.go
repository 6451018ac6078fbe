package server

import (
	"net/http"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/web/path"
)

func TestSomethingChanged(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.Changed("night-pressure"), path.Project("night-pressure")
	ines, teo, marta := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asSteward])
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		teo.get(at).is(http.StatusForbidden)
		teo.get(project).has(0, `main a[href="`+at+`"]`).says("main", "What Ines was chosen for is not known.")
		for _, b := range []*browser{ines, marta} {
			b.get(project).has(1, `main a[href="`+at+`"]`)
		}
	})
	t.Run("invalid", func(t *testing.T) {
		ines.post(at, restated("why", "", "stakes", "1")...).is(http.StatusUnprocessableEntity).says(".wrong", "Say in a sentence what happened.").
			has(1, `select[name=stakes] option[value="1"][selected]`)
		ines.post(at, restated("stakes", "3")...).is(http.StatusUnprocessableEntity).says(".wrong", "Every answer is as it was.").says("textarea", "The Corrie fell")
	})
	t.Run("done", func(t *testing.T) {
		ines.get(at).is(http.StatusOK).has(7, "main select").has(1, `select[name=stakes] option[value="3"][selected]`)
		marta.post(at, restated("stakes", "3", "urgency", "4", "phase", "The dry months")...).goesTo(project)
		teo.get(project).says("main", "Decisions are made within days; it was weeks.").says("main", "Marta Lind said so").says("main", "“The Corrie fell below the mark.”").
			says("main", "What Ines was chosen for is not known.").has(1, `svg[aria-label*="urgency 4 of 5, was 3"]`)
		marta.get(at).says("main", "Now: The dry months.")
		if got := h.text(`select count(*) || ' ' || count(ended_at) from phase where project_id = 'night-pressure'`); got != "2 1" {
			t.Errorf("stretches, and those that are over: %s", got)
		}
		if got := h.text(`select count(*)::text from reconsideration`); got != "0" {
			t.Error("it is reconsidered for one step of one answer")
		}
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "began the next stretch of").says("main", "“The dry months”").says("main", "“The Corrie fell below the mark.”")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table reconsideration rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(at, restated()...).is(http.StatusInternalServerError).silent()
	})
}

// Where its circle has no steward of its own, a lead that is being reconsidered is on the home of a steward above.
func TestAStewardAboveSaysWhatBecomesOfIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	marta := people[asSteward]
	h.exec(`insert into circle (id, name) values ('waters', 'Waters')`)
	h.exec(`update circle set parent_id = 'waters' where id = (select circle_id from project where id = 'night-pressure')`)
	h.exec(`update hat set circle_id = 'waters' where kind = 'steward' and person_id = $1`, marta)
	h.exec(`delete from hat where kind = 'steward' and person_id <> $1`, marta)
	h.as(people[asLead]).post(path.Changed("night-pressure"), restated()...).goesTo(path.Reconsider("night-pressure"))
	h.as(marta).get(path.Home).says("main", "Say what becomes of Night Pressure").has(1, `.acts a[href="`+path.Reconsider("night-pressure")+`"]`)
}

// A lead that became something else is reconsidered by whoever leads it and a steward. Others see why, and nothing of how
// whoever leads it stands.
func TestALeadIsReconsidered(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.Reconsider("night-pressure"), path.Project("night-pressure")
	ines, teo, marta, noor := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asSteward]), h.as(people[asCoLead])
	ines.get(at).is(http.StatusConflict)
	ines.post(path.Changed("night-pressure"), restated()...).goesTo(at)

	ines.get(at).says("h1", "Night Pressure is being reconsidered").says("main", "Not because of you").says("main", "Hard to undo; mistakes cost something.").
		says("main", "As it is now").says("main", "Marta, who is a steward, answers too, and has not yet.").has(4, `input[name=answer]`)
	marta.get(path.Home).says("main", "Say what becomes of Night Pressure").has(1, `.acts a[href="`+at+`"]`)
	marta.get(path.Notices).says("main", "Night Pressure has become something else, so its lead is being reconsidered.")
	ines.get(path.Home).says("main", "Say what becomes of Night Pressure").has(1, `.bird path`)
	marta.get(at).says("main", "Ines keeps it.").says("main", "As it is now")
	for name, b := range map[string]*browser{"staff": teo, "co-lead": noor, "executive": h.as(people[asExecutive]), "administrator": h.as(people[asAdministrator])} {
		t.Log(name)
		page := b.get(at).is(http.StatusOK).says("main", "Hard to undo; mistakes cost something.").has(0, "main form")
		for _, sealed := range []string{"As it is now", "ready for it", "a stretch for", "in your name"} {
			page.lacks("main", sealed)
			b.get(project).lacks("main", sealed)
		}
	}
	teo.get(project).says(".panel", "It is being reconsidered until").has(1, ".panel .hang svg path")
	h.as(people[asExecutive]).get(path.Admin).says("main", "1 being reconsidered")

	ines.post(at, "answer", "sell").is(http.StatusUnprocessableEntity).says(".wrong", "Choose one of the four.")
	ines.post(at, "answer", "split").is(http.StatusUnprocessableEntity).says(".wrong", "Say in a few words what the other one is.")
	teo.post(at, "answer", "keep").is(http.StatusForbidden)
	ines.post(at, "answer", "keep").goesTo(at)
	marta.get(at).says("main", "Ines has answered: Ines keeps it.")
	marta.post(at, "answer", "hand_on").goesTo(at)
	ines.get(path.Notices).says("main", "You and a steward say different things of what becomes of Night Pressure. Talk, and say the same by")
	marta.get(path.Notices).says("main", "Ines Calder and a steward say different things of what becomes of Night Pressure.")
	for name, both := range map[string]*browser{"Ines": marta, "Marta": ines} {
		both.get(path.Home).says("main", "Say what becomes of Night Pressure").says("main", "say different things. Talk with each other").
			has(1, `.acts a[href="`+at+`"]`)
		both.get(project).says(".panel", "say different things. If you still do by then, it opens for claims.").has(1, `.panel a.button[href="`+at+`"]`)
		both.get(at).says("main", "You and "+name+" say different things. Talk with each other").
			says("main", "If you still differ by then, it opens for claims.").lacks("main", "nothing changes until you have talked")
	}
	teo.get(at).lacks("main", "has answered")
	ines.post(at, "answer", "hand_on").goesTo(project)
	teo.get(project).says(".panel", "Ines Calder leads it")
	ines.get(project).says(".panel", "You lead it until somebody has taken over.").has(0, `form[action="`+path.TakeBackProject("night-pressure")+`"]`)
	ines.post(path.TakeBackProject("night-pressure")).is(http.StatusForbidden)
	ines.get(at).says("h1", "open for the next lead").says("main", "Keep it after all")
	ines.get(project).says(".panel", "both of you say so").lacks(".panel", "You can take it back")
	ines.get(path.StepDown("night-pressure")).says("main", "Your lead ends today.").lacks("main", "take it back")
	ines.post(at, "answer", "keep").goesTo(at)
	ines.get(at).says("main", "It is kept once both of you have said so").lacks("main", "It is decided")
	marta.get(path.Notices).says("main", "would have it kept after all")
	marta.post(at, "answer", "keep").goesTo(project)
	ines.get(project).says(".panel", "You lead this")
	if got := h.text(`select state from project where id = 'night-pressure'`); got != "led" {
		t.Error(got)
	}
	ines.get(at).is(http.StatusConflict)
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table reconsideration rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(at, "answer", "keep").is(http.StatusInternalServerError).silent()
	})
}

// Where somebody is wanted beside whoever leads it and nobody can be asked, that is what is said, and that alone.
func TestNobodyIsSaidToBeAskedWhoIsNot(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at, project := path.Reconsider("night-pressure"), path.Project("night-pressure")
	ines, teo, marta := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asSteward])
	ines.post(path.Changed("night-pressure"), restated()...).goesTo(at)
	teo.post(path.CoLeadProject("night-pressure")).goesTo(project)
	ines.get(at).says("main", "Noor Basri leads it beside you already. Teo Marchi asks to lead it beside you, and waits for your answer until")
	ines.post(at, "answer", "co_lead").goesTo(at)
	marta.post(at, "answer", "co_lead").goesTo(project)
	marta.get(project).says("main", "Nobody is ready now who could be asked to lead it too")
	ines.get(path.Notices).says("main", "You lead Night Pressure on. Nobody is ready now who could be asked to lead it beside you").lacks("main", "one after the other").
		lacks("main", "Nobody is left")
}

func TestWithoutAnAnswerItOpensByTheClock(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.reconsidering()
	h.tick(lead.ReconsiderTime - lead.ReconsiderSoon + time.Minute)
	h.as(people[asLead]).get(path.Notices).says("main", "Nothing is agreed yet of what becomes of Night Pressure.")
	h.tick(lead.ReconsiderSoon)
	h.as(people[asSteward]).get(path.Notices).says("main", "Nothing was agreed of what becomes of Night Pressure, so it is open for the next lead. Ines Calder leads it until somebody has taken over.")
	if got := h.text(`select state from project where id = 'night-pressure'`); got != "handing_over" {
		t.Error(got)
	}
}

// The only answer that was given counts at the date; where it is two, a draft of the other one is made for whoever leads.
func TestItBecomesTwo(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.reconsidering()
	h.exec(`insert into skill (id, name) values ('valve', 'Valve data') on conflict do nothing`)
	h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000001', 'valve', 4)`)
	h.as(people[asLead]).post(path.Reconsider("night-pressure"), "answer", "split", "part", "The daily note").goesTo(path.Reconsider("night-pressure"))
	h.tick(lead.ReconsiderTime + time.Minute)
	draft := path.Project(h.text(`select split_id from reconsideration`))
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	ines.get(path.Project("night-pressure")).has(1, `main a[href="`+draft+`"]`).says("main", "It became two")
	ines.get(draft).is(http.StatusOK).says("h1", "The daily note").says("main", "It was made when this became two: Night Pressure.")
	teo.get(draft).is(http.StatusNotFound)
	teo.get(path.Project("night-pressure")).has(0, `main a[href="`+draft+`"]`)
	if got := h.text(`select count(*)::text from requirement join phase on phase.id = phase_id join project on project.id = project_id where title = 'The daily note' and stakes = 4`); got != "1" {
		t.Errorf("it asks for %s skills", got)
	}
}
