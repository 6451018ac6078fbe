package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// notesOf are the notes of reading files, one a line.
func notesOf(t *testing.T, known folder.Known, files ...string) (string, *folder.Folder) {
	t.Helper()
	f, report := exchange.Read(dirOf(t, files...), known, nil)
	if !report.OK() {
		t.Fatalf("refused: %s", report)
	}
	return strings.Join(report.Notes, "\n"), f
}

func TestOnePersonTwiceInAFileIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rows, says string }{
		"no addresses":          {"a,Ann Lee,\nb,Bo,\n7,ANN  LEE,\n", `people.csv:4: "ANN LEE" ("7") may be whoever stands on line 2 ("a"): they have the same name. They are read as two.`},
		"one has an address":    {"a,Ann Lee,a@b.org\n7,Ann Lee,\n", `people.csv:3: "Ann Lee" ("7") may be whoever stands on line 2 ("a")`},
		"both, and two of them": {"a,Ann Lee,a@b.org\n7,Ann Lee,c@b.org\n", ""},
		"two names":             {"a,Ann Lee,\n7,Ann Marsh,\n", ""},
	} {
		got, f := notesOf(t, folder.Known{}, "people.csv", "id,name,email\n"+c.rows)
		if c.says == "" && strings.Contains(got, "may be") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %s", name, got)
		}
		if want := strings.Count(c.rows, "\n"); len(f.People) != want {
			t.Errorf("%s: %d people", name, len(f.People))
		}
	}
	rows := strings.Builder{}
	rows.WriteString("id,name\n")
	for n := range 31 {
		fmt.Fprintf(&rows, "y%d,P\n", n)
	}
	many, _ := notesOf(t, folder.Known{}, "people.csv", rows.String())
	if strings.Count(many, "may be whoever") != 10 || !strings.Contains(many, "and 20 more people who may be in the file twice") {
		t.Error(many)
	}
}

func TestTeamsOfNearlyOneNameAreTold(t *testing.T) {
	t.Parallel()
	got, f := notesOf(t, folder.Known{}, "circles.csv", "id,name,parent\nc1,Customer Service,\nc2,Billing,\nc3,Customer service team,\nc4,The billing department,c1\n")
	if want := `circles.csv:4: The circle "Customer service team" has nearly the same name as "Customer Service" on line 2. They are read as two.`; !strings.Contains(got, want) {
		t.Error(got)
	}
	if strings.Contains(got, "Billing") || len(f.Circles) != 4 { // of another parent
		t.Error(got)
	}
	for _, same := range [][2]string{{"Customer Service", "Customer  service Team"}, {"The Kitchen", "kitchen"}, {"Team", "team"}, {"Dept Ärzte", "ärzte"}} {
		if exchange.TeamKey(same[0]) != exchange.TeamKey(same[1]) {
			t.Errorf("%q are two", same)
		}
	}
	if exchange.TeamKey("Team") == "" || exchange.TeamKey("Kitchen") == exchange.TeamKey("Kitchens") {
		t.Error("too much is one")
	}
}

// A system that writes a row twice means one: it is said, and neither refused nor counted twice.
func TestTheSameRowTwiceIsTakenOnce(t *testing.T) {
	t.Parallel()
	got, f := notesOf(t, folder.Known{},
		"circles.csv", "id,name\nc,Leaks\n c ,Leaks\n", "people.csv", "id,name,grade\na,Ann,G7\nb,Bo,\na,Ann,G7\n",
		"skills.csv", "id,name\ngo,Go\ngo,Go\n", "priorities.csv", "id,title,weight\np,Bread,1\np,Bread,1\n",
		"projects.csv", "id,title,start_date,requirements\nx,Mill,2026-01-01,go:1\nx,Mill,2026-01-01,go:1\n")
	for _, want := range []string{
		"circles.csv:3: The same row as on line 2. It is taken once.", "people.csv:4: The same row as on line 2. It is taken once.",
		"skills.csv:3: The same row", "priorities.csv:3: The same row", "projects.csv:3: The same row",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("not once: %s\n%s", want, got)
		}
	}
	if len(f.Circles) != 1 || len(f.People) != 2 || len(f.Skills) != 1 || len(f.Priorities) != 1 || len(f.Projects) != 1 || f.File("people.csv").Rows != 2 {
		t.Errorf("%+v", f)
	}
	_, report := exchange.Read(dirOf(t, "people.csv", "id,name,grade\na,Ann,G7\na,Ann,G8\n"), folder.Known{}, nil)
	if report.OK() || !strings.Contains(report.String(), `"a" is there twice: line 2 has it already.`) {
		t.Errorf("two rows of one id that say two things: %s", report)
	}
}

func TestWhoHasTwoAddressesIsToldWithWhichTheySignIn(t *testing.T) {
	t.Parallel()
	there := folder.Known{
		People:  map[skein.PersonID]string{"a": "ann@b.org", "b": "bo@b.org", "c": ""},
		SignsIn: map[skein.PersonID]string{"a": "ann@b.org", "c": "cem@b.org"},
	}
	got, _ := notesOf(t, there, "people.csv", "id,name,email\na,Ann,Ann.Lee@b.org\nb,Bo,bo2@b.org\nc,Cem,CEM@b.org\n")
	if want := `people.csv:2: The address of "Ann" becomes "ann.lee@b.org". They go on signing in with "ann@b.org" until an administrator changes that on their page.`; !strings.Contains(got, want) || strings.Count(got, "signing in") != 1 {
		t.Error(got)
	}
	if got, _ := notesOf(t, there, "people.csv", "id,name,email\na,Ann,ANN@b.org\n"); strings.Contains(got, "signing in") {
		t.Error(got)
	}
}

// On a page sentences name what stands there, and no commands; what is named and left out is told by its row.
func TestOnAPageNoSentenceNamesACommand(t *testing.T) {
	t.Parallel()
	read := func(how exchange.Option, files ...string) *exchange.Report {
		_, report := exchange.Read(dirOf(t, files...), folder.Known{}, nil, exchange.Asking(), how)
		return report
	}
	windows, _ := exchange.Encoded("windows-1252")
	none, _ := exchange.Encoded("")
	for says, report := range map[string]*exchange.Report{
		"say below how its letters are to be read":                    read(none, "people.csv", "id,name\na,Andr\xe9\n"),
		"Choose UTF-8 below":                                          read(windows, "people.csv", "id,name\na,André\n"),
		"columns that Skein keeps but the matching cannot see: shoes": read(none, "people.csv", "id,name,shoes\na,Ann,41\n"),
		`There is no team "c"`:                                        read(none, "people.csv", "id,name,circle\na,Ann,c\n"),
	} {
		all := report.String() + strings.Join(report.Notes, "\n")
		if !strings.Contains(all, says) || strings.Contains(all, "--encoding") || strings.Contains(all, "circle ") || strings.Contains(all, "attributes") {
			t.Errorf("%s: %s", says, all)
		}
	}
}

func TestWhoIsNamedAndLeftOutIsToldByTheirRow(t *testing.T) {
	t.Parallel()
	mapped := exchange.Mapped(
		exchange.Mapping{File: "people.csv", Kind: exchange.PeopleFile, Mend: exchange.Mend{Without: map[int]bool{2: true}}},
		exchange.Mapping{File: "circles.csv", Kind: exchange.CirclesFile, Mend: exchange.Mend{Without: map[int]bool{2: true}}},
		exchange.Mapping{File: "m.csv", Kind: exchange.MatrixFile},
		exchange.Mapping{File: "leads.csv", Kind: exchange.LeadsFile},
	)
	_, report := exchange.Read(dirOf(t,
		"circles.csv", "id,name,parent\nc,,\nd,Drips,c\n",
		"people.csv", "id,name,email,circle,manager\na,Ann,a@b.org,many,\na,Ann,a@b.org,many,\nb,Bo,,c,a\n",
		"m.csv", "email,go\nA@b.org,3\n",
		"leads.csv", "project,person,from\nx,a,2026-01-01\n"), folder.Known{}, nil, exchange.Asking(), mapped)
	got := map[string]exchange.Place{}
	for _, p := range report.Problems {
		if p.Kind == exchange.Follows {
			got[p.File+" "+p.Of] = p.Behind
		}
		if p.Kind == exchange.Missing && p.Of != "x" {
			t.Errorf("%+v", p)
		}
	}
	people, circles := exchange.Place{File: "people.csv", Line: 2}, exchange.Place{File: "circles.csv", Line: 2}
	for of, want := range map[string]exchange.Place{"circles.csv c": circles, "people.csv c": circles, "people.csv a": people, "m.csv a@b.org": people, "leads.csv a": people} {
		if got[of] != want {
			t.Errorf("%s: %+v, want %+v\n%s", of, got[of], want, report)
		}
	}
	if strings.Contains(report.String(), "is there twice") {
		t.Errorf("the same row again is not left out with it: %s", report)
	}
}
