package server

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// auditPage is how many rows a page of the log shows.
const auditPage = 50

// auditQuery reads what is asked of the log from the address.
func auditQuery(r *http.Request) (logdb.AuditQuery, page.AuditFilter, error) {
	asked, v := r.URL.Query(), viewer(r)
	typed := func(name string) string { return strings.TrimSpace(asked.Get(name)) }
	filter := page.AuditFilter{
		Who: typed("who"), Noun: typed("noun"), Action: typed("action"), Project: typed("project"),
		From: typed("from"), Until: typed("until"),
	}
	q := logdb.AuditQuery{
		Viewer: v.Person.ID, Who: filter.Who, Noun: filter.Noun, Action: filter.Action, Project: filter.Project,
	}
	var bad skein.Invalid
	dayOf := func(name, text string, later int) time.Time {
		if text == "" {
			return time.Time{}
		}
		day, err := time.ParseInLocation(time.DateOnly, text, v.Clock().Zone)
		bad.Add(err != nil, name, "Choose a day, such as 2026-05-11.")
		return day.AddDate(0, 0, later)
	}
	q.From, q.Until = dayOf("from", filter.From, 0), dayOf("until", filter.Until, 1)
	bad.Add(bad.Err() == nil && !q.From.IsZero() && !q.Until.IsZero() && !q.From.Before(q.Until), "until", "That is before the first day.")
	return q, filter, bad.Err()
}

// cursorsOf seals places in the log: a row's number counts those before it, sealed claims too.
func cursorsOf(secret []byte) seal {
	s, err := newSeal(secret, "skein place in the log")
	if err != nil {
		panic(err) // only a key of another length fails
	}
	return s
}

func (s *server) showAudit(w http.ResponseWriter, r *http.Request) error {
	return s.renderAudit(w, r, http.StatusOK, nil)
}

// renderAudit shows the page; with what was typed of how long things are kept.
func (s *server) renderAudit(w http.ResponseWriter, r *http.Request, status int, typed func(*page.Retention)) error {
	q, filter, err := auditQuery(r)
	if place := r.URL.Query().Get("before"); place != "" {
		before, ok := s.cursors.open(place)
		if !ok {
			return badRequest{"This address does not lead to a place in the log, or not any more. Begin at the newest rows."}
		}
		q.Before = before
	}
	var found logdb.AuditPage
	if bad, ok := asInvalid(err); ok {
		status, filter.Wrong = http.StatusUnprocessableEntity, bad.On
	} else {
		q.Limit = auditPage
		if found, err = s.db.Log.Audit(r.Context(), q); err != nil {
			return err
		}
	}
	kept, err := s.db.Keep.Kept(r.Context())
	if err != nil {
		return err
	}
	rows := found.Rows
	f := s.frame(r, "Who did what", path.AdminAudit)
	a := page.Audit{Filter: filter, Actions: view.AuditActions(filter.Action), MayAlter: found.MayAlter, Kept: view.Retention(kept, f.Clock())}
	if typed != nil {
		typed(&a.Kept)
	}
	values := filterValues(filter)
	a.Export = path.With(path.AdminAuditExport, values)
	a.Matched = a.Export != path.AdminAuditExport
	if q.Before > 0 {
		a.Newest = path.With(path.AdminAudit, values)
	}
	if len(rows) > auditPage {
		rows = rows[:auditPage]
		values.Set("before", s.cursors.close(rows[auditPage-1].ID))
		a.Next = path.With(path.AdminAudit, values)
	}
	a.Days = view.AuditDays(rows, f.Clock(), viewer(r).Org)
	return s.render(w, r, status, page.ShowAudit(f, a))
}

// exportAudit sends the rows of a filter as CSV. When it breaks on the way the connection is cut,
// so that nobody takes a part for the whole.
func (s *server) exportAudit(w http.ResponseWriter, r *http.Request) error {
	q, filter, err := auditQuery(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="skein-audit-`+viewer(r).Now.Format(time.DateOnly)+`.csv"`)
	if r.Method == http.MethodHead {
		return nil // nobody takes a copy of the log by asking what it would be
	}
	if err := s.db.Log.NoteExport(r.Context(), viewer(r).By(), exported(filter)); err != nil {
		return err
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // a long log takes long; not every writer can
	out := csv.NewWriter(w)
	_ = out.Write([]string{"at", "actor", "actor_name", "action", "noun", "noun_id", "project", "circle", "details"}) // Flush says what failed
	err = s.db.Log.EachAudit(r.Context(), q, func(row logdb.AuditRow) error {
		details, err := json.Marshal(row.Details)
		if err != nil {
			return err
		}
		return out.Write(harmless(row.At.UTC().Format(time.RFC3339Nano), row.Actor, row.ActorName, row.Action,
			row.Noun, row.NounID, row.Project, row.Circle, string(details)))
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err != nil {
		s.Log.ErrorContext(r.Context(), "export of the log broke off", "request", requestID(r.Context()), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// filterValues is a filter as an address holds it.
func filterValues(f page.AuditFilter) url.Values {
	return url.Values{
		"who": {f.Who}, "noun": {f.Noun}, "action": {f.Action}, "project": {f.Project}, "from": {f.From}, "until": {f.Until},
	}
}

// exported is what the log says of an export: which filter it had.
func exported(f page.AuditFilter) map[string]any {
	filter := map[string]any{}
	for name, values := range filterValues(f) {
		if values[0] != "" {
			filter[name] = values[0]
		}
	}
	return filter
}

// harmless keeps a spreadsheet from reading a cell as a formula.
func harmless(cells ...string) []string {
	for i, cell := range cells {
		if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
			cells[i] = "'" + cell
		}
	}
	return cells
}
