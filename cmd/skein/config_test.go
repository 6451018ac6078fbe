package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

func TestACommandFillsAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	db, err := open(t, pgtest.Empty(t), toUse)
	if err != nil {
		t.Fatal(err)
	}
	status, err := postgres.MigrateStatus(context.Background(), db.pool)
	if err != nil || !status.Current() {
		t.Errorf("%+v, %v", status, err)
	}
	if db.lost() != nil {
		t.Error("a database that is not ours cannot be lost")
	}
}

func TestACommandLeavesAnOldSchemaAlone(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.OwnerURL(t)
	if err := postgres.MigrateDown(ctx, url, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, url, toUse); err == nil || !strings.Contains(err.Error(), "run skein migrate up") {
		t.Errorf("to use: %v", err)
	}
	if _, err := open(t, url, toMigrate); err != nil {
		t.Errorf("to migrate: %v", err)
	}
	db, err := open(t, url, toServe)
	if err != nil {
		t.Fatal(err)
	}
	if !current(t, db) || !db.owns {
		t.Error("serve left an old schema")
	}
}

// A login that owns nothing serves a schema that is up to date, and says of any other which command
// brings it there. With the owner's address beside it serve does that itself.
func TestALesserLoginServesAndMigratesNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url, owner := pgtest.URL(t), pgtest.OwnerURL(t)
	for _, why := range []purpose{toUse, toServe} {
		if db, err := open(t, url, why); err != nil || db.owns {
			t.Errorf("%v, %v", err, db)
		}
	}
	if err := postgres.MigrateDown(ctx, owner, 1); err != nil {
		t.Fatal(err)
	}
	for _, why := range []purpose{toUse, toServe} {
		if _, err := open(t, url, why); err == nil || !strings.Contains(err.Error(), "run skein migrate up with SKEIN_OWNER_DATABASE_URL") {
			t.Errorf("%v", err)
		}
	}
	db, err := openAs(t, &config{DatabaseURL: url, OwnerURL: owner}, toServe)
	if err != nil {
		t.Fatal(err)
	}
	if !current(t, db) || db.owns {
		t.Error("serve left an old schema, or serves as the owner")
	}
}

func TestServeSaysWhichRightsToGive(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URL(t), pgtest.OwnerURL(t)
	pgtest.Exec(t, pgtest.Owner(t), `revoke all on all tables in schema public from `+pgtest.Login)
	for _, owned := range []string{"", owner} {
		if _, err := openAs(t, &config{DatabaseURL: url, OwnerURL: owned}, toServe); err == nil || !strings.Contains(err.Error(), "run skein migrate grant "+pgtest.Login) {
			t.Errorf("%v", err)
		}
	}
	pgtest.Exec(t, pgtest.Owner(t), `grant select on all tables in schema public to `+pgtest.Login) // some are not enough
	if _, err := openAs(t, &config{DatabaseURL: url}, toServe); err == nil || !strings.Contains(err.Error(), "run skein migrate grant "+pgtest.Login) {
		t.Errorf("%v", err)
	}
	for _, command := range []string{"grant nobody", "up", "down --yes"} {
		code, out, errs := runs(t, append(strings.Fields("migrate "+command), "--database-url", url)...)
		if code != exitFailed || out != "" || !strings.Contains(errs, "does not own the schema: give its owner's address") {
			t.Errorf("%s: %d %s %s", command, code, out, errs)
		}
		onePlainLine(t, errs)
	}
	code, out, errs := runs(t, "migrate", "grant", pgtest.Login, "--database-url", url, "--owner-database-url", owner)
	if code != exitDone || !strings.Contains(out, pgtest.Login+" may serve") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	if _, err := open(t, url, toServe); err != nil {
		t.Error(err)
	}
}

func TestTwoAddressesAreOfOneDatabase(t *testing.T) {
	t.Parallel()
	url := pgtest.URL(t)
	if err := postgres.MigrateDown(context.Background(), pgtest.OwnerURL(t), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := openAs(t, &config{DatabaseURL: url, OwnerURL: pgtest.Empty(t)}, toServe); err == nil || !strings.Contains(err.Error(), "different databases") {
		t.Errorf("%v", err)
	}
	var usage usageError
	if _, err := openAs(t, &config{OwnerURL: url}, toServe); !errors.As(err, &usage) {
		t.Errorf("the owner's address alone: %v", err)
	}
	if _, err := openAs(t, &config{OwnerURL: pgtest.Empty(t)}, toMigrate); err != nil {
		t.Errorf("to migrate the owner's address is enough: %v", err)
	}
}

func current(t *testing.T, db *database) bool {
	t.Helper()
	status, err := postgres.MigrateStatus(context.Background(), db.pool)
	if err != nil {
		t.Fatal(err)
	}
	return status.Current()
}

func open(t *testing.T, url string, why purpose) (*database, error) {
	t.Helper()
	return openAs(t, &config{DatabaseURL: url}, why)
}

func openAs(t *testing.T, cfg *config, why purpose) (*database, error) {
	t.Helper()
	ctx := context.Background()
	con := &console{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	db, err := openDatabase(ctx, cfg, con, "test", why)
	if err == nil {
		t.Cleanup(func() {
			if err := db.close(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	return db, err
}
