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
	people, skills := map[string]string{}, map[string]string{}
	var persons, known []string
	for i := range rows {
		rows[i].People, rows[i].Skills = people, skills
		for _, key := range personKeys {
			if id, ok := rows[i].Details[key].(string); ok && id != "" {
				persons = append(persons, id)
			}
		}
		if id, ok := rows[i].Details[skillKey].(string); ok {
			known = append(known, id)
		}
	}
	if len(persons)+len(known) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	core.CollectPairs(batch, people, `select id, name from person where id = any($1::text[])`, persons)
	core.CollectPairs(batch, skills, `
		select said.id, skill.name
		from unnest($1::text[]) said (id)
		join skill on skill.id = skill_now(said.id)`, known)
	return db.pool.SendBatch(ctx, batch).Close()
}
