package leaddb

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

const remitChangeColumns = `
	remit_change.id::text as id,
	remit_change.project_id as project,
	remit_change.term_id::text as term,
	remit_change.state,
	remit_change.proposed_by,
	remit_change.proposed_at,
	remit_change.by_lead,
	remit_change.reason,
	coalesce(remit_change.asked_of, '') as asked_of,
	remit_change.answer_by,
	remit_change.reminded,
	coalesce(remit_change.answered_by, '') as answered_by,
	remit_change.answered_at,
	remit_change.refusal,
	remit_change.ended_at,
	remit_change.was,
	remit_change.becomes as now`

const remitChangesSQL = `
select` + remitChangeColumns + `
from remit_change
where remit_change.project_id = @project
order by remit_change.proposed_at, remit_change.id
for update`

// RemitChangeRow is a change of what a lead decides, with the names that pages say.
type RemitChangeRow struct {
	skein.RemitChange
	ProposedByName string
	AskedOfName    string
	AnsweredByName string
	// AskedAnswers tells that whoever is asked answers for the priority.
	AskedAnswers bool
	// OwnSide tells that those who lead proposed it, and the viewer has led it with them since.
	OwnSide bool
}

// remitShownSQL reads the changes of what a lead decides as pages show them: the one that waits first, then the newest.
var remitShownSQL = `
select` + remitChangeColumns + `,
	proposer.name as proposed_by_name,
	coalesce(asked.name, '') as asked_of_name,
	coalesce(answerer.name, '') as answered_by_name,
	remit_change.by_lead and exists (
		select from project
		join priority on priority.id = project.priority_id and priority.retired_at is null
		where project.id = remit_change.project_id and priority.owner_id = remit_change.asked_of
	) as asked_answers,
	remit_change.by_lead and ` + core.LedSince("@viewer", "remit_change.project_id", "organisation_day(remit_change.proposed_at)") + ` as own_side
from remit_change
join person proposer on proposer.id = remit_change.proposed_by
left join person asked on asked.id = remit_change.asked_of
left join person answerer on answerer.id = remit_change.answered_by
where remit_change.project_id = @project
order by remit_change.state <> 'proposed', remit_change.proposed_at desc, remit_change.id
limit 20`

// saveRemitChange keeps a change of what a lead decides, new or not.
func saveRemitChange(b *pgx.Batch, c skein.RemitChange) {
	b.Queue(`
		insert into remit_change (id, project_id, term_id, state, proposed_by, proposed_at, by_lead, reason, asked_of, answer_by,
			reminded, answered_by, answered_at, refusal, ended_at, was, becomes)
		values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11, nullif($12, ''), $13, $14, $15, $16, $17)
		on conflict (id) do update
		set term_id = excluded.term_id, state = excluded.state, asked_of = excluded.asked_of, reminded = excluded.reminded, answered_by = excluded.answered_by,
			answered_at = excluded.answered_at, refusal = excluded.refusal, ended_at = excluded.ended_at`,
		c.ID, c.Project, c.Term, c.State, c.ProposedBy, c.ProposedAt, c.ByLead, c.Reason, c.AskedOf, c.AnswerBy,
		c.Reminded, c.AnsweredBy, c.AnsweredAt, c.Refusal, c.EndedAt, c.Was, c.Now)
}

// RemitOf reads what a change of what the lead decides is about: RemitChange.Of.
const RemitOf = `case
	when remit_change.was -> 'hours' is not distinct from remit_change.becomes -> 'hours' then '` + string(skein.RemitOfRows) + `'
	when remit_change.was -> 'rows' is not distinct from remit_change.becomes -> 'rows' then '` + string(skein.RemitOfHours) + `'
	else '` + string(skein.RemitOfBoth) + `'
end`

// Deciding is what the lead decides as pages show it being changed.
type Deciding struct {
	Changes []RemitChangeRow // the one that waits first, then the newest
	// AnswersHere tells that somebody answers for the priority who is here, and will be before an answer is wanted.
	AnswersHere bool
}

// answeringSQL reads who answers for a project's priority, where they are with the organisation.
var answeringSQL = `
select person.id as person, ` + core.AwayUntil + ` as away_until
from project
join priority on priority.id = project.priority_id and priority.retired_at is null
join person on person.id = priority.owner_id and ` + core.ActiveToday + `
where project.id = @project`

// remitAstray holds where a change waits for somebody whose answer it is not any more: lead's remitAstray.
var remitAstray = `remit_change.by_lead and (
	remit_change.proposed_by = remit_change.asked_of or ` + core.LedSince("remit_change.asked_of", "project.id", proposedOn) + `
	or exists (
		select from priority
		join person on person.id = priority.owner_id and ` + core.ActiveToday + `
		where priority.id = project.priority_id and priority.retired_at is null and person.id not in (remit_change.asked_of, remit_change.proposed_by)
			and not coalesce(` + core.AwayUntil + ` >= organisation_day(remit_change.answer_by), false) and not ` + core.LedSince("person.id", "project.id", proposedOn) + `
	)
	or not exists (
		select from priority
		where priority.id = project.priority_id and priority.retired_at is null and priority.owner_id = remit_change.asked_of
	) and not exists (
		select from hat
		join person on person.id = hat.person_id and ` + core.ActiveToday + `
		where hat.person_id = remit_change.asked_of and (
			hat.kind in ('executive', 'administrator')
			or hat.kind = 'steward' and hat.circle_id in (select circle_id from circles_above(project.circle_id))
		)
	)
)`

// proposedOn is the organisation's day on which a change was proposed.
const proposedOn = `organisation_day(remit_change.proposed_at)`

// answersHereSQL tells whether whoever answers for a project's priority is here to agree: lead's answersHere.
var answersHereSQL = `
select true
from project
join priority on priority.id = project.priority_id and priority.retired_at is null
join person on person.id = priority.owner_id and ` + core.ActiveToday + `
where project.id = @project and not exists (
	select from remit_change
	where remit_change.project_id = project.id and remit_change.state = 'proposed' and remit_change.by_lead
		and ` + core.LedSince("person.id", "project.id", "organisation_day(remit_change.proposed_at)") + `
) and not coalesce(` + core.AwayUntil + ` >= @today::date + coalesce((
	-- what is left of the time to answer counts in whole days, upwards, and the page knows no hour of its day
	select greatest(0, (remit_change.answer_by at time zone organisation.zone)::date - @today::date + 1)
	from remit_change
	cross join organisation
	where remit_change.project_id = project.id and remit_change.state = 'proposed'
), @days::int), false)`

func (d *Deciding) queue(batch *pgx.Batch, id skein.ProjectID, viewer skein.PersonID, today skein.Date) {
	args := pgx.NamedArgs{"project": id, "viewer": viewer, "today": today, "days": int(skein.RemitTime.Hours() / 24)}
	core.Collect(batch, &d.Changes, remitShownSQL, args)
	batch.Queue(answersHereSQL, args).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&d.AnswersHere}, func() error { return nil })
		return err
	})
}

// remitChangePart are the changes of what the lead decides.
var remitChangePart = part{
	rows: list(func(l *lead.Lead) *[]skein.RemitChange { return &l.RemitChanges }, remitChangesSQL,
		func(c skein.RemitChange) skein.RemitChangeID { return c.ID }, saveRemitChange),
	due: map[lead.Clock]string{
		lead.ClockRemit: fmt.Sprintf(`
		select remit_change.id::text as id, project.id as project, '' as window
		from remit_change
		join project on project.id = remit_change.project_id
		where remit_change.state = 'proposed' and remit_change.id::text <> all(@tried) and (
				answer_by - case when reminded then interval '0' else interval '%d seconds' end <= @now::timestamptz
				or `+remitAstray+`
			)
		order by answer_by, remit_change.id
		limit 1`, skein.RemitSoon/time.Second),
	},
	ahead: map[lead.Clock]string{
		lead.ClockRemit: `select answer_by, project_id from remit_change where state = 'proposed'`,
	},
	held: `select project_id, asked_of from remit_change where state = 'proposed' and by_lead`,
}
