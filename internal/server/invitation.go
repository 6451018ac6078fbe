package server

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"

	"skein/internal/password"
	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// NewToken makes the secret part of a link, and the hash of it that is kept.
func NewToken() (token string, hash []byte) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, hashToken(token)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func (s *server) showInvitation(w http.ResponseWriter, r *http.Request) error {
	token := param(r, "token")
	i, err := s.db.Door.Invitation(r.Context(), hashToken(token), viewer(r).Now)
	if err != nil {
		return s.invitationOver(w, r, err)
	}
	return s.renderInvitation(w, r, http.StatusOK, i, page.InvitationForm{
		Token: token, Email: i.Email, Name: i.Name, Zone: viewer(r).Org.TimeZone,
	})
}

// renderInvitation shows the form of a link. The link is a secret: no other page is told that
// somebody came from it.
func (s *server) renderInvitation(w http.ResponseWriter, r *http.Request, status int, i skein.Invitation, form page.InvitationForm) error {
	form.NewPerson, form.First, form.Account = i.NewPerson(), i.NewPerson(), i.Account
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.render(w, r, status, page.Invitation(s.frame(r, "Come in", ""), form))
}

func (s *server) useInvitation(w http.ResponseWriter, r *http.Request, f *form) error {
	token, now := param(r, "token"), viewer(r).Now
	hash := hashToken(token)
	i, err := s.db.Door.Invitation(r.Context(), hash, now)
	if err != nil {
		return s.invitationOver(w, r, err)
	}
	typed := doordb.NewAccount{Person: i.Person, Name: i.Name, Email: i.Email}
	if i.NewPerson() {
		typed.Name, typed.Organisation, typed.Zone = f.Text("name"), f.Text("organisation"), f.Text("zone")
	}
	if !i.Account {
		typed.Email = f.Text("email")
	}
	browser, known := s.newBrowser(r)
	account, device, err := s.accept(r, hash, typed, f.Exact("password"), browser)
	if bad, ok := asInvalid(err); ok {
		return s.renderInvitation(w, r, http.StatusUnprocessableEntity, i, page.InvitationForm{
			Token: token, Name: typed.Name, Email: typed.Email,
			Organisation: typed.Organisation, Zone: typed.Zone, Wrong: bad.On,
		})
	}
	if err != nil {
		return s.invitationOver(w, r, err)
	}
	s.know(w, known)
	if err := s.open(w, r, account.Person, account.Epoch, device); err != nil {
		return err
	}
	return s.done(w, r, path.Home)
}

// accept checks what was typed and uses the link up.
func (s *server) accept(r *http.Request, hash []byte, a doordb.NewAccount, typed string, browser doordb.Browser) (skein.Account, string, error) {
	var bad skein.Invalid
	if a.Person == "" {
		also(&bad, skein.Person{Name: a.Name}.Check())
		also(&bad, skein.Vision{Organisation: a.Organisation}.Check())
		also(&bad, skein.CheckZone(a.Zone))
	}
	also(&bad, skein.CheckEmail(a.Email))
	also(&bad, password.Check(typed, a.Name, a.Email, viewer(r).Org.Name, a.Organisation))
	if err := bad.Err(); err != nil {
		return skein.Account{}, "", err
	}
	var err error
	if a.Password, err = s.newHash(r.Context(), typed); err != nil {
		return skein.Account{}, "", err
	}
	v := viewer(r)
	return s.db.Door.UseInvitation(r.Context(), skein.Itself(v.Now, v.Org.Location()), hash, a, browser)
}

// invitationOver is the one answer to a link that does not work, whatever the cause.
func (s *server) invitationOver(w http.ResponseWriter, r *http.Request, err error) error {
	if !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	s.showProblem(w, r, http.StatusGone, page.InvitationOver())
	return nil
}
