package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Violation is one rule of WCAG that the page breaks.
type Violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// String is the violation with its places.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, node := range v.Nodes {
		fmt.Fprintf(&b, "\n    %s\n      %s", node.HTML, strings.ReplaceAll(node.Summary, "\n", " "))
	}
	return b.String()
}

// Root is the folder of the module, however deep the test stands in it.
func Root(t testing.TB) string {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("where am I?")
	}
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// Axe checks the page with axe: WCAG 2.0 to 2.2, A and AA. It is left out where
// npm has not fetched axe.
func (p *Page) Axe() []Violation {
	p.t.Helper()
	source, err := os.ReadFile(filepath.Join(Root(p.t), "web", "node_modules", "axe-core", "axe.min.js"))
	if os.IsNotExist(err) {
		p.t.Log("axe-core is not installed: run make; the page is not checked for WCAG")
		return nil
	}
	if err != nil {
		p.t.Fatal(err)
	}
	if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](string(source)+";undefined")); err != nil {
		p.t.Fatalf("load axe: %v", err)
	}
	raw := Eval[string](p, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"]})
		.then((result) => JSON.stringify(result.violations))`)
	var violations []Violation
	if err := json.Unmarshal([]byte(raw), &violations); err != nil {
		p.t.Fatalf("read what axe says: %v", err)
	}
	return violations
}

// Sideways is by how many pixels the page is wider than its window.
func (p *Page) Sideways() int {
	p.t.Helper()
	return Eval[int](p, "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth")
}

// Touching is where the text of a line runs into an element of the same line, or out of one, with nothing between: such as
// "and" before a link.
func (p *Page) Touching() []string {
	p.t.Helper()
	return Eval[[]string](p, `[...document.body.querySelectorAll("*")].filter((e) => getComputedStyle(e).display === "inline" && e.checkVisibility()).flatMap((e) => {
		const inner = e.innerText, text = (n) => n && n.nodeType === 3 ? n.data.replace(/\n/g, " ") : "";
		const before = text(e.previousSibling), after = text(e.nextSibling);
		const apart = getComputedStyle(e.parentElement).display.match(/flex|grid/) || getComputedStyle(e).position.match(/absolute|fixed/);
		return apart ? [] : [
			/[\p{L}\d.,;:!?]$/u.test(before) && /^[\p{L}\d]/u.test(inner) ? before.slice(-20) + "|" + inner.slice(0, 20) : "",
			/[\p{L}\d.,;:!?]$/u.test(inner) && /^[\p{L}\d]/u.test(after) ? inner.slice(-20) + "|" + after.slice(0, 20) : "",
		].filter(Boolean);
	})`)
}

// Looks are the four ways in which pages are drawn.
var Looks = []Look{{Width: 1280}, {Width: 1280, Dark: true}, {Width: 360, Height: 740}, {Width: 360, Height: 740, Dark: true}}

// sound are the looks in which each page is checked: both widths and both schemes. What a scheme colours, and what a width
// lays out, do not depend on each other, and all four take twice as long.
var sound = []Look{Looks[0], Looks[3]}

// Sound checks the page as it stands in light and wide, in dark and on a phone: axe
// finds nothing, it does not scroll sideways, and no word runs into the link beside it.
func (p *Page) Sound() {
	p.t.Helper()
	for _, words := range p.Touching() {
		p.t.Errorf("%s: nothing parts %q", p.Address(), words)
	}
	for _, look := range sound {
		p.Look(look)
		for _, violation := range p.Axe() {
			p.t.Errorf("%s at %s: %s", p.Address(), look, violation)
		}
		if over := p.Sideways(); over > 0 {
			p.t.Errorf("%s at %s scrolls sideways by %d pixels: %s", p.Address(), look, over, p.widest())
		}
	}
	p.Look(Look{})
}

// widest names what sticks out.
func (p *Page) widest() string {
	return Eval[string](p, `[...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
		.slice(0, 4).map((e) => e.tagName.toLowerCase() + "." + (e.getAttribute("class") || "")).join(", ")`)
}

// String is the look as a file name would say it.
func (l Look) String() string { return fmt.Sprintf("%d-%s", l.width(), l.scheme()) }

// Screenshot writes the whole page as PNG to a file below $SKEIN_SCREENSHOTS,
// and does nothing where that is not set.
func (p *Page) Screenshot(name string) {
	p.t.Helper()
	folder := os.Getenv("SKEIN_SCREENSHOTS")
	if folder == "" {
		return
	}
	Eval[bool](p, "document.fonts.ready.then(() => true)")
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatalf("screenshot: %v", err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// Pictures takes the page in all four looks.
func (p *Page) Pictures(name string) {
	p.t.Helper()
	for _, look := range Looks {
		p.Look(look)
		p.Screenshot(name + "-" + look.String())
	}
	p.Look(Look{})
}
