package peopledb

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Profile is what is known of one person: what they can do and who says so, what they lead and
// led. Of an import's further columns it has none, and no number stands for a person.
type Profile struct {
	skein.Person
	CircleName string
	CameIn     bool // ever
	Skills     []SaidSkill
	Wishes     []NamedSkill
	Terms      []PastTerm // those in office first, then the latest
	StandIns   []ProfileStandIn
	Leaves     []Leave      // of today and later
	Asked      []OpenAsk    // only to themselves
	Known      []NamedSkill // completions, for whoever may say what they have seen
}

// SaidSkill is what one source says of one skill: oneself, a colleague, outcomes or a credential.
type SaidSkill struct {
	Skill      skein.SkillID
	Name       string
	Kind       skein.EvidenceKind
	Level      int
	Giver      skein.PersonID
	GiverName  string
	Source     string
	Note       string
	ObservedOn skein.Date
	ExpiresOn  skein.Date
	Times      int  // how often the source said so; only the latest word counts
	Hidden     bool // seen by the person alone
	AsSelf     bool // a colleague's word that counts no more than one's own
}

// PastTerm is one lead that somebody holds or held.
type PastTerm struct {
	Project skein.ProjectID
	Title   string
	Role    skein.Role
	From    skein.Date
	Until   skein.Date // zero: still in office
	EndsOn  skein.Date
}

// ProfileStandIn is a lead in which somebody who said yes stands in, today or from a day to come: the person
// for another, or another for them.
type ProfileStandIn struct {
	Project skein.ProjectID
	Title   string
	Person  skein.PersonID
	Name    string
	For     skein.PersonID
	ForName string
	From    skein.Date
	Until   skein.Date // zero: until somebody leads
}

// OpenAsk is a question about somebody that waits for a colleague.
type OpenAsk struct {
	SkillName string
	OfName    string
	AnswerBy  time.Time
}

// ProfileQuery says whose profile and who looks.
type ProfileQuery struct {
	Person skein.PersonID
	Viewer skein.PersonID
	Today  skein.Date
}

// Profile reads one person's page in one round trip. What they have hidden is read for themselves alone.
func (db *Store) Profile(ctx context.Context, q ProfileQuery) (Profile, error) {
	var people []profileRow
	var p Profile
	args := pgx.NamedArgs{
		"person": q.Person, "me": q.Person, "own": q.Person == q.Viewer, "today": q.Today,
		"tomorrow": q.Today.AddDate(0, 0, 1), "returned": skein.ReturnedDays,
	}
	batch := &pgx.Batch{}
	core.Collect(batch, &people, profileSQL, args)
	core.Collect(batch, &p.Skills, saidSQL, args)
	core.Collect(batch, &p.Wishes, wishedSQL, args)
	core.Collect(batch, &p.Terms, ledSQL, args)
	core.Collect(batch, &p.StandIns, profileStandInSQL, args)
	core.Collect(batch, &p.Leaves, ComingLeaveSQL, args)
	if q.Person == q.Viewer {
		core.Collect(batch, &p.Asked, openAskSQL, args)
	} else {
		core.Collect(batch, &p.Known, CommonSkillsSQL)
	}
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Profile{}, fmt.Errorf("profile: %w", err)
	}
	if len(people) == 0 {
		return Profile{}, skein.ErrNotFound
	}
	p.Person, p.CircleName, p.CameIn = people[0].Person, people[0].CircleName, people[0].CameIn
	return p, nil
}

type profileRow struct {
	skein.Person
	CircleName string
	CameIn     bool
}

const profileSQL = `
select` + personColumns + `,
    coalesce(circle.name, '') as circle_name,
    person.welcomed_at is not null or exists (select from account where account.person_id = person.id) as came_in
from person
left join circle on circle.id = person.circle_id
where person.id = @person`

// saidSQL takes the latest word of each source on each skill. Outcomes that are shown count as one source, however
// many leads they came of, and those that are hidden as another.
const saidSQL = `
with mine as (
    select project_id from term where person_id = @person and lower(during) < @tomorrow
    union
    select project_id from member where person_id = @person
), latest as (
    select distinct on (skill_id, kind, given_by, case when kind = 'credential' then source end, kind = 'outcome' and hidden_at is not null)
        evidence.*,
        count(*) over (partition by skill_id, kind, given_by, case when kind = 'credential' then source end, kind = 'outcome' and hidden_at is not null) as times
    from evidence
    where person_id = @person and (@own or hidden_at is null)
    order by skill_id, kind, given_by, case when kind = 'credential' then source end, kind = 'outcome' and hidden_at is not null,
        observed_on desc, id desc
)
select latest.skill_id as skill,
    skill.name,
    latest.kind,
    latest.level::int as level,
    coalesce(latest.given_by, '') as giver,
    coalesce(giver.name, '') as giver_name,
    coalesce(latest.source, '') as source,
    latest.note,
    latest.observed_on,
    latest.expires_on,
    latest.times::int as times,
    latest.hidden_at is not null as hidden,
    latest.kind = 'peer' and giver.id is not null and (
        exists (
            select from evidence back
            where back.kind = 'peer' and back.person_id = latest.given_by and back.given_by = @person
                and back.hidden_at is null and abs(back.observed_on - latest.observed_on) <= ` + factsdb.ReturnedWithin + `
        )
        or not coalesce(giver.circle_id = person.circle_id, false) and not exists (
            select from term
            where term.person_id = latest.given_by and lower(term.during) < @tomorrow
                and term.project_id in (select project_id from mine)
        ) and not exists (
            select from member
            where member.person_id = latest.given_by and member.project_id in (select project_id from mine)
        )
    ) as as_self
from latest
join skill on skill.id = latest.skill_id
join person on person.id = latest.person_id
left join person giver on giver.id = latest.given_by
order by max(latest.observed_on) over (partition by latest.skill_id) desc, folded(skill.name), skill.id,
    latest.kind = 'self', latest.kind, latest.observed_on desc, latest.id
limit 400`

const wishedSQL = `
select skill.id, skill.name
from wish
join skill on skill.id = wish.skill_id
where wish.person_id = @person
order by wish.made_at, skill.id`

const ledSQL = `
select project.id as project,
    project.title,
    term.role,
    lower(term.during) as from,
    upper(term.during) - 1 as until,
    term.ends_on
from term
join project on project.id = term.project_id
where term.person_id = @person and term.role in ('primary', 'co') and lower(term.during) < @tomorrow
order by upper(term.during) desc nulls first, lower(term.during) desc, term.id
limit 100`

// profileStandInSQL reads who has said yes: who is only asked, a project's own page says.
const profileStandInSQL = `
select project.id as project,
    project.title,
    stand_in.person_id as person,
    person.name,
    stand_in.for_id as for,
    absent.name as for_name,
    stand_in.from_on as from,
    stand_in.until_on as until
from stand_in
join project on project.id = stand_in.project_id
join person on person.id = stand_in.person_id
join person absent on absent.id = stand_in.for_id
where (stand_in.person_id = @person or stand_in.for_id = @person) and stand_in.state = 'standing'
    and coalesce(stand_in.until_on >= @today, true)
order by stand_in.from_on, folded(project.title), project.id
limit 100`

const openAskSQL = `
select skill.name as skill_name, person.name as of_name, ask.answer_by
from ask
join skill on skill.id = ask.skill_id
join person on person.id = ask.asked_of
where ask.person_id = @person and ask.answered_at is null and ask.answer_by > @today
order by ask.asked_at, ask.id
limit 50`
