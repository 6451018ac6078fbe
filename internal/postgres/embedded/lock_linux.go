package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// holder is what the lock file tells about the process that holds the lock.
type holder struct {
	PID   int    `json:"pid"`
	Name  string `json:"name"`
	Serve bool   `json:"serve"`
	DSN   string `json:"dsn"` // empty until Postgres is ready
}

// lockFile is held by flock for the life of a process; the kernel frees it
// however that ends.
type lockFile struct{ f *os.File }

var errHeld = errors.New("held by another process")

func openLock(path string, acct account) (*lockFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := acct.give(path); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock: %w", err)
	}
	return &lockFile{f}, nil
}

// try takes the lock, shared or alone, or reports errHeld at once.
func (l *lockFile) try(how int) error {
	for {
		err := syscall.Flock(int(l.f.Fd()), how|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		case !errors.Is(err, syscall.EINTR):
			return fmt.Errorf("lock: %w", err)
		}
	}
}

func (l *lockFile) write(h holder) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err = l.f.WriteAt(append(text, '\n'), 0)
	return err
}

// read may meet a half-written line; the caller tries again.
func (l *lockFile) read() (holder, error) {
	text, err := io.ReadAll(io.NewSectionReader(l.f, 0, 1<<16))
	if err != nil {
		return holder{}, err
	}
	var h holder
	if err := json.Unmarshal(text, &h); err != nil {
		return holder{}, err
	}
	return h, nil
}

func (l *lockFile) close() { l.f.Close() }

// alone waits until no other process holds a lock, and holds it until it is freed.
func alone(path string) (free func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("lock: %w", err)
		}
	}
}
