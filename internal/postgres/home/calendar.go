package homedb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Dates are what somebody's calendar holds: what they may see on their pages, and no more.
type Dates struct {
	Waiting  []Wanted
	Terms    []HeldTerm
	StandsIn []StandsIn
	Closes   []Close
	Reviews  []OwnReview
	Rails    []RailDay
}

// Close is when claims close that somebody has a part in: they claimed, began to, or proposed the project.
type Close struct {
	ID      string
	Project skein.ProjectID
	Title   string
	At      time.Time
	Draft   bool // theirs is begun and not sent
}

// OwnReview is somebody's own question whether it was decided rightly, and until when it is answered.
type OwnReview struct {
	ID      string
	Project skein.ProjectID
	Title   string
	At      time.Time
}

// RailDay is the day on which a guardrail that somebody owns is to be looked at.
type RailDay struct {
	ID string
	On skein.Date
}

const closesSQL = `
select claim_window.id::text as id, project.id as project, project.title, claim_window.closes_at as at,
    coalesce(claim.state = 'draft', false) as draft
from claim_window
join project on project.id = claim_window.project_id
left join claim on claim.window_id = claim_window.id and claim.person_id = @me and claim.state in ('draft', 'submitted')
where claim_window.state = 'open'
    and claim_window.closes_at > @now
    and (claim.id is not null or project.proposed_by = @me)
order by claim_window.closes_at, claim_window.id
limit 100`

const ownReviewsSQL = `
select review.id::text as id, project.id as project, project.title, review.answer_by as at
from review
join project on project.id = review.project_id
where review.asked_by = @me and review.answered_at is null and review.answer_by is not null
order by review.answer_by, review.id
limit 100`

const railDaysSQL = `
select id::text as id, review_on as "on"
from guardrail
where owner_id = @me and retired_at is null and review_on >= @today
order by review_on, id
limit 100`

// Dates returns what somebody's calendar holds, in one round trip.
func (db *Store) Dates(ctx context.Context, q HomeQuery) (Dates, error) {
	var d Dates
	args := pgx.NamedArgs{"me": q.Person, "circles": core.Texts(q.Circles), "now": q.Now, "today": q.Today, "limit": homeAll}
	batch := &pgx.Batch{}
	core.Collect(batch, &d.Waiting, waitingSQL, args)
	core.Collect(batch, &d.Terms, heldSQL, args)
	core.Collect(batch, &d.StandsIn, standsInSQL, args)
	core.Collect(batch, &d.Closes, closesSQL, args)
	core.Collect(batch, &d.Reviews, ownReviewsSQL, args)
	core.Collect(batch, &d.Rails, railDaysSQL, args)
	return d, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// Entry is what calendars were told of one thing.
type Entry struct {
	UID       string
	Sequence  int
	ChangedAt time.Time
}

// Entries notes when things begin that are about to be told to a calendar, and returns how often each was moved and
// when last. What stands as it was is only read: calendars ask every hour.
func (db *Store) Entries(ctx context.Context, now time.Time, uids []string, starts []time.Time) (map[string]Entry, error) {
	all, err := core.All[Entry](ctx, db.pool, `
		with told as (
			select distinct on (uid) uid, starts_at
			from unnest($1::text[], $2::timestamptz[]) told (uid, starts_at)
			order by uid
		), moved as (
			insert into calendar_entry as entry (uid, starts_at, changed_at)
			select told.uid, told.starts_at, $3
			from told
			left join calendar_entry was on was.uid = told.uid
			where was.starts_at is distinct from told.starts_at
			order by told.uid
			on conflict (uid) do update
			set starts_at = excluded.starts_at, changed_at = excluded.changed_at, sequence = entry.sequence + 1
			where entry.starts_at <> excluded.starts_at
			returning entry.uid, entry.sequence, entry.changed_at
		)
		select uid, sequence, changed_at from moved
		union all
		select uid, sequence, changed_at from calendar_entry where uid = any ($1) and uid not in (select uid from moved)`, uids, starts, now)
	entries := map[string]Entry{}
	for _, e := range all {
		entries[e.UID] = e
	}
	return entries, core.Translate(err)
}
