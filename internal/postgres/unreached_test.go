package postgres_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// as is an address with another login.
func as(t *testing.T, address string, user *url.Userinfo) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = user
	return u.String()
}

// Since Postgres 15 a login that owns a database's tables may not make any unless it owns the database: that is said, and
// nothing waits for a connection that is never given back.
func TestWhoMayMakeNoTablesIsToldAtOnce(t *testing.T) {
	t.Parallel()
	lesser, err := url.Parse(pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	refused := make(chan error, 1)
	go func() { refused <- postgres.MigrateUp(context.Background(), as(t, pgtest.Empty(t), lesser.User)) }()
	select {
	case err := <-refused:
		if err == nil || !strings.Contains(err.Error(), "may not make tables in the schema public") ||
			!strings.Contains(err.Error(), "grant create on schema public to "+pgtest.Login) {
			t.Errorf("%v", err)
		}
	case <-time.After(time.Minute):
		t.Error("it waits")
	}
}

func TestAnAddressThatLeadsNowhereSaysWhyInOneLine(t *testing.T) {
	t.Parallel()
	for address, says := range map[string]string{
		"postgres://skein:tall/order@127.0.0.1/skein":                             "/ is written %2F",
		"postgres://skein@127.0.0.1:1/skein?connect_timeout=2":                    "connection refused",
		as(t, pgtest.OwnerURL(t), url.UserPassword("nobody_at_all", "tallorder")): `"nobody_at_all"`,
	} {
		_, err := postgres.Connect(t.Context(), address)
		wrong := new(postgres.UnreachedError)
		if !errors.As(err, &wrong) || wrong.URL != address || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if strings.ContainsAny(err.Error(), "\n\t") || strings.Contains(err.Error(), "tall") || strings.Contains(err.Error(), "refused TLS") {
			t.Errorf("%q", err)
		}
	}
}
