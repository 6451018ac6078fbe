package postgres

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"time"

	"skein/internal/skein"
)

// evidenceText writes rows of evidence in the text form that COPY reads, as it is read itself. It
// holds one row at a time, and costs half of what values handed over one by one do.
type evidenceText struct {
	next func() (skein.EvidenceRow, error, bool)
	stop func()
	told func(int)
	ids  *ids7
	// write attributes too
	attributes bool

	row  []byte
	rest []byte // of the row, not yet read
	sent int
	err  error
}

func newEvidenceText(rows iter.Seq2[skein.EvidenceRow, error], ids *ids7, told func(int)) *evidenceText {
	s := &evidenceText{ids: ids, told: told}
	s.next, s.stop = iter.Pull2(rows)
	if s.told == nil {
		s.told = func(int) {}
	}
	return s
}

// Read is called by COPY.
func (s *evidenceText) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(s.rest) == 0 {
			if err := s.take(); err != nil {
				return n, err
			}
		}
		copied := copy(p[n:], s.rest)
		s.rest, n = s.rest[copied:], n+copied
	}
	return n, nil
}

// take turns the next row into text.
func (s *evidenceText) take() error {
	row, err, ok := s.next()
	if err != nil {
		s.err = err
		return err
	}
	if !ok {
		s.told(s.sent)
		return io.EOF
	}
	if s.sent++; s.sent%50000 == 0 {
		s.told(s.sent)
	}
	b := append(s.ids.append(s.row[:0]), '\t')
	b = append(copyText(b, string(row.Person)), '\t')
	b = append(copyText(b, string(row.Skill)), '\t')
	b = append(copyText(b, string(row.Kind)), '\t')
	b = append(strconv.AppendInt(b, int64(row.Level), 10), '\t')
	b = append(copyDate(b, row.ObservedOn), '\t')
	b = append(copyDate(b, row.ExpiresOn), '\t')
	b = append(copyNull(b, string(row.GivenBy)), '\t')
	b = copyNull(b, row.Source)
	if s.attributes {
		extra, err := json.Marshal(orNone(row.Attributes))
		if err != nil {
			s.err = err
			return err
		}
		b = copyText(append(b, '\t'), string(extra))
	}
	s.row = append(b, '\n')
	s.rest = s.row
	return nil
}

// orNone is what the database has for no attributes.
func orNone(a skein.Attributes) skein.Attributes {
	if a == nil {
		return skein.Attributes{}
	}
	return a
}

// copyText writes a text as COPY reads it.
func copyText(b []byte, text string) []byte {
	for n := range len(text) {
		switch c := text[n]; c {
		case '\\', '\n', '\r', '\t':
			b = append(b, '\\', map[byte]byte{'\\': '\\', '\n': 'n', '\r': 'r', '\t': 't'}[c])
		default:
			b = append(b, c)
		}
	}
	return b
}

// copyNull writes a text, or null for none.
func copyNull(b []byte, text string) []byte {
	if text == "" {
		return append(b, '\\', 'N')
	}
	return copyText(b, text)
}

// copyDate writes a day, or null for none.
func copyDate(b []byte, d skein.Date) []byte {
	if d.IsZero() {
		return append(b, '\\', 'N')
	}
	return d.AppendFormat(b, time.DateOnly)
}

// ids7 makes ids as uuid_v7 in the database does: first the time, then a count, then chance. One
// after the other they grow, so that their index is filled from one end.
type ids7 struct {
	ms    int64
	count int
	pool  [1 << 12]byte
	used  int
}

func newIDs(at time.Time) *ids7 {
	g := &ids7{ms: at.UnixMilli()}
	g.used = len(g.pool)
	return g
}

// append writes the next id.
func (g *ids7) append(b []byte) []byte {
	const chance, most = 8, 1 << 12
	if g.used+chance > len(g.pool) {
		_, _ = rand.Read(g.pool[:]) // never fails
		g.used = 0
	}
	var id [16]byte
	binary.BigEndian.PutUint64(id[:], uint64(g.ms)<<16|0x7000|uint64(g.count))
	copy(id[8:], g.pool[g.used:g.used+chance])
	id[8] = id[8]&0x3f | 0x80
	g.used += chance
	if g.count++; g.count == most {
		g.ms, g.count = g.ms+1, 0
	}
	return hex.AppendEncode(b, id[:])
}
