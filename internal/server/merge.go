package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	doordb "skein/internal/postgres/door"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// mergeRoutes are where administrators make one of two people who are one, and give a person another id.
func (s *server) mergeRoutes(r chi.Router) {
	r.Get(pattern(path.MergePerson("{id}")), s.handle(s.showMerge))
	r.Post(pattern(path.MergePerson("{id}")), s.posted(s.mergePeople))
	r.Get(pattern(path.ChangeID("{id}")), s.handle(s.showPersonID))
	r.Post(pattern(path.ChangeID("{id}")), s.posted(s.changeID))
}

// showMerge offers who may be the same person, finds others, and shows both once one is chosen.
func (s *server) showMerge(w http.ResponseWriter, r *http.Request) error {
	person, asked := personOf(r), r.URL.Query()
	if with := skein.PersonID(asked.Get("with")); with != "" && with != person {
		return s.renderMerge(w, r, http.StatusOK, with, person, nil)
	}
	v := viewer(r)
	found, err := s.db.Door.PersonAccess(r.Context(), person, v.Now)
	if err != nil {
		return s.orKept(w, r, err, path.MergePerson)
	}
	m := page.Merge{ID: string(person), Name: found.Name, Words: asTyped(asked.Get("q"))}
	doubles, err := s.doubles(r, person, m.Words)
	if err != nil {
		return err
	}
	m.Found = view.MergeFound(person, doubles)
	return s.render(w, r, http.StatusOK, page.ShowMerge(s.frame(r, "Here twice", path.AdminPeople), m))
}

// doubles are who may be the same person as somebody; or who is found by words, or has them for an id.
func (s *server) doubles(r *http.Request, person skein.PersonID, words string) ([]peopledb.Double, error) {
	if words == "" {
		return s.db.People.Doubles(r.Context(), person)
	}
	var found []peopledb.Double
	exact, err := s.db.Door.PersonAccess(r.Context(), skein.PersonID(words), viewer(r).Now)
	switch {
	case err == nil:
		found = append(found, peopledb.Double{ID: exact.ID, Name: exact.Name, Circle: exact.Circle, Email: exact.OwnEmail})
	case !errors.Is(err, skein.ErrNotFound):
		return nil, err
	}
	for _, show := range []string{"", "left"} {
		listed, err := s.db.Door.Access(r.Context(), doordb.AccessQuery{Words: words, Show: show, Limit: accessPage})
		if err != nil {
			return nil, err
		}
		for _, row := range listed.People {
			if len(found) == 0 || row.ID != found[0].ID {
				found = append(found, peopledb.Double{ID: row.ID, Name: row.Name, Circle: row.Circle, Email: row.Email})
			}
		}
	}
	return found, nil
}

// renderMerge shows two side by side, of whom the second would be kept, and what is wrong with what was sent.
func (s *server) renderMerge(w http.ResponseWriter, r *http.Request, status int, from, into skein.PersonID, bad skein.Invalid) error {
	v, at := viewer(r), personOf(r)
	ahead, err := s.db.People.MergeAhead(r.Context(), v.By(), from, into)
	if err != nil {
		return s.orKept(w, r, err, path.MergePerson)
	}
	var both [2]doordb.PersonAccess
	for i, id := range []skein.PersonID{from, into} {
		if both[i], err = s.db.Door.PersonAccess(r.Context(), id, v.Now); err != nil {
			return err
		}
	}
	c := view.MergeChosen(v, ahead, both[0], both[1])
	c.With, c.Keep = string(from), string(into)
	m := page.Merge{ID: string(at), Name: both[1].Name, Chosen: &c}
	if at == from {
		m.Name, c.With = both[0].Name, string(into)
	}
	c.Wrong = bad.On
	return s.render(w, r, status, page.ShowMerge(s.frame(r, "Here twice", path.AdminPeople), m))
}

// mergePeople makes them one. What is in the way is said on the page, which shows both again.
func (s *server) mergePeople(w http.ResponseWriter, r *http.Request, f *form) error {
	person, with, keep := personOf(r), skein.PersonID(f.ID("with")), skein.PersonID(f.ID("keep"))
	from, into := with, person
	if keep == with {
		from, into = person, with
	}
	f.Bad.Add(keep != person && keep != with, "keep", "Choose whose name and id stay.")
	var done peopledb.Merged
	err := f.Try(func() (err error) {
		done, err = s.db.People.Merge(r.Context(), viewer(r).By(), from, into)
		return err
	})
	var stops skein.Unmergeable
	if errors.As(err, &stops) {
		return s.renderMerge(w, r, http.StatusUnprocessableEntity, from, into, nil)
	}
	if bad, ok := asInvalid(err); ok {
		if bad.On("into") != "" { // there is no other, or it is the same: the page to choose on
			return s.done(w, r, path.MergePerson(string(person)))
		}
		return s.renderMerge(w, r, http.StatusUnprocessableEntity, from, into, bad)
	}
	return s.finish(w, r, err, path.AdminPerson(string(into)), "The two are one: "+words.Name(done.Name)+". All that was the other’s is theirs.")
}

func (s *server) showPersonID(w http.ResponseWriter, r *http.Request) error {
	return s.renderPersonID(w, r, http.StatusOK, string(personOf(r)), nil)
}

func (s *server) renderPersonID(w http.ResponseWriter, r *http.Request, status int, typed string, bad skein.Invalid) error {
	person := personOf(r)
	found, err := s.db.Door.PersonAccess(r.Context(), person, viewer(r).Now)
	if err != nil {
		return s.orKept(w, r, err, path.ChangeID)
	}
	known, err := s.db.People.KnownAs(r.Context(), person)
	if err != nil {
		return err
	}
	return s.render(w, r, status, page.ShowPersonID(s.frame(r, "Another id", path.AdminPeople), page.PersonID{
		ID: string(person), Name: found.Name, Typed: typed, KnownAs: known, Wrong: bad.On,
	}))
}

// changeID gives a person another id. Whoever changes their own signs in again.
func (s *server) changeID(w http.ResponseWriter, r *http.Request, f *form) error {
	id := f.ID("id")
	err := s.db.People.Rename(r.Context(), viewer(r).By(), personOf(r), skein.PersonID(id))
	var taken skein.Conflict
	if errors.As(err, &taken) {
		err = skein.Invalid{{Field: "id", Message: "Somebody has this id already. Choose another."}}
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderPersonID(w, r, http.StatusUnprocessableEntity, id, bad)
	}
	return s.finish(w, r, err, path.AdminPerson(id), "The id is "+id+" from now on.")
}

// orKept sends whoever asks for somebody who was merged to whom they are now; any other error stays what it is. That
// somebody was erased administrators alone are told, who do it: ids are like names, and others would learn whose is gone.
func (s *server) orKept(w http.ResponseWriter, r *http.Request, err error, to func(string) string) error {
	if !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	kept, lost := s.db.People.Kept(r.Context(), personOf(r))
	if errors.Is(lost, skein.ErrNotFound) && !viewer(r).Is(skein.Administrator) {
		return err
	}
	if errors.Is(lost, skein.ErrNotFound) {
		was, lost := s.db.Keep.WasErased(r.Context(), personOf(r))
		if lost == nil && was {
			return s.finish(w, r, nil, path.People, "That was somebody who has left. Nothing else is known of them any more.")
		}
		return errors.Join(err, lost)
	}
	if lost != nil {
		return lost
	}
	return s.done(w, r, to(string(kept)))
}
