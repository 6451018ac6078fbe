package server

import (
	"net/http"
	"strings"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// mostSearched is the most characters that are looked for.
const mostSearched = 200

func (s *server) showSearch(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	d := page.SearchData{Words: cut(strings.TrimSpace(r.URL.Query().Get("q")), mostSearched)}
	if d.Words != "" {
		found, err := s.db.Home.Search(r.Context(), v.Person.ID, d.Words, v.Today())
		if err != nil {
			return err
		}
		d = view.Search(d.Words, found)
	}
	return s.render(w, r, http.StatusOK, page.Search(s.frame(r, "Search", path.Search), d))
}

// cut takes the first characters of a text.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
