package server

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// inline are the elements that stand within a line: between two of them only what is written parts words.
var inline = []string{"span", "a", "b", "i", "em", "strong", "bdi", "small", "time", "abbr", "button", "label", "q", "code"}

// touching is a sentence's end that a letter follows at once, across the edge of an element; or a word that runs into an
// element, or out of one, as text beside a link.
var touching = regexp.MustCompile("[^\n]{0,40}([.!?:;,”]\x00+[\\pL\\d“]|\\pL\x00[\\pL\\d])[^\n]{0,30}")

// touches lists where two inline elements of a page touch.
func touches(page *goquery.Document) []string {
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(strings.NewReplacer("\n", " ", "\t", " ").Replace(n.Data))
			return
		case slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "class" && a.Val == "when-open" }):
			return // shown in place of the words before it, never beside them
		case n.Type == html.ElementNode && slices.Contains([]string{"script", "style", "svg", "select", "textarea"}, n.Data):
			text.WriteString("\n")
			return
		}
		edge := "\n"
		if n.Type == html.ElementNode && slices.Contains(inline, n.Data) {
			edge = "\x00"
		}
		text.WriteString(edge)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		text.WriteString(edge)
	}
	for _, n := range page.Find("body").Nodes {
		walk(n)
	}
	return touching.FindAllString(text.String(), -1)
}

func TestNoTwoWordsTouch(t *testing.T) {
	t.Parallel()
	seen := 0
	look := func(b *browser, at string) {
		a := b.get(at)
		if a.Response.StatusCode == http.StatusOK && strings.HasPrefix(a.Response.Header.Get("Content-Type"), "text/html") {
			seen++
			for _, where := range touches(a.Document) {
				t.Errorf("%s: %q", at, strings.ReplaceAll(where, "\x00", "|"))
			}
		}
	}
	t.Run("everybody's", func(t *testing.T) {
		h := newTest(t)
		people := h.cast()
		hats := []string{asStaff, asLead, asCoLead, asSteward, asExecutive, asAdministrator}
		for _, row := range matrix() {
			if row.method != http.MethodGet || row.set != nil {
				continue
			}
			at := row.at
			if at == "" {
				at = row.route
			}
			if strings.Contains(at, "{") {
				continue
			}
			for _, hat := range hats {
				if row.who[hat] == comesIn {
					look(h.as(people[hat]), at)
				}
			}
		}
	})
	t.Run("of a lead", func(t *testing.T) {
		o := openLead(t)
		o.able("Ines Calder", 4)
		o.able("Hamish Orde", 3)
		ines := o.as("ines-calder")
		ines.post(claimPath, "why", "Mine.").goesTo(claimPath)
		for _, p := range others[:4] {
			for _, at := range windowPages {
				look(o.as(p), at)
			}
		}
		for _, at := range windowPages {
			look(ines, at)
		}
		o.tick(8 * 24 * time.Hour)
		for _, at := range windowPages {
			look(ines, at)
			look(o.as("marta-oyelaran"), at)
		}
	})
	if seen < 60 {
		t.Errorf("only %d pages were looked at", seen)
	}
}
