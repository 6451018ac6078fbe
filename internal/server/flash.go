package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"skein/web/component"
)

// flashCookie carries the sentence about what was just done to the next page. It is signed with
// the session's token, so that nobody can put words of theirs on somebody's page.
const flashCookie = "skein-flash"

// maxFlash keeps the cookie within what browsers take.
const maxFlash = 600

type told struct {
	Says string
	Undo *component.Button `json:",omitempty"`
}

// tell has the next page begin with a sentence about what was just done, and with a way to undo it
// when there is one. Call it before done.
func (s *server) tell(w http.ResponseWriter, r *http.Request, says string, undo ...component.Button) {
	t := told{Says: cut(says, maxFlash)}
	if len(undo) > 0 {
		t.Undo = &undo[0]
	}
	body, err := json.Marshal(t)
	if err != nil {
		return // a button that cannot be said is not worth failing what was done
	}
	http.SetCookie(w, s.flashCookie(encode(body)+"."+encode(s.sign(r, body)), time.Hour))
}

func (s *server) flashCookie(value string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: flashCookie, Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

// flash reads what the page before told.
func (s *server) flash(r *http.Request) (string, *component.Button) {
	cookie, err := r.Cookie(flashCookie)
	if err != nil {
		return "", nil
	}
	says, signature, _ := strings.Cut(cookie.Value, ".")
	body, mac := decode(says), decode(signature)
	var t told
	if len(mac) == 0 || !hmac.Equal(mac, s.sign(r, body)) || json.Unmarshal(body, &t) != nil {
		return "", nil
	}
	if t.Undo != nil {
		t.Undo.Kind, t.Undo.Key = component.Plain, newKey()
	}
	return t.Says, t.Undo
}

// forget removes the cookie once a page has shown what it holds.
func (s *server) forget(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie(flashCookie); err == nil {
		http.SetCookie(w, s.flashCookie("", -time.Second))
	}
}

// sign makes the signature of a flash, keyed by the session's token. Without a loaded session it is nil,
// which flash never takes for a signature.
func (s *server) sign(r *http.Request, body []byte) []byte {
	if r.Context().Value(viewerKey{}) == nil {
		return nil
	}
	token := s.sessions.Token(r.Context())
	if token == "" {
		return nil
	}
	mac := hmac.New(sha256.New, []byte("notice"+token))
	mac.Write(body)
	return mac.Sum(nil)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func decode(text string) []byte {
	b, _ := base64.RawURLEncoding.DecodeString(text) // what is no base64 has no signature either
	return b
}
