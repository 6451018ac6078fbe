package server

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"skein/internal/passkey"
	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// halfCookie is what the browser keeps of somebody who showed their password and not yet a passkey. It opens nothing by
// itself, and is sent to the second step alone.
const halfCookie = "skein-second"

// secondRoutes are the second step of a sign-in.
func (s *server) secondRoutes(r chi.Router) {
	r.Get(path.SecondStep, s.handle(s.showSecond))
	r.Post(path.SecondStep, s.posted(s.takeSecond))
}

// newHalf is a second step to be begun, and what the browser keeps of it.
func newHalf(next string) (doordb.Half, string) {
	token, hash := NewToken()
	return doordb.Half{Token: hash, Next: next}, token
}

func (s *server) halfCookie(token string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: halfCookie, Value: token, Path: path.SecondStep, MaxAge: seconds,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

// toSecond sends the browser to the second step that it has begun.
func (s *server) toSecond(w http.ResponseWriter, r *http.Request, token string) error {
	http.SetCookie(w, s.halfCookie(token, int(skein.SecondStepLife.Seconds())))
	return s.done(w, r, path.SecondStep)
}

// halfIn has somebody take their second step who showed their password.
func (s *server) halfIn(w http.ResponseWriter, r *http.Request, in doordb.SignedIn, next string) error {
	half, token := newHalf(next)
	in.Browser, _ = s.newBrowser(r)
	if err := s.db.Door.HalfIn(r.Context(), in, half); err != nil {
		return err
	}
	return s.toSecond(w, r, token)
}

// stepUnderWay is the second step that this browser has begun, and the hash that it is kept under.
func (s *server) stepUnderWay(r *http.Request) (doordb.Step, []byte, error) {
	cookie, err := r.Cookie(halfCookie)
	if err != nil || len(cookie.Value) != tokenLength {
		return doordb.Step{}, nil, skein.ErrNotFound
	}
	hash := hashToken(cookie.Value)
	step, err := s.db.Door.Step(r.Context(), hash, s.Now(), viewer(r).Today())
	if err == nil && step.Purpose != doordb.StepEnter {
		err = skein.ErrNotFound
	}
	return step, hash, err
}

func (s *server) showSecond(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	step, hash, err := s.stepUnderWay(r)
	if v := viewer(r); v.SignedIn() && (err != nil || !v.Demo) {
		return s.done(w, r, path.Home)
	}
	if err != nil {
		return s.secondOver(w, r, err)
	}
	return s.renderSecond(w, r, http.StatusOK, step, hash, page.SecondForm{})
}

// secondOver is the one answer where no second step is under way, whatever the cause.
func (s *server) secondOver(w http.ResponseWriter, r *http.Request, err error) error {
	if _, over := errors.AsType[skein.Conflict](err); !over && !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	s.showProblem(w, r, http.StatusForbidden, page.SecondOver())
	return nil
}

// renderSecond asks for a passkey anew each time: what was asked before is worth nothing from then on.
func (s *server) renderSecond(w http.ResponseWriter, r *http.Request, status int, step doordb.Step, hash []byte, form page.SecondForm) error {
	w.Header().Set("Cache-Control", "no-store")
	options, err := s.ask(r, step, hash)
	if err != nil {
		return s.secondOver(w, r, err)
	}
	form.Options, form.Codes, form.None = options, step.Codes, view.NoPasskeys(s.noKeys)
	form.Elsewhere = view.Elsewhere(step.Passkeys, s.keysHost())
	f := s.frame(r, "Second step", path.SignIn)
	f.Scripts = passkeyScripts
	return s.render(w, r, status, page.Second(f, form))
}

// passkeyScripts are those of pages that ask for a passkey.
var passkeyScripts = []string{"js/passkey.js"}

// keysHost is the site for which passkeys are made here; "" where there can be none.
func (s *server) keysHost() string {
	if s.keys == nil {
		return ""
	}
	return s.keys.Host
}

// ask asks for one of somebody's passkeys, and keeps the question. "" where none of theirs can answer here.
func (s *server) ask(r *http.Request, step doordb.Step, hash []byte) (options string, err error) {
	usable := doordb.Usable(step.Passkeys, s.keysHost())
	if s.keys == nil || len(usable) == 0 {
		return "", nil
	}
	asked, err := s.keys.Ask(usable)
	if err != nil {
		return "", err
	}
	return asked.Options, s.db.Door.AskStep(r.Context(), hash, asked.Kept, step.Purpose, step.Account, s.Now())
}

// takeSecond looks at what somebody shows as their second step, and lets them in.
func (s *server) takeSecond(w http.ResponseWriter, r *http.Request, f *form) error {
	hurried, err := s.hurried(w, r, s.pace)
	if err != nil {
		return err
	}
	step, hash, err := s.stepUnderWay(r)
	if err != nil {
		return s.secondOver(w, r, err)
	}
	no := refusal{}
	var shown doordb.Shown
	if hurried {
		no = refusal{says: view.TooSoonStep(time.Minute), wait: time.Minute}
	} else if shown, no, err = s.showing(r, f, step, hash); err != nil {
		return err
	}
	if no.says == "" {
		err = s.endStep(w, r, step, shown)
		if no, err = s.notShown(r, shown.Tried, err); err != nil {
			return s.secondOver(w, r, err)
		}
	}
	if no.says != "" {
		if step, hash, err = s.stepUnderWay(r); err != nil { // a passkey less may be able to answer
			return s.secondOver(w, r, err)
		}
		return s.renderSecond(w, r, no.status(w), step, hash, page.SecondForm{Code: f.Text("code"), Wrong: no.wrong})
	}
	if step.Next = localPath(step.Next); step.Next == "" {
		if step.Next, err = s.keptNext(r, step.Account.Person); err != nil {
			return err
		}
	}
	if shown.Code != nil {
		s.tell(w, r, view.CameByCode(step.Codes-1))
	}
	return s.done(w, r, cmp.Or(step.Next, path.Home))
}

// endStep signs somebody in who showed the second of two things.
func (s *server) endStep(w http.ResponseWriter, r *http.Request, step doordb.Step, shown doordb.Shown) error {
	v, token := viewer(r), deviceToken(r)
	browser, fresh := s.newBrowser(r)
	if shown.Tried.Device == "" {
		token = fresh
	}
	by := skein.NewBy(step.Account.Person, v.Now, v.Org.Location())
	device, err := s.db.Door.EndStep(r.Context(), by, shown, step.Account.Epoch, browser)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.halfCookie("", -1))
	s.know(w, token)
	return s.open(w, r, opened{Person: step.Account.Person, Epoch: step.Account.Epoch, Device: device, Second: true, At: s.Now()})
}

// refusal is why what somebody showed is not taken; the zero refusal: it is.
type refusal struct {
	says string
	wait time.Duration // above 0: it was not looked at
	code bool          // it was a code
}

func (n refusal) wrong(field string) string {
	if field == "code" == n.code {
		return n.says
	}
	return ""
}

func (n refusal) status(w http.ResponseWriter) int {
	if n.wait > 0 {
		comeBack(w, n.wait)
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// showing looks at what somebody shows as their second step. It is a try like one at a password, and counts by itself,
// so that whoever knows a password guesses no code.
func (s *server) showing(r *http.Request, f *form, step doordb.Step, hash []byte) (doordb.Shown, refusal, error) {
	answer := f.Exact("passkey")
	shown := doordb.Shown{Token: hash}
	var err error
	shown.Tried, err = s.db.Door.Try(r.Context(), doordb.Try{
		Email: step.Account.Email, Device: deviceHash(r), Network: network(r), At: s.Now(),
		Key: func(what, name string) []byte { return s.tally("second step: "+what, name) },
	})
	if err != nil {
		return shown, refusal{}, err
	}
	if wait := shown.Tried.Wait; wait > 0 {
		s.logRefused(r, shown.Tried.Key(), "second step too soon")
		return shown, refusal{says: view.TooSoonStep(wait), wait: wait}, nil
	}
	if answer == "" {
		code := skein.ReadRecoveryCode(f.Text("code"))
		if shown.Code = hashToken(code); code == "" {
			no, err := s.notShown(r, shown.Tried, doordb.ErrNoCode)
			return shown, no, err
		}
		return shown, refusal{}, nil
	}
	shown.Asked = step.Asked
	if shown.Key, err = s.checked(r, answer, step); err != nil {
		no, err := s.notShown(r, shown.Tried, err)
		return shown, no, err
	}
	return shown, refusal{}, nil
}

// checked is the passkey that answered. One whose count went back opens nothing, from now on.
func (s *server) checked(r *http.Request, answer string, step doordb.Step) (*skein.Passkey, error) {
	if s.keys == nil || step.Asked == nil {
		return nil, passkey.ErrDoubted
	}
	key, copied, err := s.keys.Check(step.Asked, answer, doordb.Usable(step.Passkeys, s.keys.Host))
	if err != nil {
		return nil, err
	}
	if copied {
		v := viewer(r)
		err = s.db.Door.NoteCopied(r.Context(), skein.Itself(v.Now, v.Org.Location()), step.Account.Person, key.ID)
		return nil, cmp.Or(err, errCopied)
	}
	return &key, nil
}

// errCopied is for a passkey of which there may be two.
var errCopied = errors.New("the passkey's count went back")

// notShown says why what was shown is not taken, and counts it as refused; what is another error stays one.
func (s *server) notShown(r *http.Request, tried doordb.Tried, err error) (refusal, error) {
	no := refusal{}
	switch {
	case errors.Is(err, doordb.ErrNoCode):
		no = refusal{says: view.NoSuchCode(tried.Then), code: true}
	case errors.Is(err, errCopied):
		no.says = view.KeyCopied
	case errors.Is(err, doordb.ErrNoSuchKey), errors.Is(err, passkey.ErrDoubted):
		no.says = view.KeyDoubted(tried.Then)
	default:
		return no, err
	}
	s.Log.InfoContext(r.Context(), "second step refused", "request", requestID(r.Context()), "reason", err.Error(), "network", network(r))
	return no, s.db.Door.Refused(r.Context(), tried)
}
