package jobs_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"skein/internal/jobs"
	"skein/internal/postgres/pgtest"
)

// TestADemosClockIsMovedAhead: skipping to the next close moves an offset, on a demo's organisation
// alone.
func TestADemosClockIsMovedAhead(t *testing.T) {
	t.Parallel()
	for demo, state := range map[bool]string{true: "picked", false: "open"} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			movedAhead(t, demo, state)
		})
	}
}

func movedAhead(t *testing.T, demo bool, state string) {
	t.Helper()
	h := newHouse(t)
	h.exec(`update organisation set demo = $1, clock_offset = interval '8 days'`, demo)
	clock, err := jobs.New(jobs.Config{
		Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now }, Demo: true,
	})
	h.must(err)
	ines := h.person("ines", 4)
	h.window(week)
	h.must(h.claim(ines))
	h.must(clock.Tick(context.Background()))
	h.is(state, `select state from claim_window`)
}

func TestAMoveThatFailsIsSaidInTheLog(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var said bytes.Buffer
	clock, err := jobs.New(jobs.Config{
		Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now },
		Log: slog.New(slog.NewTextHandler(&said, nil)),
	})
	h.must(err)
	ines := h.person("ines", 4)
	h.window(week)
	h.must(h.claim(ines))
	pgtest.Exec(t, pgtest.Owner(t), `alter table pick add constraint none_today check (false)`)
	h.now = h.now.Add(week)
	if err := clock.Tick(context.Background()); err == nil || !strings.Contains(said.String(), "it is tried again") {
		t.Errorf("%v, and the log says %q", err, said.String())
	}
	h.is("open", `select state from claim_window`)
}
