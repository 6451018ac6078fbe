package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// pastFolder is a small organisation's past: three people take turns at two kinds of work.
func pastFolder(t *testing.T) string {
	t.Helper()
	var people, projects, leads, evidence strings.Builder
	people.WriteString("id,name\na,Ada Marr\nb,Ben Okoro\nc,Cem Aksoy\n")
	projects.WriteString("id,title,start_date,requirements\n")
	leads.WriteString("project,person\n")
	evidence.WriteString("person,skill,kind,level,observed_on,source\n")
	for i := range 30 {
		at := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 30*i)
		who, skill := "abc"[i%3:i%3+1], []string{"pumps", "maps"}[i%2]
		fmt.Fprintf(&projects, "p%02d,Project %d,%s,%s:5\n", i, i, at.Format(time.DateOnly), skill)
		fmt.Fprintf(&leads, "p%02d,%s\n", i, who)
		fmt.Fprintf(&evidence, "%s,%s,outcome,4,%s,p%02d\n", who, skill, at.AddDate(0, 0, 3).Format(time.DateOnly), i)
	}
	dir := t.TempDir()
	for name, text := range map[string]*strings.Builder{"people.csv": &people, "projects.csv": &projects, "leads.csv": &leads, "evidence.csv": &evidence} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEvaluatePrintsFiguresAndScores(t *testing.T) {
	t.Parallel()
	dir, scores := pastFolder(t), filepath.Join(t.TempDir(), "scores.csv")
	code, out, errs := runs(t, "evaluate", dir, "--scores", scores)
	if code != exitDone || errs != "" || !strings.Contains(out, "12 projects tested") || !strings.Contains(out, "best_level") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	file, err := os.Open(scores)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != 1+12*3 || strings.Join(rows[0], ",") != "project,person,score" || rows[1][0] != "p18" {
		t.Errorf("%d rows, %v, %v", len(rows), rows[:2], err)
	}
}

func TestEvaluateAndCalibratePrintOneObject(t *testing.T) {
	t.Parallel()
	dir := pastFolder(t)
	for _, args := range [][]string{{"evaluate", dir, "--no-calibrate", "--json"}, {"calibrate", dir, "--json"}} {
		code, out, errs := runs(t, args...)
		var object map[string]any
		if err := json.Unmarshal([]byte(out), &object); code != exitDone || errs != "" || err != nil {
			t.Errorf("%v: %d %q %v", args, code, errs, err)
		}
		if object["projects"] != 12.0 || object["note"] == "" {
			t.Errorf("%v: %v", args, object)
		}
	}
	if code, out, _ := runs(t, "calibrate", dir); code != exitDone || !strings.Contains(out, "Nothing has been changed") {
		t.Errorf("%d %q", code, out)
	}
}

func TestEvaluateRefusesWhatItCannotUseInOneLine(t *testing.T) {
	t.Parallel()
	broken := pastFolder(t)
	if err := os.WriteFile(filepath.Join(broken, "evidence.csv"), []byte("person,skill,kind,level,observed_on\na,x,outcome,9,2024-01-01\na,x,rumour,3,2024-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	few := pastFolder(t)
	if err := os.WriteFile(filepath.Join(few, "leads.csv"), []byte("project,person\np01,a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"does not exist":                {"evaluate", filepath.Join(few, "nowhere")},
		"evidence.csv:2:":               {"evaluate", broken},
		"Further problems: 1":           {"calibrate", broken},
		"only 1 projects":               {"evaluate", few},
		"the scores cannot be written:": {"evaluate", pastFolder(t), "--scores", filepath.Join(few, "no", "file")},
	} {
		code, out, errs := runs(t, args...)
		if code != exitFailed || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %q %q", args, code, out, errs)
		}
		onePlainLine(t, errs)
	}
}

func TestCalibrateChangesNothingUnlessAccepted(t *testing.T) {
	t.Parallel()
	dir := pastFolder(t)
	url := imported(t, dir)
	published := func() int {
		var n int
		conn, err := pgx.Connect(t.Context(), strings.TrimPrefix(url, "--database-url="))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(t.Context())
		if err := conn.QueryRow(t.Context(), `select count(*) from policy`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if code, out, errs := typing("", "calibrate", dir, url); code != exitDone || !strings.Contains(out, "Nothing has been changed") || published() != 0 {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if code, out, errs := typing("", "calibrate", dir, "--accept", url); code != exitDone || strings.Contains(out, "Nothing has been changed") ||
		!strings.Contains(errs, "accepted") || published() != 1 {
		t.Errorf("%d %q %q", code, out, errs)
	}
}
