package server

import (
	"net/http"
	"slices"

	"skein/web/path"
)

// restated is Night Pressure at higher stakes, in seven answers; more puts others in their place.
func restated(more ...string) []string {
	all := []string{
		"uncertainty", "complex", "stakes", "4", "urgency", "3", "expertise", "3", "commitment", "3", "reach", "3", "readiness", "3",
		"why", "The Corrie fell below the mark.",
	}
	for n := 0; n < len(more); n += 2 {
		if i := slices.Index(all, more[n]); i >= 0 {
			all[i+1] = more[n+1]
			continue
		}
		all = append(all, more[n], more[n+1])
	}
	return all
}

// reconsidering makes the cast's lead one that is being reconsidered, since the stakes are higher.
func (h *house) reconsidering() {
	h.Helper()
	h.exec(`update term set chosen_how = 'began', chosen_for = '{"uncertainty": "complex", "stakes": 3, "urgency": 3, "commitment": 3}' where role = 'primary'`)
	h.exec(`update phase set stakes = 4, said_by = 'marta-lind', why = 'The Corrie fell below the mark.', stated_at = $1 where project_id = 'night-pressure'`, wall)
	h.exec(`insert into reconsideration (project_id, term_id, state, opened_at, due)
		select project_id, id, 'open', $1, $1::timestamptz + interval '14 days' from term where project_id = 'night-pressure' and role = 'primary'`, wall)
}

// changedRows are what a led project is like now, and what becomes of its lead.
func changedRows() []row {
	reconsidered := func(h *house) string {
		h.reconsidering()
		return ""
	}
	changed, reconsider := path.Changed("night-pressure"), path.Reconsider("night-pressure")
	says := only(asLead, asCoLead, asStandIn, asSteward)
	return []row{
		{method: http.MethodGet, route: "/projects/{id}/changed", at: changed, who: says},
		{method: http.MethodPost, route: "/projects/{id}/changed", at: changed, form: restated(), once: true, who: says},
		{method: http.MethodGet, route: "/projects/{id}/reconsider", at: reconsider, set: reconsidered, who: allStaff()},
		{method: http.MethodPost, route: "/projects/{id}/reconsider", at: reconsider, form: []string{"answer", "keep"}, set: reconsidered, once: true, who: only(asLead, asSteward)},
	}
}
