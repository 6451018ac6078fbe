package exchange

import (
	"slices"
	"strings"

	"skein/internal/folder"
)

// extraColumn is one that is not the layout's: what it is taken for, how the file calls it, and its place.
type extraColumn struct {
	name, said string
	at         int
}

// header takes in one column's name.
func (t *table) header(i int, f field, seen map[string]bool) {
	name := strings.TrimSpace(string(f.value))
	column, said := t.mapped.column(name)
	known := strings.ToLower(column)
	switch {
	case name == "":
		t.unnamed = append(t.unnamed, i)
		return
	case column == Ignored && said:
		t.width, t.aside = i+1, append(t.aside, i)
		return
	case seen[known] && said:
		t.problemAt(f.start, name, "This column is said to be %s, and another is that already.", column)
		return
	case seen[known]:
		t.problemAt(f.start, name, "This column is there twice.")
		return
	}
	seen[known], t.width = true, i+1
	if c := slices.Index(t.columns, known); c >= 0 {
		t.at[c], t.names[c] = i, name
		return
	}
	if said && t.file != MatrixFile {
		t.problemAt(f.start, name, "This column is said to be %s, which %s does not have.", column, t.file)
		return
	}
	t.extra = append(t.extra, extraColumn{column, name, i})
}

// likely are the names that the header may have.
func (t *table) likely() []string {
	names := slices.Clone(t.columns)
	if t.mapped != nil {
		for name := range t.mapped.Columns {
			names = append(names, name)
		}
	}
	return names
}

// mostAbove is how many rows people may have put above the names of the columns, for these to be found.
const mostAbove = 10

// further finds a row further down that names the columns; 0 where none does. Nothing is read of the file after.
func (t *table) further() (line int) {
	first := *t.rec
	first.raw, first.fields = slices.Clone(first.raw), slices.Clone(first.fields)
	defer func() { t.rec = &first }()
	for range mostAbove {
		rec, err := t.rows.read()
		if err != nil {
			return 0
		}
		names := map[string]bool{}
		for _, f := range rec.fields {
			name, _ := t.mapped.column(strings.TrimSpace(string(f.value)))
			names[strings.ToLower(name)] = true
		}
		if !slices.ContainsFunc(t.columns[:t.required], func(column string) bool { return !names[column] }) {
			return rec.line
		}
	}
	return 0
}

// complete reports what the header lacks. Where it stands further down, that is said instead: people put a title
// above their tables.
func (t *table) complete() {
	lacks := func(c int) bool { return t.at[c] < 0 }
	for c := range t.required {
		if !lacks(c) {
			continue
		}
		if line := t.further(); line > 0 {
			t.problemAt(0, "", "This row does not name the columns; row %d does. Delete what is above that.", line)
			return
		}
		break
	}
	for c := range t.required {
		if lacks(c) && !t.lacking(c) {
			return
		}
	}
}

// lacking reports a column that must be there. It returns false when the others need not be looked
// for: the columns were not told apart at all.
func (t *table) lacking(c int) bool {
	if len(t.rec.fields) == 1 {
		t.problemAt(0, "", "There is only one column. Separate the columns by commas, semicolons or tabs: %s.", t.example())
		return false
	}
	t.problemAt(0, t.names[c], "The column %s is missing. The file needs %s.", t.columns[c], t.example())
	return true
}

// empty says that there is nothing.
func (t *table) empty() string {
	if t.required == 0 {
		return "The file is empty. Its first line names the columns."
	}
	return "The file is empty. Its first line names the columns: " + t.example() + "."
}

func (t *table) example() string { return strings.Join(t.columns[:t.required], ",") }

// attributes returns the present row's values in columns that are not Skein's.
func (t *table) attributes() folder.Attributes {
	var kept folder.Attributes
	for _, x := range t.extra {
		value := t.rec.fields[x.at].value
		if len(value) == 0 {
			continue
		}
		if kept == nil {
			kept = make(folder.Attributes, len(t.extra))
		}
		kept[x.name] = string(value)
	}
	return kept
}
