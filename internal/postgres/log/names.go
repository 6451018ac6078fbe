package logdb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
)

// The details that hold a person's id, and the one that holds a skill's.
var personKeys = []string{"person", "asked_of", "given_by", "lead", "owner", "with", "coach"}

const skillKey = "skill"

// name fills in the names of whom and what the details of rows are about, in one round trip.
func (db *Store) name(ctx context.Context, rows []AuditRow) error {
	people, skills, circles := map[string]string{}, map[string]string{}, map[string]string{}
	var persons, known, moving []string
	for i := range rows {
		rows[i].People, rows[i].Skills, rows[i].Circles = people, skills, circles
		moving = append(moving, rows[i].moving()...)
		for _, key := range personKeys {
			if id, ok := rows[i].Details[key].(string); ok && id != "" {
				persons = append(persons, id)
			}
		}
		if id, ok := rows[i].Details[skillKey].(string); ok {
			known = append(known, id)
		}
	}
	if len(persons)+len(known)+len(moving) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	core.CollectPairs(batch, people, `select id, name from person where id = any($1::text[])`, persons)
	core.CollectPairs(batch, skills, `
		select said.id, skill.name
		from unnest($1::text[]) said (id)
		join skill on skill.id = skill_now(said.id)`, known)
	core.CollectPairs(batch, circles, `select id, name from circle_named where id = any($1::text[])`, moving)
	return db.pool.SendBatch(ctx, batch).Close()
}

// Moving are the circles that had to move with a project before it was changed, and those that must now; known tells
// whether a row says so. One circle in the place of another is noted by its id alone.
func (r AuditRow) Moving() (was, is []string, known bool) {
	if _, known = r.Details["teams"]; known {
		return idsOf(r.Details["was_teams"]), idsOf(r.Details["teams"]), true
	}
	changed, _ := r.Details["changed"].(map[string]any)
	both, _ := changed["teams"].([]any)
	if len(both) != 2 {
		return nil, nil, false
	}
	return idsOf(both[0]), idsOf(both[1]), true
}

func (r AuditRow) moving() []string {
	was, is, _ := r.Moving()
	return append(was, is...)
}

// idsOf are the ids of a detail: one, or a list.
func idsOf(detail any) []string {
	var all []string
	switch ids := detail.(type) {
	case string:
		if ids != "" {
			all = append(all, ids)
		}
	case []any:
		for _, id := range ids {
			all = append(all, idsOf(id)...)
		}
	}
	return all
}
