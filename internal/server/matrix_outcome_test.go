package server

import (
	"net/http"

	"skein/web/path"
)

// theReview is that of the cast's lead, once it has ended.
const theReview = "00000000-0000-7000-8000-0000000000f1"

// askedHow ends the cast's lead: Ines led, Noor beside her, Teo was in the team, Judith answers for the priority. In a
// review that has closed Ines, Noor and Judith have answered, and what Ines and Noor would do again is there.
func (h *house) askedHow(state string) {
	h.Helper()
	h.exec(`insert into skill (id, name) values ('night-flows', 'Night flows') on conflict do nothing`)
	h.exec(`update project set state = 'completed', ended_at = $1, end_reason = 'It is done.' where id = 'night-pressure'`, wall)
	h.exec(`update stand_in set state = 'ended', ended_at = $1, end_reason = 'the project is over' where project_id = 'night-pressure'`, wall)
	h.exec(`update term set state = 'ended', ended_at = $1, end_reason = 'the project is over', during = daterange(lower(during), ($1::timestamptz)::date, '[]') where project_id = 'night-pressure'`, wall)
	h.exec(`insert into outcome (id, project_id, term_id, state, opened_at, due, closed_at, result, basis)
		select $1, project_id, id, $2, $3, $3::timestamptz + interval '14 days', case when $2 = 'closed' then $3::timestamptz end,
			case when $2 = 'closed' then 'reached' end, case when $2 = 'closed' then 'owner' end
		from term where project_id = 'night-pressure' and role = 'primary'`, theReview, state, wall)
	h.exec(`insert into outcome_skill (outcome_id, skill_id, level) values ($1, 'night-flows', 3)`, theReview)
	for person, part := range map[string]string{"ines-calder": "lead", "noor-basri": "co", "teo-marchi": "member", "judith-orme": "owner"} {
		said := state == "closed" && person != "teo-marchi"
		h.exec(`insert into outcome_answer (outcome_id, person_id, part, owner, answered_at, result, led, again, named, led_key, again_key)
			select $1, $2, $3, $3 = 'owner', case when $4 then $5::timestamptz end, case when $4 then 'reached' end,
				case when $4 then 'Asked first, ' || $2 || '.' else '' end, case when $4 then 'Again, ' || $2 || '.' else '' end, $3 = 'co',
				case when $4 then 'led-' || $2 else '' end, case when $4 then 'again-' || $2 else '' end`, theReview, person, part, said, wall)
	}
}

// manySaid is that with a third who says how Ines led: from three on she reads it.
func (h *house) manySaid() {
	h.Helper()
	h.askedHow("closed")
	h.exec(`update outcome_answer set answered_at = $2, result = 'partly', led = 'Asked twice.', led_key = 'led-teo', again_key = 'again-teo'
		where outcome_id = $1 and person_id = 'teo-marchi'`, theReview, wall)
}

// outcomeRows are how it went: whoever was there answers, whoever led shows and thanks, everybody reads.
func outcomeRows() []row {
	at := func(state string) func(h *house) string {
		return func(h *house) string {
			h.askedHow(state)
			return ""
		}
	}
	said := func(h *house) string {
		h.manySaid()
		return ""
	}
	one := "/projects/{id}/how-did-it-go"
	of := one + "/{review}"
	return []row{
		{method: http.MethodGet, route: one, at: path.HowDidItGo("night-pressure"), set: at("closed"), who: allStaff()},
		{
			method: http.MethodPost, route: of, at: path.AnswerOutcome("night-pressure", theReview), set: at("asking"),
			form: []string{"result", "partly"}, who: only(asLead, asCoLead, asStaff, asExecutive),
		},
		{
			method: http.MethodPost, route: of + "/led", at: path.ShowLed("night-pressure", theReview), set: said,
			form: []string{"said", "led-teo", "show", "yes"}, who: only(asLead),
		},
		{method: http.MethodPost, route: of + "/thanks", at: path.ThankForOutcome("night-pressure", theReview), set: said, who: only(asLead)},
		{
			method: http.MethodPost, route: of + "/lesson", at: path.KeepLesson("night-pressure", theReview), set: said,
			form: []string{"lesson", "again-noor-basri", "keep", "yes"}, who: only(asLead, asCoLead, asStaff, asExecutive),
		},
		{method: http.MethodGet, route: path.Library, who: allStaff()},
	}
}
