package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/component"
	"skein/web/path"
)

// asked is a request that came by htmx for one element, or as browsers ask when target is empty.
func asked(method, at, target string) *http.Request {
	r := httptest.NewRequest(method, at, nil)
	if target != "" {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", target)
	}
	return r
}

func text(words string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, words)
		return err
	})
}

func TestAPageIsSentWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil)})
	broken := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return errors.New("broke in the middle")
	})
	w := httptest.NewRecorder()
	s.handle(func(w http.ResponseWriter, r *http.Request) error { return s.render(w, r, http.StatusOK, broken) }).
		ServeHTTP(w, asked(http.MethodGet, "/", ""))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "half") || strings.Contains(w.Body.String(), "middle") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestHTMXGetsTheFragmentThatItReplaces(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil)})
	page := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "around ")
		return templ.Fragment("rows").Render(templ.WithChildren(ctx, text("the rows")), w)
	})
	for target, want := range map[string]string{"": "around the rows", "rows": "the rows", "main": "around the rows", "unknown": "around the rows"} {
		w := httptest.NewRecorder()
		if err := s.render(w, asked(http.MethodGet, "/", target), http.StatusOK, page); err != nil {
			t.Fatal(err)
		}
		if w.Body.String() != want || !strings.Contains(w.Header().Get("Vary"), "HX-Target") {
			t.Errorf("%q gets %q", target, w.Body)
		}
	}
}

func TestDoneStaysOnItsPageOrGoesAsABrowserWould(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil)})
	for name, c := range map[string]struct {
		target, current, header string
		status                  int
	}{
		"a browser":           {"", "", "Location", http.StatusSeeOther},
		"htmx, the same page": {"main", "http://skein/leads?sort=new", "Location", http.StatusSeeOther},
		"htmx, another page":  {"main", "http://skein/projects/x", "HX-Redirect", http.StatusNoContent},
	} {
		w, r := httptest.NewRecorder(), asked(http.MethodPost, "/", c.target)
		r.Header.Set("HX-Current-URL", c.current)
		if err := s.done(w, r, path.Leads); err != nil || w.Code != c.status || w.Header().Get(c.header) != path.Leads {
			t.Errorf("%s: %d %v, %v", name, w.Code, w.Header(), err)
		}
	}
}

func TestEveryErrorHasItsStatusAndSaysNothingOfOurs(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil)})
	for want, err := range map[int]error{
		http.StatusUnprocessableEntity:   skein.Invalid{{Field: "title", Message: "Give it a title."}},
		http.StatusForbidden:             skein.Refused{Why: "You do not lead it.", Who: "Ask the lead."},
		http.StatusConflict:              skein.Conflict{Why: "Somebody was quicker."},
		http.StatusNotFound:              skein.ErrNotFound,
		http.StatusBadRequest:            badRequest{"Send it again."},
		http.StatusTooManyRequests:       tooMany{"a minute"},
		http.StatusRequestEntityTooLarge: &http.MaxBytesError{},
		http.StatusServiceUnavailable:    context.DeadlineExceeded,
		http.StatusInternalServerError:   errors.New("secret table of ours"),
	} {
		w := httptest.NewRecorder()
		s.fail(w, asked(http.MethodGet, "/", ""), err)
		if w.Code != want || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), "<h1") {
			t.Errorf("%v: %d, want %d\n%s", err, w.Code, want, w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%d may be kept", want)
		}
	}
}

func TestAStalledDatabaseIsNotWaitedForForEver(t *testing.T) {
	t.Parallel()
	h := newTest(t, func(c *Config) { c.PageTime = 300 * time.Millisecond })
	ines := h.as(h.person("Ines Calder"))
	ines.get(path.SettingsSignIn)
	held, err := h.pool.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(context.Background(), `lock table account in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	ines.get(path.SettingsSignIn).is(http.StatusServiceUnavailable).silent("canceling", "timeout")
	if err := held.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	ines.get(path.SettingsSignIn).is(http.StatusOK)
}

func TestAPanicIsAPageToo(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil)})
	w := httptest.NewRecorder()
	s.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })).
		ServeHTTP(w, asked(http.MethodGet, "/", ""))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAFormIsReadWithCare(t *testing.T) {
	t.Parallel()
	read := func(kind, body string) (*form, int) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		f, err := parse(httptest.NewRecorder(), r)
		if err != nil {
			status, _ := problem(err, "")
			return nil, status
		}
		return f, http.StatusOK
	}
	const usual = "application/x-www-form-urlencoded"
	for body, want := range map[string]int{
		"a=b": http.StatusOK, "": http.StatusOK, "a=%00": http.StatusBadRequest, "a=%ff": http.StatusBadRequest,
		"%00=b": http.StatusBadRequest, "a=%zz": http.StatusBadRequest,
		"a=" + strings.Repeat("x", maxForm): http.StatusRequestEntityTooLarge,
	} {
		if _, status := read(usual, body); status != want {
			t.Errorf("%.20q: %d, want %d", body, status, want)
		}
	}
	if _, status := read("application/json", `{"a": 1}`); status != http.StatusBadRequest {
		t.Errorf("JSON is read as a form: %d", status)
	}
	f, _ := read(usual, "title=+Night%0D%0APressure+&hours=4.5&many=1&many=&many=2&n=3&bad=x&nan=NaN&day=2026-05-11&odd=11.5.&"+
		"idempotency_key=0192F000-0000-7000-8000-00000000000A&secret=+a+")
	hours := f.Number("hours", "")
	if f.Text("title") != "Night\nPressure" || *hours != 4.5 || len(f.Texts("many")) != 2 || f.Int("n", "") != 3 ||
		f.Day("day", "").Day() != 11 || f.Key() != "0192f000-0000-7000-8000-00000000000a" || f.Exact("secret") != " a " ||
		f.Number("none", "") != nil || f.Int("none", "") != 0 || !f.Day("none", "").IsZero() || !f.Has("n") || f.Has("none") {
		t.Errorf("%+v", f)
	}
	if f.Bad.Err() != nil {
		t.Errorf("what is right is refused: %v", f.Bad)
	}
	for name, typed := range map[string]string{"comma": "6,5", "both": "1.000", "money": "3.000 €", "choice": "1.125"} {
		f.values.Set(name, typed)
	}
	if *f.Number("comma", "") != 6.5 || *f.Figure("money", "", skein.Money) != 3000 || *f.Choice("choice", "") != 1.125 || f.Bad.Err() != nil {
		t.Errorf("numbers are read in another way: %v", f.Bad)
	}
	if f.Number("both", "A number.") != nil || f.Bad.On("both") != skein.BothWays {
		t.Errorf("a number that could be two: %v", f.Bad)
	}
	f.Int("bad", "A whole number.")
	f.Number("nan", "A number.")
	f.Day("odd", "A day.")
	f.values.Set("far", "9999-12-31")
	if !f.Day("far", "A day.").IsZero() || f.Bad.On("far") != "Choose a day from 1900 to 2200." {
		t.Errorf("a day in 9999: %v", f.Bad)
	}
	if f.Bad.On("bad") != "A whole number." || f.Bad.On("nan") != "A number." || f.Bad.On("odd") != "A day." {
		t.Errorf("%v", f.Bad)
	}
	if key := newKey(); !skein.IsUUID(key) || key == newKey() || skein.IsUUID("zz92f000-0000-7000-8000-00000000000a") {
		t.Errorf("key %s", key)
	}
}

func TestANoticeIsTakenFromNobodyElse(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, noor := h.as(h.person("Ines Calder")), h.as(h.person("Noor Basri"))
	s := h.server
	// told is a cookie as the server makes it for that browser.
	told := func(b *browser) *http.Cookie {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.AddCookie(b.cookies["skein"])
		w := httptest.NewRecorder()
		s.loadSession(s.loadViewer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.tell(w, r, "You lead <b>this</b>.", component.Button{Label: "Undo", Action: "/undo", Hidden: []component.Hidden{{Name: "id", Value: "7"}}})
		}))).ServeHTTP(w, r)
		return w.Result().Cookies()[0]
	}
	ines.cookies[flashCookie] = told(ines)
	page := ines.get(path.SettingsSignIn).is(http.StatusOK).says("[role=status]", "You lead <b>this</b>.").has(1, "[role=status] input[name=id][value='7']")
	page.has(1, "[role=status] input[name=idempotency_key]")
	ines.get(path.SettingsSignIn).has(0, "[role=status]")
	ines.cookies[flashCookie] = told(noor)
	ines.get(path.SettingsSignIn).is(http.StatusOK).has(0, "[role=status]")
	h.anonymous().get(path.SignIn).has(0, "[role=status]")
	for _, value := range []string{"", ".", "e30.", "e30.AAAA", strings.Repeat("x", 3000)} {
		ines.cookies[flashCookie] = &http.Cookie{Name: flashCookie, Value: value}
		ines.get(path.SettingsSignIn).is(http.StatusOK).has(0, "[role=status]")
	}
}

func TestAStewardHasWhatLiesWithin(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	network := h.circle("Network", "")
	leaks := h.circle("Leaks", network)
	night := h.circle("Night Crew", leaks)
	billing := h.circle("Billing", "")
	found, err := h.db.Door.Viewer(context.Background(), h.person("Marta Lind", steward(leaks), executive))
	if err != nil {
		t.Fatal(err)
	}
	v := h.server.viewerOf(found)
	if !v.StewardOf(leaks) || !v.StewardOf(night) || v.StewardOf(network) || v.StewardOf(billing) || v.StewardOf("") {
		t.Errorf("steward of %v", v.Stewards)
	}
	if !v.Is(skein.Steward) || !v.Is(skein.Executive) || v.Is(skein.Administrator) || !v.Is(skein.Staff) || (view.Viewer{}).Is(skein.Staff) {
		t.Errorf("hats %v", v.Hats)
	}
}

func TestTheLogHoldsNoSecretsAndNobodysName(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.exec(`insert into person (id, name) values ('imported', 'Alba Runciman')`)
	link := h.invited("imported")
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	h.anonymous().get(link)
	h.anonymous().signIn("ines.calder@corriemere.example", "not her password")
	h.as(ines).get("/projects/none?q=nobody")
	for _, word := range []string{strings.TrimPrefix(link, "/invitations/"), "not her password", "ines.calder", "nobody"} {
		if strings.Contains(h.log.String(), word) {
			t.Errorf("the log says %q:\n%s", word, h.log)
		}
	}
}
