package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"skein/internal/postgres"
	"skein/internal/skein"
)

// Where a page has a name in the place in which others have an id, nothing may have that name for its id: its own
// page would never be seen. "new" of /projects/new is such a name.
func TestNoIDHidesBehindAPage(t *testing.T) {
	t.Parallel()
	reserved := map[string]func(string) bool{ // by what stands before the id
		"/projects": func(id string) bool { return skein.ReservedProjectID(skein.ProjectID(id)) },
	}
	var routes [][]string
	s := newServer(Config{DB: postgres.New(nil), Demo: true})
	err := chi.Walk(s.routes(), func(_, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		routes = append(routes, strings.Split(strings.TrimSuffix(route, "/"), "/"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, route := range routes {
		for at, part := range route {
			if !strings.HasPrefix(part, "{") {
				continue
			}
			before := strings.Join(route[:at], "/")
			for _, other := range routes {
				if len(other) <= at || strings.HasPrefix(other[at], "{") || other[at] == "*" || strings.Join(other[:at], "/") != before {
					continue
				}
				found++
				if is := reserved[before]; is == nil || !is(other[at]) {
					t.Errorf("%s hides what has the id %q behind %s: refuse that id where ids come in", strings.Join(other, "/"), other[at], before)
				}
			}
		}
	}
	if found == 0 {
		t.Error("not even /projects/new was found")
	}
}
