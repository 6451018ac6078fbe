package intake

import (
	"encoding/json"

	"skein/internal/exchange"
	"skein/internal/folder"
	bulkdb "skein/internal/postgres/bulk"
)

// Answer is what a run found.
type Answer struct {
	Rows    map[int]int     // that would come in, by part
	Loaded  folder.Loaded   // what becomes of them
	Fields  map[int][]Field `json:",omitempty"` // what its columns hold, by part
	Whole   []Row           // what is wrong with a table as a whole, so that nothing can come in
	Refused []Row           // rows that cannot come in, which are left out
	Garbled bool            // a file is in another encoding
	Notes   []string
	Twos    []Two        `json:",omitempty"` // people who may be one, of whom nobody has said anything
	One     []bulkdb.One `json:",omitempty"` // those who are read as one
	// Auto are names that are read as the ids of what is called so, by part, column and value.
	Auto map[int]map[string]map[string]string `json:",omitempty"`
}

// Field is one column of a table, and how many of the rows that are in Skein say something else in it than that.
type Field struct {
	folder.Field

	Changed int `json:",omitempty"`
}

// Row is a row that cannot come in, and why.
type Row struct {
	Part    int // -1: of no table
	Called  string
	Sheet   bool
	Line    int
	Column  string // as the file calls it
	Why     string
	Is      string // the kind's column that it is about; ""
	Value   string // what stands there
	Near    string // what of that kind is nearest, by its id
	NearIs  string // and its name
	Blank   bool   // it may be left empty
	Team    bool   // it names a team, which could be made
	Missing bool   `json:",omitempty"` // what it names is nowhere
	Of      string `json:",omitempty"` // of Missing and Behind: what it names
	// Behind is the row that is to be mended first: it brings what this one names. Nil: there is no such row.
	Behind *exchange.Place `json:",omitempty"`
	Says   string          `json:",omitempty"` // where it speaks of the value: what that is or has, behind "it"
	Closed string          // what that team was called, where it was closed; "": it was not
}

// AnswerOf reads what the last run of an intake found; the zero value before the first has ended.
func AnswerOf(in bulkdb.Intake) Answer {
	var a Answer
	_ = json.Unmarshal([]byte(in.Answer), &a) // it was written by text
	return a
}

func (a Answer) text() string {
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // texts and numbers alone
	}
	return string(text)
}

// ComesIn is how many rows would come in.
func (a Answer) ComesIn() int {
	all := 0
	for _, n := range a.Rows {
		all += n
	}
	return all
}

// May tells whether there is anything to bring in.
func (a Answer) May() bool { return len(a.Whole) == 0 && a.ComesIn() > 0 }

// without are the lines that are left out of each part.
func (a Answer) without() map[int]map[int]bool {
	lines := map[int]map[int]bool{}
	for _, row := range a.Refused {
		leaveOut(lines, row)
	}
	return lines
}

func leaveOut(lines map[int]map[int]bool, row Row) {
	if lines[row.Part] == nil {
		lines[row.Part] = map[int]bool{}
	}
	lines[row.Part][row.Line] = true
}
