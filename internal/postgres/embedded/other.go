//go:build !linux

package embedded

import (
	"context"
	"errors"
)

func start(context.Context, Config) (*Server, error) {
	return nil, errors.New("the private Postgres runs on Linux only: give --database-url")
}

// Discard removes a throwaway data directory that nobody holds any more.
func Discard(string) (bool, error) { return false, nil }
