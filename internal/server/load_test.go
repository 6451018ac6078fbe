package server

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
	"skein/web/path"
)

// TestTwoHundredClaimsOnOneLeadKeepNobodyElseWaiting: while none of them can go on, since the lead's
// window is locked, every page of everybody else is answered, and so is whether Skein is ready. What
// they hold of the pool is counted, not timed.
func TestTwoHundredClaimsOnOneLeadKeepNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	const people = 200
	h := openLead(t)
	h.crowd(people)
	other := h.as(h.person("Ines Calder", executive))
	locked, err := pgtest.New(t).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := locked.Exec(t.Context(), `select from claim_window for update`); err != nil {
		t.Fatal(err)
	}
	var sent sync.WaitGroup
	for i := range people {
		b := h.as(skein.PersonID(fmt.Sprint("p", i+1)))
		sent.Go(func() { b.post(claimPath, "why", "Me.").is(http.StatusSeeOther) })
	}
	share := max(1, core.Size(core.Share(h.pool))/4)
	for h.count(`select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) < share {
		time.Sleep(time.Millisecond)
	}
	for range 3 {
		for _, page := range []string{path.Home, path.Leads, path.Project("sensors"), path.Admin, path.Health, path.Ready} {
			other.get(page).is(http.StatusOK)
		}
	}
	if n := h.count(`select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`); n > share {
		t.Errorf("%d connections wait for one lead, %d may", n, share)
	}
	if err := locked.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	sent.Wait()
	if n := h.count(`select count(*) from claim where state = 'submitted'`); n != people {
		t.Errorf("%d claims arrived, want %d", n, people)
	}
}
