package exchange_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// bookComesBack writes a folder as a workbook, and holds what is read of that against the files.
func bookComesBack(t *testing.T, f *folder.Folder) {
	t.Helper()
	dir, one, two := t.TempDir(), t.TempDir(), t.TempDir()
	files, err := exchange.WriteWorkbook(dir, f)
	if err != nil {
		if strings.HasSuffix(err.Error(), "export as CSV") {
			return
		}
		t.Fatal(err)
	}
	again, report := exchange.Read(dir, folder.Known{}, nil)
	if !report.OK() || len(files) != len(exchange.FileNames) {
		t.Fatalf("what was written is refused:\n%s%v", report, files)
	}
	for _, write := range []struct {
		dir string
		f   *folder.Folder
	}{{one, f}, {two, again}} {
		if _, err := exchange.Write(write.dir, write.f); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range exchange.FileNames {
		a, _ := os.ReadFile(filepath.Join(one, name))
		b, err := os.ReadFile(filepath.Join(two, name))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: %v\n%s---\n%s", name, err, a, b)
		}
	}
}

func TestAWorkbookThatIsWrittenReadsTheSame(t *testing.T) {
	t.Parallel()
	f, _ := read(t, awkward...)
	bookComesBack(t, f)
	f, _ = read(t, "people.csv", "id,name,=x,note\n-p1,\"=HYPERLINK(\"\"http://x\"\")\",+1, 007 \n00123,1E5,_x000D_,\"a\r\n_x005F_x000D_ b\"\n46145,2026-05-03,TRUE,#REF!\n")
	bookComesBack(t, f)
	bookComesBack(t, &folder.Folder{Evidence: func(func(folder.EvidenceRow, error) bool) {}})
}

func TestAWorkbookIsWrittenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	cut := &folder.Folder{Evidence: func(yield func(folder.EvidenceRow, error) bool) {
		yield(folder.EvidenceRow{}, errors.New("the line is cut"))
	}}
	long, _ := read(t, "projects.csv", "id,title,purpose,stakes\nq,Quay,"+strings.Repeat("x", 40000)+",3\n")
	sound, _ := read(t, "people.csv", people)
	beside := dirOf(t, "people.csv", people)
	for name, c := range map[string]struct {
		dir, want string
		f         *folder.Folder
	}{
		"cut":    {t.TempDir(), "the line is cut", cut},
		"long":   {t.TempDir(), "row 2: a cell holds at most 32767 characters", long},
		"beside": {beside, "holds people.csv already", sound},
	} {
		if _, err := exchange.WriteWorkbook(c.dir, c.f); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := filepath.Glob(filepath.Join(c.dir, "*skein.xlsx*")); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
	dir := t.TempDir()
	if _, err := exchange.WriteWorkbook(dir, sound); err != nil {
		t.Fatal(err)
	}
	if _, err := exchange.Write(dir, sound); err == nil || !strings.Contains(err.Error(), "holds skein.xlsx already") {
		t.Error(err)
	}
}
