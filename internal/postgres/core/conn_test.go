package core_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
)

// However many transactions wait for a lock, half of the connections are left to those who read.
func TestTransactionsThatWaitLeaveHalfOfThePool(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	shared := core.Share(pool)
	blocker, err := pgtest.New(t).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := blocker.Exec(t.Context(), `select pg_advisory_xact_lock(9)`); err != nil {
		t.Fatal(err)
	}
	ctx, give := context.WithCancel(t.Context())
	var done sync.WaitGroup
	results := make(chan error, 30)
	for range cap(results) {
		done.Go(func() {
			results <- pgx.BeginFunc(ctx, shared, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, `select pg_advisory_xact_lock_shared(9)`)
				return err
			})
		})
	}
	most := core.Size(shared) / 2
	for until := time.Now().Add(time.Minute); int(pool.Stat().AcquiredConns()) < most; time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("transactions do not take half of the pool")
		}
	}
	for range 20 {
		if n, err := core.Value[int](t.Context(), shared, `select 1`); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if n := int(pool.Stat().AcquiredConns()); n > most {
			t.Fatalf("transactions hold %d connections, of %d", n, most)
		}
	}
	if err := blocker.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	done.Wait()
	give()
	close(results)
	for err := range results {
		if err != nil {
			t.Error(err)
		}
	}
	if _, err := shared.Begin(ctx); !errors.Is(err, context.Canceled) {
		t.Error("a transaction for nobody:", err)
	}
}
