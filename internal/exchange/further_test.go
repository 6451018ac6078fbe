package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// Circles that must move with a project stand joined by bars: each once, by their ids, and never its own.
func TestFurtherCircles(t *testing.T) {
	t.Parallel()
	known := folder.Known{Circles: map[skein.CircleID]skein.CircleID{"lab": ""}, Skills: map[skein.SkillID]skein.SkillID{"s": ""}}
	f, notes := noted(t, known,
		"circles.csv", "id,name\nquay,Quay\nport,Port\n",
		"projects.csv", "id,title,requirements,circle,teams\na,A,s:3,quay,port | lab|quay|port|\nb,B,s:3,,quay\nc,C,s:3,quay,\n")
	for n, want := range [][]skein.CircleID{{"lab", "port"}, {"quay"}, nil} {
		if got := f.Projects[n].Further; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", f.Projects[n].ID, got, want)
		}
	}
	want := "projects.csv:2: \"quay\" is where the project belongs, and moves in any case. It is passed over.\n" +
		"projects.csv:2: \"port\" is named twice. It counts once."
	if notes != want {
		t.Error(notes)
	}
}

func TestFurtherCirclesThatAreNowhere(t *testing.T) {
	t.Parallel()
	known := folder.Known{
		Circles: map[skein.CircleID]skein.CircleID{"lab": ""}, Closed: map[skein.CircleID]string{"old": "Old yard"},
		Skills: map[skein.SkillID]skein.SkillID{"s": ""},
	}
	var circles, all strings.Builder
	circles.WriteString("id,name\n")
	for n := range skein.MostLines + 1 {
		fmt.Fprintf(&circles, "c%d,Circle %d\n", n, n)
		fmt.Fprintf(&all, "|c%d", n)
	}
	for teams, want := range map[string]string{
		"lab|nowhere":    `projects.csv:2:13: teams: There is no circle "nowhere", neither in circles.csv nor in Skein.`,
		`"lab|  gone"`:   `projects.csv:2:16: teams: There is no circle "gone", neither in circles.csv nor in Skein.`,
		"old":            `projects.csv:2:9: teams: The circle "old", once called "Old yard", was closed. Name another one, or name it in circles.csv too, which opens it again.`,
		all.String()[1:]: `teams: At most 20 move with a project; this is one more. Keep those that must.`,
	} {
		_, report := exchange.Read(dirOf(t, "circles.csv", circles.String(), "projects.csv", "id,title,requirements,teams\na,A,s:3,"+teams+"\n"), known, nil)
		if report.OK() || !strings.Contains(report.String(), want) {
			t.Errorf("%s: %s", teams, report)
		}
	}
}
