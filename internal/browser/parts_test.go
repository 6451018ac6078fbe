package browser_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"skein/internal/browser"
	"skein/web"
	"skein/web/page"
	"skein/web/path"
)

func TestMain(m *testing.M) { browser.Main(m) }

// serve answers with the parts page and the real static files, under the
// content security policy of the app.
func serve(t *testing.T) string {
	t.Helper()
	frame := page.Frame{
		Title: "Parts", Org: "Corriemere Water", At: path.Home,
		Viewer: page.Viewer{ID: "p1", Name: "Ines Calder"},
		Now:    time.Date(2026, 5, 11, 8, 12, 0, 0, time.UTC), Zone: time.UTC,
	}
	mux := http.NewServeMux()
	mux.Handle(path.StaticPrefix, web.Default())
	mux.HandleFunc(path.Parts, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		f := frame
		f.Fragment = r.Header.Get("HX-Request") != ""
		f.VendorMissing = r.FormValue("plain") != ""
		if r.FormValue("hours") == "" && r.URL.RawQuery != "" {
			f.Title = "All hours"
		}
		if err := page.Parts(f).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestThePartsAreSound(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts, browser.Look{})
	p.Heading("What Skein is made of")
	p.Sound()
	p.Pictures("parts")
}

func TestWordsWithACrossEach(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts, browser.Look{})
	p.Button("Remove valve data").Click()
	p.Field("Three things people come to you for").Type("night shifts")
	p.Press("\r")
	p.Button("meter faults").Click()
	got := browser.Eval[string](p, `document.querySelector("input[name=skills]").value`)
	if want := "phone apps, night shifts, meter faults"; got != want {
		t.Errorf("the form would send %q, want %q", got, want)
	}
}

func TestWithoutScriptTheLineIsTyped(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts, browser.Look{NoScript: true})
	if got := p.Field("Three things people come to you for").Value(); got != "valve data, phone apps" {
		t.Errorf("the line holds %q", got)
	}
	p.Field("Hours").Select("any hours")
	p.Button("Show").Click()
	if !strings.Contains(p.Address(), "hours=&") || p.Title() != "All hours · Skein" {
		t.Errorf("at %s, %s", p.Address(), p.Title())
	}
}

func TestTheFilterSentenceAnswersAtOnce(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts, browser.Look{})
	if p.Has("button", "Show") {
		t.Error("the button for those without script is shown with script")
	}
	p.Field("Hours").Select("any hours")
	if !strings.Contains(p.Address(), "hours=") || p.Title() != "All hours · Skein" {
		t.Errorf("at %s, %s", p.Address(), p.Title())
	}
}

func TestTheFilterSentenceNeedsNothingFromNpm(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts+"?plain=yes", browser.Look{})
	if browser.Eval[bool](p, "!!window.htmx") {
		t.Fatal("htmx is there all the same")
	}
	p.Field("Hours").Select("any hours")
	if !strings.Contains(p.Address(), "hours=&") {
		t.Errorf("at %s", p.Address())
	}
}

func TestThePhonesMenuNeedsNoScript(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts, browser.Look{Width: 360, Height: 740, NoScript: true})
	if p.Has("link", "Leads") {
		t.Fatal("the menu is open already")
	}
	browser.Eval[bool](p, `document.querySelector(".menu summary").click() || true`)
	p.Link("Leads")
	if over := p.Sideways(); over > 0 {
		t.Errorf("the open menu is %d pixels too wide", over)
	}
	p.Screenshot("parts-menu")
}

func TestTheKeyboardReachesWhatCannotBePressed(t *testing.T) {
	t.Parallel()
	p := browser.Open(t, serve(t)+path.Parts, browser.Look{})
	p.TabTo("link", "To the content")
	p.TabTo("button", "Claim this lead")
	p.Press("\r")
	if !strings.HasSuffix(p.Address(), path.Parts) {
		t.Errorf("pressing it led to %s", p.Address())
	}
}
