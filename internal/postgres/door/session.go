package doordb

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Sessions keeps the sessions of signed-in browsers, in the form that the session library asks
// for. Each call ends with the request it belongs to, so that a stalled database cannot hold
// requests for ever; that is why the library's own store is not used.
type Sessions struct{ db *Store }

// Sessions returns the store's sessions.
func (db *Store) Sessions() Sessions { return Sessions{db} }

// FindCtx returns a session's data, if there is such a session and it has not run out.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	f, found, err := s.FindMarked(ctx, token)
	return f.Data, found, err
}

// Found is what the store knows of a session beside its data.
type Found struct {
	Data []byte
	Mark factsdb.Mark // what was committed when its person last did something
	// Owned tells that it is known whose it is: a session that the version before began is not.
	Owned bool
	// Device is the browser's row; empty where nobody showed in it all that it takes to sign in.
	Device string
}

// FindMarked is FindCtx, with what the store knows beside the data.
func (s Sessions) FindMarked(ctx context.Context, token string) (f Found, found bool, err error) {
	err = s.db.sessions.QueryRow(ctx, `
		select data, mark, person_id is not null, coalesce(device_id::text, '')
		from sessions
		where token = $1 and expiry > now()`, token).Scan(&f.Data, &f.Mark, &f.Owned, &f.Device)
	if errors.Is(err, pgx.ErrNoRows) {
		return Found{}, false, nil
	}
	return f, err == nil, err
}

// Mark notes in a session that its person did something which is committed now.
func (s Sessions) Mark(ctx context.Context, token string) error {
	return core.Exec(ctx, s.db.sessions, `update sessions set mark = `+factsdb.MarkNow+` where token = $1`, token)
}

// Owner is whose a session is, and where.
type Owner struct {
	Person skein.PersonID
	Epoch  int
	Device string // the browser's row; empty where nobody showed all that it takes to sign in
	Agent  string // what the browser says of itself
	At     time.Time
}

// Begin keeps a new session. It is marked: what was done before it shows in it.
func (s Sessions) Begin(ctx context.Context, token string, data []byte, expiry time.Time, o Owner) error {
	return core.Exec(ctx, s.db.sessions, `
		insert into sessions (token, data, expiry, mark, person_id, epoch, device_id, browser, made_at, seen_at)
		values ($1, $2, $3, `+factsdb.MarkNow+`, nullif($4, ''), $5, (select id from device where id = nullif($6, '')::uuid), $7, $8, $8)`,
		token, data, expiry, o.Person, o.Epoch, o.Device, o.Agent, o.At)
}

// Go keeps what changed in a session that is in use. One that was ended meanwhile stays so.
func (s Sessions) Go(ctx context.Context, token string, data []byte, expiry time.Time, o Owner) error {
	return core.Exec(ctx, s.db.sessions, `
		update sessions
		set data = $2, expiry = $3, person_id = coalesce(person_id, nullif($4, '')), epoch = coalesce(epoch, $5),
			browser = $6, made_at = coalesce(made_at, $7), seen_at = $7
		where token = $1`, token, data, expiry, o.Person, o.Epoch, o.Agent, o.At)
}

// DeleteCtx forgets a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.End(ctx, token)
	return err
}

// End is DeleteCtx, and tells whether there was such a session still.
func (s Sessions) End(ctx context.Context, token string) (was bool, err error) {
	tag, err := s.db.sessions.Exec(ctx, `delete from sessions where token = $1`, token)
	return tag.RowsAffected() > 0, err
}

// Find is FindCtx without a context; the library asks for it and never calls it.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is Begin without a context or owner; the library asks for it and never calls it.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.Begin(context.Background(), token, data, expiry, Owner{})
}

// Delete is DeleteCtx without a context; the library asks for it and never calls it.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
