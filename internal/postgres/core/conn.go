package core

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/semaphore"
)

// Conn is what an area runs on: a pool's connections, or one transaction within which all that it
// does commits together.
type Conn interface {
	Batcher
	Querier
	Begin(ctx context.Context) (pgx.Tx, error)
}

// Shared is a pool of which transactions take half at most. They may wait for locks that others hold;
// what only reads always finds a connection that nobody waits on.
type Shared struct {
	*pgxpool.Pool
	writing *semaphore.Weighted
}

// Share returns a pool whose transactions take half of it at most. They queue in the order in which
// they came, before they take a connection.
func Share(pool *pgxpool.Pool) *Shared {
	s := &Shared{Pool: pool}
	s.writing = semaphore.NewWeighted(int64(half(Size(s))))
	return s
}

// Size is how many connections something runs on: a transaction has one.
func Size(c Conn) int {
	if s, ok := c.(*Shared); ok && s.Pool != nil {
		return int(s.Pool.Config().MaxConns)
	}
	return 1
}

func half(n int) int { return max(1, n/2) }

// Begin begins a transaction, once there is room.
func (s *Shared) Begin(ctx context.Context) (pgx.Tx, error) {
	if err := s.writing.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	leave := sync.OnceFunc(func() { s.writing.Release(1) })
	tx, err := s.Pool.Begin(ctx)
	if err != nil {
		leave()
		return nil, err
	}
	return sharedTx{tx, leave}, nil
}

// sharedTx lets the next transaction in when it ends.
type sharedTx struct {
	pgx.Tx
	leave func()
}

// Commit commits, after which somebody else may begin.
func (t sharedTx) Commit(ctx context.Context) error {
	defer t.leave()
	return t.Tx.Commit(ctx)
}

// Rollback takes everything back, after which somebody else may begin.
func (t sharedTx) Rollback(ctx context.Context) error {
	defer t.leave()
	return t.Tx.Rollback(ctx)
}

// snapshot sees everything as of one moment, and changes nothing.
var snapshot = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

// Snapshot runs read in a transaction that sees everything as of one moment and changes nothing;
// within a transaction that has begun, in that one.
func Snapshot(ctx context.Context, on Conn, read func(tx pgx.Tx) error) error {
	switch on := on.(type) {
	case *Shared:
		return pgx.BeginTxFunc(ctx, on.Pool, snapshot, read)
	case pgx.Tx:
		return pgx.BeginFunc(ctx, on, read)
	}
	return errors.New("a snapshot of neither a pool nor a transaction")
}
