package postgres_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/migrations"
)

func TestMigrationsGoUpDownUp(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.Empty(t)
	pool := open(t, url)
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	first := schema(t, pool)
	if err := postgres.MigrateDown(ctx, url, postgres.Everything); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"table schema_migrations"}, tables(t, pool)); diff != "" {
		t.Errorf("left behind (-want +got):\n%s", diff)
	}
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, schema(t, pool)); diff != "" {
		t.Errorf("the second way up leads elsewhere (-first +second):\n%s", diff)
	}
}

// Each step is taken back to exactly what was there before it, and made again.
func TestEachStepHasItsWayBack(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.Empty(t)
	pool := open(t, url)
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	steps := migrateStatus(t, pool).Steps
	schemas := make([][]string, len(steps)+1)
	schemas[len(steps)] = schema(t, pool)
	for n := len(steps); n > 0; n-- {
		if err := postgres.MigrateDown(ctx, url, 1); err != nil {
			t.Fatalf("%s down: %v", steps[n-1].Name, err)
		}
		schemas[n-1] = schema(t, pool)
	}
	for n, step := range steps {
		if diff := cmp.Diff(schemas[n], schema(t, pool)); diff != "" {
			t.Fatalf("before %s, on the way up (-down +up):\n%s", step.Name, diff)
		}
		if err := postgres.StepUp(ctx, pool); err != nil {
			t.Fatalf("%s up: %v", step.Name, err)
		}
	}
	if diff := cmp.Diff(schemas[len(steps)], schema(t, pool)); diff != "" {
		t.Fatalf("all down, then up (-want +got):\n%s", diff)
	}
}

func TestManyMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := postgres.MigrateUp(context.Background(), url); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if s := migrateStatus(t, open(t, url)); !s.Current() {
		t.Errorf("not current: %+v", s)
	}
}

// Tables that made whoever had led step back, or let rotation outweigh the fit, stay as they were
// published; newer ones take their place. Others are left alone.
func TestTablesThatSaidMoreThanTheyMayAreFollowedByNewer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, c := range map[string]struct {
		trust    string
		rotation float64
		version  int
		turned   float64
	}{
		"first leads":  {`{"w0": 1, "first_lead": 0.3}`, .6, 6, .6},
		"rotation":     {`{"w0": 1}`, -.8, 6, -.4},
		"within range": {`{"w0": 1, "first_lead": 0}`, .6, 5, .6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := pgtest.Empty(t)
			pool := open(t, url)
			if err := postgres.MigrateUp(ctx, url); err != nil {
				t.Fatal(err)
			}
			pgtest.Put(t, pool, `insert into policy (version, lens, trust, rotation, made_at, reason) values (4, '{}', '{"first_lead": 1}', 1, now(), 'old')`)
			if _, err := pool.Exec(ctx, `insert into policy (version, lens, trust, rotation, made_at, reason) values (5, '{}', $1, $2, now(), 'now')`, c.trust, c.rotation); err != nil {
				t.Fatal(err)
			}
			up, err := migrations.FS.ReadFile("0026_policy_without_first_lead.up.sql")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := pool.Exec(ctx, string(up)); err != nil {
				t.Fatal(err)
			}
			var version int
			var rotation float64
			var first *string
			if err := pool.QueryRow(ctx, `select version, rotation, trust ->> 'first_lead' from policy order by version desc limit 1`).Scan(&version, &rotation, &first); err != nil {
				t.Fatal(err)
			}
			if version != c.version || rotation != c.turned || version == 6 && first != nil {
				t.Errorf("version %d, rotation %v, first leads %v", version, rotation, first)
			}
		})
	}
}

func TestEveryFileHasItsPair(t *testing.T) {
	t.Parallel()
	names, err := migrations.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]int{}
	for _, e := range names {
		name := e.Name()
		for _, end := range []string{".up.sql", ".down.sql"} {
			if n := len(name) - len(end); n > 0 && name[n:] == end {
				have[name[:n]]++
			}
		}
	}
	for name, n := range have {
		if n != 2 {
			t.Errorf("%s has no way up or no way down", name)
		}
	}
}

func open(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func migrateStatus(t *testing.T, pool *pgxpool.Pool) postgres.SchemaStatus {
	t.Helper()
	s, err := postgres.MigrateStatus(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tables lists what an own schema may hold: tables, views, sequences, types and
// functions of ours.
func tables(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	return list(t, pool, `
		SELECT what FROM (
			SELECT CASE c.relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'S' THEN 'sequence '
				ELSE 'relation ' END || c.relname AS what
			FROM pg_class c
			WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S', 'm', 'p')
			UNION ALL
			SELECT 'function ' || p.oid::regprocedure FROM pg_proc p
			WHERE p.pronamespace = 'public'::regnamespace
				AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
			UNION ALL
			SELECT 'type ' || t.typname FROM pg_type t
			WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
		) all_of_it ORDER BY what`)
}

// schema is tables with their columns, constraints, indexes and triggers.
func schema(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	return append(tables(t, pool), list(t, pool, `
		SELECT what FROM (
			SELECT 'column ' || c.table_name || '.' || c.column_name || ' ' || c.data_type || ' '
				|| c.is_nullable || ' ' || coalesce(c.column_default, '') AS what
			FROM information_schema.columns c WHERE c.table_schema = 'public'
			UNION ALL
			SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
			FROM pg_constraint WHERE connamespace = 'public'::regnamespace
			UNION ALL
			SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
			UNION ALL
			SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t
			JOIN pg_class c ON c.oid = t.tgrelid
			WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
		) all_of_it ORDER BY what`)...)
}

func list(t *testing.T, pool *pgxpool.Pool, sql string) []string {
	t.Helper()
	rows, err := pool.Query(context.Background(), sql)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return out
}
