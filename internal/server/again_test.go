package server

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"skein/web/component"
	"skein/web/path"
)

// away is a house whose database cannot be reached any more.
func away(t *testing.T) *house {
	h := newTest(t)
	h.pool.Close()
	return h
}

// kept reads the form that a page keeps to be sent again.
func (a *answer) kept() (action string, values url.Values) {
	a.Helper()
	form := a.Find("main form")
	if form.Length() != 1 || form.AttrOr("method", "") != "post" || strings.TrimSpace(form.Find("button").Text()) != "Send again" {
		a.Fatalf("%s: no form to send again\n%s", a.what, a.body)
	}
	values = url.Values{}
	for _, field := range form.Find("input[type=hidden]").EachIter() {
		values.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	return form.AttrOr("action", ""), values
}

// What was typed comes back as it was typed, whatever it is, and in no other way than as values.
func TestWhatWasTypedComesBackWhenTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	h := away(t)
	typed := url.Values{
		"why": {evil + "\r\nsecond line\t ü"}, "skills": {"one", "", "two"}, `na"me<`: {"x"},
		component.KeyName: {"00000000-0000-7000-8000-000000000001"},
	}
	for _, browser := range []*browser{h.anonymous(), h.anonymous().into("somewhere")} {
		a := browser.send(http.MethodPost, claimPath+"?a=1&b=%22", strings.NewReader(typed.Encode()),
			http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}).is(http.StatusServiceUnavailable)
		action, again := a.kept()
		if action != claimPath+"?a=1&b=%22" {
			t.Errorf("it would go to %s", action)
		}
		want := url.Values{}
		for name, values := range typed {
			for _, value := range values {
				want.Add(name, strings.ReplaceAll(value, "\r\n", "\n")) // as HTML reads what the page holds
			}
		}
		if again.Encode() != want.Encode() {
			t.Errorf("sent again would be\n%s, want\n%s", again.Encode(), want.Encode())
		}
		a.has(0, "[data-evil]").says("main", "It is done once, however often you send it.")
		header := a.Response.Header
		if byHTMX := browser.htmx != ""; byHTMX != (header.Get("HX-Retarget") == "#main") || byHTMX == (a.Find("html head link").Length() > 0) {
			t.Errorf("htmx %v: %v", byHTMX, header)
		}
	}
}

// What cannot be kept is not, and the page does not say that it was.
func TestWhatCannotBeSentAgainIsNotOffered(t *testing.T) {
	t.Parallel()
	h := away(t)
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	from := func(name, value string) http.Header {
		with := form.Clone()
		with.Set(name, value)
		return with
	}
	file := &bytes.Buffer{}
	parts := multipart.NewWriter(file)
	if part, err := parts.CreateFormFile("file", "people.csv"); err != nil {
		t.Fatal(err)
	} else if _, err := part.Write([]byte("id,name")); err != nil || parts.Close() != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		at, body string
		header   http.Header
	}{
		"a file":                {claimPath, file.String(), http.Header{"Content-Type": {parts.FormDataContentType()}}},
		"too much":              {claimPath, "why=" + strings.Repeat("x", maxForm), form},
		"too many fields":       {claimPath, strings.Repeat("a=b&", mostAgain+1), form},
		"no text":               {claimPath, "why=%00", form},
		"an address that opens": {path.Invitation("opensesame"), "name=x", form},
		"a token":               {claimPath, "reset_token=opensesame", form},
		"another site's host":   {"//elsewhere.example/x", "why=x", form},
	} {
		a := h.anonymous().send(http.MethodPost, c.at, strings.NewReader(c.body), c.header)
		if a.Response.StatusCode < 400 || a.Find("main form").Length() != 0 || strings.Contains(a.body, "opensesame") || strings.Contains(a.body, "is kept on this page") {
			t.Errorf("%s: %d\n%s", name, a.Response.StatusCode, a.body)
		}
	}
	for _, another := range []http.Header{from("Sec-Fetch-Site", "cross-site"), from("Origin", "https://elsewhere.example")} {
		h.anonymous().send(http.MethodPost, "/nowhere", strings.NewReader("why=planted"), another).has(0, "main form").silent("planted")
	}
}

// A page that could not be read is tried again where it is; what htmx was to replace stays.
func TestAPageThatIsAwayIsTriedAgain(t *testing.T) {
	t.Parallel()
	h := away(t)
	a := h.anonymous().get(path.Leads+"?q=x").is(http.StatusServiceUnavailable).has(0, "main form")
	if a.Find(`main a[href="`+path.Leads+`?q=x"]`).Length() != 1 {
		t.Errorf("there is no way back\n%s", a.body)
	}
	if got := h.anonymous().into("asks").get(path.Leads).is(http.StatusServiceUnavailable).Response.Header.Get("HX-Reswap"); got != "none" {
		t.Errorf("htmx swaps %q", got)
	}
}

// Every route answers with a page when the database is away, and none writes a password on it.
func TestEveryRouteHasAPageWhenTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.as(h.person("Ines Calder"))
	h.pool.Close()
	secrets := []string{"old", "password", "email", "why"}
	braces := regexp.MustCompile(`\{[^}]*\}`)
	for _, row := range matrix() {
		at := row.at
		if at == "" {
			at = braces.ReplaceAllString(row.route, "x")
		}
		var a *answer
		if row.method == http.MethodGet {
			a = ines.get(at)
		} else {
			form := append([]string{}, row.form...)
			for _, name := range secrets {
				form = append(form, name, "opensesame-"+name)
			}
			a = ines.post(at, form...)
		}
		if row.route == path.Health || row.route == path.Ready || row.route == path.Version || strings.HasPrefix(row.route, path.StaticPrefix) {
			continue
		}
		a.is(http.StatusServiceUnavailable).has(1, "h1").has(1, "main").silent("closed", "opensesame-password", "opensesame-old")
	}
}

// Every field of ours that asks for a password, or for a code that comes once, is one that is never
// written on a page.
func TestEverySecretFieldIsKnownAsOne(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../web/*/*.templ")
	if err != nil || len(names) < 20 {
		t.Fatal(len(names), err)
	}
	secret := regexp.MustCompile(`[^\n]*(Type: *"password"|type="password"|new-password|current-password|one-time-code)[^\n]*`)
	name := regexp.MustCompile(`(?:Name: *|name=)"([^"]+)"`)
	found := 0
	for _, file := range names {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range secret.FindAllString(string(text), -1) {
			asks := name.FindStringSubmatch(line)
			if asks == nil {
				t.Errorf("%s: which field is this?\n%s", file, line)
				continue
			}
			found++
			if _, known := secretFields[asks[1]]; !known {
				t.Errorf("%s: %s is not among the secret fields", file, asks[1])
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d secret fields", found)
	}
}

// A form that timed out is sent again from its page, under the same key, and is done once.
func TestSendingAgainDoesItOnce(t *testing.T) {
	t.Parallel()
	h := openLead(t, func(c *Config) { c.PageTime = 200 * time.Millisecond })
	ines := h.as(h.able("Ines Calder", 4))
	ines.get(claimPath)
	locked, err := h.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := locked.Exec(t.Context(), `select from claim_window for update`); err != nil {
		t.Fatal(err)
	}
	a := ines.post(claimPath, "why", "Me.", component.KeyName, "00000000-0000-7000-8000-000000000001").
		is(http.StatusServiceUnavailable).silent("timeout", "context").has(1, "h1")
	if err := locked.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	action, again := a.kept()
	h.server.PageTime = time.Minute
	for range 2 {
		ines.send(http.MethodPost, action, strings.NewReader(again.Encode()),
			http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}).goesTo(claimPath)
	}
	if n := h.count(`select count(*) from claim where why = 'Me.' and state = 'submitted'`); n != 1 {
		t.Errorf("%d claims", n)
	}
}

// Whoever signs in keeps their address and types the password again.
func TestSigningInAgainAsksForThePassword(t *testing.T) {
	t.Parallel()
	h := away(t)
	a := h.anonymous().post(path.SignIn, "email", "ines@corriemere.example", "password", "opensesame", "next", path.Leads)
	action, again := a.is(http.StatusServiceUnavailable).silent("opensesame").kept()
	if action != path.SignIn || again.Get("email") != "ines@corriemere.example" || again.Get("next") != path.Leads || again.Has("password") {
		t.Errorf("%s %v", action, again)
	}
	a.has(1, "main input[type=password][name=password]")
}

// From the first moment on Skein says that it is there and not ready, and keeps what is sent to it.
func TestAFrontAnswersBeforeSkeinIsOpen(t *testing.T) {
	t.Parallel()
	front := NewFront(Config{BaseURL: "http://localhost"})
	asks := func(method, at, body string) (*httptest.ResponseRecorder, *goquery.Document) {
		t.Helper()
		r := httptest.NewRequest(method, at, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		front.ServeHTTP(w, r)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
		if err != nil {
			t.Fatal(err)
		}
		return w, doc
	}
	for at, want := range map[string]int{path.Health: 200, path.Ready: 503, path.Home: 503, path.SignIn: 503, "/nowhere": 503} {
		if w, _ := asks(http.MethodGet, at, ""); w.Code != want {
			t.Errorf("%s: %d, want %d", at, w.Code, want)
		}
	}
	w, doc := asks(http.MethodPost, claimPath, "why=Me.")
	if w.Code != 503 || doc.Find(`main form input[name=why][value="Me."]`).Length() != 1 || w.Header().Get("Retry-After") == "" ||
		w.Header().Get("Content-Security-Policy") == "" || !strings.Contains(doc.Find("main").Text(), "Skein is starting") {
		t.Errorf("%d %v\n%s", w.Code, w.Header(), w.Body)
	}
	if w, doc := asks(http.MethodPost, path.Invitation("opensesame"), "name=x"); doc.Find("main form").Length() != 0 || strings.Contains(w.Body.String(), "opensesame") {
		t.Errorf("an invitation is on the page\n%s", w.Body)
	}
	front.Open(http.NotFoundHandler())
	if w, _ := asks(http.MethodGet, path.Health, ""); w.Code != 404 {
		t.Errorf("%d once it is open", w.Code)
	}
}

// What was typed is shown where it could not be kept, in whichever language and without a blank, and what a page put into
// its form by itself is not.
func TestWhatWasTypedWithoutABlankIsShownWhereItCannotBeKept(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.askedHow("closed")
	teo := h.as(people[asStaff])
	for _, says := range []string{
		"次は最初に住民に聞いてから掘る。三つの通りを同時に閉めない。", "https://example.org/what-we-would-do", strings.Repeat("leak", 100), "Two words",
	} {
		page := teo.post(path.AnswerOutcome("night-pressure", theReview), "result", "reached", "again", says, "wants", "library").is(http.StatusConflict)
		page.says("main", says)
	}
	for _, made := range []string{
		"reached", "night-pressure", theReview, "2026-05-11", "0123456789abcdef", strings.Repeat("0123456789abcdef", 4),
		"a-project-of-which-the-name-is-as-long-as-a-name-may-be-here", "",
	} {
		if isText(made) {
			t.Errorf("%q is shown as what somebody typed", made)
		}
	}
}
