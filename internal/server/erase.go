package server

import (
	"errors"
	"net/http"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showErasure(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	found, err := s.db.Keep.Erasure(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.ShowErasing(s.frame(r, "Your data", path.Settings), view.AskErasure(v, found)))
}

func (s *server) askErasure(w http.ResponseWriter, r *http.Request) error {
	err := s.db.Keep.Ask(r.Context(), viewer(r).By())
	return s.finish(w, r, err, path.SettingsErasure, "You asked to be erased. Until it is done you can take it back.")
}

func (s *server) unaskErasure(w http.ResponseWriter, r *http.Request) error {
	err := s.db.Keep.TakeBack(r.Context(), viewer(r).By())
	return s.finish(w, r, err, path.SettingsErasure, "You stay.")
}

// askErase says what goes and what stays of somebody, before an administrator erases them.
func (s *server) askErase(w http.ResponseWriter, r *http.Request) error {
	e, err := s.erasing(r)
	if err != nil {
		return s.orErased(w, r, err)
	}
	return s.render(w, r, http.StatusOK, page.ShowErasing(s.frame(r, e.Statement, path.AdminPeople), e))
}

func (s *server) erasing(r *http.Request) (page.Erasing, error) {
	v, person := viewer(r), personOf(r)
	found, err := s.db.Door.PersonAccess(r.Context(), person, v.Now)
	if err != nil {
		return page.Erasing{}, err
	}
	holds, err := s.db.Lead.Holds(r.Context(), person)
	if err != nil {
		return page.Erasing{}, err
	}
	if found.ErasedAt != nil {
		return page.Erasing{}, skein.ErrNotFound
	}
	return view.ErasePerson(v, found, holds), nil
}

// erasePerson closes the door, passes on what they hold, and leaves nothing of them but a key. What stops on the way
// stays done, and the next try goes on from there.
func (s *server) erasePerson(w http.ResponseWriter, r *http.Request) error {
	v, person := viewer(r), personOf(r)
	e, err := s.erasing(r)
	if err != nil {
		return s.orErased(w, r, err)
	}
	if !e.May {
		return skein.Conflict{Why: e.Note}
	}
	if err := s.db.Door.Deactivate(r.Context(), v.By(), person); err != nil {
		return err
	}
	if err := s.db.Lead.PassOn(r.Context(), v.Now, s.chooser.Judge()); err != nil {
		s.Log.ErrorContext(r.Context(), "what they held is passed on by the clock", "error", err)
	}
	erase := s.db.Keep.Erase
	if e.Asked {
		erase = s.db.Keep.EraseAsked
	}
	err = erase(r.Context(), v.By(), person)
	if errors.Is(err, skein.ErrNotFound) {
		return s.orErased(w, r, err)
	}
	return s.finish(w, r, err, path.AdminPeople, "They were erased. What they gave others stays as of somebody who has left.")
}

// orErased leads back to the people where somebody else was quicker to erase them.
func (s *server) orErased(w http.ResponseWriter, r *http.Request, err error) error {
	if !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	was, lost := s.db.Keep.WasErased(r.Context(), personOf(r))
	if lost != nil || !was {
		return errors.Join(err, lost)
	}
	return s.finish(w, r, nil, path.AdminPeople, "They were erased already.")
}
