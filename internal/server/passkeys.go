package server

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"skein/internal/passkey"
	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// passkeyRoutes are what somebody has to show beside their password.
func (s *server) passkeyRoutes(r chi.Router) {
	r.Get(path.AddPasskey, s.handle(s.freshly(s.showAddPasskey)))
	r.Post(path.AddPasskey, s.handle(s.freshly(s.withForm(s.addPasskey))))
	r.Post(pattern(path.NamePasskey("{id}")), s.posted(s.namePasskey))
	r.Get(pattern(path.RemovePasskey("{id}")), s.handle(s.freshly(s.askRemovePasskey)))
	r.Post(pattern(path.RemovePasskey("{id}")), s.handle(s.freshly(s.removePasskey)))
	r.Get(path.RecoveryCodes, s.handle(s.freshly(s.showCodes)))
	r.Post(path.RecoveryCodes, s.handle(s.freshly(s.newCodes)))
	r.Get(path.ShowAgain, s.handle(s.showAgain))
	r.With(s.slowly(whoever)).Post(path.ShowAgain, s.posted(s.takeAgain))
}

// withForm is a handler of a form as one of a request.
func (s *server) withForm(h func(w http.ResponseWriter, r *http.Request, f *form) error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := parse(w, r)
		if err != nil {
			return err
		}
		return h(w, r, f)
	}
}

// mayAdd refuses a passkey where there can be none.
func (s *server) mayAdd(r *http.Request) error {
	switch {
	case viewer(r).Demo:
		return skein.Refused{Why: "This is a demo: anybody may be you, so that a passkey would keep nobody out.", Who: "Whoever operates Skein starts it without one."}
	case s.keys == nil:
		return skein.Refused{Why: view.NoPasskeys(s.noKeys), Who: "Whoever operates Skein can change that."}
	}
	return nil
}

func (s *server) showAddPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayAdd(r); err != nil {
		return err
	}
	return s.renderAddPasskey(w, r, http.StatusOK, page.AddPasskeyForm{})
}

// renderAddPasskey asks for a new passkey anew each time.
func (s *server) renderAddPasskey(w http.ResponseWriter, r *http.Request, status int, form page.AddPasskeyForm) error {
	step, hash, err := s.ownStepUnderWay(r, doordb.StepAdd)
	if err != nil {
		return err
	}
	// A device whose passkey opens nothing any more may make another.
	asked, err := s.keys.AskNew(handleOf(step.Passkeys), step.Account.Email, step.Account.Name, doordb.Usable(step.Passkeys, s.keys.Host))
	if err != nil {
		return err
	}
	if err := s.db.Door.AskStep(r.Context(), hash, asked.Kept, doordb.StepAdd, step.Account, s.Now()); err != nil {
		return err
	}
	form.Options, form.Host, form.First, form.Must = asked.Options, s.keys.Host, len(step.Passkeys) == 0, viewer(r).Owes == view.OwesPasskey
	f := s.frame(r, "Add a passkey", path.Settings)
	f.Scripts = passkeyScripts
	return s.render(w, r, status, page.AddPasskey(f, form))
}

// handleOf is what the keepers of somebody's passkeys call whose they are: the same for all of them, so that a keeper
// has one entry a person, and nothing that names them.
func handleOf(has []skein.Passkey) []byte {
	if len(has) > 0 {
		return has[0].Handle
	}
	handle := make([]byte, 32)
	_, _ = rand.Read(handle) // never fails
	return handle
}

// addPasskey keeps a passkey that the browser made. After the first, the recovery codes are shown, this once.
func (s *server) addPasskey(w http.ResponseWriter, r *http.Request, f *form) error {
	if err := s.mayAdd(r); err != nil {
		return err
	}
	form := page.AddPasskeyForm{Name: f.Name("name")}
	also(&f.Bad, skein.CheckPasskeyName(form.Name))
	step, hash, err := s.ownStepUnderWay(r, doordb.StepAdd)
	if err != nil {
		return err
	}
	var key skein.Passkey
	if f.Bad.Err() == nil {
		key, err = s.keys.New(step.Asked, f.Exact("passkey"))
		if step.Asked == nil || errors.Is(err, passkey.ErrDoubted) {
			s.Log.InfoContext(r.Context(), "passkey refused", "request", requestID(r.Context()), "reason", errorText(err))
			f.Bad.Add(true, "passkey", view.KeyNotAdded)
		} else if err != nil {
			return err
		}
	}
	if bad, ok := asInvalid(f.Bad.Err()); ok {
		form.Wrong = bad.On
		return s.renderAddPasskey(w, r, http.StatusUnprocessableEntity, form)
	}
	key.Name = form.Name
	codes, hashes := newCodes()
	browser, known := s.newBrowser(r)
	in, first, err := s.db.Door.AddPasskey(r.Context(), viewer(r).By(), doordb.NewPasskey{Passkey: key, Step: hash, Asked: step.Asked, Codes: hashes, Browser: browser})
	if err != nil {
		return err
	}
	if err := s.goOn(w, r, in, known, true); err != nil {
		return err
	}
	if first {
		return s.renderCodes(w, r, codes)
	}
	return s.finish(w, r, nil, path.SettingsSignIn+"#second", "The passkey is added.")
}

func errorText(err error) string {
	if err == nil {
		return "nothing was asked"
	}
	return err.Error()
}

// goOn goes on in this browser where somebody's other sessions ended. Second tells that they showed their second step
// in this one.
func (s *server) goOn(w http.ResponseWriter, r *http.Request, in doordb.Renewed, known string, second bool) error {
	if in.Epoch == 0 {
		s.sessions.Put(r.Context(), keySecond, second)
		return s.renew(w, r)
	}
	s.know(w, known)
	return s.open(w, r, opened{Person: viewer(r).Person.ID, Epoch: in.Epoch, Device: in.Device, Second: second, At: s.Now()})
}

func (s *server) namePasskey(w http.ResponseWriter, r *http.Request, f *form) error {
	id, name := param(r, "id"), f.Name("name")
	if !skein.IsUUID(id) {
		return skein.ErrNotFound
	}
	err := s.db.Door.NamePasskey(r.Context(), viewer(r).By(), id, name)
	if bad, ok := asInvalid(err); ok {
		account, err := s.db.Door.Account(r.Context(), viewer(r).Person.ID, viewer(r).Now)
		if err != nil {
			return err
		}
		return s.renderAccount(w, r, http.StatusUnprocessableEntity, account, func(a *page.Account) {
			for i := range a.Second.Passkeys {
				if a.Second.Passkeys[i].ID == id {
					a.Second.Passkeys[i].Typed, a.Second.Passkeys[i].Wrong = name, bad.On("name")
				}
			}
		})
	}
	return s.finish(w, r, err, path.SettingsSignIn+"#second", "It is called "+name+" now.")
}

// askRemovePasskey says what it means that a passkey goes.
func (s *server) askRemovePasskey(w http.ResponseWriter, r *http.Request) error {
	has, err := s.db.Door.SecondSteps(r.Context(), viewer(r).Person.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(has.Passkeys, func(k skein.Passkey) bool { return k.ID == param(r, "id") })
	if at < 0 {
		return skein.ErrNotFound
	}
	return s.render(w, r, http.StatusOK, page.RemovePasskey(s.frame(r, "Remove a passkey", path.Settings), view.Removal(has, at)))
}

func (s *server) removePasskey(w http.ResponseWriter, r *http.Request) error {
	id := param(r, "id")
	if !skein.IsUUID(id) {
		return skein.ErrNotFound
	}
	browser, known := s.newBrowser(r)
	in, err := s.db.Door.RemovePasskey(r.Context(), viewer(r).By(), id, s.keysHost(), browser)
	if err == nil {
		err = s.goOn(w, r, in, known, s.sessions.GetBool(r.Context(), keySecond))
	}
	return s.finish(w, r, err, path.SettingsSignIn+"#second", "The passkey is removed. Everywhere else you are signed out.")
}

// showCodes says how many recovery codes are left.
func (s *server) showCodes(w http.ResponseWriter, r *http.Request) error {
	has, err := s.db.Door.SecondSteps(r.Context(), viewer(r).Person.ID)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.AskCodes(s.frame(r, "Recovery codes", path.Settings), view.SecondPart(viewer(r), has, s.noKeys, s.keysHost())))
}

// newCodes makes recovery codes in the place of those there are, and shows them this once.
func (s *server) newCodes(w http.ResponseWriter, r *http.Request) error {
	codes, hashes := newCodes()
	if err := s.db.Door.NewCodes(r.Context(), viewer(r).By(), hashes); err != nil {
		return err
	}
	return s.renderCodes(w, r, codes)
}

// newCodes are recovery codes, and the hashes of them that are kept.
func newCodes() (codes []string, hashes [][]byte) {
	for range skein.RecoveryCodes {
		var random [16]byte
		_, _ = rand.Read(random[:]) // never fails
		code := skein.RecoveryCode(random)
		codes, hashes = append(codes, code), append(hashes, hashToken(code))
	}
	return codes, hashes
}

func (s *server) renderCodes(w http.ResponseWriter, r *http.Request, codes []string) error {
	w.Header().Set("Cache-Control", "no-store")
	s.mark(r.Context())
	f := s.frame(r, "Recovery codes", path.Settings)
	f.Scripts = passkeyScripts
	return s.render(w, r, http.StatusOK, page.ShowCodes(f, codes))
}
