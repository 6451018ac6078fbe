package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// texts are rows with %s in each text that people read, by file: a short one, or a long one of several
// lines. A skill's id is read without what cannot be seen, where that turns round no text.
var texts = []struct {
	file, row, field string
	long             bool
}{
	{"circles.csv", "id,name,purpose\nc,A%sb,\n", "name", false},
	{"circles.csv", "id,name,purpose\nc,C,A%sb\n", "purpose", true},
	{"people.csv", "id,name\np,A%sb\n", "name", false},
	{"skills.csv", "id,name,uri\ns,A%sb,\n", "name", false},
	{"skills.csv", "id,name,uri\ns,S,A%sb\n", "uri", false},
	{"priorities.csv", "id,title,weight,measure,horizon\na,A%sb,1,,\n", "title", false},
	{"priorities.csv", "id,title,weight,measure,horizon\na,A,1,A%sb,\n", "measure", false},
	{"priorities.csv", "id,title,weight,measure,horizon\na,A,1,,A%sb\n", "horizon", false},
	{"projects.csv", "id,title,requirements,purpose,group\nq,A%sb,go:3,,\n", "title", false},
	{"projects.csv", "id,title,requirements,purpose,group\nq,Q,go:3,A%sb,\n", "purpose", true},
	{"projects.csv", "id,title,requirements,purpose,group\nq,Q,go:3,,A%sb\n", "group", false},
	{"evidence.csv", "person,skill,kind,level,observed_on,source\np1,go,self,3,2026-02-01,A%sb\n", "source", true},
	{"people.csv", "id,name\nA%sb,P\n", "id", false},
	{"evidence.csv", "person,skill,kind,level,observed_on\np1,A%sb,self,3,2026-02-01\n", "skill", true},
	{"projects.csv", "id,title,requirements\nq,Q,A%sb:3\n", "requirements", true},
}

func TestNoFileBringsWhatNobodySees(t *testing.T) {
	t.Parallel()
	for _, c := range texts {
		for _, hidden := range []string{"", "\u202e", "\u2066", "\x1b", "\u0085", "\u200b", "\ufeff", "\u200f", "\u00ad"} {
			files := given(c.file, strings.Replace(c.row, "%s", hidden, 1))
			var pairs []string
			for name, text := range files {
				pairs = append(pairs, name, text)
			}
			_, report := exchange.Read(dirOf(t, pairs...), folder.Known{}, nil)
			fine := hidden == "" || c.long && slices.Contains([]string{"\u200b", "\ufeff", "\u200f", "\u00ad"}, hidden)
			row := strings.Split(c.row, "\n")[1]
			column := len(row[:strings.LastIndexByte(row[:strings.Index(row, "%s")], ',')+1]) + 1
			place := fmt.Sprintf("%s:2:%d: %s: ", c.file, column, c.field)
			if report.OK() != fine || !fine && !strings.Contains(report.String(), place) {
				t.Errorf("%s %q: %q, not at %s", c.field, hidden, report, place)
			}
			if strings.ContainsFunc(report.String(), func(r rune) bool { return r != '\n' && (r < ' ' || r == 0x202e || r == 0x2066) }) {
				t.Errorf("the report itself holds it: %q", report)
			}
		}
	}
}

func TestFilesAreComposed(t *testing.T) {
	t.Parallel()
	f, report := exchange.Read(dirOf(t, "people.csv", "id,name\nJose\u0301,Jose\u0301\n",
		"evidence.csv", "person,skill,kind,level,observed_on\nJose\u0301,cafe\u0301,self,3,2026-02-01\n"), folder.Known{}, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	if p := f.People[0]; p.Name != "José" || p.ID != "Jose\u0301" {
		t.Errorf("%+q has the name %+q: an id stays as it is", p.ID, p.Name)
	}
	if s := f.Skills[0]; s.Name != "Café" || s.ID != "cafe\u0301" {
		t.Errorf("%+q has the name %+q", s.ID, s.Name)
	}
}

// Names of many scripts are read, but for the two that pass for somebody else's.
func TestNamesOfManyScripts(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "shared", "cases", "30-names", "in")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the cases are not beside the repository, at %s", dir)
	}
	_, report := exchange.Read(dir, folder.Known{}, nil)
	problems := strings.Count(report.String(), "people.csv:")
	for _, place := range []string{"people.csv:7:5: name: ", "people.csv:8:4: name: "} {
		if !strings.Contains(report.String(), place) {
			t.Errorf("nothing is said at %s", place)
		}
	}
	if problems != 2 || report.Rejected() != 2 {
		t.Errorf("%d problems:\n%s", report.Rejected(), report)
	}
}

// Programs pad their columns: the space around a name or a title is no part of it, in a file as in a
// form, or a page says "Ann , who leads". Other texts, ids and sources stay as they are.
func TestNoNameKeepsTheSpaceAroundIt(t *testing.T) {
	t.Parallel()
	f, _ := read(t,
		"circles.csv", "id;name;purpose\nc; Care\u00a0;\n",
		"people.csv", "id;name\np1;Ann \np2;\tBo\u3000\n",
		"skills.csv", "id;name;uri\ngo; Go ;\n",
		"priorities.csv", "id;title;weight\na; A ;1\n",
		"projects.csv", "id;title;requirements\nq; Q ;go:3\n")
	for _, name := range []string{
		f.Circles[0].Name, f.People[0].Name, f.People[1].Name, f.Skills[0].Name, f.Priorities[0].Title, f.Projects[0].Title,
	} {
		if name == "" || name != strings.TrimSpace(name) {
			t.Errorf("%q is kept with the space around it", name)
		}
	}
}
