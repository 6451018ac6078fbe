package keepdb

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
)

// erasures is how often an erasure is tried again that was in somebody's way.
const erasures = 5

// Erase leaves of a person whose door is closed, and who holds nothing any more, the key that records of matches and
// the log name them by, in one transaction: see goes and stays. What they gave others stays as of skein.Erased, and so
// do decisions. The error is ErrNotFound where there is no such person or they were erased already, and a Conflict
// while the door is open, while something is still passed on to others, where by is the person, and during an import.
func (db *Store) Erase(ctx context.Context, by skein.By, person skein.PersonID) error {
	return db.erase(ctx, by, person, false)
}

// EraseAsked is Erase because they ask for it. The error is a Conflict as well where they took that back meanwhile.
func (db *Store) EraseAsked(ctx context.Context, by skein.By, person skein.PersonID) error {
	return db.erase(ctx, by, person, true)
}

func (db *Store) erase(ctx context.Context, by skein.By, person skein.PersonID, asked bool) error {
	if by.Person == person {
		return skein.Conflict{Why: "You are signed in as the one who would go. Another administrator can erase you, and gives somebody that role first if there is no other."}
	}
	for try := 1; ; try++ {
		err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) { return erase(ctx, tx, by, person, asked) })
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "40P01" || try == erasures { // a deadlock with whoever moves what was theirs
			return err
		}
	}
}

// erasing is who goes.
type erasing struct {
	Key         string
	Names       []string // theirs, those of before, and what they were called where they were there twice
	Deactivated *time.Time
	Erased      *time.Time
	Asked       *time.Time
	Addresses   []string // all that lead to them
	IDs         []string // all that lead to them, theirs included
	Keys        []string // by which the log names them
}

// erase is one try. Whoever is about to write something of the person waits from its first statement on, and then
// finds nobody.
func erase(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, asked bool) ([]skein.Event, error) {
	alone, err := core.Value[bool](ctx, tx, `select pg_try_advisory_xact_lock(hashtextextended('import', 0))`)
	if err != nil {
		return nil, err
	}
	if !alone { // it was held against people as they were
		return nil, skein.Conflict{Why: "Files are being imported. Try again when that is done."}
	}
	if err := core.Exec(ctx, tx, `set local statement_timeout = 0`); err != nil { // the whole log is looked through
		return nil, err
	}
	who, err := whom(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	if who.Deactivated == nil {
		return nil, skein.Conflict{Why: "The door is open to them again. Close it first, so that what they hold goes on to others."}
	}
	if asked && who.Asked == nil {
		return nil, skein.Conflict{Why: "They have just taken back that they asked to be erased. Their door is closed: open it again."}
	}
	held, err := leaddb.Held(ctx, tx, by, person)
	if err != nil {
		return nil, err
	}
	if len(held) > 0 {
		return nil, skein.Conflict{Why: "What they led or were asked for is being passed on to others. Try again in a minute."}
	}
	args := pgx.NamedArgs{
		"id": person, "key": who.Key, "ids": who.IDs, "keys": who.Keys, "addresses": who.Addresses,
		"named": saying(who.Names), "written": saying(written(who.Names)),
		"erased": skein.Erased, "at": by.At,
	}
	batch := &pgx.Batch{}
	batch.Queue(`insert into secret (value) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) on conflict (single) do nothing`)
	batch.Queue(`insert into erased (id_hash) select distinct erased_hash(id) from unnest(@ids::text[]) id on conflict do nothing`, args)
	for _, g := range goes {
		batch.Queue(g.sql, args)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	if err := peopledb.RenameWithin(ctx, tx, person, skein.PersonID(who.Key)); err != nil {
		return nil, err
	}
	err = core.Exec(ctx, tx, emptied, args)
	return []skein.Event{{
		Action: "person.erase", Noun: "person", NounID: who.Key, Details: map[string]any{"asked": who.Asked != nil},
	}}, err
}

// whom locks a person and reads all that leads to them.
func whom(ctx context.Context, tx pgx.Tx, person skein.PersonID) (erasing, error) {
	// Before what leads to them is read, and against whoever would give them something.
	if _, err := core.Value[skein.PersonID](ctx, tx, `select id from person where id = $1 and erased_at is null for update`, person); err != nil {
		return erasing{}, err
	}
	return core.One[erasing](ctx, tx, `
		select person.log_key as key, person.deactivated_at as deactivated, person.erased_at as erased,
			(select asked_at from erasure where erasure.person_id = person.id) as asked,
			array(
				select lower(address)
				from (
					select person.email as address
					union
					select account.email from account where account.person_id = person.id
					union
					select email_alias.email from email_alias where email_alias.person_id = person.id
					union
					select invitation.email from invitation where invitation.person_id = person.id
					union
					select mail.address from mail where mail.person_id = person.id
				) known
				where btrim(address) <> '' -- one of no letters would be in every text
			) as addresses,
			array(select person.id union select person_alias.id from person_alias where person_alias.person_id = person.id) as ids,
			array(select person.log_key union select person_alias.log_key from person_alias where person_alias.person_id = person.id) as keys,
			array(
				select person.name
				union
				select merged.details ->> 'called'
				from audit_told merged
				where merged.action in ('person.merge', 'person.update') and merged.noun_id = person.id and merged.details ->> 'called' <> ''
			) as names
		from person
		where person.id = $1`, person)
}

// emptied is what is left of the row.
const emptied = `
update person
set name = @erased, email = null, circle_id = null, manager_id = null, hours_per_week = null, about = '', active_from = null,
	active_until = null, welcomed_at = null, attributes = '{}', time_zone = null, erased_at = @at
where id = @key`
