package exchange_test

import (
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// One's own word is one's own, whoever a file says gave it: it counts so, and a note says in which row.
func TestOnesOwnWordGivenByAnother(t *testing.T) {
	t.Parallel()
	f, notes := noted(t, folder.Known{},
		"people.csv", "id,name\nann,Ann\nben,Ben\n",
		"evidence.csv", "person,skill,kind,level,observed_on,given_by\nann,go,self,3,2026-01-02,ben\nann,go,self,4,2026-01-03,ann\nann,go,self,4,2026-01-04,\nann,go,peer,4,2026-01-04,ben\n")
	if want := `evidence.csv:2: It is "ann"'s own word (self), and given by "ben". It counts as their own; what another says is of the kind peer.`; notes != want {
		t.Error(notes)
	}
	n := 0
	for _, err := range f.Evidence {
		if n++; err != nil {
			t.Fatal(err)
		}
	}
	if n != 4 {
		t.Errorf("%d rows come in", n)
	}
}

// Spaces that stand beside each other within a name are one.
func TestDoubledSpacesInNames(t *testing.T) {
	t.Parallel()
	f, _ := noted(t, folder.Known{},
		"people.csv", "id,name\na, Ada  Holm\nb,Ada \u00a0 Holm\nc,Ada\u2009Holm\n",
		"circles.csv", "id,name,purpose\nc,Night   watch,two  spaces\n",
		"skills.csv", "id,name\ns,Valve  data\n",
		"priorities.csv", "id,title,weight\np,Dry  feet,1\n",
		"projects.csv", "id,title,requirements\nx,Night  pressure,s:3\n")
	for got, want := range map[string]string{
		f.People[0].Name: "Ada Holm", f.People[1].Name: "Ada Holm", f.People[2].Name: "Ada\u2009Holm", f.Circles[0].Name: "Night watch",
		f.Circles[0].Purpose: "two  spaces", f.Skills[0].Name: "Valve data", f.Priorities[0].Title: "Dry feet", f.Projects[0].Title: "Night pressure",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Two priorities of one title stay two, and a note says where both stand.
func TestPrioritiesOfOneTitle(t *testing.T) {
	t.Parallel()
	known := folder.Known{
		Priorities: map[skein.PriorityID]bool{"old": true, "dry": true, "gone": true},
		Titles:     map[skein.PriorityID]string{"old": "Fewer leaks", "dry": "Dry feet"},
	}
	for name, c := range map[string]struct{ rows, want string }{
		"in the file":            {"a,Safe,1\nb,Other,1\nc,SAFE,1\n", `priorities.csv:4: The priority "c" has the title of "a" on line 2, "SAFE". They are read as two.`},
		"in Skein":               {"a,fewer  leaks,1\n", `priorities.csv:2: The priority "a" has the title of "old" in Skein, "Fewer leaks". They are two.`},
		"the same one":           {"old,Fewer leaks,2\n", ""},
		"that has another since": {"old,Less water lost,1\na,Fewer leaks,1\n", ""},
	} {
		if _, notes := noted(t, known, "priorities.csv", "id,title,weight\n"+c.rows); notes != c.want {
			t.Errorf("%s: %s", name, notes)
		}
	}
}

// A team that was closed opens again where a file brings it, and is refused, with what would do, where one only names it.
func TestACircleThatWasClosed(t *testing.T) {
	t.Parallel()
	known := folder.Known{Closed: map[skein.CircleID]string{"weirs": "The Weirs"}}
	f, notes := noted(t, known, "circles.csv", "id,name\nweirs,Weirs\n", "people.csv", "id,name,circle\na,Ada,weirs\n")
	if want := `circles.csv:2: "weirs", once called "The Weirs", was closed: this opens it again, with what the files put into it.`; notes != want || len(f.Circles) != 1 {
		t.Error(notes)
	}
	for file, text := range map[string]string{
		"people.csv": "id,name,circle\na,Ada,weirs\n", "circles.csv": "id,name,parent\nx,X,weirs\n", "projects.csv": "id,title,requirements,circle\nx,X,s:3,weirs\n",
	} {
		_, report := exchange.Read(dirOf(t, file, text), known, nil)
		if said := report.String(); !strings.Contains(said, `The circle "weirs", once called "The Weirs", was closed. Name another one, or name it in circles.csv too, which opens it again.`) {
			t.Errorf("%s: %s", file, said)
		}
	}
}
