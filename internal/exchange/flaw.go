package exchange

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// flaw is what makes a row unreadable, and where.
type flaw struct {
	line, column int
	why          string
	field        string // the name of its column, where that is known
	garbled      bool   // it is not in the encoding that it is read in, and so may be all of the file
}

// problem is the flaw as one of a file, or of a sheet.
func (f *flaw) problem(called string, sheet bool) Problem {
	return Problem{File: called, Line: f.line, Column: f.column, Field: f.field, Why: f.why, Sheet: sheet}
}

func (f *flaw) Error() string { return fmt.Sprintf("%d:%d: %s", f.line, f.column, f.why) }

// readable reports bytes that no text has.
func (r *recordReader) readable() error {
	if i := bytes.IndexByte(r.rec.raw, 0); i >= 0 {
		return r.flaw(i, "A NUL byte stands here. Save the file as UTF-8 text.")
	}
	if utf8.Valid(r.rec.raw) && (!r.converted || !bytes.ContainsRune(r.rec.raw, utf8.RuneError)) {
		return nil
	}
	for i := 0; i < len(r.rec.raw); {
		c, size := utf8.DecodeRune(r.rec.raw[i:])
		if c == utf8.RuneError && (size == 1 || r.converted) {
			return r.garbled(i)
		}
		i += size
	}
	return nil
}

func (r *recordReader) garbled(offset int) error {
	line, column := r.rec.place(offset)
	why := "This is not UTF-8 text. Save the file as UTF-8, or say how it is encoded: --encoding windows-1252, if it is from Excel on Windows."
	switch {
	case r.converted:
		why = "This is no character of the encoding that the file is read in. Save the file as UTF-8."
	case r.asking:
		why = "This is not UTF-8 text. Save the file as UTF-8, or say below how its letters are to be read: Windows-1252, if it is from Excel on Windows."
	}
	return &flaw{line: line, column: column, garbled: true, why: why}
}

func (r *recordReader) flaw(offset int, why string) error {
	line, column := r.rec.place(offset)
	return &flaw{line: line, column: column, why: why}
}

// trimEnd takes off the line end.
func (r *recordReader) trimEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte{r.end})
	return bytes.TrimSuffix(b, []byte{'\r'})
}
