package bench

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
)

// LogResult is how many writes a second Skein makes when many write at once: each a transaction with
// an audit row, which waits for the log's last row until the one before it is committed. The other
// figure is of the same writes with audit rows that are in no chain.
type LogResult struct {
	Writers      int     `json:"writers"`
	PerS         float64 `json:"per_s"`
	WithoutPerS  float64 `json:"without_per_s"`
	Ratio        float64 `json:"ratio"`
	Rows         int64   `json:"rows"` // in the chain at the end, all of them verified
	VerifiedPerS float64 `json:"verified_per_s"`
	Cores        int     `json:"cores"`
}

// LogOptions says how much to measure.
type LogOptions struct {
	Writers int
	For     time.Duration // each of four runs: with, without, without, with
	Say     func(string)
}

// Log measures in a database of its own. Each way runs twice, in an order that whatever the machine
// does meanwhile falls on both.
func Log(ctx context.Context, s Server, o LogOptions) (LogResult, error) {
	r := LogResult{Writers: o.Writers, Cores: runtime.NumCPU()}
	pool, drop, err := s.fresh(ctx)
	defer func() { drop() }()
	if err != nil {
		return r, err
	}
	wide, err := postgres.Connect(ctx, pool.Config().ConnString(), func(c *pgxpool.Config) { c.MaxConns = int32(o.Writers) })
	if err != nil {
		return r, err
	}
	defer wide.Close()
	// a skill each: writers of one skill would wait for one another anyway
	if _, err := pool.Exec(ctx, `insert into skill (id, name) select 'skill' || n, 'Skill ' || n from generate_series(1, $1::int) n`, o.Writers); err != nil {
		return r, err
	}
	if _, err := pool.Exec(ctx, `insert into person (id, name) select 'writer' || n, 'Writer ' || n from generate_series(1, $1::int) n`, o.Writers); err != nil {
		return r, err
	}
	for _, chained := range []bool{true, false, false, true} {
		if err := chain(ctx, pool, chained); err != nil {
			return r, err
		}
		o.Say(fmt.Sprintf("%d write at once for %s, chain %v", o.Writers, o.For, chained))
		perS, err := writesPerSecond(ctx, wide, o)
		if err != nil {
			return r, err
		}
		if chained {
			r.PerS += perS / 2
		} else {
			r.WithoutPerS += perS / 2
		}
	}
	r.Ratio = r.PerS / r.WithoutPerS
	began := time.Now()
	found, err := postgres.New(wide).Log.Verify(ctx, logdb.Head{})
	r.Rows, r.VerifiedPerS = found.Count, float64(found.Count)/time.Since(began).Seconds()
	return r, err
}

// chain lets audit rows go into the chain, or past it. Rows that went past it are not kept: the chain
// begins anew.
func chain(ctx context.Context, pool *pgxpool.Pool, on bool) error {
	sql := `
		alter table audit_event disable trigger audit_event_chain;
		alter table audit_event alter column position drop not null, alter column hash drop not null`
	if on {
		sql = `
		alter table audit_event disable trigger audit_event_no_truncate;
		truncate audit_event;
		alter table audit_event enable trigger audit_event_no_truncate;
		update audit_head set position = 0, hash = decode(repeat('00', 32), 'hex');
		alter table audit_event alter column position set not null, alter column hash set not null;
		alter table audit_event enable trigger audit_event_chain`
	}
	_, err := pool.Exec(ctx, sql)
	return err
}

// writesPerSecond lets writers note a wish and take it back, by turns, each on a connection of their own.
func writesPerSecond(ctx context.Context, pool *pgxpool.Pool, o LogOptions) (float64, error) {
	people := postgres.New(pool).People
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var writers sync.WaitGroup
	var done atomic.Int64
	began := time.Now()
	for n := 1; n <= o.Writers; n++ {
		writers.Go(func() {
			who, skill := skein.PersonID(fmt.Sprint("writer", n)), skein.Skill{ID: skein.SkillID(fmt.Sprint("skill", n)), Name: fmt.Sprint("Skill ", n)}
			for turn := 0; time.Since(began) < o.For && ctx.Err() == nil; turn++ {
				by := skein.NewBy(who, time.Now(), time.UTC)
				write := func() error { return people.AddWish(ctx, by, skill) }
				if turn%2 == 1 {
					write = func() error { return people.RemoveWish(ctx, by, skill.ID) }
				}
				if err := write(); err != nil {
					stop(err)
					return
				}
				done.Add(1)
			}
		})
	}
	writers.Wait()
	return float64(done.Load()) / time.Since(began).Seconds(), context.Cause(ctx)
}
