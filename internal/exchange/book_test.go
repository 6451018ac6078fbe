package exchange_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// sheetOf is a sheet by its name and rows: of texts, numbers, days, truths and formulas.
type sheetOf struct {
	name string
	rows [][]any
}

// formula is a cell's, and what it came to.
type formula string

// bookOf writes a workbook into a folder of its own, as a spreadsheet does, and returns the folder.
func bookOf(t testing.TB, file string, change func(*excelize.File), sheets ...sheetOf) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	for i, s := range sheets {
		if i == 0 {
			must(f.SetSheetName("Sheet1", s.name))
		} else {
			_, err := f.NewSheet(s.name)
			must(err)
		}
		for y, row := range s.rows {
			for x, value := range row {
				cell, err := excelize.CoordinatesToCellName(x+1, y+1)
				must(err)
				if code, is := value.(formula); is {
					must(f.SetCellFormula(s.name, cell, string(code)))
				} else if value != nil {
					must(f.SetCellValue(s.name, cell, value))
				}
			}
		}
	}
	if change != nil {
		change(f)
	}
	dir := t.TempDir()
	must(f.SaveAs(filepath.Join(dir, file)))
	return dir
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func TestAWorkbookIsReadAsItsFilesAre(t *testing.T) {
	t.Parallel()
	dir := bookOf(t, "Staff.xlsx", nil,
		sheetOf{"Notes", [][]any{{"for Ann"}}},
		sheetOf{"People", [][]any{
			{"id", "name", "hours_per_week", "active_from", "Grade", "in"},
			{"00123", "Ann", 7.1, day(2026, 5, 3), 12345678, true},
			{nil, nil},
			{123, "1E5", "7,5", "2026-05-04", 0.1 + 0.2, false},
		}},
		sheetOf{"projects.csv", [][]any{{"id", "title", "requirements"}, {"q", "Quay", "go:5"}}},
		sheetOf{"EVIDENCE", [][]any{
			{"person", "skill", "kind", "level", "observed_on"},
			{"00123", "go", "self", 4, time.Date(2026, 1, 2, 9, 30, 0, 0, time.UTC)},
			{123, "go", "outcome", 3, day(1900, 1, 1)},
		}})
	f, report := exchange.Read(dir, folder.Known{}, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	ann, other := f.People[0], f.People[1]
	if ann.ID != "00123" || *ann.HoursPerWeek != 7.1 || ann.ActiveFrom != day(2026, 5, 3) || ann.Attributes["Grade"] != "12345678" || ann.Attributes["in"] != "TRUE" {
		t.Errorf("%+v", ann)
	}
	if other.ID != "123" || other.Name != "1E5" || *other.HoursPerWeek != 7.5 || other.Attributes["Grade"] != "0.3" || other.Attributes["in"] != "FALSE" {
		t.Errorf("%+v", other)
	}
	rows := evidence(t, f)
	if len(rows) != 2 || rows[0].ObservedOn != day(2026, 1, 2) || rows[1].ObservedOn != day(1900, 1, 1) {
		t.Errorf("%+v", rows)
	}
	if about := f.File("people.csv"); about.Called != "Staff.xlsx:People" || !about.Sheet || about.Rows != 2 || len(about.SHA256) != 64 {
		t.Errorf("%+v", about)
	}
	if all := strings.Join(report.Notes, "\n"); !strings.Contains(all, "Staff.xlsx:Notes: This sheet is not one") || !strings.Contains(all, "Staff.xlsx:People: unknown columns") {
		t.Error(all)
	}
}

func TestLookTellsWhatAFileHolds(t *testing.T) {
	t.Parallel()
	dir := bookOf(t, "staff.xlsx", func(f *excelize.File) { _ = f.SetSheetVisible("Old", false) },
		sheetOf{"Team list", [][]any{{"Nr.", "Wer", nil, "Mail"}, {1, "Ann", nil, "a@b.org"}, {2, "Ben"}}}, sheetOf{"Old", nil})
	seen, err := exchange.Look(filepath.Join(dir, "staff.xlsx"))
	if err != nil || len(seen) != 2 {
		t.Fatalf("%v %+v", err, seen)
	}
	s := seen[0]
	if s.Called != "staff.xlsx:Team list" || s.Kind != "" || s.Rows != 2 || strings.Join(s.Columns, "|") != "Nr.|Wer||Mail" ||
		strings.Join(s.First[1], "|") != "2|Ben||" || s.Hidden || !seen[1].Hidden || s.Problem.Why != "" {
		t.Errorf("%+v", seen)
	}
	csv := dirOf(t, "People.csv", "id;name\n1;Ann\n\"2\n")
	seen, err = exchange.Look(filepath.Join(csv, "People.csv"))
	if err != nil || len(seen) != 1 || seen[0].Kind != "people.csv" || seen[0].Rows != 2 || seen[0].First[0][1] != "Ann" {
		t.Fatalf("%v %+v", err, seen)
	}
	if got := seen[0].Problem.String(); got != "People.csv:3:1: The quote that opens here is never closed." {
		t.Error(got)
	}
}

func TestATableMayBeOfAnotherName(t *testing.T) {
	t.Parallel()
	dir := bookOf(t, "staff.xlsx", nil, sheetOf{"Team list", [][]any{
		{"Nr.", "Wer", "Mail", "Lohn", "id"}, {1, "Ann", "a@b.org", 5, "x"}, {2, nil, "no", 6, "y"},
	}}, sheetOf{"people", [][]any{{"x"}}})
	m := exchange.Mapping{File: "Staff.xlsx", Sheet: "team list", Kind: "people.csv", Columns: map[string]string{
		"nr.": "id", "Wer": "name", "Mail": "email", "Lohn": exchange.Ignored, "ID": exchange.Ignored,
	}}
	_, report := exchange.Read(dir, folder.Known{}, nil, exchange.Mapped(m, exchange.Mapping{File: "staff.xlsx", Sheet: "people", Kind: exchange.Ignored}))
	if got := report.String(); got != "staff.xlsx:Team list!B3: Wer: It is blank.\nstaff.xlsx:Team list!C3: Mail: \"no\" is not an e-mail address.\n" {
		t.Error(got)
	}
	if len(report.Notes) != 0 {
		t.Error(report.Notes)
	}
}
