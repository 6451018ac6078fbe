package server

import (
	"net/http"

	"skein/web/path"
)

// claimRows are the way of a claim. Whoever has no part in a claim, a pick or a review finds
// nothing, or is told who may.
func claimRows() []row {
	const id = "00000000-0000-7000-8000-0000000000aa"
	nobody := only().but(nothing, asStaff, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator)
	// Teo claimed; Marta, a steward, is asked to check it, Judith to look at it again.
	decided := func(state, pick string) func(h *house) string {
		return func(h *house) string {
			h.exec(`update claim_window set state = 'picked', closed_at = $1, claimed = 1, told_at = case when $2 then $1::timestamptz end`,
				wall, state != "chosen")
			h.exec(`
				insert into claim (id, window_id, project_id, phase_id, person_id, coach_id, state, drafted_at, changed_at, submitted_at, turn, decided_at)
				select $1, id, project_id, phase_id, 'teo-marchi', 'noor-basri', $2, $3, $3, $3, 1, $3 from claim_window`, id, state, wall)
			h.exec(`
				insert into pick (id, window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by)
				select $1, id, project_id, 1, $1, 'only', 'One claim came in.', 1, 1, $2, $3, 'marta-lind', $2::timestamptz + interval '2 days'
				from claim_window`, id, wall, pick)
			if state == "offered" {
				h.exec(`
					insert into term (project_id, person_id, state, claim_id, offered_at, answer_by)
					values ('meter-letters', 'teo-marchi', 'offered', $1, $2, $2::timestamptz + interval '2 days')`, id, wall)
			}
			h.exec(`
				insert into review (id, claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by)
				values ($1, $1, 'meter-letters', 'teo-marchi', $2, 'Is it?', 'judith-orme', $2::timestamptz + interval '7 days')`, id, wall)
			return ""
		}
	}
	invited := func(h *house) string {
		h.exec(`update claim_window set id = $1, state = 'inviting', closes_at = null`, id)
		h.exec(`
			insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
			values ($1, 'meter-letters', 'teo-marchi', 1, $2, $2::timestamptz + interval '2 days')`, id, wall)
		return ""
	}
	// Vera is only asked to stand in for Ines, and has not said yes.
	askedToStandIn := func(h *house) string {
		h.exec(`update stand_in set state = 'asked', answered_at = null`)
		return ""
	}
	alone := func(h *house) string {
		h.exec(`delete from stand_in`)
		return ""
	}
	// Ines has said how it stands, and Judith answers for its priority.
	said := func(h *house) string {
		h.said("ines-calder", 0)
		h.exec(`update priority set owner_id = 'judith-orme'`)
		return ""
	}
	questioned := func(h *house) string {
		h.questioned()
		return ""
	}
	working := func(h *house) string {
		h.working()
		return ""
	}
	claim := func(act string) string { return "/claims/" + id + "/" + act }
	rows := []row{
		{method: http.MethodPost, route: "/claims/{id}/accept", at: claim("accept"), set: decided("offered", "confirmed"), who: nobody.with(asStaff)},
		{method: http.MethodPost, route: "/claims/{id}/decline", at: claim("decline"), set: decided("offered", "confirmed"), who: nobody.with(asStaff)},
		{method: http.MethodPost, route: "/claims/{id}/review", at: claim("review"), form: []string{"what", "Is it?"}, set: decided("offered", "confirmed"), who: nobody.with(asStaff)},
		{method: http.MethodPost, route: "/claims/{id}/beside", at: claim("beside"), form: []string{"answer", "yes"}, set: decided("offered", "confirmed"), who: nobody.with(asCoLead)},
		{method: http.MethodPost, route: "/picks/{id}", at: "/picks/" + id, form: []string{"answer", "return", "reason", "No."}, set: decided("chosen", "waiting"), who: only(asSteward)},
		{method: http.MethodPost, route: "/reviews/{id}", at: "/reviews/" + id, form: []string{"upheld", "no", "answer", "It was."}, set: decided("offered", "confirmed"), who: only(asExecutive)},
		{method: http.MethodPost, route: "/invites/{id}", at: "/invites/" + id, form: []string{"answer", "no"}, set: invited, who: nobody.with(asStaff)},
		// A co-lead reads what being away means for them; a steward asks where the lead has left.
		{method: http.MethodGet, route: "/projects/{id}/stand-in", at: path.StandIn("night-pressure"), set: alone, who: only(asLead, asCoLead)},
		{method: http.MethodPost, route: "/projects/{id}/stand-in", at: path.StandIn("night-pressure"), form: []string{"until", "2026-06-01"}, set: alone, who: only(asLead)},
		{method: http.MethodPost, route: "/projects/{id}/stand-in/{standin}", at: path.AnswerStandIn("night-pressure", standIn), form: []string{"answer", "yes"}, set: askedToStandIn, who: nobody.with(asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/stand-in/{standin}/end", at: path.EndStandIn("night-pressure", standIn), once: true, who: only(asLead, asStandIn)},
		{method: http.MethodGet, route: "/projects/{id}/live", at: path.Live("night-pressure"), who: allStaff()},
		{method: http.MethodGet, route: "/projects/{id}/week", at: path.Week("night-pressure"), who: allStaff()},
		{method: http.MethodPost, route: "/projects/{id}/week", at: path.Week("night-pressure"), form: []string{"state", "at_risk", "says", "It slips."}, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/week/{word}/seen", at: path.SeeWeek("night-pressure", aWord), set: said, who: only(asExecutive)},
		{method: http.MethodGet, route: "/projects/{id}/change", at: path.ChangeLed("night-pressure"), who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/change", at: path.ChangeLed("night-pressure"), form: []string{"title", "Night Pressure", "purpose", "Lower it.", "end", "2026-08-20"}, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodGet, route: "/projects/{id}/work", at: path.Work("night-pressure"), who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/links", at: path.AddLink("night-pressure"), form: []string{"label", "Board", "url", "https://work.example.org"}, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/links/{link}/drop", at: path.DropLink("night-pressure", aLink), set: working, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/steps", at: path.AddStep("night-pressure"), form: []string{"says", "Ask the crews", "due", "2026-06-01"}, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/steps/{step}/drop", at: path.DropStep("night-pressure", aStep), set: working, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/steps/{step}", at: path.TickStep("night-pressure", aStep), form: []string{"done", "yes"}, set: working, who: only(asLead, asCoLead, asStandIn)},
		// Whoever leads it, or stands in for its lead, would be asked themselves.
		{method: http.MethodGet, route: "/projects/{id}/ask", at: path.AskLead("night-pressure"), who: allStaff().but(refused, asLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/ask", at: path.AskLead("night-pressure"), form: []string{"says", "Are hosepipes next?"}, who: allStaff().but(refused, asLead, asStandIn)},
		{method: http.MethodGet, route: "/projects/{id}/questions/{question}", at: path.AnswerQuestion("night-pressure", aQuestion), set: questioned, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodPost, route: "/projects/{id}/questions/{question}", at: path.AnswerQuestion("night-pressure", aQuestion), form: []string{"answer", "Not yet."}, set: questioned, once: true, who: only(asLead, asCoLead, asStandIn)},
		{method: http.MethodGet, route: "/projects/{id}/step-down", at: path.StepDown("night-pressure"), who: only(asLead, asCoLead)},
		{method: http.MethodPost, route: "/projects/{id}/step-down", at: path.StepDown("night-pressure"), who: only(asLead, asCoLead)},
		{method: http.MethodGet, route: "/projects/{id}/claim", at: path.ClaimProject("meter-letters"), who: allStaff()},
		{method: http.MethodGet, route: "/projects/{id}/result", at: path.Result("meter-letters"), who: allStaff()},
		{method: http.MethodPost, route: "/projects/{id}/claim", at: path.ClaimProject("meter-letters"), who: allStaff()},
		{method: http.MethodPost, route: "/projects/{id}/claim/draft", at: path.KeepClaim("meter-letters"), who: allStaff()},
		// Nobody has claimed, so there is nothing to take back.
		{method: http.MethodPost, route: "/projects/{id}/claim/withdraw", at: path.WithdrawClaim("meter-letters"), who: nobody},
		// Nothing of that name is asked for.
		{method: http.MethodPost, route: "/projects/{id}/claim/word", at: path.RateForClaim("meter-letters"), form: []string{"skill", "x", "level", "9"}, who: nobody},
		{method: http.MethodPost, route: "/projects/{id}/claim/ask", at: path.AskForClaim("meter-letters"), form: []string{"skill", "x"}, who: nobody},
	}
	return rows
}

// with is the same access, copied, with these hats coming in.
func (a access) with(hats ...string) access {
	copied := access{}
	for hat, outcome := range a {
		copied[hat] = outcome
	}
	return copied.but(comesIn, hats...)
}
