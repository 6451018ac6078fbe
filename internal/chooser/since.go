package chooser

import (
	"context"
	"sync"

	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

type sinceKey struct{}

// Since returns a context for somebody who did something that was committed by a mark: what they are
// answered from memory holds it. Where memory does not follow within a second, what they ask is read
// from the database.
func (c *Chooser) Since(ctx context.Context, mark factsdb.Mark) context.Context {
	if c.follower == nil || mark == "" {
		return ctx
	}
	return context.WithValue(ctx, sinceKey{}, sync.OnceValue(func() bool { return c.follower.reaches(ctx, mark) }))
}

// current tells whether memory may answer under a context.
func current(ctx context.Context) bool {
	reached, asked := ctx.Value(sinceKey{}).(func() bool)
	return !asked || reached()
}

// Beside says what else follows the database beside the index, if anything does; see Follower.Beside.
func (c *Chooser) Beside(follow func(ctx context.Context, day skein.Date, changes factsdb.Changes) error) {
	if c.follower != nil {
		c.follower.Beside(follow)
	}
}
