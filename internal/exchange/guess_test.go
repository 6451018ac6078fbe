package exchange

import "testing"

func TestWhatATableIsIsGuessedFromItsColumns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		headings []string
		want     string
	}{
		{"staff.csv", []string{"Staff no", "Full name", "Unit", "Project hrs", "Grade", "Joined"}, PeopleFile},
		{"export.csv", []string{"Personalnummer", "Name", "Abteilung", "E-Mail"}, PeopleFile},
		{"x.csv", []string{"Team", "Team ID", "Part of"}, CirclesFile},
		{"x.csv", []string{"employee id", "competency", "type", "rating", "date"}, EvidenceFile},
		{"x.csv", []string{"Project ID", "Project name", "Start", "Skills"}, ProjectsFile},
		{"Leads.CSV", nil, LeadsFile},
		{"people of May.csv", []string{"Key", "Called"}, PeopleFile},
		{"levels.csv", []string{"email", "Valves", "Pumps", "Maps"}, MatrixFile},
		{"export.csv", []string{"Personalnr", "Name", "Abteilung", "Std/Woche"}, PeopleFile},
		{"x.csv", []string{"q", "w"}, ""},
	} {
		if got := GuessKind(c.name, c.headings); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.name, c.headings, got, c.want)
		}
	}
}

func TestWhatColumnsBecomeIsGuessed(t *testing.T) {
	t.Parallel()
	got := GuessColumns(PeopleFile, []string{"Staff no", "Full name", "Unit", "Project hrs", "Grade", "Job title", "Shoe size", "Colour"}, map[string]string{"colour": "manager", "grade": "circle"})
	for heading, want := range map[string]string{
		"staff no": "id", "full name": "name", "unit": "circle", "project hrs": "hours_per_week", "grade": "", "job title": "", "shoe size": "", "colour": "manager",
	} {
		if got[heading] != want {
			t.Errorf("%s becomes %q, want %q", heading, got[heading], want)
		}
	}
}

func TestTheNearestIsFound(t *testing.T) {
	t.Parallel()
	teams := map[string]string{"network": "Network", "t2": "Leaks, NW 2", "t3": "Treatment"}
	for typed, want := range map[string]string{"Netwrk": "network", "leaks nw2": "t2", "Treatmnt": "t3", "Kitchen": "", "": ""} {
		if got := Near(typed, teams); got != want {
			t.Errorf("%q is nearest to %q, want %q", typed, got, want)
		}
	}
}

// What a staff file takes for the id, a skills matrix takes for it too: its other columns are skills.
func TestTheIDOfAMatrixIsCalledAsInAStaffFile(t *testing.T) {
	t.Parallel()
	for _, heading := range []string{"Personalnr.", "Pers.-Nr.", "Mitarbeiter-Nr", "Staff no"} {
		for _, file := range []string{PeopleFile, MatrixFile} {
			if got := GuessColumns(file, []string{heading, "Ventile"}, nil); got[folded(heading)] != "id" {
				t.Errorf("%s in %s becomes %q", heading, file, got[folded(heading)])
			}
		}
	}
	if got := GuessColumns(PeopleFile, []string{"Std/Woche"}, nil); got["std/woche"] != "hours_per_week" {
		t.Errorf("%v", got)
	}
}

// A skills matrix is told, and who its rows are, by what stands in it: headings are anybody's.
func TestAMatrixIsToldByItsValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		headings []string
		rows     [][]string
		kind     string
		want     map[string]string
	}{
		"addresses under name": {
			[]string{"Valves", "Person", "Pumps", "Maps"},
			[][]string{{"3", "ann@b.org", "", "1"}, {"", "bo@b.org", "5", ""}},
			MatrixFile,
			map[string]string{"person": "email", "valves": "", "pumps": "", "maps": ""},
		},
		"addresses and ids under name": {
			[]string{"Person", "Valves", "Pumps"}, [][]string{{"ann@b.org", "3", "1"}, {"n2", "", "2"}}, MatrixFile, map[string]string{"person": "id"},
		},
		"names alone": {
			[]string{"Person", "Valves", "Pumps"}, [][]string{{"Ann Lee", "3", "1"}, {"Bo Falk", "", "2"}}, MatrixFile, map[string]string{"person": "name", "valves": ""},
		},
		"addresses under id": {
			[]string{"Staff no", "Valves", "Pumps"},
			[][]string{{"ann@b.org", "3", "1"}, {"bo@b.org", "4", "2"}},
			MatrixFile,
			map[string]string{"staff no": "email", "valves": ""},
		},
		"ids last, under a heading of no kind": {
			[]string{"Valves", "Pumps", "Maps", "Badge"},
			[][]string{{"3", "1", "", "N01"}, {"2", "0", "4", "N02"}},
			MatrixFile,
			map[string]string{"badge": "id", "valves": "", "maps": ""},
		},
		"staff numbers up to five": {
			[]string{"Staff no", "Valves", "Pumps"},
			[][]string{{"1", "3", "1"}, {"2", "4", "2"}},
			MatrixFile,
			map[string]string{"staff no": "id"},
		},
		"people with hours": {
			[]string{"Staff no", "Name", "Project hrs", "Email"}, [][]string{{"N1", "Ann", "5", "a@b.org"}}, PeopleFile, nil,
		},
		"people with children": {
			[]string{"Staff no", "Name", "Children", "Grade"}, [][]string{{"N1", "Ann", "2", "3"}}, PeopleFile, nil,
		},
	} {
		if got := GuessKindOf("x.csv", c.headings, c.rows); got != c.kind {
			t.Errorf("%s: %q", name, got)
		}
		columns := GuessColumns(MatrixFile, c.headings, nil)
		GuessWho(columns, c.headings, c.rows, nil)
		for heading, want := range c.want {
			if columns[heading] != want {
				t.Errorf("%s: %s becomes %q, want %q", name, heading, columns[heading], want)
			}
		}
	}
	// The corner of a matrix is often left empty, and a name that speaks of skills, or of what they show, tells no more.
	for _, name := range []string{"x.csv", "Skills 2026.xlsx", "our skills.csv", "evidence of the team.csv"} {
		if got := GuessKindOf(name, []string{"", "Valves", "Pumps", "Maps"}, [][]string{{"ann@b.org", "3", "1", ""}, {"bo@b.org", "4", "2", "5"}}); got != MatrixFile {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := GuessKindOf("our skills.csv", []string{"Skill", "Kind", "Half-life days"}, [][]string{{"Valves", "skill", "3"}}); got != SkillsFile {
		t.Errorf("a list of skills: %q", got)
	}
	chosen := map[string]string{"person": "name"}
	columns := GuessColumns(MatrixFile, []string{"Person", "Valves"}, chosen)
	if GuessWho(columns, []string{"Person", "Valves"}, [][]string{{"ann@b.org", "3"}}, chosen); columns["person"] != "name" {
		t.Errorf("what was chosen does not stay: %v", columns)
	}
}
