package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"unicode/utf8"
)

// maxRecord is the most bytes one row may have. A quote that is never closed would otherwise take
// the rest of the file into memory.
const maxRecord = 1 << 20

// record is one row as it stands in the file.
type record struct {
	raw    []byte // all of it, with its quotes and line ends; of a sheet its values, each with a byte behind it
	line   int    // where it begins, from 1
	end    byte   // the last byte of a line's end
	cells  bool   // it is a row of a sheet: columns are counted, not characters
	fields []field
}

// field is one value and where in the row it begins.
type field struct {
	value []byte
	start int
	is    cellKind // of a sheet
}

// place returns the line and the column, counted in characters from 1, of an offset into the row.
func (r *record) place(offset int) (line, column int) {
	if r.cells {
		n, found := slices.BinarySearchFunc(r.fields, offset, func(f field, at int) int { return f.start - at })
		if !found {
			n--
		}
		return r.line, max(n, 0) + 1
	}
	before := r.raw[:min(offset, len(r.raw))]
	line = r.line + bytes.Count(before, []byte{r.end})
	if i := bytes.LastIndexByte(before, r.end); i >= 0 {
		before = before[i+1:]
	}
	return line, utf8.RuneCount(before) + 1
}

// recordReader reads rows as RFC 4180 has them, quoted line ends included, and keeps what is
// inside quotes byte for byte (encoding/csv turns \r\n within a field into \n). Rows without any value
// are passed over. The record and its fields are overwritten by the next call.
type recordReader struct {
	src     *bufio.Reader
	rec     record
	own     []byte // of a row that is more than a line without quotes
	scratch []byte // values of fields with doubled quotes
	next    int    // the line that comes next
	over    bool   // a quote was never closed: what follows cannot be told apart
	end     byte   // the last byte of a line's end: a line feed, or a carriage return alone
	sep     byte   // what stands between values
	means   *[256]byte
	// the text was in another encoding: what could not be converted is U+FFFD
	converted bool
	asking    bool // see Asking
}

// newRecordReader reads UTF-8 text whose values commas separate and whose lines a line feed ends, unless
// settle finds something else.
func newRecordReader(src io.Reader) *recordReader {
	r := &recordReader{src: bufio.NewReaderSize(src, 1<<18), next: 1, end: '\n'}
	r.separate(separators[0])
	return r
}

func (r *recordReader) line() int    { return r.next }
func (r *recordReader) ended() bool  { return r.over }
func (r *recordReader) unseen() int  { return 0 }
func (r *recordReader) commas() bool { return r.sep == ',' }

// separate sets what stands between values.
func (r *recordReader) separate(by byte) { r.sep, r.means = by, meanings[by] }

var errTooLong = errors.New("row too long")

// read returns the next row that has a value. The error is io.EOF, a *flaw (rows after it may be
// read), or what the file's reader says.
func (r *recordReader) read() (*record, error) {
	for {
		if r.over {
			return nil, io.EOF
		}
		r.rec.raw, r.rec.line, r.rec.end = r.own[:0], r.next, r.end
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
		if len(r.trimEnd(r.rec.raw)) == 0 {
			continue
		}
		err = r.split()
		r.own = r.rec.raw
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(r.rec.fields, func(f field) bool { return len(bytes.TrimSpace(f.value)) > 0 }) {
			continue
		}
		return &r.rec, r.readable()
	}
}

// What a byte may mean in a line; most mean nothing.
const (
	parting = iota + 1
	mark    // a quote, a carriage return or line feed, a NUL
	high    // part of a character beyond ASCII
)

// meanings are what bytes mean, by what separates the values.
var meanings = func() map[byte]*[256]byte {
	all := map[byte]*[256]byte{}
	for _, sep := range separators {
		m := &[256]byte{'"': mark, '\r': mark, '\n': mark, 0: mark}
		m[sep] = parting
		for c := utf8.RuneSelf; c < len(m); c++ {
			m[c] = high
		}
		all[sep] = m
	}
	return all
}()

// begin takes the next line where it stands, with its fields, when it is all of a row and has
// neither quotes nor anything that must be told of: nearly every row is like that. Another line is
// only copied.
func (r *recordReader) begin() (plain bool, err error) {
	chunk, err := r.src.ReadSlice(r.end)
	if err != nil {
		return false, r.append(chunk, err)
	}
	line, start, beyond := r.trimEnd(chunk), 0, false
	for i, c := range line {
		switch r.means[c] {
		case 0:
		case parting:
			r.rec.fields = append(r.rec.fields, field{value: line[start:i], start: start})
			start = i + 1
		case high:
			beyond = true
		default:
			r.rec.fields = r.rec.fields[:0]
			return false, r.append(chunk, nil)
		}
	}
	r.next++
	if nothing(line) {
		r.rec.fields = r.rec.fields[:0]
	} else {
		r.rec.raw = chunk
		r.rec.fields = append(r.rec.fields, field{value: line[start:], start: start})
	}
	if beyond {
		return true, r.readable()
	}
	return true, nil
}

// nextLine appends the next line with its end to the row.
func (r *recordReader) nextLine() error { return r.append(r.src.ReadSlice(r.end)) }

// append appends what was read of a line to the row, and the rest of it.
func (r *recordReader) append(chunk []byte, err error) error {
	long := false
	for ; ; chunk, err = r.src.ReadSlice(r.end) {
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
		r.rec.fields = append(r.rec.fields, field{value: value, start: start})
		if at >= len(r.rec.raw) || r.rec.raw[at] != r.sep {
			break
		}
		at++
	}
	return nil
}

// plain reads the field without quotes that begins at start, and returns where it ends.
func (r *recordReader) plain(start int) (value []byte, end int, err error) {
	raw := r.trimEnd(r.rec.raw)
	if start >= len(raw) {
		return nil, len(raw), nil
	}
	if i := bytes.IndexByte(raw[start:], r.sep); i >= 0 {
		end = start + i
	} else {
		end = len(raw)
	}
	value = raw[start:end]
	if i := bytes.IndexByte(value, '"'); i >= 0 {
		return nil, 0, r.flaw(start+i, `A quote stands in the middle of a value. Put the whole value in quotes and double the quote: "say ""so""".`)
	}
	if i := bytes.IndexAny(value, "\r\n"); i >= 0 {
		return nil, 0, r.flaw(start+i, strayEnd[r.end])
	}
	return value, end, nil
}

// strayEnd says what is wrong with a line end that is not the file's, by what its lines end with.
var strayEnd = map[byte]string{
	'\n': "A carriage return stands in the middle of a row. End rows with a line feed, or put the value in quotes.",
	'\r': "A line feed stands in the middle of a row; the lines above end with a carriage return. End all of them alike, or put the value in quotes.",
}
