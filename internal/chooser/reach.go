package chooser

import (
	"context"
	"time"

	factsdb "skein/internal/postgres/facts"
)

// reach notes that all is followed that was committed by a mark.
func (f *Follower) reach(mark factsdb.Mark) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mark = mark
	close(f.moved)
	f.moved = make(chan struct{})
}

// forget makes memory know nothing, because the database no longer goes on from where it was followed
// to: after a failover to a replica that had not everything, or a restore. Until all is read anew,
// what is asked is read from the database.
func (f *Follower) forget(life string) {
	f.log.Warn("the database goes on from another moment, after a failover or a restore: what was in memory is forgotten and read anew")
	f.index.Forget()
	f.indexed = ""
	f.reach("")
	f.end(life)
}

// mostOver is how many ended lives are remembered at most.
const mostOver = 100

// end notes that a life of the database is over.
func (f *Follower) end(life string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.over) >= mostOver {
		clear(f.over)
	}
	f.over[life] = true
}

// reaches waits until all is followed that was committed by a mark, a second at most, and tells
// whether it is. Nobody waits for the very first look, nor for what was committed in a life of the
// database that is over: what of it remains is in what was read since.
func (f *Follower) reaches(ctx context.Context, mark factsdb.Mark) bool {
	late := time.NewTimer(catchUp)
	defer late.Stop()
	for looks := 0; ; looks++ {
		f.mu.Lock()
		followed, moved, over := f.mark, f.moved, f.over[mark.Life()]
		f.mu.Unlock()
		switch {
		case followed.Covers(mark):
			return true
		case followed == "":
			return false
		case over && !followed.SameLife(mark):
			return true
		case looks == 2 && !followed.SameLife(mark):
			f.end(mark.Life()) // the second look began after this did, and it is not the database's
			return true
		}
		f.stir()
		select {
		case <-moved:
		case <-late.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}
