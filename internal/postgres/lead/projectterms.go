package leaddb

import (
	"time"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// StandInRow is who is asked to stand in, or stands in, with the names that the page says.
type StandInRow struct {
	skein.StandIn
	Name    string
	ForName string
}

// StoodRow is a stretch in which somebody stood in for whoever led.
type StoodRow struct {
	Person skein.PersonID
	Name   string
	For    skein.PersonID
	From   skein.Date
	Until  skein.Date // the last day of it, which may come yet; zero: until somebody leads
	Stands bool
}

// TermRow is a term with the name that the page says.
type TermRow struct {
	ID        skein.TermID
	Person    skein.PersonID
	Name      string
	Role      skein.Role
	State     skein.TermState
	From      skein.Date
	Until     skein.Date
	EndsOn    skein.Date
	StartsOn  skein.Date // it begins on a day to come
	StartBase skein.Date
	Claim     skein.ClaimID
	With      skein.PersonID // who said yes to lead it beside them, by the claim that it began with
	WithName  string
	AnswerBy  time.Time
	NeedsBy   time.Time
	WordDue   skein.Date
	Phase     string
	EndReason string
	LastDay   skein.Date // theirs here; zero: none is known
	SaidBack  bool       // what was handed on with it was said back
	Joined    time.Time  // the team, before; zero: not before
	Left      time.Time  // the team; zero: not in it, or still
	Stays     bool       // in the team
	ChosenFor skein.Situation
	ChosenHow skein.ChosenHow
}

var projectTermsSQL = `
select term.id::text as id,
	term.person_id as person,
	person.name,
	term.role,
	term.state,
	lower(term.during) as from,
	upper(term.during) - 1 as until,
	term.ends_on,
	term.starts_on,
	term.start_base,
	coalesce(term.claim_id::text, '') as claim,
	coalesce(beside.id, '') as with,
	coalesce(beside.name, '') as with_name,
	term.answer_by,
	term.needs_by,
	term.word_due,
	coalesce(phase.name, '') as phase,
	term.end_reason,
	term.chosen_for,
	term.chosen_how,
	person.active_until as last_day,
	exists (
		select from handover
		where handover.term_id = term.id and handover.state in ` + core.HandoverStands + `
			and exists (select from term next where next.id = handover.next_id and next.state in ` + core.TermBegun + `)
	) as said_back,
	(
		select min(member.joined_at) from member
		where member.project_id = term.project_id and member.person_id = term.person_id and member.joined_at <= lower(term.during)
	) as joined,
	(
		select case when bool_and(member.left_at is not null) then max(member.left_at) end from member
		where member.project_id = term.project_id and member.person_id = term.person_id
	) as "left",
	exists (
		select from member
		where member.project_id = term.project_id and member.person_id = term.person_id and member.left_at is null
	) as stays
from term
join person on person.id = term.person_id
left join phase on phase.id = term.phase_id
left join claim on claim.id = term.claim_id and claim.with_agreed_at is not null
left join person beside on beside.id = claim.with_person_id
where term.project_id = $1
	and term.state not in ` + core.TermFailed + `
order by lower(term.during) nulls last, term.offered_at, term.id`

var projectStandInSQL = `
select` + standInColumns + `,
	person.name,
	absent.name as for_name
from stand_in
join person on person.id = stand_in.person_id
join person absent on absent.id = stand_in.for_id
where stand_in.project_id = $1 and stand_in.state in ` + core.StandInOpen + `
limit 1`

// stoodSQL reads who stood in, or does. One that ended before it began was none.
const stoodSQL = `
select stand_in.person_id as person, person.name, stand_in.for_id as for, stand_in.from_on as from,
	coalesce(stand_in.ended_on, stand_in.until_on) as until, stand_in.state = 'standing' as stands
from stand_in
join person on person.id = stand_in.person_id
where stand_in.project_id = $1 and stand_in.state in ('standing', 'ended')
	and coalesce(stand_in.ended_on, stand_in.until_on, stand_in.from_on) >= stand_in.from_on
order by stand_in.from_on, stand_in.id`
