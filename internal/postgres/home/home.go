package homedb

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	leaddb "skein/internal/postgres/lead"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
)

// How much of each a home page holds. What is beyond is counted, and one click away.
const (
	homeWaiting = 3
	homeAll     = 100
	homeNotices = 5
)

// HomeQuery says whose home page, when, and how much of it.
type HomeQuery struct {
	Person    skein.PersonID
	Circles   []skein.CircleID // of which they are a steward
	Now       time.Time
	Today     skein.Date
	Setup     bool // how far the organisation has come, for administrators while the list stands
	Everybody bool // all who wait and all they have a part in, not only the first three
}

// Home is what a home page is made from.
type Home struct {
	Waiting    []Wanted // the most pressing first
	Waits      int      // how many things wait in all
	Waiters    int      // how many people are known to wait for them
	Unnamed    int      // how many of them nobody in particular waits for, or nobody may know who
	Terms      []HeldTerm
	StandsIn   []StandsIn   // where they decide in a lead's place
	LooksAfter []LooksAfter // what nobody leads since its lead left, and they look after
	Absent     []Deputised  // what they lead while somebody stands in, or is asked to
	Unfinished []leaddb.Unfinished
	Words      []WordToSee // the last words that they have not seen, of what serves a priority of theirs
	Parts      []Part      // what they do not lead and have a part in
	Notices    []Notice    // the newest not yet seen
	Unseen     int
	HoursHeld  float64          // hours a week that what the viewer holds takes, offers included
	Leaves     []peopledb.Leave // of today and later
	Stewarded  Stewarded        // what they are steward of
	Setup      *Setup           // where it was asked for
	Adviser    *Adviser         // whom they could ask where to begin; nil: nobody is there
}

// Adviser is whom somebody could ask where to begin.
type Adviser struct {
	ID     skein.PersonID
	Name   string
	Kind   skein.HatKind
	Circle string // the name of a steward's circle
}

// adviserSQL finds the nearest steward of somebody's circle or of one above, else an administrator, else an
// executive: who is here today, signs in, and is somebody else.
var adviserSQL = `
select person.id, person.name, hat.kind, coalesce(circle.name, '') as circle
from hat
join person on person.id = hat.person_id
join account on account.person_id = person.id
left join circle on circle.id = hat.circle_id
left join circles_above((select own.circle_id from person own where own.id = @me)) up on up.circle_id = hat.circle_id
where person.id <> @me
    and ` + core.ActiveToday + `
    and ` + core.AwayUntil + ` is null
    and (hat.kind <> 'steward' or up.circle_id is not null)
order by case hat.kind when 'steward' then up.depth when 'administrator' then 500000 else 1000000 end, folded(person.name), person.id
limit 1`

// WantedKind is what somebody waits for.
type WantedKind string

// What may want an answer.
const (
	WaitOffer    WantedKind = "offer"
	WaitPick     WantedKind = "pick"
	WaitInvite   WantedKind = "invite"
	WaitNeed     WantedKind = "need"
	WaitAsk      WantedKind = "ask"
	WaitPlace    WantedKind = "place"  // somebody asks to co-lead
	WaitCoLead   WantedKind = "colead" // they are to lead it beside its lead
	WaitTogether WantedKind = "with"
	WaitCoach    WantedKind = "coach"
	WaitReview   WantedKind = "review"
	WaitErase    WantedKind = "erase"    // somebody asked to be erased, for administrators
	WaitStandIn  WantedKind = "standin"  // somebody is to stand in
	WaitQuestion WantedKind = "question" // somebody asks the lead of something
	WaitRemit    WantedKind = "remit"    // a change of what a lead decides
	WaitLess     WantedKind = "less"     // a need of which there is less, for whoever accepted the lead
	WaitShort    WantedKind = "short"    // a need that was answered with no, or by nobody, likewise
	WaitAdvice   WantedKind = "advice"   // their advice is asked for
	WaitAgree    WantedKind = "agree"    // their yes is
	WaitDecide   WantedKind = "decide"   // what they asked advice of can be decided
	WaitDisagree WantedKind = "disagree" // everybody has answered, and one whose yes it needs with no
	WaitOverdue  WantedKind = "overdue"  // the day for advice has passed
	WaitPropose  WantedKind = "propose"  // it is proposed to them
	WaitWrite    WantedKind = "write"    // the note of a lead that is handed on
	WaitSay      WantedKind = "say"      // it is to be said back
	WaitBecomes  WantedKind = "becomes"  // what becomes of a lead that is being reconsidered, for whoever leads it and its stewards
	WaitSign     WantedKind = "sign"     // what was said back is to be signed
	WaitOutcome  WantedKind = "outcome"  // how did it go?
)

// Wanted is one thing that wants the viewer's answer.
type Wanted struct {
	Kind    WantedKind
	ID      string // of the thing that is answered: a claim, a need, an ask, a term, a review
	Project skein.ProjectID
	Title   string // the project's
	Who     string // who waits, when it is somebody
	WhoID   skein.PersonID
	About   string     // a skill, a role; of a change of what a lead decides: skein.RemitOf
	Need    skein.Need // what is asked for, and what was answered; of a need alone
	Until   *time.Time
	Hours   *float64
	EndOn   *time.Time
	First   bool // it would be the first lead of their own
	Waits   int
	Waiters int
	Unnamed int
}

// HeldTerm is a place in front that the viewer has or is about to have.
type HeldTerm struct {
	ID           string
	Project      skein.ProjectID
	Title        string
	Role         skein.Role
	State        skein.TermState
	Paused       bool
	Reconsidered bool
	EndsOn       *time.Time // nil: it has no last day
	NeedsBy      *time.Time
	StartsOn     *time.Time   // it begins on a day to come
	Beside       string       // who leads it, of a place beside them; empty: nobody
	Leaving      bool         // that one hands it on
	Missing      []skein.Need // what is neither granted nor waived

	HandedOn
	leaddb.LastWord
}

// HandedOn is how the handing on of a lead stands, of the one who hands it on and of the one who accepted it.
type HandedOn struct {
	Next     string // who was chosen to follow, once everybody knows; empty: nobody
	NextYes  bool   // they accepted it
	NextMine bool   // it is the viewer, whom a file has lead on
	NextFrom *time.Time
	NextBy   *time.Time
	NoteOf   string              // whose note it is
	NoteIs   skein.HandoverState // as far as somebody is waited for by it
	NoteDue  *time.Time
	NoteLeft bool // whose note it is leads it no more
}

// handedOn reads it, to join it laterally to a held place.
var handedOn = `(
    select next_person.name as next,
        next.state = 'accepted' as next_yes,
        next.claim_id is null and next.person_id = @me as next_mine,
        next.starts_on as next_from,
        next.answer_by as next_by,
        coalesce(giver_person.name, '') as note_of,
        coalesce(handover.state, '') as note_is,
        handover.due as note_due,
        coalesce(giver.state not in ` + core.TermHolds + `, false) as note_left
    from term next
    join person next_person on next_person.id = next.person_id
    left join claim on claim.id = next.claim_id
    left join claim_window on claim_window.id = claim.window_id
    left join handover on handover.next_id = next.id and handover.due is not null and handover.state <> 'void'
    left join term giver on giver.id = handover.term_id
    left join person giver_person on giver_person.id = giver.person_id
    where next.project_id = held.project and next.role = 'primary' and next.state in ` + core.TermComing + `
        and (next.claim_id is null or claim_window.told_at is not null)
    order by handover.id desc nulls last
    limit 1
)`

// Home reads everything on a home page in one round trip.
func (db *Store) Home(ctx context.Context, q HomeQuery) (Home, error) {
	var home Home
	limit, parts := homeWaiting, homeParts
	if q.Everybody {
		limit, parts = homeAll, partsCounted
	}
	args := pgx.NamedArgs{
		"me": q.Person, "circles": core.Texts(q.Circles), "now": q.Now, "today": q.Today, "limit": limit,
		"notices": homeNotices, "parts": parts, "parts_counted": partsCounted, "gone": skein.EndGone, "words": wordsToSee,
	}
	batch := &pgx.Batch{}
	factsdb.PlanOnce(batch)
	core.Collect(batch, &home.Waiting, waitingSQL, args)
	core.Collect(batch, &home.Terms, heldSQL, args)
	core.Collect(batch, &home.StandsIn, standsInSQL, args)
	core.Collect(batch, &home.Absent, deputisedSQL, args)
	core.Collect(batch, &home.LooksAfter, looksAfterSQL, args)
	core.Collect(batch, &home.Unfinished, leaddb.UnfinishedSQL, args)
	core.Collect(batch, &home.Parts, partsSQL, args)
	core.Collect(batch, &home.Words, wordsToSeeSQL, args)
	var told []bundledNotice
	core.Collect(batch, &told, unseenSQL, args)
	core.Collect(batch, &home.Leaves, peopledb.ComingLeaveSQL, args)
	core.CollectFirst(batch, &home.Adviser, adviserSQL, args)
	home.Stewarded.queue(batch, q)
	if q.Setup {
		home.Setup = &Setup{}
		home.Setup.queue(batch, args)
	}
	batch.Queue(homeCountsSQL, args).QueryRow(func(row pgx.Row) error { return row.Scan(&home.Unseen, &home.HoursHeld) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Home{}, fmt.Errorf("home: %w", err)
	}
	if len(home.Waiting) > 0 {
		first := home.Waiting[0]
		home.Waits, home.Waiters, home.Unnamed = first.Waits, first.Waiters, first.Unnamed
	}
	home.Notices = bundles(told)
	return home, nil
}

var unseenSQL = bundledSQL("@me", "and notice.seen_at is null", "true", "@notices")

var homeCountsSQL = `
select ` + core.UnseenNotices("@me") + `,
    (
        select coalesce(sum(project.hours_per_week), 0)::float8
        from project
        where project.id in ` + core.TakesHours("= @me") + `
    )`

// heldSQL lists the places in front of one person, with the needs that are still open.
var heldSQL = `
select held.*,
    coalesce(handed.next, '') as next,
    coalesce(handed.next_yes, false) as next_yes,
    coalesce(handed.next_mine, false) as next_mine,
    handed.next_from,
    handed.next_by,
    coalesce(handed.note_of, '') as note_of,
    coalesce(handed.note_is, '') as note_is,
    handed.note_due,
    coalesce(handed.note_left, false) as note_left,` + leaddb.LastWordColumns + `
from (
select term.id::text as id,
    project.id as project,
    project.title,
    term.role,
    term.state,
    project.state = 'paused' as paused,
    term.state in ` + core.TermHolds + ` and ` + core.Reconsidered("project.id") + ` as reconsidered,
    case when term.state in ` + core.TermHolds + ` then term.ends_on else coalesce(term.ends_on, project.end_on) end as ends_on, -- who leads without a last day leads past the project's
    term.needs_by,
    term.starts_on,
    coalesce((
        select person.name
        from term front
        join person on person.id = front.person_id
        where term.role = 'co' and front.project_id = term.project_id and front.role = 'primary' and front.state in ` + core.TermHolds + `
        limit 1
    ), '') as beside,
    exists (
        select from term front
        where term.role = 'co' and front.project_id = term.project_id and front.role = 'primary' and front.state = 'handing_over'
    ) as leaving,
    ` + core.NeedsSaid("project.id", core.NeedOpen+" and (need.claim_id is null or need.claim_id = term.claim_id)") + ` as missing
from term
join project on project.id = term.project_id
where term.person_id = @me
    and term.role in ('primary', 'co')
    and term.state in ` + core.TermAgreed + `
) held
` + leaddb.LastWordOf("held.project") + `
left join lateral ` + handedOn + ` handed on held.role = 'primary'
order by role = 'co', ends_on nulls last, folded(title)
limit 50`
