package postgres_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/pgtest"
)

// TestNullIsTheZeroTime: in both directions, of days and of moments, in both formats that Postgres
// speaks, in structs, in arrays and in bulk.
func TestNullIsTheZeroTime(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	ctx := t.Context()
	at := time.Date(2026, 5, 11, 9, 30, 0, 123000, time.UTC)
	day := time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC)
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol} {
		type row struct {
			NoDay, NoMoment, Day, Moment time.Time
			Pointer                      *time.Time
			Wrote                        string
		}
		rows, _ := pool.Query(ctx, `
			select null::date as no_day, null::timestamptz as no_moment, $3::date as day, $4::timestamptz as moment,
				$2::timestamptz as pointer, concat_ws(' ', $1::date, $2::timestamptz) as wrote`,
			mode, time.Time{}, time.Time{}, day, at)
		got, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[row])
		if err != nil {
			t.Fatalf("%s: %v", mode, err)
		}
		if !got.NoDay.IsZero() || !got.NoMoment.IsZero() || got.Pointer != nil || got.Wrote != "" {
			t.Errorf("%s: null is not the zero time: %+v", mode, got)
		}
		if !got.Day.Equal(day) || !got.Moment.Equal(at) {
			t.Errorf("%s: %v and %v came back changed", mode, got.Day, got.Moment)
		}
	}
	var days []time.Time
	if err := pool.QueryRow(ctx, `select $1::date[]`, []time.Time{day, {}}).Scan(&days); err != nil || len(days) != 2 || !days[0].Equal(day) || !days[1].IsZero() {
		t.Errorf("array: %v, %v", days, err)
	}
	_, err := pool.CopyFrom(ctx, pgx.Identifier{"person"}, []string{"id", "name", "active_from", "welcomed_at"},
		pgx.CopyFromRows([][]any{{"ada", "Ada", time.Time{}, time.Time{}}, {"ben", "Ben", day, at}}))
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "in bulk", pgtest.Texts(t, pool, `select concat_ws(' ', id, active_from, welcomed_at = $$2026-05-11 09:30:00.000123+00$$) from person order by id`),
		"ada", "ben 2026-05-11 t")
	var endless time.Time
	if err := pool.QueryRow(ctx, `select 'infinity'::timestamptz`).Scan(&endless); err == nil {
		t.Error("infinity was read as a time")
	}
}
