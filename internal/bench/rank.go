package bench

import (
	"context"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/comparison"
	"skein/internal/index"
	"skein/internal/match"
	"skein/internal/skein"
)

// RankResult is what ranking costs, beside one SQL statement.
type RankResult struct {
	People      int     `json:"people"`
	Evidence    int     `json:"evidence"` // sums: one a person, skill and kind
	Queries     int     `json:"queries"`
	MedianMS    float64 `json:"median_ms"`
	P99MS       float64 `json:"p99_ms"`
	SQLMedianMS float64 `json:"sql_median_ms"`
	Ratio       float64 `json:"ratio"`
	BytesPerSum float64 `json:"bytes_per_sum"`

	Rows     int     `json:"rows"`    // of evidence
	Present  int     `json:"present"` // postings in the lists asked for, at the median
	Touched  int     `json:"touched"` // of these, read
	Scored   int     `json:"scored"`  // people whose own rows were added up, at the median
	ReadMS   float64 `json:"read_ms"` // to read those lists once, at the median
	LoadS    float64 `json:"load_s"`
	SQLCalls int     `json:"sql_queries"`
	Cores    int     `json:"cores"`
}

// RankOptions says how much to measure.
type RankOptions struct {
	People, Queries, SQLQueries int
	Say                         func(string) // what is being done; it may take minutes
}

// The sizes that everything is measured at.
const (
	benchSeed    = 7
	benchSkills  = 2000
	requirements = 8
	best         = 20
	warmUp       = 40
)

// Rank measures the best 20 for 8 requirements among so many people. Both sides answer the same
// queries on the same evidence; their fits are compared, and a difference is an error.
func Rank(ctx context.Context, pool *pgxpool.Pool, o RankOptions) (RankResult, error) {
	org := New(benchSeed, o.People, benchSkills)
	r := RankResult{People: o.People, Queries: o.Queries, SQLCalls: o.SQLQueries, Cores: runtime.NumCPU()}
	o.Say(fmt.Sprintf("reading %d people into memory", o.People))
	x, err := r.load(org)
	if err != nil {
		return r, err
	}
	population, _ := x.Population()
	r.ask(x, org, population, o.Queries)
	o.Say("copying the same evidence into Postgres, and indexing it")
	drop, err := copySums(ctx, pool, org)
	defer drop()
	if err != nil {
		return r, err
	}
	o.Say("asking Postgres the same")
	var times []time.Duration
	for n := range o.SQLQueries + 1 {
		q := org.Query(warmUp+n, requirements, population)
		began := time.Now()
		fits, err := askSQL(ctx, pool, q)
		if err != nil {
			return r, err
		}
		if n > 0 { // the first warms up
			times = append(times, time.Since(began))
		}
		found, _ := x.Top(q, best, Candidate(q))
		if err := same(found.Ranked, fits); err != nil {
			return r, fmt.Errorf("query %d: %w", n, err)
		}
	}
	r.SQLMedianMS = milliseconds(quantile(times, .5))
	r.Ratio = r.SQLMedianMS / r.MedianMS
	runtime.KeepAlive(x)
	return r, nil
}

// load reads everybody and weighs what that takes.
func (r *RankResult) load(org *Organisation) (*index.Index, error) {
	before := heap()
	began := time.Now()
	x := index.New(match.DefaultTrust().HalfLifeDays)
	err := x.Load(Today, func(yield func(comparison.Facts, error) bool) {
		type sum struct {
			skill skein.SkillID
			kind  skein.EvidenceKind
		}
		var seen []sum
		for f := range org.Everybody() {
			seen = seen[:0]
			for _, e := range f.Evidence {
				if s := (sum{e.Skill, e.Kind}); !slices.Contains(seen, s) {
					seen = append(seen, s)
				}
			}
			r.Rows += len(f.Evidence)
			r.Evidence += len(seen)
			if !yield(f, nil) {
				return
			}
		}
	})
	r.LoadS = time.Since(began).Seconds()
	r.BytesPerSum = float64(heap()-before) / float64(r.Evidence)
	return x, err
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// ask measures the queries, and the reading of the lists beside each.
func (r *RankResult) ask(x *index.Index, org *Organisation, population comparison.Population, queries int) {
	var times, reads []time.Duration
	var present, touched, scored []int
	for n := range warmUp + queries {
		q := org.Query(n, requirements, population)
		began := time.Now()
		found, _ := x.Top(q, best, Candidate(q))
		took := time.Since(began)
		began = time.Now()
		_, _ = x.Read(q)
		read := time.Since(began)
		if n < warmUp {
			continue
		}
		times, reads = append(times, took), append(reads, read)
		present, touched = append(present, found.Present), append(touched, found.Touched)
		scored = append(scored, found.Scored)
	}
	r.MedianMS, r.P99MS = milliseconds(quantile(times, .5)), milliseconds(quantile(times, .99))
	r.ReadMS = milliseconds(quantile(reads, .5))
	r.Present, r.Touched, r.Scored = quantile(present, .5), quantile(touched, .5), quantile(scored, .5)
}

func quantile[T int | time.Duration](all []T, part float64) T {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(len(all)-1, int(part*float64(len(all))))]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// copySums gives the peer all it could wish for: what each person's evidence in a skill adds up to
// at this trust level and day, worked out beforehand, in an index that holds all columns.
func copySums(ctx context.Context, pool *pgxpool.Pool, org *Organisation) (drop func(), err error) {
	drop = func() {
		_, _ = pool.Exec(context.WithoutCancel(ctx), `drop table if exists bench_sums`)
	}
	if _, err := pool.Exec(ctx, `drop table if exists bench_sums`); err != nil {
		return drop, err
	}
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `create unlogged table bench_sums (skill int, person int, n float8, l float8)`); err != nil {
			return err
		}
		next, stop := iter.Pull(sumRows(org))
		defer stop()
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"bench_sums"}, []string{"skill", "person", "n", "l"}, pgx.CopyFromFunc(func() ([]any, error) {
			row, _ := next()
			return row, nil
		}))
		return err
	})
	if err != nil {
		return drop, err
	}
	for _, s := range []string{
		`create index bench_sums_skill on bench_sums (skill) include (person, n, l)`,
		`vacuum (freeze, analyze) bench_sums`,
	} {
		if _, err := pool.Exec(ctx, s); err != nil {
			return drop, err
		}
	}
	return drop, nil
}

// sumRows are the rows of the table: skill, person, weight, and weight times level.
func sumRows(org *Organisation) iter.Seq[[]any] {
	trust := match.DefaultTrust()
	weighed := trust.Row(skein.Weighed)
	return func(yield func([]any) bool) {
		for person := range org.People {
			f := org.Facts(person)
			evidence := evidenceOf(f)
			for i, e := range evidence {
				if slices.ContainsFunc(evidence[:i], func(x skein.Evidence) bool { return x.Skill == e.Skill }) {
					continue
				}
				sums := match.SumUp(evidence, e.Skill, trust.HalfLifeDays, f.Absences, Today)
				n, level := sums.Weigh(weighed)
				if n > 0 && !yield([]any{int32(numberOf(e.Skill)), int32(person), n, n * level}) {
					return
				}
			}
		}
	}
}

func numberOf(s skein.SkillID) int {
	n := 0
	for _, digit := range s[1:] {
		n = n*10 + int(digit-'0')
	}
	return n
}

const rankSQL = `
select sums.person, sum(asked.weight * least(1, sums.l / (sums.n + $4::float8) / asked.level)) as fit
from unnest($1::int[], $2::float8[], $3::float8[]) asked (skill, weight, level)
join bench_sums sums on sums.skill = asked.skill
group by sums.person
order by fit desc, sums.person
limit 20`

// askSQL ranks by one statement and returns the best fits.
func askSQL(ctx context.Context, pool *pgxpool.Pool, q match.Query) ([]float64, error) {
	var skills []int
	var weights, levels []float64
	var all float64
	for _, r := range q.Requirements {
		all += r.Weight
	}
	for _, r := range q.Requirements {
		skills = append(skills, numberOf(r.Skill))
		weights = append(weights, r.Weight/all)
		levels = append(levels, float64(r.Level))
	}
	var fits []float64
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local work_mem = '512MB'; set local jit = off`); err != nil {
			return err
		}
		rows, _ := tx.Query(ctx, rankSQL, skills, weights, levels, q.Policy.Trust.W0)
		var person int
		var fit float64
		_, err := pgx.ForEachRow(rows, []any{&person, &fit}, func() error {
			fits = append(fits, fit)
			return nil
		})
		return err
	})
	return fits, err
}

// same compares the two sides' best fits.
func same(ranked []match.Ranked, fits []float64) error {
	if len(ranked) < len(fits) {
		return fmt.Errorf("%d ranked, %d by SQL", len(ranked), len(fits))
	}
	for i, fit := range fits {
		if math.Abs(ranked[i].Fit-fit) > 1e-9 {
			return fmt.Errorf("place %d: fit %v, by SQL %v", i+1, ranked[i].Fit, fit)
		}
	}
	return nil
}
