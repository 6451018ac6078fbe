package server

import (
	"net/http"

	"skein/web/path"
)

// aDecision is the row of a question that Ines decides in Night Pressure, of which Teo is asked.
const aDecision = "00000000-0000-7000-8000-0000000000d4"

// deciding keeps it in a state; of a draft nobody was asked.
func (h *house) deciding(state string) {
	h.Helper()
	h.exec(`
		insert into decision (id, project_id, question, options, area, line, state, opened_by, opened_at, asked_at, advice_on, says, reason, decided_by, decided_at)
		values ($1, 'night-pressure', 'Are hosepipes next?', '["All streets.", "Street by street."]', 'How the work is done',
			'[{"area": "How the work is done", "level": "alone"}, {"area": "Who does what", "level": "alone"}]', $2, 'ines-calder', $3,
			case when $2 <> 'draft' then $3::timestamptz end, case when $2 <> 'draft' then ($3::timestamptz)::date + 14 end,
			case when $2 = 'decided' then 'Street by street' else '' end, case when $2 = 'decided' then 'To be believed.' else '' end,
			case when $2 = 'decided' then 'ines-calder' end, case when $2 = 'decided' then $3::timestamptz end)`, aDecision, state, wall)
	if state != "draft" {
		h.exec(`
			insert into advice (decision_id, project_id, person_id, why, state, asked_by, asked_at)
			values ($1, 'night-pressure', 'teo-marchi', 'knows the crews', 'asked', 'ines-calder', $2)`, aDecision, wall)
	}
}

// decisionRows are what is decided: those who lead open, ask, decide and close; Teo is asked; everybody reads what was.
func decisionRows() []row {
	at := func(state string) func(h *house) string {
		return func(h *house) string {
			h.deciding(state)
			return ""
		}
	}
	leads := only(asLead, asCoLead, asStandIn)
	hidden := only().but(nothing, asStaff, asSteward, asExecutive, asAdministrator).with(asLead, asCoLead, asStandIn)
	one := "/decisions/{decision}"
	return []row{
		{method: http.MethodGet, route: path.Decisions, who: allStaff()},
		{method: http.MethodGet, route: "/projects/{id}/decisions/new", at: path.NewDecision("night-pressure"), who: leads},
		{method: http.MethodPost, route: "/projects/{id}/decisions/new", at: path.NewDecision("night-pressure"), form: []string{"question", "Who calls?", "area", "Who does what"}, who: leads},
		{method: http.MethodGet, route: one, at: path.Decision(aDecision), set: at("asking"), who: allStaff()},
		{method: http.MethodGet, route: one + "/change", at: path.ChangeDecision(aDecision), set: at("draft"), who: hidden},
		{method: http.MethodPost, route: one + "/change", at: path.ChangeDecision(aDecision), form: []string{"question", "Who calls?", "area", "Who does what"}, set: at("draft"), who: hidden},
		{method: http.MethodGet, route: one + "/ask", at: path.AskAdvice(aDecision), set: at("asking"), who: leads},
		{method: http.MethodPost, route: one + "/ask", at: path.AskAdvice(aDecision), form: []string{"names", "Judith Orme"}, set: at("asking"), who: leads},
		{method: http.MethodPost, route: one + "/advise", at: path.Advise(aDecision), form: []string{"answer", "pass"}, set: at("asking"), who: only(asStaff)},
		{method: http.MethodGet, route: one + "/decide", at: path.Decide(aDecision), set: at("asking"), who: leads},
		{method: http.MethodPost, route: one + "/decide", at: path.Decide(aDecision), form: []string{"says", "All streets", "reason", "So be it."}, set: at("asking"), once: true, who: leads},
		{method: http.MethodGet, route: one + "/close", at: path.CloseDecision(aDecision), set: at("asking"), who: leads},
		{method: http.MethodPost, route: one + "/close", at: path.CloseDecision(aDecision), form: []string{"reason", "It rains."}, set: at("asking"), once: true, who: leads},
		{method: http.MethodGet, route: one + "/came", at: path.CameOf(aDecision), set: at("decided"), who: leads},
		{method: http.MethodPost, route: one + "/came", at: path.CameOf(aDecision), form: []string{"came", "It held."}, set: at("decided"), who: leads},
	}
}
