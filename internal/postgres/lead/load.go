package leaddb

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// leadProject is a project as the life of its lead sees it.
type leadProject struct {
	skein.Project
	TrustToday skein.Trust
	EndedAt    time.Time
	EndReason  string
	EndTold    skein.Date
	Answers    skein.PersonID
}

const leadProjectColumns = `
select` + projectColumns + `,
	trust_on(project.trust, project.trust_until, @today) as trust_today,
	project.ended_at,
	project.end_reason,
	project.end_told,
	coalesce((select priority.owner_id from priority where priority.id = project.priority_id and priority.retired_at is null), '') as answers
from project`

// leadProjectSQL locks the project, so that verbs of one project go one after the other. A claim
// that is being sent does not wait for it, nor it for the claim.
const leadProjectSQL = leadProjectColumns + `
where project.id = @project
for no key update of project`

// presentWindow is the id of the window that was asked for; else of the one in which something is
// going on; else of the last.
var presentWindow = `(
	select claim_window.id
	from claim_window
	where claim_window.project_id = @project and (@window = '' or claim_window.id::text = @window)
	order by claim_window.state in ` + core.WindowGoing + ` desc, claim_window.opened_at desc, claim_window.number desc
	limit 1
)`

// claimRowsSQL reads claims as verbs see them.
const claimRowsSQL = `
select` + claimColumns + `,
	coalesce(coach.name, '') as coach_name,
	claim.stops,
	coalesce(claim.zone, '') as zone,
	coalesce(claim.fit, 0) as fit,
	coalesce(claim.ranked, 0) as ranked,
	coalesce(claim.place, 0) as place,
	coalesce(claim.band, 0) as band,
	coalesce(claim.turn, 0) as turn,
	claim.rule,
	claim.sentence,
	coalesce(claim.band_size, 0) as band_size,
	claim.assessment is not null as kept
from claim
left join person coach on coach.id = claim.coach_id`

// windowClaimsSQL reads claims that were sent, and by's draft; and those that terms began with,
// whichever window they were sent in: also the one that by stepped down from, who may take that back.
var windowClaimsSQL = claimRowsSQL + `
where claim.window_id = ` + presentWindow + `
		and claim.state not in ('withdrawn', 'void') and (claim.state <> 'draft' or claim.person_id = @me)
	or claim.id in (
		select term.claim_id
		from term
		where term.project_id = @project and (
			term.state in ` + core.TermCounts + `
			or term.state = 'ended' and term.end_reason = '` + skein.EndStepped + `' and term.person_id = @me
		)
	)
order by claim.person_id collate "C"
for update of claim`

type claimRow struct {
	skein.Claim
	CoachName string
	Stops     string
	Zone      skein.Zone
	Fit       float64
	Ranked    float64
	Place     int
	Band      int
	Turn      int
	Rule      string
	Sentence  string
	BandSize  int
	Kept      bool
}

func (r claimRow) claim() lead.Claim {
	return lead.Claim{Claim: r.Claim, CoachName: r.CoachName, Kept: r.Kept, Judged: skein.Judged{
		Claim: r.ID, Stops: r.Stops, Zone: r.Zone, Fit: r.Fit, Order: r.Ranked, Place: r.Place, Band: r.Band, Turn: r.Turn,
		Rule: r.Rule, Sentence: r.Sentence, BandSize: r.BandSize,
	}}
}

// leadRows collects the rows of a lead until they are put together.
type leadRows struct {
	projects []leadProject
	windows  []skein.Window
	claims   []claimRow
	owners   []skein.PersonID
	words    []skein.Word
}

// loadLead locks a project with its window and all that hangs on it, and reads it in one round trip.
func loadLead(ctx context.Context, tx pgx.Tx, q leadQuery) (*lead.Lead, error) {
	l, rows := &lead.Lead{}, leadRows{}
	args := pgx.NamedArgs{"project": q.project, "window": string(q.window), "today": q.by.Day, "me": q.by.Person, "question": string(q.question), "decision": string(q.decision)}
	batch := &pgx.Batch{}
	project := leadProjectSQL
	if q.skip {
		project += ` skip locked`
	}
	core.Collect(batch, &rows.projects, project, args)
	core.Collect(batch, &rows.windows, `select`+windowColumns+` from claim_window where claim_window.id = `+presentWindow+` for update`, args)
	core.Collect(batch, &rows.claims, windowClaimsSQL, args)
	for _, p := range parts {
		p.read(batch, l, args)
	}
	core.Collect(batch, &rows.words, presentWordSQL, args)
	core.Collect(batch, &l.Leaves, `
		select absence.from_on as from, absence.until_on as until
		from term
		join person on person.id = term.person_id and `+core.ActiveToday+`
		join absence on absence.person_id = term.person_id
		where term.project_id = @project and term.role = 'primary' and term.state in `+core.TermHolds+`
		order by absence.from_on, absence.id`, args)
	core.Collect(batch, &l.Stewards, stewardsOfSQL, args)
	core.Collect(batch, &l.Readers, readersSQL, args)
	core.Collect(batch, &l.Answering, answeringSQL, args)
	core.CollectValues(batch, &rows.owners, `
		select owner.id
		from project
		cross join lateral (`+OwnerSQL("@today")+`) owner
		where project.id = @project`, args)
	core.CollectValues(batch, &l.Gone, goneSQL+`
		select person_id
		from gone
		where project_id = @project
		union
		select review.asked_of
		from review
		join claim on claim.id = review.claim_id
		join person on person.id = review.asked_of
		where claim.window_id = `+presentWindow+` and review.answered_at is null and `+core.Left+`
		order by person_id`, args)
	l.LastDays = map[skein.PersonID]skein.Date{}
	core.CollectPairs(batch, l.LastDays, `
		select person.id, person.active_until
		from term
		join person on person.id = term.person_id
		where term.project_id = @project and term.state in `+core.TermHolds+` and person.active_until < @today`, args)
	core.Collect(batch, &l.Away, awaySQL, args)
	core.CollectValues(batch, &l.Before, beforeSQL, args)
	queueRules(batch, &l.Rules, q.by.Day)
	p := &skein.Proposal{}
	p.Project.ID = q.project
	if q.proposal {
		queueProposal(batch, p, false)
	} else {
		queuePhase(batch, q.project, &p.Phase)
		queueRequirements(batch, q.project, &p.Phase)
		queueFurther(batch, q.project, &p.Further)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("lead of %s: %w", q.project, err)
	}
	if len(rows.projects) == 0 {
		if q.skip {
			return nil, errBusy
		}
		return nil, skein.ErrNotFound
	}
	rows.put(l, p, q.proposal)
	return l, nil
}

// put puts together what was read.
func (r leadRows) put(l *lead.Lead, p *skein.Proposal, proposal bool) {
	l.Project, l.Trust = r.projects[0].Project, r.projects[0].TrustToday
	l.EndedAt, l.EndReason, l.EndTold = r.projects[0].EndedAt, r.projects[0].EndReason, r.projects[0].EndTold
	if len(r.owners) > 0 {
		l.Owner = r.owners[0]
	}
	l.Answers = r.projects[0].Answers
	if len(r.words) > 0 {
		l.Word = r.words[0]
	}
	l.Phase, l.Further = p.Phase, p.Further
	if len(r.windows) > 0 {
		l.Window = r.windows[0]
	}
	for _, c := range r.claims {
		l.Claims = append(l.Claims, c.claim())
	}
	if proposal {
		p.Project, p.Needs = l.Project, slices.Clone(l.Needs)
		l.Proposal = p
	}
}
