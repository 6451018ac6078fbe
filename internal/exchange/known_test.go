package exchange_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// known is an organisation with people ann (a@b.org) and ben, circles a in b, and projects: led,
// which ann leads; offered, which ben has been offered; and claimed, which somebody has claimed.
func known() folder.Known {
	start, _ := time.Parse("2006-01-02", "2026-02-01")
	return folder.Known{
		People:     map[skein.PersonID]string{"ann": "a@b.org", "ben": ""},
		Skills:     map[skein.SkillID]skein.SkillID{"go": "", "esco:x": ""},
		Circles:    map[skein.CircleID]skein.CircleID{"a": "b", "b": ""},
		Priorities: map[skein.PriorityID]bool{"w": true},
		Projects: map[skein.ProjectID]folder.KnownProject{
			"led":     {StartOn: start, Holder: "ann"},
			"offered": {Offered: "ben"},
			"claimed": {StartOn: start, Frozen: &folder.Frozen{
				Situation:    skein.Situation{Stakes: 3},
				Requirements: []skein.Requirement{{Skill: "go", Importance: 5, Level: 3}},
				Primary:      []folder.LeadRow{{Project: "claimed", Person: "ann", Role: skein.Primary, From: start, Until: start}},
			}},
		},
	}
}

func TestAFolderMayReferToWhatIsThere(t *testing.T) {
	t.Parallel()
	f, report := exchange.Read(dirOf(t,
		"people.csv", "id,name,email,circle,manager\ncyd,Cyd,c@b.org,a,ann\nann,Ann,A@b.org,,\n",
		"projects.csv", "id,title,priority,requirements,stakes\nclaimed,Claimed,w,go:5,3\nnew,New,,esco:x:4:2|go:1,\n",
		"leads.csv", "project,person,role,from,until\nled,ann,,,2026-03-01\nled,cyd,,2026-03-02,\nclaimed,ann,,,2026-02-01\nclaimed,ben,co,,\n",
		"evidence.csv", "person,skill,kind,level,observed_on,given_by\nben,go,peer,3,2026-01-02,cyd\n"), known(), nil)
	if !report.OK() {
		t.Fatal(report)
	}
	if len(f.Skills) != 0 {
		t.Errorf("made skills that are there: %+v", f.Skills)
	}
	if q := f.Projects[1].Requirements[0]; q.Skill != "esco:x" || q.Importance != 4 || q.Level != 2 {
		t.Errorf("%+v", q)
	}
	if got := f.Leads[0].From.Format("2006-01-02"); got != "2026-02-01" {
		t.Errorf("from %s", got)
	}
}

func TestWhatIsThereMayStandAgainstARow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, text, want string }{
		"address taken":     {"people.csv", "id,name,email\ncyd,Cyd,A@B.org\n", `people.csv:2:9: email: |"ann"`},
		"ring through both": {"circles.csv", "id,name,parent\nb,B,a\n", "circles.csv:2:5: parent: |b in a in b"},
		"led already":       {"leads.csv", "project,person\nled,ben\n", `leads.csv:2:5: person: |"ann" leads`},
		"offered already":   {"leads.csv", "project,person\noffered,ann\n", `leads.csv:2:9: person: |"ben" has been offered`},
		"claimed":           {"leads.csv", "project,person\nclaimed,ben\n", "leads.csv:2:9: person: |Claims are in"},
		"claimed, asked":    {"projects.csv", "id,title,requirements\nclaimed,C,go:4\n", "projects.csv:2:11: requirements: |Claims are in"},
		"claimed, stakes":   {"projects.csv", "id,title,stakes,urgency\nclaimed,C,5,\n", "projects.csv:2:11: stakes: |Claims are in"},
		"claimed, clear":    {"projects.csv", "id,title,uncertainty\nclaimed,C,clear\n", "projects.csv:2:11: uncertainty: |Claims are in"},
	} {
		_, report := exchange.Read(dirOf(t, c.file, c.text), known(), nil)
		place, words, _ := strings.Cut(c.want, "|")
		if len(report.Problems) != 1 {
			t.Errorf("%s: not one problem:\n%s", name, report)
			continue
		}
		if got := report.Problems[0].String(); !strings.HasPrefix(got, place) || !strings.Contains(got, words) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
