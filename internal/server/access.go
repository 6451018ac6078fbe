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
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// accessPage is how many people a page of the list shows.
const accessPage = 40

// accessRoutes are where administrators let people in, give hats, and close the door.
func (s *server) accessRoutes(r chi.Router) {
	r.Get(path.AdminPeople, s.handle(s.showAccess))
	r.Post(path.AdminPeople, s.handle(s.invitePerson))
	r.Post(path.AdminZone, s.handle(s.changeZone))
	r.Get(pattern(path.AdminPerson("{id}")), s.handle(s.showPersonAccess))
	r.Post(pattern(path.GiveHat("{id}")), s.handle(s.giveHat))
	r.Post(pattern(path.TakeHat("{id}")), s.handle(s.takeHat))
	r.Post(pattern(path.InvitePerson("{id}")), s.handle(s.makeInvitation))
	r.Post(pattern(path.ChangeEmail("{id}")), s.handle(s.changeEmail))
	r.Post(pattern(path.DeactivatePerson("{id}")), s.handle(s.deactivatePerson))
	r.Post(pattern(path.ReactivatePerson("{id}")), s.handle(s.reactivatePerson))
}

func (s *server) showAccess(w http.ResponseWriter, r *http.Request) error {
	return s.renderAccess(w, r, http.StatusOK, page.NewPersonForm{}, page.ZoneForm{Zone: viewer(r).Org.TimeZone})
}

// changeZone sets where the organisation's days begin.
func (s *server) changeZone(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	zone := f.Text("zone")
	err = s.db.Gameboard.SetZone(r.Context(), viewer(r).By(), zone)
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		return s.renderAccess(w, r, http.StatusUnprocessableEntity, page.NewPersonForm{}, page.ZoneForm{Zone: zone, Wrong: invalid.On("zone")})
	}
	if err != nil {
		return err
	}
	s.tell(w, r, "Days begin, and times are said, by the clocks of "+zone+".")
	return s.done(w, r, path.AdminPeople+"#zone")
}

func (s *server) renderAccess(w http.ResponseWriter, r *http.Request, status int, form page.NewPersonForm, zone page.ZoneForm) error {
	asked := r.URL.Query()
	q := doordb.AccessQuery{
		Words: strings.ToLower(strings.TrimSpace(asked.Get("q"))), Show: asked.Get("show"),
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
func (s *server) invitePerson(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	name, email := f.Text("name"), f.Text("email")
	f.Bad.Add(name == "" || len(name) > 200, "name", "Say their name.")
	if email != "" {
		var bad skein.Invalid
		if errors.As(skein.CheckEmail(email), &bad) {
			f.Bad = append(f.Bad, bad...)
		}
	}
	err = f.Bad.Err()
	var person skein.PersonID
	token, hash := NewToken()
	if err == nil {
		person, err = s.db.Door.InvitePerson(r.Context(), viewer(r).By(), name, email, "", hash)
	}
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		return s.renderAccess(w, r, http.StatusUnprocessableEntity, page.NewPersonForm{Name: name, Email: email, Wrong: invalid.On}, page.ZoneForm{Zone: viewer(r).Org.TimeZone})
	}
	if err != nil {
		return err
	}
	return s.renderPersonAccess(w, r, http.StatusOK, person, func(p *page.PersonAccess) { p.Link = s.link(token) })
}

func (s *server) makeInvitation(w http.ResponseWriter, r *http.Request) error {
	person := skein.PersonID(param(r, "id"))
	token, hash := NewToken()
	if err := s.db.Door.MakeInvitation(r.Context(), viewer(r).By(), person, hash); err != nil {
		return err
	}
	return s.renderPersonAccess(w, r, http.StatusOK, person, func(p *page.PersonAccess) { p.Link = s.link(token) })
}

// link is the whole address of an invitation.
func (s *server) link(token string) string {
	return strings.TrimSuffix(s.BaseURL, "/") + path.Invitation(token)
}

func (s *server) giveHat(w http.ResponseWriter, r *http.Request) error {
	f, person, hat, err := hatForm(w, r)
	if err != nil {
		return err
	}
	err = s.db.Door.GiveHat(r.Context(), viewer(r).By(), person, hat)
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong, p.Kind, p.Of = invalid.On, f.Text("hat"), f.Text("circle")
		})
	}
	if err != nil {
		return err
	}
	s.tell(w, r, "They have that role now.", undoHat(path.TakeHat(string(person)), hat))
	return s.done(w, r, path.AdminPerson(string(person)))
}

func (s *server) takeHat(w http.ResponseWriter, r *http.Request) error {
	_, person, hat, err := hatForm(w, r)
	if err != nil {
		return err
	}
	by := viewer(r)
	if err := s.db.Door.TakeHat(r.Context(), by.By(), person, hat); err != nil {
		return err
	}
	if person == by.Person.ID && hat.Kind == skein.Administrator {
		return s.done(w, r, path.Home) // this page is closed to them from now on
	}
	s.tell(w, r, "They no longer have that role.", undoHat(path.GiveHat(string(person)), hat))
	return s.done(w, r, path.AdminPerson(string(person)))
}

func hatForm(w http.ResponseWriter, r *http.Request) (*form, skein.PersonID, skein.Hat, error) {
	f, err := parse(w, r)
	if err != nil {
		return nil, "", skein.Hat{}, err
	}
	hat := skein.Hat{Kind: skein.HatKind(f.Text("hat"))}
	if hat.Kind == skein.Steward {
		hat.Circle = skein.CircleID(f.Text("circle"))
	}
	return f, skein.PersonID(param(r, "id")), hat, nil
}

func undoHat(action string, hat skein.Hat) component.Button {
	return component.Button{Label: "Undo", Action: action, Hidden: []component.Hidden{
		{Name: "hat", Value: string(hat.Kind)}, {Name: "circle", Value: string(hat.Circle)},
	}}
}

// changeEmail changes the address with which somebody signs in.
func (s *server) changeEmail(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	person, email := skein.PersonID(param(r, "id")), f.Text("email")
	if err = skein.CheckEmail(email); err == nil {
		err = s.db.Door.SetEmail(r.Context(), viewer(r).By(), person, email)
	}
	var invalid skein.Invalid
	if errors.As(err, &invalid) {
		return s.renderPersonAccess(w, r, http.StatusUnprocessableEntity, person, func(p *page.PersonAccess) {
			p.Wrong, p.TypedEmail = invalid.On, email
		})
	}
	if err != nil {
		return err
	}
	s.tell(w, r, "They sign in as "+email+" from now on.")
	return s.done(w, r, path.AdminPerson(string(person)))
}

func (s *server) deactivatePerson(w http.ResponseWriter, r *http.Request) error {
	person := skein.PersonID(param(r, "id"))
	if err := s.db.Door.Deactivate(r.Context(), viewer(r).By(), person); err != nil {
		return err
	}
	if err := s.db.Lead.PassOn(r.Context(), s.Now(), s.chooser.Judge()); err != nil {
		s.Log.ErrorContext(r.Context(), "what they held is not passed on yet", "error", err) // the clock does it
	}
	s.tell(w, r, "The door is closed, every session is ended, and what they led or were asked for goes on to others.")
	return s.done(w, r, path.AdminPerson(string(person)))
}

func (s *server) reactivatePerson(w http.ResponseWriter, r *http.Request) error {
	person := skein.PersonID(param(r, "id"))
	if err := s.db.Door.Reactivate(r.Context(), viewer(r).By(), person); err != nil {
		return err
	}
	s.tell(w, r, "The door is open again.")
	return s.done(w, r, path.AdminPerson(string(person)))
}
