package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Try notes that somebody tries to sign in, before it is known whether they may: so that of any
// number of tries at once no more are heard than allowed. The keys are hashes of what is counted.
func (db *Store) Try(ctx context.Context, keys [][]byte, at time.Time) error {
	return core.Exec(ctx, db.pool, `
		insert into sign_in_failure (key_hash, at)
		select key, $2 from unnest($1::bytea[]) as key`, keys, at)
}

// AccountTried returns the account of an e-mail address, the zero Account when there is none, and
// how often each key was tried since then.
func (db *Store) AccountTried(ctx context.Context, email string, keys [][]byte, since time.Time) (skein.Account, []int, error) {
	var a skein.Account
	var tries []int
	err := db.pool.QueryRow(ctx, `
		select coalesce(account.person_id, ''), coalesce(person.name, ''), coalesce(account.email, ''),
			coalesce(account.password_hash, ''), coalesce(account.epoch, 0),
			array(
				select (select count(*) from sign_in_failure where key_hash = key and at > $3)
				from unnest($2::bytea[]) with ordinality as asked (key, place)
				order by place
			)::int[]
		from organisation
		left join account on lower(account.email) = lower($1)
		left join person on person.id = account.person_id`, email, keys, since,
	).Scan(&a.Person, &a.Name, &a.Email, &a.Password, &a.Epoch, &tries)
	return a, tries, err
}

// SignIn notes that somebody signed in, and forgets the tries under these keys. A password hash that
// is given takes the place of the one kept: the same password, made more costly to guess.
func (db *Store) SignIn(ctx context.Context, by skein.By, keys [][]byte, rehashed string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if _, err := tx.Exec(ctx, `delete from sign_in_failure where key_hash = any ($1)`, keys); err != nil {
			return nil, err
		}
		_, err := tx.Exec(ctx, `
			update account
			set signed_in_at = $2, password_hash = coalesce(nullif($3, ''), password_hash)
			where person_id = $1`, by.Person, by.At, rehashed)
		return []skein.Event{{Action: "account.sign_in", Noun: "account", NounID: string(by.Person)}}, err
	})
}

// SweepDoors forgets sessions that ran out and tries that no longer count.
func (db *Store) SweepDoors(ctx context.Context, triesBefore time.Time) error {
	batch := &pgx.Batch{}
	batch.Queue(`delete from sessions where expiry < now()`)
	batch.Queue(`delete from sign_in_failure where at < $1`, triesBefore)
	return db.pool.SendBatch(ctx, batch).Close()
}

// Account returns how somebody signs in.
func (db *Store) Account(ctx context.Context, person skein.PersonID) (skein.Account, error) {
	var a skein.Account
	err := db.pool.QueryRow(ctx, `
		select account.person_id, person.name, account.email, coalesce(account.password_hash, ''), account.epoch
		from account
		join person on person.id = account.person_id
		where account.person_id = $1`, person,
	).Scan(&a.Person, &a.Name, &a.Email, &a.Password, &a.Epoch)
	return a, core.Translate(err)
}

// SetPassword changes somebody's password and ends their sessions. It returns the new epoch.
func (db *Store) SetPassword(ctx context.Context, by skein.By, person skein.PersonID, hash string) (epoch int, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		err := tx.QueryRow(ctx, `
			update account
			set password_hash = $2, epoch = epoch + 1
			where person_id = $1
			returning epoch`, person, hash).Scan(&epoch)
		return []skein.Event{{Action: "account.password", Noun: "account", NounID: string(person)}}, err
	})
	return epoch, err
}

// EndSessions signs somebody out everywhere.
func (db *Store) EndSessions(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := raiseEpoch(ctx, tx, person); err != nil {
			return nil, err
		}
		return []skein.Event{{Action: "account.end_sessions", Noun: "account", NounID: string(person)}}, nil
	})
}

func raiseEpoch(ctx context.Context, tx pgx.Tx, person skein.PersonID) error {
	return core.Exec(ctx, tx, `update account set epoch = epoch + 1 where person_id = $1`, person)
}

// NewAccount is an account to be made: for a person there is, or for a new one.
type NewAccount struct {
	Person   skein.PersonID // empty: a new person of that name
	Name     string
	Email    string
	Password string // a hash
	Hats     []skein.Hat
	// What the first administrator says of the organisation; empty for anybody else.
	Organisation string
	Zone         string
}

// CreateAccount makes an account, and the person when there is none yet. By without a person is
// the operator at the command line.
func (db *Store) CreateAccount(ctx context.Context, by skein.By, a NewAccount) (person skein.PersonID, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		person = a.Person
		var events []skein.Event
		if person == "" {
			if person, err = insertPerson(ctx, tx, by, a.Name, a.Email, ""); err != nil {
				return nil, err
			}
			events = append(events, skein.Event{Action: "person.create", Noun: "person", NounID: string(person)})
		}
		if err := insertAccount(ctx, tx, by, person, a.Email, a.Password); err != nil {
			return nil, err
		}
		events = append(events, skein.Event{Action: "account.create", Noun: "account", NounID: string(person)})
		for _, hat := range a.Hats {
			given, err := insertHat(ctx, tx, by, person, hat)
			if err != nil {
				return nil, err
			}
			events = append(events, given...)
		}
		return events, nil
	})
	return person, err
}

// insertPerson makes a person.
func insertPerson(ctx context.Context, tx pgx.Tx, by skein.By, name, email string, circle skein.CircleID) (id skein.PersonID, err error) {
	err = tx.QueryRow(ctx, `
		insert into person (name, email, circle_id, made_at)
		values ($1, $2, $3, $4)
		returning id`, name, core.Nullable(email), core.Nullable(circle), by.At).Scan(&id)
	return id, err
}

// insertAccount makes the account of a person who has none, and gives them the address as theirs
// when they had none.
func insertAccount(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, email, hash string) error {
	// Whoever comes second finds the row of the first and is told so.
	tag, err := tx.Exec(ctx, `
		insert into account (person_id, email, password_hash, made_at)
		select id, $2, $3, $4
		from person
		where id = $1 and deactivated_at is null
		on conflict (person_id) do nothing`, person, email, hash, by.At)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 1 {
		return core.Exec(ctx, tx, `update person set email = $2 where id = $1 and email is null`, person, email)
	}
	var there bool
	err = tx.QueryRow(ctx, `select exists (select from account where person_id = $1)`, person).Scan(&there)
	switch {
	case err != nil:
		return err
	case there:
		return skein.Conflict{Why: "They have an account already."}
	}
	return skein.ErrNotFound
}

// SetEmail changes the address with which somebody signs in from the one that was read, and the person's
// own where it was the same. Their sessions go on: who they are has not changed.
func (db *Store) SetEmail(ctx context.Context, by skein.By, person skein.PersonID, read, email string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		before, err := core.Value[string](ctx, tx, `select email from account where person_id = $1 for update`, person)
		if err != nil || before == email {
			return nil, err
		}
		if err := skein.Fresh(read, before); err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `update account set email = $2 where person_id = $1`, person, email); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update person
			set email = $2
			where id = $1 and (email is null or lower(email) = lower($3))`, person, email, before)
		return []skein.Event{{Action: "account.email", Noun: "account", NounID: string(person)}}, err
	})
}
