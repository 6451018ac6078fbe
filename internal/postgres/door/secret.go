package doordb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
)

// Secret returns what seals links and cursors on all servers of this database. Where there is none yet
// it keeps the fresh one, and tells so.
func (db *Store) Secret(ctx context.Context, fresh []byte) (secret []byte, made bool, err error) {
	secret, err = core.Value[[]byte](ctx, db.pool, `
		insert into secret (value) values ($1)
		on conflict (single) do nothing
		returning value`, fresh)
	if errors.Is(err, pgx.ErrNoRows) {
		secret, err = core.Value[[]byte](ctx, db.pool, `select value from secret`)
		return secret, false, core.Translate(err)
	}
	return secret, err == nil, core.Translate(err)
}
