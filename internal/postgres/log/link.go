package logdb

import (
	"crypto/sha256"
	"encoding/binary"
	"math"

	"github.com/jackc/pgx/v5/pgtype"
)

// genesis stands for the hash before the first row.
var genesis [sha256.Size]byte

// link is a row of the log as the chain holds it, and the personal content beside it.
type link struct {
	Position    *int64
	ID          int64
	At          pgtype.Timestamptz
	RecordedAt  pgtype.Timestamptz
	ActorID     *string
	Action      string
	Noun        string
	NounID      string
	ProjectID   *string
	CircleID    *string
	Details     string // the text of the jsonb
	ContentHash []byte
	Hash        []byte
	Salt        []byte // nil: nothing lies beside the row, or it was erased
	Content     *string
}

// hash reckons the row's hash after the hash before it, without the database's function: that one may
// have been changed too. Fields are written as audit_hash in the database writes them: the length in
// four bytes, then the bytes; null has the length -1.
func (l link) hash(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	field := func(b []byte, null bool) {
		if null {
			h.Write([]byte{0xff, 0xff, 0xff, 0xff})
			return
		}
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b))))
		h.Write(b)
	}
	text := func(s *string) {
		if s == nil {
			field(nil, true)
			return
		}
		field([]byte(*s), false)
	}
	field(number(*l.Position), false)
	field(number(l.ID), false)
	field(number(microseconds(l.At)), false)
	field(number(microseconds(l.RecordedAt)), false)
	text(l.ActorID)
	text(&l.Action)
	text(&l.Noun)
	text(&l.NounID)
	text(l.ProjectID)
	text(l.CircleID)
	text(&l.Details)
	field(l.ContentHash, l.ContentHash == nil)
	return h.Sum(nil)
}

// content says what is wrong with the personal content beside the row; "" when nothing is. Content
// that is gone was erased, which anybody who may erase could do: the chain does not tell.
func (l link) content() string {
	if l.Salt == nil || l.Content == nil {
		return ""
	}
	hash := sha256.Sum256(append(append([]byte{}, l.Salt...), *l.Content...))
	if string(hash[:]) != string(l.ContentHash) {
		return "the personal content of this row was changed"
	}
	return ""
}

// number is eight bytes, the highest first.
func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// epoch2000 is where Postgres begins to count, in microseconds since 1970.
const epoch2000 = 946_684_800_000_000

// microseconds counts from the year 2000, as Postgres does; the infinities are the ends of the range.
func microseconds(at pgtype.Timestamptz) int64 {
	switch at.InfinityModifier {
	case pgtype.Infinity:
		return math.MaxInt64
	case pgtype.NegativeInfinity:
		return math.MinInt64
	default:
		return at.Time.UnixMicro() - epoch2000
	}
}
