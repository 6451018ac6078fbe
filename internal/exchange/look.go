package exchange

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// mostShown is how many rows Look gives as examples.
const mostShown = 5

// Seen is a table that a file holds, as it looks before it is read as anything.
type Seen struct {
	File   string // the file's name, without its folder
	Sheet  string // of a workbook; "" of a CSV file
	Called string // how messages name it: people.csv, or staff.xlsx:People
	Hidden bool   // a sheet that spreadsheets do not show; unless a Mapping says otherwise, it is not read
	// Kind is what its name says that it is, a Kind.File; "" where that says nothing.
	Kind string
	// Columns are the names in its first row that holds anything; "" where a column has none.
	Columns []string
	// First are up to five rows behind that, of as many values as there are columns.
	First [][]string
	Rows  int // all rows behind the first that hold anything
	// Problem is why it cannot be read, or not to its end, with the place; the zero value where it can.
	Problem Problem
}

// Look tells what tables a file holds: a CSV file one, a workbook (.xlsx) one a sheet. It takes the options of
// Read, of which Encoded and Limited matter. An error, a sentence, is of the file as a whole: it is not there,
// is neither of the two, is damaged, has a password, or is beyond a limit.
func Look(path string, how ...Option) ([]Seen, error) {
	f := &files{dir: filepath.Dir(path), origins: map[string]origin{}}
	for _, option := range how {
		option(f)
	}
	name := filepath.Base(path)
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return []Seen{f.look(origin{file: name, kind: kindOf(strings.TrimSuffix(folded(name), ".csv"))})}, nil
	case ".xlsx":
	default:
		return nil, fmt.Errorf("%s is neither a CSV file nor a workbook (.xlsx)%s", name, elsewhere(name))
	}
	book, err := f.openBook(name)
	if err != nil {
		var bad *flaw
		if errors.As(err, &bad) {
			return nil, fmt.Errorf("%s: %s", name, bad.why)
		}
		return nil, fmt.Errorf("%s cannot be read: %s", name, reason(err))
	}
	seen := make([]Seen, 0, len(book.sheets))
	for _, s := range book.sheets {
		if s.part != "" {
			seen = append(seen, f.look(origin{file: name, sheet: s.name, book: book, kind: book.kind(name, s)}))
		}
	}
	return seen, nil
}

// look reads a table through.
func (f *files) look(o origin) Seen {
	seen := Seen{File: o.file, Sheet: o.sheet, Called: o.called(), Kind: o.kind, Hidden: o.hidden()}
	fail := func(err error) Seen {
		var bad *flaw
		if errors.As(err, &bad) {
			seen.Problem = bad.problem(o.called(), o.sheet != "")
		} else {
			seen.Problem = Problem{File: o.called(), Line: 1, Column: 1, Why: "It cannot be read: " + reason(err) + ".", Sheet: o.sheet != ""}
		}
		return seen
	}
	src, err := f.openOrigin(o, func(int64, int64) {})
	if err != nil {
		return fail(err)
	}
	defer src.Close()
	var columns []string
	for _, l := range layouts {
		columns = append(columns, l.columns...)
	}
	if err := src.rows.settle(columns); err != nil {
		return fail(err)
	}
	for {
		rec, err := src.rows.read()
		var bad *flaw
		switch {
		case errors.Is(err, io.EOF):
			return seen
		case errors.As(err, &bad) && seen.Columns != nil: // one row of many; the first is told
			if seen.Rows++; seen.Problem.Why == "" {
				fail(err)
			}
			continue
		case err != nil:
			return fail(err)
		}
		if seen.Columns == nil {
			seen.Columns = texts(rec, len(rec.fields))
			continue
		}
		if seen.Rows++; len(seen.First) < mostShown {
			seen.First = append(seen.First, texts(rec, len(seen.Columns)))
		}
		if err := f.tooMany(seen.Rows); err != nil {
			return fail(err)
		}
	}
}

// texts are a row's values, cut or filled up to so many.
func texts(rec *record, n int) []string {
	values := make([]string, n)
	for i, f := range rec.fields[:min(n, len(rec.fields))] {
		values[i] = strings.TrimSpace(string(f.value))
	}
	return values
}

// Limits bounds what is read of files that somebody sends.
type Limits struct {
	Unfolded int64 // bytes of a file once it is unpacked; 0: as many as there are
	Rows     int   // of all tables together, without their headers; 0: as many as there are
}

// Limited refuses files beyond the limits. Whatever they are, no file is taken into memory whole.
func Limited(l Limits) Option { return func(f *files) { f.limits = l } }

// tooMany refuses the row that is one too many.
func (f *files) tooMany(rows int) error {
	if f.limits.Rows > 0 && rows > f.limits.Rows {
		return &flaw{line: 1, column: 1, why: fmt.Sprintf("There are more than %d rows. Bring them in several goes, or let somebody run skein import.", f.limits.Rows)}
	}
	return nil
}

// tooLarge refuses a file that is unfolded to more than may be.
func (f *files) tooLarge(bytes int64) error {
	if f.limits.Unfolded > 0 && bytes > f.limits.Unfolded {
		return &flaw{line: 1, column: 1, why: fmt.Sprintf("Unpacked it is larger than %d MB. Bring it in several files, or let somebody run skein import.", f.limits.Unfolded>>20)}
	}
	return nil
}
