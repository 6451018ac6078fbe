package server

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// freshFor is how long somebody may change their second step after they showed who they are.
const freshFor = 10 * time.Minute

// fresh tells whether this session's person showed who they are just now.
func (s *server) fresh(ctx context.Context) bool {
	ago := s.Now().Sub(time.Unix(s.sessions.GetInt64(ctx, keyProved), 0))
	return ago >= 0 && ago <= freshFor
}

// freshly lets somebody on who showed who they are just now, and asks others to.
func (s *server) freshly(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.fresh(r.Context()) {
			return h(w, r)
		}
		next := r.URL.RequestURI()
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			next = path.SettingsSignIn
		}
		return s.done(w, r, path.With(path.ShowAgain, url.Values{"next": {next}}))
	}
}

// ownStep names a step of this session: with it ends what was asked in it.
func (s *server) ownStep(r *http.Request, purpose string) []byte {
	return hashToken(purpose + " " + lastOf(r.Context()).token)
}

// ownStepUnderWay is a step of this session. Where nothing was asked in it yet, it is what there is to be asked.
func (s *server) ownStepUnderWay(r *http.Request, purpose string) (doordb.Step, []byte, error) {
	v, hash := viewer(r), s.ownStep(r, purpose)
	step, err := s.db.Door.Step(r.Context(), hash, s.Now(), v.Today())
	if err == nil && step.Account.Person == v.Person.ID && step.Purpose == purpose {
		return step, hash, nil
	}
	if err != nil && !errors.Is(err, skein.ErrNotFound) {
		return step, hash, err
	}
	account, err := s.db.Door.Account(r.Context(), v.Person.ID, v.Now)
	if err != nil {
		return step, hash, err
	}
	has, err := s.db.Door.SecondSteps(r.Context(), v.Person.ID)
	return doordb.Step{Account: account, Purpose: purpose, Passkeys: has.Passkeys, Codes: has.Codes}, hash, err
}

func (s *server) showAgain(w http.ResponseWriter, r *http.Request) error {
	next := cmp.Or(localPath(r.URL.Query().Get("next")), path.SettingsSignIn)
	if viewer(r).Owes == view.OwesNothing && s.fresh(r.Context()) {
		return s.done(w, r, next)
	}
	step, hash, err := s.ownStepUnderWay(r, doordb.StepAgain)
	if err != nil {
		return err
	}
	return s.renderAgain(w, r, http.StatusOK, step, hash, page.AgainForm{Next: next})
}

func (s *server) renderAgain(w http.ResponseWriter, r *http.Request, status int, step doordb.Step, hash []byte, form page.AgainForm) error {
	account, err := s.db.Door.Account(r.Context(), step.Account.Person, viewer(r).Now)
	if err != nil {
		return err
	}
	if form.Second.Options, err = s.ask(r, step, hash); err != nil {
		return err
	}
	form.Must = viewer(r).Owes == view.OwesStep
	form.Password, form.Email = !form.Must && account.Password != "" && account.ByPassword, account.Email
	form.Second.None, form.Second.Codes = view.NoPasskeys(s.noKeys), 0
	form.Second.Elsewhere = view.Elsewhere(step.Passkeys, s.keysHost())
	if len(step.Passkeys) > 0 {
		form.Second.Codes = step.Codes
	}
	f := s.frame(r, "Is it still you?", path.Settings)
	f.Scripts = passkeyScripts
	return s.render(w, r, status, page.ShowAgain(f, form))
}

// takeAgain looks at what somebody shows who is in: their password, a passkey or a code. Where a second step is
// demanded of them and was not shown in this session, a password does not do.
func (s *server) takeAgain(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	form := page.AgainForm{Next: cmp.Or(localPath(f.Text("next")), path.SettingsSignIn)}
	step, hash, err := s.ownStepUnderWay(r, doordb.StepAgain)
	if err != nil {
		return err
	}
	if f.Has("old") && v.Owes != view.OwesStep {
		return s.againByPassword(w, r, f, step, hash, form)
	}
	shown, no, err := s.showing(r, f, step, hash)
	if err == nil && no.says == "" {
		no, err = s.notShown(r, shown.Tried, s.db.Door.ShowStep(r.Context(), v.By(), shown))
	}
	if err != nil {
		return err
	}
	if no.says != "" {
		if step, hash, err = s.ownStepUnderWay(r, doordb.StepAgain); err != nil { // a passkey less may be able to answer
			return err
		}
		form.Second = page.SecondForm{Code: f.Text("code"), Wrong: no.wrong}
		return s.renderAgain(w, r, no.status(w), step, hash, form)
	}
	s.sessions.Put(r.Context(), keySecond, true)
	if shown.Code != nil {
		s.tell(w, r, view.CameByCode(step.Codes-1))
	}
	return s.proved(w, r, form.Next)
}

func (s *server) againByPassword(w http.ResponseWriter, r *http.Request, f *form, step doordb.Step, hash []byte, form page.AgainForm) error {
	account, err := s.db.Door.Account(r.Context(), viewer(r).Person.ID, viewer(r).Now)
	if err != nil {
		return err
	}
	if account.Password == "" || !account.ByPassword {
		return doordb.ErrNoPassword
	}
	tried, err := s.prove(r, account, f.Exact("old"))
	if bad, ok := asInvalid(err); ok {
		form.Wrong = bad.On
		return s.renderAgain(w, r, refusal{wait: tried.Wait}.status(w), step, hash, form)
	}
	if err == nil {
		err = s.db.Door.Forgive(r.Context(), tried)
	}
	if err != nil {
		return err
	}
	return s.proved(w, r, form.Next)
}

// proved notes in the session that its person showed who they are, and leads them on.
func (s *server) proved(w http.ResponseWriter, r *http.Request, next string) error {
	s.sessions.Put(r.Context(), keyProved, s.Now().Unix())
	if err := s.renew(w, r); err != nil {
		return err
	}
	return s.done(w, r, next)
}
