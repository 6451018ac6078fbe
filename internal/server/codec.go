package server

import (
	"maps"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
)

// mostSessions is how many sessions' contents are remembered by their bytes, and as many again.
const mostSessions = 10_000

// sessionCodec reads sessions as the library does, and remembers what bytes said: reading them takes
// as long as half a page, and they hardly ever change.
type sessionCodec struct {
	scs.GobCodec
	mu sync.Mutex
	// Two generations: when young is full it becomes old, and what nobody asked for since is forgotten.
	young, old map[string]session
}

type session struct {
	deadline time.Time
	values   map[string]any
}

func newSessionCodec() *sessionCodec { return &sessionCodec{young: map[string]session{}} }

// Decode returns what a session's bytes say. The values are the caller's own.
func (c *sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	c.mu.Lock()
	s, ok := c.young[string(b)]
	if !ok {
		s, ok = c.old[string(b)]
	}
	c.mu.Unlock()
	if !ok {
		var err error
		if s.deadline, s.values, err = c.GobCodec.Decode(b); err != nil {
			return s.deadline, s.values, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.young) >= mostSessions {
		c.young, c.old = map[string]session{}, c.young
	}
	c.young[string(b)] = s
	return s.deadline, maps.Clone(s.values), nil
}
