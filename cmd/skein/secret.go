package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"skein/internal/server"
)

// givenSecret reads the secret that was given, in base64, or in a file; nil where none was.
func givenSecret(typed, file string) ([]byte, error) {
	name := "SKEIN_SECRET"
	if typed == "" && file != "" {
		name = "SKEIN_SECRET_FILE"
		text, err := os.ReadFile(file) //nolint:gosec // the operator's choice
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w", name, err)
		}
		if typed = strings.TrimSpace(string(text)); typed == "" {
			return nil, fmt.Errorf("%s is empty", name)
		}
	}
	if typed == "" {
		return nil, nil //nolint:nilnil // none was given
	}
	return readSecret(name, typed)
}

// readSecret reads one from base64, in either alphabet. What is wrong is said without showing it.
func readSecret(name, text string) ([]byte, error) {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(text), "="))
	secret, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		return nil, fmt.Errorf("%s must be %d bytes in base64, as `openssl rand -base64 %[2]d` prints them; this is no base64", name, server.SecretSize)
	}
	if len(secret) != server.SecretSize {
		return nil, fmt.Errorf("%s must be %d bytes in base64, as `openssl rand -base64 %[2]d` prints them; this is %d bytes", name, server.SecretSize, len(secret))
	}
	return secret, nil
}

// keptSecret is the one that was made before, or now: in the data folder beside the private Postgres,
// else in the database, which all servers share.
func keptSecret(ctx context.Context, cfg *config, db *database, log *slog.Logger) ([]byte, error) {
	if db.server != nil {
		return secretIn(filepath.Join(cfg.DataDir, "secret"))
	}
	secret, made, err := db.store.Door.Secret(ctx, server.NewSecret())
	if made {
		log.Info("made a secret that seals links and cursors, and keeps it in the database; SKEIN_SECRET takes its place")
	}
	return secret, err
}

// secretIn reads the secret in a file, which it makes where there is none.
func secretIn(file string) ([]byte, error) {
	text, err := os.ReadFile(file) //nolint:gosec // in the data folder
	if errors.Is(err, fs.ErrNotExist) {
		secret := server.NewSecret()
		whole := file + ".new" // a crash leaves all of it or nothing
		err := os.WriteFile(whole, []byte(base64.StdEncoding.EncodeToString(secret)+"\n"), 0o600)
		if err == nil {
			err = os.Rename(whole, file)
		}
		return secret, err
	}
	if err != nil {
		return nil, fmt.Errorf("the secret in the data folder cannot be read: %w", err)
	}
	return readSecret(file, string(text))
}
