package exchange_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// The fuzz tests hold the same against every file: no panic; every problem has a place in the file
// and a sentence; what is accepted passes every check of the language; and it comes back the same
// from a round trip. Seeds are the awkward folder here and the corpora in testdata.

func FuzzCircles(f *testing.F)    { fuzz(f, "circles.csv") }
func FuzzPeople(f *testing.F)     { fuzz(f, "people.csv") }
func FuzzSkills(f *testing.F)     { fuzz(f, "skills.csv") }
func FuzzPriorities(f *testing.F) { fuzz(f, "priorities.csv") }
func FuzzProjects(f *testing.F)   { fuzz(f, "projects.csv") }
func FuzzLeads(f *testing.F)      { fuzz(f, "leads.csv") }
func FuzzEvidence(f *testing.F)   { fuzz(f, "evidence.csv") }

// FuzzMatrix holds a skills matrix against the same.
func FuzzMatrix(f *testing.F) {
	f.Add([]byte("id,go,sql,kind,observed_on\np1,3,,peer,2026-01-02\np2,0,5,,\n"))
	f.Add([]byte("email;name;go\na@b.org;Ann;4\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		hold(t, text, dirOf(t, append([]string{"skills-matrix.csv", string(text)}, awkward...)...))
	})
}

// FuzzSheet reads a sheet of any XML, and FuzzWorkbook a file of any bytes that is called a workbook.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(rawHead + `<row r="7" hidden="1"><c r="A7" s="1"><v>45000.5</v></c><c r="B7" t="s"><v>2</v></c><c t="e"><v>#N/A</v></c></row>`))
	f.Add([]byte(`<row><c t="d"><v>2026-01-02</v></c><c t="b"/><c><f/></c></row></sheetData><mergeCells><mergeCell ref="A1:$C$9"/>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := rawBook(t, string(text), nil)
		if _, err := exchange.Look(filepath.Join(dir, "b.xlsx")); err != nil {
			t.Fatal(err)
		}
		hold(t, nil, dir)
	})
}

func FuzzWorkbook(f *testing.F) {
	for _, dir := range []string{
		rawBook(f, rawHead, nil), bookOf(f, "b.xlsx", nil, sheetOf{"people", [][]any{{"id", "name"}, {"p1", "Ann"}}}),
	} {
		text, err := os.ReadFile(filepath.Join(dir, "b.xlsx"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) { hold(t, nil, dirOf(t, "b.xlsx", string(text))) })
}

func fuzz(f *testing.F, name string) {
	f.Helper()
	for i := 0; i < len(awkward); i += 2 {
		f.Add([]byte(awkward[i+1]))
	}
	f.Add([]byte("\ufeffid,name\r\n\"p\"\"1\",\"a\r\nb\"\r\n"))
	f.Add([]byte("project,person,role,from,until\nq,p1,,,\nq,p2,,2026-01-01,\nq,p1,co,2026-03-01,2026-02-01\n"))
	f.Add([]byte("person,skill,kind,level,observed_on\np1,go,self,9,2026-13-01\np9,,peer,,\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		files := append([]string{}, awkward...)
		for i := 0; i < len(files); i += 2 {
			if files[i] == name {
				files[i+1] = string(text)
			}
		}
		hold(t, text, dirOf(t, files...))
	})
}

// hold reads a folder, of which one file is the text; nil: a workbook.
func hold(t *testing.T, text []byte, dir string) {
	t.Helper()
	got, report := exchange.Read(dir, folder.Known{}, nil)
	for _, p := range report.Problems {
		if p.Line < 1 || p.Column < 1 || len(p.Why) < 5 || text != nil && p.Line > bytes.Count(text, []byte{'\n'})+9 {
			t.Errorf("no place or no sentence: %+v", p)
		}
	}
	if !report.OK() {
		return
	}
	checkAll(t, got)
	comesBack(t, got)
	bookComesBack(t, got)
}

// checkAll holds every row against the language's own checks.
func checkAll(t *testing.T, f *folder.Folder) {
	t.Helper()
	hold := func(what any, err error) {
		if err != nil {
			t.Errorf("accepted %+v: %v", what, err)
		}
	}
	for _, p := range f.People {
		hold(p, p.Check())
	}
	for _, p := range f.Priorities {
		hold(p, p.Check())
	}
	for _, p := range f.Projects {
		if p.Trust == "" {
			p.Trust = skein.Weighed
		}
		hold(p, p.Project.Check())
		hold(p, p.Situation.Check())
		for _, q := range p.Requirements {
			hold(q, q.Check())
		}
	}
	for _, e := range evidence(t, f) {
		if e.Level < 1 || e.Level > 5 || e.Person == "" || e.Skill == "" || e.Kind == "" || e.ObservedOn.IsZero() {
			t.Errorf("accepted %+v", e)
		}
	}
	for _, l := range f.Leads {
		if l.Person == "" || l.Project == "" || l.Role == "" || !l.Until.IsZero() && l.Until.Before(l.From) {
			t.Errorf("accepted %+v", l)
		}
	}
}

// comesBack writes what was read, reads it and writes it again.
func comesBack(t *testing.T, f *folder.Folder) {
	t.Helper()
	one, two := t.TempDir(), t.TempDir()
	if _, err := exchange.Write(one, f); err != nil {
		t.Fatal(err)
	}
	again, report := exchange.Read(one, folder.Known{}, nil)
	if !report.OK() {
		t.Fatalf("what was written is refused:\n%s", report)
	}
	if _, err := exchange.Write(two, again); err != nil {
		t.Fatal(err)
	}
	for _, name := range exchange.FileNames {
		a, _ := os.ReadFile(filepath.Join(one, name))
		b, err := os.ReadFile(filepath.Join(two, name))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: %v\n%s---\n%s", name, err, a, b)
		}
	}
}
