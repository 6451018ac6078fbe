package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// NamedSkill is a skill as forms offer it.
type NamedSkill struct {
	ID   skein.SkillID
	Name string
}

// skillOf finds a skill by its name, whatever the case, or makes it as something one knows. Two
// people who name a new skill at once get the same one.
func skillOf(ctx context.Context, tx pgx.Tx, typed string) (skein.SkillID, []skein.Event, error) {
	name, err := skein.SkillName(typed)
	if err != nil {
		return "", nil, err
	}
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('skill ' || lower($1), 0))`, name); err != nil {
		return "", nil, err
	}
	var id skein.SkillID
	err = tx.QueryRow(ctx, `
		select id
		from skill
		where lower(name) = lower($1)
		order by id
		limit 1`, name).Scan(&id)
	if err == nil || translate(err) != skein.ErrNotFound {
		return id, nil, err
	}
	err = tx.QueryRow(ctx, `insert into skill (name, kind) values ($1, 'domain') returning id`, name).Scan(&id)
	return id, []skein.Event{{Action: "skill.create", Noun: "skill", NounID: string(id),
		Details: map[string]any{"name": name}}}, err
}

// SkillsLike returns skills whose name begins with what was typed, then those that contain it.
func (db *DB) SkillsLike(ctx context.Context, typed string, limit int) ([]NamedSkill, error) {
	rows, _ := db.pool.Query(ctx, `
		select id, name
		from skill
		where strpos(lower(name), lower($1)) > 0
		order by strpos(lower(name), lower($1)), lower(name), id
		limit $2`, typed, limit)
	return pgx.CollectRows(rows, pgx.RowToStructByName[NamedSkill])
}

// circleSkills is what others of a person's circle are known for and the person has said nothing
// of, the most common first.
const circleSkills = `
	select skill.id, skill.name
	from person me
	join person colleague on colleague.circle_id = me.circle_id and colleague.id <> me.id
	join evidence on evidence.person_id = colleague.id and evidence.hidden_at is null
	join skill on skill.id = evidence.skill_id
	where me.id = @me
		and not exists (select from evidence mine where mine.person_id = me.id and mine.skill_id = skill.id)
	group by skill.id
	order by count(distinct colleague.id) desc, lower(skill.name)
	limit 6`
