package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// ImportResult is what an import costs, beside COPY of the same files into bare tables.
type ImportResult struct {
	People      int     `json:"people"`
	Evidence    int     `json:"evidence"`
	Seconds     float64 `json:"seconds"`
	PeerSeconds float64 `json:"peer_seconds"`
	Ratio       float64 `json:"ratio"`
	HeapMB      float64 `json:"heap_mb"` // held when it is done
	Cores       int     `json:"cores"`
}

// Import measures the import of so many people.
func Import(ctx context.Context, s Server, people int, say func(string)) (ImportResult, error) {
	r := ImportResult{People: people, Cores: runtime.NumCPU()}
	dir, err := os.MkdirTemp("", "skein-bench")
	if err != nil {
		return r, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	say("writing the files")
	if r.Evidence, err = New(benchSeed, people, benchSkills).Write(dir, 0); err != nil {
		return r, err
	}
	pool, drop, err := s.fresh(ctx)
	defer func() { drop() }()
	if err != nil {
		return r, err
	}
	say("importing them")
	began := time.Now()
	if err := load(ctx, pool, dir); err != nil {
		return r, err
	}
	r.Seconds = time.Since(began).Seconds()
	r.HeapMB = float64(heap()) / 1e6
	say("copying them into bare tables")
	began = time.Now()
	if err := copyBare(ctx, pool, dir); err != nil {
		return r, err
	}
	r.PeerSeconds = time.Since(began).Seconds()
	r.Ratio = r.Seconds / r.PeerSeconds
	return r, nil
}

// load does what skein import does.
func load(ctx context.Context, pool *pgxpool.Pool, dir string) error {
	db := postgres.New(pool)
	if err := db.EnsurePractices(ctx, match.Practices()); err != nil {
		return err
	}
	known, err := db.Known(ctx)
	if err != nil {
		return err
	}
	reading := exchange.Start(dir, known, nil)
	_, err = db.Import(ctx, skein.By{At: time.Now()}, reading.Folder, postgres.ImportOptions{
		Practices: match.Practices(),
		Checked: func() error {
			if report := reading.Wait(); !report.OK() {
				return fmt.Errorf("the files are not right: %v", report)
			}
			return nil
		},
	})
	return err
}

// copyBare copies the same files into tables without any index or check.
func copyBare(ctx context.Context, pool *pgxpool.Pool, dir string) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for name, columns := range map[string]string{
		"people":   "id text, name text, circle text",
		"evidence": "person text, skill text, kind text, level smallint, observed_on date, expires_on date, given_by text, source text",
	} {
		if _, err := conn.Exec(ctx, `create table bare_`+name+` (`+columns+`)`); err != nil {
			return err
		}
		file, err := os.Open(filepath.Join(dir, name+".csv")) //nolint:gosec // in a folder of our own
		if err != nil {
			return err
		}
		_, err = conn.Conn().PgConn().CopyFrom(ctx, file, `copy bare_`+name+` from stdin with (format csv, header)`)
		_ = file.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
