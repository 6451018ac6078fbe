package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxRecord is the most bytes one row may have. A quote that is never closed would otherwise take
// the rest of the file into memory.
const maxRecord = 1 << 20

// record is one row as it stands in the file.
type record struct {
	raw    []byte // all of it, with its quotes and line ends
	line   int    // where it begins, from 1
	fields []field
}

// field is one value and where in the row it begins.
type field struct {
	value []byte
	start int
}

// place returns the line and the column, counted in characters from 1, of an offset into the row.
func (r *record) place(offset int) (line, column int) {
	before := r.raw[:min(offset, len(r.raw))]
	line = r.line + bytes.Count(before, []byte{'\n'})
	if i := bytes.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	return line, utf8.RuneCount(before) + 1
}

// flaw is what makes a row unreadable, and where.
type flaw struct {
	line, column int
	why          string
}

func (f *flaw) Error() string { return fmt.Sprintf("%d:%d: %s", f.line, f.column, f.why) }

// recordReader reads rows as RFC 4180 has them, quoted line ends included, and keeps what is
// inside quotes byte for byte (encoding/csv turns \r\n within a field into \n). The record and its
// fields are overwritten by the next call.
type recordReader struct {
	src     *bufio.Reader
	rec     record
	own     []byte // of a row that is more than a line without quotes
	scratch []byte // values of fields with doubled quotes
	next    int    // the line that comes next
	over    bool   // a quote was never closed: what follows cannot be told apart
}

func newRecordReader(src io.Reader) *recordReader {
	r := &recordReader{src: bufio.NewReaderSize(src, 1<<18), next: 1}
	if start, err := r.src.Peek(3); err == nil && bytes.Equal(start, []byte("\xef\xbb\xbf")) {
		_, _ = r.src.Discard(3) // a byte order mark
	}
	return r
}

var errTooLong = errors.New("row too long")

// read returns the next row that is not empty. The error is io.EOF, a *flaw (rows after it may be
// read), or what the file's reader says.
func (r *recordReader) read() (*record, error) {
	for {
		if r.over {
			return nil, io.EOF
		}
		r.rec.raw, r.rec.line = r.own[:0], r.next
		r.rec.fields, r.scratch = r.rec.fields[:0], r.scratch[:0]
		plain, err := r.begin()
		switch {
		case plain && len(r.rec.fields) > 0:
			return &r.rec, err
		case plain: // an empty line
			continue
		case err != nil:
			return nil, r.tooLong(err, 0, "This row is longer than a megabyte, so it is not read.")
		}
		if len(trimEnd(r.rec.raw)) > 0 {
			break
		}
	}
	err := r.split()
	r.own = r.rec.raw
	if err != nil {
		return nil, err
	}
	return &r.rec, r.readable()
}

// What a byte may mean in a line; most mean nothing.
const (
	comma = iota + 1
	mark  // a quote, a carriage return, a NUL
	high  // part of a character beyond ASCII
)

var meaning = func() (m [256]byte) {
	m[','], m['"'], m['\r'], m[0] = comma, mark, mark, mark
	for c := utf8.RuneSelf; c < len(m); c++ {
		m[c] = high
	}
	return m
}()

// begin takes the next line where it stands, with its fields, when it is all of a row and has
// neither quotes nor anything that must be told of: nearly every row is like that. Another line is
// only copied.
func (r *recordReader) begin() (plain bool, err error) {
	chunk, err := r.src.ReadSlice('\n')
	if err != nil {
		return false, r.append(chunk, err)
	}
	line, start, beyond := trimEnd(chunk), 0, false
	for i, c := range line {
		switch meaning[c] {
		case 0:
		case comma:
			r.rec.fields = append(r.rec.fields, field{line[start:i], start})
			start = i + 1
		case high:
			beyond = true
		default:
			r.rec.fields = r.rec.fields[:0]
			return false, r.append(chunk, nil)
		}
	}
	r.next++
	if len(line) > 0 {
		r.rec.raw = chunk
		r.rec.fields = append(r.rec.fields, field{line[start:], start})
	}
	if beyond {
		return true, r.readable()
	}
	return true, nil
}

// line appends the next line with its end to the row.
func (r *recordReader) line() error { return r.append(r.src.ReadSlice('\n')) }

// append appends what was read of a line to the row, and the rest of it.
func (r *recordReader) append(chunk []byte, err error) error {
	long := false
	for ; ; chunk, err = r.src.ReadSlice('\n') {
		if long = long || len(r.rec.raw)+len(chunk) > maxRecord; !long {
			r.rec.raw = append(r.rec.raw, chunk...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (len(chunk) > 0 || long):
		case err != nil:
			return err
		}
		r.next++
		if long {
			return errTooLong
		}
		return nil
	}
}

// tooLong turns errTooLong into a flaw at its place.
func (r *recordReader) tooLong(err error, offset int, why string) error {
	if !errors.Is(err, errTooLong) {
		return err
	}
	return r.flaw(offset, why)
}

// split finds the row's fields, reading on while a quote is open.
func (r *recordReader) split() error {
	at := 0
	for {
		start := at
		var value []byte
		var err error
		if at < len(r.rec.raw) && r.rec.raw[at] == '"' {
			value, at, err = r.quoted(at)
		} else {
			value, at, err = r.plain(at)
		}
		if err != nil {
			return err
		}
		r.rec.fields = append(r.rec.fields, field{value, start})
		if at >= len(r.rec.raw) || r.rec.raw[at] != ',' {
			break
		}
		at++
	}
	return nil
}

// plain reads the field without quotes that begins at start, and returns where it ends.
func (r *recordReader) plain(start int) (value []byte, end int, err error) {
	raw := trimEnd(r.rec.raw)
	if start >= len(raw) {
		return nil, len(raw), nil
	}
	if i := bytes.IndexByte(raw[start:], ','); i >= 0 {
		end = start + i
	} else {
		end = len(raw)
	}
	value = raw[start:end]
	if i := bytes.IndexByte(value, '"'); i >= 0 {
		return nil, 0, r.flaw(start+i, `A quote stands in the middle of a value. Put the whole value in quotes and double the quote: "say ""so""".`)
	}
	if i := bytes.IndexByte(value, '\r'); i >= 0 {
		return nil, 0, r.flaw(start+i, "A carriage return stands in the middle of a row. End rows with a line feed, or put the value in quotes.")
	}
	return value, end, nil
}

// quoted reads the field in quotes that begins at start, and returns where it ends.
func (r *recordReader) quoted(start int) (value []byte, end int, err error) {
	from, doubled := start+1, false
	for at := from; ; {
		i := bytes.IndexByte(r.rec.raw[at:], '"')
		if i < 0 {
			at = len(r.rec.raw)
			if err := r.line(); errors.Is(err, io.EOF) {
				r.over = true
				return nil, 0, r.flaw(start, "The quote that opens here is never closed.")
			} else if err != nil {
				r.over = true
				return nil, 0, r.tooLong(err, start,
					"The text that opens with a quote here is longer than a megabyte. Is its closing quote missing? Nothing after it is read.")
			}
			continue
		}
		at += i
		if at+1 < len(r.rec.raw) && r.rec.raw[at+1] == '"' {
			doubled, at = true, at+2
			continue
		}
		if rest := trimEnd(r.rec.raw[at+1:]); len(rest) > 0 && rest[0] != ',' {
			line, _ := r.rec.place(start)
			return nil, 0, r.flaw(at+1, fmt.Sprintf("After a closing quote comes a comma or the end of the row, not more text. Is the quote that opens on line %d never closed?", line))
		}
		value, end = r.rec.raw[from:at], at+1
		break
	}
	if doubled {
		from := len(r.scratch)
		for i := 0; i < len(value); i++ {
			r.scratch = append(r.scratch, value[i])
			if value[i] == '"' {
				i++
			}
		}
		value = r.scratch[from:]
	}
	if len(trimEnd(r.rec.raw[end:])) == 0 {
		end = len(r.rec.raw)
	}
	return value, end, nil
}

// readable reports bytes that no text has.
func (r *recordReader) readable() error {
	if i := bytes.IndexByte(r.rec.raw, 0); i >= 0 {
		return r.flaw(i, "A NUL byte stands here. Save the file as UTF-8 text.")
	}
	if utf8.Valid(r.rec.raw) {
		return nil
	}
	for i := 0; i < len(r.rec.raw); {
		c, size := utf8.DecodeRune(r.rec.raw[i:])
		if c == utf8.RuneError && size == 1 {
			return r.flaw(i, "This is not UTF-8 text. Save the file as UTF-8.")
		}
		i += size
	}
	return nil
}

func (r *recordReader) flaw(offset int, why string) error {
	line, column := r.rec.place(offset)
	return &flaw{line, column, why}
}

// trimEnd takes off the line end.
func trimEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte{'\n'})
	return bytes.TrimSuffix(b, []byte{'\r'})
}
