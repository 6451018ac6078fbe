package bench

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// ChangeResult is how long it takes from a commit until another process ranks by it.
type ChangeResult struct {
	People   int     `json:"people"`
	Changes  int     `json:"changes"`
	MedianMS float64 `json:"median_ms"`
	P99MS    float64 `json:"p99_ms"`
	MostMS   float64 `json:"most_ms"`
	Cores    int     `json:"cores"`
}

// ChangeOptions says how much to measure.
type ChangeOptions struct {
	People, Changes int
	Keep            bool
	Say             func(string)
}

// Change measures, in an imported organisation: one side commits that the only one who knows a thing
// is now somebody else; the other, with an index and connections of its own, is asked who is best at
// it until it names them.
func Change(ctx context.Context, s Server, o ChangeOptions) (ChangeResult, error) {
	r := ChangeResult{People: o.People, Changes: o.Changes, Cores: runtime.NumCPU()}
	pool, drop, err := s.organisation(ctx, PageOptions{People: o.People, Projects: 20, Keep: o.Keep, Say: o.Say})
	defer drop()
	if err != nil {
		return r, err
	}
	other, err := postgres.Connect(ctx, pool.Config().ConnString())
	if err != nil {
		return r, err
	}
	defer other.Close()
	o.Say("reading everybody into memory")
	through, _, stop, err := following(ctx, other)
	defer stop()
	if err != nil {
		return r, err
	}
	if err := knownByNobody(ctx, pool); err != nil {
		return r, err
	}
	o.Say("changing who is best")
	var times []time.Duration
	for n := range warmUp + o.Changes {
		took, err := changed(ctx, pool, through, Person(n%o.People))
		if err != nil {
			return r, err
		}
		if n >= warmUp {
			times = append(times, took)
		}
	}
	r.MedianMS, r.P99MS, r.MostMS = milliseconds(quantile(times, .5)), milliseconds(quantile(times, .99)), milliseconds(quantile(times, 1))
	return r, nil
}

// following is a chooser and a board in memory that follow the database, as serve's do.
func following(ctx context.Context, pool *pgxpool.Pool) (*chooser.Chooser, *board.Board, func(), error) {
	db := postgres.New(pool)
	ctx, cancel := context.WithCancel(ctx)
	follower := chooser.NewFollower(db, nil, time.Now)
	through := chooser.New(db).With(follower)
	leads := board.New(db, through)
	var running sync.WaitGroup
	running.Go(func() { follower.Run(ctx) })
	stop := func() { cancel(); running.Wait() }
	for follower.Ready(ctx) != nil {
		select {
		case <-ctx.Done():
			return nil, nil, stop, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return through, leads, stop, nil
}

// The project, and what it alone asks for.
const (
	changeProject = "project7"
	changeSkill   = "bench-change"
)

func knownByNobody(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		for _, statement := range []string{
			`insert into skill (id, name) values ('` + changeSkill + `', 'Known by one') on conflict do nothing`,
			`delete from evidence where skill_id = '` + changeSkill + `'`,
			`delete from requirement where phase_id in (select id from phase where project_id = '` + changeProject + `')`,
			`insert into requirement (phase_id, skill_id, importance, level, must)
				select id, '` + changeSkill + `', 5, 3, false from phase where project_id = '` + changeProject + `'`,
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%w\n%s", err, statement)
			}
		}
		return nil
	})
}

// changed commits that somebody else knows it now, and waits until they are named.
func changed(ctx context.Context, pool *pgxpool.Pool, through *chooser.Chooser, who skein.PersonID) (time.Duration, error) {
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from evidence where skill_id = $1`, changeSkill); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into evidence (person_id, skill_id, kind, level, observed_on)
			values ($1, $2, 'outcome', 5, current_date - 10)`, string(who), changeSkill)
		return err
	})
	if err != nil {
		return 0, err
	}
	committed := time.Now()
	for {
		top, err := through.Top(ctx, changeProject, 1, skein.AsOfDay(skein.Day(time.Now())))
		if err != nil {
			return 0, err
		}
		if len(top.Ranked) > 0 && top.Ranked[0].Person == who && top.Ranked[0].Fit > 0 {
			return time.Since(committed), nil
		}
		if time.Since(committed) > time.Minute {
			return 0, fmt.Errorf("%s is not named a minute after the change", who)
		}
	}
}
