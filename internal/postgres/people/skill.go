package peopledb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// NamedSkill is a skill as forms offer it.
type NamedSkill struct {
	ID   skein.SkillID
	Name string
}

// SkillOf finds a skill by its name, whatever the case, or makes it. One that has an id already,
// as the practices of the lens do, is made under that id. Two people who name a new skill at once
// get the same one.
func SkillOf(ctx context.Context, tx pgx.Tx, named skein.Skill) (skein.SkillID, []skein.Event, error) {
	name, err := skein.SkillName(named.Name)
	if err != nil {
		return "", nil, err
	}
	if err := lockSkills(ctx, tx, name); err != nil {
		return "", nil, err
	}
	var id skein.SkillID
	err = tx.QueryRow(ctx, `
		select id
		from skill
		where id = $2 or $2 = '' and lower(name) = lower($1)
		order by id
		limit 1`, name, named.ID).Scan(&id)
	if err == nil || !errors.Is(core.Translate(err), skein.ErrNotFound) {
		return id, nil, err
	}
	kind := named.Kind
	if kind == "" {
		kind = skein.Domain
	}
	err = tx.QueryRow(ctx, `
		insert into skill (id, name, kind)
		values (coalesce($1, uuid_v7()::text), $2, $3)
		returning id`, core.Nullable(named.ID), name, kind).Scan(&id)
	return id, []skein.Event{{
		Action: "skill.create", Noun: "skill", NounID: string(id),
		Details: map[string]any{"name": name},
	}}, err
}

// lockSkills lets one transaction at a time look for skills of these names and make them. Whoever
// names several takes all at once and in order, so that no two wait for each other.
func lockSkills(ctx context.Context, tx pgx.Tx, names ...string) error {
	return core.Exec(ctx, tx, `
		select pg_advisory_xact_lock(key)
		from (
			select distinct hashtextextended('skill ' || lower(name), 0) as key
			from unnest($1::text[]) as name
			order by key
		) ordered`, names)
}

// circleSkills is what others of a person's circle are known for and the person has said nothing
// of, the most common first. Of a large circle forty people stand for all.
const circleSkills = `
	with colleague as (
		select person.id
		from person
		where person.circle_id = (select circle_id from person me where me.id = @me) and person.id <> @me
		limit 40
	)
	select skill.id, skill.name
	from colleague
	join evidence on evidence.person_id = colleague.id and evidence.hidden_at is null
	join skill on skill.id = evidence.skill_id
	where not exists (select from evidence mine where mine.person_id = @me and mine.skill_id = skill.id)
	group by skill.id
	order by skill.kind, count(distinct colleague.id) desc, folded(skill.name)
	limit 4`
