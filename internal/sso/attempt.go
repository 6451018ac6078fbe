package sso

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/url"
	"strings"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Attempt is a sign-in under way at the provider. The browser keeps it: whoever comes back without it did not begin
// here.
type Attempt struct {
	State    string // names it; comes back with the browser
	Nonce    string // comes back in the token
	Verifier string // shows that who began is who ends
}

// Begin starts a sign-in; the browser goes to the address. ErrUnreached: the provider is not there.
func (p *Provider) Begin(ctx context.Context) (Attempt, string, error) {
	f, err := p.look(ctx)
	if err != nil {
		return Attempt{}, "", err
	}
	a := Attempt{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	return a, p.oauth(f).AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), nil
}

// Finish reads what the browser brought back: a code, for which the provider says who it is. It fails with a
// DeniedError, a DoubtedError, or ErrUnreached.
func (p *Provider) Finish(ctx context.Context, a Attempt, back url.Values) (Identity, error) {
	f, err := p.known(ctx)
	if err != nil {
		return Identity{}, err
	}
	switch whose := back.Get("iss"); {
	case a.State == "" || subtle.ConstantTimeCompare([]byte(a.State), []byte(back.Get("state"))) != 1:
		return Identity{}, doubted("it is of another attempt")
	case whose != "" && whose != p.cfg.Issuer:
		return Identity{}, doubted("it is another provider's: %.200q", whose)
	case whose == "" && f.namesIt:
		return Identity{}, doubted("it does not say whose it is")
	case back.Has("error"):
		return Identity{}, DeniedError{printable(back.Get("error")), printable(back.Get("error_description"))}
	case back.Get("code") == "":
		return Identity{}, doubted("it has no code")
	}
	ctx = p.with(ctx)
	token, err := p.oauth(f).Exchange(ctx, back.Get("code"), oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return Identity{}, notGiven(err)
	}
	return p.read(ctx, f, a, token)
}

// known is the provider as it was found, also when it does not answer just now: that shows when it is asked.
func (p *Provider) known(ctx context.Context) (*found, error) {
	p.mu.Lock()
	f := p.found
	p.mu.Unlock()
	if f != nil {
		return f, nil
	}
	return p.look(ctx) // it was another server that found it
}

// notGiven is why a code got no token: the provider refused it, or did not answer.
func notGiven(err error) error {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok && (refused.Response == nil || refused.Response.StatusCode < 500) {
		return DoubtedError{err}
	}
	if _, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return unreached(err)
	}
	if _, ok := errors.AsType[*url.Error](err); ok || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return unreached(err)
	}
	return DoubtedError{err}
}

// printable is what a provider says, as a line of a log may hold it.
func printable(says string) string {
	says = strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return ' '
	}, says)
	if runes := []rune(says); len(runes) > 200 {
		says = string(runes[:200])
	}
	return says
}
