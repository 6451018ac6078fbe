package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// keptRoutes are where somebody finds what they sent after their session had ended.
func (s *server) keptRoutes(r chi.Router) {
	r.Get(path.Kept, s.handle(s.showKept))
	r.Post(pattern(path.DropKept("{id}")), s.handle(s.dropKept))
}

// keepForm keeps what somebody typed whose session has ended, to be sent once they have signed in. It tells whether
// it did. A form names whom its page was made for; it is kept where that is who was signed in in this browser
// last, so that nobody is given what another typed.
func (s *server) keepForm(w http.ResponseWriter, r *http.Request) bool {
	again := s.again(w, r)
	if again == nil || len(again.Ask) > 0 { // whoever changes a password begins anew
		return false
	}
	person := skein.PersonID(strings.TrimSpace(r.PostForm.Get(component.KeptForName)))
	kept := skein.KeptForm{Action: again.Action}
	said := false
	for _, field := range again.Fields {
		kept.Fields = append(kept.Fields, skein.KeptField(field))
		said = said || field.Name != component.KeyName && field.Name != component.KeptName && strings.TrimSpace(field.Value) != ""
	}
	if person == "" || !said {
		return false
	}
	known, err := s.lastHere(r)
	if err == nil && known == person {
		err = s.db.Door.KeepForm(r.Context(), person, kept, s.Now())
	}
	if err != nil && !errors.Is(err, skein.ErrNotFound) {
		s.Log.WarnContext(r.Context(), "a form was not kept", "error", err)
	}
	return err == nil && known == person
}

// lastHere is who was signed in in this browser last: whose session lay idle, or who is known in it.
func (s *server) lastHere(r *http.Request) (skein.PersonID, error) {
	if lapsed, ok := r.Context().Value(lapsedKey{}).(skein.PersonID); ok && lapsed != "" {
		return lapsed, nil
	}
	token := deviceHash(r)
	if token == nil {
		return "", skein.ErrNotFound
	}
	return s.db.Door.KnownIn(r.Context(), token, s.Now())
}

// used forgets the kept form that was sent, once it is done or its page shows it again with what is wrong.
// Where an error page answered it stays for its hour. The answer is given already, so a failure is only noted.
func (s *server) used(r *http.Request, f *form) {
	id := f.ID(component.KeptName)
	if !skein.IsUUID(id) || !viewer(r).SignedIn() {
		return
	}
	if err := s.db.Door.DropKeptForm(r.Context(), viewer(r).Person.ID, id); err != nil {
		s.Log.WarnContext(r.Context(), "a kept form was not forgotten", "error", err)
	}
}

func (s *server) showKept(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	found, err := s.db.Door.KeptForms(r.Context(), v.Person.ID, s.Now())
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.ShowKept(s.frame(r, "What you typed", ""), view.KeptForms(v.ClockAt(s.Now()), found)))
}

func (s *server) dropKept(w http.ResponseWriter, r *http.Request) error {
	id := param(r, "id")
	if !skein.IsUUID(id) {
		return skein.ErrNotFound
	}
	err := s.db.Door.DropKeptForm(r.Context(), viewer(r).Person.ID, id)
	return s.finish(w, r, err, path.Kept, "It is thrown away.")
}
