package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
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

// PageResult is how many requests a second a page answers, beside a bare handler that runs one
// indexed query and renders as many bytes.
type PageResult struct {
	Page     string  `json:"page"`
	People   int     `json:"people"`
	Projects int     `json:"projects"`
	Viewers  int     `json:"viewers"` // different people, by turns
	Bytes    int     `json:"bytes"`
	FirstMS  float64 `json:"first_ms"` // the first view of each viewer, before anything is in memory
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
		r := PageResult{Page: p.name, People: o.People, Projects: o.Projects, Viewers: len(viewers), Cores: runtime.NumCPU()}
		body, err := open(ctx, skein, p.path(7), viewers[7%len(viewers)])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		r.Bytes = len(body)
		bare := func(n int) string { return "/project" + strconv.Itoa(n%o.Projects) }
		err = beside(ctx, o.For, &r,
			side{skein, p.path, viewers}, side{peer(pool, body), bare, nil})
		if err != nil {
			return nil, err
		}
		r.Ratio = r.PerS / r.PeerPerS
		all = append(all, r)
	}
	return all, nil
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
	through, stop, err := following(ctx, pool)
	if err != nil {
		return nil, stop, err
	}
	config := server.Config{DB: postgres.New(pool), Now: time.Now, BaseURL: "http://localhost", Chooser: through}
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
		_, err = pool.Exec(ctx, `update person set email = $2, welcomed_at = now(), read_how_at = now() where id = $1`, string(Person(n)), email)
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

// beside measures a page and its peer by turns: first a view by each viewer (the first of a
// project's page, too), then for so long.
func beside(ctx context.Context, length time.Duration, r *PageResult, page, peer side) error {
	began := time.Now()
	first := max(len(page.viewers), r.Projects)
	if r.Page != "project" {
		first = len(page.viewers)
	}
	var next, bare atomic.Int64
	if _, err := throughput(ctx, page, &next, func(n int64) bool { return n < int64(first) }); err != nil {
		return err
	}
	r.FirstMS = time.Since(began).Seconds() * 1000 / float64(first) * float64(sides())
	var opened [2]int64
	var took [2]time.Duration
	for range turns {
		for i, s := range []side{page, peer} {
			from := time.Now()
			n, err := throughput(ctx, s, []*atomic.Int64{&next, &bare}[i], func(int64) bool { return time.Since(from) < length/turns })
			if err != nil {
				return err
			}
			opened[i], took[i] = opened[i]+n, took[i]+time.Since(from)
		}
	}
	r.PerS = float64(opened[0]) / took[0].Seconds()
	r.PeerPerS = float64(opened[1]) / took[1].Seconds()
	return nil
}

// sides is how many open pages at once.
func sides() int { return max(2, runtime.NumCPU()) }

// throughput opens a page over and over, from as many sides as there are processors, each time as
// the next viewer.
func throughput(ctx context.Context, s side, next *atomic.Int64, on func(n int64) bool) (int64, error) {
	var opened atomic.Int64
	var failed atomic.Pointer[error]
	var all sync.WaitGroup
	for range sides() {
		all.Go(func() {
			for failed.Load() == nil {
				n := next.Add(1) - 1
				if !on(n) {
					return
				}
				var cookies []*http.Cookie
				if len(s.viewers) > 0 {
					cookies = s.viewers[int(n)%len(s.viewers)]
				}
				if _, err := open(ctx, s.handler, s.path(int(n)), cookies); err != nil {
					failed.Store(&err)
					return
				}
				opened.Add(1)
			}
		})
	}
	all.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return opened.Load(), nil
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
