package server

import (
	"net/http"

	"skein/internal/lead"
	"skein/internal/skein"
)

// addMember makes a colleague a member of the team, who is told and can leave.
func (s *server) addMember(w http.ResponseWriter, r *http.Request, f *form) error {
	who, err := s.oneNamed(r, f, "who")
	if err != nil {
		return err
	}
	f.Bad.Add(f.Text("who") == "", "who", "Name a colleague.")
	err = f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.AddMember(viewer(r).By(), who, f.Text("brings")) })
	})
	return s.worked(w, r, f, err, "Added. They are told, and can leave whenever they like.")
}

// endMember ends somebody's membership, and tells them.
func (s *server) endMember(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.EndMember(viewer(r).By(), skein.PersonID(param(r, "person"))) })
	return s.worked(w, r, f, err, "Ended. They are told.")
}
