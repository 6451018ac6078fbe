package chooser

import (
	"context"

	"skein/internal/skein"
)

// PackNow lays everybody out anew.
func (f *Follower) PackNow() { f.index.Pack() }

// KeepUp follows what is followed beside the index, as it does while everybody is read.
func (f *Follower) KeepUp(ctx context.Context, day skein.Date) error { return f.keepUp(ctx, day) }
