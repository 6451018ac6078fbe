package core

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Gate lets a bounded number in at once for each key. Whoever comes later waits, in the order in which
// they came, holding nothing but their place: no connection, no lock.
type Gate struct {
	most   int64
	mu     sync.Mutex
	queues map[string]*queue
}

// queue is those who are in or wait for one key.
type queue struct {
	slots *semaphore.Weighted
	known int // who is in or waits; the queue is forgotten with the last
}

// NewGate returns a gate for something with so many connections: a quarter of them, or one, are let in
// for each key, so that no key takes more than half of what transactions may have (see Share), from four
// connections on.
func NewGate(connections int) *Gate {
	return &Gate{most: int64(max(1, connections/4)), queues: map[string]*queue{}}
}

// Enter waits for a place. Whoever got one must leave; whoever's context ends before is not in, and the
// error is the context's.
func (g *Gate) Enter(ctx context.Context, key string) (leave func(), err error) {
	g.mu.Lock()
	q := g.queues[key]
	if q == nil {
		q = &queue{slots: semaphore.NewWeighted(g.most)}
		g.queues[key] = q
	}
	q.known++
	g.mu.Unlock()
	if err := q.slots.Acquire(ctx, 1); err != nil {
		g.gone(key, q)
		return nil, err
	}
	return sync.OnceFunc(func() {
		q.slots.Release(1)
		g.gone(key, q)
	}), nil
}

func (g *Gate) gone(key string, q *queue) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if q.known--; q.known == 0 {
		delete(g.queues, key)
	}
}

// Pass does something once it is let in.
func (g *Gate) Pass(ctx context.Context, key string, do func() error) error {
	leave, err := g.Enter(ctx, key)
	if err != nil {
		return err
	}
	defer leave()
	return do()
}
