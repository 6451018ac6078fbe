package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// dirOf writes files into a folder of their own: a name, its text, a name, its text, ...
func dirOf(t testing.TB, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// read reads a folder that has nothing wrong with it.
func read(t testing.TB, files ...string) (*folder.Folder, *exchange.Report) {
	t.Helper()
	f, report := exchange.Read(dirOf(t, files...), folder.Known{}, nil)
	if !report.OK() {
		t.Fatalf("refused:\n%s", report)
	}
	return f, report
}

// evidence walks all of a folder's evidence.
func evidence(t testing.TB, f *folder.Folder) []folder.EvidenceRow {
	t.Helper()
	var rows []folder.EvidenceRow
	for row, err := range f.Evidence {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestBothRealOrganisationsAreRead(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct{ people, projects, leads, evidence, skills int }{
		"k8s-release": {407, 243, 245, 2068, 13},
		"k8s-kep":     {830, 623, 918, 20600, 471},
	} {
		dir := filepath.Join("..", "..", "..", "shared", "data", name)
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("the real organisations' data are not beside the repository, at %s", dir)
		}
		f, report := exchange.Read(dir, folder.Known{}, nil)
		if !report.OK() {
			t.Fatalf("%s refused:\n%s", name, report)
		}
		got := struct{ people, projects, leads, evidence, skills int }{
			len(f.People), len(f.Projects), len(f.Leads), len(evidence(t, f)), len(f.Skills),
		}
		if got != want {
			t.Errorf("%s: %+v, not %+v", name, got, want)
		}
	}
}

func TestQuotesMarksAndLineEnds(t *testing.T) {
	t.Parallel()
	f, _ := read(t,
		"people.csv", "\ufeffid,name\r\n\r\n p1 ,\"Moss, \"\"Ben\"\"\"\r\n\"p2\",\"Two lines\"\r\n\np3,Øyvind",
		"projects.csv", "title,id,purpose,stakes\n A ,q,\"Two\r\nlines\",3\n")
	for i, want := range []string{`Moss, "Ben"`, "Two lines", "Øyvind"} {
		if got := f.People[i].Name; got != want {
			t.Errorf("name %d is %q, not %q", i, got, want)
		}
	}
	if got := f.People[0].ID; got != "p1" {
		t.Errorf("id %q", got)
	}
	if got := f.Projects[0].Title; got != "A" {
		t.Errorf("title %q: the space around it is no part of it", got)
	}
	if got := f.Projects[0].Purpose; got != "Two\nlines" {
		t.Errorf("purpose %q: lines end in one way", got)
	}
}

func TestUnknownColumnsAreReportedAndKept(t *testing.T) {
	t.Parallel()
	f, report := read(t, "people.csv", "id,Grade,name,pay\np1,7,Ann,\n",
		"evidence.csv", "person,skill,kind,level,observed_on,mood\np1,go,self,3,2026-01-02,fine\n")
	if got := f.People[0].Attributes; len(got) != 1 || got["Grade"] != "7" {
		t.Errorf("attributes %v", got)
	}
	if got := evidence(t, f)[0].Attributes["mood"]; got != "fine" {
		t.Errorf("mood %q", got)
	}
	if all := strings.Join(report.Notes, "\n"); !strings.Contains(all, "Grade, pay") || !strings.Contains(all, "mood") {
		t.Errorf("notes:\n%s", all)
	}
	file := f.File("people.csv")
	if file.Rows != 1 || !file.States("name") || file.States("email") || len(file.SHA256) != 64 {
		t.Errorf("%+v", file)
	}
}

func TestABlankFromIsTheProjectsStart(t *testing.T) {
	t.Parallel()
	f, _ := read(t, "people.csv", "id,name\np1,Ann\np2,Ben\n",
		"projects.csv", "id,title,start_date,stakes\nq,Q,2026-02-03,3\nr,R,,3\n",
		"leads.csv", "project,person,role,from,until\nq,p1,,,\nq,p2,co,2026-03-01,2026-04-01\nr,p1,primary,,\n")
	if got := f.Leads[0]; got.From.Format("2006-01-02") != "2026-02-03" || got.Role != skein.Primary {
		t.Errorf("%+v", got)
	}
	if !f.Leads[2].From.IsZero() {
		t.Errorf("%+v", f.Leads[2])
	}
}

func TestSkillsNamedElsewhereAreMade(t *testing.T) {
	t.Parallel()
	f, _ := read(t, "skills.csv", "id,name,kind,parent\ngo,Go,,programming\nlisten,Listening,practice,\n",
		"people.csv", "id,name\np1,Ann\n",
		"projects.csv", "id,title,requirements\nq,Q,go:5|sql:2:4:must\n",
		"evidence.csv", "person,skill,kind,level,observed_on\np1,rust,self,3,2026-01-02\n")
	var made []string
	for _, s := range f.Skills {
		if s.Mentioned {
			made = append(made, string(s.ID)+"/"+s.Name+"/"+string(s.Kind))
		}
	}
	if got := strings.Join(made, " "); got != "programming/Programming/domain sql/SQL/domain rust/Rust/domain" {
		t.Errorf("made %s", got)
	}
}

func TestRepeatedEvidenceCountsOnceAtTheHighest(t *testing.T) {
	t.Parallel()
	f, report := read(t, "people.csv", "id,name\np1,Ann\n",
		"evidence.csv", `person,skill,kind,level,observed_on,source
p1,go,outcome,2,2026-01-02,a
p1,go,outcome,4,2026-01-02,a
p1,go,outcome,3,2026-01-02,a
p1,go,outcome,4,2026-01-02,b
`)
	rows := evidence(t, f)
	if len(rows) != 2 || rows[0].Level != 4 || rows[1].Source != "b" {
		t.Errorf("%+v", rows)
	}
	if len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "2 rows") {
		t.Errorf("notes %v", report.Notes)
	}
}

func TestAChangedFileIsNotedOnTheSecondWalk(t *testing.T) {
	t.Parallel()
	head := "person,skill,kind,level,observed_on\n"
	dir := dirOf(t, "people.csv", "id,name\np1,Ann\n", "evidence.csv", head+"p1,go,self,3,2026-01-02\n")
	f, _ := exchange.Read(dir, folder.Known{}, nil)
	if err := os.WriteFile(filepath.Join(dir, "evidence.csv"), []byte(head+"p1,go,self,4,2026-01-02\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range f.Evidence {
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), "changed") {
		t.Errorf("said %v", last)
	}
}
