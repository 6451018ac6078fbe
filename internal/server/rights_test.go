package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// times are the times of a lead, one after the other, as a house is put into them.
var times = []struct {
	name string
	set  func(*house)
	// who of those around the lead may do what the lead does
	decides []string
}{
	{"offered", func(h *house) { h.comes("offered", "offered") }, nil},
	{"accepted", func(h *house) { h.comes("accepted", "accepted") }, nil},
	{"live", func(*house) {}, []string{asLead, asCoLead, asStandIn}},
	{"handing over", func(h *house) {
		h.exec(`update term set state = 'handing_over' where role = 'primary'`)
		h.exec(`update project set state = 'handing_over' where id = 'night-pressure'`)
		h.exec(`
			insert into claim_window (project_id, phase_id, number, opened_at, closes_at, seed)
			values ('night-pressure', '00000000-0000-7000-8000-000000000001', 1, $1, $1::timestamptz + interval '7 days', 'seed')`, wall)
	}, []string{asLead, asCoLead, asStandIn}},
	{"ended", func(h *house) {
		h.over("open")
		h.exec(`
			insert into claim_window (project_id, phase_id, number, opened_at, closes_at, seed)
			values ('night-pressure', '00000000-0000-7000-8000-000000000001', 1, $1, $1::timestamptz + interval '7 days', 'seed')`, wall)
	}, nil},
	{"completed", func(h *house) { h.over("completed") }, nil},
}

// comes has nobody lead yet: whoever was chosen has not begun.
func (h *house) comes(term, claim string) {
	h.Helper()
	h.exec(`delete from stand_in`)
	h.exec(`update project set state = 'open' where id = 'night-pressure'`)
	h.exec(`
		insert into claim_window (project_id, phase_id, number, opened_at, closed_at, told_at, state, seed)
		values ('night-pressure', '00000000-0000-7000-8000-000000000001', 1, $1, $1, $1, 'picked', 'seed')`, wall)
	h.exec(`
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at, turn, decided_at)
		select id, project_id, phase_id, 'ines-calder', $2, $1, $1, $1, 1, $1 from claim_window where project_id = 'night-pressure'`, wall, claim)
	h.exec(`
		update term
		set state = $2, during = null, live_at = null, offered_at = $1, answer_by = $1::timestamptz + interval '2 days',
			claim_id = (select id from claim where project_id = 'night-pressure')
		where role = 'primary'`, wall, term)
	h.exec(`update term set state = 'asked', during = null, live_at = null, answer_by = $1::timestamptz + interval '2 days' where role = 'co'`, wall)
}

// over ends all that anybody held in Night Pressure.
func (h *house) over(state string) {
	h.Helper()
	h.exec(`update stand_in set state = 'ended', ended_at = $1::timestamptz, ended_on = $1::timestamptz::date, end_reason = 'somebody leads it'`, wall)
	h.exec(`update term set state = 'ended', ended_at = $1::timestamptz, end_reason = 'its time was over', during = daterange(lower(during), $1::timestamptz::date, '[]')`, wall)
	h.exec(`update project set state = $2::text, ended_at = case when $2::text = 'completed' then $1::timestamptz end where id = 'night-pressure'`, wall, state)
}

// Whoever leads, leads beside the lead, or stands in may do what the lead does from the day on which it begins until it
// ends: no route of a project lets them in before or after for being, or having been, its lead. Tried are all routes of a
// project that let them in while they lead and refuse the staff.
func TestRightsBeginAndEndWithTheLead(t *testing.T) {
	t.Parallel()
	var rows []row
	for _, row := range matrix() {
		of := strings.HasPrefix(row.route, "/projects/{id}") && strings.Contains(row.at, "night-pressure")
		leads := slices.ContainsFunc([]string{asLead, asCoLead, asStandIn}, func(hat string) bool { return row.who[hat] == comesIn })
		if of && leads && row.who[asStaff] != comesIn {
			rows = append(rows, row)
		}
	}
	if len(rows) < 15 {
		t.Fatalf("only %d routes are a lead's", len(rows))
	}
	for _, at := range times {
		t.Run(at.name, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			people := h.cast()
			h.exec(`update priority set owner_id = 'judith-orme'`)
			h.questioned()
			h.working()
			at.set(h)
			browsers := map[string]*browser{}
			for _, hat := range []string{asLead, asCoLead, asStandIn} {
				browsers[hat] = h.as(people[hat])
			}
			for _, row := range rows {
				for hat, b := range browsers {
					got := b.tries(row)
					want := row.who[hat] == comesIn && slices.Contains(at.decides, hat) || slices.Contains(beyond[row.route], at.name)
					if got && !want {
						t.Errorf("%s: %s %s lets the %s in", at.name, row.method, row.route, hat)
					}
				}
			}
		})
	}
}

// beyond are the routes that are open before a lead begins, each for a reason, and when.
var beyond = map[string][]string{
	"/projects/{id}/handing-on": {"ended"},               // whoever came to their last day writes what the next must know
	"/projects/{id}/leave":      {"offered", "accepted"}, // whoever asked for a place can take that back
	"/projects/{id}/start":      {"accepted"},            // whoever is chosen moves the day on which they begin
	"/projects/{id}/step-down":  {"accepted"},            // and declines before it
}

// tries tells whether somebody comes in at a row: a move that is refused because of the time is not let in.
func (b *browser) tries(row row) bool {
	b.Helper()
	var a *answer
	if row.method == http.MethodGet {
		a = b.get(row.at)
	} else {
		a = b.post(row.at, row.form...)
	}
	status := a.Response.StatusCode
	if status >= http.StatusInternalServerError {
		b.Errorf("%s: %d", a.what, status)
	}
	return status < http.StatusBadRequest || status == http.StatusUnprocessableEntity
}
