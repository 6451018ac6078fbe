package peopledb

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

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

// SkillOf finds a skill by its name or by one of its other names, however that is written, or makes it. One
// that has an id already, as the practices of the lens do, is made under that id. Two who name a new skill
// at once get the same one: the database keeps each name once, and the second waits for the first, whether
// that is a person or an import. One that is retired is Invalid, unless it is named by its id or is among
// those that stay.
func SkillOf(ctx context.Context, tx pgx.Tx, named skein.Skill, stays ...skein.SkillID) (skein.SkillID, []skein.Event, error) {
	name, err := skein.SkillName(named.Name)
	if err != nil {
		return "", nil, err
	}
	if err := lockSkills(ctx, tx, name); err != nil {
		return "", nil, err
	}
	// Twice: what was found may be merged away, and what is to be made may be made, by whoever is waited for.
	for range 2 {
		id, err := skillNamed(ctx, tx, name, named.ID)
		if err != nil {
			return "", nil, err
		}
		if id == "" {
			id, made, err := makeSkill(ctx, tx, named, name)
			if err != nil || id != "" {
				return id, made, err
			}
			continue
		}
		there, err := core.All[foundSkill](ctx, tx, `select name, retired_at is not null as retired from skill where id = $1 for key share`, id)
		if err != nil {
			return "", nil, err
		}
		if len(there) == 1 {
			if there[0].Retired && named.ID == "" && !slices.Contains(stays, id) {
				return "", nil, retiredSkill(there[0].Name)
			}
			return id, nil, nil
		}
	}
	return "", nil, skein.Conflict{Why: "An administrator changed this skill at the same moment. Send it again."}
}

type foundSkill struct {
	Name    string
	Retired bool
}

func retiredSkill(name string) error {
	return skein.Invalid{{Field: "skill", Message: name + " is not used any more. Name another skill, or ask an administrator to bring it back."}}
}

// makeSkill makes a skill, unless its name was taken meanwhile: then it is "".
func makeSkill(ctx context.Context, tx pgx.Tx, named skein.Skill, name string) (skein.SkillID, []skein.Event, error) {
	kind := named.Kind
	if kind == "" {
		kind = skein.Domain
	}
	savepoint, err := tx.Begin(ctx) // a name that is taken ends no more than this
	if err != nil {
		return "", nil, err
	}
	var id skein.SkillID
	err = savepoint.QueryRow(ctx, `
		insert into skill (id, name, kind)
		values (coalesce($1, uuid_v7()::text), $2, $3)
		returning id`, core.Nullable(named.ID), name, kind).Scan(&id)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return "", nil, savepoint.Rollback(ctx)
	}
	if err == nil {
		err = savepoint.Commit(ctx)
	}
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
		select coalesce(
			(select id from skill where $2 <> '' and id = skill_now($2)),
			(select skill_id from skill_name where key = skill_key($1)),
			'')`, name, id)
	if err != nil || found != "" || id != "" {
		return found, err
	}
	all, err := core.Pairs[skein.SkillID, skein.SkillID](ctx, tx, `
		select id, id from skill
		union all
		select id, skill_id from skill_was`)
	if err != nil {
		return "", err
	}
	key := skein.NameKey(name)
	for _, id := range slices.Sorted(maps.Keys(all)) { // where several are alike, the least
		if skein.NameKey(string(id)) == key {
			return all[id], nil
		}
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
	join skill on skill.id = evidence.skill_id and skill.retired_at is null
	where not exists (select from evidence mine where mine.person_id = @me and mine.skill_id = skill.id)
	group by skill.id
	order by skill.kind, count(distinct colleague.id) desc, folded(skill.name), skill.id
	limit 4`
