package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"skein/internal/postgres"
	"skein/migrations"
)

// templateLock lets one of several test processes make the template.
const templateLock = 0x736b74656d70 // "sktemp"

// template returns the name of the migrated database that tests are cloned
// from, made at the first call.
func (c *cluster) template(ctx context.Context) (string, error) {
	c.templateOnce.Do(func() { c.templateName, c.templateErr = c.makeTemplate(ctx) })
	return c.templateName, c.templateErr
}

func (c *cluster) makeTemplate(ctx context.Context) (string, error) {
	sum, err := migrationsHash()
	if err != nil {
		return "", err
	}
	name := "skein_template_" + sum
	conn, err := c.pool.Acquire(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(templateLock)); err != nil {
		return "", err
	}
	defer func() {
		_, _ = conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(templateLock))
	}()
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	if err != nil || exists {
		return name, err
	}
	// Made under another name: one that was killed half way must not count.
	temp := name + "_" + run
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+quoted(temp)+" TEMPLATE template0"); err != nil {
		return "", err
	}
	if err := postgres.MigrateUp(ctx, c.url(temp)); err != nil {
		return "", fmt.Errorf("template: %w", err)
	}
	if err := postgres.Grant(ctx, c.url(temp), Login); err != nil {
		return "", fmt.Errorf("template: %w", err)
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+quoted(temp)+" RENAME TO "+quoted(name))
	return name, err
}

// migrationsHash covers our files and the job queue's.
func migrationsHash() (string, error) {
	h := sha256.New()
	queue := riverpgxv5.New(nil)
	for _, files := range []fs.FS{migrations.FS, queue.GetMigrationFS(queue.GetMigrationDefaultLines()[0])} {
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(files, path)
			fmt.Fprintf(h, "%s %d\n", path, len(text))
			h.Write(text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}
