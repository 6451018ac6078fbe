package homedb

import (
	"time"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// PartKind says what part somebody has in something that they do not lead.
type PartKind string

// The parts, in the order of the page.
const (
	PartProposed PartKind = "proposed" // a project of theirs, which somebody else leads or nobody yet
	PartBeside   PartKind = "beside"   // they are to lead it beside whoever accepted it
	PartMember   PartKind = "member"
	PartShadow   PartKind = "shadow"
	PartPlace    PartKind = "place" // they asked to lead it beside its lead
	PartAsk      PartKind = "ask"   // they asked a colleague about a skill
)

// Part is one of them.
type Part struct {
	Kind         PartKind
	ID           string // of the project; of an ask, its own
	Title        string // the project's; of an ask, the skill's
	State        skein.ProjectState
	Who          string // who leads it; of an ask, who is asked
	Leaving      bool   // who leads it hands it on
	Reconsidered bool
	Coming       string // who accepted its lead and has not begun, as far as everybody knows
	ComingOn     skein.Date
	Until        *time.Time
	Parts        int // of that kind in all, at most partsCounted

	leaddb.LastWord
}

// How many of a kind a home page holds, and up to how many are counted.
const (
	homeParts    = 3
	partsCounted = 100
)

// toLeadBeside holds for a claim whose claimant somebody said yes to lead beside.
const toLeadBeside = `claim.with_person_id = @me and claim.with_agreed_at is not null`

// besideNext holds for a project that somebody is to lead beside whoever accepted it: no smaller place of theirs is listed.
const besideNext = `exists (
            select from claim
            join term next on next.claim_id = claim.id and next.role = 'primary' and next.state = 'accepted'
            where claim.project_id = project.id and ` + toLeadBeside + `
        )`

// partsSQL lists what one person has a part in, each kind by itself, the latest first: as many as are shown,
// with how many there are.
var partsSQL = `
with part as (
    (select 'proposed' as kind, project.id, project.title, project.state, null::timestamptz as until, project.published_at as since
    from project
    where project.proposed_by = @me and project.state in ` + core.ProjectUnderWay + `
        and not exists (
            select from term
            where term.project_id = project.id and term.person_id = @me and term.role in ('primary', 'co') and term.state in ` + core.TermAgreed + `
        )
    order by project.published_at desc nulls last, project.id
    limit @parts_counted)

    union all
    (select 'beside', project.id, project.title, project.state, null, claim.with_agreed_at
    from claim
    join term on term.claim_id = claim.id and term.role = 'primary' and term.state = 'accepted'
    join claim_window on claim_window.id = claim.window_id and claim_window.told_at is not null
    join project on project.id = claim.project_id
    where ` + toLeadBeside + ` and project.state in ` + core.ProjectUnderWay + `
        and not exists (
            select from term held
            where held.project_id = project.id and held.person_id = @me and held.role = 'co' and held.state in ` + core.TermHolds + `
        )
    order by claim.with_agreed_at desc, project.id
    limit @parts_counted)

    union all
    (select 'member', project.id, project.title, project.state, null, member.joined_at
    from member
    join project on project.id = member.project_id
    where member.person_id = @me and member.left_at is null and project.state in ` + core.ProjectUnderWay + `
        and not exists (
            select from term
            where term.project_id = project.id and term.person_id = @me and term.state in ` + core.TermPlaced + `
                and not ` + core.AskedBeside + ` -- who is asked to is in the team until they say yes
        )
        and not ` + besideNext + `
    order by member.joined_at desc, project.id
    limit @parts_counted)

    union all
    (select case term.role when 'co' then 'place' else 'shadow' end, project.id, project.title, project.state,
        case when term.state = 'asked' then term.answer_by end, coalesce(term.live_at, term.offered_at)
    from term
    join project on project.id = term.project_id
    where term.person_id = @me and project.state in ` + core.ProjectUnderWay + `
        and (term.role = 'co' and term.state = 'asked' or term.role = 'shadow' and term.state in ` + core.TermHolds + ` and not ` + besideNext + `)
    order by 6 desc nulls last, project.id
    limit @parts_counted)

    union all
    (select 'ask', ask.id::text, skill.name, asked.name, ask.answer_by, ask.asked_at
    from ask
    join skill on skill.id = ask.skill_id
    join person asked on asked.id = ask.asked_of
    where ask.person_id = @me and ask.answered_at is null and ask.answer_by > @now
    order by ask.asked_at desc, ask.id
    limit @parts_counted)
), counted as (
    select part.*,
        row_number() over (partition by kind order by since desc nulls last, id) as place,
        (count(*) over (partition by kind))::int as parts
    from part
)
select counted.kind,
    counted.id,
    counted.title,
    case when counted.kind = 'ask' then '' else counted.state end as state,
    case when counted.kind = 'ask' then counted.state else coalesce(person.name, '') end as who,
    coalesce(term.state = 'handing_over', false) as leaving,
    counted.kind <> 'ask' and ` + core.Reconsidered("counted.id") + ` as reconsidered,
    coalesce(coming.name, '') as coming,
    coming.starts_on as coming_on,
    counted.until,
    counted.parts,` + leaddb.LastWordColumns + `
from counted
left join term on counted.kind <> 'ask' and term.project_id = counted.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
left join person on person.id = term.person_id
left join lateral ` + core.Coming("counted.id") + ` coming on counted.kind <> 'ask'
` + leaddb.LastWordOf("counted.id") + ` and counted.kind <> 'ask'
where counted.place <= @parts
order by array_position(array['proposed', 'beside', 'member', 'shadow', 'place', 'ask'], counted.kind), counted.place`
