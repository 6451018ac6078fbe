package exchange

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// files is a folder of files to read.
type files struct {
	dir      string
	charset  charset           // of those that do not say
	mappings []Mapping         // of tables whose name or columns are not ours
	limits   Limits            // of what is read
	asking   bool              // see Asking
	most     int               // problems that are told one by one; 0: as usual
	origins  map[string]origin // by the names of ReadNames: where each comes from
}

// origin is a table of the folder: a CSV file, or a sheet of a workbook.
type origin struct {
	file   string // as it stands in the folder
	sheet  string // "": a CSV file
	book   *book  // of the sheet
	kind   string // the one of ReadNames that its name, or a mapping, says
	mapped *Mapping
}

// called is how messages name it.
func (o origin) called() string {
	if o.sheet == "" {
		return o.file
	}
	return o.file + ":" + o.sheet
}

// hidden tells of a sheet that spreadsheets do not show.
func (o origin) hidden() bool { return o.sheet != "" && o.book.sheet(o.sheet).hidden }

// opened is a table that is being read.
type opened struct {
	*source
	rows rowsIn
}

// rowsIn hands out the rows of a table.
type rowsIn interface {
	// settle finds out what parts values, before the first row is read. The columns are those that the
	// header may have. The error is a *flaw.
	settle(columns []string) error
	// read returns the next row that has a value. The error is io.EOF, a *flaw (rows after it may be read),
	// or what the file's reader says.
	read() (*record, error)
	line() int    // the one that comes next
	ended() bool  // what follows could not be told apart, and is not read
	unseen() int  // rows so far that a spreadsheet does not show
	commas() bool // separate values: none is in a number
}

// open opens one of ReadNames. The error is a *flaw where it cannot be understood, else one to open the file,
// fs.ErrNotExist where there is none.
func (f *files) open(file string, told func(done, total int64)) (*opened, error) {
	return f.openOrigin(f.origin(file), told)
}

func (f *files) openOrigin(o origin, told func(done, total int64)) (*opened, error) {
	s, err := openSource(filepath.Join(f.dir, o.file), told)
	if err != nil {
		return nil, err
	}
	src := &opened{source: s}
	if o.sheet != "" {
		s.told = func(int64, int64) {} // of what is packed: the sheet tells how far it is itself
		src.rows, err = o.book.open(s, o.sheet, told)
	} else {
		src.rows, err = f.text(s)
	}
	if err != nil {
		_ = s.Close() // it was only read
		return nil, err
	}
	return src, nil
}

// text reads the rows of a CSV file.
func (f *files) text(s *source) (*recordReader, error) {
	if err := f.tooLarge(s.size); err != nil {
		return nil, err
	}
	text, converted, err := f.charset.text(s, f.asking)
	if err != nil {
		return nil, err
	}
	rows := newRecordReader(text)
	rows.converted, rows.asking = converted, f.asking
	return rows, nil
}

// origin is where a file comes from.
func (f *files) origin(file string) origin {
	if o, there := f.origins[file]; there {
		return o
	}
	return origin{file: file, kind: file}
}

// called is how the folder calls a file.
func (f *files) called(file string) string { return f.origin(file).called() }

// survey looks at what is in the folder at all. Names count in any case.
func (r *reader) survey() bool {
	entries, err := os.ReadDir(r.files.dir)
	if err != nil {
		r.refuse(r.files.dir, "This folder cannot be read: "+reason(err)+".")
		return false
	}
	seen := map[string]string{}
	for _, e := range entries {
		name, file := e.Name(), strings.ToLower(e.Name())
		if other, twice := seen[file]; twice && r.reads(file) {
			r.refuse(name, "The folder has "+other+" too, which differs by case only. Leave one of the two.")
			continue
		}
		seen[file] = name
		r.look(name, file)
	}
	r.unmapped()
	if len(r.files.origins) == 0 && r.report.OK() {
		r.refuse(r.files.dir, "There is nothing to read here. Skein looks for "+strings.Join(ReadNames, ", ")+
			", or for workbooks (.xlsx) whose sheets are named so.")
	}
	return len(r.files.origins) > 0
}

// reads tells whether a file, by its name in lower case, is one that is read.
func (r *reader) reads(file string) bool {
	return workbook(file) || slices.Contains(ReadNames, file) || r.files.mapping(file, "") != nil
}

// refuse reports what is wrong with a file as a whole.
func (r *reader) refuse(name, why string) {
	r.report.add(Problem{File: name, Line: 1, Column: 1, Why: why})
}

// look finds what a file of the folder holds, by its name in lower case.
func (r *reader) look(name, file string) {
	switch ext := filepath.Ext(file); {
	case workbook(file):
		r.lookInto(name)
	case ext == ".csv":
		o := origin{file: name, kind: kindOf(file), mapped: r.files.mapping(file, "")}
		if !slices.Contains(ReadNames, file) {
			o.kind = ""
		}
		if !r.take(o) {
			r.report.note("%s is not one of the files that Skein reads, and is left alone.", name)
		}
	case elsewhere(name) != "" && !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, "."):
		r.report.note("%s is left alone%s.", name, elsewhere(name))
	}
}

// workbook tells a workbook by its name in lower case. What a spreadsheet puts beside one while it is open is
// none.
func workbook(file string) bool {
	return filepath.Ext(file) == ".xlsx" && !strings.HasPrefix(file, "~$") && !strings.HasPrefix(file, ".")
}

// elsewhere says what would do of a file that other programs take for a table; "" of any other.
func elsewhere(name string) string {
	if slices.Contains([]string{".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv"}, strings.ToLower(filepath.Ext(name))) {
		return ": save it as a workbook (.xlsx) or as CSV to have it read"
	}
	return ""
}

// lookInto finds the sheets of a workbook.
func (r *reader) lookInto(name string) {
	b, err := r.files.openBook(name)
	var bad *flaw
	switch {
	case errors.As(err, &bad):
		r.report.add(bad.problem(name, false))
		return
	case err != nil:
		r.refuse(name, "The file cannot be read: "+reason(err)+".")
		return
	}
	for _, s := range b.sheets {
		o := origin{file: name, sheet: s.name, book: b, kind: b.kind(name, s), mapped: r.files.mapping(name, s.name)}
		switch {
		case s.hidden && o.kind != "" && o.mapped == nil:
			r.report.note("%s: This sheet is hidden, and is left alone. Show it in the spreadsheet to have it read.", o.called())
		case s.part == "" || !r.take(o):
			r.report.note("%s: This sheet is not one that Skein reads, and is left alone.", o.called())
		}
	}
}

// take takes a table for what its name or a mapping says. It returns false where neither says anything.
func (r *reader) take(o origin) bool {
	if o.mapped != nil {
		r.mapped[o.mapped] = true
		if o.kind = o.mapped.Kind; o.kind == Ignored {
			return true
		}
		if !slices.Contains(ReadNames, o.kind) {
			r.refuse(o.called(), fmt.Sprintf("%q is none of the files that Skein reads: %s.", o.kind, strings.Join(ReadNames, ", ")))
			return true
		}
	}
	if o.kind == "" {
		return false
	}
	if other, twice := r.files.origins[o.kind]; twice {
		r.refuse(o.called(), fmt.Sprintf("%s holds %s too. Leave one of the two.", other.called(), strings.TrimSuffix(o.kind, ".csv")))
		return true
	}
	r.files.origins[o.kind] = o
	return true
}

// unmapped refuses what was said of tables that are not there, and what was said twice.
func (r *reader) unmapped() {
	for i := range r.files.mappings {
		m := &r.files.mappings[i]
		called := origin{file: m.File, sheet: m.Sheet}.called()
		switch {
		case r.files.mapping(m.File, m.Sheet) != m:
			r.refuse(called, "It was said twice what this is.")
		case !r.mapped[m] && m.Kind != Ignored:
			r.refuse(called, "It was said what this is, and it is not there.")
		}
	}
}
