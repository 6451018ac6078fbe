package server

import (
	"net/http"

	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// askDeactivate says what somebody holds and where each of it goes, before the door is closed to them.
func (s *server) askDeactivate(w http.ResponseWriter, r *http.Request) error {
	v, person := viewer(r), personOf(r)
	found, err := s.db.Door.PersonAccess(r.Context(), person, v.Now)
	if err != nil {
		return err
	}
	if found.Deactivated != nil { // somebody else was quicker
		return s.done(w, r, path.AdminPerson(string(person)))
	}
	holds, err := s.db.Lead.Holds(r.Context(), person)
	if err != nil {
		return err
	}
	c := view.Closing(v, found, holds)
	return s.render(w, r, http.StatusOK, page.CloseDoor(s.frame(r, c.Statement, path.AdminPeople), c))
}

func (s *server) deactivatePerson(w http.ResponseWriter, r *http.Request) error {
	person := personOf(r)
	err := s.db.Door.Deactivate(r.Context(), viewer(r).By(), person)
	if err == nil {
		if later := s.db.Lead.PassOn(r.Context(), viewer(r).Now, s.chooser.Judge()); later != nil {
			s.Log.ErrorContext(r.Context(), "what they held is passed on by the clock", "error", later)
		}
	}
	return s.finish(w, r, err, path.AdminPerson(string(person)),
		"The door is closed, every session is ended, and what they led or were asked for goes on to others.")
}

func (s *server) reactivatePerson(w http.ResponseWriter, r *http.Request) error {
	person := personOf(r)
	err := s.db.Door.Reactivate(r.Context(), viewer(r).By(), person)
	return s.finish(w, r, err, path.AdminPerson(string(person)), "The door is open again.")
}
