package exchange_test

import (
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/skein"
)

// What was renamed or merged in Skein is found by its other names and its earlier id, and is not renamed back.
func TestAFileFindsSkillsByTheirOtherNames(t *testing.T) {
	t.Parallel()
	k := known()
	k.SkillNames = map[skein.SkillID]string{"go": "Golang", "esco:x": "Writing"}
	k.SkillKeys = map[string]skein.SkillID{"golang": "go", "go language": "go", "writing": "esco:x"}
	k.SkillsNow = map[skein.SkillID]skein.SkillID{"old-go": "go"}
	k.SkillsRetired = map[skein.SkillID]bool{"esco:x": true}
	f, report := exchange.Read(dirOf(t,
		"skills.csv", "id,name\nold-go,Old Go\ng,Go  Language\ngo,Go language\nnew,New\ntwin,golang\n",
		"people.csv", "id,name\nann,Ann\n",
		"evidence.csv", "person,skill,kind,level,observed_on\nann,old-go,self,3,2026-01-02\nann,g,self,3,2026-01-03\nann,go-language,self,3,2026-01-04\n",
		"projects.csv", "id,title,requirements\np,P,old-go:5|go:3:4|esco:x:1\n"), k, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	for row, err := range f.Evidence {
		if err != nil || row.Skill != "go" {
			t.Errorf("%+v, %v", row, err)
		}
	}
	var rows []string
	for _, s := range f.Skills {
		twin := ""
		if s.Twin {
			twin = " twin"
		}
		rows = append(rows, string(s.ID)+" "+s.Name+twin)
	}
	if got := strings.Join(rows, ", "); got != "go Golang, new New, twin golang twin" {
		t.Errorf("skills: %s", got)
	}
	if q := f.Projects[0].Requirements; len(q) != 2 || q[0].Skill != "go" || q[0].Importance != 5 || q[0].Level != 4 {
		t.Errorf("%+v", q)
	}
	said := strings.Join(report.Notes, "\n")
	for _, want := range []string{`"old-go" was merged into`, `is another name of`, "It is asked for all the same."} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not said in\n%s", want, said)
		}
	}
	_, report = exchange.Read(dirOf(t, "skills.csv", "id,name\ngo,Writing\n"), k, nil)
	if said := report.String(); report.OK() || !strings.Contains(said, "skills.csv:2:4: name: ") || !strings.Contains(said, "is the name of another skill") {
		t.Error(said)
	}
}
