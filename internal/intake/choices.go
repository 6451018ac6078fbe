package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"skein/internal/exchange"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// Choices are how a table is read, and what is shown of it to choose by.
type Choices struct {
	Headings []string
	Examples [][]string `json:",omitempty"` // of each heading
	Rows     int
	Hidden   bool   `json:",omitempty"` // a sheet that spreadsheets do not show
	Wrong    string `json:",omitempty"` // why it cannot be read, or not to its end
	// Columns says what each heading becomes, by HeadingKey: a column, "" to be kept aside, or exchange.Ignored.
	Columns map[string]string
	// Instead replaces values, by column and what stands there.
	Instead map[string]map[string]string `json:",omitempty"`
	// Empty are values that are left empty, by the row's line and by column.
	Empty map[int]map[string]bool `json:",omitempty"`
	// Make lists teams that come to be with it, by their ids.
	Make map[string]string `json:",omitempty"`
	// Said is what was said of people who may be one, by the id of the new one.
	Said map[skein.PersonID]Two `json:",omitempty"`
}

// HeadingKey is the same for headings that are taken for one.
func HeadingKey(heading string) string { return strings.ToLower(strings.TrimSpace(heading)) }

// ChoicesOf reads how a part is read.
func ChoicesOf(p bulkdb.IntakePart) Choices {
	var c Choices
	_ = json.Unmarshal([]byte(p.Choices), &c) // it was written by text
	return c
}

func (c Choices) text() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts and numbers alone
	}
	return string(text)
}

// Set puts choices into a part.
func Set(p *bulkdb.IntakePart, c Choices) { p.Choices = c.text() }

// Replace has a value of a column read as another from now on.
func (c *Choices) Replace(column, value, with string) {
	if c.Instead == nil {
		c.Instead = map[string]map[string]string{}
	}
	if c.Instead[column] == nil {
		c.Instead[column] = map[string]string{}
	}
	c.Instead[column][value] = with
}

// Choose says what a heading becomes. What tells of grade, title, pay or age stays aside, whatever is said, and so does
// a column that the kind does not have.
func (c *Choices) Choose(kind, heading, becomes string) {
	key := HeadingKey(heading)
	if exchange.NeverCompared(kind, heading) || becomes != exchange.Ignored && !slices.Contains(columnsOf(kind).Columns, becomes) {
		becomes = ""
	}
	if c.Columns == nil {
		c.Columns = map[string]string{}
	}
	c.Columns[key] = becomes
}

// columnsOf is what a kind of table has.
func columnsOf(kind string) exchange.Kind {
	for _, k := range exchange.Kinds() {
		if k.File == kind {
			return k
		}
	}
	return exchange.Kind{}
}

// called is how messages name a part.
func called(p bulkdb.IntakePart) string {
	if p.Sheet == "" {
		return p.Name
	}
	return p.Name + ":" + p.Sheet
}

// mapping is how the files' reader is told of a part.
func mapping(p bulkdb.IntakePart, without map[int]bool, auto map[string]map[string]string) exchange.Mapping {
	m := exchange.Mapping{File: p.Name, Sheet: p.Sheet, Kind: p.File}
	if p.File == "" {
		m.Kind = exchange.Ignored
		return m
	}
	c, kind := ChoicesOf(p), columnsOf(p.File)
	m.Columns = map[string]string{}
	for _, heading := range c.Headings {
		key := HeadingKey(heading)
		becomes, said := c.Columns[key]
		switch {
		case heading == "" || !said:
		case becomes != "":
			m.Columns[key] = becomes
		case slices.Contains(kind.Columns, key):
			m.Columns[key] = exchange.Ignored // it cannot be kept under the name of what it is not
		}
	}
	m.Without, m.Empty, m.Instead = without, c.Empty, map[string]map[string]string{}
	for _, of := range []map[string]map[string]string{auto, c.Instead} {
		for column, values := range of {
			if m.Instead[column] == nil {
				m.Instead[column] = map[string]string{}
			}
			for value, with := range values {
				m.Instead[column][value] = with
			}
		}
	}
	return m
}

// Mend has a value of a column read as another, or makes a team that is called so.
func Mend(part *bulkdb.IntakePart, column, value, with string, team bool) error {
	if part.File == "" || !slices.Contains(columnsOf(part.File).Columns, column) || value == "" {
		return refuse("There is no such column any more. Look at what it says now.")
	}
	c := ChoicesOf(*part)
	if team {
		c.team(value)
	} else {
		c.Replace(column, value, with)
	}
	Set(part, c)
	return nil
}

// LeaveEmpty has a value left empty in the rows that the last run named together: those of one line's reason. Other
// rows keep the value, which is not wrong there.
func LeaveEmpty(in *bulkdb.Intake, n, line int, column, value string) error {
	refused := AnswerOf(*in).Refused
	at := slices.IndexFunc(refused, func(row Row) bool {
		return row.Part == n && row.Line == line && row.Is == column && row.Value == value && row.Blank
	})
	if at < 0 || n < 0 || n >= len(in.Parts) || !slices.Contains(columnsOf(in.Parts[n].File).Columns, column) {
		return refuse("That row does not say it any more. Look at what it says now.")
	}
	named := refused[at]
	c := ChoicesOf(in.Parts[n])
	for _, row := range refused {
		if row.Part == named.Part && row.Column == named.Column && row.Why == named.Why && row.Is == column && row.Value == value {
			c.empty(row.Line, column)
		}
	}
	Set(&in.Parts[n], c)
	return nil
}

func (c *Choices) empty(line int, column string) {
	if c.Empty == nil {
		c.Empty = map[int]map[string]bool{}
	}
	if c.Empty[line] == nil {
		c.Empty[line] = map[string]bool{}
	}
	c.Empty[line][column] = true
}

// team has a team come to be with the import, under the name that the file has for it: the next file then finds it.
func (c *Choices) team(name string) {
	if c.Make == nil {
		c.Make = map[string]string{}
	}
	c.Make[name] = name
}

// MakeAllTeams has all teams come to be that the last run missed and that are like none that is there.
func MakeAllTeams(in *bulkdb.Intake) {
	for _, row := range AnswerOf(*in).Refused {
		if row.Team && row.Near == "" && row.Closed == "" && row.Part >= 0 && row.Part < len(in.Parts) {
			c := ChoicesOf(in.Parts[row.Part])
			c.team(row.Value)
			Set(&in.Parts[row.Part], c)
		}
	}
}
