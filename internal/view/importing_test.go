package view

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"skein/internal/folder"
	"skein/internal/intake"
	"skein/web/page"
)

// What is wrong in a file comes to the pages as data: none of them looks into a sentence for what it says.
func TestNoSentenceOfAnImportIsParsedBack(t *testing.T) {
	t.Parallel()
	parses := regexp.MustCompile(`strings\.(HasPrefix|HasSuffix|TrimPrefix|Contains|Cut|Replace\w*|NewReplacer)\([^\n]*\.(Why|Wrong|Says|Notes)\b|plainlySaid`)
	files, err := filepath.Glob("importing*.go")
	if err != nil || len(files) < 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := parses.Find(text); found != nil && file != "importing_test.go" {
			t.Errorf("%s: %s", file, found)
		}
	}
}

func TestWhatBecomesOfRowsIsSaidApart(t *testing.T) {
	t.Parallel()
	tally := func(fresh, changed, same int) folder.Tally {
		return folder.Tally{New: fresh, Changed: changed, Same: same}
	}
	for _, c := range []struct {
		l                  folder.Loaded
		tried, done, press string
	}{
		{folder.Loaded{People: tally(36, 0, 0)}, "36_people can come in", "36_people are in", "Bring in 36"},
		{folder.Loaded{People: tally(0, 2, 34)}, "two_people change", "two_people changed", "Bring in 2"},
		{folder.Loaded{People: tally(1, 1, 3), Circles: tally(1, 0, 0)}, "one_team and one_person can come in, and one_person changes", "one_team and one_person are in, and one_person changed", "Bring in 3"},
		{folder.Loaded{Windows: 2}, "claims can open for two projects", "claims opened for two projects", "Bring it in"},
	} {
		say(t, becomes(c.l, false), c.tried)
		say(t, becomes(c.l, true), c.done)
		say(t, bring(c.l), c.press)
	}
}

// A press that puts in what stands there, or a number that is refused as well, mends nothing.
func TestARepairMends(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]int{"6-8": 1, "400": 0, "400 or so": 0, "about 6": 0} {
		d := page.ImportTrial{ID: "i"}
		if got := mends(&d, intake.Row{Is: "hours_per_week", Value: value}, ""); len(got) != want {
			t.Errorf("%q: %d repairs", value, len(got))
		}
	}
}
