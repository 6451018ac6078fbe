package main

import (
	"log/slog"
	"strings"
	"time"

	"skein/internal/sso"
	"skein/web/path"
)

// oidcFlags say where people's accounts of the organisation are.
type oidcFlags struct {
	Issuer       string `name:"oidc-issuer" env:"SKEIN_OIDC_ISSUER" placeholder:"URL" help:"The organisation's provider of accounts (OpenID Connect), as https://login.example.org; without one people sign in with passwords alone."`
	ClientID     string `name:"oidc-client-id" env:"SKEIN_OIDC_CLIENT_ID" placeholder:"ID" help:"What the provider calls Skein."`
	ClientSecret string `name:"oidc-client-secret" env:"SKEIN_OIDC_CLIENT_SECRET" placeholder:"SECRET" help:"What Skein shows it by."`
	Name         string `name:"oidc-name" env:"SKEIN_OIDC_NAME" placeholder:"NAME" help:"What people call their account there: 'Sign in with NAME'."`
	GroupsClaim  string `name:"oidc-groups-claim" env:"SKEIN_OIDC_GROUPS_CLAIM" default:"groups" placeholder:"CLAIM" help:"Where the provider says in which groups somebody is (default ${default})."`
	TrustEmail   bool   `name:"oidc-trust-email" env:"SKEIN_OIDC_TRUST_EMAIL" help:"Take each address that the provider names as verified."`
}

// Validate is called by kong once the flags are read.
func (f *oidcFlags) Validate() error {
	if f.Issuer == "" && f.ClientID == "" && f.ClientSecret == "" {
		return nil
	}
	return f.config("", nil).Check() //nolint:wrapcheck // it is a sentence
}

func (f *oidcFlags) config(baseURL string, log *slog.Logger) sso.Config {
	return sso.Config{
		Issuer: f.Issuer, ClientID: f.ClientID, ClientSecret: f.ClientSecret, Name: strings.TrimSpace(f.Name),
		GroupsClaim: f.GroupsClaim, TrustEmail: f.TrustEmail, Now: time.Now, Log: log,
		Return: strings.TrimSuffix(baseURL, "/") + path.OrganisationReturn,
	}
}

// provider is the organisation's provider; nil where none is named.
func (f *oidcFlags) provider(baseURL string, log *slog.Logger) *sso.Provider {
	if f.Issuer == "" {
		return nil
	}
	return sso.New(f.config(baseURL, log))
}
