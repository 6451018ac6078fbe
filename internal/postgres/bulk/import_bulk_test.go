package bulkdb_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// keys is every constraint, index and trigger of a table, and every key that refers to it, as the
// database would make it again.
func keys(t *testing.T, pool *pgxpool.Pool, table string) []string {
	t.Helper()
	return pgtest.Texts(t, pool, `
		select conname || ' ' || pg_get_constraintdef(oid) || convalidated
		from pg_constraint where '`+table+`'::regclass in (conrelid, confrelid)
		union
		select indexdef from pg_indexes where tablename = '`+table+`'
		union
		select tgname || tgenabled::text from pg_trigger where tgrelid = '`+table+`'::regclass and not tgisinternal
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
	pool := pgtest.Owner(t) // only the owner loads in bulk
	db := postgres.New(pool)
	before := keys(t, pool, "evidence")
	dir := folderOf(t, many(rows, people, 3))
	told := 0
	if dry := load(t, db, dir, bulkdb.ImportOptions{DryRun: true}); dry.Evidence != (folder.Tally{New: rows}) {
		t.Errorf("%+v", dry)
	}
	pgtest.Same(t, "keys after a dry run", keys(t, pool, "evidence"), before...)
	loaded := load(t, db, dir, bulkdb.ImportOptions{Told: func(s bulkdb.ImportStep) {
		if s.Doing == bulkdb.Sending && s.Table == "evidence" {
			told = s.Done
		}
	}})
	if loaded.Evidence != (folder.Tally{New: rows}) || told != rows {
		t.Errorf("%+v, told of %d", loaded, told)
	}
	pgtest.Same(t, "keys", keys(t, pool, "evidence"), before...)
	pgtest.Same(t, "a row", pgtest.Texts(t, pool, `
		select concat_ws('|', person_id, skill_id, level, observed_on, given_by, source, attributes, id::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]')
		from evidence where source like '%4' || chr(13) || chr(10) order by substr(source, 5)::int limit 1`),
		"p4|s4|3|2026-01-05|p5|a\\b\t4\r\n|{\"seen\": \"x\\ty\"}|t")
	pgtest.Same(t, "ids grow", pgtest.Texts(t, pool, `
		select (array_agg(id order by ctid) = array_agg(id order by id))::text from evidence`), "true")
	pgtest.Same(t, "noted changes of everybody", pgtest.Texts(t, pool, `select count(*)::text from change where noun is null and person_id is null and project_id is null`), "1")
	if again := load(t, db, dir, bulkdb.ImportOptions{}); !again.Nothing() || again.Evidence.Same != rows {
		t.Errorf("%+v", again)
	}
	pgtest.Put(t, pool, `delete from evidence where substr(source, 5)::int >= 500`, `update evidence set attributes = '{"kept": "yes"}' where source = E'a\\b\t7\r\n'`)
	rest := load(t, db, dir, bulkdb.ImportOptions{})
	if rest.Evidence != (folder.Tally{New: rows - 500, Changed: 1, Same: 499}) {
		t.Errorf("%+v", rest)
	}
	pgtest.Same(t, "keys", keys(t, pool, "evidence"), before...)
	pgtest.Same(t, "attributes", pgtest.Texts(t, pool, `select attributes from evidence where attributes ? 'kept'`), `{"kept": "yes", "seen": "x\ty"}`)
	raised := load(t, db, folderOf(t, many(rows, people, 4)), bulkdb.ImportOptions{})
	if raised.Evidence != (folder.Tally{Changed: rows}) {
		t.Errorf("%+v", raised)
	}
}

func TestAFirstImportOfManyPeopleKeepsTheTableWhole(t *testing.T) {
	t.Parallel()
	const people = 20_500
	pool := pgtest.Owner(t) // only the owner loads in bulk
	db := postgres.New(pool)
	before := keys(t, pool, "person")
	var text strings.Builder
	text.WriteString("id,name,email,circle,manager,seen\n")
	for i := range people {
		fmt.Fprintf(&text, "p%d,Person %d,p%d@example.org,c,p%d,x\n", i, i, i, people-1-i/2)
	}
	files := map[string]string{"circles.csv": "id,name\nc,Circle\n", "people.csv": text.String()}
	dir := folderOf(t, files)
	if loaded := load(t, db, dir, bulkdb.ImportOptions{}); loaded.People != (folder.Tally{New: people}) {
		t.Errorf("%+v", loaded)
	}
	pgtest.Same(t, "keys", keys(t, pool, "person"), before...)
	pgtest.Same(t, "a person", pgtest.Texts(t, pool, `select concat_ws('|', name, email, circle_id, manager_id, attributes, search @@ to_tsquery('77')) from person where id = 'p77'`),
		`Person 77|p77@example.org|c|p20461|{"seen": "x"}|t`)
	pgtest.Same(t, "noted changes of everybody", pgtest.Texts(t, pool, `select count(*)::text from change where noun is null and person_id is null and project_id is null`), "1")
	if again := load(t, db, dir, bulkdb.ImportOptions{}); !again.Nothing() || again.People.Same != people {
		t.Errorf("%+v", again)
	}
	// few are there: their indexes are set aside too, and addresses may be exchanged
	pgtest.Put(t, pool, `truncate person cascade`, `
		insert into person (id, name, email)
		values ('p7', 'Renamed', 'p8@example.org'), ('p8', 'Person 8', 'p7@example.org')`)
	rest := load(t, db, dir, bulkdb.ImportOptions{})
	if rest.People != (folder.Tally{New: people - 2, Changed: 2}) {
		t.Errorf("%+v", rest)
	}
	pgtest.Same(t, "keys", keys(t, pool, "person"), before...)
}

func TestWhatIsFoundWrongAfterTheImportBeganTakesAllOfItBack(t *testing.T) {
	t.Parallel()
	pool := pgtest.Owner(t) // only the owner loads in bulk
	db := postgres.New(pool)
	wrong := errors.New("a row is wrong")
	begun := false
	reading := exchange.Start(folderOf(t, many(20, 20_100, 3)), folder.Known{}, nil)
	_, err := db.Bulk.Import(t.Context(), skein.Itself(time.Now(), time.UTC), reading.Folder, bulkdb.ImportOptions{
		Told:    func(s bulkdb.ImportStep) { begun = begun || s.Table == "person" },
		Checked: func() error { return wrong },
	})
	if !errors.Is(err, wrong) || !begun {
		t.Errorf("%v, begun: %v", err, begun)
	}
	reading.Wait()
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `select count(*)::text from person`), "0")
}

// TestMemoryDoesNotGrowWithTheEvidence imports a file, and one four times as long.
func TestMemoryDoesNotGrowWithTheEvidence(t *testing.T) { //nolint:paralleltest // it measures memory
	if testing.Short() {
		t.Skip("half a million rows take some seconds; run without -short")
	}
	const rows, people, most = 100_000, 2000, 48 << 20
	db := postgres.New(pgtest.New(t))
	for _, n := range []int{rows, 4 * rows} {
		dir := folderOf(t, many(n, people, 3))
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		peak := uint64(0)
		loaded := load(t, db, dir, bulkdb.ImportOptions{Told: func(bulkdb.ImportStep) {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}})
		if loaded.Evidence.New < rows {
			t.Fatalf("%+v", loaded)
		}
		t.Logf("%d rows: %d MB beyond what was there", n, (int64(peak)-int64(before.HeapAlloc))>>20)
		if peak > before.HeapAlloc+most {
			t.Errorf("%d rows took %d MB", n, (peak-before.HeapAlloc)>>20)
		}
	}
}
