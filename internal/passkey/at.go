package passkey

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Impossible is why there can be no passkeys where browsers reach Skein; "": there can.
type Impossible string

// Why there can be none.
const (
	ByAddress Impossible = "address" // it is reached by an address such as 192.0.2.7, which is no name
	ByPlain   Impossible = "plain"   // by http, which browsers take for safe on localhost alone
	ByLetters Impossible = "letters" // its name is not written as browsers send it
	ByNothing Impossible = "nothing" // nobody said where it is reached
)

const (
	localhost  = "localhost"
	plain, tls = "http", "https"
)

// At returns the door of the site that browsers reach under a base URL, or why it can have none.
func At(base string) (*Door, Impossible) {
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" {
		return nil, ByNothing
	}
	host, why := hostOf(u)
	if why != "" {
		return nil, why
	}
	origin := u.Scheme + "://" + host
	if port := u.Port(); port != "" && port != map[string]string{plain: "80", tls: "443"}[u.Scheme] {
		origin += ":" + port
	}
	web, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: "Skein", RPOrigins: []string{origin},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred,
		},
	})
	if err != nil {
		return nil, ByLetters
	}
	return &Door{web: web, Host: host}, ""
}

// hostOf is the name of the site as browsers send it.
func hostOf(u *url.URL) (string, Impossible) {
	host := strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return "", ByAddress
	}
	if strings.ContainsFunc(host, func(c rune) bool { return c > '~' }) {
		return "", ByLetters
	}
	if u.Scheme != tls && host != localhost {
		return "", ByPlain
	}
	return host, ""
}
