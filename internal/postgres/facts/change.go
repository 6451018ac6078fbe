package factsdb

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Changes is what changed since a mark, as far as somebody keeps it in memory.
type Changes struct {
	Mark Mark // what was seen by now: the next call's since
	// Anew says that the mark is of another life of the database: whatever was kept since may never have
	// been, and all of it is to be read anew.
	Anew     bool
	All      bool              // the facts of too many people to name
	People   []skein.PersonID  // whose facts did
	AllLeads bool              // what the board says of leads, or what they ask: of any
	Leads    []skein.ProjectID // and of these
}

// changesSQL finds what the snapshot of the last call did not show and that of this one does:
// whatever the order in which transactions commit, nothing is missed and nothing is told twice.
// Rows that came with a restore bear the numbers of another cluster's transactions: those that none has
// had here yet are left alone, or each look would read them all.
// Whoever changed bears on those whom they endorsed, too: praise may be mutual, or a stranger's.
var changesSQL = `
with since as (
    select change.noun, change.person_id, change.project_id
    from change
    where change.xid >= pg_snapshot_xmin(@since::pg_snapshot)
        and change.xid < pg_snapshot_xmax(pg_current_snapshot())
        and not pg_visible_in_snapshot(change.xid, @since::pg_snapshot)
        and pg_visible_in_snapshot(change.xid, pg_current_snapshot())
), people as (
    select person_id from since where noun is null and person_id is not null
    union
    select term.person_id
    from term
    where term.role in ('primary', 'co')
        and term.project_id in (select project_id from since where noun is null and project_id is not null)
)
select ` + MarkNow + `,
    exists (select from since where noun is null and person_id is null and project_id is null),
    array(
        select person_id from people
        union
        select evidence.person_id
        from evidence
        where evidence.kind = 'peer'
            and evidence.given_by in (select person_id from people)
    ),
    exists (select from since where noun = 'everything'),
    array(select distinct project_id from since where noun = 'lead')`

// Mark returns what is seen now, for the first call of Changes.
func (db *Store) Mark(ctx context.Context) (mark Mark, err error) {
	err = db.pool.QueryRow(ctx, `select `+MarkNow).Scan(&mark)
	return mark, err
}

// Changes returns what changed since a mark.
func (db *Store) Changes(ctx context.Context, since Mark) (Changes, error) {
	var c Changes
	err := db.pool.QueryRow(ctx, changesSQL, pgx.NamedArgs{"since": since.snapshot()}).
		Scan(&c.Mark, &c.All, &c.People, &c.AllLeads, &c.Leads)
	c.Anew = !c.Mark.SameLife(since)
	return c, err
}

// SweepChanges forgets changes that everybody has followed long ago.
func (db *Store) SweepChanges(ctx context.Context, before time.Time) error {
	_, err := db.pool.Exec(ctx, `delete from change where at < $1`, before)
	return err
}

// ListenChanges calls heard when it listens, and whenever something was committed, until ctx ends
// or the connection breaks.
func (db *Store) ListenChanges(ctx context.Context, heard func()) error {
	pooled, err := db.listen.Acquire(ctx)
	if err != nil {
		return err
	}
	conn := pooled.Hijack() // what listens must not serve others afterwards
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `listen skein_change`); err != nil {
		return err
	}
	for {
		heard()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}

// candidatesNamedSQL finds who of some people could lead: the offset has their evidence looked up one
// by one, where a join would read everybody's.
const candidatesNamedSQL = `
select person.id
from person
where person.id = any(@people)
    and ` + core.ActiveBy + `
    and exists (select from evidence where evidence.person_id = person.id and ` + shown + ` offset 0)`

// Facts reads all that is known as of a day of those of the people who could lead then, by id.
// Unlike a comparison's it is in every skill.
func (db *Store) Facts(ctx context.Context, people []skein.PersonID, day skein.Date) ([]comparison.Facts, error) {
	var r Comparing
	batch := &pgx.Batch{}
	r.everySkill = true
	who := `with compared as (` + candidatesNamedSQL + `)`
	r.queueFactsOf(batch, who, pgx.NamedArgs{"people": core.Texts(people), "day": day, "then": false, "named": false})
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("facts: %w", err)
	}
	facts := r.facts()
	slices.SortFunc(facts, func(a, b comparison.Facts) int {
		if a.Person < b.Person {
			return -1
		}
		return 1
	})
	return facts, nil
}

// turnedSQL finds for whom the facts of a later day are others, though nothing was written: what
// was dated ahead has come, and who is in office has led a day longer.
const turnedSQL = `
with people as (
    select person_id from evidence where observed_on >= @was and observed_on < @day
    union
    select given_by from evidence where given_by is not null and observed_on >= @was and observed_on < @day
    union
    select id from person
    where deactivated_at >= @was::date or active_from >= @was or active_until >= @was::date - 1
    union
    select person_id from term
    where coalesce(upper(during) >= @was, true)
        or offered_at >= @was::date
        or coalesce(live_at, ended_at, answered_at) >= @was::date
    union
    select person_id from member where joined_at >= @was::date
    union
    select person_id from absence where from_on >= @was
)
select person_id from people
union
select evidence.person_id
from evidence
where evidence.kind = 'peer'
    and evidence.given_by in (select person_id from people)`

// Turned lists the people whose facts are others on a later day.
func (db *Store) Turned(ctx context.Context, was, day skein.Date) ([]skein.PersonID, error) {
	rows, _ := db.pool.Query(ctx, turnedSQL, pgx.NamedArgs{"was": was, "day": day})
	return pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
}
