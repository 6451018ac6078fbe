package peopledb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// SkillQuery says which skills an administrator looks for.
type SkillQuery struct {
	Words string
	Show  string // "", "practice", "retired"
	After SkillKey
	Limit int
}

// SkillKey is a place in the list.
type SkillKey struct {
	Name string // folded
	ID   skein.SkillID
}

// ListedSkill is one line of the list. Its numbers are what everybody may see: people of whom something is
// shown, and projects that are not drafts.
type ListedSkill struct {
	ID           skein.SkillID
	Name         string
	SortName     string
	Kind         skein.SkillKind
	HalfLifeDays int // 0: as the published tables say
	Retired      bool
	People       int
	Projects     int
}

// SkillPair is two skills that look like one.
type SkillPair struct {
	A, B         skein.SkillID
	AName, BName string
}

// SkillList is one page of the skills.
type SkillList struct {
	Skills []ListedSkill // one more than the limit where there are more
	Pairs  []SkillPair
}

// skillNumbers count what of a skill everybody may see.
const skillNumbers = `
	(
		select count(distinct evidence.person_id)
		from evidence
		where evidence.skill_id = skill.id and evidence.hidden_at is null
	)::int as people,
	(
		select count(distinct phase.project_id)
		from requirement
		join phase on phase.id = requirement.phase_id
		join project on project.id = phase.project_id
		where requirement.skill_id = skill.id and not requirement.struck and project.published_at is not null
	)::int as projects`

const listedSkillColumns = `
	skill.id,
	skill.name,
	folded(skill.name) as sort_name,
	skill.kind,
	coalesce(skill.half_life_days, 0) as half_life_days,
	skill.retired_at is not null as retired,` + skillNumbers

const skillListSQL = `
select` + listedSkillColumns + `
from skill
where (folded(skill.name), skill.id) > (@name, @id)
	and (@show <> 'practice' or skill.kind = 'practice')
	and (@show = 'retired') = (skill.retired_at is not null)
	and (
		@words = ''
		or skill.id = @words
		or strpos(folded(skill.name), folded(@words)) > 0
		or exists (
			select from skill_name
			where skill_name.skill_id = skill.id
				and (strpos(skill_name.key, folded(@words)) > 0 or similarity(skill_name.key, skill_key(@words)) >= ` + likeness + `)
		)
	)
order by folded(skill.name), skill.id
limit @limit`

// skillPairsSQL finds skills that differ by their marks and spaces alone, or by an s at the end.
const skillPairsSQL = `
select a, b, a_name, b_name
from (
	select id as a, name as a_name, lead(id) over alike as b, lead(name) over alike as b_name
	from (
		select id, name, regexp_replace(regexp_replace(folded(name), '[^[:alnum:]]', '', 'g'), 's$', '') as loose
		from skill
		where retired_at is null
	) skill
	where loose <> ''
	window alike as (partition by loose order by id)
) pair
where b is not null
order by folded(a_name), a
limit 12`

// SkillList lists skills by name, a page at a time, and those that look like one, in one round trip.
func (db *Store) SkillList(ctx context.Context, q SkillQuery) (SkillList, error) {
	var list SkillList
	batch := &pgx.Batch{}
	core.Collect(batch, &list.Skills, skillListSQL, pgx.NamedArgs{
		"words": q.Words, "show": q.Show, "name": q.After.Name, "id": q.After.ID, "limit": q.Limit + 1,
	})
	core.Collect(batch, &list.Pairs, skillPairsSQL)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return SkillList{}, fmt.Errorf("skills: %w", err)
	}
	return list, nil
}

// SkillPage is one skill as an administrator sees it.
type SkillPage struct {
	ListedSkill
	Version  int
	URI      string
	Within   string       // the name of its parent
	Others   []string     // its other names
	Like     []NamedSkill // that it may be the same as
	Wishes   int
	Children int
}

// SkillPage reads one skill; one that was merged into another is that other. ErrNotFound where there is none.
func (db *Store) SkillPage(ctx context.Context, id skein.SkillID) (SkillPage, error) {
	type row struct {
		ListedSkill
		Version  int
		URI      string
		Within   string
		Wishes   int
		Children int
	}
	var found []row
	var p SkillPage
	batch := &pgx.Batch{}
	core.Collect(batch, &found, `
		select`+listedSkillColumns+`,
			skill.version,
			coalesce(skill.uri, '') as uri,
			coalesce(parent.name, '') as within,
			(select count(*) from wish where wish.skill_id = skill.id)::int as wishes,
			(select count(*) from skill child where child.parent_id = skill.id)::int as children
		from skill
		left join skill parent on parent.id = skill.parent_id
		where skill.id = skill_now($1)`, id)
	core.Collect(batch, &p.Like, `
		select other.id, other.name
		from skill
		join skill_name mine on mine.skill_id = skill.id
		join skill_name theirs on theirs.key % mine.key and theirs.skill_id <> skill.id
		join skill other on other.id = theirs.skill_id and other.retired_at is null
		where skill.id = skill_now($1) and similarity(theirs.key, mine.key) >= `+likeness+`
		group by other.id
		order by max(similarity(theirs.key, mine.key)) desc, folded(other.name), other.id
		limit 5`, id)
	batch.Queue(`
		select skill_name.name
		from skill_name
		join skill on skill.id = skill_name.skill_id
		where skill.id = skill_now($1) and skill_name.key <> skill_key(skill.name)
		order by skill_name.key`, id).Query(func(rows pgx.Rows) (err error) {
		p.Others, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return SkillPage{}, fmt.Errorf("skill: %w", err)
	}
	if len(found) == 0 {
		return SkillPage{}, skein.ErrNotFound
	}
	r := found[0]
	p.ListedSkill, p.Version, p.URI, p.Within, p.Wishes, p.Children = r.ListedSkill, r.Version, r.URI, r.Within, r.Wishes, r.Children
	return p, nil
}
