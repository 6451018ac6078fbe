package peopledb

import (
	"context"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// likeness is how alike two names are from which on one may be meant by the other: of all their groups of
// three letters, the share that both have.
const likeness = "0.4"

// TypedSkill is what a name that somebody typed may mean.
type TypedSkill struct {
	ID      skein.SkillID
	Name    string   // of the skill that has it, as it is called now; "": nobody has named it before
	Retired bool     // that skill is not used any more
	Like    []string // names of skills that are like it, where it has none: the likest first
}

// SkillsTyped looks up names as they were typed, in their order, in one round trip.
func (db *Store) SkillsTyped(ctx context.Context, names []string) ([]TypedSkill, error) {
	if len(names) == 0 {
		return nil, nil
	}
	return core.All[TypedSkill](ctx, db.pool, `
		select coalesce(skill.id, '') as id,
			coalesce(skill.name, '') as name,
			coalesce(skill.retired_at is not null, false) as retired,
			case when skill.id is null then array(
				select other.name
				from skill_name theirs
				join skill other on other.id = theirs.skill_id and other.retired_at is null
				where theirs.key % skill_key(typed.name) and similarity(theirs.key, skill_key(typed.name)) >= `+likeness+`
				group by other.id
				order by max(similarity(theirs.key, skill_key(typed.name))) desc, folded(other.name), other.id
				limit 3
			) else '{}' end as "like"
		from unnest($1::text[]) with ordinality typed (name, place)
		left join lateral (
			select skill_id as id from skill_name where key = skill_key(typed.name)
			union all
			select id from skill where id = skill_now(typed.name)
			limit 1
		) found on true
		left join skill on skill.id = found.id
		order by typed.place`, names)
}
