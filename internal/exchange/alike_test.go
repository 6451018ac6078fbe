package exchange_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// noted reads a folder that is right, and returns what is noted.
func noted(t *testing.T, known folder.Known, files ...string) (*folder.Folder, string) {
	t.Helper()
	f, report := exchange.Read(dirOf(t, files...), known, nil)
	if !report.OK() {
		t.Fatalf("refused:\n%s", report)
	}
	return f, strings.Join(report.Notes, "\n")
}

// Ids that people would take for one stay two, and are told of with both lines.
func TestIDsThatAreNearlyTheSame(t *testing.T) {
	t.Parallel()
	head := map[string]string{
		"people.csv": "id,name\n", "circles.csv": "id,name\n", "projects.csv": "id,title,requirements\n", "priorities.csv": "id,title,weight\n",
	}
	rest := map[string]string{"people.csv": "", "circles.csv": "", "projects.csv": ",go:3", "priorities.csv": ",1"}
	for file, first := range head {
		for _, pair := range [][2]string{
			{"Kim.Lee", "kim.lee"}, {"andr\u00e9", "andre\u0301"}, {"ann lee", "ann\u00a0lee"}, {"ﬁn", "fin"}, {"K", "\u212a"},
		} {
			rows := 0
			row := func(id string) string {
				rows++
				return id + ",X" + strconv.Itoa(rows) + rest[file] + "\n"
			}
			f, notes := noted(t, folder.Known{}, file, first+row("other")+row(pair[0])+row("third")+row(pair[1]))
			if n := len(f.People) + len(f.Circles) + len(f.Projects) + len(f.Priorities); n != 4 {
				t.Errorf("%s: %d rows", file, n)
			}
			if !strings.HasPrefix(notes, file+":5: ") || !strings.Contains(notes, "on line 3") || strings.Count(notes, "\n") != 0 {
				t.Errorf("%s %q: %s", file, pair, notes)
			}
		}
		if _, notes := noted(t, folder.Known{}, file, first+"a,X"+rest[file]+"\nab,Y"+rest[file]+"\n"); notes != "" {
			t.Errorf("others are taken for one: %s", notes)
		}
	}
}

// What Skein has is told of where the file brings a new id, not each time the same files come.
func TestIDsThatAreNearlyTheSameInSkein(t *testing.T) {
	t.Parallel()
	known := folder.Known{People: map[skein.PersonID]string{"Kim.Lee": ""}}
	_, notes := noted(t, known, "people.csv", "id,name\nann,Ann\nkim.lee,Kim Lee\n")
	if notes != `people.csv:3: The person "kim.lee" is nearly the same as "Kim.Lee" in Skein, and is a new one.` {
		t.Error(notes)
	}
	known.People["kim.lee"] = ""
	if _, notes = noted(t, known, "people.csv", "id,name\nkim.lee,Kim Lee\n"); notes != "" {
		t.Error(notes)
	}
	_, report := exchange.Read(dirOf(t, "projects.csv", projects, "leads.csv", "project,person\nq,KIM.LEE\n"), known, nil)
	if report.Rejected() != 1 || !strings.Contains(report.String(), "leads.csv:2:3: person: There is no person") {
		t.Errorf("they are joined: %s", report)
	}
}

// However a skill is written, it is one: the first spelling, or the one of skills.csv, or the one that
// Skein has.
func TestASkillIsOneHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	spellings := []string{"Project résumé", "project résumé", "PROJECT RÉSUMÉ", "Project  résumé", "Project re\u0301sume\u0301", "Project\u00a0résumé", "Pro\u200bject résumé"}
	rows := "person,skill,kind,level,observed_on\n"
	for i, skill := range spellings {
		rows += fmt.Sprintf("p1,%s,outcome,3,2026-01-%02d\n", skill, i+1)
	}
	for name, c := range map[string]struct {
		known folder.Known
		files []string
		want  skein.SkillID
	}{
		"the first":         {folder.Known{}, nil, "Project résumé"},
		"of projects.csv":   {folder.Known{}, []string{"projects.csv", "id,title,requirements\nq,Q,project RÉSUMÉ:4\n"}, "project RÉSUMÉ"},
		"of skills.csv":     {folder.Known{}, []string{"skills.csv", "id,name,parent\na,A,PROJECT résumé\nproJect résumé,Project résumé,\n"}, "proJect résumé"},
		"name of a skill":   {folder.Known{}, []string{"skills.csv", "id,name\ns1,Project RÉSUMÉ\n"}, "s1"},
		"in Skein":          {folder.Known{Skills: map[skein.SkillID]skein.SkillID{"prOject résumé": ""}}, nil, "prOject résumé"},
		"in Skein, by name": {folder.Known{Skills: map[skein.SkillID]skein.SkillID{"x7": ""}, SkillNames: map[skein.SkillID]string{"x7": "project RÉSUMÉ"}}, nil, "x7"},
		"before skills.csv": {
			folder.Known{Skills: map[skein.SkillID]skein.SkillID{"prOject résumé": ""}},
			[]string{"skills.csv", "id,name\nPROJECT résumé,Project résumé\n"},
			"prOject résumé",
		},
	} {
		f, notes := noted(t, c.known, append(c.files, "people.csv", people, "evidence.csv", rows)...)
		got := evidence(t, f)
		if len(got) != len(spellings) {
			t.Errorf("%s: %d rows", name, len(got))
		}
		for _, row := range got {
			if row.Skill != c.want {
				t.Errorf("%s: %q", name, row.Skill)
			}
		}
		for _, p := range f.Projects {
			if p.Requirements[0].Skill != c.want {
				t.Errorf("%s: a project asks for %q", name, p.Requirements[0].Skill)
			}
		}
		for _, s := range f.Skills {
			if s.Parent != "" && s.Parent != c.want || s.ID != c.want && skein.NameKey(string(s.ID)) == skein.NameKey(spellings[0]) {
				t.Errorf("%s: %+v", name, s)
			}
		}
		if !strings.Contains(notes, "evidence.csv:3: The skill ") || strings.Contains(notes, "likely") {
			t.Errorf("%s: %s", name, notes)
		}
	}
}

// What stands apart in Skein already stays apart: an export changes nothing.
func TestSpellingsThatSkeinHasStay(t *testing.T) {
	t.Parallel()
	known := folder.Known{Skills: map[skein.SkillID]skein.SkillID{"Go": "", "go": ""}}
	files := []string{
		"skills.csv", "id,name\nGo,Go\ngo,Go\n", "people.csv", people,
		"evidence.csv", "person,skill,kind,level,observed_on\np1,Go,self,3,2026-01-02\np1,go,self,4,2026-01-02\np1,GO,self,2,2026-01-03\n",
	}
	f, _ := noted(t, known, files...)
	if rows := evidence(t, f); len(rows) != 3 || rows[0].Skill != "Go" || rows[1].Skill != "go" || rows[2].Skill != "Go" || len(f.Skills) != 2 {
		t.Errorf("%+v %+v", rows, f.Skills)
	}
	f, notes := noted(t, folder.Known{}, files...)
	if rows := evidence(t, f); len(rows) != 2 || rows[0].Skill != "Go" || rows[0].Level != 4 || len(f.Skills) != 1 {
		t.Errorf("elsewhere: %+v %+v", rows, f.Skills)
	}
	if !strings.Contains(notes, `skills.csv:3: The skill "go" is "Go" on line 2. This row is left out.`) {
		t.Error(notes)
	}
}

func TestSkillsThatAreLikelyToBeOne(t *testing.T) {
	t.Parallel()
	f, notes := noted(t, folder.Known{}, "skills.csv", "id,name\ns1,Water Works\ns2,Water works\nrescue,Rescue\n", "people.csv", people,
		"evidence.csv", "person,skill,kind,level,observed_on\np1,boat-handling,self,3,2026-01-02\np1,boathandling,self,3,2026-01-02\np1,C,self,3,2026-01-02\np1,C#,self,3,2026-01-02\n")
	want := `skills.csv:3: The skill "s2" is likely to be "s1" (skills.csv:2). They are read as two.
evidence.csv:3: The skill "boathandling" is likely to be "boat-handling" (evidence.csv:2). They are read as two.`
	if notes != want || len(f.Skills) != 7 {
		t.Errorf("%s\n%+v", notes, f.Skills)
	}
}

func TestAddressesAreSkillsOnceSomethingNamesThem(t *testing.T) {
	t.Parallel()
	const asks = "http://data.europa.eu/esco/skill/aa-1:5:3|iso:9001:5|a.b:c:4:2:must|go:1::yes"
	want := []skein.Requirement{
		{Skill: "http://data.europa.eu/esco/skill/aa-1", Importance: 5, Level: 3},
		{Skill: "iso:9001", Importance: 5, Level: 3},
		{Skill: "a.b:c", Importance: 4, Level: 2, Must: true},
		{Skill: "go", Importance: 1, Level: 3, Must: true},
	}
	head := "person,skill,kind,level,observed_on\n"
	named := head + "p1,http://data.europa.eu/esco/skill/aa-1,self,3,2026-01-02\np1,ISO:9001,self,3,2026-01-02\np1,a.b:c,self,3,2026-01-02\n"
	files := []string{"people.csv", people, "projects.csv", "id,title,requirements\nq,Q," + asks + "\nr,R,iso:9001:2\n", "evidence.csv"}
	f, _ := noted(t, folder.Known{}, append(files, named)...)
	if got := f.Projects[0].Requirements; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	var made []string
	for _, s := range f.Skills {
		made = append(made, string(s.ID))
	}
	if got := strings.Join(made, " "); got != "go http://data.europa.eu/esco/skill/aa-1 iso:9001 a.b:c" {
		t.Errorf("made %s", got)
	}
	_, report := exchange.Read(dirOf(t, append(files, head+"p1,a.b:c,self,3,2026-01-02\n")...), folder.Known{}, nil)
	said := report.String()
	for _, place := range []string{"projects.csv:2:5: requirements: There is no skill \"http", "projects.csv:2:47: requirements: There is no skill \"iso:9001\"", "projects.csv:3:5: requirements: There is no skill \"iso:9001\""} {
		if !strings.Contains(said, place) {
			t.Errorf("not %s:\n%s", place, said)
		}
	}
	if report.Rejected() != 3 {
		t.Error(said)
	}
}

func TestTheStrongerOfTwoCounts(t *testing.T) {
	t.Parallel()
	f, notes := noted(t, folder.Known{}, "projects.csv", "id,title,requirements\nq,Q,go:2:4|sql:1|Go:5:1:must|"+asking(58)+"|GO:1\n")
	if got := f.Projects[0].Requirements; len(got) != 60 || got[0] != (skein.Requirement{Skill: "go", Importance: 5, Level: 4, Must: true}) {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(notes, `projects.csv:2: The skill "go" is asked for twice; the stronger counts: go:5:4:must.`) {
		t.Error(notes)
	}
}

// Of one kind ten notes are told, and how many more there are.
func TestManyNotesOfAKindAreCounted(t *testing.T) {
	t.Parallel()
	rows := "id,name\n"
	for i := range 25 {
		rows += fmt.Sprintf("p%d,P%d\nP%d,P%d\n", i, i, i, i)
	}
	_, notes := noted(t, folder.Known{}, "people.csv", rows+"GO,G\ngo,G\n")
	if lines := strings.Split(notes, "\n"); len(lines) != 11 || lines[10] != "and 16 more ids that are nearly the same as another" {
		t.Error(notes)
	}
}

func TestCasesOfIDs(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"a": "people.csv:3: ", "b": "people.csv:3: "} {
		_, report := exchange.Read(saidCase(t, "03-ids", name), folder.Known{}, nil)
		if !report.OK() || len(report.Notes) != 1 || !strings.HasPrefix(report.Notes[0], want) || !strings.Contains(report.Notes[0], "line 2") {
			t.Errorf("%s: %s%v", name, report, report.Notes)
		}
	}
	if _, report := exchange.Read(saidCase(t, "03-ids", "c"), folder.Known{}, nil); report.Rejected() != 1 || !strings.Contains(report.String(), "leads.csv:2:3: ") {
		t.Errorf("c: %s", report)
	}
	for _, in := range []string{"in", "in2"} {
		if f, report := exchange.Read(saidCase(t, "08-esco", in), folder.Known{}, nil); !report.OK() || len(f.Projects) != 1 {
			t.Errorf("%s: %s", in, report)
		}
	}
	_, report := exchange.Read(saidCase(t, "32-reserved-ids", "in"), folder.Known{}, nil)
	for _, place := range []string{"people.csv:9:1: id: \".\"", "people.csv:10:1: id: \"..\"", "projects.csv:2:1: id: \".\"", "projects.csv:3:1: id: ", "projects.csv:4:1: id: No project can have the id \"new\""} {
		if !strings.Contains(report.String(), place) {
			t.Errorf("nothing is said at %s:\n%s", place, report)
		}
	}
}
