package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Browser is where somebody signs in.
type Browser struct {
	Agent string    // what it says of itself
	Token []byte    // the hash of what it is to keep, to be known by
	At    time.Time // on the wall, whatever a demo's clock says
}

// keepDevice notes that somebody signed in in a browser: in one that is known, or in a new one. It returns
// its row.
func keepDevice(ctx context.Context, tx pgx.Tx, by skein.By, known string, b Browser) (device string, err error) {
	expires := b.At.Add(skein.DeviceLife)
	device, err = core.Value[string](ctx, tx, `
		with known as (
			update device
			set used_at = $5, expires_at = $6, browser = $4
			where id = nullif($1, '')::uuid and person_id = $2
			returning id
		), fresh as (
			insert into device (person_id, token_hash, browser, made_at, used_at, expires_at)
			select $2, $3, $4, $5, $5, $6
			where not exists (select from known)
			returning id
		)
		select id::text from known union all select id::text from fresh`,
		known, by.Person, b.Token, b.Agent, b.At, expires)
	if err != nil {
		return "", err
	}
	return device, core.Exec(ctx, tx, `
		delete from device
		where person_id = $1 and id in (
			select id from device where person_id = $1 and id <> $2 order by used_at desc, id desc offset $3
		)`, by.Person, device, skein.DevicesKept-1)
}

// DeviceKnown tells whether somebody signed in, in the browser that keeps this.
func (db *Store) DeviceKnown(ctx context.Context, token []byte, now time.Time) (bool, error) {
	return core.Value[bool](ctx, db.pool, `select exists (select from device where token_hash = $1 and expires_at > $2)`, token, now)
}

// SignedInAt is a browser in which somebody is signed in, or from which they signed in before.
type SignedInAt struct {
	ID    string
	Agent string // what the browser says of itself
	Since time.Time
	Seen  time.Time // noted once an hour
	Now   bool      // they are signed in there
	Known bool      // it has tries of its own
	Here  bool
}

// SignedInAt lists where somebody is signed in and which browsers are known, this one first and then by when they
// were used. Token is the present session's, as the store has it; sessions that were not seen since lay
// idle for too long. In the same round trip it returns what they can show beside their password.
func (db *Store) SignedInAt(ctx context.Context, person skein.PersonID, token string, since, now time.Time) (found []SignedInAt, has SecondSteps, err error) {
	batch := &pgx.Batch{}
	has.queue(batch, person)
	core.Collect(batch, &found, `
		with live as (
			select sessions.*
			from sessions
			join account on account.person_id = sessions.person_id and account.epoch = sessions.epoch
			where sessions.person_id = $1 and sessions.expiry > now() and (sessions.seen_at > $3 or sessions.token = $2)
		)
		select live.id::text as id, live.browser as agent, live.made_at as since, live.seen_at as seen, true as now,
			live.device_id is not null as known, live.token = $2 as here
		from live
		union all
		select device.id::text, device.browser, device.made_at, device.used_at, false, true, false
		from device
		where device.person_id = $1 and device.expires_at > $4 and not exists (select from live where live.device_id = device.id)
		order by here desc, seen desc, id`, person, token, since, now)
	return found, has, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// EndSession ends one of somebody's sessions with what its browser was known by, or that alone where they are
// not signed in. Anybody else's is not found. It tells whether it was the present one.
func (db *Store) EndSession(ctx context.Context, by skein.By, id, token string) (here bool, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		device, err := core.Values[*string](ctx, tx, `
			select device_id::text from sessions where id = $2 and person_id = $1
			union
			select id::text from device where id = $2 and person_id = $1`, by.Person, id)
		if err != nil {
			return nil, err
		}
		if len(device) == 0 {
			return nil, skein.ErrNotFound
		}
		ended, err := core.Values[bool](ctx, tx, `
			delete from sessions
			where person_id = $1 and (id = $2 or device_id = $3)
			returning token = $4`, by.Person, id, device[0], token)
		if err != nil {
			return nil, err
		}
		for _, present := range ended {
			here = here || present
		}
		if err := core.Exec(ctx, tx, `delete from device where person_id = $1 and id = $2`, by.Person, device[0]); err != nil {
			return nil, err
		}
		return []skein.Event{{Action: "account.end_session", Noun: "account", NounID: string(by.Person)}}, nil
	})
	return here, err
}
