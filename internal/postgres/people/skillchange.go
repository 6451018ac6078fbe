package peopledb

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// skillRow is a skill as it is changed.
type skillRow struct {
	skein.Skill
	Version int
	Retired bool
}

const skillRowSQL = `
select id, name, kind, coalesce(half_life_days, 0) as half_life_days, coalesce(uri, '') as uri,
	coalesce(parent_id, '') as parent, version, retired_at is not null as retired
from skill
where id = $1
for update`

// changeSkill changes a skill that stands as it was read, and tells the log of it. The error is ErrNotFound
// where there is none (one that was merged away is none any more), and ErrStale where somebody else changed
// it meanwhile.
func (db *Store) changeSkill(ctx context.Context, by skein.By, id skein.SkillID, read string, do func(tx pgx.Tx, s skillRow) (*skein.Event, error)) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		s, err := core.One[skillRow](ctx, tx, skillRowSQL, id)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, strconv.Itoa(s.Version)); err != nil {
			return nil, err
		}
		event, err := do(tx, s)
		if err != nil || event == nil {
			return nil, err
		}
		event.Noun, event.NounID = "skill", string(id)
		return []skein.Event{*event}, nil
	})
}

// RenameSkill gives a skill another name; the one it had stays, for forms, files and searches. A name that
// another skill has is Invalid on "name"; one of those that the tables ask for, by their name, is Refused. Administrators may, at any time.
func (db *Store) RenameSkill(ctx context.Context, by skein.By, id skein.SkillID, read, name string, asked []skein.SkillID) error {
	name, err := skein.SkillName(name)
	if err != nil {
		return err
	}
	if err := tablesAsk(true, id, asked); err != nil {
		return err
	}
	return db.changeSkill(ctx, by, id, read, func(tx pgx.Tx, s skillRow) (*skein.Event, error) {
		if s.Name == name {
			return nil, nil //nolint:nilnil // nothing to tell
		}
		return &skein.Event{Action: "skill.rename", Details: map[string]any{"was": s.Name, "name": name}},
			core.Exec(ctx, tx, `update skill set name = $2 where id = $1`, id, name)
	})
}

// DropSkillName takes another name away from a skill: whoever types it from then on names a new one.
func (db *Store) DropSkillName(ctx context.Context, by skein.By, id skein.SkillID, name string) error {
	return db.changeSkill(ctx, by, id, "", func(tx pgx.Tx, s skillRow) (*skein.Event, error) {
		tag, err := tx.Exec(ctx, `
			delete from skill_name
			where skill_id = $1 and key = skill_key($2) and key <> skill_key($3)`, id, name, s.Name)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		// where an earlier file gave the name to another skill as well, it is that one's now
		if err := core.Exec(ctx, tx, `
			with heir as (
				update skill
				set twin = false
				where id = (select id from skill where twin and skill_key(name) = skill_key($1) order by id limit 1)
				returning id, name
			)
			insert into skill_name (key, skill_id, name)
			select skill_key(name), id, name from heir`, name); err != nil {
			return nil, err
		}
		return &skein.Event{Action: "skill.drop_name", Details: map[string]any{"name": s.Name, "was": name}}, nil
	})
}

// SetSkill changes of which kind a skill is and how fast it fades; 0 days: as the published tables say.
func (db *Store) SetSkill(ctx context.Context, by skein.By, id skein.SkillID, read string, kind skein.SkillKind, days int) error {
	var bad skein.Invalid
	bad.Add(kind != skein.Domain && kind != skein.Practice, "kind", "Choose one of the two.")
	bad.Add(days < 0 || days > skein.LongestHalfLife, "days", "Say a number of days from 1 to 36525, a hundred years.")
	if err := bad.Err(); err != nil {
		return err
	}
	return db.changeSkill(ctx, by, id, read, func(tx pgx.Tx, s skillRow) (*skein.Event, error) {
		if s.Kind == kind && s.HalfLifeDays == days {
			return nil, nil //nolint:nilnil // nothing to tell
		}
		return &skein.Event{Action: "skill.update", Details: map[string]any{
				"name": s.Name, "kind": kind, "half_life_days": days, "kind_was": s.Kind, "half_life_days_was": s.HalfLifeDays,
			}},
			core.Exec(ctx, tx, `update skill set kind = $2, half_life_days = nullif($3, 0) where id = $1`, id, kind, days)
	})
}

// RetireSkill takes a skill out of what is offered and typed, or brings it back. What speaks for people in
// it, and what asks for it, stays. One of those that the tables ask for is Refused.
func (db *Store) RetireSkill(ctx context.Context, by skein.By, id skein.SkillID, read string, retire bool, asked []skein.SkillID) error {
	if err := tablesAsk(retire, id, asked); err != nil {
		return err
	}
	return db.changeSkill(ctx, by, id, read, func(tx pgx.Tx, s skillRow) (*skein.Event, error) {
		if s.Retired == retire {
			return nil, nil //nolint:nilnil // nothing to tell
		}
		action := "skill.bring_back"
		if retire {
			action = "skill.retire"
		}
		return &skein.Event{Action: action, Details: map[string]any{"name": s.Name}},
			core.Exec(ctx, tx, `update skill set retired_at = case when $2 then $3::timestamptz end where id = $1`, id, retire, by.At)
	})
}

// tablesAsk refuses to take away what the published tables ask of leads.
func tablesAsk(takes bool, id skein.SkillID, asked []skein.SkillID) error {
	for _, practice := range asked {
		if takes && practice == id {
			return skein.Refused{
				Why: "The published tables ask leads for this practice by its name, so it keeps that, and is neither retired nor merged into another.",
				Who: "Another skill can be merged into it. Only a Skein whose tables do without it would let it go.",
			}
		}
	}
	return nil
}
