package peopledb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// PeopleQuery says which people to list. They come by name: no list is by score.
type PeopleQuery struct {
	Words  string         // in a name, or in what they say of themselves
	Circle skein.CircleID // they belong to it, or to one within it
	Skill  string         // its name: something speaks for them in it
	After  PersonKey
	Today  skein.Date
	Limit  int
}

// PersonKey is where a list of people goes on.
type PersonKey struct {
	Name string
	ID   skein.PersonID
}

// ListedPerson is one line of a list of people.
type ListedPerson struct {
	ID     skein.PersonID
	Name   string
	Circle string
	Known  []string // what somebody else says they can do, the freshest first
	Leads  []string // titles of what they lead now
	Away   bool
	Shared bool // another person has the same name
}

// NamedCircle is a circle as filters offer it.
type NamedCircle struct {
	ID   skein.CircleID
	Name string
}

// PeopleList is one page of people, with what can be filtered by.
type PeopleList struct {
	People  []ListedPerson
	Next    *PersonKey // nil: that was all
	Circles []NamedCircle
	Skills  []NamedSkill // those most people have something said for
}

// People lists active people by name, a page at a time, in one round trip.
func (db *Store) People(ctx context.Context, q PeopleQuery) (PeopleList, error) {
	var list PeopleList
	args := pgx.NamedArgs{
		"words": q.Words, "prefixes": core.Prefixes(q.Words), "circle": q.Circle, "skill": q.Skill,
		"name": q.After.Name, "id": q.After.ID, "today": q.Today, "limit": q.Limit + 1,
	}
	batch := &pgx.Batch{}
	core.Collect(batch, &list.People, PeopleSQL(q), args)
	core.Collect(batch, &list.Circles, circleNamesSQL, args)
	core.Collect(batch, &list.Skills, CommonSkillsSQL, args)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return PeopleList{}, fmt.Errorf("people: %w", err)
	}
	if len(list.People) > q.Limit {
		list.People = list.People[:q.Limit]
		last := list.People[q.Limit-1]
		list.Next = &PersonKey{Name: last.Name, ID: last.ID}
	}
	return list, nil
}

// PeopleSQL lists with the conditions that were asked for alone, so that each has its index.
func PeopleSQL(q PeopleQuery) string {
	conditions := ""
	if q.Circle != "" {
		conditions += `
        and person.circle_id in (select id from within)`
	}
	if q.Words != "" {
		conditions += `
        and (
            name_words(person.name) @@ to_tsquery('simple', folded(@prefixes))
            or free_words(person.name || ' ' || person.about) @@ websearch_to_tsquery('english', folded(@words))
        )`
	}
	if q.Skill != "" {
		conditions += `
        and person.id in (
            select evidence.person_id
            from evidence
            where evidence.hidden_at is null and evidence.skill_id in (
                select skill_id from skill_name where key = skill_key(@skill)
                union
                select id from skill where skill_key(name) = skill_key(@skill)
            )
        )`
	}
	return `
with recursive within as (
    select id from circle where id = @circle
    union
    select circle.id from circle join within on circle.parent_id = within.id
), listed as (
    select person.id, person.name, person.circle_id
    from person
    where ` + core.ActiveToday + `
        and (folded(person.name), person.id) > (folded(@name), @id)` + conditions + `
    order by folded(person.name), person.id
    limit @limit
)` + listedSQL
}

var listedSQL = `
select listed.id,
    listed.name,
    coalesce(circle.name, '') as circle,
    array(
        select skill.name
        from evidence
        join skill on skill.id = evidence.skill_id
        where evidence.person_id = listed.id and evidence.kind <> 'self' and evidence.hidden_at is null
            and coalesce(evidence.expires_on >= @today, true)
        group by skill.id
        order by skill.id in (select skill_id from skill_name where key = skill_key(@skill)) desc, skill.kind, max(evidence.observed_on) desc, folded(skill.name)
        limit 3
    ) as known,
    array(
        select project.title
        from term
        join project on project.id = term.project_id
        where term.person_id = listed.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
        order by folded(project.title), project.id
        limit 4
    ) as leads,
    exists (
        select from absence
        where absence.person_id = listed.id and absence.from_on <= @today and coalesce(absence.until_on >= @today, true)
    ) as away,
    exists (
        select from person
        where lower(person.name) = lower(listed.name) and person.id <> listed.id and ` + core.ActiveToday + `
    ) as shared
from listed
left join circle on circle.id = listed.circle_id
order by folded(listed.name), listed.id`

const circleNamesSQL = `
select id, name
from circle
order by folded(name), id
limit 300`

// CommonSkillsSQL lists what skills are offered where people type one: those that something is shown of.
const CommonSkillsSQL = `
select skill.id, skill.name
from skill
where skill.kind = 'domain'
    and skill.retired_at is null
    and exists (select from evidence where evidence.skill_id = skill.id and evidence.hidden_at is null)
order by folded(skill.name), skill.id
limit 200`
