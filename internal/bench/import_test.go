package bench_test

import (
	"context"
	"testing"
	"time"

	"skein/internal/bench"
	"skein/internal/postgres/pgtest"
)

// TestImportAndPagesAreMeasured runs both small. They share the name of a database, so not at once.
func TestImportAndPagesAreMeasured(t *testing.T) {
	t.Parallel()
	s := bench.Server{Pool: pgtest.Owner(t), URL: pgtest.OwnerURL(t)}
	say := func(line string) { t.Log(line) }
	i, err := bench.Import(t.Context(), s, 50, say)
	if err != nil {
		t.Fatal(err)
	}
	if i.Evidence < 50*bench.SkillsEach || i.Seconds <= 0 || i.Ratio <= 0 || i.AgainSeconds <= 0 || i.PeakHeapMB <= 0 || len(i.Phases) < 3 {
		t.Errorf("%+v", i)
	}
	if l := i.Living; l.Seconds <= 0 || l.Changed == 0 || l.Views == 0 || l.Claims == 0 || l.MostViewMS <= 0 || l.MostSendMS <= 0 {
		t.Errorf("%+v", l)
	}
	start, err := bench.Start(t.Context(), s, bench.PageOptions{People: 60, Projects: 20, Say: say})
	if err != nil {
		t.Fatal(err)
	}
	if start.Evidence < 60*bench.SkillsEach || start.Seconds <= 0 || start.PeerSeconds <= 0 || start.Ratio <= 0 {
		t.Errorf("%+v", start)
	}
	change, err := bench.Change(t.Context(), s, bench.ChangeOptions{People: 60, Changes: 3, Say: say})
	if err != nil {
		t.Fatal(err)
	}
	if change.MedianMS <= 0 || change.MedianMS > change.P99MS || change.P99MS > change.MostMS {
		t.Errorf("%+v", change)
	}
	log, err := bench.Log(t.Context(), s, bench.LogOptions{Writers: 4, For: 50 * time.Millisecond, Say: say})
	if err != nil {
		t.Fatal(err)
	}
	if log.PerS <= 0 || log.WithoutPerS <= 0 || log.Ratio <= 0 || log.Rows <= 0 || log.VerifiedPerS <= 0 {
		t.Errorf("%+v", log)
	}
	pages, err := bench.Pages(context.WithoutCancel(t.Context()), s, bench.PageOptions{People: 60, Projects: 12, Viewers: 5, For: 50 * time.Millisecond, Say: say})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, p := range pages {
		if p.Bytes < 1000 || p.PerS <= 0 || p.PeerPerS <= 0 || p.FirstMS <= 0 || p.MedianMS <= 0 || p.MedianMS > p.P99MS {
			t.Errorf("%+v", p)
		}
	}
}
