package server

import (
	"bytes"
	"net/http"
	"strings"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/component"
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
		d = view.Search(v, d.Words, found)
	}
	return s.render(w, r, http.StatusOK, page.Search(s.frame(r, "Search", path.Search), d))
}

// showSkillsLike answers, for the list of a field in which a skill is typed, what may be meant. Nothing is like what is
// longer than a name may be.
func (s *server) showSkillsLike(w http.ResponseWriter, r *http.Request) error {
	var found []component.LikelySkill
	if name, err := skein.SkillName(r.URL.Query().Get("q")); err == nil {
		like, err := s.db.People.SkillsLike(r.Context(), name)
		if err != nil {
			return err
		}
		for _, skill := range like {
			found = append(found, component.LikelySkill(skill))
		}
	}
	var list bytes.Buffer // no page: what one was to be told waits for the next
	if err := component.LikelySkills(found).Render(r.Context(), &list); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(list.Bytes()) // the browser may have gone
	return nil
}

// cut takes the first characters of a text.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
