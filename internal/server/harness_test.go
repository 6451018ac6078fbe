package server

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5/multitracer"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	doordb "skein/internal/postgres/door"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// wall is the time on the wall in tests: a Monday.
var wall = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

// cheap makes passwords quick to check, in tests alone.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// house is a server on a database of its own, and what a test does around it.
type house struct {
	testing.TB
	pool   *pgxpool.Pool
	db     *postgres.DB
	server *server
	url    string
	now    atomic.Pointer[time.Time]
	trips  atomic.Int64
	log    *strings.Builder
}

// newTest opens a house. Options change its configuration before it opens.
func newTest(t testing.TB, options ...func(*Config)) *house {
	t.Helper()
	h := &house{TB: t, log: &strings.Builder{}}
	h.pool = counted(t, pgtest.New(t))
	h.db = postgres.New(h.pool)
	at := wall
	h.now.Store(&at)
	cfg := Config{
		DB: h.db, Now: func() time.Time { return *h.now.Load() },
		Log:     slog.New(slog.NewTextHandler(&locked{w: h.log}, &slog.HandlerOptions{Level: slog.LevelDebug})),
		BaseURL: "http://localhost", Passwords: cheap,
		PageTime: 2 * time.Minute, // tests share their machine
	}
	for _, option := range options {
		option(&cfg)
	}
	h.server = newServer(cfg)
	routes := h.server.routes()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		routes.ServeHTTP(w, r.WithContext(postgres.CountTrips(r.Context(), &h.trips)))
	}))
	t.Cleanup(web.Close)
	h.url = web.URL
	t.Cleanup(h.theLogIsSaid)
	return h
}

// counted is the pool again, with its round trips counted.
func counted(t testing.TB, pool *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	cfg := pool.Config().Copy()
	cfg.ConnConfig.Tracer = multitracer.New(cfg.ConnConfig.Tracer, postgres.Trips{})
	again, err := pgxpool.NewWithConfig(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(again.Close)
	return again
}

// later moves the clock on the wall.
func (h *house) later(d time.Duration) {
	at := h.now.Load().Add(d)
	h.now.Store(&at)
}

// exec runs SQL that must work.
func (h *house) exec(sql string, args ...any) {
	h.Helper()
	if _, err := h.pool.Exec(context.Background(), sql, args...); err != nil {
		h.Fatalf("%s: %v", sql, err)
	}
}

// count asks for one number.
func (h *house) count(sql string, args ...any) int {
	h.Helper()
	var n int
	if err := h.pool.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		h.Fatalf("%s: %v", sql, err)
	}
	return n
}

// text asks for one text.
func (h *house) text(sql string, args ...any) string {
	h.Helper()
	var s string
	if err := h.pool.QueryRow(context.Background(), sql, args...).Scan(&s); err != nil {
		h.Fatalf("%s: %v", sql, err)
	}
	return s
}

// circle makes a circle, inside parent unless that is empty.
func (h *house) circle(name string, parent skein.CircleID) skein.CircleID {
	h.Helper()
	id := skein.CircleID(slug(name))
	h.exec(`insert into circle (id, name, parent_id) values ($1, $2, nullif($3, ''))`, id, name, parent)
	return id
}

// person makes somebody with an account and these hats. Their e-mail address is their name with
// dots at corriemere.example; they have no password.
func (h *house) person(name string, hats ...skein.Hat) skein.PersonID {
	h.Helper()
	id := skein.PersonID(slug(name))
	email := strings.ReplaceAll(slug(name), "-", ".") + "@corriemere.example"
	h.exec(`insert into person (id, name, email, welcomed_at, read_how_at) values ($1, $2, $3, $4, $4)`, id, name, email, wall)
	h.exec(`insert into account (person_id, email, made_at) values ($1, $2, $3)`, id, email, wall)
	for _, hat := range hats {
		h.exec(`insert into hat (person_id, kind, circle_id, given_at) values ($1, $2, nullif($3, ''), $4)`,
			id, hat.Kind, hat.Circle, wall)
	}
	return id
}

// The hats as fixtures wear them.
var (
	executive     = skein.Hat{Kind: skein.Executive}
	administrator = skein.Hat{Kind: skein.Administrator}
)

func steward(circle skein.CircleID) skein.Hat {
	return skein.Hat{Kind: skein.Steward, Circle: circle}
}

func slug(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(name)), "-")
}

// browser is one person's browser. It keeps cookies and follows nothing.
type browser struct {
	*house
	client  *http.Client
	cookies map[string]*http.Cookie
	htmx    string
}

// anonymous is a browser in which nobody is signed in.
func (h *house) anonymous() *browser {
	return &browser{house: h, cookies: map[string]*http.Cookie{}, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// as is a browser in which that person is signed in.
func (h *house) as(person skein.PersonID) *browser {
	h.Helper()
	b := h.anonymous()
	m := h.server.sessions
	epoch := h.count(`select epoch from account where person_id = $1`, person)
	owner := doordb.Owner{Person: person, Epoch: epoch, Agent: "Firefox/1 Linux", At: *h.now.Load()}
	ctx, err := m.Load(context.WithValue(context.Background(), lastKey{}, &last{owner: owner}), "")
	if err != nil {
		h.Fatal(err)
	}
	m.Put(ctx, keyPerson, string(person))
	m.Put(ctx, keyEpoch, epoch)
	m.Put(ctx, keySeen, h.now.Load().Unix())
	token, _, err := m.Commit(ctx)
	if err != nil {
		h.Fatal(err)
	}
	b.cookies[m.Cookie.Name] = &http.Cookie{Name: m.Cookie.Name, Value: token}
	return b
}

// into is the same browser, asking by htmx for one element.
func (b *browser) into(element string) *browser {
	again := *b
	again.htmx = element
	return &again
}

// get asks for a page.
func (b *browser) get(path string) *answer {
	b.Helper()
	return b.send(http.MethodGet, path, nil, nil)
}

// post sends a form: field, value, field, value.
func (b *browser) post(path string, fields ...string) *answer {
	b.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, path, strings.NewReader(values.Encode()),
		http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// send sends any request.
func (b *browser) send(method, path string, body io.Reader, header http.Header) *answer {
	b.Helper()
	r, err := http.NewRequest(method, b.url+path, body)
	if err != nil {
		b.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	if b.htmx != "" {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", b.htmx)
	}
	for _, cookie := range b.cookies {
		r.AddCookie(cookie)
	}
	response, err := b.client.Do(r)
	if err != nil {
		b.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	for _, cookie := range response.Cookies() {
		if cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
			continue
		}
		b.cookies[cookie.Name] = cookie
	}
	a := &answer{house: b.house, what: method + " " + path, Response: response}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatalf("%s: %v", a.what, err)
	}
	a.body = string(text)
	if a.Document, err = goquery.NewDocumentFromReader(strings.NewReader(a.body)); err != nil {
		b.Fatalf("%s: %v", a.what, err)
	}
	return a
}

// answer is what came back, read as HTML.
type answer struct {
	*house
	*goquery.Document
	Response *http.Response
	what     string
	body     string
}

// is checks the status.
func (a *answer) is(status int) *answer {
	a.Helper()
	if a.Response.StatusCode != status {
		a.Fatalf("%s: %d, want %d\n%s\n%s", a.what, a.Response.StatusCode, status, a.said("main"), a.house.log)
	}
	if status == http.StatusUnprocessableEntity {
		a.summed()
	}
	return a
}

// summed checks a page that answers a refused form: its title says so, and where more than one thing is wrong a
// summary links to each. Every test that refuses a form asks for it.
func (a *answer) summed() {
	a.Helper()
	if wrong := a.Find(".wrong").Length(); wrong == 0 {
		return // said otherwise: a page of its own, a refusal
	}
	if title := a.Find("title").Text(); title != "" && !strings.HasPrefix(title, "Error: ") {
		a.Errorf("%s: the title is %q", a.what, title)
	}
	a.Find("form").Each(func(_ int, form *goquery.Selection) {
		wrong := form.Find(".wrong").Length()
		if wrong < 2 {
			return
		}
		links := form.Find(".wrongs a").AddSelection(form.Prev().Filter(".wrongs").Find("a"))
		if links.Length() < wrong {
			a.Errorf("%s: %d of %d things that are wrong are in its summary", a.what, links.Length(), wrong)
		}
		links.Each(func(_ int, link *goquery.Selection) {
			if to := link.AttrOr("href", ""); a.Find("[id='"+strings.TrimPrefix(to, "#")+"']").Length() != 1 {
				a.Errorf("%s: the summary leads to %s", a.what, to)
			}
		})
	})
}

// goesTo checks that the act was done and where it leads.
func (a *answer) goesTo(path string) *answer {
	a.Helper()
	a.is(http.StatusSeeOther)
	if to := a.Response.Header.Get("Location"); to != path {
		a.Fatalf("%s: goes to %s, want %s", a.what, to, path)
	}
	return a
}

// said is the text of what a selector finds, its spaces folded.
func (a *answer) said(selector string) string {
	return strings.Join(strings.Fields(a.Find(selector).Text()), " ")
}

// says checks that what a selector finds holds these words.
func (a *answer) says(selector, words string) *answer {
	a.Helper()
	if got := a.said(selector); !strings.Contains(got, words) {
		a.Fatalf("%s: %s says %q, want %q", a.what, selector, got, words)
	}
	return a
}

// lacks checks that what a selector finds does not hold these words.
func (a *answer) lacks(selector, words string) *answer {
	a.Helper()
	if got := a.said(selector); strings.Contains(got, words) {
		a.Fatalf("%s: %s says %q, and should not say %q", a.what, selector, got, words)
	}
	return a
}

// has checks how many elements a selector finds.
func (a *answer) has(n int, selector string) *answer {
	a.Helper()
	if got := a.Find(selector).Length(); got != n {
		a.Fatalf("%s: %d of %s, want %d\n%s", a.what, got, selector, n, a.body)
	}
	return a
}

// silent checks that the page says nothing of what only the log may know.
func (a *answer) silent(words ...string) *answer {
	a.Helper()
	for _, word := range append(words, "SQLSTATE", "pgx", "goroutine", "panic", "connect:", "relation") {
		if strings.Contains(a.body, word) {
			a.Fatalf("%s: the page says %q\n%s", a.what, word, a.body)
		}
	}
	return a
}

// maxRoundTrips checks how often a page asks the database, session and viewer included.
func (b *browser) maxRoundTrips(most int64, path string) {
	b.Helper()
	b.get(path).is(http.StatusOK) // statements are prepared the first time
	before := b.trips.Load()
	b.get(path).is(http.StatusOK)
	if n := b.trips.Load() - before; n > most {
		b.Fatalf("GET %s asks the database %d times, want %d at most", path, n, most)
	}
}

// breaks makes the database fail for every query of a table from now on.
func (h *house) breaks(table string) {
	h.Helper()
	h.owns(fmt.Sprintf("alter table %s rename to %[1]s_is_gone", table))
}

// owns runs SQL that only the owner of the tables may run.
func (h *house) owns(sql string) {
	h.Helper()
	pgtest.Exec(h, pgtest.Owner(h.TB), sql)
}

// locked lets several requests write one log.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
