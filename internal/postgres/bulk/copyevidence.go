package bulkdb

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

const (
	copyBlock  = 1 << 18 // bytes that are handed over at a time
	copyAhead  = 4       // blocks that may be ready before they are asked for
	copyPeople = 1 << 12 // rows about one person that are sorted together
)

// evidenceCopy writes rows of evidence in the binary form that COPY reads, while they are read
// themselves: a block is made while the one before is sent. The database spends half as long on it
// as on text.
type evidenceCopy struct {
	blocks chan block
	told   func(rows int)
	rest   []byte // of the present block, not yet read
	sent   int
	err    error
}

// block is a piece of what is sent; rows are those that it ends. An error is the last.
type block struct {
	bytes []byte
	rows  int
	err   error
}

// copyEvidenceOf begins to write. It stops when the context ends.
func copyEvidenceOf(ctx context.Context, rows iter.Seq2[folder.EvidenceRow, error], ids *core.UUID7, attributes bool, told func(int)) *evidenceCopy {
	s := &evidenceCopy{blocks: make(chan block, copyAhead), told: told}
	w := &evidenceWriter{ids: ids, attributes: attributes, hand: func(b block) bool {
		select {
		case s.blocks <- b:
			return true
		case <-ctx.Done():
			return false
		}
	}}
	go func() {
		defer close(s.blocks)
		w.write(rows)
	}()
	return s
}

// Read is called by COPY.
func (s *evidenceCopy) Read(p []byte) (n int, err error) {
	for len(s.rest) == 0 {
		b, more := <-s.blocks
		if !more {
			return 0, io.EOF
		}
		if b.err != nil {
			s.err = b.err
			return 0, b.err
		}
		s.rest = b.bytes
		s.sent += b.rows
		s.told(s.sent)
	}
	n = copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// evidenceWriter turns rows into blocks. What comes of one person one after the other is put into
// the order of the table's key, so that its index is built of what is nearly sorted.
type evidenceWriter struct {
	ids        *core.UUID7
	attributes bool
	hand       func(block) bool

	group []folder.EvidenceRow
	order []int // of the group
	out   []byte
	rows  int
}

func (w *evidenceWriter) write(rows iter.Seq2[folder.EvidenceRow, error]) {
	w.out = append(make([]byte, 0, copyBlock+1<<12), "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	for row, err := range rows {
		if err != nil {
			w.hand(block{err: err})
			return
		}
		if n := len(w.group); n > 0 && (w.group[0].Person != row.Person || n == copyPeople) && !w.flush() {
			return
		}
		w.group = append(w.group, row)
	}
	if w.flush() {
		w.hand(block{bytes: append(w.out, 0xff, 0xff), rows: w.rows})
	}
}

// flush writes the rows of one person.
func (w *evidenceWriter) flush() bool {
	w.order = w.order[:0]
	for n := range w.group {
		w.order = append(w.order, n)
	}
	slices.SortFunc(w.order, func(a, b int) int { return byKey(&w.group[a], &w.group[b]) })
	for _, n := range w.order {
		if err := w.row(&w.group[n]); err != nil {
			w.hand(block{err: err})
			return false
		}
	}
	w.rows += len(w.group)
	w.group = w.group[:0]
	if len(w.out) < copyBlock {
		return true
	}
	b := block{bytes: w.out, rows: w.rows}
	w.out, w.rows = make([]byte, 0, copyBlock+1<<12), 0
	return w.hand(b)
}

// byKey is the order of evidence_key, in which what is not given comes last.
func byKey(a, b *folder.EvidenceRow) int {
	if c := strings.Compare(string(a.Skill), string(b.Skill)); c != 0 {
		return c // mostly
	}
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind), a.ObservedOn.Compare(b.ObservedOn),
		given(a.ExpiresOn.IsZero(), b.ExpiresOn.IsZero()), a.ExpiresOn.Compare(b.ExpiresOn),
		given(a.GivenBy == "", b.GivenBy == ""), cmp.Compare(a.GivenBy, b.GivenBy),
		given(a.Source == "", b.Source == ""), cmp.Compare(a.Source, b.Source),
	)
}

// given puts what is blank behind what is not.
func given(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// row writes one row.
func (w *evidenceWriter) row(e *folder.EvidenceRow) error {
	fields := 9
	if w.attributes {
		fields++
	}
	b := binary.BigEndian.AppendUint16(w.out, uint16(fields)) //nolint:gosec // nine or ten
	id := w.ids.Next()
	b = copyValue(b, id[:])
	b = copyValue(b, e.Person)
	b = copyValue(b, e.Skill)
	b = copyValue(b, e.Kind)
	b = append(b, 0, 0, 0, 2, 0, byte(e.Level))
	b = copyDate(b, e.ObservedOn)
	b = copyDate(b, e.ExpiresOn)
	b = copyGiven(b, e.GivenBy)
	b = copyGiven(b, e.Source)
	if w.attributes {
		extra, err := json.Marshal(orNone(e.Attributes))
		if err != nil {
			return err
		}
		b = binary.BigEndian.AppendUint32(b, uint32(len(extra)+1)) //nolint:gosec // a row has a megabyte at most
		b = append(append(b, 1), extra...)                         // the form of jsonb, of which there is one
	}
	w.out = b
	return nil
}

// orNone is what the database has for no attributes.
func orNone(a folder.Attributes) folder.Attributes {
	if a == nil {
		return folder.Attributes{}
	}
	return a
}

// copyValue writes how long a value is, and the value.
func copyValue[T ~string | ~[]byte](b []byte, value T) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(value))), value...) //nolint:gosec // a row has a megabyte at most
}

// copyGiven writes a text, or null for none.
func copyGiven[T ~string](b []byte, text T) []byte {
	if text == "" {
		return append(b, 0xff, 0xff, 0xff, 0xff)
	}
	return copyValue(b, text)
}

// firstDay is where Postgres counts days from.
var firstDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// copyDate writes a day, or null for none.
func copyDate(b []byte, d skein.Date) []byte {
	if d.IsZero() {
		return append(b, 0xff, 0xff, 0xff, 0xff)
	}
	const day = 24 * 60 * 60
	days := int32((d.Unix() - firstDay.Unix()) / day)                         //nolint:gosec // of the years 1900 to 2199
	return binary.BigEndian.AppendUint32(append(b, 0, 0, 0, 4), uint32(days)) //nolint:gosec // as it is
}
