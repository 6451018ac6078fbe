package server

import (
	"net/http"

	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// showMap is every circle as map, list and tree, or one of them and what lies within it.
func (s *server) showMap(w http.ResponseWriter, r *http.Request) error {
	v, asked := viewer(r), queryOf(r)
	ask := view.MapAsk{
		In: skein.CircleID(asked.Get("in")), After: skein.ProjectID(asked.Get("after")), Tree: asked.Get("as") == "tree",
	}
	m, err := s.db.Gameboard.Map(r.Context(), gameboarddb.MapAsk{In: ask.In, After: ask.After, Today: v.Today()})
	if err != nil {
		return err
	}
	d := view.Map(v, ask, m)
	title := words.UpperFirst(v.TeamWord(2))
	if d.Name != "" {
		title = d.Name + " · " + title
	}
	f := s.frame(r, title, path.Teams)
	f.Scripts = page.MapScripts
	return s.render(w, r, http.StatusOK, page.Map(f, d))
}
