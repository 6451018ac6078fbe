package factsdb

import (
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

type factRow struct {
	ID        string
	Name      string
	Active    bool
	HoursFree *float64
	Leads     int
	CoLeads   int
	LastLed   skein.Date
}

type seenRow struct {
	Person     string
	Skill      string
	Kind       string
	Level      int
	ObservedOn skein.Date
	ExpiresOn  skein.Date
	GivenBy    string
	GiverName  string
	Source     string
	About      string
	AsSelf     bool
}

type earlierRow struct {
	Person  string
	Project string
	Title   string
	FromOn  skein.Date
	Area    []string
}

type wishRow struct {
	Person string
	Skill  string
}

type absenceRow struct {
	Person  string
	FromOn  skein.Date
	UntilOn skein.Date
}

// compared names the people to be read, by id, or all who could lead as of the day.
func compared(ask comparison.Asking) string {
	if ask.People != nil {
		return `compared as (select unnest(@people::text[]) as id)`
	}
	return `compared as (
    select person.id
    from person
    where ` + core.ActiveBy + `
        and exists (select from evidence where evidence.person_id = person.id and ` + shown + `)
)`
}

// factSQL counts what each person holds when the day begins. A co-lead's place takes its hours, and so
// does standing in.
var factSQL = `
, held as (
    select term.person_id,
        count(*) filter (where term.role = 'primary')::int as leads,
        count(*) filter (where term.role = 'co')::int as co_leads,
        sum(project.hours_per_week)::float8 as hours
    from term
    join project on project.id = term.project_id
    where term.person_id in (select id from compared)
        and ` + heldBy + `
    group by term.person_id
), stood as (
    select stand_in.person_id, sum(project.hours_per_week)::float8 as hours
    from stand_in
    join project on project.id = stand_in.project_id
    where stand_in.person_id in (select id from compared)
        and ` + stoodBy + `
    group by stand_in.person_id
), last as (
    select term.person_id, max(least(coalesce(upper(term.during), @day), @day)) - 1 as day
    from term
    where term.role = 'primary'
        and lower(term.during) < @day
        and term.person_id in (select id from compared)
    group by term.person_id
)
select person.id,
    person.name,
    ` + core.ActiveBy + ` as active,
    (person.hours_per_week - coalesce(held.hours, 0) - coalesce(stood.hours, 0))::float8 as hours_free,
    coalesce(held.leads, 0) as leads,
    coalesce(held.co_leads, 0) as co_leads,
    last.day as last_led
from person
left join held on held.person_id = person.id
left join stood on stood.person_id = person.id
left join last on last.person_id = person.id
where person.id in (select id from compared)
order by person.id collate "C"`

// ReturnedWithin is how many days apart praise is praise in return, which counts no more than one's
// own word: what the published tables say, else the engine's own number.
const ReturnedWithin = `coalesce((select (trust->>'reciprocal_days')::int from policy order by version desc limit 1), @returned)`

// seenSQL reads evidence in the asked skills. A colleague's word counts as one's own when the two
// endorsed each other within the days of returnedWithin, or share no project or circle. Where people are named, so is the
// project that a source speaks of: by its id, or as "what one did:its id".
const seenSQL = `
, mine as (
    select person_id, project_id from term where lower(during) < @day and person_id in (select id from compared)
    union
    select person_id, project_id from member where joined_at < @day::date and person_id in (select id from compared)
), shared as (
    select mine.person_id, theirs.person_id as companion
    from mine
    join term theirs on theirs.project_id = mine.project_id and lower(theirs.during) < @day
    union
    select mine.person_id, theirs.person_id
    from mine
    join member theirs on theirs.project_id = mine.project_id and theirs.joined_at < @day::date
)
select evidence.person_id as person,
    evidence.skill_id as skill,
    evidence.kind,
    evidence.level::int as level,
    evidence.observed_on,
    evidence.expires_on,
    coalesce(evidence.given_by, '') as given_by,
    coalesce(giver.name, '') as giver_name,
    coalesce(evidence.source, '') as source,
    case when @named::boolean then coalesce((
        select project.title
        from project
        where project.id in (evidence.source, split_part(evidence.source, ':', 2))
        order by project.id
        limit 1
    ), '') else '' end as about,
    evidence.kind = 'peer' and giver.id is not null and (
        exists (
            select from evidence back
            where back.kind = 'peer'
                and back.person_id = evidence.given_by
                and back.given_by = evidence.person_id
                and back.observed_on < @day
                and back.hidden_at is null
                and abs(back.observed_on - evidence.observed_on) <= ` + ReturnedWithin + `
        )
        or not coalesce(giver.circle_id = person.circle_id, false)
            and (evidence.person_id, evidence.given_by) not in (select shared.person_id, shared.companion from shared)
    ) as as_self
from evidence
join person on person.id = evidence.person_id
left join person giver on giver.id = evidence.given_by
where evidence.person_id in (select id from compared)
    and evidence.skill_id in (select skill_id from asked)
    and ` + shown + `
order by evidence.person_id collate "C", evidence.skill_id collate "C", evidence.observed_on,
    evidence.kind, evidence.given_by collate "C", evidence.source collate "C", evidence.expires_on, evidence.level`

// earlierSQL reads primary leads so far with what their project was about.
const earlierSQL = `
select term.person_id as person,
    term.project_id as project,
    project.title,
    lower(term.during) as from_on,
    array(
        select requirement.skill_id
        from requirement
        where requirement.phase_id = about.id
            and not requirement.struck
            and requirement.importance = (
                select max(most.importance) from requirement most
                where most.phase_id = about.id and not most.struck
            )
        order by requirement.skill_id
    ) as area
from term
join project on project.id = term.project_id
join lateral (
    select phase.id
    from phase
    where phase.project_id = term.project_id
    order by coalesce(phase.id = term.phase_id, false) desc, phase.ended_at is null desc, phase.number desc
    limit 1
) about on true
where term.role = 'primary'
    and lower(term.during) < @day
    and term.person_id in (select id from compared)
order by term.person_id collate "C", lower(term.during) desc, term.project_id collate "C"`

const wishSQL = `
select person_id as person, skill_id as skill
from wish
where person_id in (select id from compared)
    and skill_id in (select skill_id from asked)
order by person_id collate "C", skill_id collate "C"`

const absenceSQL = `
select person_id as person, from_on, until_on
from absence
where person_id in (select id from compared)
    and from_on < @day
order by person_id collate "C", from_on`

// queueFacts queues all that facts are put together from.
func (r *Comparing) queueFacts(batch *pgx.Batch, ask comparison.Asking, args pgx.NamedArgs) {
	r.queueFactsOf(batch, "with "+compared(ask)+", "+askedSkills, args)
}

// queueFactsOf does so for who names: the people as compared, the skills as asked.
func (r *Comparing) queueFactsOf(batch *pgx.Batch, who string, args pgx.NamedArgs) {
	args["returned"] = skein.ReturnedDays
	core.Collect(batch, &r.evidence, who+r.inSkills(seenSQL), args)
	r.queueFactsButEvidence(batch, who, args)
}

func (r *Comparing) queueFactsButEvidence(batch *pgx.Batch, who string, args pgx.NamedArgs) {
	core.Collect(batch, &r.people, who+factSQL, args)
	core.Collect(batch, &r.earlier, who+earlierSQL, args)
	core.Collect(batch, &r.wishes, who+r.inSkills(wishSQL), args)
	core.Collect(batch, &r.absences, who+absenceSQL, args)
}

// inSkills is SQL about the skills asked for, or about every one where that is asked for.
func (r *Comparing) inSkills(sql string) string {
	if !r.everySkill {
		return sql
	}
	return strings.ReplaceAll(sql, "skill_id in (select skill_id from asked)", "skill_id is not null")
}

// facts puts the rows together, by person's id. The statements do not see one moment: rows of whoever came,
// left or was renamed between them are passed over, and the change that was noted has them read again.
func (r *Comparing) facts() []comparison.Facts {
	all := make([]comparison.Facts, len(r.people))
	at := make(map[string]*comparison.Facts, len(r.people))
	for i, p := range r.people {
		all[i] = comparison.Facts{
			Person: skein.PersonID(p.ID), Active: p.Active, HoursFree: p.HoursFree,
			Leads: p.Leads, CoLeads: p.CoLeads, LastLed: p.LastLed,
		}
		at[p.ID] = &all[i]
	}
	of := func(person string) *comparison.Facts {
		if f := at[person]; f != nil {
			return f
		}
		return &comparison.Facts{}
	}
	for _, e := range r.evidence {
		f := of(e.Person)
		f.Evidence = append(f.Evidence, e.seen())
	}
	for _, e := range r.earlier {
		f := of(e.Person)
		f.Earlier = append(f.Earlier, comparison.EarlierLead{
			Project: skein.ProjectID(e.Project), Area: core.IDs[skein.SkillID](e.Area), From: e.FromOn,
		})
	}
	for _, w := range r.wishes {
		f := of(w.Person)
		f.Wishes = append(f.Wishes, skein.SkillID(w.Skill))
	}
	for _, a := range r.absences {
		f := of(a.Person)
		f.Absences = append(f.Absences, skein.Absence{From: a.FromOn, Until: a.UntilOn})
	}
	return all
}

// seen turns a row into what the matcher sees.
func (e seenRow) seen() comparison.Seen {
	return comparison.Seen{
		Evidence: skein.Evidence{
			Person: skein.PersonID(e.Person), Skill: skein.SkillID(e.Skill),
			Kind: skein.EvidenceKind(e.Kind), Level: e.Level,
			ObservedOn: e.ObservedOn, ExpiresOn: e.ExpiresOn,
			GivenBy: skein.PersonID(e.GivenBy), Source: e.Source,
		},
		AsSelf: e.AsSelf,
	}
}
