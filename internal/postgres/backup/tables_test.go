package backupdb

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skein/migrations"
)

var makesTable = regexp.MustCompile(`(?i)create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([a-z_]+)`)

// Every table that a step of the schema makes is in a backup, or it is said why it is not. A new table needs a
// line in tables.go: what works once, or would reach somebody twice, stays behind.
func TestEveryTableIsKeptOrSaidWhyNot(t *testing.T) {
	t.Parallel()
	made := map[string]string{}
	files, err := fs.Glob(migrations.FS, "*.up.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(migrations.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range makesTable.FindAllStringSubmatch(string(text), -1) {
			made[name[1]] = file
		}
	}
	if len(made) < 40 {
		t.Fatalf("%d tables", len(made))
	}
	for name, file := range made {
		at := Table{Name: name}
		if at.isKept() == at.isLeft() {
			t.Errorf("%s makes the table %s: list it in tables.go, once", file, name)
		}
	}
	for _, name := range kept {
		if made[name] == "" {
			t.Errorf("%s is kept, and nothing makes it", name)
		}
	}
	for name, why := range leftOut {
		if made[name] == "" && name != "schema_migrations" || len(strings.Fields(why)) < 4 {
			t.Errorf("%s is left out: %q", name, why)
		}
	}
	if !slices.IsSorted(kept) {
		t.Error("the tables that are kept are not in order")
	}
}

func TestStrangersAreNoticed(t *testing.T) {
	t.Parallel()
	known, strangers := keptOf([]Table{{Name: "person"}, {Name: "river_job"}, {Name: "sessions"}, {Name: "payroll"}})
	if got := fmt.Sprint(namesOf(known), strangers); got != "[person] [payroll]" {
		t.Error(got)
	}
}
