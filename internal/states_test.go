package internal_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skein/internal/skein"
)

// settingState finds SQL that sets a state in the life of a lead, or makes a row of it.
var settingState = regexp.MustCompile(
	`(?s)(update\s+(project|claim_window|claim|pick|invite|term|review)\b[^` + "`" + `]*?\bset\b[^` + "`" + `]*?\bstate\s*=` +
		`|insert\s+into\s+(claim_window|pick|invite|term|review|member|need|week_word|question|decision|advice)\b)`)

// TestAStateIsSetInOnePlace keeps the life of a lead out of the rest of the store. An import writes
// windows and terms as facts; a draft, and a claim that is being written, begin where they are made.
func TestAStateIsSetInOnePlace(t *testing.T) {
	t.Parallel()
	found := 0
	err := fs.WalkDir(os.DirFS("postgres"), ".", func(name string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && d.Name() == "pgtest" {
			return fs.SkipDir // rows that tests begin with
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path.Join("postgres", name))
		if err != nil {
			return err
		}
		hits := settingState.FindAllString(string(text), -1)
		if base := path.Base(name); base == "state.go" {
			found += len(hits)
		} else if !strings.HasPrefix(base, "import_") {
			for _, hit := range hits {
				t.Errorf("%s sets a state beside state.go: %s", name, strings.Join(strings.Fields(hit), " "))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 8 {
		t.Errorf("state.go has %d statements that set a state; where did they go?", found)
	}
}

// listingStates finds SQL that lists states, after the table that it speaks of where it names one.
var listingStates = regexp.MustCompile(`(?:(\w+)\.)?\bstate\s+(?:not\s+)?in\s*\(('[^)]*)\)`)

// listsStates tells whether all that SQL lists is of one noun's states. Claims, picks, invitations
// and windows share some of the words.
func listsStates[State ~string](listed string, all []State) bool {
	for word := range strings.SplitSeq(listed, ",") {
		if !slices.Contains(all, State(strings.Trim(strings.TrimSpace(word), "'"))) {
			return false
		}
	}
	return true
}

func namesASet(sql []string) bool {
	others := []string{"claim", "claim_window", "pick", "invite"}
	return !slices.Contains(others, sql[1]) &&
		(listsStates(sql[2], skein.TermStates) || listsStates(sql[2], skein.ProjectStates))
}

// TestSetsOfStatesAreNamedOnce keeps a new state of a term or a project to the sets that it belongs
// to in skein: SQL takes them from core and lists none of them again.
func TestSetsOfStatesAreNamedOnce(t *testing.T) {
	t.Parallel()
	if !namesASet(listingStates.FindStringSubmatch("where held.state in ('live', 'handing_over')")) ||
		!namesASet(listingStates.FindStringSubmatch("and state not in ('draft', 'cancelled')")) ||
		namesASet(listingStates.FindStringSubmatch("claim.state in ('offered', 'accepted')")) {
		t.Fatal("a list of states is not told from another")
	}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		for _, hit := range listingStates.FindAllStringSubmatch(string(text), -1) {
			if namesASet(hit) {
				t.Errorf("%s lists states by hand, where core names the set: %s", name, hit[0])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
