package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// How much of each a home page holds. What is beyond is counted, and one click away.
const (
	homeWaiting  = 3
	homeAll      = 100
	homeNotices  = 5
	homeSuitable = 60
)

// HomeQuery says whose home page, when, and how much of it.
type HomeQuery struct {
	Person    skein.PersonID
	Circles   []skein.CircleID // of which they are a steward
	Now       time.Time
	Today     skein.Date
	Executive bool // overdue needs wait for them too
	Everybody bool // all who wait, not only the first three
}

// Home is what a home page is made from.
type Home struct {
	Waiting   []Wanted // the most pressing first
	Waits     int      // how many things wait in all
	Waiters   int      // how many people wait for them
	Terms     []HeldTerm
	Begun     []Begun
	Notices   []Notice // the newest not yet seen
	Unseen    int
	Suitable  []Suitable
	OpenLeads int
	HoursHeld float64 // hours a week that the viewer's leads take, offers included
	Leaves    []Leave // of today and later
}

// WantedKind is what somebody waits for.
type WantedKind string

// What may want an answer.
const (
	WaitOffer    WantedKind = "offer"
	WaitPick     WantedKind = "pick"
	WaitInvite   WantedKind = "invite"
	WaitNeed     WantedKind = "need"
	WaitAsk      WantedKind = "ask"
	WaitPlace    WantedKind = "place" // somebody asks to co-lead
	WaitTogether WantedKind = "with"
	WaitCoach    WantedKind = "coach"
	WaitReview   WantedKind = "review"
	WaitOverdue  WantedKind = "overdue" // a need that nobody answered in time, for executives
)

// Wanted is one thing that wants the viewer's answer.
type Wanted struct {
	Kind    WantedKind
	ID      string // of the thing that is answered: a claim, a need, an ask, a term, a review
	Project skein.ProjectID
	Title   string // the project's
	Who     string // who waits, when it is somebody
	WhoID   skein.PersonID
	About   string // a skill, what is needed, a role
	Until   *time.Time
	Hours   *float64
	EndOn   *time.Time
	First   bool // it would be the first lead of their own
	Waits   int
	Waiters int
}

// HeldTerm is a place in front that the viewer has or is about to have.
type HeldTerm struct {
	ID      string
	Project skein.ProjectID
	Title   string
	Role    skein.Role
	State   skein.TermState
	Paused  bool
	EndsOn  *time.Time
	NeedsBy *time.Time
	Missing []string // needs that are neither granted nor waived
}

// Suitable is an open lead that asks for something the viewer can do or wants to try.
type Suitable struct {
	Project      skein.ProjectID
	Title        string
	Hours        *float64
	HoursGranted bool
	Wish         string // what of it they want to try; empty: nothing
}

// Home reads everything on a home page in one round trip.
func (db *DB) Home(ctx context.Context, q HomeQuery) (Home, error) {
	var home Home
	limit := homeWaiting
	if q.Everybody {
		limit = homeAll
	}
	args := pgx.NamedArgs{
		"me": q.Person, "circles": texts(q.Circles), "executive": q.Executive, "now": q.Now, "today": q.Today, "limit": limit,
		"notices": homeNotices, "suitable": homeSuitable,
	}
	batch := &pgx.Batch{}
	collect(batch, &home.Waiting, waitingSQL, args)
	collect(batch, &home.Terms, heldSQL, args)
	collect(batch, &home.Begun, begunSQL, args)
	collect(batch, &home.Notices, unseenSQL, args)
	collect(batch, &home.Suitable, suitableSQL, args)
	collect(batch, &home.Leaves, comingLeaveSQL, args)
	batch.Queue(homeCountsSQL, args).QueryRow(func(row pgx.Row) error { return row.Scan(&home.Unseen, &home.OpenLeads, &home.HoursHeld) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Home{}, fmt.Errorf("home: %w", err)
	}
	if len(home.Waiting) > 0 {
		home.Waits, home.Waiters = home.Waiting[0].Waits, home.Waiting[0].Waiters
	}
	return home, nil
}

const unseenSQL = `
select` + noticeColumns + `
from notice
where person_id = @me and seen_at is null
order by made_at desc, id desc
limit @notices`

const homeCountsSQL = `
select (select count(*) from notice where person_id = @me and seen_at is null),
    (select count(*) from claim_window where closed_at is null),
    (
        select coalesce(sum(project.hours_per_week), 0)::float8
        from term
        join project on project.id = term.project_id
        where term.person_id = @me and term.role = 'primary' and term.state in ('offered', 'accepted', 'live', 'handing_over')
    )`

const comingLeaveSQL = `
select` + leaveColumns + `
from absence
where person_id = @me and coalesce(until_on >= @today, true)
order by from_on, id
limit 20`

// heldSQL lists the places in front of one person, with the needs that are still open.
const heldSQL = `
select term.id::text as id,
    project.id as project,
    project.title,
    term.role,
    term.state,
    project.state = 'paused' as paused,
    coalesce(term.ends_on, project.end_on) as ends_on,
    term.needs_by,
    array(
        select need.what
        from need
        where need.project_id = project.id and need.granted_at is null and need.waived_at is null
        order by need.place, need.id
    ) as missing
from term
join project on project.id = term.project_id
where term.person_id = @me
    and term.role in ('primary', 'co')
    and term.state in ('accepted', 'live', 'handing_over')
order by term.role = 'co', term.ends_on nulls last, project.title
limit 50`

// suitableSQL picks the open leads to be compared for one person: those that ask for most of what
// somebody says of them, and those that ask for something they wish to try.
const suitableSQL = `
with mine as (
    select skill_id, null as wish from evidence where person_id = @me and hidden_at is null
    union
    select wish.skill_id, skill.name from wish join skill on skill.id = wish.skill_id where wish.person_id = @me
), asks as (
    select requirement.phase_id,
        sum(requirement.importance) filter (where mine.wish is null) as covers,
        (array_agg(mine.wish order by requirement.importance desc, mine.wish) filter (where mine.wish is not null))[1] as wish
    from mine
    join requirement on requirement.skill_id = mine.skill_id and not requirement.struck
    group by requirement.phase_id
), suits as (
    select project.id, project.title, project.hours_per_week, coalesce(asks.covers, 0) as covers, asks.wish
    from asks
    join phase on phase.id = asks.phase_id and phase.ended_at is null
    join project on project.id = phase.project_id
    where project.state in ('open', 'handing_over')
        and exists (select from claim_window where claim_window.project_id = project.id and claim_window.closed_at is null)
        and coalesce(phase.uncertainty <> 'unclear', true)
        and not exists (select from dismissal where dismissal.person_id = @me and dismissal.project_id = project.id)
        and not exists (
            select from term
            where term.project_id = project.id and term.person_id = @me
                and term.state in ('asked', 'offered', 'accepted', 'live', 'handing_over')
        )
        and not exists (
            select from claim
            where claim.phase_id = phase.id and claim.person_id = @me
                and claim.state not in ('draft', 'withdrawn', 'void')
        )
    order by coalesce(asks.covers, 0) desc, asks.wish is null, project.id
    limit @suitable
)
select suits.id as project,
    suits.title,
    suits.hours_per_week::float8 as hours,
    coalesce((
        select bool_and(need.granted_at is not null or need.waived_at is not null)
        from need
        where need.project_id = suits.id and need.kind = 'hours'
    ), true) as hours_granted,
    coalesce(suits.wish, '') as wish
from suits
order by suits.covers desc, suits.wish is null, suits.id`
