package doordb

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
)

// Sessions keeps the sessions of signed-in browsers, in the form that the session library asks
// for. Each call ends with the request it belongs to, so that a stalled database cannot hold
// requests for ever; that is why the library's own store is not used.
type Sessions struct{ db *Store }

// Sessions returns the store's sessions.
func (db *Store) Sessions() Sessions { return Sessions{db} }

// FindCtx returns a session's data, if there is such a session and it has not run out.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, _, found, err := s.FindMarked(ctx, token)
	return data, found, err
}

// FindMarked is FindCtx, and returns what was committed when the session's person last did something.
func (s Sessions) FindMarked(ctx context.Context, token string) (data []byte, mark factsdb.Mark, found bool, err error) {
	err = s.db.sessions.QueryRow(ctx, `
		select data, mark
		from sessions
		where token = $1 and expiry > now()`, token).Scan(&data, &mark)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, "", false, nil
	}
	return data, mark, err == nil, err
}

// Mark notes in a session that its person did something which is committed now.
func (s Sessions) Mark(ctx context.Context, token string) error {
	return core.Exec(ctx, s.db.sessions, `update sessions set mark = `+factsdb.MarkNow+` where token = $1`, token)
}

// CommitCtx keeps a session's data. A new one is marked: what was done before it shows in it.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return core.Exec(ctx, s.db.sessions, `
		insert into sessions (token, data, expiry, mark)
		values ($1, $2, $3, `+factsdb.MarkNow+`)
		on conflict (token) do update
		set data = excluded.data, expiry = excluded.expiry`, token, data, expiry)
}

// DeleteCtx forgets a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return core.Exec(ctx, s.db.sessions, `delete from sessions where token = $1`, token)
}

// Find is FindCtx without a context; the library asks for it and never calls it.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context; the library asks for it and never calls it.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context; the library asks for it and never calls it.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
