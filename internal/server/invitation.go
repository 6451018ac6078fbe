package server

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"

	"skein/internal/password"
	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
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

func hashToken(token string) []byte { return doordb.TokenHash(token) }

func (s *server) showInvitation(w http.ResponseWriter, r *http.Request) error {
	token := param(r, "token")
	i, err := s.db.Door.Invitation(r.Context(), hashToken(token), viewer(r).Now)
	if err != nil {
		return s.invitationOver(w, r, err)
	}
	if !i.ByPassword {
		return s.noPassword(w, r)
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
	if !i.ByPassword {
		return s.noPassword(w, r)
	}
	typed := doordb.NewAccount{Person: i.Person, Name: i.Name, Email: i.Email}
	if i.NewPerson() {
		typed.Name, typed.Organisation, typed.Zone = f.Name("name"), f.Name("organisation"), skein.ZoneNamed(f.Text("zone"))
	}
	if !i.Account {
		typed.Email = f.Text("email")
	}
	browser, known := s.newBrowser(r)
	var itself *page.KnownPerson
	if i.NewPerson() {
		if itself, err = s.recognise(r, f, &typed); err != nil {
			return err
		}
		also(&f.Bad, skein.Person{Name: typed.Name}.Check())
		also(&f.Bad, skein.Vision{Organisation: typed.Organisation}.Check())
		also(&f.Bad, skein.CheckZone(typed.Zone))
	}
	half, second := newHalf("")
	account, device, err := s.accept(r, hash, typed, f.Exact("password"), browser, half, f.Bad)
	if bad, ok := asInvalid(err); ok {
		return s.renderInvitation(w, r, http.StatusUnprocessableEntity, i, page.InvitationForm{
			Token: token, Name: typed.Name, Email: typed.Email, Itself: itself,
			Organisation: typed.Organisation, Zone: typed.Zone, Wrong: bad.On,
		})
	}
	if err != nil {
		return s.invitationOver(w, r, err)
	}
	if account.SecondStep { // a new password alone gets nobody past it
		return s.toSecond(w, r, second)
	}
	s.know(w, known)
	if err := s.open(w, r, opened{Person: account.Person, Epoch: account.Epoch, Device: device, At: s.Now()}); err != nil {
		return err
	}
	if i.NewPerson() { // the first administrator
		return s.done(w, r, path.AdminSetup)
	}
	return s.done(w, r, path.Home)
}

// recognise finds the person, imported before, whose address the first administrator gives, or whose name where no
// address of theirs is known. The account is made for them once whoever holds the link says that it is them: the
// link is the operator's own, and opens everything in any case, so that what is asked here saves from a slip, not
// from a thief.
func (s *server) recognise(r *http.Request, f *form, a *doordb.NewAccount) (*page.KnownPerson, error) {
	found, err := s.db.Door.Addressee(r.Context(), a.Email)
	if errors.Is(err, skein.ErrNotFound) {
		return s.recogniseName(r, f, a)
	}
	v := viewer(r)
	switch {
	case err != nil:
		return nil, err
	case found.Account:
		return nil, nil // the store says so
	case !found.Person().ActiveOn(v.Today()):
		f.Bad.Add(true, "email", view.NotHere(v, found.Person()))
		return nil, nil
	}
	known := view.Itself(found)
	known.Said = f.ID("person") == string(found.ID)
	if known.Said {
		a.Person, a.Name = found.ID, found.Name
	}
	f.Bad.Add(!known.Said, "person", "This address is "+words.Name(found.Name)+"’s, who is in Skein already. If that is you, say so; if not, give another address.")
	return known, nil
}

// recogniseName finds those who came without an address and have the name that was typed, and asks which of them
// it is, or whether it is somebody else.
func (s *server) recogniseName(r *http.Request, f *form, a *doordb.NewAccount) (*page.KnownPerson, error) {
	all, err := s.db.Door.WithoutAddress(r.Context(), viewer(r).Today())
	if err != nil {
		return nil, err
	}
	key := skein.NameKey(a.Name)
	all = slices.DeleteFunc(all, func(p doordb.Addressee) bool { return skein.NameKey(p.Name) != key })
	if len(all) == 0 {
		return nil, nil
	}
	said := f.ID("person")
	for _, p := range all {
		if said == string(p.ID) {
			a.Person, a.Name = p.ID, p.Name
		}
	}
	known := view.OneOf(all, said)
	f.Bad.Add(a.Person == "" && said != page.SomebodyElse, "person", "Somebody of this name is in Skein already, without an address. Say whether that is you.")
	return known, nil
}

// accept checks what was typed and uses the link up. Bad is what is wrong so far.
func (s *server) accept(r *http.Request, hash []byte, a doordb.NewAccount, typed string, browser doordb.Browser, half doordb.Half, bad skein.Invalid) (skein.Account, string, error) {
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
	return s.db.Door.UseInvitation(r.Context(), skein.Itself(v.Now, v.Org.Location()), hash, a, browser, half)
}

// noPassword is the answer to a link for somebody for whom passwords are switched off.
func (s *server) noPassword(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	s.showProblem(w, r, http.StatusForbidden, page.InvitationNoPassword())
	return nil
}

// invitationOver is the one answer to a link that does not work, whatever the cause; on a restored copy it says
// that none does.
func (s *server) invitationOver(w http.ResponseWriter, r *http.Request, err error) error {
	if !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	over := page.InvitationOver()
	if viewer(r).Org.Copy() {
		over = page.InvitationOnCopy()
	}
	s.showProblem(w, r, http.StatusGone, over)
	return nil
}
