package server

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// accessPage is how many people a page of the list shows.
const accessPage = 40

// accessRoutes are where administrators let people in, give hats, and close the door.
func (s *server) accessRoutes(r chi.Router) {
	r.Get(path.AdminPeople, s.handle(s.showAccess))
	r.Post(path.AdminPeople, s.posted(s.invitePerson))
	r.Post(path.AdminZone, s.posted(s.changeZone))
	r.Get(pattern(path.AdminPerson("{id}")), s.handle(s.showPersonAccess))
	r.Post(pattern(path.GiveHat("{id}")), s.posted(s.giveHat))
	r.Post(pattern(path.TakeHat("{id}")), s.posted(s.takeHat))
	r.Post(pattern(path.InvitePerson("{id}")), s.handle(s.makeInvitation))
	r.Post(pattern(path.RenamePerson("{id}")), s.posted(s.renamePerson))
	r.Post(pattern(path.ChangeEmail("{id}")), s.posted(s.changeEmail))
	r.Post(pattern(path.DeactivatePerson("{id}")), s.handle(s.deactivatePerson))
	r.Post(pattern(path.ReactivatePerson("{id}")), s.handle(s.reactivatePerson))
	s.mergeRoutes(r)
}

func (s *server) showAccess(w http.ResponseWriter, r *http.Request) error {
	return s.renderAccess(w, r, http.StatusOK, page.NewPersonForm{}, zoneForm(viewer(r)))
}

// zoneForm is the organisation's time zone as it is.
func zoneForm(v view.Viewer) page.ZoneForm {
	return page.ZoneForm{Zone: v.Org.TimeZone, Version: v.Org.TimeZone}
}

// changeZone sets where the organisation's days begin.
func (s *server) changeZone(w http.ResponseWriter, r *http.Request, f *form) error {
	zone := skein.ZoneNamed(f.Text("zone"))
	err := s.db.Gameboard.SetZone(r.Context(), viewer(r).By(), f.Version(), zone)
	if bad, ok := asInvalid(err); ok {
		return s.renderAccess(w, r, http.StatusUnprocessableEntity, page.NewPersonForm{}, page.ZoneForm{Zone: zone, Wrong: bad.On("zone"), Version: f.Version()})
	}
	if errors.Is(err, skein.ErrStale) {
		org, err := s.db.Gameboard.Organisation(r.Context())
		if err != nil {
			return err
		}
		return s.renderAccess(w, r, http.StatusUnprocessableEntity, page.NewPersonForm{}, page.ZoneForm{
			Zone: zone, Version: org.TimeZone,
			Wrong: "Somebody else changed it meanwhile: now it is " + org.TimeZone + ". Send yours again to put it in its place.",
		})
	}
	return s.finish(w, r, err, path.AdminPeople+"#zone", "Days begin, and times are said, by the clocks of "+zone+".")
}

func (s *server) renderAccess(w http.ResponseWriter, r *http.Request, status int, form page.NewPersonForm, zone page.ZoneForm) error {
	asked := r.URL.Query()
	q := doordb.AccessQuery{
		Words: strings.TrimSpace(asked.Get("q")), Show: asked.Get("show"),
		AfterName: asked.Get("after"), AfterID: skein.PersonID(asked.Get("id")), Limit: accessPage,
	}
	if !page.WhomKnown(q.Show) {
		q.Show = ""
	}
	found, err := s.db.Door.Access(r.Context(), q)
	if err != nil {
		return err
	}
	a := page.Access{Words: strings.TrimSpace(asked.Get("q")), Show: q.Show, First: q.AfterName == "", Form: form, Zone: zone, Word: viewer(r).Org.CircleWord}
	if len(found) > accessPage {
		last := found[accessPage-1]
		found = found[:accessPage]
		a.Next = path.With(path.AdminPeople, url.Values{
			"q": {a.Words}, "show": {a.Show}, "after": {last.SortName}, "id": {string(last.ID)},
		})
	}
	a.People = view.Access(found)
	return s.render(w, r, status, page.ShowAccess(s.frame(r, "Who may come in", path.AdminPeople), a))
}

// invitePerson adds somebody and shows their link, this once.
func (s *server) invitePerson(w http.ResponseWriter, r *http.Request, f *form) error {
	name, email := f.Text("name"), f.Text("email")
	f.Bad.Add(name == "", "name", "Say their name.")
	if name != "" {
		also(&f.Bad, skein.Person{Name: name}.Check())
	}
	if email != "" {
		also(&f.Bad, skein.CheckEmail(email))
	}
	var person skein.PersonID
	token, hash := NewToken()
	err := f.Try(func() (err error) {
		person, err = s.db.Door.InvitePerson(r.Context(), viewer(r).By(), name, email, "", hash)
		return err
	})
	if bad, ok := asInvalid(err); ok {
		if there, err := s.db.Door.Addressee(r.Context(), email); err == nil && len(bad) == 1 && bad.On("email") != "" {
			bad[0].Message = words.Name(there.Name) + " has this e-mail address already. Find them in the list, and give them a link on their page."
		}
		return s.renderAccess(w, r, http.StatusUnprocessableEntity, page.NewPersonForm{Name: name, Email: email, Wrong: bad.On}, zoneForm(viewer(r)))
	}
	if err != nil {
		return err
	}
	return s.renderPersonAccess(w, r, http.StatusOK, person, func(p *page.PersonAccess) { p.Link = s.link(token) })
}

func (s *server) makeInvitation(w http.ResponseWriter, r *http.Request) error {
	person := personOf(r)
	token, hash := NewToken()
	if err := s.db.Door.MakeInvitation(r.Context(), viewer(r).By(), person, hash); err != nil {
		return err
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
	f := s.frame(r, found.Name, path.AdminPeople)
	p := view.PersonAccess(v, found)
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
	person, name := personOf(r), f.Text("name")
	err := s.db.People.UpdatePerson(r.Context(), viewer(r).By(), person, func(p *skein.Person) error {
		if err := skein.Fresh(f.Version(), p.Name); err != nil {
			return err
		}
		p.Name = name
		return nil
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong = skein.Invalid{{Field: "name", Message: "Somebody else changed it meanwhile: now it is " + words.Name(p.Name) + ". Send yours again to put it in its place."}}.On
			p.TypedName = name
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong, p.TypedName, p.ReadName = bad.On, name, f.Version()
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
	return s.finish(w, r, err, path.AdminPerson(string(person)), "They sign in as "+email+" from now on.")
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
