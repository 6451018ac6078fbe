package server

import (
	"errors"
	"net/http"
	"strings"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// mendPerson changes what is kept of somebody beside their name; they are told.
func (s *server) mendPerson(w http.ResponseWriter, r *http.Request, f *form) error {
	id := personOf(r)
	typed := readKept(f)
	manager, err := s.managerNamed(r, f, typed.Manager, id)
	if err != nil {
		return err
	}
	hours := f.Number("hours", "Say the hours a week as a number from 0 to 168.")
	from, until := f.Day("active_from", "Choose a day."), f.Day("active_until", "Choose a day.")
	err = f.Try(func() error {
		return s.db.People.MendPerson(r.Context(), viewer(r).By(), id, func(p *skein.Person) error {
			if err := skein.Fresh(f.Version(), p.KeptVersion()); err != nil {
				return err
			}
			p.Circle, p.Manager, p.HoursPerWeek = skein.CircleID(typed.Circle), manager, hours
			p.ActiveFrom, p.ActiveUntil = from, until
			return nil
		})
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, id, func(p *page.PersonAccess) {
			typed.Version = p.Kept.Version // as it stands now: sent once more, what was typed holds
			typed.Wrong = skein.Invalid{{Field: "circle", Message: view.KeptMeanwhile(*p)}}.On
			p.Kept = typed
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, id, func(p *page.PersonAccess) {
			typed.Wrong, typed.Version = bad.On, f.Version()
			p.Kept = typed
		})
	}
	return s.finish(w, r, err, path.AdminPerson(string(id)), "It is kept so from now on, and they are told.")
}

// readKept takes from the form what was typed, as it was typed.
func readKept(f *form) page.MendForm {
	return page.MendForm{
		Circle: f.ID("circle"), Hours: f.Text("hours"), From: f.Text("active_from"), Until: f.Text("active_until"),
		Manager: f.Text("manager"),
	}
}

// managerNamed finds who decides somebody's hours by what was typed: a name, an address or an id; nobody where
// nothing was.
func (s *server) managerNamed(r *http.Request, f *form, typed string, of skein.PersonID) (skein.PersonID, error) {
	if typed == "" {
		return "", nil
	}
	if now, err := s.managerNow(r, of); err != nil || skein.NameKey(now.Name) == skein.NameKey(typed) {
		return now.ID, err // unchanged, also where others have the name, or they have left
	}
	found, err := s.db.People.PeopleNamed(r.Context(), []string{typed}, viewer(r).Today())
	if err != nil {
		return "", err
	}
	switch people := found[typed]; {
	case len(people) == 0:
		f.Bad.Add(true, "manager", "Nobody here is called "+strings.TrimSpace(words.Name(typed))+". Write the name as it stands in the list of people, or the e-mail address.")
	case len(people) > 1:
		f.Bad.Add(true, "manager", view.WhichOf(typed, people))
	default:
		f.Bad.Add(people[0].ID == of, "manager", "Nobody decides their own hours. Name somebody else, or nobody.")
		return people[0].ID, nil
	}
	return "", nil
}

// managerNow is who decides somebody's hours; nobody where nobody is said to.
func (s *server) managerNow(r *http.Request, of skein.PersonID) (skein.Person, error) {
	p, err := s.db.People.Person(r.Context(), of)
	if err != nil || p.Manager == "" {
		return skein.Person{}, err
	}
	return s.db.People.Person(r.Context(), p.Manager)
}
