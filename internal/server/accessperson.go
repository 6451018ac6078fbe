package server

import (
	"errors"
	"net/http"
	"strings"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) makeInvitation(w http.ResponseWriter, r *http.Request, f *form) error {
	person := personOf(r)
	token, hash := NewToken()
	to, err := s.db.Door.MakeInvitation(r.Context(), viewer(r).By(), person, hash, f.Text("step") == "show")
	if err != nil {
		return err
	}
	if to != "" {
		return s.finish(w, r, nil, path.AdminPerson(string(person)), "A link is on its way to "+to+".")
	}
	return s.renderPersonAccess(w, r, http.StatusOK, person, func(p *page.PersonAccess) { p.Link = s.link(token) })
}

func (s *server) showPersonAccess(w http.ResponseWriter, r *http.Request) error {
	return s.renderPersonAccess(w, r, http.StatusOK, personOf(r), nil)
}

// renderPersonAccess shows one person as an administrator sees them, with what an act just made.
func (s *server) renderPersonAccess(w http.ResponseWriter, r *http.Request, status int, id skein.PersonID, with func(*page.PersonAccess)) error {
	v := viewer(r)
	found, err := s.db.Door.PersonAccess(r.Context(), id, v.Now)
	if err != nil {
		return s.orKept(w, r, err, path.AdminPerson)
	}
	holds, err := s.db.Lead.Holds(r.Context(), id)
	if err != nil {
		return err
	}
	f := s.frame(r, found.Name, path.AdminPeople)
	p := view.PersonAccess(v, found, holds)
	if with != nil {
		with(&p)
	}
	if p.Link != "" {
		p.LinkUntil = v.Clock().Date(v.Now.Add(skein.InvitationLife))
		w.Header().Set("Referrer-Policy", "no-referrer")
	}
	return s.render(w, r, status, page.ShowPersonAccess(f, p))
}

// link is the whole address of an invitation.
func (s *server) link(token string) string {
	return strings.TrimSuffix(s.BaseURL, "/") + path.Invitation(token)
}

func (s *server) giveHat(w http.ResponseWriter, r *http.Request, f *form) error {
	person, hat := personOf(r), readHat(f)
	err := s.db.Door.GiveHat(r.Context(), viewer(r).By(), person, hat)
	if bad, ok := asInvalid(err); ok {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong, p.Kind, p.Of = bad.On, f.Text("hat"), f.ID("circle")
		})
	}
	return s.finish(w, r, err, path.AdminPerson(string(person)), "They have that role now.", undoHat(path.TakeHat(string(person)), hat))
}

func (s *server) takeHat(w http.ResponseWriter, r *http.Request, f *form) error {
	v, person, hat := viewer(r), personOf(r), readHat(f)
	err := s.db.Door.TakeHat(r.Context(), v.By(), person, hat)
	if err == nil && person == v.Person.ID && hat.Kind == skein.Administrator {
		return s.done(w, r, path.Home) // the list of people is closed to them from now on
	}
	return s.finish(w, r, err, path.AdminPerson(string(person)), "They no longer have that role.", undoHat(path.GiveHat(string(person)), hat))
}

// readHat takes a hat from a form.
func readHat(f *form) skein.Hat {
	hat := skein.Hat{Kind: skein.HatKind(f.Text("hat"))}
	if hat.Kind == skein.Steward {
		hat.Circle = skein.CircleID(f.ID("circle"))
	}
	return hat
}

func undoHat(action string, hat skein.Hat) component.Button {
	return component.Button{Label: "Undo", Action: action, Hidden: []component.Hidden{
		{Name: "hat", Value: string(hat.Kind)}, {Name: "circle", Value: string(hat.Circle)},
	}}
}

// renamePerson gives somebody another name, also one that somebody else has.
func (s *server) renamePerson(w http.ResponseWriter, r *http.Request, f *form) error {
	person, name := personOf(r), f.Name("name")
	if err := s.askOfNamesake(r, f, name, person); err != nil {
		return err
	}
	err := f.Try(func() error {
		return s.db.People.MendPerson(r.Context(), viewer(r).By(), person, func(p *skein.Person) error {
			if err := skein.Fresh(f.Version(), p.Name); err != nil {
				return err
			}
			p.Name = name
			return nil
		})
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong = skein.Invalid{{Field: "name", Message: "Somebody else changed it meanwhile: now it is " + words.Name(p.Name) + ". Send yours again to put it in its place."}}.On
			p.TypedName = name
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong, p.TypedName, p.ReadName, p.Anyway = bad.On, name, f.Version(), bad.On("anyway") != ""
		})
	}
	return s.finish(w, r, err, path.AdminPerson(string(person)), "Others see "+name+" from now on.")
}

// changeEmail changes the address with which somebody signs in.
func (s *server) changeEmail(w http.ResponseWriter, r *http.Request, f *form) error {
	person, email := personOf(r), f.Text("email")
	err := skein.CheckEmail(email)
	if err == nil {
		err = s.db.Door.SetEmail(r.Context(), viewer(r).By(), person, f.Version(), email)
	}
	if errors.Is(err, skein.ErrStale) {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong = skein.Invalid{{Field: "email", Message: "Somebody else changed it meanwhile: now it is " + p.ReadEmail + ". Send yours again to put it in its place."}}.On
			p.TypedEmail = email
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong, p.TypedEmail, p.ReadEmail = bad.On, email, f.Version()
		})
	}
	return s.finish(w, r, err, path.AdminPerson(string(person)), "Their address is "+email+" from now on.")
}
