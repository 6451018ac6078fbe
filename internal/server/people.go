package server

import (
	"net/http"
	"strings"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// peopleAtOnce is how many people a page holds.
const peopleAtOnce = 30

func (s *server) showPeople(w http.ResponseWriter, r *http.Request) error {
	v, query := viewer(r), r.URL.Query()
	q := peopledb.PeopleQuery{
		Words:  cut(strings.TrimSpace(query.Get("q")), mostSearched),
		Circle: skein.CircleID(query.Get("circle")), Skill: strings.TrimSpace(query.Get("skill")),
		After: peopledb.PersonKey{Name: query.Get("after"), ID: skein.PersonID(query.Get("id"))},
		Today: v.Today(), Limit: peopleAtOnce,
	}
	list, err := s.db.People.People(r.Context(), q)
	if err != nil {
		return err
	}
	d := view.People(v, q, list)
	return s.render(w, r, http.StatusOK, page.People(s.frame(r, "People", path.People), d))
}
