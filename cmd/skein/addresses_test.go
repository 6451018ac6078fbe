package main

import (
	"testing"

	"skein/internal/postgres"
)

func TestWhereEachKindOfWorkGoes(t *testing.T) {
	t.Parallel()
	at := func(url string, pooled bool) postgres.Address { return postgres.Address{URL: url, Pooled: pooled} }
	for name, c := range map[string]struct {
		given         config
		private       string
		usual, direct postgres.Address
	}{
		"private":        {config{}, "p", at("p", false), at("p", false)},
		"one":            {config{DatabaseURL: "a"}, "", at("a", false), at("a", false)},
		"past a pooler":  {config{DatabaseURL: "a", DirectURL: "b"}, "", at("a", true), at("b", false)},
		"the same twice": {config{DatabaseURL: "a", DirectURL: "a"}, "", at("a", false), at("a", false)},
	} {
		usual, direct, err := c.given.addresses(c.private)
		if err != nil || usual != c.usual || direct != c.direct {
			t.Errorf("%s: %v, %v, %v", name, usual, direct, err)
		}
	}
	code, out, errs := runs(t, "migrate", "status", "--direct-database-url", "postgres://localhost/x")
	if code != exitUsage || out != "" {
		t.Errorf("code %d, out %q", code, out)
	}
	onePlainLine(t, errs)
}
