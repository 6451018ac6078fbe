package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
)

// maxProblems is how many problems are told one by one; the rest are counted.
const maxProblems = 100

// Problem is one reason why a folder is refused, and its place.
type Problem struct {
	File   string
	Line   int    // from 1
	Column int    // in characters, from 1; of a sheet its column, from 1
	Field  string // the column's name, as the file has it
	Why    string // a whole sentence
	Sheet  bool   // File is a sheet of a workbook, staff.xlsx:People, and the place a cell

	// What is wrong as data, for whoever says it in other words than Why.
	Kind   Fault
	Of     string // Missing and Follows: what is named
	Behind Place  // Follows: the row that is to be mended first
	Value  string // where Why speaks of the value: what the value is or has, behind "it"
}

// Fault is what is wrong, where more is done with it than saying it.
type Fault string

// The kinds.
const (
	Missing Fault = "missing" // what the row names is nowhere
	Follows Fault = "follows" // what the row names has a row that is left out itself
)

// Place is a row of a table, by how messages call it.
type Place struct {
	File string
	Line int
}

func (p Problem) String() string {
	if p.Field != "" {
		return p.place() + ": " + p.Field + ": " + p.Why
	}
	return p.place() + ": " + p.Why
}

// place is where it stands: see folder.At.
func (p Problem) place() string {
	return folder.At(p.File, p.Sheet, folder.Place{Line: p.Line, Column: p.Column})
}

// Report is what reading a folder found. With a problem nothing is loaded; a note is only told.
type Report struct {
	Problems []Problem // the first hundred, file by file and line by line
	More     int       // further problems
	Notes    []string
	Doubles  []Double // see Asking

	order   map[string]int  // in which files are read, by how the folder calls them
	most    int             // problems that are told one by one, where that is more than usual
	cells   map[cellAt]Cell // what problems are about
	whole   map[string]bool // see Whole
	garbled bool            // see Garbled

	asking bool               // see Asking
	left   map[referred]Place // rows that are left out, by what would name them

	hidden int        // further notes
	many   []noteKind // notes of which there may be many
}

// referred is what rows name each other by: the id of something in a file, or else an address or a name.
type referred struct{ file, by string }

// leave notes a row that is left out, by what would name it.
func (r *Report) leave(file, by string, at Place) {
	if by == "" {
		return
	}
	if r.left == nil {
		r.left = map[referred]Place{}
	}
	if _, twice := r.left[referred{file, by}]; !twice {
		r.left[referred{file, by}] = at
	}
}

// missing makes a problem of what names something that is nowhere, or only in a row that is left out.
func (p Problem) missing(r *Report, file, of, why string) Problem {
	p.Kind, p.Of, p.Why = Missing, of, why
	if behind, there := r.left[referred{file, of}]; there {
		p.Kind, p.Behind = Follows, behind
		p.Why = fmt.Sprintf("%s stands in row %d of %s, which is to be mended first.", shown([]byte(of)), behind.Line, behind.File)
	}
	return p
}

// noun is what messages call a circle: pages have no such word.
func (r *Report) noun(noun string) string {
	if r.asking && noun == "circle" {
		return "team"
	}
	return noun
}

// noteKind is what is noted of one kind: the first few, and how many more.
type noteKind struct {
	plural string // what they are of
	notes  []string
	more   int
}

// mostAlike is how many notes of one kind are told one by one.
const mostAlike = 10

// OK tells whether the folder may be loaded.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

// Rejected counts the problems, those not told included.
func (r *Report) Rejected() int { return len(r.Problems) + r.More }

func (r *Report) String() string {
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintln(&b, p)
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "and %d more\n", r.More)
	}
	return b.String()
}

func (r *Report) add(p Problem) {
	if len(r.Problems) < max(maxProblems, r.most) {
		r.Problems = append(r.Problems, p)
		return
	}
	r.More++
}

func (r *Report) note(format string, args ...any) {
	if len(r.Notes) < maxProblems {
		r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
		return
	}
	r.hidden++
}

// noteMany notes what there may be many of: a plural that says of what. They are told together, behind
// the other notes, the first ten one by one.
func (r *Report) noteMany(plural, format string, args ...any) {
	at := slices.IndexFunc(r.many, func(k noteKind) bool { return k.plural == plural })
	if at < 0 {
		at = len(r.many)
		r.many = append(r.many, noteKind{plural: plural})
	}
	if kind := &r.many[at]; len(kind.notes) < mostAlike {
		kind.notes = append(kind.notes, fmt.Sprintf(format, args...))
	} else {
		kind.more++
	}
}

// finish puts the problems in the order of the files and their lines.
func (r *Report) finish() {
	sort.SliceStable(r.Problems, func(i, j int) bool {
		a, b := r.Problems[i], r.Problems[j]
		if a.File != b.File {
			return cmp.Or(r.order[a.File]-r.order[b.File], strings.Compare(a.File, b.File)) < 0
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	if r.hidden > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("and %d more notes", r.hidden))
		r.hidden = 0
	}
	for _, kind := range r.many {
		r.Notes = append(r.Notes, kind.notes...)
		if kind.more > 0 {
			r.Notes = append(r.Notes, fmt.Sprintf("and %d more %s", kind.more, kind.plural))
		}
	}
	r.many = nil
}

// invalid puts what a noun's own Check says at the place of the field it speaks of.
func (t *table) invalid(err error, columns map[string]int) {
	bad, ok := err.(skein.Invalid) //nolint:errorlint // Check returns exactly this
	if !ok {
		return
	}
	for _, f := range bad {
		t.problem(columns[f.Field], "%s", f.Message)
	}
}
