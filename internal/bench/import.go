package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/match"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// ImportResult is what an import costs, beside COPY of the same files into bare tables of the same
// Postgres: logged as all are, and committed, but without index, key or check.
type ImportResult struct {
	People      int     `json:"people"`
	Evidence    int     `json:"evidence"`
	Seconds     float64 `json:"seconds"`
	PeerSeconds float64 `json:"peer_seconds"` // the mean of one before and one after
	Ratio       float64 `json:"ratio"`
	// AgainSeconds is what the same import takes when all of it is there.
	AgainSeconds float64 `json:"again_seconds"`
	Living       Living  `json:"living"`
	PeakHeapMB   float64 `json:"peak_heap_mb"` // of this process, while it imports
	Phases       []Phase `json:"phases"`
	Cores        int     `json:"cores"`
}

// Phase is a part of an import and how long it took.
type Phase struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
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
	if r.Evidence, err = New(benchSeed, people, benchSkills).Write(dir, 1); err != nil {
		return r, err
	}
	pool, drop, err := s.fresh(ctx)
	defer func() { drop() }()
	if err != nil {
		return r, err
	}
	if err := r.measure(ctx, pool, dir, say); err != nil {
		return r, err
	}
	r.Ratio = r.Seconds / r.PeerSeconds
	return r, nil
}

// measure runs both sides by turns: what else the machine does changes meanwhile.
func (r *ImportResult) measure(ctx context.Context, pool *pgxpool.Pool, dir string, say func(string)) error {
	clock := &phases{}
	for _, part := range []struct {
		say     string
		seconds *float64
		run     func() error
	}{
		{"copying them into bare tables", &r.PeerSeconds, func() error { return copyBare(ctx, pool, dir, "bare_before_") }},
		{"importing them", &r.Seconds, func() (err error) {
			r.PeakHeapMB, err = peak(func() error { return load(ctx, pool, dir, clock.begin) })
			return err
		}},
		{"copying them into bare tables again", &r.PeerSeconds, func() error { return copyBare(ctx, pool, dir, "bare_after_") }},
		{"importing the same again", &r.AgainSeconds, func() error { return load(ctx, pool, dir, func(string) {}) }},
	} {
		say(part.say)
		began := time.Now()
		if err := part.run(); err != nil {
			return err
		}
		*part.seconds += time.Since(began).Seconds()
	}
	r.PeerSeconds /= 2
	r.Phases = clock.all
	say("importing them while people read and claim")
	var err error
	r.Living, err = living(ctx, pool, dir, r.People)
	return err
}

// phases notes how long each phase takes, until the next begins.
type phases struct {
	all  []Phase
	last time.Time
}

// begin begins a phase, unless it is the one that goes on; "" ends the last.
func (p *phases) begin(name string) {
	now := time.Now()
	if n := len(p.all); n > 0 {
		if p.all[n-1].Name == name {
			return
		}
		p.all[n-1].Seconds = now.Sub(p.last).Seconds()
	}
	if p.last = now; name != "" {
		p.all = append(p.all, Phase{Name: name})
	}
}

// peak runs do and returns the most that its heap held, in megabytes: looked at fifty times a second.
func peak(do func() error) (float64, error) {
	runtime.GC()
	held := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	most := uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(held)
			most = max(most, held[0].Value.Uint64())
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	err := do()
	close(stop)
	<-stopped
	return float64(most) / 1e6, err
}

// load does what skein import does, and says which phase begins.
func load(ctx context.Context, pool *pgxpool.Pool, dir string, phase func(string)) error {
	phase("reading the small files")
	defer phase("")
	db := postgres.New(pool)
	if err := db.Bulk.EnsurePractices(ctx, match.Practices()); err != nil {
		return err
	}
	by := skein.Itself(time.Now(), time.UTC)
	known, err := db.Bulk.Known(ctx, by.Day)
	if err != nil {
		return err
	}
	reading := exchange.Start(dir, known, nil)
	_, err = db.Bulk.Import(ctx, by, reading.Folder, bulkdb.ImportOptions{
		Practices: match.Practices(),
		Told:      func(s bulkdb.ImportStep) { phase(string(s.Doing) + " " + s.Table) },
		Checked: func() error {
			phase("waiting until the evidence is checked")
			report := reading.Wait()
			phase("the small tables")
			if !report.OK() {
				return fmt.Errorf("the files are not right: %v", report)
			}
			return nil
		},
	})
	return err
}

// copyBare copies the same files into tables without any index or check.
func copyBare(ctx context.Context, pool *pgxpool.Pool, dir, prefix string) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for name, columns := range map[string]string{
		"people":   "id text, name text, circle text",
		"evidence": "person text, skill text, kind text, level smallint, observed_on date, expires_on date, given_by text, source text",
	} {
		if _, err := conn.Exec(ctx, `create table `+prefix+name+` (`+columns+`)`); err != nil {
			return err
		}
		file, err := os.Open(filepath.Join(dir, name+".csv")) //nolint:gosec // in a folder of our own
		if err != nil {
			return err
		}
		_, err = conn.Conn().PgConn().CopyFrom(ctx, file, `copy `+prefix+name+` from stdin with (format csv, header)`)
		_ = file.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
