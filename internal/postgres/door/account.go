package doordb

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// errEnded is for whoever knew what held until a moment ago: a new password ends what comes by the old one.
var errEnded = skein.Conflict{Why: "The password was changed, or everybody was signed out, a moment ago. Sign in once more."}

// SignedIn is a sign-in that was right.
type SignedIn struct {
	Tried
	Rehashed string // takes the place of the password's hash: the same one, made more costly to guess; empty: stays
	Browser  Browser
}

// SignIn notes that somebody signed in, and takes back what their try counted. Their browser is known from
// then on; it returns its row.
func (db *Store) SignIn(ctx context.Context, by skein.By, in SignedIn) (device string, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := in.forgive(ctx, tx); err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `
			update account
			set signed_in_at = $2, password_hash = coalesce(nullif($3, ''), password_hash)
			where person_id = $1 and epoch = $4`, by.Person, by.At, in.Rehashed, in.Account.Epoch)
		if err != nil {
			return nil, err
		}
		if tag.RowsAffected() == 0 {
			return nil, errEnded
		}
		device, err = keepDevice(ctx, tx, by, in.Device, in.Browser)
		return []skein.Event{{Action: "account.sign_in", Noun: "account", NounID: string(by.Person)}}, err
	})
	return device, err
}

// Account returns how somebody signs in.
func (db *Store) Account(ctx context.Context, person skein.PersonID, now time.Time) (skein.Account, error) {
	var a skein.Account
	err := db.pool.QueryRow(ctx, `
		select account.person_id, person.name, account.email, coalesce(account.password_hash, ''), account.epoch, `+core.ByPassword+`,
			(select min(linked_at) from identity where identity.person_id = account.person_id),
			coalesce((
				select email from invitation
				where person_id = account.person_id and email is not null and used_at is null and expires_at > $2
			), '')
		from account
		join person on person.id = account.person_id
		where account.person_id = $1`, person, now,
	).Scan(&a.Person, &a.Name, &a.Email, &a.Password, &a.Epoch, &a.ByPassword, &a.LinkedAt, &a.Asked)
	return a, core.Translate(err)
}

// NewPassword is somebody's new password, set by themself.
type NewPassword struct {
	Epoch   int    // of their account, when they showed that they may
	Tried   Tried  // how they showed that they know the old one; the zero Tried where there was none
	Hash    string // of the new one
	Browser Browser
}

// SetPassword changes by's password, and ends their sessions and what their browsers were known by. The
// browser in which they did so is known anew: it returns its row, and the new epoch.
func (db *Store) SetPassword(ctx context.Context, by skein.By, n NewPassword) (device string, epoch int, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := n.Tried.forgive(ctx, tx); err != nil {
			return nil, err
		}
		if err := mayUsePassword(ctx, tx, by.Person); err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `update account set password_hash = $2 where person_id = $1 and epoch = $3`, by.Person, n.Hash, n.Epoch)
		if err != nil {
			return nil, err
		}
		if tag.RowsAffected() == 0 {
			return nil, errEnded
		}
		if epoch, err = endSessions(ctx, tx, by.Person); err != nil {
			return nil, err
		}
		device, err = keepDevice(ctx, tx, by, "", n.Browser)
		return []skein.Event{{Action: "account.password", Noun: "account", NounID: string(by.Person)}}, err
	})
	return device, epoch, err
}

// EndSessions signs somebody out everywhere.
func (db *Store) EndSessions(ctx context.Context, by skein.By, person skein.PersonID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		_, err := endSessions(ctx, tx, person)
		return []skein.Event{{Action: "account.end_sessions", Noun: "account", NounID: string(person)}}, err
	})
}

// endSessions ends all sessions of somebody, and what their browsers were known by. It returns the epoch of
// those that come; 0 for somebody without an account.
func endSessions(ctx context.Context, tx pgx.Tx, person skein.PersonID) (epoch int, err error) {
	batch := &pgx.Batch{}
	// First, so that whoever signs in at this moment waits, and is ended or comes after.
	batch.Queue(`update account set epoch = epoch + 1 where person_id = $1 returning epoch`, person).Query(func(rows pgx.Rows) error {
		epochs, err := pgx.CollectRows(rows, pgx.RowTo[int])
		if len(epochs) > 0 {
			epoch = epochs[0]
		}
		return err
	})
	batch.Queue(`delete from sessions where person_id = $1`, person)
	batch.Queue(`delete from device where person_id = $1`, person)
	batch.Queue(`delete from second_step where person_id = $1`, person)
	// Whoever asked for another address may be whom this shuts out.
	batch.Queue(`delete from invitation where person_id = $1 and email is not null and used_at is null`, person)
	return epoch, tx.SendBatch(ctx, batch).Close()
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

	maker skein.PersonID // of the link by which it comes; empty: an operator, or no link
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
			given, err := giveHat(ctx, tx, by, person, hat)
			if err != nil {
				return nil, err
			}
			events = append(events, given...)
		}
		return events, nil
	})
	return person, err
}

// insertPerson makes a person. Their name is checked here, where every door leads.
func insertPerson(ctx context.Context, tx pgx.Tx, by skein.By, name, email string, circle skein.CircleID) (id skein.PersonID, err error) {
	if err := (skein.Person{Name: name}).Check(); err != nil {
		return "", err
	}
	err = tx.QueryRow(ctx, `
		insert into person (name, email, circle_id, made_at)
		values ($1, $2, $3, $4)
		returning id`, name, core.Nullable(email), core.Nullable(circle), by.At).Scan(&id)
	return id, err
}

// insertAccount makes the account of a person who has none, and gives them the address as theirs
// when they had none. Without a hash nobody comes in by a password.
func insertAccount(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, email, hash string) error {
	// Whoever comes second finds the row of the first and is told so.
	tag, err := tx.Exec(ctx, `
		insert into account (person_id, email, password_hash, made_at)
		select id, $2, nullif($3, ''), $4
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
// own where it was the same. Their sessions go on: who they are has not changed. Of somebody without an account
// it changes the address that they are offered when they come in.
func (db *Store) SetEmail(ctx context.Context, by skein.By, person skein.PersonID, read, email string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		before, err := core.Value[string](ctx, tx, `select email from account where person_id = $1 for update`, person)
		if errors.Is(err, pgx.ErrNoRows) {
			return setOwnEmail(ctx, tx, person, read, email)
		}
		if err != nil || before == email {
			return nil, err
		}
		if err := skein.Fresh(read, before); err != nil {
			return nil, err
		}
		if err = moveAddress(ctx, tx, by, person, before, email); err == nil {
			err = core.QueueDoorMail(ctx, tx, by,
				core.DoorMail{Person: person, Kind: core.DoorMoved, Address: before}, core.DoorMail{Person: person, Kind: core.DoorMoved})
		}
		return []skein.Event{{Action: "account.email", Noun: "account", NounID: string(person)}}, err
	})
}

// moveAddress makes another address the one with which somebody signs in, and their own where it was the same. Links on
// their way to the old one open nothing any more: it may be somebody else's now.
func moveAddress(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, before, email string) error {
	if err := core.Exec(ctx, tx, `update account set email = $2 where person_id = $1`, person, email); err != nil {
		return err
	}
	err := core.Exec(ctx, tx, `
		update person
		set email = $2
		where id = $1 and (email is null or lower(email) = lower($3))`, person, email, before)
	if err != nil {
		return err
	}
	if err := endMailed(ctx, tx, person); err != nil {
		return err
	}
	return core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeEmail, Subject: person})
}

// NoEmail stands for no address where one is read: an empty version is none.
const NoEmail = "none"

// setOwnEmail changes the address of somebody who has no account.
func setOwnEmail(ctx context.Context, tx pgx.Tx, person skein.PersonID, read, email string) ([]skein.Event, error) {
	before, err := core.Value[string](ctx, tx, `select coalesce(email, '') from person where id = $1 for no key update`, person)
	if err != nil || before == email {
		return nil, err
	}
	if err := skein.Fresh(read, cmp.Or(before, NoEmail)); err != nil {
		return nil, err
	}
	if err = core.Exec(ctx, tx, `update person set email = $2 where id = $1`, person, email); err == nil {
		err = endMailed(ctx, tx, person)
	}
	return []skein.Event{{
		Action: "person.update", Noun: "person", NounID: string(person), Details: map[string]any{"changed": []string{"email"}},
	}}, err
}
