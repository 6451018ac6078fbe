package pgtest

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// logLast sees that in each transaction audit rows come last. The database locks the log's last row
// for them: a statement after them could wait for another transaction's lock while everybody waits for
// this one.
type logLast struct {
	t    testing.TB
	mu   sync.Mutex
	rows map[*pgx.Conn]bool // connections whose transaction has added audit rows
}

func newLogLast(t testing.TB) *logLast { return &logLast{t: t, rows: map[*pgx.Conn]bool{}} }

// statement takes note of what a connection is about to run.
func (l *logLast) statement(conn *pgx.Conn, sql string) {
	sql = strings.ToLower(strings.TrimSpace(sql))
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case conn.PgConn().TxStatus() == 'I' || strings.HasPrefix(sql, "commit") || strings.HasPrefix(sql, "rollback"):
		delete(l.rows, conn)
	case strings.HasPrefix(sql, "insert into audit_event"):
		l.rows[conn] = true
	case l.rows[conn]:
		l.t.Errorf("after its audit rows a transaction runs: %s", sql)
	}
}

// TraceQueryStart looks at a statement.
func (l *logLast) TraceQueryStart(ctx context.Context, conn *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	l.statement(conn, q.SQL)
	return ctx
}

// TraceQueryEnd has nothing to look at.
func (l *logLast) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart looks at the statements of a batch.
func (l *logLast) TraceBatchStart(ctx context.Context, conn *pgx.Conn, b pgx.TraceBatchStartData) context.Context {
	for _, q := range b.Batch.QueuedQueries {
		l.statement(conn, q.SQL)
	}
	return ctx
}

// TraceBatchQuery has nothing to look at: the batch was looked at.
func (l *logLast) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd has nothing to look at.
func (l *logLast) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// TraceCopyFromStart looks at a copy.
func (l *logLast) TraceCopyFromStart(ctx context.Context, conn *pgx.Conn, c pgx.TraceCopyFromStartData) context.Context {
	l.statement(conn, "copy "+c.TableName.Sanitize())
	return ctx
}

// TraceCopyFromEnd has nothing to look at.
func (l *logLast) TraceCopyFromEnd(context.Context, *pgx.Conn, pgx.TraceCopyFromEndData) {}
