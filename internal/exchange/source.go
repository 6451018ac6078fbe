package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// source is a file that counts and hashes what is read of it.
type source struct {
	*os.File
	hash interface {
		io.Writer
		Sum([]byte) []byte
	}
	done, size int64
	told       func(done, total int64)
}

func openSource(path string, told func(done, total int64)) (*source, error) {
	// A named pipe would be waited for until somebody writes: it is looked at before, and opened in a way
	// that does not wait if it comes in between.
	info, err := os.Stat(path)
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, astray(path, err)
	}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) //nolint:gosec // the folder is the operator's choice
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &source{File: file, hash: sha256.New(), size: info.Size(), told: told}, nil
}

// regular refuses what is no file of bytes that ends. A link to one is followed before.
func regular(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return errors.New("it is a folder")
	case mode&fs.ModeNamedPipe != 0:
		return errors.New("it is a named pipe, not a file")
	case mode&fs.ModeSocket != 0:
		return errors.New("it is a socket, not a file")
	}
	return errors.New("it is a device, not a file")
}

// astray tells a link that leads nowhere from a file that is not there, which is no fault.
func astray(path string, err error) error {
	if info, there := os.Lstat(path); there == nil && info.Mode()&fs.ModeSymlink != 0 {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return errors.New("it is a link to a file that does not exist")
		case errors.Is(err, syscall.ELOOP):
			return errors.New("it is a link that leads back to itself")
		}
	}
	return err
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.File.Read(p)
	_, _ = s.hash.Write(p[:n]) // a hash takes everything
	s.done += int64(n)
	s.told(s.done, s.size)
	return n, err //nolint:wrapcheck // an io.Reader hands on io.EOF
}

// sum hashes what is left, and returns the hash of the whole file.
func (s *source) sum() string {
	_, _ = io.Copy(io.Discard, s)
	return hex.EncodeToString(s.hash.Sum(nil))
}

// reason says in plain words why a file cannot be opened.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "permission is denied"
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return fmt.Sprint(err)
}
