package factsdb

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Everybody reads what Facts reads, of everybody who could lead as of a day, by id: evidence comes
// in one sorted stream, since looking up each person's takes ten times as long. Each person may be
// read as of another moment.
func (db *Store) Everybody(ctx context.Context, day skein.Date) iter.Seq2[comparison.Facts, error] {
	return func(yield func(comparison.Facts, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		sorting := make(chan pgx.Rows)
		go func() { // the database sorts while all else is read
			rows, _ := db.pool.Query(ctx, everySeenSQL, pgx.NamedArgs{"day": day})
			sorting <- rows
		}()
		r, err := db.readAround(ctx, day)
		if err != nil {
			stop()
		}
		rows := <-sorting
		read := make(chan comparison.Facts, 256)
		go func() { // one person is put together while another is taken in
			defer close(read)
			defer rows.Close()
			if err == nil {
				err = r.join(rows, func(f comparison.Facts) bool {
					select {
					case read <- f:
						return true
					case <-ctx.Done():
						return false
					}
				})
			}
		}()
		for f := range read {
			if !yield(f, nil) {
				stop()
				for range read { // until the rows are closed
				}
				return
			}
		}
		if err != nil {
			yield(comparison.Facts{}, fmt.Errorf("everybody: %w", err))
		}
	}
}

const everySeenSQL = `
select person_id,
    skill_id,
    kind,
    level::int,
    observed_on - date '1970-01-01',
    expires_on - date '1970-01-01',
    given_by,
    source
from evidence
where ` + shown + `
order by person_id collate "C"`

// around is what a word counts for turns on, beside the word itself.
type around struct {
	facts  []comparison.Facts // by person's id; without evidence
	number map[skein.PersonID]uint32
	person []skein.PersonID    // by number
	circle []string            // by number
	in     map[uint32][]string // the projects that somebody has a part in, sorted
	praise []praise            // sorted
	// returned is how many days apart praise is praise in return: see returnedWithin.
	returned int32
	texts    map[string]string    // skills and kinds, each once
	dates    map[int32]skein.Date // days, each made once
}

// praise is that somebody was spoken for by somebody else, and on which day since 1970.
type praise struct {
	person, giver uint32
	day           int32
}

func (p praise) compare(q praise) int {
	return cmp.Or(cmp.Compare(p.person, q.person), cmp.Compare(p.giver, q.giver), cmp.Compare(p.day, q.day))
}

const everyPartSQL = `
select person_id, project_id from term where lower(during) < @day
union
select person_id, project_id from member where joined_at < @day::date
order by 1, 2`

const everyPraiseSQL = `
select person_id, given_by, observed_on - date '1970-01-01'
from evidence
where kind = 'peer' and given_by is not null and ` + shown

func (db *Store) readAround(ctx context.Context, day skein.Date) (*around, error) {
	a := &around{
		number: map[skein.PersonID]uint32{}, in: map[uint32][]string{}, texts: map[string]string{}, dates: map[int32]skein.Date{},
	}
	args := pgx.NamedArgs{"day": day, "then": false, "named": false, "returned": skein.ReturnedDays}
	r := Comparing{everySkill: true}
	batch := &pgx.Batch{}
	r.queueFactsButEvidence(batch, `with compared as (select person.id from person where `+core.ActiveBy+`)`, args)
	var person skein.PersonID
	var other string
	batch.Queue(`select id, coalesce(circle_id, '') from person`).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&person, &other}, func() error {
			a.number[person] = uint32(len(a.circle)) //nolint:gosec // far fewer
			a.person, a.circle = append(a.person, person), append(a.circle, other)
			return nil
		})
		return err
	})
	batch.Queue(everyPartSQL, args).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&person, &other}, func() error {
			n := a.number[person]
			a.in[n] = append(a.in[n], other)
			return nil
		})
		return err
	})
	batch.Queue(everyPraiseSQL, args).Query(a.readPraise)
	batch.Queue(`select `+ReturnedWithin, args).QueryRow(func(row pgx.Row) error { return row.Scan(&a.returned) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	a.facts = r.facts()
	return a, nil
}

func (a *around) readPraise(rows pgx.Rows) error {
	var person, giver text
	var p praise
	_, err := pgx.ForEachRow(rows, []any{&person, &giver, &p.day}, func() error {
		var known [2]bool
		p.person, known[0] = a.number[skein.PersonID(person.bytes)]
		p.giver, known[1] = a.number[skein.PersonID(giver.bytes)]
		if known[0] && known[1] { // else they came while this was read: that is a change to follow
			a.praise = append(a.praise, p)
		}
		return nil
	})
	slices.SortFunc(a.praise, praise.compare)
	return err
}

// text is a row's text or null as the driver holds it, until the next row.
type text struct{ bytes []byte }

// ScanBytes implements pgtype.BytesScanner.
func (t *text) ScanBytes(bytes []byte) error {
	t.bytes = bytes
	return nil
}

// seenLine is one row of everySeenSQL.
type seenLine struct {
	person, skill, kind, giver, source text
	level                              int
	on                                 int32
	expires                            pgtype.Int4
}

// join gives everybody their evidence, and leaves out whoever has none.
func (a *around) join(rows pgx.Rows, give func(comparison.Facts) bool) error {
	var line seenLine
	into := []any{&line.person, &line.skill, &line.kind, &line.level, &line.on, &line.expires, &line.giver, &line.source}
	var evidence []comparison.Seen
	var number uint32
	next := 0
	done := func() bool { // the one that has all of it
		if len(evidence) == 0 {
			return true
		}
		f := a.facts[next]
		f.Evidence = slices.Clone(evidence)
		slices.SortFunc(f.Evidence, inOrder)
		evidence = evidence[:0]
		return give(f)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for next < len(a.facts) && string(a.facts[next].Person) < string(line.person.bytes) {
			if !done() {
				return nil
			}
			next++
		}
		if next < len(a.facts) && string(a.facts[next].Person) == string(line.person.bytes) {
			person := a.facts[next].Person
			if len(evidence) == 0 {
				number = a.number[person]
			}
			evidence = append(evidence, a.seen(person, number, &line))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	done()
	return nil
}

// inOrder sorts one person's evidence as seenSQL does: what is not said comes last.
func inOrder(a, b comparison.Seen) int {
	unsaid := func(a, b string) int {
		if (a == "") != (b == "") {
			return strings.Compare(b, a)
		}
		return strings.Compare(a, b)
	}
	expires := func(a, b skein.Date) int {
		if a.IsZero() != b.IsZero() {
			return b.Compare(a)
		}
		return a.Compare(b)
	}
	return cmp.Or(
		strings.Compare(string(a.Skill), string(b.Skill)), a.ObservedOn.Compare(b.ObservedOn), strings.Compare(string(a.Kind), string(b.Kind)),
		unsaid(string(a.GivenBy), string(b.GivenBy)), unsaid(a.Source, b.Source), expires(a.ExpiresOn, b.ExpiresOn), cmp.Compare(a.Level, b.Level),
	)
}

func (a *around) seen(person skein.PersonID, number uint32, line *seenLine) comparison.Seen {
	e := comparison.Seen{Evidence: skein.Evidence{
		Person: person, Skill: skein.SkillID(a.once(line.skill.bytes)), Kind: skein.EvidenceKind(a.once(line.kind.bytes)),
		Level: line.level, ObservedOn: a.date(line.on),
		Source: string(line.source.bytes),
	}}
	giver, known := uint32(0), false
	if len(line.giver.bytes) > 0 {
		if giver, known = a.number[skein.PersonID(line.giver.bytes)]; known {
			e.GivenBy = a.person[giver]
		} else { // they came while this was read
			e.GivenBy = skein.PersonID(line.giver.bytes)
		}
	}
	if line.expires.Valid {
		e.ExpiresOn = a.date(line.expires.Int32)
	}
	if e.Kind == skein.Peer && e.GivenBy != "" {
		e.AsSelf = a.asSelf(number, giver, line.on)
	}
	return e
}

// asSelf tells whether a colleague's word counts as one's own, as seenSQL does: the two share no
// project or circle, or endorsed each other within so many days. The first is the cheaper to look up.
func (a *around) asSelf(person, giver uint32, day int32) bool {
	circle := a.circle[person]
	if (circle == "" || circle != a.circle[giver]) && !slices.ContainsFunc(a.in[person], func(project string) bool {
		_, also := slices.BinarySearch(a.in[giver], project)
		return also
	}) {
		return true
	}
	back := praise{giver, person, day - a.returned}
	i, _ := slices.BinarySearchFunc(a.praise, back, praise.compare)
	return i < len(a.praise) && a.praise[i].person == giver && a.praise[i].giver == person && a.praise[i].day <= day+a.returned
}

// once is a text, of which there is one however many rows say it.
func (a *around) once(bytes []byte) string {
	if len(bytes) == 0 {
		return ""
	}
	if known, ok := a.texts[string(bytes)]; ok {
		return known
	}
	text := string(bytes)
	a.texts[text] = text
	return text
}

func (a *around) date(day int32) skein.Date {
	date, ok := a.dates[day]
	if !ok {
		date = time.Unix(int64(day)*86400, 0).UTC()
		a.dates[day] = date
	}
	return date
}
