package backup

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Writer writes a backup beside the file that it is to become: that is there once it is whole, and not
// before.
type Writer struct {
	path   string
	file   *os.File
	all    *bufio.Writer
	sum    hashed
	zip    *zip.Writer
	tables []Table
	size   int64
	at     time.Time
}

type hashed struct{ hash.Hash }

func (h hashed) hex() string { return hexOf(h.Sum(nil)) }

// Create begins a backup, at a moment, that becomes path. Another backup that is there is replaced; anything else is let be.
func Create(path string, at time.Time) (*Writer, error) {
	if err := mayBecome(path); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // for its owner alone
	if err != nil {
		return nil, fmt.Errorf("the backup cannot be written: %w", err)
	}
	w := &Writer{path: path, file: file, all: bufio.NewWriterSize(file, 1<<20), sum: hashed{sha256.New()}, at: at.UTC().Truncate(time.Second)}
	w.zip = zip.NewWriter(w)
	w.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	entry, err := w.entry(readmeName)
	if err == nil {
		_, err = io.WriteString(entry, readme)
	}
	if err != nil {
		return nil, errors.Join(err, w.Abort())
	}
	return w, nil
}

// mayBecome refuses to write over what is no backup.
func mayBecome(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the backup cannot be written: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is there already and is no file: give another name", path)
	}
	file, err := os.Open(path) //nolint:gosec // named by whoever runs the command
	if err != nil {
		return fmt.Errorf("the backup cannot be written: %w", err)
	}
	defer file.Close()
	if !isBackup(file) {
		return fmt.Errorf("%s is there already and is no backup: give another name", path)
	}
	return nil
}

// Write takes what the zip is made of.
func (w *Writer) Write(p []byte) (int, error) {
	w.size += int64(len(p))
	_, _ = w.sum.Write(p) // never fails
	return w.all.Write(p)
}

func (w *Writer) entry(name string) (io.Writer, error) {
	return w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.at})
}

// Table writes the rows of a table, which copyTo sends as COPY has them. They must be as many as it says.
func (w *Writer) Table(name string, columns []string, copyTo func(io.Writer) (rows int64, err error)) error {
	entry, err := w.entry(name + rowsSuffix)
	if err != nil {
		return err
	}
	c := newCounted()
	rows, err := copyTo(io.MultiWriter(entry, c))
	if err != nil {
		return err
	}
	if rows != c.Rows {
		return fmt.Errorf("the table %s came with %d lines for %d rows", name, c.Rows, rows)
	}
	w.tables = append(w.tables, Table{Name: name, Columns: columns, Contents: c.found()})
	return nil
}

// Finish writes the manifest, and gives the file its name. It returns what is in it and its size.
func (w *Writer) Finish(m Manifest) (Manifest, int64, error) {
	m.Format, m.Tables, m.At = format, w.tables, w.at
	err := w.finish(m)
	if err != nil {
		return m, 0, errors.Join(fmt.Errorf("the backup cannot be written: %w", err), w.Abort())
	}
	return m, w.size, nil
}

func (w *Writer) finish(m Manifest) error {
	text, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	entry, err := w.entry(manifestName)
	if err == nil {
		_, err = entry.Write(append(text, '\n'))
	}
	if err == nil {
		err = w.close()
	}
	if err == nil {
		err = errors.Join(w.all.Flush(), w.file.Sync())
	}
	if err == nil {
		err = w.file.Close()
	}
	if err == nil { // one that was not closed may lack its end
		err = os.Rename(w.file.Name(), w.path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(w.path))
	}
	return err
}

// close ends the zip with the sum of all before its comment as that comment.
func (w *Writer) close() error {
	if err := w.zip.SetComment(strings.Repeat("-", sumLength)); err != nil {
		return err
	}
	if err := w.zip.Flush(); err != nil {
		return err
	}
	var end bytes.Buffer
	out := w.all
	w.all = bufio.NewWriter(&end)
	was := w.sum
	w.sum = hashed{sha256.New()} // of no use: the comment is not to be in it
	if err := errors.Join(w.zip.Close(), w.all.Flush()); err != nil {
		return err
	}
	w.all, w.sum = out, was
	whole := end.Bytes()
	whole = whole[:len(whole)-sumLength]
	_, _ = w.sum.Write(whole) // never fails
	_, err := w.all.Write(append(whole, w.sum.hex()...))
	return err
}

// Abort takes away what was written.
func (w *Writer) Abort() error {
	_ = w.file.Close() // it may be closed
	if err := os.Remove(w.file.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes a new name last.
func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // named by whoever runs the command
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
