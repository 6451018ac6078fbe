package sso

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/sso/ssotest"
)

func theNow() time.Time { return time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC) }

// at is a provider of a test, and Skein before it.
func at(t *testing.T) (*ssotest.Provider, *Provider) {
	t.Helper()
	there := ssotest.New(t, theNow)
	return there, New(Config{
		Issuer: there.URL, ClientID: ssotest.ClientID, ClientSecret: ssotest.ClientSecret, Return: "http://skein.example/back", Now: theNow,
	})
}

// goes is what a browser brings back from there.
func goes(t *testing.T, address string) url.Values {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	to, err := response.Location()
	if err != nil || !strings.HasPrefix(to.String(), "http://skein.example/back?") {
		t.Fatal(to, err)
	}
	return to.Query()
}

// whole is a sign-in from its beginning to its end.
func whole(t *testing.T, p *Provider) (Identity, error) {
	t.Helper()
	a, address, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p.Finish(t.Context(), a, goes(t, address))
}

func TestASignInSaysWhoItIs(t *testing.T) {
	t.Parallel()
	there, p := at(t)
	there.Says(ssotest.Claims{
		"sub": "0815", "email": "noor.basri@corriemere.example", "email_verified": true, "name": "Noor Basri", "groups": []string{"b", "a", "b"},
	})
	who, err := whole(t, p)
	if err != nil || who.Issuer != there.URL || who.Subject != "0815" || who.Email != "noor.basri@corriemere.example" || !who.Verified || who.Name != "Noor Basri" {
		t.Fatalf("%+v, %v", who, err)
	}
	if !who.GroupsSaid || !slices.Equal(who.Groups, []string{"a", "b"}) {
		t.Errorf("groups %v, %v", who.Groups, who.GroupsSaid)
	}
}

func TestWhatIsAskedOfTheProvider(t *testing.T) {
	t.Parallel()
	_, p := at(t)
	_, address, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") == "" || q.Get("response_type") != "code" || q.Get("scope") != "openid email profile groups" {
		t.Error(q)
	}
}

// What a token leaves out the provider is asked for. An address and whether it is verified come from one place.
func TestWhatATokenLeavesOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		token, info ssotest.Claims
		email       string
		verified    bool
		groups      []string
		unsaid      bool
		trust       bool
	}{
		"all":                {ssotest.Claims{}, ssotest.Claims{"sub": "somebody", "email": "a@x.example", "email_verified": true, "groups": "one"}, "a@x.example", true, []string{"one"}, false, false},
		"nothing said":       {ssotest.Claims{}, ssotest.Claims{"sub": "somebody"}, "", false, nil, false, false},
		"as a text":          {ssotest.Claims{"email": "a@x.example", "email_verified": "true", "groups": []string{}}, nil, "a@x.example", true, nil, false, false},
		"not verified":       {ssotest.Claims{"email": "a@x.example", "email_verified": false, "groups": []string{}}, nil, "a@x.example", false, nil, false, false},
		"trusted":            {ssotest.Claims{"email": "a@x.example", "email_verified": false, "groups": []string{}}, nil, "a@x.example", true, nil, false, true},
		"two addresses":      {ssotest.Claims{"email": "mine@x.example"}, ssotest.Claims{"sub": "somebody", "email": "b@x.example", "email_verified": true}, "b@x.example", true, nil, false, false},
		"other than its own": {ssotest.Claims{"email": "mine@x.example", "email_verified": false}, ssotest.Claims{"sub": "somebody", "email": "b@x.example", "email_verified": true}, "mine@x.example", false, nil, false, false},
		"too many groups": {
			ssotest.Claims{"email": "a@x.example", "email_verified": true, "_claim_names": map[string]string{"groups": "src"}, "_claim_sources": map[string]any{"src": map[string]string{"endpoint": "https://x.example"}}},
			nil, "a@x.example", true, nil, true, false,
		},
		"groups that are none": {ssotest.Claims{"email": "a@x.example", "email_verified": true, "groups": 7}, nil, "a@x.example", true, nil, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there, p := at(t)
			p.cfg.TrustEmail = c.trust
			there.Tells(c.token, c.info)
			who, err := whole(t, p)
			if err != nil || who.Email != c.email || who.Verified != c.verified || !slices.Equal(who.Groups, c.groups) || who.GroupsSaid == c.unsaid {
				t.Errorf("%+v, %v", who, err)
			}
		})
	}
}

func TestWhatIsNotBelieved(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		token ssotest.Claims
		info  ssotest.Claims
		back  func(url.Values)
	}{
		"another nonce":         {token: ssotest.Claims{"nonce": "another"}},
		"another issuer":        {token: ssotest.Claims{"iss": "https://elsewhere.example"}},
		"another audience":      {token: ssotest.Claims{"aud": "others"}},
		"made for another":      {token: ssotest.Claims{"aud": []string{ssotest.ClientID, "others"}, "azp": "others"}},
		"made for nobody said":  {token: ssotest.Claims{"aud": []string{ssotest.ClientID, "others"}}},
		"expired":               {token: ssotest.Claims{"exp": theNow().Add(-time.Second).Unix()}},
		"not yet":               {token: ssotest.Claims{"nbf": theNow().Add(time.Hour).Unix()}},
		"nobody":                {token: ssotest.Claims{"sub": ""}},
		"asked, somebody else":  {info: ssotest.Claims{"sub": "another", "email": "a@x.example", "email_verified": true}},
		"another state":         {back: func(q url.Values) { q.Set("state", "another") }},
		"another's answer":      {back: func(q url.Values) { q.Set("iss", "https://elsewhere.example") }},
		"does not say whose":    {back: func(q url.Values) { q.Del("iss") }},
		"no code":               {back: func(q url.Values) { q.Del("code") }},
		"another code":          {back: func(q url.Values) { q.Set("code", "another") }},
		"a key nobody knows of": {token: ssotest.Claims{"email": 7, "sub": 7}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there, p := at(t)
			there.Tells(c.token, c.info)
			a, address, err := p.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			back := goes(t, address)
			if c.back != nil {
				c.back(back)
			}
			if who, err := p.Finish(t.Context(), a, back); !doubtful(err) {
				t.Errorf("%+v, %v", who, err)
			}
		})
	}
}

func doubtful(err error) bool {
	_, ok := errors.AsType[DoubtedError](err)
	return ok
}

func TestACodeWorksOnceAndForWhoeverBegan(t *testing.T) {
	t.Parallel()
	_, p := at(t)
	a, address, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	back := goes(t, address)
	other := a
	other.Verifier = strings.Repeat("x", 43)
	if _, err := p.Finish(t.Context(), other, back); !doubtful(err) {
		t.Error("another's verifier:", err)
	}
	back = goes(t, address)
	if _, err := p.Finish(t.Context(), a, back); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Finish(t.Context(), a, back); !doubtful(err) {
		t.Error("twice:", err)
	}
}

func TestAProviderMayRefuse(t *testing.T) {
	t.Parallel()
	there, p := at(t)
	a, _, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Finish(t.Context(), a, url.Values{"state": {a.State}, "iss": {there.URL}, "error": {"access_denied"}, "error_description": {"No.\n\x1b[31m" + strings.Repeat("x", 500)}})
	denied, ok := errors.AsType[DeniedError](err)
	if !ok || denied.Code != "access_denied" || len(denied.Says) > 200 || strings.ContainsAny(denied.Says, "\n\x1b") {
		t.Errorf("%+v, %v", denied, err)
	}
}

func TestKeysMayChange(t *testing.T) {
	t.Parallel()
	there, p := at(t)
	for range 3 {
		if _, err := whole(t, p); err != nil {
			t.Fatal(err)
		}
		there.Rotate()
	}
}

// Out of reach at first, there, gone, there again: each time what was found is looked at anew.
func TestAProviderThatComesAndGoes(t *testing.T) {
	t.Parallel()
	there, p := at(t)
	again := func() {
		p.mu.Lock()
		p.looked = time.Time{} // a moment has passed
		p.mu.Unlock()
	}
	there.Down(true)
	if _, _, err := p.Begin(t.Context()); !errors.Is(err, ErrUnreached) || p.Reached() {
		t.Fatal("down at first:", err)
	}
	there.Down(false)
	if _, _, err := p.Begin(t.Context()); !errors.Is(err, ErrUnreached) {
		t.Error("it is asked again at once:", err)
	}
	again()
	a, address, err := p.Begin(t.Context())
	if err != nil || !p.Reached() {
		t.Fatal("there:", err)
	}
	back := goes(t, address)
	there.Down(true)
	if _, err := p.Finish(t.Context(), a, back); !errors.Is(err, ErrUnreached) {
		t.Error("gone between:", err)
	}
	again()
	if _, _, err := p.Begin(t.Context()); !errors.Is(err, ErrUnreached) || p.Reached() {
		t.Error("gone:", err)
	}
	there.Down(false)
	again()
	if _, err := whole(t, p); err != nil || !p.Reached() {
		t.Error("there again:", err)
	}
}

func TestAProviderUnderAnotherName(t *testing.T) {
	t.Parallel()
	for name, says := range map[string]ssotest.Claims{
		"another issuer": {"issuer": "https://elsewhere.example"}, "nowhere to go": {"authorization_endpoint": ""}, "nothing of use": {"issuer": 7},
	} {
		there, p := at(t)
		there.Names(says)
		if _, _, err := p.Begin(t.Context()); !errors.Is(err, ErrUnreached) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whoever set the issuer otherwise than the provider writes it reads so in the log, and not that nobody is there.
func TestTheLogTellsAWrongNameFromNobody(t *testing.T) {
	t.Parallel()
	there := ssotest.New(t, theNow)
	for issuer, says := range map[string]string{there.URL + "/": "under another name: set SKEIN_OIDC_ISSUER", "http://127.0.0.1:1": "cannot be reached"} {
		var log bytes.Buffer
		p := New(Config{Issuer: issuer, ClientID: ssotest.ClientID, Return: "http://skein.example/back", Now: theNow, Log: slog.New(slog.NewTextHandler(&log, nil))})
		if _, _, err := p.Begin(t.Context()); !errors.Is(err, ErrUnreached) || !strings.Contains(log.String(), says) {
			t.Errorf("%s: %v, %s", issuer, err, log.String())
		}
	}
}

func TestItIsLookedForAllAlong(t *testing.T) {
	t.Parallel()
	_, p := at(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { p.Run(ctx); close(done) }()
	for began := time.Now(); !p.Reached(); time.Sleep(time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatal("it is not found")
		}
	}
	stop()
	<-done
}

func TestWhatAConfigurationNeeds(t *testing.T) {
	t.Parallel()
	for issuer, want := range map[string]string{
		"https://login.example.org": "", "https://login.example.org/realms/x/": "", "http://localhost:9000": "", "http://127.0.0.1:9000": "",
		"http://login.example.org": "https://", "login.example.org": "must be", "https://": "must be", "https://a:b@login.example.org": "must be", "https://x.example?a=b": "must be",
	} {
		err := Config{Issuer: issuer, ClientID: "skein"}.Check()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", issuer, err)
		}
	}
	if err := (Config{Issuer: "https://login.example.org"}).Check(); err == nil || !strings.Contains(err.Error(), "SKEIN_OIDC_CLIENT_ID") {
		t.Error(err)
	}
}
