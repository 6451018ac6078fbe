package peopledb

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Merged is what became of two people who were one.
type Merged struct {
	Was     string   // the name of whom was merged
	Name    string   // of whom is kept
	Email   string   // with which they sign in; empty: they have no account
	Aliases []string // addresses that lead to them, too
	Dropped int      // what one had said of the other: nobody speaks for themselves
}

// errGrown says that one of the two got a part in another project before both were locked.
var errGrown = errors.New("another project")

// merges is how often a merge is tried again that was in somebody's way.
const merges = 5

// Merge makes one of two people who are one: evidence, terms, claims and all else of from is into's from then on, in one
// transaction. The log's rows stay, and are told of into; from's id and addresses lead there. The account is kept
// that was used last; every other session ends. Where both claimed in one window the later claim stands, and
// nobody is told. The error is ErrNotFound where there is no from, Invalid on "into" where there is no into or the
// two are one already, Invalid on "keep" where by is from, Unmergeable while something is in the way, and a
// Conflict during an import.
func (db *Store) Merge(ctx context.Context, by skein.By, from, into skein.PersonID) (Merged, error) {
	if err := skein.OnePerson(from, into); err != nil {
		return Merged{}, err
	}
	if by.Person == from {
		return Merged{}, skein.Invalid{{Field: "keep", Message: "You are signed in as the one that would go. Keep that one, or let another administrator do it."}}
	}
	for try := 1; ; try++ {
		m := &merging{by: by, from: from, into: into}
		err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) { return m.run(ctx, tx) })
		var pg *pgconn.PgError
		again := errors.Is(err, errGrown) || errors.As(err, &pg) && pg.Code == "40P01"
		if !again || try == merges {
			return m.done, err
		}
	}
}

// merging is one try.
type merging struct {
	by         skein.By
	from, into skein.PersonID
	tx         pgx.Tx
	people     map[skein.PersonID]mergePerson
	columns    []personColumn // those that may name either
	done       Merged
}

type mergePerson struct {
	ID      skein.PersonID
	Name    string
	Email   string
	Account string     // the address of their account; "": none
	UsedAt  *time.Time // when it last was
}

func (m *merging) both() []skein.PersonID { return []skein.PersonID{m.from, m.into} }

// args are what the statements of a merge are about.
func (m *merging) args() pgx.NamedArgs {
	return pgx.NamedArgs{
		"from": m.from, "into": m.into, "both": core.Texts(m.both()), "at": m.by.At, "today": m.by.Day,
	}
}

func (m *merging) run(ctx context.Context, tx pgx.Tx) ([]skein.Event, error) {
	m.tx = tx
	var err error
	if m.columns, err = columnsOfPeople(ctx, tx); err != nil {
		return nil, err
	}
	if err := m.lock(ctx); err != nil {
		return nil, err
	}
	stops, err := mergeStops(ctx, tx, m.by, m.from, m.into)
	if err != nil {
		return nil, err
	}
	if len(stops) > 0 {
		return nil, skein.Unmergeable(stops)
	}
	b := &pgx.Batch{}
	m.forget(b)
	m.lives(b)
	m.twice(b)
	m.account(b)
	m.person(b) // before an id that leads to from is into's, which no row of from may have then
	m.follow(b)
	m.aliases(b)
	// An account goes, which may be the one by which an administrator comes in.
	if err := core.KeepAdministrator(ctx, tx, m.by.Day, func() error { return tx.SendBatch(ctx, b).Close() }); err != nil {
		return nil, err
	}
	err = core.TellAccess(ctx, tx, m.by, skein.Notice{Code: skein.CodeMerged, Subject: m.into})
	return []skein.Event{{
		Action: "person.merge", Noun: "person", NounID: string(m.into), Details: map[string]any{"was": m.from, "called": m.done.Was},
	}}, err
}

// lock keeps others from what is theirs: first the projects and windows in which they have a part, as every verb and
// every claim does, then both. Whoever claims or gives them something meanwhile comes before, and it follows; or
// after, and finds one person.
func (m *merging) lock(ctx context.Context) error {
	alone, err := core.Value[bool](ctx, m.tx, `select pg_try_advisory_xact_lock(hashtextextended('import', 0))`)
	if err != nil {
		return err
	}
	if !alone { // it was held against people as they were
		return skein.Conflict{Why: "Files are being imported. Try again when that is done."}
	}
	before, err := m.projects(ctx)
	if err != nil {
		return err
	}
	for _, sql := range []string{
		`select from project where id = any($1) order by id for no key update`,
		`select from claim_window where project_id = any($1) order by id for update`,
	} {
		if err := core.Exec(ctx, m.tx, sql, before); err != nil {
			return err
		}
	}
	if err := core.LockPeople(ctx, m.tx, m.both()); err != nil {
		return err
	}
	if err := m.read(ctx); err != nil {
		return err
	}
	after, err := m.projects(ctx)
	if err == nil && slices.ContainsFunc(after, func(p string) bool { return !slices.Contains(before, p) }) {
		err = errGrown
	}
	return err
}

func (m *merging) projects(ctx context.Context) ([]string, error) {
	return core.Values[string](ctx, m.tx, projectsOf(m.columns), m.args())
}

// read locks the two and reads who they are.
func (m *merging) read(ctx context.Context) error {
	found, err := core.All[mergePerson](ctx, m.tx, `
		select person.id, person.name, coalesce(person.email, '') as email, coalesce(account.email, '') as account,
			case when account.person_id is not null then greatest( -- by a link nobody signs in, and all the same they came in
				account.signed_in_at,
				(select max(used_at) from invitation where person_id = person.id),
				(select max(made_at) from sessions where person_id = person.id)
			) end as used_at
		from person
		left join account on account.person_id = person.id
		where person.id = any(@both)
		order by person.id
		for update of person`, m.args())
	if err != nil {
		return err
	}
	m.people = map[skein.PersonID]mergePerson{}
	for _, p := range found {
		m.people[p.ID] = p
	}
	if _, there := m.people[m.from]; !there {
		return skein.ErrNotFound
	}
	if _, there := m.people[m.into]; !there {
		return skein.Invalid{{Field: "into", Message: "There is no such person. Choose somebody else."}}
	}
	m.done.Was, m.done.Name = m.people[m.from].Name, m.people[m.into].Name
	return nil
}
