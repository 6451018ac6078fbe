package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"skein/internal/sso"
	"skein/internal/sso/ssotest"
	"skein/web/path"
)

func TestAnAnswerThatIsNotOfThisBrowser(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	there.Says(somebody("1", noorEmail))
	b := h.anonymous()
	at := b.sent("")
	h.anonymous().get(at).is(http.StatusForbidden).says("main", "was not begun in this browser")
	kept := map[string]*http.Cookie{}
	for name, cookie := range b.cookies {
		kept[name] = cookie
	}
	b.get(at).goesTo(path.Home)
	b.get(at).is(http.StatusForbidden).says("main", "was used already")
	again := h.anonymous()
	again.cookies = kept // as a thief has them
	again.get(at).is(http.StatusBadRequest).says("main", "could not be used").silent("invalid_grant")
	if again.in() {
		t.Error("a code works twice")
	}
	late := h.anonymous()
	at = late.sent("")
	h.later(attemptLife + time.Second)
	late.get(at).is(http.StatusForbidden).says("main", "more than ten minutes")
	b.get(path.OrganisationReturn).is(http.StatusForbidden)
	forged := h.anonymous()
	forged.cookies["skein-arrive-x"] = &http.Cookie{Name: "skein-arrive-x", Value: "e30"}
	forged.get(path.OrganisationReturn + "?state=x&code=y").is(http.StatusForbidden)
}

// Two tabs at once do not end each other, and a browser keeps a few attempts at most.
func TestTwoSignInsAtOnceInOneBrowser(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	there.Says(somebody("1", noorEmail))
	b := h.anonymous()
	first, second := b.sent("/leads"), b.sent("/map")
	b.get(second).goesTo("/map")
	b.get(first).goesTo("/leads")
	other := h.anonymous()
	for range 3 * mostAttempts {
		other.sent("")
	}
	for name, cookie := range other.cookies { // a browser sends one to its path and what is below it
		if !strings.HasPrefix(path.OrganisationReturn, cookie.Path) || !strings.HasPrefix(path.OrganisationSignIn, cookie.Path) {
			t.Errorf("%s is sent to %s alone", name, cookie.Path)
		}
	}
	if n := len(other.cookies); n > mostAttempts {
		t.Errorf("%d cookies", n)
	}
}

func TestWhatTheProviderAnswersWrongly(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	for name, claims := range map[string]ssotest.Claims{
		"nonce": {"nonce": "another"}, "issuer": {"iss": "https://elsewhere.example"}, "expired": {"exp": wall.Add(-time.Hour).Unix()},
	} {
		says := somebody("1", noorEmail)
		for key, value := range claims {
			says[key] = value
		}
		there.Says(says)
		b := h.anonymous()
		b.arrives().is(http.StatusBadRequest).says("main", "could not be used").silent(name, "elsewhere.example")
		if b.in() {
			t.Errorf("%s: signed in", name)
		}
	}
	b := h.anonymous()
	at, err := url.Parse(b.sent(""))
	if err != nil {
		t.Fatal(err)
	}
	state := "state=" + at.Query().Get("state")
	denied := h.anonymous()
	denied.cookies = b.cookies
	denied.get(path.OrganisationReturn+"?error=access_denied&error_description=Because&"+state+"&iss="+url.QueryEscape(there.URL)).
		is(http.StatusForbidden).says("main", "did not let you through").silent("Because")
}

func TestAProviderOutOfReach(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.password(h.person("Noor Basri"), secret)
	there.Down(true)
	b := h.anonymous()
	b.get(path.OrganisationSignIn).is(http.StatusServiceUnavailable).says("main", "cannot be reached just now").silent("502", there.URL)
	b.get(path.SignIn).is(http.StatusOK).says("main", "cannot be reached just now")
	b.signIn(noorEmail, secret).goesTo(path.Home) // the other way in is open
	there.Down(false)
	h.connect(there.URL) // as after a moment
	there.Says(somebody("1", noorEmail))
	other := h.anonymous()
	at := other.sent("")
	there.Down(true)
	other.get(at).is(http.StatusServiceUnavailable).says("main", "cannot be reached just now")
	there.Down(false)
	other.arrives().goesTo(path.Home)
}

func TestArrivalsAreSlowedDown(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	there.Says(somebody("1", noorEmail))
	known := h.anonymous()
	known.arrives().goesTo(path.Home)
	known.post(path.SignOut)
	stranger := h.anonymous()
	for range arrivalsAMinute {
		stranger.get(path.OrganisationReturn)
	}
	stranger.get(path.OrganisationReturn).is(http.StatusTooManyRequests)
	stranger.get(path.OrganisationSignIn).is(http.StatusTooManyRequests)
	known.arrives().goesTo(path.Home)
}

func TestAddressesThatAreTakenAsVerified(t *testing.T) {
	t.Parallel()
	h, there := connected(t, func(c *sso.Config) { c.TrustEmail = true })
	h.person("Noor Basri")
	judith := h.as(h.person("Judith Orme", executive, administrator))
	there.Says(ssotest.Claims{"sub": "1", "email": noorEmail, "email_verified": false})
	h.anonymous().arrives().goesTo(path.Home)
	for _, at := range []string{path.Admin, path.AdminSignIn} {
		judith.get(at).is(http.StatusOK).says("main .refusal", "is taken as verified")
	}
	h.connect(there.URL)
	for _, at := range []string{path.Admin, path.AdminSignIn} {
		judith.get(at).is(http.StatusOK).lacks("main", "taken as verified")
	}
	judith.maxRoundTrips(4, path.AdminSignIn)
}

func TestABrokenDatabaseLetsNobodyIn(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	there.Says(somebody("1", noorEmail))
	b := h.anonymous()
	at := b.sent("")
	h.breaks("identity")
	b.get(at).is(http.StatusInternalServerError).silent("identity")
	if b.cookies["skein"] != nil {
		t.Error("signed in")
	}
}
