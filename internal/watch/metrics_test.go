package watch_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/watch"
)

// scrape asks for the numbers.
func scrape(t *testing.T, m *watch.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest(http.MethodGet, watch.Path, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func has(t *testing.T, says string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(says, "\n"+line) {
			t.Errorf("no line %s in:\n%s", line, says)
		}
	}
}

// sources are those of a server whose database answers.
func sources(pool *pgxpool.Pool) watch.Sources {
	return watch.Sources{
		Figures: postgres.New(pool).Figures, Pools: map[string]*pgxpool.Pool{"pages": pool},
		Size: func() (int, int, bool) { return 12, 34, true },
		Lag:  func() (time.Duration, bool) { return 1500 * time.Millisecond, true },
	}
}

func TestTheNumbersOfAServer(t *testing.T) {
	t.Parallel()
	m := watch.NewMetrics("1.2", "c0ffee", 7)
	has(t, scrape(t, m), `skein_build_info{commit="c0ffee",schema="7",version="1.2"} 1`, "skein_database_up 0", "skein_index_ready 0", "go_goroutines ")
	pool := pgtest.New(t)
	pgtest.Exec(t, pool, `
		insert into river_job (kind, queue, max_attempts, args, priority, state, scheduled_at)
		select 'mail', 'mail', 25, '{}', 1, 'scheduled', now() from generate_series(1, 3)`)
	m.Open(sources(pool))
	m.Seen("/people/{id}", 200, 30*time.Millisecond)
	m.Seen("/people/{id}", 200, time.Millisecond)
	has(t, scrape(t, m),
		`http_requests_total{route="/people/{id}",status="200"} 2`,
		`http_request_duration_seconds_bucket{route="/people/{id}",status="200",le="0.025"} 1`,
		`http_request_duration_seconds_count{route="/people/{id}",status="200"} 2`,
		"skein_database_up 1", "skein_index_ready 1", "skein_index_people 12", "skein_index_rows 34", "skein_index_lag_seconds 1.5",
		`skein_jobs{kind="mail",queue="mail",state="scheduled"} 3`, "skein_mails_waiting 0", "skein_mails_failed 0", "skein_mail_failing_seconds 0",
		`skein_db_connections{pool="pages",state="used"} 0`, `skein_db_connections_max{pool="pages"}`, `skein_db_acquires_total{pool="pages"}`,
	)
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("something else is there: %d", w.Code)
	}
}

// A database that is away, or hangs, is a number; the others are there, in time, however many ask.
func TestAScrapeOutlivesTheDatabase(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	for name, figures := range map[string]func(context.Context) (postgres.Figures, error){
		"away": func(context.Context) (postgres.Figures, error) { return postgres.Figures{}, errors.New("refused") },
		"hangs": func(ctx context.Context) (postgres.Figures, error) {
			<-ctx.Done()
			return postgres.Figures{}, ctx.Err()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := watch.NewMetrics("", "", 0)
			from := sources(pool)
			var asked atomic.Int32
			from.Figures = func(ctx context.Context, _ time.Time) (postgres.Figures, error) { asked.Add(1); return figures(ctx) }
			m.Open(from)
			began := time.Now()
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() {
					says := scrape(t, m)
					has(t, says, "skein_database_up 0", "skein_index_people 12", `skein_db_connections_max{pool="pages"}`)
					if strings.Contains(says, "\nskein_mails_waiting") {
						t.Error("numbers of a database that did not answer")
					}
				})
			}
			all.Wait()
			if took := time.Since(began); took > 20*time.Second || asked.Load() > 2 {
				t.Errorf("took %v, asked %d times", took, asked.Load())
			}
		})
	}
}
