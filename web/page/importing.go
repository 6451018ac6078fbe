package page

import "skein/web/component"

// ImportStart is where files are handed in and taken along.
type ImportStart struct {
	Refused string // why what was handed in is not taken
	There   []ImportLine
	Until   string // how long files are kept
}

// ImportLine is what was handed in before and is there still.
type ImportLine struct {
	Name string
	URL  string
	Says string
}

// ImportTrial is what was handed in together, and what would become of it.
type ImportTrial struct {
	ID      string
	Version string
	Title   string
	Notes   []string // in the margin
	Says    string   // what went wrong with the last go
	Wrong   string   // why what was just asked for was not done
	Running bool
	Step    string
	Loaded  bool
	Tables  []ImportTable
	Can     bool // its columns may be changed

	Encoding  string
	Encodings []component.Option
	Garbled   bool

	Whole    []string
	Teams    *component.Button // makes all teams that are missing
	Rows     []ImportRow
	MoreRows string // how many more there are
	RowsURL  string
	// Behind are rows without a mistake of their own: they come in when the rows that they name do.
	Behind     []ImportRow
	MoreBehind string
	Twos       []ImportRow // people who may be one
	MoreTwos   string
	Changes    []string
	Fields     []string // what each column holds
	Aside      bool     // some column is kept aside
	NotesOf    []string
	Bring      string // the words on the button; "": nothing can come in
	Fine       string
}

// ImportTable is one table: a file, or a sheet.
type ImportTable struct {
	Name    string
	Says    string
	Wrong   string
	Field   string // the name of the field for its kind
	Kind    string
	Kinds   []component.Option
	Columns []ImportColumn
}

// ImportColumn is one column and what it becomes.
type ImportColumn struct {
	Heading string
	Example string
	Field   string
	Value   string
	Says    string // in place of a choice: it is always kept aside
	Options []component.Option
}

// ImportRow is a reason for which rows cannot come in.
type ImportRow struct {
	Number string
	Says   string
	Fine   string
	Mend   []component.Button
}
