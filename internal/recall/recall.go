// Package recall keeps what pages read of the database in memory until it changes there, whoever
// changes it.
//
// It follows the database's own list of changes. A request asks, together with its session, whether
// anything was committed that is not followed yet; where so, it waits for it. What it is then told
// from memory is therefore what the database holds at that moment: nobody waits to see what they
// did, on whichever server they look.
package recall

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"skein/internal/postgres"
	"skein/internal/skein"
)

// How the memory keeps time.
const (
	lookEvery = 5 * time.Second        // looks even when nothing was heard
	tryAgain  = 300 * time.Millisecond // after something went wrong
	trustMark = 12 * time.Hour         // changes are swept after a day: then all is forgotten
	catchUp   = time.Second            // a request waits so long, and then reads for itself
)

// Memory is what one process recalls.
type Memory struct {
	db   *postgres.DB
	log  *slog.Logger
	now  func() time.Time
	wake chan struct{}
	// follow is told of every change before anybody is told from memory again.
	follow func(ctx context.Context, day skein.Date, c postgres.Changes) error

	mu     sync.Mutex
	mark   string // what was followed; empty: nothing
	marked time.Time
	day    skein.Date
	begun  uint64        // looks that have begun
	done   uint64        // the last one that ended well
	ended  chan struct{} // closed at the end of each look

	shelf shelf
}

// New returns a memory that recalls nothing until it runs.
func New(db *postgres.DB, log *slog.Logger, now func() time.Time) *Memory {
	return &Memory{
		db: db, log: log, now: now, wake: make(chan struct{}, 1), ended: make(chan struct{}),
		shelf: newShelf(), follow: func(context.Context, skein.Date, postgres.Changes) error { return nil },
	}
}

// Follow says what else follows changes. It is called before Run: with everything the first time,
// and with a day that pages ask for.
func (m *Memory) Follow(follow func(ctx context.Context, day skein.Date, c postgres.Changes) error) {
	m.follow = follow
}

// Stir lets the memory look at once.
func (m *Memory) Stir() {
	select {
	case m.wake <- struct{}{}:
	default: // somebody has stirred it already
	}
}

// Run follows until ctx ends. What goes wrong is logged and tried again; until it goes well, what is
// newer is read from the database.
func (m *Memory) Run(ctx context.Context) {
	clock := time.NewTicker(lookEvery)
	defer clock.Stop()
	for {
		if err := m.Look(ctx); err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "memory does not follow", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(tryAgain):
				m.Stir()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-m.wake:
		case <-clock.C:
		}
	}
}

// Look brings the memory to what is committed now. Only one look runs at a time.
func (m *Memory) Look(ctx context.Context) error {
	m.mu.Lock()
	m.begun++
	number, mark, was := m.begun, m.mark, m.day
	if m.now().Sub(m.marked) > trustMark {
		mark = ""
	}
	m.mu.Unlock()
	mark, day, err := m.look(ctx, mark, was)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		m.mark, m.marked, m.day, m.done = mark, m.now(), day, number
	}
	close(m.ended)
	m.ended = make(chan struct{})
	return err
}

func (m *Memory) look(ctx context.Context, mark string, was skein.Date) (string, skein.Date, error) {
	changes := postgres.Changes{Everything: true}
	var err error
	if mark == "" {
		changes.Mark, err = m.db.Mark(ctx)
	} else {
		changes, err = m.db.Changes(ctx, mark)
	}
	if err != nil {
		return "", was, err
	}
	day, err := m.today(ctx)
	if err != nil {
		return "", was, err
	}
	if !day.Equal(was) {
		changes.Everything = true
	}
	m.shelf.changed(changes)
	if changes.Any() {
		if err := m.follow(ctx, day, changes); err != nil {
			return "", was, err
		}
	}
	return changes.Mark, day, nil
}

// today is the day that pages ask for: the organisation's, moved ahead in a demo.
func (m *Memory) today(ctx context.Context) (skein.Date, error) {
	org, err := m.db.Organisation(ctx)
	if err != nil {
		return skein.Date{}, err
	}
	return org.AsOf(m.now()), nil
}

// Mark is what was followed up to now; empty when nothing is.
func (m *Memory) Mark() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mark
}

// errBehind is why a request reads for itself.
var errBehind = errors.New("memory has fallen behind")

// Catch waits until everything is followed that is committed by now.
func (m *Memory) Catch(ctx context.Context) error {
	m.mu.Lock()
	if m.mark == "" {
		m.mu.Unlock()
		return errBehind // nobody waits for the very first look
	}
	want := m.begun + 1 // one under way may have begun too early
	m.mu.Unlock()
	late := time.NewTimer(catchUp)
	defer late.Stop()
	for {
		m.mu.Lock()
		done, ended := m.done >= want, m.ended
		m.mu.Unlock()
		if done {
			return nil
		}
		m.Stir()
		select {
		case <-ended:
		case <-late.C:
			return errBehind
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type currentKey struct{}

// Current returns a context under which memory answers: it is known to hold what was committed
// before.
func Current(ctx context.Context) context.Context { return context.WithValue(ctx, currentKey{}, true) }

// IsCurrent tells whether memory may answer under a context.
func IsCurrent(ctx context.Context) bool { return ctx.Value(currentKey{}) != nil }
