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
