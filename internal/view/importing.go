package view

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"skein/internal/exchange"
	"skein/internal/intake"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// ImportStart is where files are handed in.
func ImportStart(v Viewer, there []bulkdb.Intake, refused string) page.ImportStart {
	d := page.ImportStart{Refused: refused}
	for _, in := range there {
		line := page.ImportLine{Name: handedName(in.Parts), URL: path.ImportOf(in.ID)}
		who := words.Name(in.Name)
		if in.Person == v.Person.ID {
			who = "you"
		}
		line.Says = words.UpperFirst(intakeStands(in)) + ", handed in by " + who + " " + v.Clock().Moment(in.MadeAt) + "."
		d.There = append(d.There, line)
	}
	return d
}

// intakeStands says how far an intake is.
func intakeStands(in bulkdb.Intake) string {
	switch {
	case in.Loaded():
		return "brought in"
	case in.Wants == bulkdb.WantsLoad:
		return "being brought in"
	case in.Wants == bulkdb.WantsTry:
		return "being tried"
	}
	return "tried, nothing changed"
}

func handedName(parts []bulkdb.IntakePart) string {
	var names []string
	for _, p := range parts {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	if len(names) > 3 {
		names = append(names[:2], words.Several(len(names)-2, "more file"))
	}
	return words.List(names)
}

// importKinds are what a table is, in a list and counted.
var importKinds = map[string][3]string{
	exchange.CirclesFile:    {"teams", "team", "teams"},
	exchange.PeopleFile:     {"people", "person", "people"},
	exchange.SkillsFile:     {"skills", "skill", "skills"},
	exchange.PrioritiesFile: {"priorities", "priority", "priorities"},
	exchange.ProjectsFile:   {"projects", "project", "projects"},
	exchange.LeadsFile:      {"who leads what", "place in front", "places in front"},
	exchange.EvidenceFile:   {"who says what of whose skills", "word on a skill", "words on skills"},
	exchange.MatrixFile:     {"people and their levels, a skill a column", "person's levels", "people's levels"},
}

// columnWords are what columns become, where their names do not say it.
var columnWords = map[string]string{
	"people.csv:id": "who it is", "people.csv:circle": "team", "people.csv:hours_per_week": "hours a week", "people.csv:active_from": "first day",
	"people.csv:active_until": "last day", "people.csv:email": "e-mail address", "people.csv:manager": "who manages them",
	"circles.csv:id": "which team it is", "circles.csv:parent": "within which team", "circles.csv:purpose": "what it is for",
	"skills.csv:id": "which skill it is", "skills.csv:half_life_days": "days until half of it fades", "skills.csv:uri": "address of what it means", "skills.csv:parent": "part of which skill",
	"priorities.csv:id": "which priority it is", "priorities.csv:horizon": "until when", "priorities.csv:measure": "how it is measured", "priorities.csv:owner": "who answers for it",
	"projects.csv:id": "which project it is", "projects.csv:start_date": "first day", "projects.csv:requirements": "what it asks for", "projects.csv:purpose": "what it is for",
	"projects.csv:circle": "team", "projects.csv:trust": "how it is trusted", "projects.csv:hours_per_week": "hours a week", "projects.csv:teams": "further teams",
	"leads.csv:person": "who", "leads.csv:role": "lead or co-lead", "leads.csv:until": "until when, once it is over", "leads.csv:ends_on": "until when it is given",
	"evidence.csv:person": "of whom", "evidence.csv:kind": "whose word it is", "evidence.csv:observed_on": "on which day", "evidence.csv:expires_on": "holds until", "evidence.csv:given_by": "said by whom",
	"skills-matrix.csv:id": "who it is", "skills-matrix.csv:email": "e-mail address", "skills-matrix.csv:kind": "whose word it is", "skills-matrix.csv:observed_on": "on which day",
}

func columnWord(kind, column string) string {
	return cmp.Or(columnWords[kind+":"+column], strings.ReplaceAll(column, "_", " "))
}

// ImportTrial is an intake as its page shows it.
func ImportTrial(v Viewer, in bulkdb.Intake, wrong string) page.ImportTrial {
	found := intake.AnswerOf(in)
	d := page.ImportTrial{
		ID: in.ID, Version: strconv.Itoa(in.Version), Says: in.Says, Wrong: wrong, Loaded: in.Loaded(),
		Running: in.Wants != bulkdb.WantsNothing, Encoding: in.Encoding, Garbled: found.Garbled,
		Can: !in.Loaded() && in.Wants != bulkdb.WantsLoad,
	}
	d.Encodings = encodingOptions()
	for n, part := range in.Parts {
		t := importTable(n, part, d.Can)
		d.Aside = d.Aside || slices.ContainsFunc(t.Columns, func(c page.ImportColumn) bool { return c.Says != "" || c.Value == "" })
		d.Tables = append(d.Tables, t)
	}
	switch {
	case d.Running:
		running(in, &d)
	case in.Answer == "":
		d.Title, d.Notes = "It could not be tried", []string{"Import"}
		d.Fine = "Files are kept until " + v.Clock().Moment(in.ExpiresAt) + "."
	default:
		tried(v, in, found, &d)
	}
	return d
}

// running says what is being done.
func running(in bulkdb.Intake, d *page.ImportTrial) {
	d.Title, d.Notes, d.Step = "It is being tried", []string{"Import", "Nothing changes yet"}, cmp.Or(in.Step, "Reading.")
	d.Fine = "You can leave this page: it goes on, and says here what was found."
	if in.Wants == bulkdb.WantsLoad {
		d.Title, d.Notes = "It is being brought in", []string{"Import", "All of it or nothing"}
		d.Fine = "You can leave this page: it goes on. Put it away to stop it: then nothing has changed."
	}
	if in.Runs > 1 {
		d.Says = "It broke off, with nothing changed, and was begun again."
	}
}

// tried says what was found, or what was done.
func tried(v Viewer, in bulkdb.Intake, found intake.Answer, d *page.ImportTrial) {
	out, behind := leftOut(found.Refused)
	d.Changes, d.Fields = importChanges(found.Loaded, in.Loaded()), importFields(in, found)
	d.NotesOf = shortList(found.Notes, 12)
	for _, row := range found.Whole {
		says := row.Why
		if row.Part >= 0 && len(in.Parts) > 1 {
			says = row.Called + ": " + says
		}
		d.Whole = append(d.Whole, says)
	}
	if len(found.Whole) > 0 {
		d.Changes, d.Fields = nil, nil
	}
	importRows(in, found, d)
	importTwos(in, found, d)
	if len(found.Refused)+len(found.Whole) > 0 {
		d.RowsURL = path.ImportRows(in.ID)
	}
	switch {
	case in.Loaded():
		d.Title, d.Notes = words.UpperFirst(becomes(found.Loaded, true)), []string{"Import", "Brought in " + v.Clock().Moment(in.LoadedAt)}
		d.Fine = "The log says who brought in what, with the files' hashes."
		if out+behind > 0 {
			d.Fine += " " + words.UpperFirst(rowsLeft(out+behind)) + " stayed out."
		}
		d.Teams = nil
		for i := range d.Rows {
			d.Rows[i].Mend = nil
		}
		return
	case !found.May():
		d.Title, d.Notes = "Nothing can come in yet", []string{"Import", "Tried, nothing changed"}
		d.Fine = "Files are kept until " + v.Clock().Moment(in.ExpiresAt) + "."
		return
	case found.Loaded.Nothing():
		d.Title, d.Notes = "All of it is here already", []string{"Import", "Tried, nothing changed"}
		if out > 0 {
			d.Title = "Nothing changes, and " + rowsLeft(out) + " cannot come in yet" + behindThem(out, behind)
		}
		d.Fine = "Files are kept until " + v.Clock().Moment(in.ExpiresAt) + "."
		return
	}
	d.Title, d.Notes = words.UpperFirst(becomes(found.Loaded, false)), []string{"Import", "Tried, nothing changed"}
	d.Bring = bring(found.Loaded)
	d.Fine = "All of it or nothing, and one line in the log."
	if out > 0 {
		d.Title += ", " + words.Number(out) + " cannot yet" + behindThem(out, behind)
		d.Fine += " " + words.UpperFirst(rowsLeft(out+behind)) + " can follow."
	}
}

func rowsLeft(n int) string { return words.Several(n, "row") }

// behindThem says how many rows hang on those that cannot come in.
func behindThem(out, behind int) string {
	switch {
	case behind == 0:
		return ""
	case out == 1:
		return ", and " + words.Number(behind) + " because of it"
	}
	return ", and " + words.Number(behind) + " because of those"
}

// leftOut counts the rows that are left out, of which one may be wrong in several ways: those with a mistake, and those
// with none, which name one that has.
func leftOut(refused []intake.Row) (mistaken, behind int) {
	rows := map[[2]int]bool{}
	for _, row := range refused {
		at := [2]int{row.Part, row.Line}
		rows[at] = rows[at] || row.Behind == nil
	}
	for _, wrong := range rows {
		if wrong {
			mistaken++
		} else {
			behind++
		}
	}
	return mistaken, behind
}

func encodingOptions() []component.Option {
	options := []component.Option{{Value: "", Label: "UTF-8, as nearly all are"}}
	for _, name := range exchange.Encodings() {
		if name != "utf-8" {
			label := strings.NewReplacer("windows", "Windows", "iso", "ISO", "macintosh", "Macintosh").Replace(name)
			if name == "windows-1252" {
				label += ", from Excel on Windows"
			}
			options = append(options, component.Option{Value: name, Label: label})
		}
	}
	return options
}

func shortList(all []string, most int) []string {
	if len(all) <= most {
		return all
	}
	return append(slices.Clone(all[:most]), fmt.Sprintf("And %d more.", len(all)-most))
}
