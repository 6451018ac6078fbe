package browser_test

import (
	"strings"
	"testing"

	"skein/internal/browser"
)

// teamsAre checks that the list and the map show the same choice.
func teamsAre(t *testing.T, p *browser.Page, query, heading, figure string) {
	t.Helper()
	p.Heading(heading)
	p.Role("group", figure)
	if at := p.Address(); !strings.HasSuffix(at, "/teams"+query) {
		t.Errorf("%q is at %s", heading, at)
	}
}

// What is chosen in the list is chosen in the map, and the other way round; it is an address, and the same page
// is whole without script.
func TestTeamsAreAMapAndAList(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	ines := h.as("Ines", browser.Look{})
	ines.Link("Teams").Click()
	ines.Role("group", "Map of all")
	whole := browser.Eval[string](ines, "document.querySelector('h1').textContent")
	ines.Sound()
	ines.Pictures("teams")

	ines.Link("Network").Click()
	network := browser.Eval[string](ines, "document.querySelector('h1').textContent")
	if !strings.Contains(network, "Network") {
		t.Errorf("the title is %q", network)
	}
	teamsAre(t, ines, "?in=network", network, "Map of Network")
	if role, name := ines.Focused(); role != "heading" {
		t.Errorf("after a choice in the list the keyboard is at %s %q", role, name)
	}
	ines.Sound()
	ines.Pictures("teams-network")

	ines.TabTo("link", browser.Eval[string](ines, "document.querySelector('figure [data-chooses][aria-label^=Leaks]').getAttribute('aria-label')"))
	ines.Press("\r")
	ines.Role("group", "Map of Leaks")
	if at := ines.Address(); !strings.HasSuffix(at, "/teams?in=leaks") {
		t.Errorf("a circle chosen by key leads to %s", at)
	}
	ines.Link("One step out").Click()
	teamsAre(t, ines, "?in=network", network, "Map of Network")
	for _, want := range []string{"Map of Leaks", "Map of Network", "Map of all"} {
		browser.Eval[bool](ines, "history.back() || true")
		ines.Role("group", want)
	}
	teamsAre(t, ines, "", whole, "Map of all")
	ines.Link("As a tree").Click()
	ines.Link("Leaks").Click()
	ines.Role("group", "Map of Leaks")
	if at := ines.Address(); !strings.Contains(at, "as=tree") || !strings.Contains(at, "in=leaks") {
		t.Errorf("a team chosen in the tree leads to %s", at)
	}
	ines.Sound()
	ines.Pictures("teams-tree")

	plain := browser.Open(t, h.url+"/sign-in", browser.Look{NoScript: true})
	plain.Button("Continue as Ines").Click()
	plain.Link("Teams").Click()
	plain.Heading(whole)
	plain.Link("Network").Click()
	plain.Heading(network)
	if shown := browser.Eval[bool](plain, "document.querySelector('figure svg.drawn, .drawn svg') !== null"); shown {
		t.Error("something is drawn without script")
	}
	plain.Screenshot("teams-no-script")
}
