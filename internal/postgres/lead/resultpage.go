package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// ResultPage is how a lead was decided, as one person sees it. Before everybody was told it holds
// the pick for the one who checks it, and nothing of others' claims for anybody else.
type ResultPage struct {
	LeadHead
	Window    *skein.Window // the last that closed; nil: none has
	Pick      *PickShown    // the last of it; nil to whoever may not see it yet
	Mine      *ResultClaim  // the viewer's own claim in it
	Checking  []ResultClaim // every claim, for the one who is asked to check the pick
	Needs     []NeedShown   // for the chosen
	Term      *skein.Term   // of the picked one
	Handing   *HandingStep  // what the chosen's lead waits for, where it is handed on; nil: nothing
	Review    *ReviewShown  // the viewer's question
	Reviewing []ReviewShown // questions that the viewer is asked
	Reviewer  bool          // somebody could be asked for a review
	Member    bool          // the viewer is in the team
	Place     bool          // the viewer has, or asked for, a place beside the lead
}

// HandingStep is the step that a lead which is handed on waits for.
type HandingStep struct {
	State     skein.HandoverState
	Due       time.Time
	GiverName string
	Holds     bool // the giver leads it still
}

// handingStepSQL reads it, where somebody accepted.
var handingStepSQL = `
select handover.state, handover.due, person.name as giver_name, giver.state in ` + core.TermHolds + ` as holds
from handover
join term giver on giver.id = handover.term_id
join person on person.id = giver.person_id
join term next on next.id = handover.next_id
where handover.project_id = @project and next.person_id = @me and next.state = 'accepted'
	and handover.due is not null and handover.state <> 'void'
order by handover.id desc
limit 1`

// PickShown is a pick with the names that the page says.
type PickShown struct {
	skein.Pick
	Person       skein.PersonID
	Name         string
	With         skein.PersonID // who said yes to lead it beside them
	WithName     string
	Zone         skein.Zone
	Band         int
	Turn         int
	AnswererName string
	AskedName    string
	Before       string          // the title of what the picked one led last
	BeforeUntil  time.Time       // when that ended; zero: it has not, or there was none
	Leaves       []skein.Absence `db:"-"` // of the picked one, not over yet, once everybody is told
	WrittenRead  int             // claims without a score that were read
}

// ResultClaim is a claim as its own claimant, or its checker, sees it after the close.
type ResultClaim struct {
	skein.Claim
	Name        string
	WithName    string
	CoachName   string
	Stops       string
	Zone        skein.Zone
	Place       int
	Band        int
	Turn        int
	Detail      []byte
	Before      string
	BeforeUntil time.Time
	LastDay     skein.Date      // of the claimant here; zero: none is known
	Leaves      []skein.Absence `db:"-"` // not over yet
}

// ReviewShown is a review with the names that the page says.
type ReviewShown struct {
	skein.Review
	AskedByName    string
	AnsweredByName string
	Detail         []byte
	Why            string
}

// before is the last lead that a person held by the close of a window.
const beforeLateral = `
left join lateral (
	select project.title, upper(term.during) - 1 as until
	from term
	join project on project.id = term.project_id
	where term.person_id = claim.person_id and term.role = 'primary' and term.project_id <> claim.project_id
		and lower(term.during) <= organisation_day(coalesce(claim_window.closed_at, 'infinity'))
	order by upper(term.during) desc nulls first
	limit 1
) before on true`

var lastWindow = `
closed as (
	select claim_window.*
	from claim_window
	where claim_window.project_id = @project and claim_window.closed_at is not null
		and ` + core.WindowKnown + `
	order by claim_window.closed_at desc, claim_window.number desc
	limit 1
)`

const resultClaimColumns = claimColumns + `,
	person.name,
	person.active_until as last_day,
	coalesce(beside.name, '') as with_name,
	coalesce(coach.name, '') as coach_name,
	claim.stops,
	coalesce(claim.zone, '') as zone,
	coalesce(claim.place, 0) as place,
	coalesce(claim.band, 0) as band,
	coalesce(claim.turn, 0) as turn,
	claim.assessment as detail,
	coalesce(before.title, '') as before,
	before.until as before_until`

const resultClaimFrom = `
from claim
join closed claim_window on claim_window.id = claim.window_id
join person on person.id = claim.person_id
left join person beside on beside.id = claim.with_person_id
left join person coach on coach.id = claim.coach_id` + beforeLateral

var pickShownSQL = `
with ` + lastWindow + `
select` + pickColumns + `,
	coalesce(claim.person_id, '') as person,
	coalesce(person.name, '') as name,
	coalesce(beside.id, '') as with,
	coalesce(beside.name, '') as with_name,
	coalesce(claim.zone, '') as zone,
	coalesce(claim.band, 0) as band,
	coalesce(claim.turn, 0) as turn,
	coalesce(answerer.name, '') as answerer_name,
	coalesce(asked.name, '') as asked_name,
	coalesce(before.title, '') as before,
	before.until as before_until,
	(select count(*) from claim w where w.window_id = pick.window_id and w.unscored and w.stops = '' and w.state in ` + core.ClaimStands + `)::int as written_read
from pick
join closed claim_window on claim_window.id = pick.window_id
left join claim on claim.id = pick.claim_id
left join person on person.id = claim.person_id
left join person beside on beside.id = claim.with_person_id and claim.with_agreed_at is not null
left join person answerer on answerer.id = coalesce(pick.answered_by, (
	select first.answered_by from pick first
	where first.window_id = pick.window_id and first.answered_by is not null
	order by first.number desc limit 1
))
left join person asked on asked.id = pick.asked_of` + beforeLateral + `
where pick.state <> 'void' or claim_window.state = 'restarted'
order by pick.number desc
limit 1`

const reviewShownColumns = reviewColumns + `,
	asker.name as asked_by_name,
	coalesce(answerer.name, '') as answered_by_name,
	claim.assessment as detail,
	claim.why`

const reviewShownFrom = `
from review
join claim on claim.id = review.claim_id
join person asker on asker.id = review.asked_by
left join person answerer on answerer.id = review.answered_by`

// checkedByMe holds for claims that the viewer checks: only the one who is asked, or was asked before it
// was passed on, reads others'.
var checkedByMe = `
	claim.state in ` + core.ClaimChecked + `
	and exists (
		select from pick
		where pick.window_id = claim.window_id and pick.state = 'waiting'
			and (pick.asked_of = @me or @me = any(pick.passed_on))
	)`

// resultRows are what the batch of a result page fills.
type resultRows struct {
	heads   []LeadHead
	windows []skein.Window
	picks   []PickShown
	mine    []ResultClaim
	all     []ResultClaim
	terms   []skein.Term
	reviews []ReviewShown
	leaves  []leaveRow
}

// ResultPage reads everything on a result's page in one round trip.
func (db *Store) ResultPage(ctx context.Context, project skein.ProjectID, me skein.PersonID, today skein.Date) (ResultPage, error) {
	var p ResultPage
	var rows resultRows
	args := pgx.NamedArgs{"project": project, "me": me, "today": today}
	batch := &pgx.Batch{}
	rows.queue(batch, args)
	p.queue(batch, args)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return p, core.Translate(err)
	}
	if len(rows.heads) == 0 {
		return p, skein.ErrNotFound
	}
	p.fill(rows, me)
	return p, nil
}

func (r *resultRows) queue(batch *pgx.Batch, args pgx.NamedArgs) {
	core.Collect(batch, &r.heads, leadHeadSQL, args)
	core.Collect(batch, &r.windows, `with `+lastWindow+` select`+windowColumns+` from closed claim_window`, args)
	core.Collect(batch, &r.picks, pickShownSQL, args)
	core.Collect(batch, &r.mine, `with `+lastWindow+` select`+resultClaimColumns+resultClaimFrom+`
		where claim.person_id = @me and claim.state not in ('withdrawn', 'draft')`, args)
	core.Collect(batch, &r.all, `with `+lastWindow+` select`+resultClaimColumns+resultClaimFrom+`
		where `+checkedByMe+`
		order by claim.turn nulls last, folded(person.name), claim.id`, args)
	core.Collect(batch, &r.leaves, resultLeavesSQL, args)
	core.Collect(batch, &r.terms, `with `+lastWindow+` select`+termColumns+`
		from term
		join claim on claim.id = term.claim_id
		join closed on closed.id = claim.window_id
		where term.role = 'primary'
		order by term.offered_at desc, term.id desc`, args)
	core.Collect(batch, &r.reviews, `with `+lastWindow+` select`+reviewShownColumns+reviewShownFrom+`
		where review.project_id = @project
			and (review.asked_by = @me and claim.window_id = (select id from closed)
				or review.asked_of = @me and review.answered_at is null)
		order by review.asked_at desc, review.id`, args)
}

func (p *ResultPage) queue(batch *pgx.Batch, args pgx.NamedArgs) {
	core.Collect(batch, &p.Needs, needsShownSQL, args)
	core.CollectFirst(batch, &p.Handing, handingStepSQL, args)
	batch.Queue(`
		with `+lastWindow+`
		select
			exists (select from member where project_id = @project and person_id = @me and left_at is null),
			exists (select from term where project_id = @project and person_id = @me and role <> 'primary'
				and state in `+core.TermPlaced+`),
			exists (`+reviewerSQL+`)`, args).QueryRow(func(row pgx.Row) error {
		return row.Scan(&p.Member, &p.Place, &p.Reviewer)
	})
}

// reviewerSQL finds who could be asked for a review: of the readers without a part, those who have not
// checked. Who that is, is not read: a nearer steward who is passed over would be known to have claimed.
var reviewerSQL = `
select
from (` + readersAbove + `) hatted
join person on person.id = hatted.person_id
where` + core.ActiveToday + `
	and not exists (select from project where project.id = @project and project.proposed_by = person.id)
	and not exists (
		select from claim join closed on closed.id = claim.window_id
		where claim.state in ` + core.ClaimStands + `
			and person.id in (claim.person_id, claim.with_person_id, claim.coach_id)
	)
	and not exists (
		select from term
		where term.project_id = @project and term.person_id = person.id
			and term.state in ` + core.TermCounts + `
	)
	and not exists (select from pick join closed on closed.id = pick.window_id where pick.answered_by = person.id)`

// fill puts the rows together, and leaves out what the viewer may not see yet.
func (p *ResultPage) fill(r resultRows, me skein.PersonID) {
	p.LeadHead = r.heads[0]
	r.leave()
	if len(r.windows) > 0 {
		p.Window = &r.windows[0]
		p.Trust = p.Window.Decides(p.Trust)
	}
	if len(r.mine) > 0 {
		p.Mine = &r.mine[0]
	}
	if len(r.picks) > 0 && (p.told() || r.picks[0].MayCheck(me)) {
		p.Pick, p.Checking = &r.picks[0], r.all
	}
	for i := range r.terms {
		if p.Pick != nil && r.terms[i].Claim == p.Pick.Claim {
			p.Term = &r.terms[i]
			break
		}
	}
	if p.Pick != nil && p.Term != nil && p.Pick.With == me && p.Term.State.Coming() {
		p.Place = true // they are to lead it beside the chosen
	}
	for i := range r.reviews {
		switch v := &r.reviews[i]; {
		case v.AskedOf == me && v.AnsweredAt.IsZero():
			p.Reviewing = append(p.Reviewing, *v)
		case v.AskedBy == me && p.Review == nil:
			p.Review = v
		}
	}
	if !p.told() && p.Mine != nil {
		// Until everybody is told, one's own claim says nothing of how it was decided.
		p.Mine.Place, p.Mine.Band, p.Mine.Turn, p.Mine.Stops = 0, 0, 0, ""
		p.Mine.State = p.Mine.State.AsSeen(skein.EyesOwn, false)
	}
}

func (p *ResultPage) told() bool { return p.Window != nil && !p.Window.ToldAt.IsZero() }

// Checks tells whether the page holds a pick that the viewer is asked to check.
func (p ResultPage) Checks() bool {
	return p.Pick != nil && p.Pick.State == skein.PickWaiting && len(p.Checking) > 0
}
