package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// accepted makes of the lead of Night Pressure one that its lead has said yes to and that waits for a boat, of
// which a steward is asked.
func (h *house) accepted() {
	h.Helper()
	h.exec(`insert into claim_window (id, project_id, phase_id, number, opened_at, closed_at, told_at, state, seed, claimed)
		values ('00000000-0000-7000-8000-0000000000e1', 'night-pressure', '00000000-0000-7000-8000-000000000001', 9, $1, $1, $1, 'picked', 's', 1)`, wall)
	h.exec(`insert into claim (id, window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select '00000000-0000-7000-8000-0000000000e2', '00000000-0000-7000-8000-0000000000e1', 'night-pressure',
			'00000000-0000-7000-8000-000000000001', person_id, 'accepted', $1, $1, $1
		from term where role = 'primary'`, wall)
	h.exec(`update term set state = 'accepted', during = null, live_at = null, answered_at = $1, claim_id = '00000000-0000-7000-8000-0000000000e2'
		where role = 'primary'`, wall)
	h.exec(`update project set state = 'open' where id = 'night-pressure'`)
	h.exec(`insert into need (id, project_id, kind, what, amount, asked_of, answer_by)
		values ($1, 'night-pressure', 'tools', 'Six loggers', 6, 'marta-lind', $2::timestamptz + interval '7 days')`, boat, wall)
}

const boat = "00000000-0000-7000-8000-0000000000b1"

// A need is answered with less, the lead takes it, and says later that it is missing.
func TestANeedAnsweredWithLess(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.accepted()
	marta, ines, teo := h.as(people[asSteward]), h.as(people[asLead]), h.as(people[asStaff])
	at, project := path.AnswerNeed("night-pressure", boat), path.Project("night-pressure")

	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		teo.get(at).is(http.StatusForbidden).says("main", "and its steward")
		teo.post(at, "answer", "no", "reason", "No.").is(http.StatusForbidden)
		teo.post(path.TakeNeed("night-pressure", boat)).is(http.StatusForbidden)
		teo.post(path.ArriveNeed("night-pressure", boat), "arrived", "yes").is(http.StatusForbidden)
		marta.get(path.AnswerNeed("night-pressure", "00000000-0000-7000-8000-0000000000ff")).is(http.StatusNotFound)
	})
	t.Run("invalid", func(t *testing.T) {
		marta.get(project).has(1, `#needs a[href="`+at+`"]`)
		marta.get(at).is(http.StatusOK).says("h1", "Six loggers")
		marta.post(at, "answer", "less", "less", "6", "reason", "Two are lent.").is(http.StatusUnprocessableEntity).
			says("main", "Say yes instead.").says("main", "Two are lent.")
		marta.post(at, "answer", "less", "less", "four").is(http.StatusUnprocessableEntity).says("main", "as a number")
		marta.post(at, "answer", "less", "less", "3.000").is(http.StatusUnprocessableEntity).says("main", "can be read in two ways")
		marta.post(at, "answer", "no").is(http.StatusUnprocessableEntity).says("main", "Say why not")
		marta.post(at).is(http.StatusUnprocessableEntity).says("main", "Say yes, less, or no.")
	})
	t.Run("done", func(t *testing.T) {
		marta.post(at, "answer", "less", "less", "4,0", "reason", "Two are lent.").goesTo(project + "#needs")
		ines.get(project).says("#needs", "Less.").says("#needs", "Marta Lind has 4 of them for it. “Two are lent.”")
		ines.get(path.Home).says("main", "Say what you make of what").says("main", "Marta Lind has 4 of them for it.")
		ines.post(path.TakeNeed("night-pressure", boat)).goesTo(project + "#needs")
		ines.post(path.TakeNeed("night-pressure", boat)).is(http.StatusConflict)
		if h.text(`select state from term where role = 'primary'`) != "live" {
			t.Error("the lead does not begin")
		}
		teo.get(project).says("#needs", "takes 4 of them")
		ines.post(path.ArriveNeed("night-pressure", boat), "arrived", "perhaps").is(http.StatusBadRequest)
		ines.post(path.ArriveNeed("night-pressure", boat), "arrived", "no").goesTo(project + "#needs")
		teo.get(project).says("#needs", "It is missing.")
		if h.count(`select count(*) from notice where person_id = 'marta-lind' and code = 'missing'`) != 1 {
			t.Error("who promised it is not told")
		}
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table need rename to lost`)
		marta.get(at).is(http.StatusInternalServerError).silent()
		marta.post(at, "answer", "yes").is(http.StatusInternalServerError).silent()
	})
}

// The second of two tabs answers what was answered: it keeps what was typed, and says what happened.
func TestANeedThatWasAnsweredInAnotherTab(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.accepted()
	marta, teo := h.as(people[asSteward]), h.as(people[asStaff])
	at := path.AnswerNeed("night-pressure", boat)
	marta.post(at, "answer", "less", "less", "4").goesTo(path.Project("night-pressure") + "#needs")
	marta.post(at, "answer", "less", "less", "3", "reason", "Two are lent.").is(http.StatusConflict).
		says("#meanwhile", "Your answer is not kept.").says("main", "So far: Less. Marta Lind has 4 of them for it").says("main", "It can still be granted in full.").says("textarea", "Two are lent.").has(1, `input[name="less"][value="3"]`)
	teo.post(at, "answer", "less", "less", "3").is(http.StatusForbidden)
	marta.post(at, "answer", "yes").goesTo(path.Project("night-pressure") + "#needs")
	marta.post(at, "answer", "no", "reason", "They are gone.").is(http.StatusConflict).
		says("#meanwhile", "It was granted before.").says("#meanwhile", "They are gone.").has(0, "textarea")
}

// Of what nobody counted there is less in words.
func TestLessOfWhatNobodyCountedIsSaidInWords(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.accepted()
	h.exec(`update need set what = 'GIS licences', amount = null where id = $1`, boat)
	marta, ines := h.as(people[asSteward]), h.as(people[asLead])
	at, project := path.AnswerNeed("night-pressure", boat), path.Project("night-pressure")
	marta.get(at).has(0, `input[name="less"]`).says("main", "what there is, in a sentence")
	marta.post(at, "answer", "less", "less", "3").is(http.StatusUnprocessableEntity).says("main", "Say in a sentence what there is of it")
	marta.post(at, "answer", "less", "reason", "One, until May").goesTo(project + "#needs")
	ines.get(project).says("#needs", "Marta Lind has less of it than was asked for. “One, until May.”")
	ines.post(path.TakeNeed("night-pressure", boat)).goesTo(project + "#needs")
	ines.get(project).says("#needs", "takes what there is")
	h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "offered less of something")
}

func TestAStartIsMoved(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.accepted()
	ines, marta, at := h.as(people[asLead]), h.as(people[asSteward]), path.MoveStart("night-pressure")
	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) { h.as(people[asStaff]).get(at).is(http.StatusForbidden) })
	t.Run("invalid", func(t *testing.T) {
		ines.get(path.Project("night-pressure")).has(1, `a[href="`+at+`"]`)
		ines.get(at).is(http.StatusOK).says("h1", "Move the start?")
		ines.post(at, "day", "2027-05-20", "reason", "The boat is late.").is(http.StatusUnprocessableEntity).says("main", "28 days").says("main", "The boat is late.")
		ines.post(at, "day", "soon", "reason", "").is(http.StatusUnprocessableEntity)
	})
	t.Run("done", func(t *testing.T) {
		ines.post(at, "day", "2026-05-20", "reason", "The boat is late.").goesTo(path.Project("night-pressure"))
		ines.get(path.Project("night-pressure")).says("main", "You begin on 20 May.")
		marta.get(path.Project("night-pressure")).says("main", "begins on 20 May.")
		marta.post(path.GrantNeed("night-pressure", boat)).is(http.StatusSeeOther)
		if got := h.text(`select state || ' ' || starts_on from term where role = 'primary'`); got != "accepted 2026-05-20" {
			t.Error(got)
		}
		if got := h.text(`select details ->> 'reason' from audit_told where action = 'term.move'`); got != "The boat is late." {
			t.Error(got)
		}
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table need rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(at, "day", "2026-05-21", "reason", "x").is(http.StatusInternalServerError).silent()
	})
}
