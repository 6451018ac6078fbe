// Package demo fills an empty database with Corriemere Water, an invented water company: its
// people, teams and two years of history come from the same files that any organisation imports,
// and the moves that are under way are made by the same store.
//
// It is a room of its own because a demo is data and a story, and neither belongs to the store.
package demo

import (
	"context"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/match"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

//go:embed corriemere/*.csv stories.csv
var files embed.FS

// anchor is the day on which the files were written; all their dates move with it.
var anchor = time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC)

// Zone is where Corriemere lies.
const Zone = "Europe/London"

// seedLock is the advisory lock under which one start makes the demo while others wait.
const seedLock = 0x64656d6f // "demo"

// Seed fills an empty database as of now and reports whether it did. A database with people in it
// is left alone. All of it commits together: two starts at once make it once, and one that is killed
// in the middle makes nothing.
func Seed(ctx context.Context, pool *pgxpool.Pool, now time.Time) (filled bool, err error) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		return false, err
	}
	err = postgres.Together(ctx, pool, func(tx pgx.Tx, db *postgres.DB) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, seedLock); err != nil {
			return err
		}
		var people int
		if err := tx.QueryRow(ctx, `select count(*) from person`).Scan(&people); err != nil || people > 0 {
			return err
		}
		filled = true
		s := seed{tx: tx, db: db, now: now.In(zone).Truncate(time.Minute)}
		for _, step := range []func(context.Context) error{s.history, s.scene, s.stories, s.claims, s.week, s.changed, s.readBack, s.remit, s.outcomes, s.decisions} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("demo organisation: %w", err)
	}
	return filled, nil
}

// seed is one filling of one database, in one transaction.
type seed struct {
	tx  pgx.Tx
	db  *postgres.DB
	now time.Time
}

// day is a day so many days from today.
func (s seed) day(n int) skein.Date { return skein.Day(s.now).AddDate(0, 0, n) }

// at is a moment so many days from today, at a time of day.
func (s seed) at(days, hour, minute int) time.Time {
	y, m, d := s.now.AddDate(0, 0, days).Date()
	return time.Date(y, m, d, hour, minute, 0, 0, s.now.Location())
}

// history imports the files, moved so that their last day is today.
func (s seed) history(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "skein-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := s.unpack(dir); err != nil {
		return err
	}
	if err := s.db.Bulk.EnsurePractices(ctx, match.Practices()); err != nil {
		return err
	}
	return s.load(ctx, dir)
}

var isoDay = regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`)

// unpack writes the files to dir with every date moved.
func (s seed) unpack(dir string) error {
	moved := int(s.day(0).Sub(anchor).Hours() / 24)
	entries, err := files.ReadDir("corriemere")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		data, err := files.ReadFile("corriemere/" + entry.Name())
		if err != nil {
			return err
		}
		data = isoDay.ReplaceAllFunc(data, func(found []byte) []byte {
			day, err := time.Parse(time.DateOnly, string(found))
			if err != nil {
				return found
			}
			return []byte(day.AddDate(0, 0, moved).Format(time.DateOnly))
		})
		if err := os.WriteFile(filepath.Join(dir, entry.Name()), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// send runs statements.
func (s seed) send(ctx context.Context, batch *pgx.Batch) error {
	return s.tx.SendBatch(ctx, batch).Close()
}

// load imports a folder as it would any other.
func (s seed) load(ctx context.Context, dir string) error {
	known, err := s.db.Bulk.Known(ctx, s.day(0))
	if err != nil {
		return err
	}
	folder, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		return fmt.Errorf("the demo's files: %v", report)
	}
	_, err = s.db.Bulk.Import(ctx, skein.Itself(s.at(-400, 9, 0), s.now.Location()), folder, bulkdb.ImportOptions{})
	return err
}
