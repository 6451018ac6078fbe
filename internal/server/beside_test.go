package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

const sought = "00000000-0000-7000-8000-0000000000c0"

// seeking: Teo is asked to lead Night Pressure beside Ines.
func seeking(h *house) string {
	h.exec(`
		insert into term (id, project_id, phase_id, person_id, role, state, offered_at, answer_by)
		values ($1, 'night-pressure', '00000000-0000-7000-8000-000000000001', 'teo-marchi', 'co', 'offered', $2, $2::timestamptz + interval '2 days')`, sought, wall)
	h.exec(`
		insert into notice (person_id, kind, code, project_id, who_id, of_id, about, made_at, answer_by)
		values ('teo-marchi', 'changed', 'asked', 'night-pressure', 'ines-calder', $1, 'beside:1', $2, $2::timestamptz + interval '2 days')`, sought, wall)
	return ""
}

func TestSomebodyIsAskedToLeadBesideTheLead(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	seeking(h)
	at, to := path.Project("night-pressure"), path.AnswerToCoLead("night-pressure", sought)
	ines, teo, marta, judith := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asSteward]), h.as(people[asExecutive])
	t.Run("door closed", func(t *testing.T) { h.anonymous().post(to, "answer", "yes").is(http.StatusSeeOther) })
	t.Run("not yours", func(t *testing.T) {
		judith.get(at).lacks("main", "is asked to lead it").has(0, `form[action="`+to+`"]`)
		for _, b := range []*browser{ines, marta, judith} {
			b.post(to, "answer", "yes").is(http.StatusNotFound)
		}
		teo.post(path.AnswerToCoLead("night-pressure", "no-such-term"), "answer", "yes").is(http.StatusNotFound)
	})
	t.Run("invalid", func(t *testing.T) { teo.post(to, "answer", "perhaps").is(http.StatusUnprocessableEntity) })
	t.Run("done", func(t *testing.T) {
		ines.get(at).says(".panel", "Teo Marchi is asked to lead it beside you, and answers by")
		marta.get(at).says(".panel", "Teo Marchi is asked to lead it beside Ines, and answers by")
		h.exec(`insert into member (project_id, person_id, joined_at) values ('night-pressure', 'teo-marchi', $1)`, wall)
		teo.get(path.Home).has(1, "#member-night-pressure").says("main", "Would you lead Night Pressure beside Ines Calder?").has(2, `form[action="`+to+`"]`)
		teo.get(path.Notices).says("main", "Ines Calder looks for somebody to lead Night Pressure beside them, and you are ready for it. Would you? Answer by")
		teo.get(at).says(".panel .asked", "You are asked to lead this beside Ines Calder.").has(2, `.asked form[action="`+to+`"]`).
			has(0, `.panel form[action$="/co-lead"]`).has(1, ".panel button.button")
		teo.post(to, "answer", "yes").goesTo(at)
		teo.post(to, "answer", "yes").is(http.StatusConflict)
		teo.get(at).says(".panel", "You would lead it beside Ines. Ines answers by").has(0, ".asked")
		teo.get(path.Notices).says("main", "You said yes.")
		ines.get(path.Home).says("main", "Teo Marchi asks to co-lead")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "answered whether to lead beside the lead").says("main", "Night Pressure")
		ines.post(path.AnswerCoLead("night-pressure", "teo-marchi"), "answer", "yes").goesTo(at)
		teo.get(at).says(".panel .state", "You lead this beside Ines.")
	})
	t.Run("broken database", func(t *testing.T) {
		h.exec(`update term set state = 'offered', during = null where id = $1`, sought)
		h.owns(`alter table reconsideration rename to lost`)
		h.as(people[asStaff]).post(to, "answer", "no").is(http.StatusInternalServerError).silent()
	})
}
