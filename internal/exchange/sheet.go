package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"skein/internal/folder"
)

// cellKind is what a cell holds.
type cellKind uint8

const (
	cellText cellKind = iota
	cellNumber
	cellDay        // shown as 2026-03-31, or 2026-03-31 09:30:00
	cellFault      // the error of a formula
	cellUncomputed // a formula whose value nobody has computed
)

// The most rows and columns that a sheet has.
const (
	maxLines   = 1 << 20
	maxColumns = 1 << 14
)

// sheetReader reads the rows of a sheet as a spreadsheet shows them: of a formula what it came to. It holds one
// row at a time.
type sheetReader struct {
	book   *book
	tokens *tokens
	rec    record
	last   int      // the line that was read last
	header int      // the line of the first row that holds anything
	width  int      // how many values that has
	hidden int      // rows that hold something, and that spreadsheets do not show
	merged []merged // that hold a value of this table; known at the end
	in     bool     // of the rows
	over   bool
}

// merged are cells that a spreadsheet shows as one.
type merged struct{ from, to folder.Place }

// open begins to read a sheet.
func (b *book) open(s *source, name string, told func(done, total int64)) (*sheetReader, error) {
	z, err := unzip(s)
	if err != nil {
		return nil, err
	}
	p := part(z, b.sheet(name).part)
	in, err := openPart(p, math.MaxInt64-1)
	if err != nil {
		return nil, err
	}
	r := &sheetReader{book: b, tokens: newTokens(in)}
	r.tokens.told = func(done int64) { told(done, int64(p.UncompressedSize64)) } //nolint:gosec // see openPart
	return r, nil
}

// settle has nothing to find out: cells are cells.
func (r *sheetReader) settle([]string) error { return nil }

func (r *sheetReader) line() int    { return r.last + 1 }
func (r *sheetReader) ended() bool  { return r.over }
func (r *sheetReader) unseen() int  { return r.hidden }
func (r *sheetReader) commas() bool { return false }

func (r *sheetReader) read() (*record, error) {
	for {
		if r.over {
			return nil, r.end()
		}
		token, err := r.tokens.next()
		if err != nil {
			r.over = true
			if errors.Is(err, io.EOF) {
				err = damagedFlaw() // it ends before it is closed
			}
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			rec, err := r.element(e)
			if rec != nil || err != nil {
				return rec, err
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "sheetData":
				r.in = false
			case "worksheet":
				r.over = true
			}
		}
	}
}

// element reads what begins outside of a row; a row wholly.
func (r *sheetReader) element(e xml.StartElement) (*record, error) {
	switch e.Name.Local {
	case "sheetData":
		r.in = true
	case "mergeCell":
		r.merge(attr(e, "ref"))
	case "row":
		if !r.in {
			return nil, nil //nolint:nilnil // nothing that is read
		}
		err := r.row(e)
		r.tokens.told(r.tokens.done)
		if err != nil {
			r.over = true
			return nil, err
		}
		return r.take(truth(attr(e, "hidden")))
	}
	return nil, nil //nolint:nilnil // as above
}

// row reads a row's cells.
func (r *sheetReader) row(e xml.StartElement) error {
	line := r.last + 1
	if said := attr(e, "r"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n <= r.last || n > maxLines {
			return damagedFlaw()
		}
		line = n
	}
	r.last = line
	r.rec = record{raw: r.rec.raw[:0], line: line, end: '\n', cells: true, fields: r.rec.fields[:0]}
	for {
		token, err := r.tokens.within()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "c" {
				if err := r.cell(t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		}
	}
}

// take hands the row out, if it holds something (else nil), with a value for each column of the header.
func (r *sheetReader) take(hidden bool) (*record, error) {
	for n := len(r.rec.fields); n > 0 && r.rec.fields[n-1].blank(); n-- {
		r.rec.raw, r.rec.fields = r.rec.raw[:r.rec.fields[n-1].start], r.rec.fields[:n-1]
	}
	if len(r.rec.fields) == 0 {
		return nil, nil //nolint:nilnil // it is passed over
	}
	if hidden {
		r.hidden++
	}
	if r.header == 0 {
		r.header, r.width = r.rec.line, len(r.rec.fields)
	}
	if len(r.rec.raw) > maxRecord {
		return nil, &flaw{line: r.rec.line, column: 1, why: "This row is longer than a megabyte, so it is not read."}
	}
	for len(r.rec.fields) < r.width {
		r.put(nil, cellText)
	}
	r.rec.settle()
	if i := bytes.IndexByte(r.rec.raw, 0); i >= 0 {
		_, column := r.rec.place(i)
		return nil, &flaw{line: r.rec.line, column: column, why: "A NUL character stands here. Take it out."}
	}
	return &r.rec, nil
}

// put adds a cell. Its value is cut out of the row when that has stopped growing.
func (r *sheetReader) put(value []byte, is cellKind) {
	start := len(r.rec.raw)
	r.rec.raw = append(append(r.rec.raw, value...), '\t')
	r.rec.fields = append(r.rec.fields, field{value: value, start: start, is: is})
}

// settle cuts the values out of the row.
func (r *record) settle() {
	for i := range r.fields {
		end := len(r.raw)
		if i+1 < len(r.fields) {
			end = r.fields[i+1].start
		}
		r.fields[i].value = r.raw[r.fields[i].start : end-1]
	}
}

// merge takes note of cells that are shown as one, where they hold a value of the table.
func (r *sheetReader) merge(ref string) {
	first, last, _ := strings.Cut(ref, ":")
	from, ok := cellPlace(first)
	to, also := cellPlace(last)
	if ok && also && from != to && to.Line >= r.header && from.Line <= r.last && from.Column <= r.width && r.header > 0 &&
		len(r.merged) <= maxProblems {
		r.merged = append(r.merged, merged{from, to})
	}
}

// end tells of merged cells, one after the other, and then of the end.
func (r *sheetReader) end() error {
	if len(r.merged) == 0 {
		return io.EOF
	}
	m := r.merged[0]
	r.merged = slices.Delete(r.merged, 0, 1)
	return &flaw{line: m.from.Line, column: m.from.Column, why: fmt.Sprintf(
		"The cells from here to %s%d are merged into one, which does not say to which row and column its value belongs. Take them apart, and write the value into each cell that it is meant for.",
		folder.Letters(m.to.Column), m.to.Line)}
}
