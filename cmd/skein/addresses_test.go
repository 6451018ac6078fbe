package main

import (
	"testing"

	"skein/internal/postgres"
)

func TestWhereEachKindOfWorkGoes(t *testing.T) {
	t.Parallel()
	at := func(url string, pooled bool) postgres.Address { return postgres.Address{URL: url, Pooled: pooled} }
	for name, c := range map[string]struct {
		given config
		want  addresses
	}{
		"none":           {config{}, addresses{}},
		"one":            {config{DatabaseURL: "a"}, addresses{at("a", false), at("a", false), "a"}},
		"past a pooler":  {config{DatabaseURL: "a", DirectURL: "b"}, addresses{at("a", true), at("b", false), "b"}},
		"the same twice": {config{DatabaseURL: "a", DirectURL: "a"}, addresses{at("a", false), at("a", false), "a"}},
		"an owner's":     {config{DatabaseURL: "a", OwnerURL: "o"}, addresses{at("a", false), at("a", false), "o"}},
		"all three":      {config{DatabaseURL: "a", DirectURL: "b", OwnerURL: "o"}, addresses{at("a", true), at("b", false), "o"}},
	} {
		if got, err := c.given.addresses(toServe); err != nil || got != c.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for _, args := range [][]string{
		{"migrate", "status", "--direct-database-url", "postgres://localhost/x"},
		{"export", t.TempDir(), "--owner-database-url", "postgres://localhost/x"},
	} {
		code, out, errs := runs(t, args...)
		if code != exitUsage || out != "" {
			t.Errorf("code %d, out %q", code, out)
		}
		onePlainLine(t, errs)
	}
}
