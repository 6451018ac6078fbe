package bench

import (
	"context"
	"io"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// StartResult is how long a server takes from its start until everybody is in memory, beside COPY of
// the same rows to nowhere.
type StartResult struct {
	People      int     `json:"people"`
	Evidence    int64   `json:"evidence"`
	Seconds     float64 `json:"seconds"`
	PeerSeconds float64 `json:"peer_seconds"`
	Ratio       float64 `json:"ratio"`
	Cores       int     `json:"cores"`
}

// Start measures, in an imported organisation: COPY runs once before and once after, and the mean
// counts, since what else the machine does changes meanwhile.
func Start(ctx context.Context, s Server, o PageOptions) (StartResult, error) {
	r := StartResult{People: o.People, Cores: runtime.NumCPU()}
	pool, drop, err := s.organisation(ctx, o)
	defer func() { drop() }()
	if err != nil {
		return r, err
	}
	for _, part := range []struct {
		say     string
		seconds *float64
		run     func() error
	}{
		{"copying the rows to nowhere", &r.PeerSeconds, func() (err error) { r.Evidence, err = copyOut(ctx, pool); return err }},
		{"reading everybody into memory", &r.Seconds, func() error {
			_, _, stop, err := following(ctx, pool)
			stop()
			return err
		}},
		{"copying the rows to nowhere again", &r.PeerSeconds, func() error { _, err := copyOut(ctx, pool); return err }},
	} {
		o.Say(part.say)
		began := time.Now()
		if err := part.run(); err != nil {
			return r, err
		}
		*part.seconds += time.Since(began).Seconds()
	}
	r.PeerSeconds /= 2
	r.Ratio = r.Seconds / r.PeerSeconds
	return r, nil
}

// copyOut sends what a server reads at its start to nowhere and returns how many rows of evidence that were.
func copyOut(ctx context.Context, pool *pgxpool.Pool) (evidence int64, err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Release()
	for _, table := range []string{"person", "term", "member", "absence", "wish", "project", "phase", "requirement", "evidence"} {
		rows, err := conn.Conn().PgConn().CopyTo(ctx, io.Discard, `copy `+table+` to stdout`)
		if err != nil {
			return 0, err
		}
		evidence = rows.RowsAffected()
	}
	return evidence, nil
}
