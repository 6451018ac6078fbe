package doordb

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Try is somebody who tries to sign in.
type Try struct {
	Email   string // as typed
	Device  []byte // the hash of what their browser keeps; nil: it keeps nothing
	Network string // from which they come, such as 203.0.113.0/24
	At      time.Time
	// Key is the keyed hash under which tries at something are counted.
	Key func(what, name string) []byte
}

// Tried is a try that was noted.
type Tried struct {
	Account skein.Account // the zero Account when there is none of that address
	// Device is the browser's row, where its person signed in there before: its tries are its own.
	Device string
	// Wait is how long nobody is heard still; above 0 the try was none, and the password is not to be
	// looked at. Then is how long the next one waits if this one is not right.
	Wait, Then time.Duration
	// Passwords is false where they are switched off for all who are not named.
	Passwords bool

	account, network []byte // the keys of what is counted without a device
	where            string
	at               time.Time
}

// Key is the keyed hash of the account that was named, as the log tells it.
func (t Tried) Key() []byte { return t.account }

// Try notes a try before it is known whether it is right, so that of any number at once no more are heard
// than allowed. It does the same work whether or not there is such an account.
func (db *Store) Try(ctx context.Context, t Try) (Tried, error) {
	tried := Tried{where: t.Network, at: t.At}
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		var typed string
		err := tx.QueryRow(ctx, `
			select lower($1), coalesce(account.person_id, ''), coalesce(person.name, ''), coalesce(account.email, ''),
				coalesce(account.password_hash, ''), coalesce(account.epoch, 0), coalesce(`+core.ByPassword+`, false),
				(select passwords from sign_in_rule), coalesce(device.id::text, ''),
				exists (select from passkey where passkey.person_id = account.person_id)
			from organisation
			left join email_alias on email_alias.email = lower($1)
			left join account on lower(account.email) = lower($1) or account.person_id = email_alias.person_id
			left join person on person.id = account.person_id
			left join device on device.token_hash = $2 and device.person_id = account.person_id and device.expires_at > $3`,
			t.Email, t.Device, t.At,
		).Scan(&typed, &tried.Account.Person, &tried.Account.Name, &tried.Account.Email, &tried.Account.Password, &tried.Account.Epoch,
			&tried.Account.ByPassword, &tried.Passwords, &tried.Device, &tried.Account.SecondStep)
		if err != nil {
			return err
		}
		tried.account, tried.network = t.Key("account", typed), t.Key("network", t.Network)
		if err := tried.count(ctx, tx); err != nil || tried.Wait == 0 {
			return err
		}
		return noteRefused(ctx, tx, tried)
	})
	return tried, err
}

// count notes one more try where it counts, unless nobody is heard there yet.
func (t *Tried) count(ctx context.Context, tx pgx.Tx) error {
	if t.Device != "" {
		known, err := t.countDevice(ctx, tx)
		if known || err != nil {
			return err
		}
		t.Device = "" // it was ended a moment ago
	}
	tries, err := lockTries(ctx, tx, t.account, t.network)
	if err != nil {
		return err
	}
	network, wait := tries[string(t.network)].NextOf(skein.NetworkTries, skein.NetworkSpan, t.at)
	account, longer := tries[string(t.account)].Next(skein.StrangerTries, t.at)
	if t.Wait = max(wait, longer); t.Wait > 0 {
		return nil
	}
	t.Then = account.Wait(skein.StrangerTries, t.at)
	return saveTries(ctx, tx, map[string]skein.Tries{string(t.network): network, string(t.account): account})
}

func (t *Tried) countDevice(ctx context.Context, tx pgx.Tx) (known bool, err error) {
	var tries skein.Tries
	err = tx.QueryRow(ctx, `select tries, coalesce(tried_at, made_at) from device where id = $1 for update`, t.Device).Scan(&tries.N, &tries.At)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if tries, t.Wait = tries.Next(skein.DeviceTries, t.at); t.Wait > 0 {
		return true, nil
	}
	t.Then = tries.Wait(skein.DeviceTries, t.at)
	return true, core.Exec(ctx, tx, `update device set tries = $2, tried_at = $3 where id = $1`, t.Device, tries.N, tries.At)
}

// lockTries reads what was counted under these keys, and keeps others from counting until the transaction
// ends. Always in one order, so that two never wait for each other.
func lockTries(ctx context.Context, tx pgx.Tx, keys ...[]byte) (map[string]skein.Tries, error) {
	// What nobody counted yet has no row that could be locked.
	_, err := tx.Exec(ctx, `
		insert into sign_in_wait (key_hash, tries, tried_at)
		select key, 0, now() from unnest($1::bytea[]) as key order by key
		on conflict (key_hash) do nothing`, keys)
	if err != nil {
		return nil, err
	}
	rows, err := core.All[triesRow](ctx, tx, `
		select key_hash as key, tries as n, tried_at as at
		from sign_in_wait
		where key_hash = any ($1)
		order by key_hash
		for update`, keys)
	tries := map[string]skein.Tries{}
	for _, row := range rows {
		tries[string(row.Key)] = row.Tries
	}
	return tries, err
}

type triesRow struct {
	Key []byte
	skein.Tries
}

func saveTries(ctx context.Context, tx pgx.Tx, all map[string]skein.Tries) error {
	batch := &pgx.Batch{}
	for key, tries := range all {
		batch.Queue(`
			insert into sign_in_wait (key_hash, tries, tried_at) values ($1, $2, $3)
			on conflict (key_hash) do update
			set tries = excluded.tries, tried_at = excluded.tried_at`, []byte(key), tries.N, tries.At)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// forgive takes back what a try counted that was right. What strangers counted stands where the browser
// has tries of its own.
func (t Tried) forgive(ctx context.Context, tx pgx.Tx) error {
	switch {
	case t.Device != "":
		return core.Exec(ctx, tx, `update device set tries = 0, tried_at = null where id = $1`, t.Device)
	case t.account == nil:
		return nil // nothing was counted
	}
	batch := &pgx.Batch{}
	batch.Queue(`delete from sign_in_wait where key_hash = $1`, t.account)
	batch.Queue(`update sign_in_wait set tries = greatest(tries - 1, 0) where key_hash = $1`, t.network)
	return tx.SendBatch(ctx, batch).Close()
}

// Refused notes that a try was heard and not right.
func (db *Store) Refused(ctx context.Context, t Tried) error { return noteRefused(ctx, db.pool, t) }

// noteRefused counts a try that was refused. Names that are no account's count together, as nobody is told of
// one by one: whoever makes names up fills no table.
func noteRefused(ctx context.Context, on core.Querier, t Tried) error {
	heard, account := 1, t.account
	if t.Wait > 0 {
		heard = 0
	}
	if t.Account.Person == "" {
		account = []byte{}
	}
	return core.Exec(ctx, on, `
		insert into sign_in_refused as r (hour, account_hash, network, person_id, heard, unheard)
		values (date_trunc('hour', $1::timestamptz, 'UTC'), $2, $3, nullif($4, ''), $5, 1 - $5)
		on conflict (hour, account_hash, network) do update
		set heard = r.heard + excluded.heard, unheard = r.unheard + excluded.unheard,
			person_id = coalesce(r.person_id, excluded.person_id)`,
		t.at, account, t.where, t.Account.Person, heard)
}
