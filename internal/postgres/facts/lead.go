package factsdb

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Lead is a project that somebody leads or could lead: all that the board says of it to anybody,
// and what it is found and sorted by.
type Lead struct {
	ID           skein.ProjectID
	Title        string
	Purpose      string
	State        skein.ProjectState
	Circle       skein.CircleID
	CircleName   string
	Further      []skein.CircleID // that must move with it
	PriorityID   skein.PriorityID
	Priority     string
	HoursPerWeek *float64
	Granted      bool // the hours are
	Settled      bool // the hours are granted or waived, or nobody is asked for any
	OpenedAt     time.Time
	ClosesAt     time.Time // as pages may show it: zero where it is open-ended or would tell of a claim
	PublishedAt  time.Time
	EndOn        skein.Date // of the project
	LeadName     string     // who leads it now
	LeadID       skein.PersonID
	Coming       string     // who accepted its lead and has not begun, as far as everybody knows
	EndsOn       skein.Date // when the lead's term is due to end
	CoLed        bool       // somebody leads beside the lead, or asks to
	Shadowed     bool
	Window       skein.WindowID    // the open one; empty: nobody can claim it
	WindowState  skein.WindowState // of the latest; empty: there was none
	Phase        skein.PhaseID
	Uncertainty  skein.Uncertainty
	Stakes       int
	Reach        int
	// Keys are the sorting values of the board's orders, as text that sorts by bytes.
	ClosingKey, PriorityKey, NewestKey string
}

// Leads is what is read of leads together.
type Leads struct {
	Leads      []Lead // by id
	Comparison comparison.Sides
	Circles    []skein.Circle
	Priorities []skein.Priority
}

var leadSQL = `
select
	project.id,
	project.title,
	project.purpose,
	project.state,
	coalesce(project.circle_id, '') as circle,
	coalesce(circle.name, '') as circle_name,
	array(
		select further_circle.circle_id
		from further_circle
		where further_circle.project_id = project.id
		order by further_circle.circle_id collate "C"
	) as further,
	coalesce(project.priority_id, '') as priority_id,
	coalesce(priority.title, '') as priority,
	project.hours_per_week::float8 as hours_per_week,
	coalesce(hours.granted, false) as granted,
	coalesce(hours.settled, true) as settled,
	coalesce(claim_window.opened_at, project.published_at, project.made_at) as opened_at,
	claim_window.closes_at,
	project.published_at,
	project.end_on,
	coalesce(lead.name, '') as lead_name,
	coalesce(lead.id, '') as lead_id,
	coalesce(coming.name, '') as coming,
	term.ends_on,
	exists (
		select from term co
		where co.project_id = project.id and co.role = 'co' and co.state in ` + core.TermPlaced + `
	) as co_led,
	exists (
		select from term shadow
		where shadow.project_id = project.id and shadow.role = 'shadow' and shadow.state = 'live'
	) as shadowed,
	coalesce(claim_window.id::text, '') as window,
	coalesce(latest.state, '') as window_state,
	phase.id::text as phase,
	coalesce(phase.uncertainty, '') as uncertainty,
	coalesce(phase.stakes, 0)::int as stakes,
	coalesce(phase.reach, 0)::int as reach,
	coalesce(to_char(claim_window.closes_at, 'YYYYMMDDHH24MISSUS'), '9') as closing_key,
	lpad(coalesce(priority.place, 999999)::text, 6, '0') as priority_key,
	lpad((99999999999999 - extract(epoch from coalesce(claim_window.opened_at, project.made_at))::bigint)::text, 14, '0') as newest_key
from project
join phase on phase.project_id = project.id and phase.ended_at is null
left join circle on circle.id = project.circle_id
left join priority on priority.id = project.priority_id
left join claim_window on claim_window.project_id = project.id and claim_window.closed_at is null
left join lateral (
	select latest.state
	from claim_window latest
	where latest.project_id = project.id
	order by latest.closed_at is null desc, latest.opened_at desc, latest.number desc
	limit 1
) latest on true
left join term on term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
left join person lead on lead.id = term.person_id
left join lateral ` + core.Coming("project.id") + ` coming on true
left join lateral (
	select bool_and(need.granted_at is not null) as granted,
		bool_and(need.granted_at is not null or need.waived_at is not null) as settled
	from need
	where need.project_id = project.id and need.kind = 'hours'
) hours on true
where project.id = any(@projects) and project.state in ` + core.ProjectIsLead + `
order by project.id collate "C"`

const circlesSQL = `
select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
from circle
order by folded(name), id`

const prioritiesSQL = `
select id, title, place, weight::float8 as weight, horizon, measure, coalesce(owner_id, '') as owner
from priority
where retired_at is null
order by place`

// Leads reads those of the projects that somebody leads or could lead, or all of them where no
// projects are named, with what each asks and with the words that the board is filtered by. With
// me it reads what is that person's own, too. It is one round trip.
func (db *Store) Leads(ctx context.Context, ask comparison.Asking, me skein.PersonID) (l Leads, o Involvement, err error) {
	var asked, mine Comparing
	batch := &pgx.Batch{}
	asked.queueLeads(batch, &l, ask)
	if me != "" {
		mine.queueOwn(batch, &o, me, ask.AsOf)
	}
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return l, o, fmt.Errorf("leads: %w", core.Translate(err))
	}
	l.Comparison = asked.Comparison(ask)
	if me != "" {
		o.Comparison, err = mine.Known(me, ask.AsOf)
	}
	return l, o, err
}

func (r *Comparing) queueLeads(batch *pgx.Batch, l *Leads, ask comparison.Asking) {
	args := pgx.NamedArgs{"projects": core.Texts(ask.Projects), "practices": core.Texts(ask.Practices), "day": ask.AsOf, "then": ask.Then}
	if ask.Projects == nil {
		r.every = `array(select id from project where project.state in ` + core.ProjectIsLead + `)`
	}
	core.Collect(batch, &l.Leads, r.of(leadSQL), args)
	r.QueueQuestions(batch, ask, args)
	core.Collect(batch, &l.Circles, circlesSQL)
	core.Collect(batch, &l.Priorities, prioritiesSQL)
}

// of is SQL about the projects named, or about every one where that is asked for.
func (r *Comparing) of(sql string) string {
	if r.every == "" {
		return sql
	}
	return strings.ReplaceAll(sql, "any(@projects)", "any("+r.every+")")
}

// SearchLeads finds those leads whose words begin with what somebody looks for. No words find all.
func (db *Store) SearchLeads(ctx context.Context, text string) (found []skein.ProjectID, all bool, err error) {
	words := core.Prefixes(text)
	if words == "" {
		return nil, true, nil
	}
	rows, _ := db.pool.Query(ctx, `
		select id
		from project
		where `+core.ProjectWords+` @@ to_tsquery('english', folded($1)) and project.state in `+core.ProjectIsLead, words)
	found, err = pgx.CollectRows(rows, pgx.RowTo[skein.ProjectID])
	return found, false, core.Translate(err)
}
