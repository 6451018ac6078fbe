package pgtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// hearing is a test that keeps what it is told instead of failing.
type hearing struct {
	testing.TB
	said []string
}

// Errorf keeps what is said.
func (h *hearing) Errorf(format string, args ...any) {
	h.said = append(h.said, fmt.Sprintf(format, args...))
}

const row = `insert into audit_event (at, action, noun, noun_id) values (now(), 'hat.give', 'skill', 's')`

func TestAStatementAfterAuditRowsIsHeard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statements []string
		batch      bool
		heard      bool
	}{
		"last":                  {statements: []string{`select 1`, row, row}},
		"followed by another":   {statements: []string{row, `select 1`}, heard: true},
		"in a batch, last":      {statements: []string{`select 1`, row, row}, batch: true},
		"in a batch, not last":  {statements: []string{row, `select 1`}, batch: true, heard: true},
		"none":                  {statements: []string{`select 1`, `select 2`}},
		"hidden by white space": {statements: []string{"\n\t\t" + row, `select 1`}, heard: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &hearing{TB: t}
			pool := connected(t, URL(t), func(c *pgxpool.Config) { c.ConnConfig.Tracer, c.MaxConns = newStatements(h), 1 })
			for range 2 { // the next transaction on the connection begins afresh
				err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
					batch := &pgx.Batch{}
					for _, sql := range c.statements {
						if batch.Queue(sql); c.batch {
							continue
						}
						if _, err := tx.Exec(t.Context(), sql); err != nil {
							return err
						}
					}
					if c.batch {
						return tx.SendBatch(t.Context(), batch).Close()
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if _, err := pool.Exec(t.Context(), row); err != nil { // by itself it is its own transaction
				t.Fatal(err)
			}
			if heard := len(h.said) > 0; heard != c.heard || heard && len(h.said) != 2 {
				t.Errorf("heard %q", h.said)
			}
		})
	}
}

// What a test's log is held against at its end would be said.
func TestALogThatNamesSomebodyIsHeard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sql, want string }{
		"nothing":      {`select 1`, ""},
		"a free text":  {`insert into audit_event (at, action, noun, noun_id, details) values (now(), 'a', 'n', 'i', '{"x": "two words"}')`, "a: two words"},
		"a name":       {`insert into audit_event (at, action, noun, noun_id, details) values (now(), 'a', 'n', 'i', '{"x": ["Ada"]}')`, "a: Ada"},
		"an address":   {`insert into audit_event (at, action, noun, noun_id, details) values (now(), 'a', 'n', 'i', '{"x": {"y": "ADA@x.example"}}')`, "a: ADA@x.example"},
		"an id":        {`insert into audit_event (at, action, noun, noun_id, details) values (now(), 'a', 'n', 'i', '{"other": "ada"}')`, "a: ada"},
		"a broken row": {`alter table audit_event disable trigger audit_event_no_change; update audit_event set action = 'other'`, "broken at row 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &hearing{TB: t}
			pool := Owner(t)
			Put(t, pool, `insert into person (id, name, email) values ('ada', 'Ada', 'ada@x.example')`, row,
				`create or replace function audit_lasting(action text, name text, detail jsonb) returns boolean language sql immutable as 'select true'`, c.sql)
			held(h, pool)
			if said := strings.Join(h.said, "; "); !strings.Contains(said, c.want) || (said != "") != (c.want != "") {
				t.Errorf("heard %q, want %q", said, c.want)
			}
		})
	}
}
