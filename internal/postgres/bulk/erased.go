package bulkdb

import (
	"context"
	"crypto/sha256"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// erased tells of ids whether whoever had them was erased, as the database's erased_hash does; nil where nobody was.
func erased(ctx context.Context, tx pgx.Tx) (func(skein.PersonID) bool, error) {
	hashes, err := core.Values[[]byte](ctx, tx, `select id_hash from erased`)
	if err != nil || len(hashes) == 0 {
		return nil, err
	}
	secret, err := core.Value[[]byte](ctx, tx, `select value from secret`)
	if err != nil {
		return nil, err
	}
	known := map[[sha256.Size]byte]bool{}
	for _, hash := range hashes {
		known[[sha256.Size]byte(hash)] = true
	}
	return func(id skein.PersonID) bool {
		return known[sha256.Sum256(append(append([]byte{}, secret...), "erased "+string(id)...))]
	}, nil
}
