package browser_test

import (
	"net/http"
	"strings"
	"testing"

	"skein/internal/browser"
	"skein/internal/postgres/pgtest"
)

// What is shown to others on paper is one sheet: the day a lead went live, what the team said, the note of a lead that is
// handed on, and the executives' review.
func TestPagesToShowPrintOnOneSheet(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	marta := h.as("Marta", browser.Look{})
	pages := map[string][]string{
		"live": pgtest.Texts(t, h.pool, `
			select '/projects/' || project_id || '/live' from term where role = 'primary' and state in ('live', 'handing_over') and live_at is not null order by 1`),
		"how-did-it-go": pgtest.Texts(t, h.pool, `select '/projects/' || project_id || '/how-did-it-go' from outcome where state = 'closed' order by 1`),
		"handing-on": pgtest.Texts(t, h.pool, `
			select '/projects/' || project_id || '/handing-on' from handover where state in ('written', 'said_back', 'signed') order by 1`),
	}
	for kind, all := range pages {
		shown := 0
		for _, at := range all {
			marta.Visit(h.url + at)
			if !strings.HasSuffix(browser.Eval[string](marta, "location.pathname"), kind) {
				continue // there is nothing to show of it
			}
			if browser.Eval[int](marta, "performance.getEntriesByType('navigation')[0].responseStatus") != http.StatusOK {
				t.Errorf("%s: %s", at, marta.Title())
			}
			shown++
			if n := marta.Sheets(strings.ReplaceAll(strings.TrimPrefix(at, "/projects/"), "/", "-")); n != 1 {
				t.Errorf("%s, %q, takes %d sheets", at, marta.Title(), n)
			}
		}
		if shown == 0 {
			t.Errorf("the demo has no page of %s", kind)
		}
	}
	judith := h.as("Judith", browser.Look{})
	judith.Visit(h.url + "/admin")
	if n := judith.Sheets("review"); n != 1 {
		t.Errorf("the review takes %d sheets", n)
	}
}
