package browser_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/browser"
	"skein/internal/chooser"
	"skein/internal/demo"
	"skein/internal/jobs"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
)

// house is Skein with the demo organisation, as `make run` starts it, on a database of its own.
type house struct {
	t    *testing.T
	pool *pgxpool.Pool
	url  string
}

// demoHouse opens a house. Its clock runs only when somebody skips ahead.
func demoHouse(t *testing.T) *house {
	t.Helper()
	ctx := context.Background()
	pool := pgtest.New(t)
	if _, err := demo.Seed(ctx, pool, time.Now()); err != nil {
		t.Fatal(err)
	}
	db := postgres.New(pool)
	quiet := slog.New(slog.DiscardHandler)
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: db, Chooser: chooser.New(db), Log: quiet, Now: time.Now, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	skein := httptest.NewServer(server.New(server.Config{
		DB: db, Log: quiet, Now: time.Now, BaseURL: "http://localhost", Demo: true, Tick: clock.Tick,
	}))
	t.Cleanup(skein.Close)
	return &house{t: t, pool: pool, url: skein.URL}
}

// as is a tab in which one of the demo's people is signed in.
func (h *house) as(first string, look browser.Look) *browser.Page {
	h.t.Helper()
	p := browser.Open(h.t, h.url+"/sign-in", look)
	p.Button("Continue as " + first).Click()
	return p
}

// exec runs SQL that must work.
func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	if _, err := h.pool.Exec(context.Background(), sql, args...); err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
}

// says checks what the database holds.
func (h *house) says(want, sql string, args ...any) {
	h.t.Helper()
	var got string
	if err := h.pool.QueryRow(context.Background(), sql, args...).Scan(&got); err != nil || got != want {
		h.t.Fatalf("%s: %q, %v, want %q", sql, got, err, want)
	}
}
