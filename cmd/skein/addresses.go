package main

import (
	"errors"

	"skein/internal/postgres"
)

// addresses says where each kind of work goes, given where a private Postgres is ("" for none): what
// pages and commands do, and what needs one and the same session all along (migrations, listening, the
// job queue's client). Where the two differ the first is taken for a pooler's.
func (cfg *config) addresses(private string) (usual, direct postgres.Address, err error) {
	if cfg.DatabaseURL == "" && cfg.DirectURL != "" {
		return usual, direct, usageError{errors.New("SKEIN_DIRECT_DATABASE_URL goes with DATABASE_URL, which is not given")}
	}
	usual.URL = cfg.DatabaseURL
	if private != "" {
		usual.URL = private
	}
	direct = usual
	if cfg.DirectURL != "" && cfg.DirectURL != usual.URL {
		usual.Pooled, direct.URL = true, cfg.DirectURL
	}
	return usual, direct, nil
}
