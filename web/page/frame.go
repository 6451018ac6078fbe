// Package page holds the pages: one file per noun, each a function of a Frame
// and plain data. They know parts and addresses, never the store.
package page

import (
	"cmp"
	"context"
	"time"

	"skein/internal/words"
	"skein/web"
	"skein/web/component"
	"skein/web/path"
)

// Frame is what every page is told besides its own data.
type Frame struct {
	Title  string // of the page, for the tab; "Skein" is added
	Org    string // the organisation's name
	Circle string // what it calls a circle, and
	// Circles several, as they stand in a sentence.
	Circles string
	Viewer  Viewer
	At      string // the address of the navigation item that is current, from package path
	Unread  int
	Notice  string            // what has just happened, in a sentence
	Undo    *component.Button // beside the notice
	Now     time.Time
	Wall    time.Time      // Now, whatever a demo's clock says
	Ends    time.Time      // when the viewer has to sign in again; zero for nobody
	Ending  string         // what is said of that, shortly before
	Zone    *time.Location // the viewer's
	Home    *time.Location // the organisation's
	Demo    bool           // shows the demo's clock and lets it skip ahead
	// Project is the project that the page is about, for a demo's skip to the close of its claims.
	Project string

	// SetupAway takes the first administrator's list out of the others.
	SetupAway bool
	// Restored is when a backup was restored here, as long as nobody has said that this is the one that runs.
	Restored time.Time
	// Fragment leaves everything around <main> out: set for partial updates,
	// which take the same page's main and title.
	Fragment bool
	// Scripts are those of this page alone, below static/; one that is missing is left out with those after it.
	Scripts []string
	// Refresh is after how many seconds a browser without script loads the page again; 0: not.
	Refresh int
	// VendorMissing leaves the script from npm out.
	VendorMissing bool
}

// endingSoon is how long before the end of a session a page says so. The script does at that moment, on a page
// that stays open.
const endingSoon = 20 * time.Minute

// Viewer is who looks at the page; the zero value is nobody.
type Viewer struct {
	ID            string
	Name          string
	Executive     bool
	Administrator bool
}

// SignedIn tells whether somebody looks.
func (v Viewer) SignedIn() bool { return v.ID != "" }

// Clock says dates as seen by the viewer.
func (f Frame) Clock() words.Clock { return words.Clock{Now: f.Now, Zone: f.Zone, Home: f.Home} }

// isCopy tells whether the viewer is somebody who can say that this copy runs.
func (f Frame) isCopy() bool { return f.Viewer.Administrator && !f.Restored.IsZero() }

func (f Frame) title() string {
	if f.Title == "" {
		return "Skein"
	}
	return f.Title + " · Skein"
}

type refusedKey struct{}

// Refused marks what is rendered as the answer to a form in which something is wrong: its title says so first,
// as that is what is read out first.
func Refused(ctx context.Context) context.Context { return context.WithValue(ctx, refusedKey{}, true) }

func (f Frame) titleIn(ctx context.Context) string {
	if ctx.Value(refusedKey{}) != nil {
		return "Error: " + f.title()
	}
	return f.title()
}

func (f Frame) header() component.HeaderParts {
	item := func(label, address string) component.NavItem {
		return component.NavItem{Label: label, URL: address, Current: f.At == address}
	}
	header := component.HeaderParts{Home: path.Home}
	if !f.Viewer.SignedIn() {
		header.Right = []component.NavItem{item("What is compared", path.How), item("Sign in", path.SignIn)}
		return header
	}
	header.Nav = []component.NavItem{item("Home", path.Home), item("Leads", path.Leads), item(cmp.Or(words.UpperFirst(f.Circles), "Teams"), path.Teams), item("People", path.People), item("Library", path.Library), item("Decisions", path.Decisions)}
	if f.Viewer.Executive {
		header.Nav = append(header.Nav, item("Review", path.Admin), item("Vision", path.AdminVision))
	}
	if f.Viewer.Administrator {
		header.Nav = append(header.Nav, f.organisation())
	}
	if f.Unread > 0 {
		header.Right = append(header.Right, item(words.UpperFirst(words.Number(f.Unread))+words.NoBreak+"new", path.Notices))
	}
	header.Right = append(header.Right, item("Search", path.Search))
	header.Viewer = item(f.Viewer.Name, path.Person(f.Viewer.ID))
	header.More = []component.NavItem{item("Settings", path.Settings)}
	return header
}

func (f Frame) footer() []component.NavItem {
	item := func(label, address string) component.NavItem {
		return component.NavItem{Label: label, URL: address, Current: f.At == address}
	}
	if !f.Viewer.SignedIn() {
		return []component.NavItem{item("What is compared", path.How)}
	}
	foot := []component.NavItem{
		item("Something is in the way", path.InTheWay),
		item("Vision", path.Vision),
		item("What is compared", path.How),
		item("Notices", path.Notices),
		item("Settings", path.Settings),
	}
	if f.Viewer.Administrator && f.SetupAway {
		foot = append(foot, item("Set-up", path.AdminSetup))
	}
	return append(foot, component.NavItem{Label: "Times of " + f.Clock().ZoneName(), URL: path.Settings + "#profile"})
}

// htmx may neither evaluate text nor add a style of its own (the content
// security policy forbids both), and shows a refused form (422) in place.
const htmxConfig = `{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"scrollIntoViewOnBoost":false,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"4(22|29)","swap":true},{"code":"503","swap":true,"error":true},{"code":"[45]..","swap":false,"error":true}]}`

// firstFonts are fetched beside the style sheet, so that words do not jump.
var firstFonts = []string{"vendor/fonts/newsreader-latin-400-normal.woff2", "vendor/fonts/hanken-grotesk-latin-400-normal.woff2"}

const htmxFile = "vendor/htmx.min.js"

func (f Frame) script() bool { return !f.VendorMissing && web.Has(htmxFile) }

// scripts are those of this page that are there: each builds on those before it.
func (f Frame) scripts() []string {
	for i, name := range f.Scripts {
		if f.VendorMissing || !web.Has(name) {
			return f.Scripts[:i]
		}
	}
	return f.Scripts
}
