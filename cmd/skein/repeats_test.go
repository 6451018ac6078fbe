package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestTheSameLineIsWrittenOnceAMinute(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := onceAMinute(slog.NewTextHandler(&out, nil))
	begun := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	say := func(to slog.Handler, after time.Duration, level slog.Level, message, why string) {
		line := slog.NewRecord(begun.Add(after), level, message, 0)
		line.AddAttrs(slog.String("error", why))
		if err := to.Handle(context.Background(), line); err != nil {
			t.Fatal(err)
		}
	}
	for after := time.Duration(0); after <= 90*time.Second; after += time.Second {
		say(log, after, slog.LevelWarn, "no database", "refused")
	}
	say(log, time.Second, slog.LevelWarn, "no database", "another reason")
	say(log.WithAttrs([]slog.Attr{slog.String("queue", "mail")}), time.Second, slog.LevelWarn, "no database", "refused")
	for range 3 {
		say(log, 0, slog.LevelInfo, "nothing is wrong", "")
	}
	for what, times := range map[string]int{
		"refused": 3, "repeated=59": 1, "repeated": 1, "another reason": 1, "queue=mail": 1, "nothing is wrong": 3,
	} {
		if got := strings.Count(out.String(), what); got != times {
			t.Errorf("%q is there %d times, not %d:\n%s", what, got, times, out.String())
		}
	}
}

// What came once is forgotten again.
func TestLinesThatComeNoMoreAreForgotten(t *testing.T) {
	t.Parallel()
	seen, begun := &repeats{lines: map[string]repeated{}}, time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	for n := range 1000 {
		seen.again(strings.Repeat("x", n), begun.Add(time.Duration(n)*time.Second))
	}
	if len(seen.lines) > 181 { // of three minutes: those of the last two, and what came since they were looked through
		t.Errorf("%d lines are remembered", len(seen.lines))
	}
}
