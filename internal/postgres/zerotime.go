package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// zeroTimes makes null and the zero time.Time one and the same on a connection, in both directions.
// Without it each query and each write needs its own word for "not yet"; one that forgets fails at
// the first null, or writes the year 1.
func zeroTimes(_ context.Context, conn *pgx.Conn) error {
	types := conn.TypeMap()
	types.RegisterType(&pgtype.Type{Name: "date", OID: pgtype.DateOID, Codec: zeroTime{pgtype.DateCodec{}}})
	types.RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: zeroTime{&pgtype.TimestamptzCodec{}},
	})
	// Where Postgres was not asked for the types of the parameters, the Go type decides.
	types.RegisterDefaultPgType(time.Time{}, "timestamptz")
	return nil
}

// zeroTime is a codec of days or moments that reads null as the zero time and writes that as null.
// Other Go types, a *time.Time among them, are read and written as ever.
type zeroTime struct{ pgtype.Codec }

// PlanEncode plans how a value is written.
func (c zeroTime) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	at, ok := value.(time.Time)
	if !ok {
		return c.Codec.PlanEncode(m, oid, format, value)
	}
	if plan := c.Codec.PlanEncode(m, oid, format, (*moment)(&at)); plan != nil {
		return encodeTime{plan}
	}
	return nil
}

// PlanScan plans how a value is read.
func (c zeroTime) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	into, ok := target.(*time.Time)
	if !ok {
		return c.Codec.PlanScan(m, oid, format, target)
	}
	if plan := c.Codec.PlanScan(m, oid, format, (*moment)(into)); plan != nil {
		return scanTime{plan}
	}
	return nil
}

type encodeTime struct{ as pgtype.EncodePlan }

// Encode appends a time.Time; nil says null.
func (p encodeTime) Encode(value any, buf []byte) ([]byte, error) {
	at := value.(time.Time)
	return p.as.Encode((*moment)(&at), buf)
}

type scanTime struct{ as pgtype.ScanPlan }

// Scan reads into a *time.Time.
func (p scanTime) Scan(src []byte, target any) error {
	return p.as.Scan(src, (*moment)(target.(*time.Time)))
}

// moment is a time.Time as pgtype's codecs read and write it.
type moment time.Time

// errEndless says that a column holds an infinity, which no time.Time can say.
var errEndless = errors.New("infinity is no time")

// ScanDate takes a day.
func (t *moment) ScanDate(v pgtype.Date) error { return t.take(v.Time, v.InfinityModifier) }

// ScanTimestamptz takes a moment.
func (t *moment) ScanTimestamptz(v pgtype.Timestamptz) error {
	return t.take(v.Time, v.InfinityModifier)
}

// take keeps a time; null comes as the zero one.
func (t *moment) take(at time.Time, end pgtype.InfinityModifier) error {
	if end != pgtype.Finite {
		return errEndless
	}
	*t = moment(at)
	return nil
}

// DateValue gives a day.
func (t *moment) DateValue() (pgtype.Date, error) {
	at := time.Time(*t)
	return pgtype.Date{Time: at, Valid: !at.IsZero()}, nil
}

// TimestamptzValue gives a moment.
func (t *moment) TimestamptzValue() (pgtype.Timestamptz, error) {
	at := time.Time(*t)
	return pgtype.Timestamptz{Time: at, Valid: !at.IsZero()}, nil
}
