package server

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/go-chi/chi/v5/middleware"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
)

// deviceCookie says that somebody signed in, in this browser, with all that it takes. It gives tries of one's own
// at the account beside which its hash lies, and stands for nothing that is asked to sign in.
const deviceCookie = "device"

// tokenLength is how long a token of NewToken is.
const tokenLength = 43

// deviceToken is what the browser keeps; "" when it keeps nothing that Skein could have given it.
func deviceToken(r *http.Request) string {
	cookie, err := r.Cookie(deviceCookie)
	if err != nil || len(cookie.Value) != tokenLength {
		return ""
	}
	return cookie.Value
}

// deviceHash is the hash of what the browser keeps; nil when it keeps nothing.
func deviceHash(r *http.Request) []byte {
	if token := deviceToken(r); token != "" {
		return hashToken(token)
	}
	return nil
}

// newBrowser is the browser of a request, and the token that it is to be known by from now on.
func (s *server) newBrowser(r *http.Request) (doordb.Browser, string) {
	token, hash := NewToken()
	return doordb.Browser{Agent: agent(r), Token: hash, At: s.Now()}, token
}

// know gives the browser what it is known by, for as long as that is good.
func (s *server) know(w http.ResponseWriter, token string) {
	http.SetCookie(w, s.deviceCookie(token, int(skein.DeviceLife.Seconds())))
}

// unknow has the browser forget it.
func (s *server) unknow(w http.ResponseWriter) { http.SetCookie(w, s.deviceCookie("", -1)) }

func (s *server) deviceCookie(token string, seconds int) *http.Cookie {
	return &http.Cookie{
		Name: deviceCookie, Value: token, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

// mostAgent is how much of what a browser says of itself is kept.
const mostAgent = 200

// agent is what the browser says of itself, as the database can keep it.
func agent(r *http.Request) string {
	says := strings.ToValidUTF8(strings.ReplaceAll(r.UserAgent(), "\x00", ""), "")
	return cut(says, mostAgent)
}

// network is where a request comes from as far as tries are counted and kept: whoever has one address of it
// has them all. Empty where it is not known.
func network(r *http.Request) string {
	address, err := netip.ParseAddr(middleware.GetClientIP(r.Context()))
	if err != nil {
		return ""
	}
	bits := 48
	if address = address.Unmap().WithZone(""); address.Is4() {
		bits = 24
	}
	of, err := address.Prefix(bits)
	if err != nil {
		return ""
	}
	return of.String()
}
