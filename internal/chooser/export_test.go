package chooser

import "context"

// Look brings the index to what is committed now, without waiting to hear of it.
func (f *Follower) Look(ctx context.Context) error { return f.look(ctx) }

// PackNow lays everybody out anew.
func (f *Follower) PackNow() { f.index.Pack() }
