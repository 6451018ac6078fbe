package main

import (
	"bytes"
	"encoding/base64"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
)

func TestASecretIsThirtyTwoBytesInBase64(t *testing.T) {
	t.Parallel()
	secret := bytes.Repeat([]byte{0xfb}, server.SecretSize)
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for name, c := range map[string]struct{ typed, file, wrong string }{
		"standard":      {typed: base64.StdEncoding.EncodeToString(secret)},
		"for addresses": {typed: base64.RawURLEncoding.EncodeToString(secret)},
		"in a file":     {file: file(base64.StdEncoding.EncodeToString(secret) + "\n")},
		"too short":     {typed: "c2hvcnQ=", wrong: "SKEIN_SECRET must be 32 bytes in base64, as `openssl rand -base64 32` prints them; this is 5 bytes"},
		"no base64":     {typed: "not a secret!", wrong: "this is no base64"},
		"short file":    {file: file("c2hvcnQ="), wrong: "SKEIN_SECRET_FILE must be 32 bytes"},
		"empty file":    {file: file("\n"), wrong: "SKEIN_SECRET_FILE is empty"},
		"no file":       {file: filepath.Join(t.TempDir(), "none"), wrong: "SKEIN_SECRET_FILE cannot be read"},
	} {
		got, err := givenSecret(c.typed, c.file)
		switch {
		case c.wrong == "" && (err != nil || !bytes.Equal(got, secret)):
			t.Errorf("%s: %x, %v", name, got, err)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Errorf("%s: %v, want %q", name, err, c.wrong)
		}
	}
	if got, err := givenSecret("", ""); got != nil || err != nil {
		t.Errorf("none given: %x, %v", got, err)
	}
	code, _, errs := typing("", "serve", "--addr=localhost:0", "--secret=c2hvcnQ=", "--database-url="+pgtest.URL(t))
	if code != exitFailed || !strings.Contains(errs, "SKEIN_SECRET must be 32 bytes") {
		t.Errorf("serve: code %d, %q", code, errs)
	}
	onePlainLine(t, errs)
}

func TestASecretIsMadeOnceAndKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	first, err := secretIn(file)
	if err != nil || len(first) != server.SecretSize {
		t.Fatalf("%x, %v", first, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if again, err := secretIn(file); err != nil || !bytes.Equal(again, first) {
		t.Errorf("%x, then %x, %v", first, again, err)
	}

	pool, log := pgtest.New(t), &bytes.Buffer{}
	db := &database{pool: pool, store: postgres.New(pool)}
	first, err = keptSecret(t.Context(), &config{}, db, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil || len(first) != server.SecretSize || !strings.Contains(log.String(), "SKEIN_SECRET") {
		t.Fatalf("%x, %v, %s", first, err, log)
	}
	said := log.Len()
	again, err := keptSecret(t.Context(), &config{}, db, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil || !bytes.Equal(again, first) || log.Len() != said {
		t.Errorf("another server has another: %x, %x, %v, %s", first, again, err, log)
	}
	if strings.Contains(log.String(), base64.StdEncoding.EncodeToString(first)) {
		t.Error("the log tells it")
	}
}
