// Package ssotest is a provider of accounts for tests: it answers rightly, or wrongly as it is told.
package ssotest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// What Skein is to it.
const (
	ClientID     = "skein"
	ClientSecret = "a secret of the test's"
)

// Claims are what it says of somebody.
type Claims map[string]any

// Provider is one at an address of its own.
type Provider struct {
	URL string

	mu      sync.Mutex
	now     func() time.Time
	key     *rsa.PrivateKey
	keys    int                   // how many there were
	token   Claims                // of the next that comes; over what is right
	info    Claims                // what it says when it is asked
	codes   map[string]url.Values // what was asked for, by code; each is good once
	down    bool
	changes Claims // of what it says of itself
}

// New starts one, whose tokens run out by that clock.
func New(t testing.TB, now func() time.Time) *Provider {
	t.Helper()
	p := &Provider{now: now, codes: map[string]url.Values{}}
	p.Rotate()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keySet)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.exchange)
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, _ *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		says := Claims{"sub": "somebody"}
		if subject, there := p.token["sub"]; there {
			says["sub"] = subject
		}
		maps.Copy(says, p.info)
		answer(w, says)
	})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		down := p.down
		p.mu.Unlock()
		if down {
			http.Error(w, "down for now", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	p.URL = web.URL
	return p
}

// Says sets what its tokens say from now on, over what is right.
func (p *Provider) Says(token Claims) { p.Tells(token, nil) }

// Tells is Says, and sets what it answers when it is asked.
func (p *Provider) Tells(token, info Claims) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.token, p.info = token, info
}

// Rotate has it sign with another key.
func (p *Provider) Rotate() {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // there is no randomness
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
	p.keys++
}

// Down has it answer nothing of use, or answer again.
func (p *Provider) Down(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

// Names sets what it says of itself, over what is right.
func (p *Provider) Names(changes Claims) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changes = changes
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func (p *Provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	says := Claims{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"userinfo_endpoint": p.URL + "/userinfo", "id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported": []string{"openid", "email", "profile", "groups"}, "authorization_response_iss_parameter_supported": true,
	}
	maps.Copy(says, p.changes)
	answer(w, says)
}

func (p *Provider) keySet(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	public := p.key.PublicKey
	answer(w, map[string]any{"keys": []any{map[string]string{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": fmt.Sprint(p.keys),
		"n": base64.RawURLEncoding.EncodeToString(public.N.Bytes()),
		"e": base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, uint32(public.E))), //nolint:gosec // 65537
	}}})
}

// authorize signs whoever comes in, and sends them back.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	code := rand.Text()
	p.mu.Lock()
	p.codes[code] = asked
	p.mu.Unlock()
	back := url.Values{"code": {code}, "state": {asked.Get("state")}, "iss": {p.URL}}
	http.Redirect(w, r, asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusSeeOther)
}

// exchange gives a token for a code: once, and to whoever began.
func (p *Provider) exchange(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, secret, _ := r.BasicAuth()
	asked, there := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	switch {
	case id != ClientID || secret != url.QueryEscape(ClientSecret):
		http.Error(w, `{"error":"invalid_client"}`, http.StatusUnauthorized)
		return
	case !there || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") || r.FormValue("redirect_uri") != asked.Get("redirect_uri"):
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	claims := Claims{
		"iss": p.URL, "aud": ClientID, "sub": "somebody", "nonce": asked.Get("nonce"),
		"iat": p.now().Unix(), "exp": p.now().Add(time.Minute).Unix(),
	}
	maps.Copy(claims, p.token)
	answer(w, map[string]any{"access_token": "an access token", "token_type": "Bearer", "expires_in": 60, "id_token": p.sign(claims)})
}

func (p *Provider) sign(claims Claims) string {
	part := func(of any) string {
		text, err := json.Marshal(of)
		if err != nil {
			panic(err) // a test's own claims
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	signed := part(map[string]string{"alg": "RS256", "typ": "JWT", "kid": fmt.Sprint(p.keys)}) + "." + part(claims)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err) // a key of ours
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}
