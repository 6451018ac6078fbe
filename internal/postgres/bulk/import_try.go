package bulkdb

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Why an import loads nothing although its folder is right.
var (
	ErrUnderWay = errors.New("another import is under way; import again when it is done")
	ErrBusy     = errors.New("others were in its way each time it was tried; import again")
	ErrMoved    = errors.New("what the folder speaks of does not fit what stands: somebody may have changed it since the folder was checked; import again")
	ErrNotOwner = errors.New("setting indexes aside takes the login that owns the tables; import without --bulk, or give that login's address")
)

// errDryRun takes a trial import back.
var errDryRun = errors.New("dry run")

// errChanged says that a project under claims was changed by somebody else while the import ran.
var errChanged = errors.New("a project was changed meanwhile")

// again is how often an import is tried again that others have come in the way of.
const again = 3

// Import loads a checked folder, all of it or nothing, and says what became of its rows. Rows that
// are not in the folder stay, and rows that are as the folder says are neither written nor locked. It is
// one event of the audit log. Unless indexes are set aside (see ImportOptions.Bulk) others read, claim
// and send meanwhile; whoever changes the same rows waits until it commits. The error is ErrUnderWay
// beside another import, ErrBusy or ErrMoved when others come in its way, ErrNotOwner, a
// LastAdministratorError, or that of Checked.
func (db *Store) Import(ctx context.Context, by skein.By, f *folder.Folder, o ImportOptions) (folder.Loaded, error) {
	if o.Checked != nil {
		o.Checked = sync.OnceValue(o.Checked)
	}
	pool, err := db.importPool(ctx, o)
	if err != nil {
		return folder.Loaded{}, err
	}
	for try := 0; ; try++ {
		loaded, err := importOnce(ctx, pool, by, f, o)
		if try == again || !inTheWay(err) {
			return loaded, plainly(err)
		}
	}
}

// importPool is what an import runs on: the owner's pool where indexes may be set aside.
func (db *Store) importPool(ctx context.Context, o ImportOptions) (core.Conn, error) {
	if o.Owner == nil {
		return db.pool, nil
	}
	if o.Bulk {
		return o.Owner, nil
	}
	first, err := nobodyComesIn(ctx, db.pool)
	if first {
		return o.Owner, err
	}
	return db.pool, err
}

// importOnce tries an import in a transaction of its own.
func importOnce(ctx context.Context, pool core.Conn, by skein.By, f *folder.Folder, o ImportOptions) (folder.Loaded, error) {
	var loaded folder.Loaded
	err := core.Move(ctx, pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		i := &importing{tx: tx, by: by, folder: f, options: o}
		if err := i.run(ctx); err != nil {
			return nil, err
		}
		loaded = i.loaded
		if o.DryRun {
			return nil, errDryRun
		}
		return append([]skein.Event{i.event()}, i.events...), nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return loaded, err
}

// inTheWay tells whether an import failed only because of what somebody else did at the same moment: a
// deadlock, a project changed, or a row of the same id or place that was made since the comparison.
func inTheWay(err error) bool {
	if errors.Is(err, errChanged) {
		return true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	const serialization, deadlock, lockTimeout, unique = "40001", "40P01", "55P03", "23505"
	if slices.Contains([]string{serialization, deadlock, lockTimeout}, pg.Code) {
		return true
	}
	return pg.Code == unique && pg.ConstraintName != "skill_name_pkey" && (strings.HasSuffix(pg.ConstraintName, "_pkey") || pg.ConstraintName == "priority_place_once")
}

// plainly says what the database means where that is not a fault of ours.
func plainly(err error) error {
	const integrity = "23" // the class of errors
	var pg *pgconn.PgError
	switch {
	case inTheWay(err):
		return ErrBusy
	case !errors.As(err, &pg):
		return err
	case strings.HasPrefix(pg.Code, integrity):
		return ErrMoved
	}
	return err
}
