package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
)

// LeadHead is what every page on the way of a claim says of its project.
type LeadHead struct {
	Project      skein.ProjectID
	Title        string
	Purpose      string
	State        skein.ProjectState
	Trust        skein.Trust // decides the window that the page is about; without one, holds today
	Hours        *float64
	StartOn      time.Time
	EndOn        time.Time
	ProposedBy   skein.PersonID
	ProposerName string
	Circles      []string // from the outermost to the project's own
	Confirms     bool     // picks at weighed are checked
	Lead         skein.PersonID
	LeadName     string
	LeadState    skein.TermState // offered, accepted, live, handing over; empty: nobody
	LeadStarts   skein.Date      // whoever is to lead begins on a day to come
	Urgency      int
	Matching     bool
	AnswerHours  int
	NeedsHours   int
	WindowHours  int
	ShortestDays int // the guardrail; 0: none
	// LongestMonths is the guardrail of how long somebody leads; 0: none.
	LongestMonths int
	Holder        skein.PersonID // in office until somebody takes over; empty: nobody
}

// Clocks are the clocks of a claim here.
func (h LeadHead) Clocks() skein.Clocks {
	return skein.Clocks{
		Window: hours(h.WindowHours), Answer: hours(h.AnswerHours), Needs: hours(h.NeedsHours), Shortest: hours(24 * h.ShortestDays),
	}
}

var leadHeadSQL = `
with up as (
    select circle.id, circle.name, circle.matching, above.depth
    from project
    cross join circles_above(project.circle_id) above
    join circle on circle.id = above.circle_id
    where project.id = @project
)
select project.id as project,
    project.title,
    project.purpose,
    project.state,
    trust_on(project.trust, project.trust_until, @today) as trust,
    project.hours_per_week::float8 as hours,
    project.start_on,
    project.end_on,
    coalesce(project.proposed_by, '') as proposed_by,
    coalesce(proposer.name, '') as proposer_name,
    array(select name from up order by depth desc) as circles,
    organisation.confirm_weighed as confirms,
    coalesce(lead.person_id, '') as lead,
    coalesce(leader.name, '') as lead_name,
    coalesce(lead.state, '') as lead_state,
    lead.starts_on as lead_starts,
    coalesce(phase.urgency, 0)::int as urgency,
    coalesce((select matching from up where matching is not null order by depth limit 1), true) as matching,
    organisation.answer_hours,
    organisation.needs_hours,
    organisation.window_hours,
    coalesce((select number from guardrail where kind = 'shortest_window' and retired_at is null), 0) as shortest_days,
    coalesce((select number from guardrail where kind = 'longest_term' and retired_at is null), 0) as longest_months,
    coalesce((
        select term.person_id
        from term
        where term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
    ), '') as holder
from organisation
join project on project.id = @project and ` + core.ProjectShown + `
left join phase on phase.project_id = project.id and phase.ended_at is null
left join person proposer on proposer.id = project.proposed_by
left join lateral (
    select term.person_id, term.state, term.starts_on
    from term
    where term.project_id = project.id and term.role = 'primary'
        and term.state in ` + core.TermCounts + `
    order by term.state in ` + core.TermComing + ` desc
    limit 1
) lead on true
left join person leader on leader.id = lead.person_id`

// ClaimPage is what a claim is made from, as one person sees it. It knows nothing of the claims of
// others, except those in which the person was asked to stand beside somebody.
type ClaimPage struct {
	Lessons []Lesson // of work like it
	LeadHead
	Window     *skein.Window          // where claims gather; nil when they do not
	Claim      *ClaimShown            // the viewer's own in it
	Invite     *skein.Invite          // the viewer is asked to lead
	Beside     []BesideAsk            // what the viewer was asked
	Colleagues []peopledb.NamedPerson // suggestions for a coach, or somebody to claim with
	Asked      []AskedRow             // whom the viewer has asked about skills, not answered yet
	Leaves     []peopledb.Leave       // the viewer's own that are not over
	HandedBy   skein.PersonID         // who answered as a steward when it was handed on, until somebody else leads it; empty: nobody
	Returned   string                 // why the check before was not passed; empty: it was not returned
}

// ClaimShown is one's own claim with the names that its page says.
type ClaimShown struct {
	skein.Claim
	WithName  string
	CoachName string
	Zone      skein.Zone
}

// BesideAsk is a claim beside which somebody is asked to stand.
type BesideAsk struct {
	Claim skein.ClaimID
	Name  string
	Why   string
	Coach bool // else to claim together
}

// AskedRow is a question that waits for a colleague's answer.
type AskedRow struct {
	Skill skein.SkillID
	Name  string
}

var claimShownSQL = `
select` + claimColumns + `,
	coalesce(` + namedApart("beside") + `, '') as with_name,
	coalesce(` + namedApart("coach") + `, '') as coach_name,
	coalesce(claim.zone, '') as zone
from claim
join claim_window on claim_window.id = claim.window_id
left join person beside on beside.id = claim.with_person_id
left join person coach on coach.id = claim.coach_id
where claim.project_id = @project and claim.person_id = @me and claim.state <> 'withdrawn'
	and claim_window.closed_at is null`

var besideSQL = `
select claim.id::text as claim, person.name, claim.why,
	claim.coach_id = @me and (claim.with_person_id is distinct from @me or claim.with_agreed_at is not null) as coach
from claim
join claim_window on claim_window.id = claim.window_id
join person on person.id = claim.person_id
where claim.project_id = @project
	and (
		claim.with_person_id = @me and claim.with_agreed_at is null and claim.state = 'submitted' and claim_window.closed_at is null
		or claim.coach_id = @me and claim.coach_agreed_at is null and claim.state in ` + core.ClaimAsks + `
	)
	and claim.state in ` + core.ClaimNamed + `
order by folded(person.name), claim.id`

// returnedSQL is why the check of the window before the open one was not passed, for those who had
// claimed when it was returned: they were told.
const returnedSQL = `
select coalesce((
	select pick.reason
	from claim_window now
	join claim_window before on before.phase_id = now.phase_id and before.number = now.number - 1
	join pick on pick.window_id = before.id and pick.state = 'returned'
	where now.project_id = @project and now.closed_at is null
		and exists (
			select from notice
			where notice.person_id = @me and notice.kind = 'returned' and notice.of_id = pick.id
		)
	order by pick.number desc
	limit 1
), '')`

// ClaimPage reads everything on a claim's page in one round trip.
func (db *Store) ClaimPage(ctx context.Context, project skein.ProjectID, me skein.PersonID, today skein.Date) (ClaimPage, error) {
	var p ClaimPage
	var heads []LeadHead
	var windows []skein.Window
	var claims []ClaimShown
	var invites []skein.Invite
	args := pgx.NamedArgs{"project": project, "me": me, "today": today}
	batch := &pgx.Batch{}
	core.Collect(batch, &heads, leadHeadSQL, args)
	core.Collect(batch, &windows, `select`+windowColumns+` from claim_window where project_id = @project and closed_at is null`, args)
	core.Collect(batch, &claims, claimShownSQL, args)
	core.Collect(batch, &invites, `
		select`+inviteColumns+`
		from invite
		where project_id = @project and person_id = @me and state = 'waiting'`, args)
	core.Collect(batch, &p.Beside, besideSQL, args)
	core.Collect(batch, &p.Colleagues, peopledb.ColleaguesSQL, args)
	core.Collect(batch, &p.Leaves, peopledb.ComingLeaveSQL, args)
	core.Collect(batch, &p.Asked, `
		select ask.skill_id as skill, person.name
		from ask
		join person on person.id = ask.asked_of
		where ask.person_id = @me and ask.answered_at is null
		order by ask.asked_at, ask.id`, args)
	core.Collect(batch, &p.Lessons, lessonsLikeSQL, args)
	batch.Queue(`select coalesce(`+handedBy("@project")+`, '')`, args).QueryRow(func(row pgx.Row) error { return row.Scan(&p.HandedBy) })
	batch.Queue(returnedSQL, args).QueryRow(func(row pgx.Row) error { return row.Scan(&p.Returned) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return p, core.Translate(err)
	}
	if len(heads) == 0 {
		return p, skein.ErrNotFound
	}
	p.LeadHead = heads[0]
	if len(windows) > 0 {
		p.Window = &windows[0]
		p.Trust = p.Window.Decides(p.Trust)
	}
	if len(claims) > 0 {
		p.Claim = &claims[0]
	}
	if len(invites) > 0 {
		p.Invite = &invites[0]
	}
	return p, nil
}
