package backup

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// File is a backup that is whole: each byte of it was read.
type File struct {
	Manifest
	path    string
	file    *os.File
	entries map[string]*zip.File
}

// Open reads all of a file once and sees that it is a backup, whole and undamaged. told hears how far that
// is. The error says in words what the file is instead.
func Open(ctx context.Context, path string, told func(done, total int64)) (*File, error) {
	file, err := os.Open(path) //nolint:gosec // named by whoever runs the command
	if err != nil {
		return nil, fmt.Errorf("the backup cannot be read: %w", err)
	}
	f := &File{path: path, file: file}
	if err := f.check(ctx, told); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return f, nil
}

// Close ends the reading.
func (f *File) Close() error { return f.file.Close() }

func (f *File) damaged(why string) error { return DamagedError{f.path, why} }

// isBackup tells a backup by its first entry.
func isBackup(file io.ReaderAt) bool {
	var head [64]byte
	n, _ := file.ReadAt(head[:], 0)
	return bytes.HasPrefix(head[:n], []byte("PK\x03\x04")) && bytes.Contains(head[:n], []byte(readmeName))
}

func (f *File) check(ctx context.Context, told func(done, total int64)) error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || !isBackup(f.file) {
		return NotError{f.path}
	}
	if err := f.checkSum(ctx, info.Size(), told); err != nil {
		return err
	}
	if err := f.readManifest(info.Size()); err != nil {
		return err
	}
	for _, t := range f.Tables {
		if err := f.Table(ctx, t, func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }); err != nil {
			return err
		}
	}
	return nil
}

// checkSum holds all bytes against the sum at their end.
func (f *File) checkSum(ctx context.Context, size int64, told func(done, total int64)) error {
	const short = "its end is missing, or was changed"
	size -= sumLength
	if size < 0 {
		return f.damaged(short)
	}
	sum := hashed{sha256.New()}
	body := &following{ctx: ctx, from: io.NewSectionReader(f.file, 0, size), told: func(n int64) { told(n, size) }}
	if _, err := io.Copy(sum, body); err != nil {
		return err
	}
	var end [sumLength]byte
	if _, err := f.file.ReadAt(end[:], size); err != nil {
		return err
	}
	if string(end[:]) != sum.hex() {
		return f.damaged("its bytes are not those that were written, or its end is missing")
	}
	return nil
}

// readManifest reads what the file says of itself, and holds its entries against it.
func (f *File) readManifest(size int64) error {
	archive, err := zip.NewReader(f.file, size)
	if err != nil {
		return f.damaged(err.Error())
	}
	f.entries = map[string]*zip.File{}
	for _, e := range archive.File {
		f.entries[e.Name] = e
	}
	text, err := f.entry(manifestName)
	if err != nil {
		return err
	}
	defer text.Close()
	var known struct{ Format int }
	var all bytes.Buffer
	if err := json.NewDecoder(io.TeeReader(text, &all)).Decode(&known); err != nil {
		return f.damaged("its manifest cannot be read")
	}
	if known.Format != format {
		return UnknownError{f.path}
	}
	if err := json.Unmarshal(all.Bytes(), &f.Manifest); err != nil {
		return f.damaged("its manifest cannot be read")
	}
	return nil
}

func (f *File) entry(name string) (io.ReadCloser, error) {
	e, there := f.entries[name]
	if !there {
		return nil, f.damaged(name + " is not in it")
	}
	r, err := e.Open()
	if err != nil {
		return nil, f.damaged(err.Error())
	}
	return r, nil
}

// Table hands out the rows of a table, and sees that they are those that were written: the file may
// have changed since it was opened.
func (f *File) Table(ctx context.Context, t Table, read func(io.Reader) error) error {
	r, err := f.entry(t.Name + rowsSuffix)
	if err != nil {
		return err
	}
	defer r.Close()
	c := newCounted()
	if err := read(io.TeeReader(&following{ctx: ctx, from: r}, c)); err != nil {
		return err
	}
	if c.found() != t.Contents {
		return f.damaged("the rows of " + t.Name + " are not those that were written")
	}
	return nil
}

// following reads until ctx ends, and tells how far it is.
type following struct {
	ctx  context.Context //nolint:containedctx // a reader has no other way to be stopped
	from io.Reader
	done int64
	told func(done int64)
}

// Read reads on.
func (f *following) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, context.Cause(f.ctx)
	}
	n, err := f.from.Read(p)
	f.done += int64(n)
	if f.told != nil {
		f.told(f.done)
	}
	return n, err
}
