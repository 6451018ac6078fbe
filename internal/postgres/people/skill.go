package peopledb

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// NamedSkill is a skill as forms offer it.
type NamedSkill struct {
	ID   skein.SkillID
	Name string
}

// SkillsOfNobody names those of some skills of which nothing is on record of anybody, in the order asked.
func (db *Store) SkillsOfNobody(ctx context.Context, skills []skein.SkillID) ([]string, error) {
	names, err := core.Values[string](ctx, db.pool, `
		select skill.name
		from unnest($1::text[]) with ordinality asked (id, place)
		join skill on skill.id = asked.id
		where not exists (select from evidence where evidence.skill_id = skill.id)
		order by asked.place`, core.Texts(skills))
	return names, core.Translate(err)
}

// SkillOf finds a skill by its name, however that is written (see skein.NameKey), or makes it. One that
// has an id already, as the practices of the lens do, is made under that id. Two people who name a new
// skill at once get the same one.
func SkillOf(ctx context.Context, tx pgx.Tx, named skein.Skill) (skein.SkillID, []skein.Event, error) {
	name, err := skein.SkillName(named.Name)
	if err != nil {
		return "", nil, err
	}
	if err := lockSkills(ctx, tx, name); err != nil {
		return "", nil, err
	}
	id, err := skillNamed(ctx, tx, name, named.ID)
	if err != nil || id != "" {
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

// skillNamed finds the skill of an id, or else of a name, or else whose id a file wrote as that name; "" where
// there is none. Mostly the first look finds one by an index; only what is about to be made is held
// against all.
func skillNamed(ctx context.Context, tx pgx.Tx, name string, id skein.SkillID) (skein.SkillID, error) {
	found, err := core.Value[skein.SkillID](ctx, tx, `
		select coalesce((
			select id
			from skill
			where id = $2 or $2 = '' and lower(name) = lower($1)
			order by id
			limit 1
		), '')`, name, id)
	if err != nil || found != "" || id != "" {
		return found, err
	}
	all, err := core.All[NamedSkill](ctx, tx, `select id, name from skill order by id`)
	if err != nil {
		return "", err
	}
	key := skein.NameKey(name)
	if at := slices.IndexFunc(all, func(s NamedSkill) bool { return skein.NameKey(s.Name) == key }); at >= 0 {
		return all[at].ID, nil
	}
	if at := slices.IndexFunc(all, func(s NamedSkill) bool { return skein.NameKey(string(s.ID)) == key }); at >= 0 {
		return all[at].ID, nil
	}
	return "", nil
}

// lockSkills lets one transaction at a time look for skills of these names and make them. Whoever
// names several takes all at once and in order, so that no two wait for each other.
func lockSkills(ctx context.Context, tx pgx.Tx, names ...string) error {
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = skein.NameKey(name)
	}
	return core.Exec(ctx, tx, `
		select pg_advisory_xact_lock(key)
		from (
			select distinct hashtextextended('skill ' || name, 0) as key
			from unnest($1::text[]) as name
			order by key
		) ordered`, keys)
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
