package postgres_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// keys is every constraint and index of a table, as the database would make it again.
func keys(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	return texts(t, pool, `
		select conname || ' ' || pg_get_constraintdef(oid) || convalidated from pg_constraint where conrelid = 'evidence'::regclass
		union
		select indexdef from pg_indexes where tablename = 'evidence'
		order by 1`)
}

// many are so many rows of evidence for so many people; every fourth is a colleague's word.
func many(rows, people, level int) map[string]string {
	var p, e strings.Builder
	p.WriteString("id,name\n")
	for i := range people {
		fmt.Fprintf(&p, "p%d,Person %d\n", i, i)
	}
	e.WriteString("person,skill,kind,level,observed_on,expires_on,given_by,source,seen\n")
	for i := range rows {
		giver, kind := "", "outcome"
		if i%4 == 0 {
			giver, kind = fmt.Sprintf("p%d", (i+1)%people), "peer"
		}
		fmt.Fprintf(&e, "p%d,s%d,%s,%d,2026-01-%02d,,%s,\"a\\b\t%d\r\n\",\"x\ty\"\n", i%people, i%7, kind, level, i%28+1, giver, i)
	}
	return map[string]string{"people.csv": p.String(), "evidence.csv": e.String()}
}

func TestAFirstImportOfMuchEvidenceKeepsTheTableWhole(t *testing.T) {
	t.Parallel()
	const rows, people = 20_500, 40
	pool := pgtest.New(t)
	db := postgres.New(pool)
	before := keys(t, pool)
	dir := folderOf(t, many(rows, people, 3))
	told := 0
	if dry := load(t, db, dir, postgres.ImportOptions{DryRun: true}); dry.Evidence != (skein.Tally{New: rows}) {
		t.Errorf("%+v", dry)
	}
	same(t, "keys after a dry run", keys(t, pool), before...)
	loaded := load(t, db, dir, postgres.ImportOptions{Told: func(n int) { told = n }})
	if loaded.Evidence != (skein.Tally{New: rows}) || told != rows {
		t.Errorf("%+v, told of %d", loaded, told)
	}
	same(t, "keys", keys(t, pool), before...)
	same(t, "a row", texts(t, pool, `
		select concat_ws('|', person_id, skill_id, level, observed_on, given_by, source, attributes, id::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]')
		from evidence where source like '%4' || chr(13) || chr(10) order by id limit 1`),
		"p4|s4|3|2026-01-05|p5|a\\b\t4\r\n|{\"seen\": \"x\\ty\"}|t")
	same(t, "ids grow", texts(t, pool, `
		select count(*)::text from (select substr(source, 5)::text as n, row_number() over (order by id) - 1 as place from evidence) e
		where e.n <> e.place || chr(13) || chr(10)`), "0")
	if again := load(t, db, dir, postgres.ImportOptions{}); !again.Nothing() || again.Evidence.Same != rows {
		t.Errorf("%+v", again)
	}
	put(t, pool, `delete from evidence where substr(source, 5)::int >= 500`, `update evidence set attributes = '{"kept": "yes"}' where source = E'a\\b\t7\r\n'`)
	rest := load(t, db, dir, postgres.ImportOptions{})
	if rest.Evidence != (skein.Tally{New: rows - 500, Changed: 1, Same: 499}) {
		t.Errorf("%+v", rest)
	}
	same(t, "keys", keys(t, pool), before...)
	same(t, "attributes", texts(t, pool, `select attributes from evidence where attributes ? 'kept'`), `{"kept": "yes", "seen": "x\ty"}`)
	raised := load(t, db, folderOf(t, many(rows, people, 4)), postgres.ImportOptions{})
	if raised.Evidence != (skein.Tally{Changed: rows}) {
		t.Errorf("%+v", raised)
	}
}
