// Package backup is the file that holds a whole Skein: a zip with the rows of each table as Postgres' COPY
// writes them, and a manifest. Its last 64 bytes, which zip takes for the comment, are the SHA-256 of all
// before them: whatever byte is changed, gone or added, it shows before anything is read from it.
package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

const (
	format       = 1
	readmeName   = "skein-backup.txt" // the first entry, by which the file is known
	manifestName = "manifest.json"
	rowsSuffix   = ".copy"
	sumLength    = 2 * sha256.Size
	readme       = "A backup of Skein: all that is in its database. To read it: skein restore FILE\n" +
		"Each table is here as COPY ... TO STDOUT writes it (text, UTF-8); manifest.json names the columns.\n"
)

// Manifest says what is in a backup.
type Manifest struct {
	Format   int       `json:"format"`
	Schema   int       `json:"schema"`   // the newest step taken of the schema's
	At       time.Time `json:"at"`       // when it was begun
	Postgres string    `json:"postgres"` // the version it came from
	Log      Log       `json:"log"`
	Tables   []Table   `json:"tables"`
}

// Log is how the log's chain was found when the backup was made.
type Log struct {
	Head   string `json:"head"`             // as skein audit verify prints it
	Broken string `json:"broken,omitempty"` // why it did not hold; then there is no head
}

// Table is the rows of one table.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Contents
}

// Contents is what a table's rows are known by.
type Contents struct {
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Rows counts those of all tables.
func (m Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Bytes counts those of all tables, as they are once unpacked.
func (m Manifest) Bytes() (n int64) {
	for _, t := range m.Tables {
		n += t.Contents.Bytes
	}
	return n
}

// counted takes note of what passes: COPY writes one line a row, whatever is in it.
type counted struct {
	Contents
	sum hashed
}

func newCounted() *counted { return &counted{sum: hashed{sha256.New()}} }

// Write never fails.
func (c *counted) Write(p []byte) (int, error) {
	c.Bytes += int64(len(p))
	for _, b := range p {
		if b == '\n' {
			c.Rows++
		}
	}
	return c.sum.Write(p)
}

// found is what has passed.
func (c *counted) found() Contents {
	c.SHA256 = c.sum.hex()
	return c.Contents
}

// NotError says that a file is no backup at all.
type NotError struct{ File string }

func (e NotError) Error() string {
	return fmt.Sprintf("%s is not a backup of Skein", e.File)
}

// DamagedError says that a file is a backup, and not as it was written.
type DamagedError struct{ File, Why string }

func (e DamagedError) Error() string {
	return fmt.Sprintf("%s is damaged: %s", e.File, e.Why)
}

// UnknownError says that a newer Skein wrote the file, in a form that this one does not know.
type UnknownError struct{ File string }

func (e UnknownError) Error() string {
	return fmt.Sprintf("%s was made by a newer Skein: restore it with that one", e.File)
}

func hexOf(sum []byte) string { return hex.EncodeToString(sum) }
