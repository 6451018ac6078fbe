package exchange

import (
	"slices"
	"strings"
)

// Ignored is what a Mapping makes of a table or a column that is not to be read at all.
const Ignored = "-"

// Mapping says what a table is whose name or whose columns are not ours. A table is a CSV file, or one sheet
// of a workbook; its name counts no more once there is a Mapping of it.
//
// Messages keep the file's own words: Problem.File is how Seen.Called has it, Problem.Field is the column as
// the file names it, and Line and Column are those of the file.
type Mapping struct {
	File  string // the file's name in the folder, without the folder, in any case
	Sheet string // of a workbook, in any case; "" for a CSV file
	// Kind is the Kind.File of what it is, or Ignored: the table is left alone.
	Kind string
	// Columns says by a column's name, as the file has it (in any case, without the space around it), which
	// of the kind's columns it is, or Ignored: it is neither read nor kept. A column that is not among them
	// stands for itself: by its name it is one of the kind's, or else kept as an attribute. A column of a
	// skills matrix may also be the id of a skill.
	Columns map[string]string

	Mend
}

// Mapped reads tables as the mappings say. Two of one table, or two tables of one kind, are refused with the
// folder; so is a column that the kind does not have.
func Mapped(mappings ...Mapping) Option {
	return func(f *files) {
		for _, m := range mappings {
			m.File, m.Sheet = strings.ToLower(m.File), folded(m.Sheet)
			columns := make(map[string]string, len(m.Columns))
			for name, column := range m.Columns {
				columns[folded(name)] = strings.TrimSpace(column)
			}
			m.Columns = columns
			f.mappings = append(f.mappings, m)
		}
	}
}

// folded is how names of sheets and columns are compared.
func folded(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// mapping is what was said of a table; nil where nothing was.
func (f *files) mapping(file, sheet string) *Mapping {
	at := slices.IndexFunc(f.mappings, func(m Mapping) bool { return m.File == strings.ToLower(file) && m.Sheet == folded(sheet) })
	if at < 0 {
		return nil
	}
	return &f.mappings[at]
}

// column is what a column is, by the name that the file gives it: one of the kind's, another's name, or Ignored.
func (m *Mapping) column(name string) (column string, said bool) {
	if m == nil {
		return name, false
	}
	if column, said = m.Columns[folded(name)]; said {
		return column, true
	}
	return name, false
}

// Kind is one of the tables that Skein reads.
type Kind struct {
	File     string   // people.csv: its name, and what Mapping.Kind says
	Columns  []string // those that it must have come first
	Required int      // how many it must have
	// Skills tells of a skills matrix: all its other columns are skills. It must have one of id and email.
	Skills bool
}

// Kinds lists all that can be read, in the order in which it is read.
func Kinds() []Kind {
	var kinds []Kind
	for _, l := range layouts {
		kinds = append(kinds, Kind{File: l.file, Columns: slices.Clone(l.columns), Required: l.required, Skills: l.file == MatrixFile})
	}
	return kinds
}

// layouts are what the files look like, in the order in which they are read.
var layouts = []layout{
	circleLayout, personLayout, skillLayout, priorityLayout, projectLayout, leadLayout, evidenceLayout, matrixLayout,
}

// spaces may stand for the hyphen of a name: people call a sheet Skills matrix.
var spaces = strings.NewReplacer(" ", "-", "_", "-")

// kindOf is the file that a name stands for, of a file without its extension or of a sheet; "" where it is
// none of ours.
func kindOf(name string) string {
	name = spaces.Replace(strings.TrimSuffix(folded(name), ".csv")) + ".csv"
	if slices.Contains(ReadNames, name) {
		return name
	}
	return ""
}
