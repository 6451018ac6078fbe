package view

import (
	"slices"
	"strconv"
	"strings"

	"skein/internal/exchange"
	"skein/internal/intake"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// mostImportRows is how many reasons a page shows; all are in the file.
const mostImportRows = 50

// importTable is one table of an intake, with what its columns become.
func importTable(n int, part bulkdb.IntakePart, can bool) page.ImportTable {
	c := intake.ChoicesOf(part)
	at := "." + strconv.Itoa(n)
	t := page.ImportTable{Name: part.Name, Kind: part.File, Field: "kind" + at, Wrong: c.Wrong}
	t.Says = words.UpperFirst(words.Count(c.Rows, "row", "rows"))
	if part.Sheet != "" {
		t.Says += " on the sheet “" + part.Sheet + "”"
	}
	if part.File != "" {
		t.Says += ", taken for " + importKinds[part.File][0]
	} else {
		t.Says += ", left out"
		if c.Hidden {
			t.Says += ": the sheet is hidden"
		}
	}
	t.Says += "."
	t.Kinds = []component.Option{{Value: "", Label: "nothing: leave it out"}}
	for _, kind := range exchange.Kinds() {
		t.Kinds = append(t.Kinds, component.Option{Value: kind.File, Label: importKinds[kind.File][0]})
	}
	if can && part.File != "" {
		t.Columns = importColumns(at, part.File, c)
	}
	return t
}

// mostColumns is how many columns are offered to be chosen: those of a skills matrix are its skills.
const mostColumns = 100

func importColumns(at, kind string, c intake.Choices) []page.ImportColumn {
	var columns []page.ImportColumn
	i := slices.IndexFunc(exchange.Kinds(), func(k exchange.Kind) bool { return k.File == kind })
	if i < 0 { // kept by a version that knew more kinds
		return nil
	}
	of := exchange.Kinds()[i]
	aside := "kept aside"
	if ofSkills(kind) {
		aside = "a skill"
	}
	var options []component.Option
	for _, column := range of.Columns {
		options = append(options, component.Option{Value: column, Label: columnWord(kind, column)})
	}
	options = append(options, component.Option{Value: "", Label: aside}, component.Option{Value: exchange.Ignored, Label: "left out"})
	for n, heading := range c.Headings[:min(len(c.Headings), mostColumns)] {
		if heading == "" {
			continue
		}
		column := page.ImportColumn{Heading: heading, Field: "column" + at + "." + strconv.Itoa(n), Value: c.Columns[intake.HeadingKey(heading)], Options: options}
		if n < len(c.Examples) {
			column.Example = strings.Join(c.Examples[n][:min(len(c.Examples[n]), 2)], ", ")
		}
		if exchange.NeverCompared(kind, heading) {
			column.Says = "kept aside"
		}
		columns = append(columns, column)
	}
	return columns
}

// ofSkills tells whether each further column of a kind is a skill.
func ofSkills(kind string) bool {
	return slices.ContainsFunc(exchange.Kinds(), func(k exchange.Kind) bool { return k.File == kind && k.Skills })
}

// reason is why rows cannot come in: one line of the page.
type reason struct {
	part         int
	column, says string
}

// reasons are they, in their order, with the rows of each.
func reasons(in bulkdb.Intake, refused []intake.Row) (order []reason, rows map[reason][]intake.Row) {
	rows = map[reason][]intake.Row{}
	for _, row := range refused {
		key := reason{row.Part, row.Column, rowSays(in, row)}
		if rows[key] == nil {
			order = append(order, key)
		}
		rows[key] = append(rows[key], row)
	}
	return order, rows
}

// importRows puts together what is wrong for the same reason, and what would mend it. Rows that have no mistake of
// their own come behind those that have.
func importRows(in bulkdb.Intake, found intake.Answer, d *page.ImportTrial) {
	var mistaken, behind []intake.Row
	for _, row := range found.Refused {
		if row.Behind == nil {
			mistaken = append(mistaken, row)
		} else {
			behind = append(behind, row)
		}
	}
	order, rows := reasons(in, mistaken)
	missing := missingTeams(order, rows)
	for n, key := range order {
		if n >= mostImportRows {
			d.MoreRows = moreReasons(len(order) - n)
			break
		}
		row := rows[key][0]
		said := page.ImportRow{Number: strconv.Itoa(row.Line), Says: key.says, Fine: rowFine(in, rows[key])}
		like := likeTeam(missing, row)
		if like != "" {
			said.Fine += " “" + like + "” is named too, and may be the same."
		}
		if d.Can {
			said.Mend = mends(d, row, like)
			if two, is := twoAt(in, row); is {
				said.Mend = twoButtons(d, two)
			}
		}
		d.Rows = append(d.Rows, said)
	}
	order, rows = reasons(in, behind)
	for n, key := range order {
		if n >= mostImportRows {
			d.MoreBehind = moreReasons(len(order) - n)
			break
		}
		d.Behind = append(d.Behind, page.ImportRow{Number: strconv.Itoa(rows[key][0].Line), Says: key.says, Fine: rowFine(in, rows[key])})
	}
	if len(missing) > 1 && d.Can {
		d.Teams = &component.Button{Label: "Make all " + words.Number(len(missing)), Kind: component.Outlined, Action: path.MendImport(d.ID), Hidden: []component.Hidden{
			{Name: component.VersionName, Value: d.Version}, {Name: "teams", Value: "all"},
		}}
	}
}

func moreReasons(n int) string {
	return "And " + words.Several(n, "more reason") + ": all of them are in the file."
}

// missingTeams are names of teams that are not here, and like none that is.
func missingTeams(order []reason, rows map[reason][]intake.Row) (missing []string) {
	for _, key := range order {
		if row := rows[key][0]; row.Team && row.Near == "" && row.Closed == "" {
			missing = append(missing, row.Value)
		}
	}
	return missing
}

// likeTeam is another name among the missing that people would take for the one that a row has; "" where none is.
func likeTeam(missing []string, row intake.Row) string {
	if !slices.Contains(missing, row.Value) {
		return ""
	}
	for _, other := range missing {
		if other != row.Value && exchange.TeamKey(other) == exchange.TeamKey(row.Value) {
			return other
		}
	}
	return ""
}

// rowSays is why rows cannot come in, as briefly as it can be said.
func rowSays(in bulkdb.Intake, row intake.Row) string {
	switch {
	case row.Behind != nil:
		return "“" + row.Of + "” stands in " + rowOf(in, row.Behind.Line, row.Behind.File) + ", which is to be mended first."
	case row.Closed != "":
		return "“" + row.Value + "”, the team that was called " + words.Name(row.Closed) + ", was closed."
	case row.Missing && row.Is == "circle" && row.Value != "":
		return "“" + row.Value + "” is no team."
	case row.Column != "" && row.Says != "":
		return row.Column + ": it " + row.Says
	}
	return row.Why
}

// rowFine says which rows they are.
func rowFine(in bulkdb.Intake, rows []intake.Row) string {
	var lines []string
	for _, row := range rows {
		if line := strconv.Itoa(row.Line); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	says := "Row " + lines[0]
	if len(lines) > 1 {
		says = "Rows " + words.List(lines[:min(len(lines), 8)])
		if len(lines) > 8 {
			says = "Rows " + strings.Join(lines[:8], ", ") + " and " + words.Number(len(lines)-8) + " more"
		}
	}
	if len(in.Parts) > 1 {
		says += " of " + rows[0].Called
	}
	if column := rows[0].Column; column != "" {
		says += ", column " + column
	}
	says += "."
	if rows[0].Near != "" {
		says += " " + words.Name(rows[0].NearIs) + " is nearest."
	}
	return says
}

// mends are the repairs that one press makes.
// Like is another name of a team that is missing as well.
func mends(d *page.ImportTrial, row intake.Row, like string) []component.Button {
	if row.Is == "" || row.Value == "" {
		return nil
	}
	press := func(label, with string, more ...component.Hidden) component.Button {
		return component.Button{Label: label, Kind: component.Plain, Action: path.MendImport(d.ID), About: row.Value, Hidden: append([]component.Hidden{
			{Name: component.VersionName, Value: d.Version},
			{Name: "part", Value: strconv.Itoa(row.Part)},
			{Name: "column", Value: row.Is},
			{Name: "value", Value: row.Value},
			{Name: "with", Value: with},
		}, more...)}
	}
	var all []component.Button
	if row.Near != "" {
		all = append(all, press("Use "+words.Name(row.NearIs), row.Near))
	} else if n := firstNumber(row.Value); n != row.Value && row.Is == "hours_per_week" && hoursOfAWeek(n) {
		all = append(all, press("Use "+n, n))
	}
	if row.Team {
		label := "Make a team"
		if row.Closed != "" {
			label = "Open it again"
		}
		all = append(all, press(label, "", component.Hidden{Name: "teams", Value: "one"}))
	}
	if like != "" {
		all = append(all, press("Read it as “"+words.Name(like)+"”", like))
	}
	if row.Blank && len(all) < 2 {
		all = append(all, press("Leave empty", "", component.Hidden{Name: "row", Value: strconv.Itoa(row.Line)}))
	}
	if len(all) > 0 {
		all[0].Kind = component.Outlined
	}
	return all
}

// hoursOfAWeek tells whether a text is a number that a file can hold as hours a week: else putting it in mends nothing.
func hoursOfAWeek(text string) bool {
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && n <= skein.WeekHours
}

// firstNumber is the number that a text begins with, such as the 6 of "6-8".
func firstNumber(text string) string {
	text = strings.TrimSpace(text)
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || end > 0 && text[end] == '.') {
		end++
	}
	return strings.TrimRight(text[:end], ".")
}
