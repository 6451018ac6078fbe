package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"skein/internal/folder"
	"skein/internal/skein"
)

// Write writes a folder's files into dir, which is made when it is not there. Each file appears
// whole or not at all, and rows stand in the order in which the folder has them: the same data
// gives the same bytes. It returns how many rows each file has, in the order of FileNames.
func Write(dir string, f *folder.Folder) ([]folder.File, error) { return write(dir, f, false) }

// WriteForSpreadsheets writes what people open in a spreadsheet: as Write does, but that no cell is taken for
// a formula (see guarded), and that the text is marked as UTF-8. It is not what an import should read:
// cells that were guarded come back with their apostrophe.
func WriteForSpreadsheets(dir string, f *folder.Folder) ([]folder.File, error) {
	return write(dir, f, true)
}

func write(dir string, f *folder.Folder, guard bool) ([]folder.File, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("the folder cannot be made: %s", reason(err))
	}
	if err := alone(dir, []string{WorkbookFile}); err != nil {
		return nil, err
	}
	var files []folder.File
	for _, make := range sheets(f) {
		s := make()
		s.guard = guard
		rows, err := s.save(dir)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be written: %w", s.file, err)
		}
		files = append(files, folder.File{Name: s.file, Rows: rows})
	}
	return files, nil
}

// sheets are what is written, in the order of FileNames, each made when it is its turn.
func sheets(f *folder.Folder) []func() sheet {
	return []func() sheet{
		func() sheet { return circleSheet(f.Circles) },
		func() sheet { return personSheet(f.People) },
		func() sheet { return skillSheet(f.Skills) },
		func() sheet { return prioritySheet(f.Priorities) },
		func() sheet { return projectSheet(f.Projects) },
		func() sheet { return leadSheet(f.Leads) },
		func() sheet { return evidenceSheet(f) },
	}
}

// sheet is one file to be written: its known columns, the names of its attributes, and its rows.
type sheet struct {
	layout
	attributes []string
	guard      bool // for spreadsheets
	rows       func(put func(known []string, a folder.Attributes) error) error
}

// sheetOf makes a sheet of rows that are all in memory.
func sheetOf[T any](l layout, rows []T, cells func(*T) ([]string, folder.Attributes)) sheet {
	names := map[string]bool{}
	for i := range rows {
		_, a := cells(&rows[i])
		for name := range a {
			names[name] = true
		}
	}
	return sheet{layout: l, attributes: slices.Sorted(maps.Keys(names)), rows: func(put func([]string, folder.Attributes) error) error {
		for i := range rows {
			if err := put(cells(&rows[i])); err != nil {
				return err
			}
		}
		return nil
	}}
}

// save writes the sheet as a file.
func (s *sheet) save(dir string) (rows int, err error) {
	err = atOnce(dir, s.file, func(to *os.File) error {
		rows, err = s.write(to)
		return err
	})
	return rows, err
}

// atOnce writes a file under another name first, so that no reader sees half of it.
func atOnce(dir, name string, write func(*os.File) error) error {
	file, err := os.CreateTemp(dir, "."+name+".*")
	if err != nil {
		return errors.New(reason(err))
	}
	err = errors.Join(write(file), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		_ = os.Remove(file.Name()) // it failed already
	}
	return err //nolint:wrapcheck // the callers say of what
}

func (s *sheet) write(to io.Writer) (rows int, err error) {
	w := csv.NewWriter(to)
	put := w.Write
	if s.guard {
		if _, err := io.WriteString(to, "\ufeff"); err != nil {
			return 0, fmt.Errorf("mark: %w", err)
		}
		put = func(line []string) error { return w.Write(guarded(line)) }
	}
	rows, err = s.each(put)
	w.Flush()
	return rows, errors.Join(err, w.Error())
}

// each puts the header and every row, whose values the next one overwrites, and returns how many rows there were.
func (s *sheet) each(put func([]string) error) (rows int, err error) {
	line := append(slices.Clone(s.columns), s.attributes...)
	if err := put(line); err != nil {
		return 0, fmt.Errorf("header: %w", err)
	}
	err = s.rows(func(known []string, a folder.Attributes) error {
		rows++
		line = append(line[:0], known...)
		for _, name := range s.attributes {
			line = append(line, a[name])
		}
		return put(line)
	})
	return rows, err
}

// formula is where a spreadsheet would begin to run a cell instead of showing it: at its start, and behind what
// starts another cell where the spreadsheet goes by other separators than ours. The characters of full width
// count as well in some of them.
var formula = regexp.MustCompile(`(^|[;\t\r\n])([=+\-@\t\r＝＋－＠])`)

// guarded puts an apostrophe before whatever a spreadsheet would run.
func guarded(line []string) []string {
	safe := make([]string, len(line))
	for i, cell := range line {
		for before := ""; before != cell; { // what a match ends with may begin the next
			before, cell = cell, formula.ReplaceAllString(cell, "$1'$2")
		}
		safe[i] = cell
	}
	return safe
}

func circleSheet(rows []folder.CircleRow) sheet {
	return sheetOf(circleLayout, rows, func(r *folder.CircleRow) ([]string, folder.Attributes) {
		return []string{string(r.ID), r.Name, string(r.Parent), r.Purpose}, r.Attributes
	})
}

func personSheet(rows []folder.PersonRow) sheet {
	return sheetOf(personLayout, rows, func(r *folder.PersonRow) ([]string, folder.Attributes) {
		return []string{
			string(r.ID), r.Name, r.Email, string(r.Circle), decimal(r.HoursPerWeek),
			day(r.ActiveFrom), day(r.ActiveUntil), string(r.Manager),
		}, r.Attributes
	})
}

func skillSheet(rows []folder.SkillRow) sheet {
	return sheetOf(skillLayout, rows, func(r *folder.SkillRow) ([]string, folder.Attributes) {
		return []string{
			string(r.ID), r.Name, string(r.Kind), whole(r.HalfLifeDays), r.URI, string(r.Parent),
		}, r.Attributes
	})
}

func prioritySheet(rows []folder.PriorityRow) sheet {
	return sheetOf(priorityLayout, rows, func(r *folder.PriorityRow) ([]string, folder.Attributes) {
		return []string{
			string(r.ID), r.Title, decimal(&r.Weight), r.Horizon, r.Measure, string(r.Owner),
		}, r.Attributes
	})
}

func projectSheet(rows []folder.ProjectRow) sheet {
	return sheetOf(projectLayout, rows, func(r *folder.ProjectRow) ([]string, folder.Attributes) {
		s := r.Situation
		return []string{
			string(r.ID), r.Title, r.Group, day(r.StartOn), formatRequirements(r.Requirements), r.Purpose,
			string(r.Circle), string(r.Priority), string(r.Trust), string(s.Uncertainty), whole(s.Stakes),
			whole(s.Urgency), whole(s.Expertise), whole(s.Commitment), whole(s.Reach), whole(s.Readiness),
			decimal(r.HoursPerWeek), formatFurther(r.Further),
		}, r.Attributes
	})
}

func leadSheet(rows []folder.LeadRow) sheet {
	return sheetOf(leadLayout, rows, func(r *folder.LeadRow) ([]string, folder.Attributes) {
		return []string{
			string(r.Project), string(r.Person), string(r.Role), day(r.From), day(r.Until), day(r.EndsOn),
		}, r.Attributes
	})
}

// evidenceSheet writes rows as they come: nobody knows how many there are.
func evidenceSheet(f *folder.Folder) sheet {
	return sheet{layout: evidenceLayout, attributes: f.File(EvidenceFile).Attributes, rows: func(put func([]string, folder.Attributes) error) error {
		for row, err := range f.Evidence {
			if err != nil {
				return err
			}
			if err := put([]string{
				string(row.Person), string(row.Skill), string(row.Kind), whole(row.Level), day(row.ObservedOn),
				day(row.ExpiresOn), string(row.GivenBy), row.Source,
			}, row.Attributes); err != nil {
				return err
			}
		}
		return nil
	}}
}

func day(d skein.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Format("2006-01-02")
}

func whole(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func decimal(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}
