package peopledb

import (
	"context"

	"github.com/jackc/pgx/v5"

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

// LikelySkill is a skill that somebody may mean who is typing one.
type LikelySkill struct {
	Name   string
	Called string // another name of it, by which it was found; "": by its own
}

// mostLikely is how many skills are offered while somebody types.
const mostLikely = 8

// SkillsLike lists what skills may be meant by what was typed so far, in one round trip: first those of which a name
// begins so, then those that have a word which does, then those that hold it or are like it; the likest first. One that
// is not used any more is not among them.
func (db *Store) SkillsLike(ctx context.Context, typed string) ([]LikelySkill, error) {
	return core.All[LikelySkill](ctx, db.pool, `
		with typed as (
			select skill_key(@typed) as key, '%' || regexp_replace(skill_key(@typed), '([\\%_])', '\\\1', 'g') || '%' as pattern
		), near as (
			select distinct on (theirs.skill_id) theirs.skill_id,
				theirs.name,
				theirs.key,
				case
					when starts_with(theirs.key, typed.key) then 3
					when strpos(' ' || theirs.key, ' ' || typed.key) > 0 then 2
					when strpos(theirs.key, typed.key) > 0 then 1
					else 0
				end as place,
				greatest(similarity(theirs.key, typed.key), word_similarity(typed.key, theirs.key)) as likeness
			from typed
			join skill_name theirs on theirs.key like typed.pattern or theirs.key % typed.key or typed.key <% theirs.key
			where typed.key <> ''
			order by theirs.skill_id, place desc, likeness desc, theirs.key
		)
		select skill.name, case when near.key = skill_key(skill.name) then '' else near.name end as called
		from near
		join skill on skill.id = near.skill_id and skill.retired_at is null
		order by near.place desc, near.likeness desc, folded(skill.name), skill.id
		limit @most`, pgx.NamedArgs{"typed": typed, "most": mostLikely})
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
