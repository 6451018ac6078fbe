package exchange

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"skein/internal/folder"
)

// WorkbookFile is how an export calls its workbook.
const WorkbookFile = "skein.xlsx"

// mostInCell is how much a cell holds, in units of UTF-16.
const mostInCell = 32767

// WriteWorkbook writes what Write writes as one workbook with a sheet a file. Every cell is a text: nothing is
// turned into a number or a day, and nothing runs. An import of it changes nothing. It appears whole or not at
// all; what a cell or a sheet cannot hold is refused. It returns how many rows each sheet has.
func WriteWorkbook(dir string, f *folder.Folder) (files []folder.File, err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("the folder cannot be made: %s", reason(err))
	}
	if err := alone(dir, FileNames); err != nil {
		return nil, err
	}
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	for n, make := range sheets(f) {
		s := make()
		name := strings.TrimSuffix(s.file, ".csv")
		if err := addSheet(book, n, name); err != nil {
			return nil, fmt.Errorf("%s cannot be written: %w", WorkbookFile, err)
		}
		rows, err := s.fill(book, name)
		if err != nil {
			return nil, fmt.Errorf("the sheet %s cannot be written: %w", name, err)
		}
		files = append(files, folder.File{Name: s.file, Called: WorkbookFile + ":" + name, Sheet: true, Rows: rows})
	}
	return files, atOnce(dir, WorkbookFile, func(to *os.File) error { return book.Write(to) })
}

// alone refuses to write beside other files that hold the same: an import of the folder would find all twice.
func alone(dir string, others []string) error {
	for _, name := range others {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s holds %s already, and an import of the folder would find everything twice: take that away, or choose another folder", dir, name)
		}
	}
	return nil
}

func addSheet(book *excelize.File, n int, name string) error {
	if n == 0 {
		return book.SetSheetName(book.GetSheetName(0), name) //nolint:wrapcheck // WriteWorkbook says of what
	}
	_, err := book.NewSheet(name)
	return err //nolint:wrapcheck // as above
}

// fill streams the rows into a sheet of the workbook.
func (s *sheet) fill(book *excelize.File, name string) (rows int, err error) {
	w, err := book.NewStreamWriter(name)
	if err != nil {
		return 0, err //nolint:wrapcheck // WriteWorkbook says of what
	}
	cells := make([]any, 0, len(s.columns)+len(s.attributes))
	line := 0
	rows, err = s.each(func(values []string) error {
		if line++; line > maxLines {
			return fmt.Errorf("a sheet has at most %d rows, and these are more: export as CSV", maxLines)
		}
		cells = cells[:0]
		for _, value := range values {
			if why := unheld(value); why != "" {
				return fmt.Errorf("row %d: %s: export as CSV", line, why)
			}
			if value == "" {
				cells = append(cells, nil)
			} else {
				cells = append(cells, value)
			}
		}
		return w.SetRow(fmt.Sprintf("A%d", line), cells) //nolint:wrapcheck // as above
	})
	return rows, errors.Join(err, w.Flush())
}

// unheld says why a cell cannot hold a value as it is; "" where it can.
func unheld(value string) string {
	if len(value) > mostInCell && len(utf16.Encode([]rune(value))) > mostInCell {
		return fmt.Sprintf("a cell holds at most %d characters, and a text has more", mostInCell)
	}
	if strings.ContainsFunc(value, func(c rune) bool {
		return c < ' ' && !slices.Contains([]rune{'\t', '\n', '\r'}, c) || c == 0xFFFE || c == 0xFFFF
	}) {
		return "a text has a control character, which a cell does not hold"
	}
	return ""
}
