package main

import (
	"bytes"
	"context"
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
	url := pgtest.URL(t)
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
	status, err := postgres.MigrateStatus(ctx, db.pool)
	if err != nil || !status.Current() {
		t.Errorf("serve left %+v, %v", status, err)
	}
}

func open(t *testing.T, url string, why purpose) (*database, error) {
	t.Helper()
	ctx := context.Background()
	con := &console{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	db, err := openDatabase(ctx, &config{DatabaseURL: url}, con, "test", why)
	if err == nil {
		t.Cleanup(func() {
			if err := db.close(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	return db, err
}
