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
// which ann leads; offered, which ben has been offered; and claimed, of which neither may change any more
// what claims are sent for nor who leads it.
func known() folder.Known {
	start, four := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), 4.0
	return folder.Known{
		People:     map[skein.PersonID]string{"ann": "a@b.org", "ben": ""},
		Names:      map[skein.PersonID]string{"ann": "Ann Orme"},
		Skills:     map[skein.SkillID]skein.SkillID{"go": "", "esco:x": ""},
		Circles:    map[skein.CircleID]skein.CircleID{"a": "b", "b": ""},
		Priorities: map[skein.PriorityID]bool{"w": true},
		Projects: map[skein.ProjectID]folder.KnownProject{
			"led":     {StartOn: start, Holder: "ann"},
			"offered": {Offered: "ben"},
			"claimed": {
				StartOn: start, Stands: "It stands: so it does.", Closed: "It is closed.",
				Proposal: skein.Proposal{
					Project: skein.Project{Trust: skein.Verified, Circle: "a", HoursPerWeek: &four},
					Phase: skein.Phase{
						Situation:    skein.Situation{Stakes: 3},
						Requirements: []skein.Requirement{{Skill: "go", Importance: 5, Level: 3}},
					},
				},
				Primary: []folder.LeadRow{
					{Project: "claimed", Person: "ann", Role: skein.Primary, From: start, Until: start},
					{Project: "claimed", Person: "ben", Role: skein.Primary, From: start.AddDate(0, 1, 0)},
				},
			},
		},
	}
}

func TestAFolderMayReferToWhatIsThere(t *testing.T) {
	t.Parallel()
	f, report := exchange.Read(dirOf(t,
		"people.csv", "id,name,email,circle,manager\ncyd,Cyd,c@b.org,a,ann\nann,Ann,A@b.org,,\n",
		"projects.csv", "id,title,priority,requirements,stakes,trust,circle,hours_per_week\nclaimed,Renamed,w,go:5,3,,a,4.0\nfresh,Fresh,,esco:x:4:2|go:1,,,,\n",
		"leads.csv", "project,person,role,from,until,ends_on\nled,ann,,,2026-03-01,\nled,cyd,,2026-03-02,,\nclaimed,ann,,,2026-02-01,\nclaimed,cyd,co,,,\n"+
			"claimed,ben,,2026-03-01,,2027-01-31\nclaimed,cyd,,2025-01-01,2025-06-30,\n",
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
		"address taken":     {"people.csv", "id,name,email\ncyd,Cyd,A@B.org\n", `people.csv:2:9: email: |Ann Orme has this e-mail address in Skein, with the id "ann". If that is the same person, write "ann" here and wherever this folder says "cyd"; or keep "cyd" and first run: skein user rename ann cyd.`},
		"ring through both": {"circles.csv", "id,name,parent\nb,B,a\n", "circles.csv:2:5: parent: |b in a in b"},
		"led already":       {"leads.csv", "project,person\nled,ben\n", `leads.csv:2:5: person: |"ann" leads`},
		"offered already":   {"leads.csv", "project,person\noffered,ann\n", `leads.csv:2:9: person: |"ben" has been offered`},
		"claimed":           {"leads.csv", "project,person,from,until\nclaimed,ben,2026-03-01,2026-04-01\n", "leads.csv:2:9: person: |It is closed."},
		"claimed, asked":    {"projects.csv", "id,title,requirements\nclaimed,C,go:4\n", "projects.csv:2:11: requirements: |It stands: so it does."},
		"claimed, stakes":   {"projects.csv", "id,title,stakes,urgency\nclaimed,C,5,\n", "projects.csv:2:11: stakes: |It stands"},
		"claimed, clear":    {"projects.csv", "id,title,uncertainty\nclaimed,C,clear\n", "projects.csv:2:11: uncertainty: |It stands"},
		"claimed, hours":    {"projects.csv", "id,title,hours_per_week\nclaimed,C,\n", "projects.csv:2:11: hours_per_week: |It stands"},
		"claimed, trust":    {"projects.csv", "id,title,trust\nclaimed,C,zero\n", "projects.csv:2:11: trust: |It stands"},
		"claimed, circle":   {"projects.csv", "id,title,circle\nclaimed,C,b\n", "projects.csv:2:11: circle: |It stands"},
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
