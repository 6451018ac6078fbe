package server

import (
	"net/http"

	"skein/web/path"
)

// projectRows are the board, projects, their teams and what their leads need. In the cast Marta, a
// steward, proposed both projects; Ines leads the one, Noor leads it beside
// her, and Vera stands in for Ines: she decides what Ines decides, and nothing that is of the lead itself.
func projectRows() []row {
	const need = "00000000-0000-7000-8000-0000000000ab"
	one := path.Projects + "/{id}"
	draft := func(h *house) string {
		h.exec(`update project set state = 'draft', published_at = null where id = 'meter-letters'`)
		h.exec(`delete from claim_window`)
		h.exec(`insert into skill (id, name) values ('writing', 'Plain writing')`)
		h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000002', 'writing', 4)`)
		return ""
	}
	needed := func(h *house) string {
		h.exec(`insert into need (id, project_id, kind, what) values ($1, 'night-pressure', 'tools', 'A pressure logger')`, need)
		return ""
	}
	less := func(h *house) string {
		h.exec(`insert into need (id, project_id, kind, what, answer, less, answered_by, answered_at)
			values ($1, 'night-pressure', 'tools', 'A pressure logger', 'less', 3, 'marta-lind', $2)`, need, wall)
		return ""
	}
	promised := func(h *house) string {
		h.exec(`insert into need (id, project_id, kind, what, granted_by, granted_at)
			values ($1, 'night-pressure', 'tools', 'A pressure logger', 'marta-lind', $2)`, need, wall)
		return ""
	}
	accepted := func(h *house) string {
		h.accepted()
		return ""
	}
	asked := func(h *house) string {
		h.exec(`insert into term (project_id, person_id, role, state, offered_at, answer_by)
			values ('night-pressure', 'teo-marchi', 'co', 'asked', $1, $1::timestamptz + interval '2 days')`, wall)
		return ""
	}
	handedOn := func(h *house) string {
		h.exec(`update project set state = 'handing_over' where id = 'night-pressure'`)
		h.exec(`update term set state = 'handing_over' where role = 'primary'`)
		h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
			values ('night-pressure', '00000000-0000-7000-8000-000000000001', $1, $1::timestamptz + interval '7 days', 'seed')`, wall)
		return ""
	}
	return []row{
		{method: http.MethodGet, route: path.Leads, who: allStaff()},
		{method: http.MethodGet, route: path.NewProject, who: allStaff()},
		{method: http.MethodPost, route: path.Projects, who: allStaff()},
		{method: http.MethodGet, route: path.InTheWay, who: allStaff()},
		{method: http.MethodPost, route: path.InTheWay, who: allStaff()},
		{method: http.MethodGet, route: one, at: path.Project("night-pressure"), who: allStaff()},
		{method: http.MethodGet, route: one + "/edit", at: path.EditProject("meter-letters"), who: only(asSteward)},
		{method: http.MethodPost, route: one + "/edit", at: path.EditProject("meter-letters"), who: only(asSteward)},
		{method: http.MethodGet, route: one + "/publish", at: path.PublishProject("meter-letters"), set: draft, who: only(asSteward).but(nothing, asStaff, asLead, asCoLead, asStandIn, asExecutive, asAdministrator)},
		{method: http.MethodPost, route: one + "/publish", at: path.PublishProject("meter-letters"), set: draft, who: only(asSteward).but(nothing, asStaff, asLead, asCoLead, asStandIn, asExecutive, asAdministrator)},
		{method: http.MethodGet, route: one + "/cancel", at: path.CancelProject("meter-letters"), who: only(asSteward)},
		{method: http.MethodPost, route: one + "/cancel", at: path.CancelProject("meter-letters"), form: []string{"reason", "Nobody asks for it."}, who: only(asSteward)},
		{method: http.MethodGet, route: one + "/complete", at: path.CompleteProject("night-pressure"), who: only(asLead, asStandIn)},
		{method: http.MethodPost, route: one + "/complete", at: path.CompleteProject("night-pressure"), once: true, who: only(asLead, asStandIn)},
		{method: http.MethodGet, route: one + "/hand-over", at: path.HandOverProject("night-pressure"), who: only(asLead)},
		{method: http.MethodPost, route: one + "/take-back", at: path.TakeBackProject("night-pressure"), set: handedOn, who: only(asLead)},
		{method: http.MethodPost, route: one + "/co-lead-not-after-all", at: path.UnaskCoLead("night-pressure"), set: asked, who: allStaff()},
		{method: http.MethodGet, route: one + "/leave", at: path.LeaveProject("night-pressure"), who: only(asCoLead)},
		{method: http.MethodPost, route: one + "/hand-over", at: path.HandOverProject("night-pressure"), who: only(asLead)},
		{method: http.MethodPost, route: one + "/join", at: path.JoinProject("night-pressure"), who: allStaff()},
		{method: http.MethodPost, route: one + "/leave", at: path.LeaveProject("night-pressure"), who: allStaff()},
		{method: http.MethodPost, route: one + "/shadow", at: path.ShadowProject("night-pressure"), who: allStaff()},
		{method: http.MethodPost, route: one + "/co-lead", at: path.CoLeadProject("night-pressure"), who: allStaff()},
		{method: http.MethodPost, route: one + "/beside/{term}", at: path.AnswerToCoLead("night-pressure", sought), form: []string{"answer", "yes"}, set: seeking, who: only(asStaff).but(nothing, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator)},
		{method: http.MethodPost, route: one + "/co-lead/{person}", at: path.AnswerCoLead("night-pressure", "teo-marchi"), form: []string{"answer", "yes"}, set: asked, once: true, who: only(asLead, asStandIn)},
		{method: http.MethodPost, route: one + "/needs/{need}/grant", at: path.GrantNeed("night-pressure", need), set: needed, who: only(asSteward)},
		{method: http.MethodGet, route: one + "/needs/{need}", at: path.AnswerNeed("night-pressure", need), set: needed, who: only(asSteward)},
		{method: http.MethodPost, route: one + "/needs/{need}", at: path.AnswerNeed("night-pressure", need), form: []string{"answer", "no", "reason", "It was sold."}, set: needed, who: only(asSteward)},
		{method: http.MethodPost, route: one + "/needs/{need}/take", at: path.TakeNeed("night-pressure", need), set: less, who: only(asLead)},
		{method: http.MethodPost, route: one + "/needs/{need}/waive", at: path.WaiveNeed("night-pressure", need), set: needed, who: only(asLead)},
		{method: http.MethodPost, route: one + "/needs/{need}/arrived", at: path.ArriveNeed("night-pressure", need), form: []string{"arrived", "yes"}, set: promised, who: only(asLead, asStandIn)},
		{method: http.MethodGet, route: one + "/start", at: path.MoveStart("night-pressure"), set: accepted, who: only(asLead, asSteward)},
		{method: http.MethodPost, route: one + "/start", at: path.MoveStart("night-pressure"), form: []string{"day", "2026-05-20", "reason", "It rains."}, set: accepted, who: only(asLead, asSteward)},
	}
}
