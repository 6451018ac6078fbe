package sso

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Identity is somebody whom the provider signed in.
type Identity struct {
	Issuer, Subject string // name them, together and for good
	Email           string // "" where it says none
	Verified        bool   // the address is theirs
	Name            string // "" where it says none
	Groups          []string
	// GroupsSaid is false where they are in more groups than the provider says at once: then nothing is known of them.
	GroupsSaid bool
}

// claims are what a provider says of somebody, by name.
type claims map[string]json.RawMessage

// read takes from a token who somebody is, and from the provider's own page about them what the token leaves out.
func (p *Provider) read(ctx context.Context, f *found, a Attempt, token *oauth2.Token) (Identity, error) {
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return Identity{}, doubted("it has no token that says who it is")
	}
	id, err := f.Verifier(&oidc.Config{ClientID: p.cfg.ClientID, Now: p.cfg.Now}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, notVerified(err)
	}
	var said claims
	if err := id.Claims(&said); err != nil {
		return Identity{}, DoubtedError{err}
	}
	switch {
	case id.Nonce != a.Nonce:
		return Identity{}, doubted("its nonce is another attempt's")
	case id.Subject == "":
		return Identity{}, doubted("it names nobody")
	case id.Issuer != p.cfg.Issuer:
		return Identity{}, doubted("it is another provider's: %.200q", id.Issuer)
	case (len(id.Audience) > 1 || said["azp"] != nil) && said.text("azp") != p.cfg.ClientID:
		return Identity{}, doubted("it was made for %.200q", said.text("azp"))
	}
	if said, err = p.more(ctx, f, id.Subject, said, token); err != nil {
		return Identity{}, err
	}
	who := Identity{Issuer: id.Issuer, Subject: id.Subject, Email: said.text("email"), Name: said.text("name")}
	who.Verified = who.Email != "" && (p.cfg.TrustEmail || said.yes("email_verified"))
	who.Groups, who.GroupsSaid = said.groups(p.cfg.GroupsClaim)
	return who, nil
}

func notVerified(err error) error {
	if _, ok := errors.AsType[*url.Error](err); ok {
		return unreached(err)
	}
	// The library does not pass on what kept it from the keys.
	if strings.Contains(err.Error(), "fetching keys") {
		return unreached(err)
	}
	return DoubtedError{err}
}

// more adds what the token leaves out and the provider says when it is asked. An address comes with whether it is
// verified, both from one place.
func (p *Provider) more(ctx context.Context, f *found, subject string, said claims, token *oauth2.Token) (claims, error) {
	address := said["email"] != nil && (p.cfg.TrustEmail || said["email_verified"] != nil)
	_, groups := said[p.cfg.GroupsClaim]
	if f.UserInfoEndpoint() == "" || address && (groups || said.beyond(p.cfg.GroupsClaim)) {
		return said, nil
	}
	info, err := f.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return nil, unreached(err)
	}
	if info.Subject != subject {
		return nil, doubted("the provider answers about somebody else")
	}
	var added claims
	if err := info.Claims(&added); err != nil {
		return nil, DoubtedError{err}
	}
	if !address {
		delete(said, "email")
		delete(said, "email_verified")
	} else {
		delete(added, "email")
		delete(added, "email_verified")
	}
	for name, value := range added {
		if _, there := said[name]; !there {
			said[name] = value
		}
	}
	return said, nil
}

func (c claims) text(name string) string {
	var text string
	if json.Unmarshal(c[name], &text) != nil {
		return ""
	}
	return strings.TrimSpace(text)
}

// yes reads what is true, or is the text "true", as some providers say it.
func (c claims) yes(name string) bool {
	var yes bool
	if json.Unmarshal(c[name], &yes) == nil {
		return yes
	}
	return c.text(name) == "true"
}

// beyond tells that a claim is elsewhere: too long to be told at once.
func (c claims) beyond(name string) bool {
	var elsewhere map[string]json.RawMessage
	if json.Unmarshal(c["_claim_names"], &elsewhere) != nil {
		return false
	}
	_, ok := elsewhere[name]
	return ok
}

// groups reads a list, or a single name. Where it is not said at all, somebody is in none.
func (c claims) groups(name string) ([]string, bool) {
	value, there := c[name]
	if !there {
		return nil, !c.beyond(name)
	}
	var all []string
	if json.Unmarshal(value, &all) != nil {
		if one := c.text(name); one != "" {
			all = []string{one}
		} else if string(value) != "null" && string(value) != `""` {
			return nil, false
		}
	}
	slices.Sort(all)
	return slices.Compact(all), true
}
