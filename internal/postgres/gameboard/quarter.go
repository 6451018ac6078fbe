package gameboarddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Spread says how leadership was shared out at one moment, over the three months before it.
type Spread struct {
	FirstTime   int     // people whose first primary lead ever began in these months
	Leading     int     // people who lead at the moment
	Leads       int     // leads that they hold
	BusiestHold int     // leads held by the busiest tenth of them (at least one person)
	DaysToLead  float64 // median days from opening to the lead's first day; -1 where none began
}

// Waiting is the open lead that has waited longest.
type Waiting struct {
	Project    skein.ProjectID
	Title      string
	Since      time.Time
	NeedsOpen  []skein.Need // what is not granted yet
	Invited    int          // people invited so far
	SaidNo     int          // of these, refused or silent
	EverClosed bool         // a window closed without a lead before
}

// OverdueNeed is something that a lead is to get and that executives alone can settle (skein.Need.Grant): the
// question has come to them, no steward is there to answer it, or nobody was left who could.
type OverdueNeed struct {
	ID       skein.NeedID
	Project  skein.ProjectID
	Title    string
	Need     skein.Need // what is needed
	Nobody   bool       // nobody was left to answer in time
	AnswerBy time.Time
}

// Quarter is the executives' review of three months: counts, never people's fits.
type Quarter struct {
	Vision       skein.Vision
	Priorities   []PriorityRow
	Guardrails   []GuardrailRow
	States       map[skein.ProjectState]int
	Reconsidered int      // of those led, of how many the lead is being reconsidered
	Coming       int      // of those open, for how many somebody accepted the lead
	Waiting      *Waiting // nil where nothing waits
	Overdue      []OverdueNeed
	Now          Spread
	Before       Spread     // three months earlier
	SinceTick    []*float64 // seconds since the clocks were looked at; nil: never yet
	Mail         core.MailStanding
}

var waitingRow = `
	select
		project.id as project,
		project.title,
		coalesce(first.opened_at, project.published_at, project.made_at) as since,
		` + core.NeedsSaid("project.id", core.NeedOpen) + ` as needs_open,
		(select count(*) from invite where invite.project_id = project.id) as invited,
		(select count(*) from invite where invite.project_id = project.id and invite.state in ('declined', 'lapsed')) as said_no,
		exists (select from claim_window where claim_window.project_id = project.id and claim_window.closed_at is not null) as ever_closed
	from project
	left join lateral (
		select min(claim_window.opened_at) as opened_at
		from claim_window
		join phase on phase.id = claim_window.phase_id and phase.ended_at is null
		where claim_window.project_id = project.id
	) first on true
	where project.state = 'open' and not exists (select from ` + core.Coming("project.id") + ` coming where coming.starts_on is not null)
	order by since, project.id
	limit 1`

// stewardsAbove are the stewards of a project's circle and of those above who are with the
// organisation.
const stewardsAbove = `(
			select person.id
			from circles_above(project.circle_id) up
			join hat on hat.circle_id = up.circle_id and hat.kind = 'steward'
			join person on person.id = hat.person_id
			where ` + core.ActiveToday + `
		)`

var overdueRows = `
	select
		need.id::text as id,
		project.id as project,
		project.title,
		` + core.NeedSaid + ` as need,
		need.answer is not null as nobody,
		need.answer_by
	from need
	join project on project.id = need.project_id
	where need.granted_at is null
		and need.waived_at is null
		and project.state in ` + core.ProjectIsLead + `
		and (need.answer = 'nobody'
			or need.answer is null and (` + core.NeedOfExecutives + `
				or not exists ` + stewardsAbove + ` and not exists (
					select from person where person.id = need.asked_of and ` + core.ActiveToday + `
				)))
		and not exists (
			select from term
			where term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermStays + ` and term.person_id = @me
		)
	order by need.answer_by, need.id
	limit 3`

// spreadRow counts by terms in office on the day $1, and by those that began in the months before.
const spreadRow = `
	with held as (
		select person_id, count(*) as leads
		from term
		where role = 'primary' and during @> $1::date
		group by person_id
	), busiest as (
		select leads
		from held
		order by leads desc, person_id
		limit greatest(1, (select round(count(*) / 10.0)::int from held))
	), begun as (
		select
			term.person_id,
			lower(term.during) as first_day,
			lower(term.during) - coalesce(organisation_day(claim_window.opened_at), lower(term.during)) as days,
			claim_window.id is not null as through_window
		from term
		left join claim on claim.id = term.claim_id
		left join claim_window on claim_window.id = claim.window_id
		where term.role = 'primary'
			and lower(term.during) > ($1::date - interval '3 months')::date
			and lower(term.during) <= $1::date
	)
	select
		(
			select count(distinct begun.person_id)
			from begun
			where not exists (
				select from term earlier
				where earlier.person_id = begun.person_id
					and earlier.role = 'primary'
					and lower(earlier.during) < begun.first_day
			)
		) as first_time,
		(select count(*) from held) as leading,
		coalesce((select sum(leads) from held), 0)::bigint as leads,
		coalesce((select sum(leads) from busiest), 0)::bigint as busiest_hold,
		coalesce((select percentile_cont(0.5) within group (order by days) from begun where through_window), -1) as days_to_lead`

// Quarter returns the review as of now for one executive, in one round trip.
func (db *Store) Quarter(ctx context.Context, me skein.PersonID, now time.Time, today skein.Date) (q Quarter, err error) {
	q.States = map[skein.ProjectState]int{}
	batch := &pgx.Batch{}
	core.CollectOne(batch, &q.Vision, visionRow)
	core.Collect(batch, &q.Priorities, priorityRows, pgx.NamedArgs{"today": today})
	core.Collect(batch, &q.Guardrails, guardrailRows, pgx.NamedArgs{"today": today})
	core.CollectPairs(batch, q.States, `select state, count(*) from project group by state`)
	batch.Queue(`
		select count(*) filter (where state = 'open' and exists ` + core.Coming("project.id") + `),
			count(*) filter (where state = 'led' and ` + core.Reconsidered("project.id") + `)
		from project`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&q.Coming, &q.Reconsidered) })
	core.CollectFirst(batch, &q.Waiting, waitingRow)
	core.Collect(batch, &q.Overdue, overdueRows, pgx.NamedArgs{"me": me, "now": now, "today": today})
	core.CollectOne(batch, &q.Now, spreadRow, today)
	core.CollectOne(batch, &q.Before, spreadRow, skein.AddMonths(today, -3))
	core.CollectValues(batch, &q.SinceTick, core.SinceTick)
	core.CollectOne(batch, &q.Mail, core.MailStandingSQL, pgx.NamedArgs{"now": now})
	return q, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}
