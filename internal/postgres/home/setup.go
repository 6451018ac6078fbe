package homedb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Setup is how far an organisation has come: what its first administrator's list is ticked by.
type Setup struct {
	People     int // with the organisation today
	Away       int // of these, on leave today
	Accounts   int // of these, who can sign in
	Circles    int
	Depth      int // of the deepest circle: 1 where none lies within another
	Priorities int
	Vision     bool            // it is said what the organisation is for
	Executives []string        // who may say what matters, of those who can sign in
	Stewards   []string        // who is here, by the names of their circles
	Stewarded  []string        // beside them, those names
	Published  int             // projects that were ever opened to claims or led
	Led        int             // projects that somebody leads now
	Draft      skein.ProjectID // a draft of the viewer's own; "" for none
	// Without counts the circles that have no steward who is here, nor one above them; Largest is of
	// these the one with most people and projects.
	Without     int
	LargestID   skein.CircleID
	LargestName string
	Mail        core.MailStanding `db:"-"`
}

// Steps counts what is done of the list, and how many steps it has.
func (s Setup) Steps() (done, all int) {
	for _, is := range []bool{s.HasPeople(), s.HasCircles(), s.SaysWhatMatters(), s.HasSteward(), s.HasLead()} {
		if all++; is {
			done++
		}
	}
	if s.Mail.Sending { // where there is none nobody can try it
		if all++; s.HasMail() {
			done++
		}
	}
	return done, all
}

// HasPeople tells whether anybody but the first administrator is there.
func (s Setup) HasPeople() bool { return s.People > 1 }

// HasCircles tells whether there is a circle.
func (s Setup) HasCircles() bool { return s.Circles > 0 }

// SaysWhatMatters tells whether there is a priority: each project serves one.
func (s Setup) SaysWhatMatters() bool { return s.Priorities > 0 }

// HasSteward tells whether a steward is here.
func (s Setup) HasSteward() bool { return len(s.Stewards) > 0 }

// HasLead tells whether a lead was ever opened.
func (s Setup) HasLead() bool { return s.Published > 0 }

// HasMail tells whether a mail server took a mail, and takes them still.
func (s Setup) HasMail() bool { return !s.Mail.LastSent.IsZero() && s.Mail.FailingSince.IsZero() }

// setupSQL reads a Setup as @me, on @today.
var setupSQL = `
with recursive depths as (
    select id, 1 as depth from circle where parent_id is null
    union all
    select circle.id, depths.depth + 1 from circle join depths on depths.id = circle.parent_id
), here as (
    select person.id, person.name from person where ` + core.ActiveToday + `
), stewards as (
    select hat.circle_id, here.name
    from hat
    join here on here.id = hat.person_id
    where hat.kind = 'steward'
), covered as (
    select circle_id from stewards
    union
    select circle.id from circle join covered on covered.circle_id = circle.parent_id
), bare as (
    select circle.id, circle.name,
        (select count(*) from person where person.circle_id = circle.id and ` + core.ActiveToday + `)
            + (select count(*) from project where project.circle_id = circle.id) as size
    from circle
    where circle.id not in (select circle_id from covered)
)
select
    (select count(*) from here) as people,
    (select count(*) from person where ` + core.ActiveToday + ` and ` + core.AwayUntil + ` is not null) as away,
    (select count(*) from here join account on account.person_id = here.id) as accounts,
    (select count(*) from circle) as circles,
    (select coalesce(max(depth), 0)::int from depths) as depth,
    (select count(*) from priority where retired_at is null) as priorities,
    organisation.vision <> '' or organisation.purpose <> '' as vision,
    array(
        select here.name
        from here
        join hat on hat.person_id = here.id and hat.kind = 'executive'
        join account on account.person_id = here.id
        order by folded(here.name), here.id
    ) as executives,
    array(
        select stewards.name
        from stewards
        join circle on circle.id = stewards.circle_id
        order by folded(circle.name), circle.id, folded(stewards.name)
    ) as stewards,
    array(
        select circle.name
        from stewards
        join circle on circle.id = stewards.circle_id
        order by folded(circle.name), circle.id, folded(stewards.name)
    ) as stewarded,
    (select count(*) from bare) as without,
    coalesce((select id from bare order by size desc, folded(name), id limit 1), '') as largest_id,
    coalesce((select name from bare order by size desc, folded(name), id limit 1), '') as largest_name,
    (select count(*) from project where published_at is not null) as published,
    (select count(distinct term.project_id) from term where term.role = 'primary' and term.state in ` + core.TermHolds + `) as led,
    coalesce((
        select project.id from project
        where project.state = 'draft' and project.proposed_by = @me
        order by project.made_at desc, project.id
        limit 1
    ), '') as draft
from organisation`

// Setup reads how far the organisation has come, as somebody sees it at a moment of a day.
func (db *Store) Setup(ctx context.Context, me skein.PersonID, now time.Time, today skein.Date) (Setup, error) {
	var s Setup
	batch := &pgx.Batch{}
	s.queue(batch, pgx.NamedArgs{"me": me, "now": now, "today": today})
	return s, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// queue reads it with others.
func (s *Setup) queue(batch *pgx.Batch, args pgx.NamedArgs) {
	var mail core.MailStanding
	core.CollectOne(batch, &mail, core.MailStandingSQL, args)
	batch.Queue(setupSQL, args).Query(func(rows pgx.Rows) (err error) {
		*s, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Setup])
		s.Mail = mail
		return err
	})
}
