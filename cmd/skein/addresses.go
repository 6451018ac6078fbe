package main

import (
	"cmp"
	"errors"
	"fmt"

	"skein/internal/postgres"
)

// addresses says where a database is for each kind of work.
type addresses struct {
	usual  postgres.Address // what pages and commands do
	direct postgres.Address // what needs one and the same session all along: listening, the job queue's client
	owner  string           // for the login that owns the tables: migrations; "" where a private Postgres is still to be started
}

// addresses resolves what was given. Where the usual and the direct one differ, the first is taken for a
// pooler's.
func (cfg *config) addresses(why purpose) (a addresses, err error) {
	switch {
	case cfg.DatabaseURL == "" && cfg.DirectURL != "":
		return a, usageError{errors.New("SKEIN_DIRECT_DATABASE_URL goes with DATABASE_URL, which is not given")}
	case cfg.DatabaseURL == "" && cfg.OwnerURL != "" && why != toMigrate:
		return a, usageError{errors.New("SKEIN_OWNER_DATABASE_URL goes with DATABASE_URL, which is not given")}
	}
	a = unpooled(cfg.DatabaseURL, cmp.Or(cfg.OwnerURL, cfg.DirectURL, cfg.DatabaseURL))
	if cfg.DirectURL != "" && cfg.DirectURL != a.usual.URL {
		a.usual.Pooled, a.direct.URL = true, cfg.DirectURL
	}
	return a, nil
}

// named puts the setting before what is wrong with an address.
func (cfg *config) named(err error) error {
	wrong := new(postgres.UnreachedError)
	if !errors.As(err, &wrong) {
		return err
	}
	for _, given := range []struct{ name, url string }{
		{"DATABASE_URL", cfg.DatabaseURL}, {"SKEIN_DIRECT_DATABASE_URL", cfg.DirectURL}, {"SKEIN_OWNER_DATABASE_URL", cfg.OwnerURL},
	} {
		if given.url != "" && given.url == wrong.URL {
			return fmt.Errorf("%s: %w", given.name, err)
		}
	}
	return err
}

// unpooled are the addresses of a database without a pooler.
func unpooled(url, owner string) addresses {
	return addresses{usual: postgres.Address{URL: url}, direct: postgres.Address{URL: url}, owner: owner}
}

// apart tells whether the owner's login is another than that which serves.
func (a addresses) apart() bool { return a.owner != a.direct.URL }
