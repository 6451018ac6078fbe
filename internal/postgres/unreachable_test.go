package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

func TestWhatCanBeAskedAgainSoonIsToldFromWhatIsBroken(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		&pgconn.PgError{Code: "57P01"}:                       true, // shut down
		&pgconn.PgError{Code: "53300"}:                       true, // too many connections
		&pgconn.PgError{Code: "08006"}:                       true,
		&pgconn.PgError{Code: "25006"}:                       true, // read-only
		&pgconn.PgError{Code: "42P01"}:                       false,
		&pgconn.PgError{Code: "23505"}:                       false,
		context.DeadlineExceeded:                             true,
		io.ErrUnexpectedEOF:                                  true,
		fmt.Errorf("read: %w", net.ErrClosed):                true,
		&net.OpError{Op: "dial", Err: errors.New("refused")}: true,
		context.Canceled:                                     false,
		errors.New("something else"):                         false,
		skein.ErrNotFound:                                    false,
	} {
		if got := postgres.Unreachable(err); got != want {
			t.Errorf("%v: %t", err, got)
		}
	}
	if postgres.Unreachable(nil) {
		t.Error("no error is unreachable")
	}
}

func TestAClosedPoolAndAServerThatIsGoneAreUnreachable(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	if err := db.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	// The server ends every connection of this database, as when it restarts.
	_, err := pool.Exec(context.Background(), `select pg_terminate_backend(pg_backend_pid())`)
	if !postgres.Unreachable(err) {
		t.Errorf("cut off: %v", err)
	}
	if err := db.Ready(context.Background()); err != nil {
		t.Errorf("does not come back by itself: %v", err)
	}
	pool.Close()
	if err := db.Ready(context.Background()); !postgres.Unreachable(err) {
		t.Errorf("closed: %v", err)
	}
}
