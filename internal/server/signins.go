package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// signInRoutes are where administrators set how people sign in.
func (s *server) signInRoutes(r chi.Router) {
	r.Get(path.AdminSignIn, s.handle(s.showSignIns))
	r.Post(path.SetUnknown, s.posted(s.setUnknown))
	r.Post(path.SetPasswords, s.posted(s.setPasswords))
	r.Post(path.SetDemand, s.posted(s.setDemand))
	r.Post(path.AddGroupRole, s.posted(s.addGroupRole))
	r.Post(path.DropGroupRole, s.posted(s.dropGroupRole))
	r.Post(pattern(path.UnlinkPerson("{id}")), s.posted(s.unlinkPerson))
}

func (s *server) showSignIns(w http.ResponseWriter, r *http.Request) error {
	return s.renderSignIns(w, r, http.StatusOK, nil)
}

// renderSignIns shows how people sign in, with what was typed.
func (s *server) renderSignIns(w http.ResponseWriter, r *http.Request, status int, typed func(*page.SignIns)) error {
	v, p := viewer(r), s.provider()
	issuer := ""
	if p != nil {
		issuer = p.Issuer
	}
	found, err := s.db.Door.SignIns(r.Context(), issuer, v.Today())
	if err != nil {
		return err
	}
	d := view.SignIns(v, p, found)
	d.Second = view.Demand(found.Rule.SecondStep, s.noKeys)
	if typed != nil {
		typed(&d)
	}
	return s.render(w, r, status, page.ShowSignIns(s.frame(r, "How people sign in", path.AdminSignIn), d))
}

// setUnknown says what becomes of whom nobody here knows.
func (s *server) setUnknown(w http.ResponseWriter, r *http.Request, f *form) error {
	unknown := skein.Unknown(f.Text("unknown"))
	err := s.db.Door.SetUnknown(r.Context(), viewer(r).By(), skein.Unknown(f.Version()), unknown)
	if bad, ok := asInvalid(err); ok {
		return s.renderSignIns(w, r, http.StatusUnprocessableEntity, func(d *page.SignIns) { d.Unknown.Wrong = bad.On })
	}
	if errors.Is(err, skein.ErrStale) {
		return s.renderSignIns(w, r, http.StatusUnprocessableEntity, func(d *page.SignIns) {
			d.Unknown.Unknown = string(unknown)
			d.Unknown.Wrong = skein.Invalid{{Field: "unknown", Message: "Somebody else changed it meanwhile. Send yours again to put it in its place."}}.On
		})
	}
	says := "Who is not known is turned away from now on."
	if unknown == skein.MakeUnknown {
		says = "Who is not known is added from now on."
	}
	return s.finish(w, r, err, path.AdminSignIn+"#unknown", says)
}

// setPasswords says who comes in by a password.
func (s *server) setPasswords(w http.ResponseWriter, r *http.Request, f *form) error {
	on := f.Text("passwords")
	f.Bad.Add(on != "on" && on != "off", "passwords", "Choose one of the two.")
	p := doordb.Passwords{On: on == "on"}
	for _, id := range f.IDs("named") {
		p.Named = append(p.Named, skein.PersonID(id))
	}
	err := f.Try(func() error { return s.db.Door.SetPasswords(r.Context(), viewer(r).By(), f.Version(), p) })
	again := func(wrong func(*page.SignIns) page.Wrong) error {
		return s.renderSignIns(w, r, http.StatusUnprocessableEntity, func(d *page.SignIns) {
			d.Passwords.Wrong = wrong(d)
			d.Passwords.On, d.Passwords.Named = on, f.IDs("named")
		})
	}
	if bad, ok := asInvalid(err); ok {
		return again(func(*page.SignIns) page.Wrong { return bad.On })
	}
	if errors.Is(err, skein.ErrStale) {
		return again(func(d *page.SignIns) page.Wrong {
			return skein.Invalid{{Field: "passwords", Message: view.PasswordsMeanwhile(*d)}}.On
		})
	}
	says := "Everybody who has a password may sign in with it."
	if !p.On {
		says = "Passwords are switched off, but for the administrators who are named."
	}
	return s.finish(w, r, err, path.AdminSignIn+"#passwords", says)
}

// setDemand says whether a second step is demanded of administrators and executives.
func (s *server) setDemand(w http.ResponseWriter, r *http.Request, f *form) error {
	v, on := viewer(r), f.Text("second")
	f.Bad.Add(on != "on" && on != "off", "second", "Choose one of the two.")
	if on == "on" {
		if err := s.mayAdd(r); err != nil {
			return err
		}
	}
	err := f.Try(func() error { return s.db.Door.SetDemand(r.Context(), v.By(), s.keysHost(), f.Version(), on == "on") })
	if errors.Is(err, skein.ErrStale) {
		err = skein.Invalid{{Field: "second", Message: "Somebody else changed it meanwhile. Send yours again to put it in its place."}}
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderSignIns(w, r, http.StatusUnprocessableEntity, func(d *page.SignIns) { d.Second.On, d.Second.Wrong = on, bad.On })
	}
	says := "A second step is demanded of nobody."
	if on == "on" {
		says = "Administrators and executives must have a second step from now on. Who has none is led to add one before anything else."
	}
	return s.finish(w, r, err, path.AdminSignIn+"#second", says)
}

// addGroupRole has a group give a role.
func (s *server) addGroupRole(w http.ResponseWriter, r *http.Request, f *form) error {
	g := skein.GroupRole{Group: f.Text("group"), Hat: readHat(f)}
	err := s.db.Door.AddGroupRole(r.Context(), viewer(r).By(), g)
	if bad, ok := asInvalid(err); ok {
		return s.renderSignIns(w, r, http.StatusUnprocessableEntity, func(d *page.SignIns) {
			d.New = page.GroupForm{Group: g.Group, Kind: f.Text("hat"), Circle: f.ID("circle"), Wrong: bad.On}
		})
	}
	return s.finish(w, r, err, path.AdminSignIn+"#groups", "Who is in this group gets the role when they next sign in with the organisation’s account.")
}

// dropGroupRole has a group give a role no more.
func (s *server) dropGroupRole(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.Door.DropGroupRole(r.Context(), viewer(r).By(), f.ID("group"))
	return s.finish(w, r, err, path.AdminSignIn+"#groups", "Who has the role by this group keeps it until they next sign in with the organisation’s account.")
}

// unlinkPerson has it forgotten which of the organisation's accounts is somebody's.
func (s *server) unlinkPerson(w http.ResponseWriter, r *http.Request, _ *form) error {
	v, person := viewer(r), personOf(r)
	err := s.db.Door.Unlink(r.Context(), v.By(), person)
	if err == nil && person == v.Person.ID {
		return s.leave(w, r)
	}
	return s.finish(w, r, err, path.AdminPerson(string(person))+"#door", "Forgotten. Whoever next comes from there with their address is them; they are signed out until then.")
}
