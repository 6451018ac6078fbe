package pgtest

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// statements sees that each statement is given all that it names, and that in each transaction audit rows come last. The
// database locks the log's last row for them: a statement after them could wait for another transaction's lock while
// everybody waits for this one.
type statements struct {
	t    testing.TB
	mu   sync.Mutex
	rows map[*pgx.Conn]bool // connections whose transaction has added audit rows
}

func newStatements(t testing.TB) *statements { return &statements{t: t, rows: map[*pgx.Conn]bool{}} }

// statement takes note of what a connection is about to run.
func (s *statements) statement(conn *pgx.Conn, sql string, args []any) {
	if name := missing(sql, args); name != "" {
		s.t.Errorf("a statement is not given @%s, which is null then: %s", name, sql)
	}
	sql = strings.ToLower(strings.TrimSpace(sql))
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case conn.PgConn().TxStatus() == 'I' || strings.HasPrefix(sql, "commit") || strings.HasPrefix(sql, "rollback"):
		delete(s.rows, conn)
	case strings.HasPrefix(sql, "insert into audit_event"):
		s.rows[conn] = true
	case s.rows[conn]:
		s.t.Errorf("after its audit rows a transaction runs: %s", sql)
	}
}

// TraceQueryStart looks at a statement.
func (s *statements) TraceQueryStart(ctx context.Context, conn *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	s.statement(conn, q.SQL, q.Args)
	return ctx
}

// TraceQueryEnd has nothing to look at.
func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart looks at the statements of a batch.
func (s *statements) TraceBatchStart(ctx context.Context, conn *pgx.Conn, b pgx.TraceBatchStartData) context.Context {
	for _, q := range b.Batch.QueuedQueries {
		s.statement(conn, q.SQL, q.Arguments)
	}
	return ctx
}

// TraceBatchQuery has nothing to look at: the batch was looked at.
func (s *statements) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd has nothing to look at.
func (s *statements) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// TraceCopyFromStart looks at a copy.
func (s *statements) TraceCopyFromStart(ctx context.Context, conn *pgx.Conn, c pgx.TraceCopyFromStartData) context.Context {
	s.statement(conn, "copy "+c.TableName.Sanitize(), nil)
	return ctx
}

// TraceCopyFromEnd has nothing to look at.
func (s *statements) TraceCopyFromEnd(context.Context, *pgx.Conn, pgx.TraceCopyFromEndData) {}
