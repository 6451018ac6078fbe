package server

import (
	"net/http"

	"skein/internal/skein"
	"skein/web/path"
)

// theNote is what Ines wrote down for whoever follows her.
var theNote = skein.HandoverText{
	Now: skein.NowWatch, Summary: "Nine streets hold.", Actions: []skein.HandoverAction{{What: "Answer Bram", Who: "Sunita"}},
	Ifs: []skein.HandoverIf{{If: "the Corrie falls", Then: "stop the pump"}},
}

var saidBack = []string{
	"version", theNote.Version(), "now", "Not safe yet.", "summary", "We hold nine streets.", "actions", "Sunita first.", "if.0", "I stop it.",
}

// handingOn makes the cast's lead one that is handed on to Teo, with the note in a state.
func (h *house) handingOn(state string) {
	h.Helper()
	h.exec(`update project set state = 'handing_over' where id = 'night-pressure'`)
	h.exec(`update term set state = 'handing_over' where role = 'primary'`)
	h.exec(`insert into claim_window (id, project_id, phase_id, opened_at, closes_at, closed_at, told_at, state, claimed, seed)
		values ('00000000-0000-7000-8000-0000000000e1', 'night-pressure', '00000000-0000-7000-8000-000000000001', $1, $1, $1, $1, 'picked', 1, 'seed')`, wall)
	h.exec(`insert into claim (id, window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at, decided_at, turn)
		values ('00000000-0000-7000-8000-0000000000e2', '00000000-0000-7000-8000-0000000000e1', 'night-pressure', '00000000-0000-7000-8000-000000000001',
			'teo-marchi', 'accepted', $1, $1, $1, $1, 1)`, wall)
	h.exec(`insert into term (id, project_id, phase_id, person_id, role, state, claim_id, offered_at, answered_at, ends_on)
		values ('00000000-0000-7000-8000-0000000000e3', 'night-pressure', '00000000-0000-7000-8000-000000000001', 'teo-marchi', 'primary', 'accepted',
			'00000000-0000-7000-8000-0000000000e2', $1, $1, ($1::timestamptz)::date + 60)`, wall)
	written := state != "draft"
	h.exec(`insert into handover (project_id, term_id, next_id, state, now, summary, actions, ifs, writer_id, written_at, due, said_by, said_at, said)
		select 'night-pressure', id, '00000000-0000-7000-8000-0000000000e3', $1, case when $3 then 'watch' else '' end,
			case when $3 then 'Nine streets hold.' else '' end,
			case when $3 then '[{"what": "Answer Bram", "who": "Sunita"}]'::jsonb else '[]' end,
			case when $3 then '[{"if": "the Corrie falls", "then": "stop the pump"}]'::jsonb else '[]' end,
			case when $3 then person_id end, case when $3 then $2::timestamptz end, $2::timestamptz + interval '7 days',
			case when $1 = 'said_back' then 'teo-marchi' end, case when $1 = 'said_back' then $2::timestamptz end,
			case when $1 = 'said_back' then '{"now": "Not safe.", "summary": "Nine hold.", "actions": "Sunita.", "ifs": ["I stop it."]}'::jsonb else '{}' end
		from term where project_id = 'night-pressure' and role = 'primary' and state = 'handing_over'`, state, wall, written)
}

// handedOn signs what Ines hands on to Teo, so that it moves.
func handedOn(h *house) string {
	h.handingOn("said_back")
	h.as("ines-calder").post(path.SignHandover("night-pressure"))
	return ""
}

// handoverRows are what is handed on: whoever leads writes and signs, Teo, who was chosen, says it back.
func handoverRows() []row {
	at := func(state string) func(h *house) string {
		return func(h *house) string {
			h.handingOn(state)
			return ""
		}
	}
	one := "/projects/{id}/handing-on"
	return []row{
		{method: http.MethodGet, route: one, at: path.HandingOn("night-pressure"), set: at("written"), who: only(asLead, asStaff, asSteward)},
		{method: http.MethodPost, route: one, at: path.HandingOn("night-pressure"), form: []string{"summary", "It", "ready", "no"}, set: at("draft"), who: only(asLead)},
		{method: http.MethodPost, route: one + "/draft", at: path.KeepNote("night-pressure"), form: []string{"summary", "It"}, set: at("draft"), who: only(asLead)},
		{method: http.MethodPost, route: one + "/thanks", at: path.ThankTeam("night-pressure"), set: handedOn, who: only(asLead)},
		{method: http.MethodPost, route: one + "/said", at: path.SayBack("night-pressure"), form: saidBack, set: at("written"), once: true, who: only(asStaff)},
		{method: http.MethodPost, route: one + "/said/draft", at: path.KeepBack("night-pressure"), form: []string{"summary", "It"}, set: at("written"), who: only(asStaff)},
		{method: http.MethodPost, route: one + "/signed", at: path.SignHandover("night-pressure"), set: at("said_back"), once: true, who: only(asLead)},
	}
}
