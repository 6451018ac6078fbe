package exchange_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// awkward is a folder with all that makes CSV hard.
var awkward = []string{
	"circles.csv", "id,name,parent,purpose\nc,\"A, \"\"B\"\"\",,\"two\r\nlines\"\nd,D,c,\n",
	"people.csv", "id,name,email,circle,hours_per_week,active_from,active_until,manager,grade\np1,Ann,a@b.org,d,7.25,2020-01-01,,p2, 7 \np2,\" Ben\",,,,,,,\n",
	"skills.csv", "id,name,kind,half_life_days,uri,parent\nhttps://x.org/a,A,domain,90,https://x.org/a,\n",
	"priorities.csv", "id,title,weight,horizon,measure,owner\nw,Water,2.5,2027,less of it,p1\n",
	"projects.csv", "id,title,start_date,requirements,purpose,circle,priority,trust,uncertainty,stakes,hours_per_week\nq,Quay,2026-02-01,https://x.org/a:5:4:must|go:2|sql:1:1,\"line\n\",d,w,open,complex,4,6\n",
	"leads.csv", "project,person,role,from,until\nq,p1,primary,2026-02-01,\nq,p2,co,2026-02-03,2026-03-03\n",
	"evidence.csv", "person,skill,kind,level,observed_on,expires_on,given_by,source,seen\np1,go,credential,5,2026-01-01,2027-01-01,p2,\"a,b\",\"\"\"\"\n",
}

func TestWhatIsWrittenReadsTheSameAndWritesTheSameBytes(t *testing.T) {
	t.Parallel()
	f, _ := read(t, awkward...)
	one, two := filepath.Join(t.TempDir(), "made", "here"), t.TempDir()
	if _, err := exchange.Write(one, f); err != nil {
		t.Fatal(err)
	}
	again, report := exchange.Read(one, folder.Known{}, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	files, err := exchange.Write(two, again)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range exchange.FileNames {
		a, _ := os.ReadFile(filepath.Join(one, name))
		b, err := os.ReadFile(filepath.Join(two, name))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: %v\n%s---\n%s", name, err, a, b)
		}
		if files[i].Name != name || files[i].Rows == 0 {
			t.Errorf("%+v", files[i])
		}
	}
	text, err := os.ReadFile(filepath.Join(two, "projects.csv"))
	if err != nil || !bytes.Contains(text, []byte("https://x.org/a:5:4:must|go:2|sql:1:1,\"line\n\"")) {
		t.Errorf("%s", text)
	}
}

func TestAnEmptyFolderWritesHeadersThatRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := exchange.Write(dir, &folder.Folder{Evidence: func(func(folder.EvidenceRow, error) bool) {}}); err != nil {
		t.Fatal(err)
	}
	if _, report := exchange.Read(dir, folder.Known{}, nil); !report.OK() {
		t.Error(report)
	}
}

// In a spreadsheet nothing of an export runs, whatever it separates cells by; a plain export is exact.
func TestNothingRunsInASpreadsheet(t *testing.T) {
	t.Parallel()
	f, _ := read(t, "people.csv", "id,name,=x,note\n-p1,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",+1,\"\tb\"\np2,@SUM(A1),a;=1+2,\"\ra\n-b\"\np3,a-b=c,a; =1,＝1\np4,X,,\"\t=\t\t=1\"\n")
	plain, guarded := t.TempDir(), t.TempDir()
	if _, err := exchange.Write(plain, f); err != nil {
		t.Fatal(err)
	}
	if _, err := exchange.WriteForSpreadsheets(guarded, f); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(guarded, "people.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rest, marked := bytes.CutPrefix(text, []byte("\ufeff"))
	rows, err := csv.NewReader(bytes.NewReader(rest)).ReadAll()
	if err != nil || !marked || len(rows) != 5 {
		t.Fatalf("%v %q", err, text)
	}
	cells := map[string]string{}
	for _, row := range rows {
		for _, cell := range row {
			for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(";\n\t", r) }) {
				if part != "" && strings.ContainsAny(part[:1], "=+-@\t\r") || strings.HasPrefix(part, "＝") {
					t.Errorf("%q runs", cell)
				}
			}
			cells[cell] = cell
		}
	}
	for _, want := range []string{"'-p1", `'=HYPERLINK("http://x","y")`, "'+1", "'@SUM(A1)", "a;'=1+2", "a-b=c", "a; =1", "p2"} {
		if cells[want] == "" {
			t.Errorf("no cell is %q: %q", want, rows)
		}
	}
	again, report := exchange.Read(plain, folder.Known{}, nil)
	if !report.OK() || again.People[0].ID != "-p1" || again.People[0].Name != `=HYPERLINK("http://x","y")` || again.People[0].Attributes["=x"] != "+1" {
		t.Errorf("a plain export is not exact: %s %+v", report, again.People)
	}
}

func TestAFailureLeavesTheOldFileAlone(t *testing.T) {
	t.Parallel()
	dir := dirOf(t, "evidence.csv", "old")
	broken := &folder.Folder{Evidence: func(yield func(folder.EvidenceRow, error) bool) {
		yield(folder.EvidenceRow{}, errors.New("the line is cut"))
	}}
	if _, err := exchange.Write(dir, broken); err == nil {
		t.Error("no error")
	}
	if text, err := os.ReadFile(filepath.Join(dir, "evidence.csv")); err != nil || string(text) != "old" {
		t.Errorf("%q, %v", text, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind %v", left)
	}
}
