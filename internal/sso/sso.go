// Package sso lets people in by the accounts that their organisation has elsewhere, by OpenID Connect: it finds the
// provider, sends a browser there, and reads what it brings back. Who that is here it does not know.
package sso

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// How long the provider is waited for, and how often it is looked for again.
const (
	lookTime   = 3 * time.Second
	answerTime = 8 * time.Second
	looksEvery = time.Minute
	goodFor    = 15 * time.Second // what was found is believed without another look
	badFor     = 5 * time.Second  // and so is that nothing was
	mostBytes  = 1 << 20          // of one answer
)

// Config says which provider, and what Skein is to it.
type Config struct {
	Issuer, ClientID, ClientSecret string
	// Name is what people call their account there; it may be empty.
	Name string
	// GroupsClaim is where the provider says in which groups somebody is; empty: "groups".
	GroupsClaim string
	// TrustEmail takes each address that the provider names as verified.
	TrustEmail bool
	// Return is the whole address to which the provider sends browsers back.
	Return string
	// Now is the clock on the wall, by which tokens expire; nil: the machine's.
	Now func() time.Time
	Log *slog.Logger
}

// Check reports what the configuration lacks, by the names of its variables.
func (c Config) Check() error {
	u, err := url.Parse(c.Issuer)
	switch {
	case c.Issuer == "":
		return errors.New("SKEIN_OIDC_ISSUER is missing: it is the provider's address, such as https://login.example.org")
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return errors.New("SKEIN_OIDC_ISSUER must be the provider's address, such as https://login.example.org")
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return errors.New("SKEIN_OIDC_ISSUER must begin with https://, unless the provider is on this machine")
	case c.ClientID == "":
		return errors.New("SKEIN_OIDC_CLIENT_ID is missing: it is what the provider calls Skein")
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Provider is the organisation's provider of accounts. It may be out of reach at any time.
type Provider struct {
	cfg    Config
	client *http.Client

	looking sync.Mutex // one look at a time
	mu      sync.Mutex
	found   *found // nil: not found yet
	looked  time.Time
	wrong   error // why the last look found nothing
}

// found is what a provider says of itself.
type found struct {
	*oidc.Provider
	scopes  []string
	namesIt bool // it says in each answer whose answer that is
}

// New returns a provider that was not looked for yet.
func New(cfg Config) *Provider {
	if cfg.GroupsClaim == "" {
		cfg.GroupsClaim = "groups"
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Provider{cfg: cfg, client: &http.Client{Timeout: answerTime, Transport: bounded{http.DefaultTransport}}, wrong: errNotLooked}
}

var errNotLooked = errors.New("not looked for yet")

// Issuer is the provider's address.
func (p *Provider) Issuer() string { return p.cfg.Issuer }

// Name is what people call their account there; "" where nobody said.
func (p *Provider) Name() string { return p.cfg.Name }

// Return is the address to which the provider sends browsers back.
func (p *Provider) Return() string { return p.cfg.Return }

// GroupsClaim is where it says in which groups somebody is.
func (p *Provider) GroupsClaim() string { return p.cfg.GroupsClaim }

// TrustsEmail tells whether each address that it names is taken as verified.
func (p *Provider) TrustsEmail() bool { return p.cfg.TrustEmail }

// Reached is false where it was not there when it was last looked for.
func (p *Provider) Reached() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wrong == nil || errors.Is(p.wrong, errNotLooked)
}

// Run looks for the provider until ctx ends, so that pages know whether it is there.
func (p *Provider) Run(ctx context.Context) {
	wait := time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if _, err := p.look(ctx); err != nil {
			wait = min(looksEvery, max(badFor, 2*wait))
			continue
		}
		wait = looksEvery
	}
}

// look finds the provider. What was found a moment ago is not asked for again, so that many who come at once wait for
// one answer.
func (p *Provider) look(ctx context.Context) (*found, error) {
	p.looking.Lock()
	defer p.looking.Unlock()
	p.mu.Lock()
	was, wrong, age := p.found, p.wrong, time.Since(p.looked)
	p.mu.Unlock()
	switch {
	case wrong == nil && age < goodFor:
		return was, nil
	case wrong != nil && age < badFor:
		return nil, unreached(wrong)
	}
	ctx, cancel := context.WithTimeout(p.with(ctx), lookTime)
	defer cancel()
	f, err := discover(ctx, p.cfg)
	if errors.Is(err, context.Canceled) {
		return nil, unreached(err) // whoever asked has gone, which tells nothing of the provider
	}
	p.note(ctx, wrong, err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.looked, p.wrong = time.Now(), err
	if err != nil {
		return nil, unreached(err)
	}
	p.found = f
	return f, nil
}

// note writes down that the provider is there, or is not, when that is news.
func (p *Provider) note(ctx context.Context, was, is error) {
	switch {
	case is != nil && (was == nil || was.Error() != is.Error()) && strings.Contains(is.Error(), "did not match the issuer"):
		p.cfg.Log.WarnContext(ctx, "the organisation's sign-in is there under another name: set SKEIN_OIDC_ISSUER exactly as it writes its issuer", "issuer", p.cfg.Issuer, "error", is)
	case is != nil && (was == nil || was.Error() != is.Error()):
		p.cfg.Log.WarnContext(ctx, "the organisation's sign-in cannot be reached; it is tried again", "issuer", p.cfg.Issuer, "error", is)
	case is == nil && was != nil:
		p.cfg.Log.InfoContext(ctx, "the organisation's sign-in is there", "issuer", p.cfg.Issuer)
	}
}

func discover(ctx context.Context, cfg Config) (*found, error) {
	provider, err := oidc.NewProvider(ctx, cfg.Issuer)
	if err != nil {
		return nil, err
	}
	var says struct {
		Scopes  []string `json:"scopes_supported"`
		Methods []string `json:"code_challenge_methods_supported"`
		NamesIt bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := provider.Claims(&says); err != nil {
		return nil, err
	}
	if at := provider.Endpoint(); at.AuthURL == "" || at.TokenURL == "" {
		return nil, errors.New("the provider names no address to sign in at")
	}
	f := &found{Provider: provider, scopes: []string{oidc.ScopeOpenID}, namesIt: says.NamesIt}
	// Most say these; whoever lists what there is refuses what there is not.
	for _, scope := range []string{"email", "profile"} {
		if len(says.Scopes) == 0 || slices.Contains(says.Scopes, scope) {
			f.scopes = append(f.scopes, scope)
		}
	}
	if slices.Contains(says.Scopes, cfg.GroupsClaim) {
		f.scopes = append(f.scopes, cfg.GroupsClaim)
	}
	return f, nil
}

// with has the libraries use our client.
func (p *Provider) with(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.client)
}

func (p *Provider) oauth(f *found) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.cfg.ClientID, ClientSecret: p.cfg.ClientSecret, Endpoint: f.Endpoint(), RedirectURL: p.cfg.Return, Scopes: f.scopes,
	}
}

// bounded cuts answers off that are too long to be one.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		response.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(response.Body, mostBytes), response.Body}
	}
	return response, err
}

// ErrUnreached is that the provider does not answer, or not as one.
var ErrUnreached = errors.New("the organisation's sign-in cannot be reached")

func unreached(why error) error { return fmt.Errorf("%w: %w", ErrUnreached, why) }

// DeniedError is that the provider sent somebody back without having signed them in. Says is its own words, cut.
type DeniedError struct{ Code, Says string }

func (e DeniedError) Error() string {
	return strings.TrimSpace("the provider signed nobody in: " + e.Code + " " + e.Says)
}

// DoubtedError is an answer that is not believed; what is wrong with it is for the log.
type DoubtedError struct{ Why error }

func (e DoubtedError) Error() string {
	return "the provider's answer is not believed: " + e.Why.Error()
}

func (e DoubtedError) Unwrap() error { return e.Why }

func doubted(format string, args ...any) error { return DoubtedError{fmt.Errorf(format, args...)} }
