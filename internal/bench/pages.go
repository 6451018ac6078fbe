package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/server"
	"skein/web/path"
)

// PageResult is how long a page takes that is made anew each time, and how many a second are answered
// beside a bare handler that runs one indexed query and renders as many bytes, while one lead a second
// changes.
type PageResult struct {
	Page     string  `json:"page"`
	People   int     `json:"people"`
	Projects int     `json:"projects"`
	Bytes    int     `json:"bytes"`
	FirstMS  float64 `json:"first_ms"` // the very first view
	MedianMS float64 `json:"median_ms"`
	P99MS    float64 `json:"p99_ms"`
	PerS     float64 `json:"per_s"`
	PeerPerS float64 `json:"peer_per_s"`
	Ratio    float64 `json:"ratio"`
	Cores    int     `json:"cores"`
}

// PageOptions says how much to measure.
type PageOptions struct {
	People, Projects int
	Viewers          int           // so many different people open the pages, by turns
	For              time.Duration // each page, and its peer
	Keep             bool          // the organisation stays, for the next time
	Say              func(string)
}

// Pages measures the pages that people open most, signed in, in an imported organisation.
func Pages(ctx context.Context, s Server, o PageOptions) ([]PageResult, error) {
	pool, drop, err := s.organisation(ctx, o)
	defer func() { drop() }()
	if err != nil {
		return nil, err
	}
	o.Say("reading everybody into memory")
	skein, stop, err := serving(ctx, pool)
	defer stop()
	if err != nil {
		return nil, err
	}
	o.Say("signing in")
	viewers, err := signIn(ctx, pool, skein, max(1, min(o.Viewers, o.People)))
	if err != nil {
		return nil, err
	}
	ctx, still := changing(ctx, pool, o.Projects)
	var all []PageResult
	for _, p := range []struct {
		name string
		path func(n int) string
	}{
		{"home", func(int) string { return path.Home }},
		{"board", func(int) string { return path.Leads }},
		{"project", func(n int) string { return path.Project("project" + strconv.Itoa(n%o.Projects)) }},
	} {
		o.Say("opening " + p.name)
		r := PageResult{Page: p.name, People: o.People, Projects: o.Projects, Cores: runtime.NumCPU()}
		began := time.Now()
		body, err := open(ctx, skein, p.path(7), viewers[7%len(viewers)])
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", p.name, err), still())
		}
		r.FirstMS, r.Bytes = milliseconds(time.Since(began)), len(body)
		bare := func(n int) string { return "/project" + strconv.Itoa(n%o.Projects) }
		err = beside(ctx, o.For, &r,
			side{skein, p.path, viewers}, side{peer(pool, body), bare, nil})
		if err != nil {
			return nil, errors.Join(err, still())
		}
		all = append(all, r)
	}
	return all, still()
}

// changing has one lead a second change until still is called, which returns what went wrong. The
// context ends with it.
func changing(ctx context.Context, pool *pgxpool.Pool, projects int) (until context.Context, still func() error) {
	ctx, stop := context.WithCancelCause(ctx)
	var running sync.WaitGroup
	running.Go(func() {
		clock := time.NewTicker(time.Second)
		defer clock.Stop()
		for n := 0; ; n++ {
			_, err := pool.Exec(ctx, `update project set hours_per_week = $2 where id = $1`, "project"+strconv.Itoa(n*7%projects), 1+n%20)
			if err != nil {
				stop(err)
				return
			}
			select {
			case <-ctx.Done():
				return
			case <-clock.C:
			}
		}
	})
	return ctx, func() error {
		stop(nil)
		running.Wait()
		if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
}

// organisation is an imported organisation, made anew or kept from the last time.
func (s Server) organisation(ctx context.Context, o PageOptions) (pool *pgxpool.Pool, drop func(), err error) {
	fill := func(pool *pgxpool.Pool) error {
		dir, err := os.MkdirTemp("", "skein-bench")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		o.Say("writing the files")
		if _, err := New(benchSeed, o.People, benchSkills).Write(dir, o.Projects); err != nil {
			return err
		}
		o.Say("importing them")
		if err := load(ctx, pool, dir, func(string) {}); err != nil {
			return err
		}
		_, err = pool.Exec(ctx, `vacuum analyze`)
		return err
	}
	if o.Keep {
		pool, err := s.kept(ctx, fmt.Sprintf("%s_%d_%d", ownDatabase, o.People, o.Projects), fill)
		if err != nil {
			return nil, func() {}, err
		}
		return pool, pool.Close, nil
	}
	if pool, drop, err = s.fresh(ctx); err != nil {
		return nil, drop, err
	}
	return pool, drop, fill(pool)
}

// serving is Skein as serve runs it.
func serving(ctx context.Context, pool *pgxpool.Pool) (http.Handler, func(), error) {
	through, leads, stop, err := following(ctx, pool)
	if err != nil {
		return nil, stop, err
	}
	config := server.Config{DB: postgres.New(pool), Now: time.Now, BaseURL: "http://localhost", Chooser: through, Board: leads}
	return server.New(config), stop, nil
}

// signIn makes accounts for so many of the people and signs them in by the form. Each browser's
// cookies come back.
func signIn(ctx context.Context, pool *pgxpool.Pool, skein http.Handler, viewers int) ([][]*http.Cookie, error) {
	const password = "a password for measuring"
	hash, err := server.HashPassword(password)
	if err != nil {
		return nil, err
	}
	all := make([][]*http.Cookie, viewers)
	for n := range all {
		email := fmt.Sprintf("somebody%d@example.org", n)
		_, err = pool.Exec(ctx, `update person set email = $2, welcomed_at = now() where id = $1`, string(Person(n)), email)
		if err == nil {
			_, err = pool.Exec(ctx, `insert into read_how (person_id, at) values ($1, now()) on conflict (person_id) do nothing`, string(Person(n)))
		}
		if err == nil {
			_, err = pool.Exec(ctx, `
				insert into account (person_id, email, password_hash, made_at)
				values ($1, $2, $3, now())
				on conflict (person_id) do nothing`, string(Person(n)), email, hash)
		}
		if err != nil {
			return nil, err
		}
		form := url.Values{"email": {email}, "password": {password}}
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, path.SignIn, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = fmt.Sprintf("10.0.%d.%d:1234", n/250, n%250)
		w := httptest.NewRecorder()
		skein.ServeHTTP(w, r)
		if w.Code != http.StatusSeeOther {
			return nil, fmt.Errorf("signing in answered %d", w.Code)
		}
		all[n] = w.Result().Cookies()
	}
	return all, nil
}

// open opens a page once.
func open(ctx context.Context, h http.Handler, path string, cookies []*http.Cookie) (string, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return "", fmt.Errorf("%s answered %d", path, w.Code)
	}
	return w.Body.String(), nil
}

// side is a handler with the addresses that are opened of it, and who opens them by turns.
type side struct {
	handler http.Handler
	path    func(n int) string
	viewers [][]*http.Cookie
}

// turns is how often a page and its peer take turns, so that what else the machine does meets both.
const turns = 10

// beside measures a page and its peer by turns, for so long each.
func beside(ctx context.Context, length time.Duration, r *PageResult, page, peer side) error {
	var next [2]atomic.Int64
	var opened [2][]time.Duration
	var took [2]time.Duration
	for range turns {
		for i, s := range []side{page, peer} {
			from := time.Now()
			times, err := throughput(ctx, s, &next[i], from.Add(length/turns))
			if err != nil {
				return err
			}
			opened[i], took[i] = append(opened[i], times...), took[i]+time.Since(from)
		}
	}
	r.PerS = float64(len(opened[0])) / took[0].Seconds()
	r.PeerPerS = float64(len(opened[1])) / took[1].Seconds()
	r.Ratio = r.PerS / r.PeerPerS
	r.MedianMS, r.P99MS = milliseconds(quantile(opened[0], .5)), milliseconds(quantile(opened[0], .99))
	return nil
}

// sides is how many open pages at once.
func sides() int { return max(2, runtime.NumCPU()) }

// throughput opens a page over and over, from as many sides as there are processors, each time as
// the next viewer, and returns how long each view took.
func throughput(ctx context.Context, s side, next *atomic.Int64, until time.Time) ([]time.Duration, error) {
	opened := make([][]time.Duration, sides())
	failed := make([]error, sides())
	var all sync.WaitGroup
	for i := range opened {
		all.Go(func() {
			for failed[i] == nil && (len(opened[i]) == 0 || time.Now().Before(until)) {
				n := int(next.Add(1) - 1)
				var cookies []*http.Cookie
				if len(s.viewers) > 0 {
					cookies = s.viewers[n%len(s.viewers)]
				}
				began := time.Now()
				_, failed[i] = open(ctx, s.handler, s.path(n), cookies)
				opened[i] = append(opened[i], time.Since(began))
			}
		})
	}
	all.Wait()
	return slices.Concat(opened...), errors.Join(failed...)
}

// peer is the least that a page of these bytes can be: chi, one query by a key, templ.
func peer(pool *pgxpool.Pool, body string) http.Handler {
	r := chi.NewRouter()
	r.Get("/{id}", func(w http.ResponseWriter, r *http.Request) {
		var title string
		err := pool.QueryRow(r.Context(), `select title from project where id = $1`, chi.URLParam(r, "id")).Scan(&title)
		if err != nil || title == "" {
			http.Error(w, "broken", http.StatusInternalServerError)
			return
		}
		page := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, err := io.WriteString(w, body)
			return err
		})
		templ.Handler(page).ServeHTTP(w, r)
	})
	return r
}
