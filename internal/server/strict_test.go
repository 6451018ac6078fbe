package server

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"skein/internal/sso"
	"skein/internal/sso/ssotest"
	"skein/web/path"
)

// strict is a house before a provider that others made, whose clock is the machine's.
func strict(t *testing.T) (*house, *ssotest.Strict) {
	t.Helper()
	h := newTest(t)
	now := time.Now()
	h.now.Store(&now)
	there := ssotest.NewStrict(t, "../..", h.url+path.OrganisationReturn, map[string]ssotest.Claims{
		"noor":       {"email": noorEmail, "email_verified": true, "name": "Noor Basri", "groups": []string{"water"}},
		"noor-again": {"email": noorEmail, "email_verified": true, "name": "Noor Basri"},
		"unverified": {"email": "teo.marchi@corriemere.example", "email_verified": false},
		"nobody":     {"email": "nobody@corriemere.example", "email_verified": true},
	})
	h.connect(there.URL, func(c *sso.Config) { c.ClientSecret = there.Secret })
	h.person("Noor Basri")
	h.person("Teo Marchi")
	return h, there
}

// away is where a sign-in leads at the provider.
func (b *browser) away() string {
	b.Helper()
	return b.get(path.OrganisationSignIn).is(http.StatusSeeOther).Response.Header.Get("Location")
}

// typed is where the provider sends a browser back to in which somebody typed this name.
func (h *house) typed(away, login string) string {
	h.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), h.url) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	form, err := client.Get(away)
	if err != nil {
		h.Fatal(err)
	}
	_ = form.Body.Close()
	response, err := client.PostForm(form.Request.URL.String(), url.Values{"login": {login}})
	if err != nil {
		h.Fatal(err)
	}
	_ = response.Body.Close()
	back := response.Header.Get("Location")
	if !strings.HasPrefix(back, h.url+path.OrganisationReturn) {
		h.Fatalf("%s of %s leads to %q", login, away, back)
	}
	return strings.TrimPrefix(back, h.url)
}

// changed is an address with another value in its query.
func (h *house) changed(address, name, value string) string {
	h.Helper()
	u, err := url.Parse(address)
	if err != nil {
		h.Fatal(err)
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestTheStrictProvider(t *testing.T) {
	t.Parallel()
	h, there := strict(t)
	h.exec(`insert into group_role (name, kind, made_at) values ('water', 'executive', $1)`, wall)
	refused := func(name string, b *browser, at, says string, status int) {
		t.Helper()
		b.get(at).is(status).says("main", says).silent("invalid_grant", "oidc-provider", there.URL)
		if b.in() {
			t.Errorf("%s: signed in", name)
		}
	}
	b := h.anonymous()
	at := h.typed(b.away(), "noor")
	attempts := map[string]*http.Cookie{}
	for name, cookie := range b.cookies {
		attempts[name] = cookie
	}
	b.get(at).goesTo(path.Home)
	if !b.in() || h.roles("noor-basri") != "executive*" || h.text(`select subject from identity`) != "noor" {
		t.Fatalf("signed in %v, as %q", b.in(), h.roles("noor-basri"))
	}
	thief := h.anonymous()
	thief.cookies = attempts
	refused("code replay", thief, at, "could not be used", http.StatusBadRequest)

	b = h.anonymous()
	refused("wrong nonce", b, h.typed(h.changed(b.away(), "nonce", "another"), "noor"), "could not be used", http.StatusBadRequest)
	b = h.anonymous()
	refused("wrong issuer", b, h.changed(h.typed(b.away(), "noor"), "iss", "https://elsewhere.example"), "could not be used", http.StatusBadRequest)
	b = h.anonymous()
	refused("another's proof", b, h.typed(h.changed(b.away(), "code_challenge", strings.Repeat("x", 43)), "noor"), "could not be used", http.StatusBadRequest)
	b = h.anonymous()
	refused("unverified", b, h.typed(b.away(), "unverified"), "does not say that your e-mail address was verified", http.StatusForbidden)
	b = h.anonymous()
	refused("unknown", b, h.typed(b.away(), "nobody"), "An administrator of Skein can add you", http.StatusForbidden)
	b = h.anonymous()
	refused("changed subject", b, h.typed(b.away(), "noor-again"), "another of the organisation’s accounts before", http.StatusForbidden)
	b = h.anonymous()
	refused("let through by nobody", b, h.typed(b.away(), "stranger"), "did not let you through", http.StatusForbidden)
	b = h.anonymous()
	at = h.typed(b.away(), "noor")
	h.later(5 * time.Minute) // a token is good for one
	refused("expired", b, at, "could not be used", http.StatusBadRequest)
	h.later(-5 * time.Minute)

	b = h.anonymous()
	at = h.typed(b.away(), "noor")
	there.Stop()
	refused("down", b, at, "cannot be reached just now", http.StatusServiceUnavailable)
	h.connect(there.URL)
	h.anonymous().get(path.OrganisationSignIn).is(http.StatusServiceUnavailable).says("main", "cannot be reached just now")
	h.anonymous().get(path.SignIn).is(http.StatusOK).says("main", "cannot be reached just now")
}

// An issuer must be named as it names itself.
func TestTheStrictProviderUnderAnotherName(t *testing.T) {
	t.Parallel()
	h, there := strict(t)
	h.connect(there.URL + "/")
	h.anonymous().get(path.OrganisationSignIn).is(http.StatusServiceUnavailable)
	if !strings.Contains(h.log.String(), "did not match the issuer URL returned by provider") {
		t.Error("the log does not say why")
	}
}
