package internal_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// sources calls see with every Go file under a directory that is not a test's.
func sources(t *testing.T, root string, see func(name, text string)) {
	t.Helper()
	seen := 0
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path.Join(root, name))
		see(name, string(text))
		seen++
		return err
	})
	if err != nil || seen < 20 {
		t.Fatalf("%d files: %v", seen, err)
	}
}

// wallClock finds SQL that reads the database server's clock.
var wallClock = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|` +
	`\b(current_date|current_timestamp|localtimestamp)\b|'(today|now|yesterday|tomorrow)'`)

// TestTheStoreIsToldTheDay keeps the server's clock out of what pages read: a demo's clock is another,
// and the organisation's day comes with whoever asks.
func TestTheStoreIsToldTheDay(t *testing.T) {
	t.Parallel()
	for sql, found := range map[string]bool{
		"organisation_day(now())": true, "on_day <= current_date": true, "at > NOW()": true, "date 'today'": true,
		"claim_window now": false, "now.at": false, "organisation_day(claim_window.closed_at)": false, "@now": false,
	} {
		if wallClock.MatchString(sql) != found {
			t.Fatalf("%q is taken wrongly", sql)
		}
	}
	// Sessions end, tries at a door are held apart, and the clock's own age is measured, in real time.
	real := map[string]int{
		"door/device.go": 1, "door/session.go": 1, "door/sweep.go": 1, "door/try.go": 1, "lead/ticked.go": 3, "core/clock.go": 1,
	}
	sources(t, "postgres", func(name, text string) {
		if strings.HasPrefix(name, "pgtest/") || strings.HasPrefix(name, "embedded/") {
			return
		}
		hits := wallClock.FindAllString(strings.ReplaceAll(text, "time.Now()", ""), -1)
		if len(hits) != real[name] {
			t.Errorf("%s reads the server's clock %d times, not %d: %v", name, len(hits), real[name], hits)
		}
	})
}

// readHowBeside finds SQL that writes who has read what is compared with the person.
var readHowBeside = regexp.MustCompile("(?is)(update\\s+person\\b[^`]*?\\bread_how_at\\s*=|insert\\s+into\\s+person\\b[^`]*?\\bread_how_at\\b)")

// TestWhoHasReadIsWrittenInItsTable keeps what the version before kept with the person from being
// written: the table is what is read, and the column goes.
func TestWhoHasReadIsWrittenInItsTable(t *testing.T) {
	t.Parallel()
	if !readHowBeside.MatchString("update person set welcomed_at = $1, read_how_at = $1") || !readHowBeside.MatchString("insert into person (id, read_how_at)") {
		t.Fatal("a write is not found")
	}
	sources(t, ".", func(name, text string) {
		for _, hit := range readHowBeside.FindAllString(text, -1) {
			t.Errorf("%s: %s", name, strings.Join(strings.Fields(hit), " "))
		}
	})
}

// orderBy finds what SQL sorts by, up to the end of that part of it.
var orderBy = regexp.MustCompile("(?is)order\\s+by\\s+(.*?)(?:\\blimit\\b|`|\\bfor update\\b|\\)\\s*(?:filter|from|as|,|\\n)|\\z)")

// byName finds a name or a title in it; folded takes those out that are sorted as people look for them.
var (
	byName = regexp.MustCompile(`(?i)\b(name|title)\b`)
	folded = regexp.MustCompile(`(?i)\bfolded\([^()]*\)`)
)

// TestListsAreSortedAsPeopleLookForNames: bytes would put É and ä behind z, and z behind A.
func TestListsAreSortedAsPeopleLookForNames(t *testing.T) {
	t.Parallel()
	// In these the name only parts two who are equal, for a machine or for a process that must go the same
	// way twice.
	kept := map[string]int{"lead/who.go": 2, "door/arrivegroup.go": 1, "door/signinrule.go": 1, "people/mydata.go": 1, "people/skilllike.go": 1 /* by how alike it is */}
	sorted := 0
	sources(t, "postgres", func(name, text string) {
		hits := 0
		for _, found := range orderBy.FindAllStringSubmatch(folded.ReplaceAllString(text, "AsLookedFor"), -1) {
			sorted += strings.Count(found[1], "AsLookedFor")
			hits += len(byName.FindAllString(found[1], -1))
		}
		if hits != kept[name] {
			t.Errorf("%s sorts by a name or title %d times without folded(), not %d", name, hits, kept[name])
		}
	})
	if sorted < 20 {
		t.Errorf("only %d lists are sorted by name", sorted)
	}
}

// inserts finds the tables into which SQL inserts.
var inserts = regexp.MustCompile(`(?i)\binsert\s+into\s+([a-z_]+)`)

// TestATableHasOneInsert: of two, one forgets the column that is added next. Imports write what a file says by their
// own statements.
func TestATableHasOneInsert(t *testing.T) {
	t.Parallel()
	more := map[string]int{
		"claim": 2 /* what was sent, and what an aggregate changes */, "evidence": 3 /* one's own word, a colleague's, what a lead left */, "hat": 2, "invitation": 2, "mail": 3, "read_how": 3,
		"requirement": 2, "second_step": 2, "secret": 2, "sign_in_wait": 2, "wish": 2,
	}
	found := map[string][]string{}
	sources(t, "postgres", func(name, text string) {
		if strings.HasPrefix(name, "bulk/") || strings.HasPrefix(name, "pgtest/") {
			return
		}
		for _, hit := range inserts.FindAllStringSubmatch(text, -1) {
			found[hit[1]] = append(found[hit[1]], name)
		}
	})
	if len(found) < 30 {
		t.Fatalf("only %d tables are inserted into", len(found))
	}
	for table, in := range found {
		if most := max(1, more[table]); len(in) > most {
			t.Errorf("%s is inserted into by %d statements, not %d: %v", table, len(in), most, in)
		}
	}
}
