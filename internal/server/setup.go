package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// setupRoutes are the first administrator's list.
func (s *server) setupRoutes(r chi.Router) {
	r.Get(path.AdminSetup, s.handle(s.showSetup))
	r.Post(path.SetupAway, s.posted(s.putSetupAway))
	r.Post(path.AdminCurrency, s.posted(s.changeCurrency))
	r.With(s.slowly(place)).Post(path.TryMail, s.handle(s.tryMail))
	r.Post(path.RunsNow, s.posted(s.runsNow))
}

func (s *server) showSetup(w http.ResponseWriter, r *http.Request) error {
	now := viewer(r).Org.Currency
	return s.renderSetup(w, r, http.StatusOK, page.CurrencyForm{Currency: now, Version: now})
}

func (s *server) renderSetup(w http.ResponseWriter, r *http.Request, status int, currency page.CurrencyForm) error {
	v := viewer(r)
	setup, err := s.db.Home.Setup(r.Context(), v.Person.ID, v.Now, v.Today())
	if err != nil {
		return err
	}
	d := view.Setup(v, setup)
	d.Currency = currency
	return s.render(w, r, status, page.Setup(s.frame(r, "Set-up", path.AdminSetup), d))
}

// changeCurrency says what stands before a sum of money.
func (s *server) changeCurrency(w http.ResponseWriter, r *http.Request, f *form) error {
	typed := page.CurrencyForm{Currency: f.Name("currency"), Version: f.Version()}
	err := f.Try(func() error {
		return s.db.Gameboard.SetCurrency(r.Context(), viewer(r).By(), f.Version(), typed.Currency)
	})
	if bad, ok := asInvalid(err); ok {
		typed.Wrong = bad.On("currency")
		return s.renderSetup(w, r, http.StatusUnprocessableEntity, typed)
	}
	if errors.Is(err, skein.ErrStale) {
		org, err := s.db.Gameboard.Organisation(r.Context())
		if err != nil {
			return err
		}
		typed.Version = org.Currency
		typed.Wrong = "Somebody else changed it meanwhile: now it is " + org.Currency + ". Send yours again to put it in its place."
		return s.renderSetup(w, r, http.StatusUnprocessableEntity, typed)
	}
	return s.finish(w, r, err, path.AdminSetup+"#currency", "Money is said in "+typed.Currency+" from now on.")
}

// putSetupAway takes the list out of the way, or brings it back.
func (s *server) putSetupAway(w http.ResponseWriter, r *http.Request, f *form) error {
	away := f.Text("away") != "no"
	err := s.db.Gameboard.PutSetupAway(r.Context(), viewer(r).By(), away)
	if away {
		return s.finish(w, r, err, path.Home, "The list is put away. You find it at the foot of each page.")
	}
	return s.finish(w, r, err, path.AdminSetup, "The list is back.")
}

// runsNow makes a restored copy the one that runs: from then on it reaches people.
func (s *server) runsNow(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.db.Gameboard.RunsNow(r.Context(), viewer(r).By())
	return s.finish(w, r, err, path.Home, "This is the one that runs now: its links open. If the other still runs, stop it.")
}
