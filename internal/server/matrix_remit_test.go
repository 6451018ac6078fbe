package server

import (
	"net/http"

	"skein/web/path"
)

const aChange = "00000000-0000-7000-8000-0000000000cc"

// changing has Ines propose a change of what she decides, which Judith, who answers for the priority, is asked about.
func (h *house) changing() string {
	h.Helper()
	h.exec(`update priority set owner_id = 'judith-orme'`)
	h.exec(`
		insert into remit_change (id, project_id, term_id, state, proposed_by, proposed_at, by_lead, reason, asked_of, answer_by, was, becomes)
		select $1, project_id, id, 'proposed', person_id, $2, true, 'It grew.', 'judith-orme', $2::timestamptz + interval '14 days',
			'{"rows": [{"area": "The work", "level": "alone"}], "hours": 4}', '{"rows": [{"area": "The work", "level": "after_advice"}], "hours": 6}'
		from term where role = 'primary' and project_id = 'night-pressure'`, aChange, wall)
	h.exec(`insert into remit (project_id, area, level) values ('night-pressure', 'The work', 'alone')`)
	return ""
}

// changeForm is what is proposed.
var changeForm = []string{"hours", "5", "area.0", "The work", "decides.0", "after_advice", "reason", "It grew."}

func remitRows() []row {
	owned := func(h *house) string {
		h.exec(`update priority set owner_id = 'judith-orme'`)
		return ""
	}
	at := path.Remit("night-pressure")
	return []row{
		{method: http.MethodGet, route: "/projects/{id}/remit", at: at, set: owned, who: only(asLead, asCoLead, asStandIn, asExecutive)},
		{method: http.MethodPost, route: "/projects/{id}/remit", at: at, set: owned, form: changeForm, who: only(asLead, asCoLead, asStandIn, asExecutive)},
		{method: http.MethodPost, route: "/projects/{id}/remit/{change}", at: path.AnswerRemit("night-pressure", aChange), set: (*house).changing, form: []string{"answer", "yes"}, who: only(asExecutive)},
	}
}
