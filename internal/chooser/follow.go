package chooser

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// How the follower keeps time.
const (
	lookEvery  = 5 * time.Second        // looks even when nothing was heard
	listenAt   = 300 * time.Millisecond // after the connection broke, listens again
	forgetOld  = 24 * time.Hour         // changes are kept so long
	trustMark  = 12 * time.Hour         // whoever was away for longer reads everything again
	catchUp    = time.Second            // a page waits so long for its reader's own writes
	atOnce     = 5000                   // people read in one go
	tooMany    = 20000                  // from so many changed on, reading everything is quicker
	keepUp     = 200 * time.Millisecond // while everybody is read, looks so often
	sweepEvery = time.Hour
)

// errLoading is what Ready says until everybody was read.
var errLoading = errors.New("people are still being read into memory")

// errAnew stops reading everybody: those read so far are of a life of the database that has ended.
var errAnew = errors.New("the database goes on from another moment; all is read anew")

// Follower keeps an index, and the leads that are browsed, on what is committed to the database, by
// whatever process.
type Follower struct {
	db     *postgres.DB
	index  *index.Index
	log    *slog.Logger
	now    func() time.Time
	wake   chan struct{}
	beside func(ctx context.Context, day skein.Date, c factsdb.Changes) error // see Beside

	indexed factsdb.Mark // the index knows all that was committed by then
	marked  atomic.Int64 // and when that was, in Unix nanoseconds; 0: never
	swept   time.Time

	mu    sync.Mutex
	mark  factsdb.Mark    // all is followed that was committed by then, by the index as soon as it can; empty: nothing
	moved chan struct{}   // closed when the mark moves on
	over  map[string]bool // lives of the database that have ended

	loaded atomic.Bool // everybody was in memory once
}

// NewFollower returns a follower that knows nothing until it runs.
func NewFollower(db *postgres.DB, log *slog.Logger, now func() time.Time) *Follower {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Follower{
		db: db, index: index.New(usualHalfLife()), log: log, now: now, wake: make(chan struct{}, 1), moved: make(chan struct{}), over: map[string]bool{},
		beside: func(context.Context, skein.Date, factsdb.Changes) error { return nil },
	}
}

// Beside says what else follows the changes that the index follows, before anybody is told that
// they are followed. It is called before Run.
func (f *Follower) Beside(follow func(ctx context.Context, day skein.Date, c factsdb.Changes) error) {
	f.beside = follow
}

// Ready reports that everybody was in memory once. While they are read anew, in another life of the
// database, pages are answered from there: were all servers to call themselves not ready then, nobody
// would be answered.
func (f *Follower) Ready(context.Context) error {
	if !f.loaded.Load() {
		return errLoading
	}
	return nil
}

// stir lets the follower look at once.
func (f *Follower) stir() {
	select {
	case f.wake <- struct{}{}:
	default: // somebody has stirred it already
	}
}

// Run follows until ctx ends. What goes wrong is logged and tried again; until it goes well the
// index answers with what it has, and whatever is decided is read from the database anyway.
func (f *Follower) Run(ctx context.Context) {
	var listening sync.WaitGroup
	defer listening.Wait()
	listening.Go(func() { f.listen(ctx) })
	clock := time.NewTicker(lookEvery)
	defer clock.Stop()
	for {
		if err := f.Look(ctx); err != nil && ctx.Err() == nil {
			f.log.WarnContext(ctx, "the index does not follow", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(listenAt):
				f.stir()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case <-clock.C:
		}
	}
}

// listen stirs the follower whenever something is committed, and after each reconnection, since
// nobody knows what was said meanwhile.
func (f *Follower) listen(ctx context.Context) {
	for ctx.Err() == nil {
		err := f.db.Facts.ListenChanges(ctx, f.stir)
		if ctx.Err() != nil {
			return
		}
		f.log.WarnContext(ctx, "changes are not heard of; looking for them", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(listenAt):
		}
	}
}

// follows notes up to what the index knows all.
func (f *Follower) follows(mark factsdb.Mark) {
	f.indexed = mark
	f.marked.Store(f.now().UnixNano())
}

// Lag says for how long the index may have missed what was committed: since it was last seen to know all. It grows to
// lookEvery while nothing changes. False: it never knew anything.
func (f *Follower) Lag() (time.Duration, bool) {
	marked := f.marked.Load()
	return max(0, f.now().Sub(time.Unix(0, marked))), marked != 0
}

// Size counts who is in memory, and the rows of their evidence; false before they were read.
func (f *Follower) Size() (people, rows int, loaded bool) { return f.index.Size() }

// Look brings the index, and what is followed beside it, to what is committed now. Run does so whenever
// something is; only one look may run at a time.
func (f *Follower) Look(ctx context.Context) error {
	day, err := f.day(ctx)
	if err != nil {
		return err
	}
	was, loaded := f.index.Day()
	if !loaded || day.Before(was) || f.now().Sub(time.Unix(0, f.marked.Load())) > trustMark {
		return f.load(ctx, day)
	}
	changes, err := f.db.Facts.Changes(ctx, f.indexed)
	if err != nil {
		return err
	}
	if changes.Anew {
		return f.load(ctx, day)
	}
	changes.AllLeads = changes.AllLeads || day.After(was)
	if err := f.beside(ctx, day, changes); err != nil {
		return err
	}
	people := changes.People
	if day.After(was) {
		turned, err := f.db.Facts.Turned(ctx, was, day)
		if err != nil {
			return err
		}
		people = append(people, turned...)
	}
	slices.Sort(people)
	people = slices.Compact(people)
	if changes.All || len(people) > tooMany {
		return f.load(ctx, day)
	}
	if len(people) > 0 || day.After(was) {
		facts, err := f.facts(ctx, people, day)
		if err != nil {
			return err
		}
		f.index.Update(day, people, facts)
	}
	f.follows(changes.Mark)
	f.reach(changes.Mark)
	go f.index.Pack()
	return f.sweep(ctx)
}

// day is the day that pages ask for: the organisation's, moved ahead in a demo.
func (f *Follower) day(ctx context.Context) (skein.Date, error) {
	org, err := f.db.Gameboard.Organisation(ctx)
	if err != nil {
		return skein.Date{}, err
	}
	return org.AsOf(f.now()), nil
}

func (f *Follower) facts(ctx context.Context, people []skein.PersonID, day skein.Date) ([]comparison.Facts, error) {
	var all []comparison.Facts
	for some := range slices.Chunk(people, atOnce) {
		facts, err := f.db.Facts.Facts(ctx, some, day)
		if err != nil {
			return nil, err
		}
		all = append(all, facts...)
	}
	return all, nil
}

// load reads everybody, saying how far it is. What is committed meanwhile is newer than the mark.
func (f *Follower) load(ctx context.Context, day skein.Date) error {
	mark, err := f.db.Facts.Mark(ctx)
	if err != nil {
		return err
	}
	if !mark.SameLife(f.indexed) {
		f.forget(f.indexed.Life())
	}
	began := f.now()
	if err := f.beside(ctx, day, factsdb.Changes{AllLeads: true}); err != nil {
		return err
	}
	f.reach(mark)
	if err := f.index.Load(day, f.reading(ctx, day)); err != nil {
		return err
	}
	f.follows(mark)
	f.loaded.Store(true)
	people, _ := f.index.Population()
	f.log.InfoContext(ctx, "people are in memory", "people", people.People, "took", f.now().Sub(began).Round(time.Millisecond))
	f.stir()
	return nil
}

// reading reads everybody. As that takes seconds, what is followed beside the index goes on being
// followed meanwhile.
func (f *Follower) reading(ctx context.Context, day skein.Date) iter.Seq2[comparison.Facts, error] {
	return func(yield func(comparison.Facts, error) bool) {
		read, said, kept := 0, f.now(), f.now()
		for facts, err := range f.db.Facts.Everybody(ctx, day) {
			if err == nil && read%100 == 0 && f.now().Sub(kept) > keepUp {
				kept = f.now()
				err = f.keepUp(ctx, day)
			}
			if !yield(facts, err) {
				return
			}
			if read++; f.now().Sub(said) > 2*time.Second {
				said = f.now()
				f.log.InfoContext(ctx, "reading people into memory", "read", read)
			}
		}
	}
}

// keepUp follows changes beside the index alone, which is being read.
func (f *Follower) keepUp(ctx context.Context, day skein.Date) error {
	changes, err := f.db.Facts.Changes(ctx, f.mark)
	if err != nil {
		return err
	}
	if changes.Anew {
		f.forget(f.mark.Life())
		return errAnew
	}
	if err := f.beside(ctx, day, changes); err != nil {
		return err
	}
	f.reach(changes.Mark)
	return nil
}

// sweep forgets, now and then, what everybody has followed.
func (f *Follower) sweep(ctx context.Context) error {
	now := f.now()
	if now.Sub(f.swept) < sweepEvery {
		return nil
	}
	f.swept = now
	return f.db.Facts.SweepChanges(ctx, now.Add(-forgetOld))
}
