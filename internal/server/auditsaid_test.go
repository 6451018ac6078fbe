package server

import (
	"context"
	"regexp"
	"slices"
	"strings"

	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
)

// What a sentence of the log never holds: a code, an id, a raw value, the name of a detail.
var (
	codeIn  = regexp.MustCompile(`\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z_]+\b`)
	idIn    = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-|\d{4}-\d\d-\d\d`)
	rawIn   = regexp.MustCompile(`\b(yes|no|true|false|null|nothing|map)\b[:;,.\]]`)
	quoteIn = regexp.MustCompile(`“[^”]*”`) // what somebody typed
)

// theLogIsSaid reads the whole log that a test has written and holds each row against what a sentence
// may hold. It runs at the end of every test of this room, so it sees what its stories do.
func (h *house) theLogIsSaid() {
	h.Helper()
	ctx := context.Background()
	var actors, ids []string
	err := h.pool.QueryRow(ctx, `select array(select distinct coalesce(actor_id, '') from audit_event)`).Scan(&actors)
	if err != nil {
		return // the test broke the database on purpose
	}
	err = h.pool.QueryRow(ctx, `
		select array(select id from person where id <> name union select id from project where id <> title
			union select id from skill where id <> name union select id from circle where id <> name union select id from priority where id <> title)`).Scan(&ids)
	if err != nil {
		return
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !strings.Contains(id, "-") })
	for _, actor := range actors { // what somebody claimed is theirs alone to read
		rows, err := h.db.Log.Audit(ctx, logdb.AuditQuery{Viewer: skein.PersonID(actor)})
		if err != nil {
			return
		}
		h.eachSaid(rows.Rows, ids)
	}
}

func (h *house) eachSaid(rows []logdb.AuditRow, ids []string) {
	h.Helper()
	clock := words.Clock{Now: *h.now.Load(), Zone: h.now.Load().Location()}
	for _, row := range rows {
		line := view.AuditDays([]logdb.AuditRow{row}, clock, skein.Organisation{CircleWord: "team"})[0].Lines[0]
		names := []string{line.About, row.ActorName, row.CircleName}
		for _, name := range row.People {
			names = append(names, name)
		}
		for _, name := range row.Skills {
			names = append(names, name)
		}
		says := quoteIn.ReplaceAllString(strings.Join([]string{line.Who, line.Did, line.After, line.Details}, " "), "")
		for _, name := range names {
			if name != "" {
				says = strings.ReplaceAll(says, name, "")
			}
		}
		for _, never := range []*regexp.Regexp{codeIn, idIn, rawIn} {
			if found := never.FindString(says); found != "" {
				h.Errorf("the log says %q of %s: %q", found, row.Action, says)
			}
		}
		for _, id := range ids {
			if strings.Contains(says, id) {
				h.Errorf("the log says the id %s of %s: %q", id, row.Action, says)
			}
		}
		for key := range row.Details {
			if strings.Contains(says, key+":") {
				h.Errorf("the log says the detail %s of %s: %q", key, row.Action, says)
			}
		}
	}
}
