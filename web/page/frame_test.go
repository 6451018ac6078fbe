package page_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

func frame() page.Frame {
	return page.Frame{
		Title: "Parts", At: path.Leads, Viewer: page.Viewer{ID: "p/1", Name: "Ines Calder"},
		Now: time.Date(2026, 5, 11, 8, 12, 0, 0, time.UTC),
	}
}

func html(t *testing.T, part templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := part.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func document(t *testing.T, part templ.Component) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html(t, part)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func links(doc *goquery.Document, selector string) string {
	return strings.Join(doc.Find(selector).Map(func(_ int, s *goquery.Selection) string { return s.Text() }), ", ")
}

func TestTheNavigationFollowsTheHats(t *testing.T) {
	t.Parallel()
	for want, viewer := range map[string]page.Viewer{
		"Home, Leads, Teams, People, Library, Decisions":                               {ID: "p1"},
		"Home, Leads, Teams, People, Library, Decisions, Review, Vision":               {ID: "p1", Executive: true},
		"Home, Leads, Teams, People, Library, Decisions, Organisation":                 {ID: "p1", Administrator: true},
		"Home, Leads, Teams, People, Library, Decisions, Review, Vision, Organisation": {ID: "p1", Executive: true, Administrator: true},
		"": {},
	} {
		f := frame()
		f.Viewer = viewer
		if got := links(document(t, page.Parts(f)), "nav[aria-label=Main] a"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAdministratorsFindTheirPagesInOnePlace(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Viewer.Administrator = true
	for _, at := range page.AdminPages() {
		f.At = at
		doc := document(t, page.Parts(f))
		if got := doc.Find("main nav.within [aria-current=page]").AttrOr("href", ""); got != at {
			t.Errorf("at %s the current one is %q", at, got)
		}
		if got := links(doc, "nav[aria-label=Main] [aria-current]"); got != "Organisation" {
			t.Errorf("at %s the navigation stands at %q", at, got)
		}
	}
	f.At = path.Leads
	if n := document(t, page.Parts(f)).Find("nav.within").Length(); n != 0 {
		t.Error("they are listed where nobody looks for them")
	}
	f.At, f.Viewer.Administrator = path.AdminPeople, false
	if n := document(t, page.Parts(f)).Find("nav.within").Length(); n != 0 {
		t.Error("others see pages that are not theirs")
	}
}

func TestTheFrameSaysWhereOneIs(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Unread, f.Notice, f.Undo = 2, "Drought Desk is yours.", &component.Button{Label: "Undo", Kind: component.Plain, Action: "/undo"}
	doc := document(t, page.Parts(f))
	if got := links(doc, "nav[aria-label=Main] [aria-current=page]"); got != "Leads" {
		t.Errorf("current is %q", got)
	}
	if got := doc.Find("title").Text(); got != "Parts · Skein" {
		t.Errorf("the title is %q", got)
	}
	if got := links(doc, ".who a"); got != "Two\u00a0new, Search, Ines Calder" {
		t.Errorf("at the right stands %q", got)
	}
	if got := doc.Find(".who .me").AttrOr("href", ""); got != "/people/p%2F1" {
		t.Errorf("the name leads to %q", got)
	}
	if got := doc.Find("main [role=status] form[action='/undo'] button").Text(); !strings.Contains(got, "Undo") {
		t.Errorf("the notice offers %q", got)
	}
	if doc.Find("form[action='"+path.DemoSkip+"']").Length() != 0 {
		t.Error("a real organisation shows the demo's clock")
	}
	f.Demo = true
	if got := document(t, page.Parts(f)).Find(".demo").Text(); !strings.Contains(got, "Monday 11\u00a0May, 08:12") {
		t.Errorf("the demo says %q", got)
	}
}

func TestTheEndOfASessionIsSaidShortlyBefore(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Wall, f.Ending = f.Now, "You are signed in here until 09:00."
	for left, want := range map[time.Duration]string{10 * time.Minute: f.Ending, time.Hour: ""} {
		f.Ends = f.Wall.Add(left)
		says := document(t, page.Parts(f)).Find("main > [data-left][aria-live]")
		if got := strings.TrimSpace(says.Text()); got != want || says.Length() != 1 {
			t.Errorf("%s before it says %q, want %q", left, got, want)
		}
	}
}

func TestAFragmentIsMainAndTitle(t *testing.T) {
	t.Parallel()
	f := frame()
	f.Fragment = true
	got := html(t, page.Parts(f))
	if !strings.HasPrefix(got, "<title>Parts · Skein</title><main") || strings.Contains(got, "<header class=\"top\"") {
		t.Errorf("it begins %.80s", got)
	}
}

func TestNothingInlineThatThePolicyForbids(t *testing.T) {
	t.Parallel()
	doc := document(t, page.Parts(frame()))
	if n := doc.Find("[style], style, script:not([src]), [onclick], [onchange], [onsubmit]").Length(); n > 0 {
		t.Errorf("%d elements carry their own style or script", n)
	}
	doc.Find("[src], link[href]").Each(func(_ int, s *goquery.Selection) {
		address := s.AttrOr("src", s.AttrOr("href", ""))
		if !strings.HasPrefix(address, path.StaticPrefix) {
			t.Errorf("%s comes from elsewhere", address)
		}
	})
}

func TestProblemsSayWhatCanBeDone(t *testing.T) {
	t.Parallel()
	for want, problem := range map[string]page.Problem{
		"There is nothing here":           page.NotFound(),
		"This is not yours to do":         page.Forbidden("Marta Oyelaran can."),
		"That was many times in a row":    page.TooMany("five minutes"),
		"Something broke, and it is ours": page.Broken("r-17"),
		"Skein cannot answer just now":    page.Unavailable(page.TooBusy, "/leads", "r-17"),
	} {
		f := frame()
		f.Notice = "Of another page."
		doc := document(t, page.Failed(f, problem))
		if got := doc.Find("h1").Text(); got != want {
			t.Errorf("the page says %q", got)
		}
		if doc.Find("main a").Length() == 0 {
			t.Errorf("%s: there is no way on", want)
		}
		if doc.Find("[role=status]").Length() != 0 {
			t.Errorf("%s: the notice belongs to another page", want)
		}
	}
}

func TestAFirstViewIsLight(t *testing.T) {
	t.Parallel()
	var all bytes.Buffer
	packed := gzip.NewWriter(&all)
	write := func(raw []byte) {
		if _, err := packed.Write(raw); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte(html(t, page.Parts(frame()))))
	for _, name := range []string{"css/skein.css", "js/skein.js", "vendor/htmx.min.js"} {
		raw, err := os.ReadFile(filepath.Join("..", "static", filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // not fetched: lighter still
		}
		if err != nil {
			t.Fatal(err)
		}
		write(raw)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	if all.Len() > 60_000 {
		t.Errorf("the heaviest page, its style and its scripts are %d bytes compressed", all.Len())
	}
	t.Logf("%d bytes compressed", all.Len())
}
