package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// repeatPause is for how long the same line is not written again.
const repeatPause = time.Minute

// sparing writes a line that is the same as another but once a minute, and then how often it came: while the database is
// away for a night, everything that asks it several times a second would fill the disk.
type sparing struct {
	slog.Handler
	with string // what the lines have in common
	seen *repeats
}

type repeats struct {
	mu    sync.Mutex
	lines map[string]repeated
	swept time.Time // when what comes no more was forgotten
}

type repeated struct {
	since time.Time // when it was written
	more  int       // how often it came since
}

func onceAMinute(to slog.Handler) slog.Handler {
	return sparing{Handler: to, seen: &repeats{lines: map[string]repeated{}}}
}

// Handle writes a line, or counts it.
func (s sparing) Handle(ctx context.Context, line slog.Record) error {
	if line.Level >= slog.LevelWarn {
		write, more := s.seen.again(s.key(line), line.Time)
		if !write {
			return nil
		}
		if more > 0 {
			line = line.Clone()
			line.AddAttrs(slog.Int("repeated", more))
		}
	}
	return s.Handler.Handle(ctx, line) //nolint:wrapcheck // a handler hands on what its own says
}

func (s sparing) key(line slog.Record) string {
	var all strings.Builder
	fmt.Fprintf(&all, "%s\x00%s\x00%s", s.with, line.Level, line.Message)
	line.Attrs(func(a slog.Attr) bool {
		fmt.Fprintf(&all, "\x00%s", a)
		return true
	})
	return all.String()
}

// WithAttrs is the same with more on each line.
func (s sparing) WithAttrs(attrs []slog.Attr) slog.Handler {
	return sparing{s.Handler.WithAttrs(attrs), fmt.Sprint(s.with, attrs), s.seen}
}

// WithGroup is the same with a name before the rest of each line.
func (s sparing) WithGroup(name string) slog.Handler {
	return sparing{s.Handler.WithGroup(name), fmt.Sprint(s.with, "\x00", name), s.seen}
}

// again tells whether a line is to be written, and how often it was not since it last was.
func (r *repeats) again(key string, at time.Time) (write bool, more int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before, known := r.lines[key]
	if known && at.Sub(before.since) < repeatPause {
		before.more++
		r.lines[key] = before
		return false, 0
	}
	if at.Sub(r.swept) >= repeatPause { // at each line it would cost more, the more requests fail
		for other, line := range r.lines {
			if at.Sub(line.since) >= 2*repeatPause {
				delete(r.lines, other)
			}
		}
		r.swept = at
	}
	r.lines[key] = repeated{since: at}
	return true, before.more
}
