package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"skein/internal/skein"
)

// all reads every row; flaws are counted, and must have a place in the text.
func all(t *testing.T, text []byte) (rows [][]string, flaws int) {
	t.Helper()
	r := newRecordReader(bytes.NewReader(text))
	for {
		rec, err := r.read()
		var bad *flaw
		switch {
		case errors.Is(err, io.EOF):
			return rows, flaws
		case errors.As(err, &bad):
			flaws++
			if bad.line < 1 || bad.line > bytes.Count(text, []byte{'\n'})+1 || bad.column < 1 || bad.column > len(text)+1 {
				t.Fatalf("no such place: %v", bad)
			}
			continue
		case err != nil:
			t.Fatal(err)
		}
		var row []string
		for _, f := range rec.fields {
			row = append(row, string(f.value))
		}
		rows = append(rows, row)
	}
}

// FuzzRecords holds our reader against the standard library's: what both accept, both read alike,
// but that ours keeps \r\n within quotes and passes over rows without a value.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "\"a\"\"b\",\"c\nd\"\r\n", "a,\"b", "a\"b,c\n", "\"a\"b,c\n", ",,\n\n\r\n,", "\"\",\"\"", "a\rb\n", "\"a\r\nb\"\r",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		ours, flaws := all(t, text)
		theirs := csv.NewReader(bytes.NewReader(text))
		theirs.FieldsPerRecord = -1
		want, err := theirs.ReadAll()
		if err != nil || flaws > 0 {
			return
		}
		valueless := func(row []string) bool {
			all := strings.Join(row, "")
			return strings.TrimSpace(all) == "" || nothing([]byte(all))
		}
		ours, want = slices.DeleteFunc(ours, valueless), slices.DeleteFunc(want, valueless)
		for _, row := range ours {
			for i := range row {
				row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
			}
		}
		if !slices.EqualFunc(ours, want, slices.Equal[[]string]) {
			t.Errorf("%q: ours %q, theirs %q", text, ours, want)
		}
	})
}

// FuzzRequirement: what is accepted is valid and reads the same once written.
func FuzzRequirement(f *testing.F) {
	for _, seed := range []string{"go:5", "go:5:3:must", "a:b:1:2", "https://x.org/a:5::yes", "go:9", ":1", "go:5:3:no"} {
		f.Add(seed)
	}
	isSkill := func(id skein.SkillID) bool { return strings.Contains(string(id), ":") && !misread(string(id)) }
	f.Fuzz(func(t *testing.T, item string) {
		if strings.ContainsRune(item, '|') {
			return
		}
		q, why := parseRequirement(item, isSkill)
		if why != "" {
			return
		}
		if err := q.Check(); err != nil {
			t.Fatalf("%q: %v", item, err)
		}
		known := func(id skein.SkillID) bool { return id == q.Skill }
		again, why := parseRequirement(formatRequirements([]skein.Requirement{q}), known)
		if why != "" || again != q {
			t.Errorf("%q: %+v came back as %+v %s", item, q, again, why)
		}
	})
}
