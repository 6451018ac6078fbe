package exchange

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// book is what a workbook (.xlsx, ECMA-376) says of all its sheets. Sheets are read row by row, by our own hand:
// a reader of rows that knows a cell's text alone cannot tell an id "1E5" from a number, nor a day from one.
type book struct {
	sheets  []sheetPart
	styles  []style // how cells of a style show their numbers
	from04  bool    // days are counted from 1904, not from 1900
	strings sharedTexts
}

// sheetPart is a sheet and where in the workbook it is.
type sheetPart struct {
	name   string
	part   string // "": it holds no cells, but a chart or a dialog
	hidden bool
}

// The most that parts may have which are kept in memory. Sheets are not.
const (
	maxPart    = 32 << 20
	maxShared  = 256 << 20 // of the texts of all cells
	maxPackage = 1 << 16   // parts
)

const damaged = "This workbook is damaged: a spreadsheet may still open it. Save it again as a workbook (.xlsx), or as CSV."

func damagedFlaw() error { return wholeFlaw(damaged) }

// wholeFlaw is of a file as a whole.
func wholeFlaw(why string) error { return &flaw{line: 1, column: 1, why: why} }

// openBook reads what is kept of a workbook. The error is a *flaw, or one to open the file.
func (f *files) openBook(name string) (*book, error) {
	s, err := openSource(filepath.Join(f.dir, name), func(int64, int64) {})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	z, err := unzip(s)
	if err != nil {
		return nil, err
	}
	var unfolded uint64
	for _, part := range z.File {
		unfolded += min(part.UncompressedSize64, 1<<48)
	}
	if err := f.tooLarge(int64(unfolded)); err != nil { //nolint:gosec // at most 2^64: parts are counted
		return nil, err
	}
	b := &book{}
	return b, b.read(z)
}

// unzip opens a workbook. What other programs leave under its name is told apart by how it begins.
func unzip(s *source) (*zip.Reader, error) {
	begins := make([]byte, 8)
	n, _ := s.ReadAt(begins, 0)
	switch begins = begins[:n]; {
	case n == 0:
		return nil, wholeFlaw("The file is empty.")
	case bytes.HasPrefix(begins, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, wholeFlaw("This workbook has a password, or is of the old form (.xls). Take the password away and save it as a workbook (.xlsx).")
	case !bytes.HasPrefix(begins, []byte("PK")):
		return nil, wholeFlaw("This is no workbook (.xlsx), whatever its name says. Save it as one, or as CSV.")
	}
	z, err := zip.NewReader(s, s.size)
	if err != nil || len(z.File) > maxPackage {
		return nil, damagedFlaw()
	}
	return z, nil
}

// part finds a part by its name, which counts in any case.
func part(z *zip.Reader, name string) *zip.File {
	name = strings.TrimPrefix(name, "/")
	at := slices.IndexFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) })
	if at < 0 {
		return nil
	}
	return z.File[at]
}

// read finds the sheets, and what is needed to read them.
func (b *book) read(z *zip.Reader) error {
	main, err := related(z, "", func(kind, _, target string) string {
		if kind == "officeDocument" {
			return target
		}
		return ""
	})
	if err != nil || len(main) == 0 {
		return cmp.Or(err, wholeFlaw("This is no workbook (.xlsx), whatever its name says. Save it as one, or as CSV."))
	}
	home := main[0]
	parts, style, shared := map[string]string{}, "", ""
	if _, err := related(z, home, func(kind, id, target string) string {
		switch kind {
		case "worksheet":
			parts[id] = target
		case "styles":
			style = target
		case "sharedStrings":
			shared = target
		}
		return ""
	}); err != nil {
		return err
	}
	if err := b.contents(z, home, parts); err != nil {
		return err
	}
	if err := b.readStyles(z, style); err != nil {
		return err
	}
	return b.strings.read(z, shared)
}

// related walks what a part is related to, and collects what each returns but "". The kind is the last word of
// the relation's address.
func related(z *zip.Reader, of string, each func(kind, id, target string) string) (found []string, err error) {
	dir, name := path.Split(of)
	err = walk(part(z, dir+"_rels/"+name+".rels"), maxPart, func(t *tokens, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		if one := each(path.Base(attr(e, "Type")), attr(e, "Id"), strings.TrimPrefix(path.Clean(target), "/")); one != "" {
			found = append(found, one)
		}
		return nil
	})
	return found, err
}

// contents reads the workbook's own part: its sheets, in the order in which it shows them.
func (b *book) contents(z *zip.Reader, name string, parts map[string]string) error {
	return walk(part(z, name), maxPart, func(t *tokens, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from04 = truth(attr(e, "date1904"))
		case "sheet":
			if len(b.sheets) == maxPackage {
				return damagedFlaw()
			}
			state := attr(e, "state")
			b.sheets = append(b.sheets, sheetPart{
				name: attr(e, "name"), part: parts[attr(e, "id")], hidden: state == "hidden" || state == "veryHidden",
			})
		}
		return nil
	})
}

func (b *book) sheet(name string) sheetPart {
	at := slices.IndexFunc(b.sheets, func(s sheetPart) bool { return s.name == name })
	if at < 0 {
		return sheetPart{}
	}
	return b.sheets[at]
}

// kind is what a sheet is by its name. A workbook that shows one sheet alone may have the name itself.
func (b *book) kind(file string, s sheetPart) string {
	if kind := kindOf(s.name); kind != "" || s.hidden || s.part == "" {
		return kind
	}
	shown := 0
	for _, other := range b.sheets {
		if !other.hidden {
			shown++
		}
	}
	if shown > 1 {
		return ""
	}
	return kindOf(strings.TrimSuffix(folded(file), ".xlsx"))
}

// tokens reads the parts of an XML text one after the other, none of them longer than a row may be.
type tokens struct {
	*xml.Decoder
	in   io.Reader
	left int // bytes that the token may still have
	done int64
	told func(done int64)
}

var errLongToken = errors.New("token too long")

func (t *tokens) Read(p []byte) (int, error) {
	if t.left <= 0 {
		return 0, errLongToken
	}
	n, err := t.in.Read(p)
	t.left -= n
	t.done += int64(n)
	return n, err //nolint:wrapcheck // an io.Reader hands on io.EOF
}

func newTokens(in io.Reader) *tokens {
	t := &tokens{in: in, told: func(int64) {}}
	t.Decoder = xml.NewDecoder(t)
	t.Decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, damagedFlaw() }
	return t
}

// next is the next token. What is not XML is a damaged workbook.
func (t *tokens) next() (xml.Token, error) {
	t.left = maxRecord
	token, err := t.RawToken()
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return token, err //nolint:wrapcheck // io.EOF is handed on
	case errors.Is(err, errLongToken):
		return nil, wholeFlaw("This workbook has a text of more than a megabyte in one piece, so it is not read. Save it as CSV.")
	}
	return nil, damagedFlaw()
}

// openPart opens a part of at most so many bytes, of which no more are read than it says it has.
func openPart(f *zip.File, most uint64) (io.ReadCloser, error) {
	if f == nil {
		return nil, damagedFlaw()
	}
	if f.UncompressedSize64 > most {
		return nil, wholeFlaw("This workbook keeps too much beside its cells to be read. Save the sheets as CSV.")
	}
	in, err := f.Open()
	if err != nil {
		return nil, damagedFlaw()
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(in, int64(f.UncompressedSize64)+1), in}, nil //nolint:gosec // see most
}

// walk hands out the elements of a part. A part that is not there is a fault, unless of a nil *zip.File.
func walk(f *zip.File, most uint64, each func(*tokens, xml.StartElement) error) error {
	in, err := openPart(f, most)
	if err != nil {
		return err
	}
	defer in.Close()
	t := newTokens(in)
	for {
		token, err := t.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if e, is := token.(xml.StartElement); is {
			if err := each(t, e); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// truth is an attribute that is on or off.
func truth(value string) bool { return value == "1" || value == "true" || value == "on" }
