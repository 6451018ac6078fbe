package view

import (
	"slices"
	"strconv"
	"strings"

	"skein/internal/intake"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// importTwos puts together who may be one, and what was said of them. Those of one address stand where their row is
// refused until somebody has said.
func importTwos(in bulkdb.Intake, found intake.Answer, d *page.ImportTrial) {
	all := intake.Twos(in)
	for _, two := range all {
		if two.Is == "" && refusedAt(found, two) {
			continue
		}
		if len(d.Twos) == mostImportRows {
			d.MoreTwos = "And more, when these are said."
			return
		}
		line := page.ImportRow{Number: strconv.Itoa(two.Line), Says: twoSays(two, in.Loaded()), Fine: words.UpperFirst(rowOf(in, two.Line, in.Parts[two.Part].Name)) + "."}
		if d.Can {
			line.Mend = twoButtons(d, two)
		}
		d.Twos = append(d.Twos, line)
	}
}

func refusedAt(found intake.Answer, two intake.Two) bool {
	return slices.ContainsFunc(found.Refused, func(row intake.Row) bool { return row.Part == two.Part && row.Line == two.Line })
}

// rowOf names a row, with its table where there are several.
func rowOf(in bulkdb.Intake, line int, called string) string {
	says := "row " + strconv.Itoa(line)
	if len(in.Parts) > 1 {
		says += " of " + called
	}
	return says
}

// twoSays says who may be whom, or is.
func twoSays(two intake.Two, done bool) string {
	is := "is"
	if done {
		is = "was"
	}
	here, there := nameAndID(two.Name, string(two.New)), nameAndID(two.ThereName, string(two.There))
	switch {
	case two.Is == intake.IsOne:
		return here + " " + is + " read as " + there + ", who is in Skein: they are one."
	case two.Is == intake.IsTwo && two.Address != "":
		return here + " and " + there + " are two. Both cannot have one e-mail address: it stays " + words.Name(two.ThereName) + "’s, and " + is + " left out of this row."
	case two.Is == intake.IsTwo:
		return here + " and " + there + " are two."
	case done:
		return here + " came in as somebody new, besides " + there + "."
	}
	return here + " is new, and may be " + there + ", who is in Skein and not in this file."
}

func nameAndID(name, id string) string {
	if name == "" || name == id {
		return id
	}
	return words.Name(name) + " (" + id + ")"
}

// twoButtons are what may be said of two, but for what was said.
func twoButtons(d *page.ImportTrial, two intake.Two) []component.Button {
	var all []component.Button
	for _, say := range []struct {
		label string
		is    intake.Said
	}{{"They are one", intake.IsOne}, {"Keep both apart", intake.IsTwo}} {
		if say.is == two.Is {
			continue
		}
		kind := component.Plain
		if len(all) == 0 && two.Is == "" {
			kind = component.Outlined
		}
		all = append(all, component.Button{Label: say.label, Kind: kind, Action: path.MendImport(d.ID), About: two.Name, Hidden: []component.Hidden{
			{Name: component.VersionName, Value: d.Version}, {Name: "who", Value: string(two.New)}, {Name: "there", Value: string(two.There)}, {Name: "is", Value: string(say.is)},
		}})
	}
	return all
}

// twoAt is the two whom a refused row is about: it has the address of somebody, or was said to be somebody.
func twoAt(in bulkdb.Intake, row intake.Row) (intake.Two, bool) {
	all := intake.Twos(in)
	at := slices.IndexFunc(all, func(two intake.Two) bool {
		return two.Part == row.Part && two.Line == row.Line && (two.Is == "" && row.Is == "email" && two.Address == row.Value || two.Is == intake.IsOne && row.Is == "")
	})
	if at < 0 {
		return intake.Two{}, false
	}
	return all[at], true
}

// importFields says of each column in how many rows it says something, and in how many something new.
func importFields(in bulkdb.Intake, found intake.Answer) []string {
	var all []string
	for n, part := range in.Parts {
		var of []string
		for _, field := range found.Fields[n] {
			of = append(of, fieldSays(part.File, field, found.Rows[n], in.Loaded()))
		}
		if len(of) > 0 && len(in.Parts) > 1 {
			of[0] = part.Name + ": " + of[0]
		}
		all = append(all, shortList(of, mostColumns)...)
	}
	return all
}

func fieldSays(kind string, field intake.Field, rows int, done bool) string {
	says := "“" + field.Called + "”"
	switch word := columnWord(kind, field.Is); {
	case field.Is == "" && ofSkills(kind):
		says += ", a skill"
	case field.Is == "":
		says += ", kept aside"
	case !strings.EqualFold(word, field.Called):
		says += ", " + word
	}
	switch field.Rows {
	case rows:
		says += ": filled in every row"
	case 0:
		says += ": empty in every row"
	default:
		says += ": filled in " + words.Number(field.Rows) + " of " + words.Several(rows, "row") + ", empty in the other"
		if rows-field.Rows > 1 {
			says += "s"
		}
	}
	if field.Changed > 0 {
		what := " of them would change what stands there"
		if done {
			what = " of them changed what stood there"
		}
		says += "; " + words.Number(field.Changed) + what
	}
	return says + "."
}
