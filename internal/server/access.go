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
	r.Post(path.AdminInvitations, s.posted(s.inviteMany))
	r.Get(pattern(path.AdminPerson("{id}")), s.handle(s.showPersonAccess))
	r.Post(pattern(path.GiveHat("{id}")), s.posted(s.giveHat))
	r.Post(pattern(path.TakeHat("{id}")), s.posted(s.takeHat))
	r.Post(pattern(path.InvitePerson("{id}")), s.posted(s.makeInvitation))
	r.Post(pattern(path.RenamePerson("{id}")), s.posted(s.renamePerson))
	r.Post(pattern(path.ChangeEmail("{id}")), s.posted(s.changeEmail))
	r.Post(pattern(path.MendPerson("{id}")), s.posted(s.mendPerson))
	r.Get(pattern(path.DeactivatePerson("{id}")), s.handle(s.askDeactivate))
	r.Post(pattern(path.DeactivatePerson("{id}")), s.handle(s.deactivatePerson))
	r.Post(pattern(path.ReactivatePerson("{id}")), s.handle(s.reactivatePerson))
	r.Get(pattern(path.ErasePerson("{id}")), s.handle(s.askErase))
	r.Post(pattern(path.ErasePerson("{id}")), s.handle(s.erasePerson))
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

// accessQuery is what an address, or the form of the list, asks of it.
func accessQuery(v view.Viewer, asked url.Values) doordb.AccessQuery {
	q := doordb.AccessQuery{
		Words: strings.TrimSpace(asked.Get("q")), Show: asked.Get("show"), Circle: skein.CircleID(asked.Get("circle")),
		Now: v.Now, Today: v.Today(),
		AfterName: asked.Get("after"), AfterID: skein.PersonID(asked.Get("id")), Limit: accessPage,
	}
	if !page.WhomKnown(q.Show) {
		q.Show = ""
	}
	return q
}

func (s *server) renderAccess(w http.ResponseWriter, r *http.Request, status int, form page.NewPersonForm, zone page.ZoneForm) error {
	v := viewer(r)
	q := accessQuery(v, r.URL.Query())
	found, err := s.db.Door.Access(r.Context(), q)
	if err != nil {
		return err
	}
	a := view.Access(v, q, found)
	a.Form, a.Zone = form, zone
	return s.render(w, r, status, page.ShowAccess(s.frame(r, "People", path.AdminPeople), a))
}

// invitePerson adds somebody and mails them a link, or shows it this once; or adds them alone.
func (s *server) invitePerson(w http.ResponseWriter, r *http.Request, f *form) error {
	name, email, circle := f.Name("name"), f.Text("email"), skein.CircleID(f.ID("circle"))
	typed := page.NewPersonForm{Name: name, Email: email, Circle: string(circle)}
	f.Bad.Add(name == "", "name", "Say their name.")
	if name != "" {
		also(&f.Bad, skein.Person{Name: name}.Check())
	}
	if email != "" {
		also(&f.Bad, skein.CheckEmail(email))
	}
	if err := s.askOfNamesake(r, f, name, ""); err != nil {
		return err
	}
	var person skein.PersonID
	var to string
	token, hash := NewToken()
	alone := f.Text("step") == "add"
	if alone {
		hash = nil
	}
	err := f.Try(func() (err error) {
		person, to, err = s.db.Door.InvitePerson(r.Context(), viewer(r).By(), name, email, circle, hash)
		return err
	})
	if bad, ok := asInvalid(err); ok {
		if there, err := s.db.Door.Addressee(r.Context(), email); err == nil && len(bad) == 1 && bad.On("email") != "" {
			bad[0].Message = words.Name(there.Name) + " has this e-mail address already. Find them in the list."
		}
		typed.Wrong, typed.Anyway = bad.On, bad.On("anyway") != ""
		return s.renderAccess(w, r, http.StatusUnprocessableEntity, typed, zoneForm(viewer(r)))
	}
	if alone || err != nil {
		return s.finish(w, r, err, path.AdminPeople, name+" is here. They come in once you give them a link.")
	}
	if to != "" {
		return s.finish(w, r, nil, path.AdminPeople, "An invitation is on its way to "+to+".")
	}
	return s.renderPersonAccess(w, r, http.StatusOK, person, func(p *page.PersonAccess) { p.Link = s.link(token) })
}

// askOfNamesake asks once whether a name is meant that somebody else has: two may be one who was added twice.
func (s *server) askOfNamesake(r *http.Request, f *form, name string, but skein.PersonID) error {
	if name == "" || f.Text("anyway") == "yes" {
		return nil
	}
	found, err := s.db.People.Namesakes(r.Context(), name, but)
	f.Bad.Add(len(found) > 0, "anyway", view.Namesake(found))
	return err
}
