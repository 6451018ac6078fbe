package core_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"skein/internal/postgres/core"
)

// waiting starts somebody who waits at a gate and is known to wait when this returns.
func waiting(t rapid.TB, g *core.Gate, ctx context.Context, key string) <-chan func() {
	t.Helper()
	before := g.Known(key)
	in := make(chan func(), 1)
	go func() {
		if leave, err := g.Enter(ctx, key); err == nil {
			in <- leave
		}
		close(in)
	}()
	for g.Known(key) == before {
		time.Sleep(100 * time.Microsecond)
	}
	time.Sleep(time.Millisecond) // until they stand in the queue
	return in
}

func TestWhoeverWaitsAtAGateComesInInTheirTurn(t *testing.T) {
	t.Parallel()
	g := core.NewGate(4)
	leave, err := g.Enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	first, second := waiting(t, g, t.Context(), "a"), waiting(t, g, t.Context(), "a")
	other, err := g.Enter(t.Context(), "b")
	if err != nil {
		t.Fatal("one key waits for another:", err)
	}
	other()
	other() // leaving twice lets nobody else in
	leave()
	last := <-first
	select {
	case <-second:
		t.Fatal("two are in where one may be")
	case <-time.After(20 * time.Millisecond):
	}
	last()
	(<-second)()
	if g.Known("a") != 0 || g.Known("b") != 0 {
		t.Error("a queue outlives those who stood in it")
	}
}

func TestWhoeverGoesLosesTheirPlaceAndNobodyElseDoes(t *testing.T) {
	t.Parallel()
	g := core.NewGate(1)
	leave, err := g.Enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	gone, stays := waiting(t, g, ctx, "a"), waiting(t, g, t.Context(), "a")
	cancel()
	if _, in := <-gone; in {
		t.Fatal("in, though nobody waits for it")
	}
	leave()
	(<-stays)()
	if err := g.Pass(ctx, "a", func() error { t.Error("done for nobody"); return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if g.Known("a") != 0 {
		t.Error("a queue outlives those who stood in it")
	}
}

// No key ever has more in than a quarter of the connections, whoever comes and goes.
func TestNoKeyHasMoreThanItsShare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		connections := rapid.IntRange(1, 24).Draw(t, "connections")
		most := max(1, connections/4)
		g := core.NewGate(connections)
		var mu sync.Mutex
		in := map[string]int{}
		var all sync.WaitGroup
		for range rapid.IntRange(1, 40).Draw(t, "people") {
			key := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "key")
			impatient := rapid.Bool().Draw(t, "impatient")
			all.Go(func() {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if impatient {
					go cancel()
				}
				_ = g.Pass(ctx, key, func() error {
					mu.Lock()
					in[key]++
					if in[key] > most {
						t.Errorf("%d are in for %s, of %d", in[key], key, most)
					}
					mu.Unlock()
					time.Sleep(50 * time.Microsecond)
					mu.Lock()
					defer mu.Unlock()
					in[key]--
					return nil
				})
			})
		}
		all.Wait()
		for key := range in {
			if g.Known(key) != 0 {
				t.Errorf("the queue of %s outlives those who stood in it", key)
			}
		}
	})
}
