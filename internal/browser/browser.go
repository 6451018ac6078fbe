// Package browser drives a real Chromium for tests: it finds things by role and
// name or by label, as people and screen readers do, and checks each page for
// what would keep somebody out. Only tests import it.
package browser

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for something to appear.
const patience = 10 * time.Second

// one is the Chromium that all tests of a package share.
var one struct {
	sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// Main runs a package's tests and stops the browser that they started. Call it
// from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if one.stop != nil {
		one.stop()
	}
	os.Exit(code)
}

func find() string {
	for _, name := range []string{os.Getenv("SKEIN_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func start(path string) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-GB"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocated, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(allocated)
	one.ctx = ctx
	one.stop = func() { stopBrowser(); stopAllocator() }
	one.err = chromedp.Do(ctx)
}

// Page is one tab in a profile of its own.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	troubles []string
}

// Look is how a page is looked at.
type Look struct {
	Width, Height int // 1280 x 800 when zero
	Dark          bool
	NoScript      bool
}

func (l Look) width() int { return cmp.Or(l.Width, 1280) }

func (l Look) scheme() string {
	if l.Dark {
		return "dark"
	}
	return "light"
}

// Open opens a new tab at an address. The test is skipped where there is no
// Chromium. It fails at its end when the page logged an error: a script that
// threw, a file that is missing, a breach of the content security policy.
func Open(t testing.TB, address string, look Look) *Page {
	t.Helper()
	path := find()
	if path == "" {
		t.Skip("Chromium is not installed: apt-get install --no-install-recommends chromium fonts-liberation")
	}
	one.Do(func() { start(path) })
	if one.err != nil {
		t.Fatalf("start Chromium: %v", one.err)
	}
	ctx, cancel := chromedp.NewContext(one.ctx, chromedp.WithNewBrowserContext())
	p := &Page{t: t, ctx: ctx}
	t.Cleanup(func() {
		cancel()
		for _, trouble := range p.Troubles() {
			t.Errorf("the browser reports: %s", trouble)
		}
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.listen()
	call(p, accessibility.Enable, cdp.Empty{})
	if look.NoScript {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	p.Look(look)
	p.Visit(address)
	return p
}

// listen collects what the browser complains about.
func (p *Page) listen() {
	entries := chromedp.Events(p.ctx, log.EntryAdded)
	thrown := chromedp.Events(p.ctx, runtime.ExceptionThrown)
	call(p, log.Enable, cdp.Empty{})
	go func() {
		for event, err := range entries {
			if err != nil {
				return
			}
			// A refused form (422) is what a test may be about.
			if event.Entry.Level == log.EntryLevelError && event.Entry.Source != log.EntrySourceNetwork {
				p.trouble(event.Entry.Text + " " + event.Entry.URL)
			}
		}
	}()
	go func() {
		for event, err := range thrown {
			if err != nil {
				return
			}
			p.trouble(exception(event.ExceptionDetails))
		}
	}()
}

func exception(details *runtime.ExceptionDetails) string {
	words := details.Text
	if details.Exception != nil {
		words += " " + details.Exception.Description
	}
	return words + " " + details.URL
}

func (p *Page) trouble(words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.troubles = append(p.troubles, words)
}

// Troubles returns what the browser has complained about, and forgets it.
func (p *Page) Troubles() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	troubles := p.troubles
	p.troubles = nil
	return troubles
}

// Look changes the width and the colours of the tab.
func (p *Page) Look(look Look) {
	p.t.Helper()
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(look.width()), Height: int64(cmp.Or(look.Height, 800)), DeviceScaleFactor: 1,
	})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: look.scheme()},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// Visit goes to an address and waits for the page.
func (p *Page) Visit(address string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 2*patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		p.t.Fatalf("visit %s: %v", address, err)
	}
}

// call sends one command to the tab and fails the test when it cannot.
func call[P, R any](p *Page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 2*patience)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// Eval runs an expression in the page, also where the page's own scripts are off.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 4*patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, func(params *runtime.EvaluateParams) {
		params.AwaitPromise = new(true)
	}))
	if err != nil {
		p.t.Fatalf("evaluate in the page: %v", err)
	}
	return value
}

// Address is where the tab is.
func (p *Page) Address() string { p.t.Helper(); return Eval[string](p, "location.href") }

// Title is the title of the tab.
func (p *Page) Title() string { p.t.Helper(); return Eval[string](p, "document.title") }

// moving runs an act that may lead to another page, and waits for that page, or
// for a partial update to be in place.
func (p *Page) moving(act func(context.Context) error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 2*patience)
	defer cancel()
	leaving := make(chan struct{}, 1)
	watch, stop := context.WithCancel(ctx)
	defer stop()
	requested := chromedp.Events(watch, page.FrameRequestedNavigation)
	loaded := chromedp.Events(ctx, page.LoadEventFired)
	go func() {
		for _, err := range requested {
			if err == nil {
				leaving <- struct{}{}
			}
			return
		}
	}()
	if err := act(ctx); err != nil {
		p.t.Fatalf("%v", err)
	}
	select {
	case <-leaving:
		for _, err := range loaded {
			if err != nil {
				p.t.Fatalf("the next page did not come: %v", err)
			}
			break
		}
	case <-time.After(150 * time.Millisecond):
	}
	p.until("the page to settle", func() bool {
		return Eval[bool](p, `document.readyState === "complete" && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")`)
	})
}

func (p *Page) until(what string, done func() bool) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(40 * time.Millisecond) {
		if done() {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("waited %s for %s\n%s", patience, what, p.Text())
		}
	}
}
