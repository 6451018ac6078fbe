package peopledb

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// MergeAhead is what a merge would do with what is not sealed, and what is in its way.
type MergeAhead struct {
	From, Into MergeSide
	Between    int // what one said of the other: it goes
	Twice      int // what both have with the same skill, day and source: one stays
	Stops      []skein.MergeStop
}

// MergeSide is how much one of the two has. What was claimed, invited to or drafted is not counted.
type MergeSide struct {
	Evidence int // said of them, or by them of themselves
	Given    int // said by them of others
	Led      int // leads now and before
	Beside   int // places beside a lead, now and before
	Teams    int // that they are in
	Proposed int // projects, without drafts
	Duties   int // what they own or look after: priorities, guardrails
	Wishes   int
}

const mergeSideSQL = `
	select
		(select count(*) from evidence where person_id = $1)::int as evidence,
		(select count(*) from evidence where given_by = $1 and person_id <> $1)::int as given,
		(select count(*) from term where person_id = $1 and role = 'primary' and live_at is not null)::int as led,
		(select count(*) from term where person_id = $1 and role <> 'primary' and live_at is not null)::int as beside,
		(select count(*) from member where person_id = $1 and left_at is null)::int as teams,
		(select count(*) from project where proposed_by = $1 and published_at is not null)::int as proposed,
		(select count(*) from priority where owner_id = $1 and retired_at is null)::int
			+ (select count(*) from guardrail where owner_id = $1 and retired_at is null)::int as duties,
		(select count(*) from wish where person_id = $1)::int as wishes`

// MergeAhead looks at what a merge would do, and changes nothing. The error is ErrNotFound where one is nobody.
func (db *Store) MergeAhead(ctx context.Context, by skein.By, from, into skein.PersonID) (MergeAhead, error) {
	var a MergeAhead
	err := core.Snapshot(ctx, db.pool, func(tx pgx.Tx) (err error) {
		for _, id := range []skein.PersonID{from, into} {
			if _, err := core.Value[skein.PersonID](ctx, tx, `select id from person where id = $1`, id); err != nil {
				return err
			}
		}
		b := &pgx.Batch{}
		core.CollectOne(b, &a.From, mergeSideSQL, from)
		core.CollectOne(b, &a.Into, mergeSideSQL, into)
		b.Queue(`
			select count(*) filter (where kind = 'peer' and given_by = any($1))
			from evidence
			where person_id = any($1)`, []string{string(from), string(into)}).QueryRow(func(row pgx.Row) error { return row.Scan(&a.Between) })
		b.Queue(`
			select count(*)
			from evidence mine
			join evidence other on other.person_id = $1 and other.skill_id = mine.skill_id and other.kind = mine.kind and other.observed_on = mine.observed_on
				and other.expires_on is not distinct from mine.expires_on and other.given_by is not distinct from mine.given_by
				and other.source is not distinct from mine.source
			where mine.person_id = $2`, from, into).QueryRow(func(row pgx.Row) error { return row.Scan(&a.Twice) })
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		a.Stops, err = mergeStops(ctx, tx, by, from, into)
		return err
	})
	return a, core.Translate(err)
}

// Kept is who somebody is now who was merged; ErrNotFound where nobody of this id was.
func (db *Store) Kept(ctx context.Context, id skein.PersonID) (skein.PersonID, error) {
	kept, err := core.Value[skein.PersonID](ctx, db.pool, `select max(person_id) from person_alias where id = $1 having count(*) > 0`, id)
	return kept, core.Translate(err)
}

// KnownAs is what leads to a person besides their id and addresses: ids of whom was merged with them, and addresses.
func (db *Store) KnownAs(ctx context.Context, id skein.PersonID) ([]string, error) {
	all, err := core.Values[string](ctx, db.pool, `
		select id from person_alias where person_id = $1 and id <> $1
		union
		select email from email_alias where person_id = $1
		order by 1`, id)
	return all, core.Translate(err)
}

// Double is somebody who may be one with somebody else.
type Double struct {
	ID     skein.PersonID
	Name   string
	Circle string // the name of their team
	Email  string
}

// mostDoubles is how many are suggested.
const mostDoubles = 6

// Doubles lists who may be one with a person: of the same name, case and accents apart; else of the same last name
// and initial; or with the same address before the @.
func (db *Store) Doubles(ctx context.Context, id skein.PersonID) ([]Double, error) {
	name, err := core.Value[string](ctx, db.pool, `select name from person where id = $1`, id)
	if err != nil {
		return nil, core.Translate(err)
	}
	like := name
	if words := strings.Fields(name); len(words) > 1 {
		like = string([]rune(words[0])[:1]) + " " + words[len(words)-1]
	}
	found, err := core.All[Double](ctx, db.pool, `
		select person.id, person.name, coalesce(circle.name, '') as circle, coalesce(person.email, '') as email
		from person
		join person mine on mine.id = $1
		left join circle on circle.id = person.circle_id
		where person.id <> mine.id and person.erased_at is null and (
			folded(person.name) = folded(mine.name)
			or name_words(person.name) @@ to_tsquery('simple', folded($2))
			or lower(split_part(person.email, '@', 1)) = lower(split_part(mine.email, '@', 1))
		)
		order by folded(person.name) = folded(mine.name) desc, folded(person.name), person.id
		limit $3`, id, core.Prefixes(like), mostDoubles)
	return found, core.Translate(err)
}
