package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

// release is a folder of a real organisation's past, beside the repository where there is one.
const release = "../../../shared/data/k8s-release"

// imported loads a folder into a database of its own and returns the flag that names it.
func imported(t *testing.T, dir string) string {
	t.Helper()
	url := "--database-url=" + pgtest.URL(t)
	if code, out, errs := typing("", "import", dir, url); code != exitDone {
		t.Fatalf("import: %d %s %s", code, out, errs)
	}
	return url
}

// matching runs skein match and returns what it prints.
func matching(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := typing("", append([]string{"match"}, args...)...)
	if code != exitDone {
		t.Fatalf("match %v: %d %s", args, code, errs)
	}
	return out
}

func TestTwoImportsOfOneFolderPrintTheSameBytes(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(release); err != nil {
		t.Skip("the data is not beside this checkout")
	}
	var printed []string
	for _, name := range []string{"one", "another"} {
		t.Run(name, func(t *testing.T) {
			url := imported(t, release)
			printed = append(printed, matching(t, "v1.30-docs", "--as-of", "2024-01-02", "--top", "0", "--json", url))
		})
	}
	if printed[0] != printed[1] {
		t.Error("two imports print different bytes")
	}
	var got matched
	if err := json.Unmarshal([]byte(printed[0]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Project != "v1.30-docs" || got.AsOf != "2024-01-02" || got.Trust != "weighed" || len(got.Candidates) < 100 {
		t.Errorf("%s %s %s, %d candidates", got.Project, got.AsOf, got.Trust, len(got.Candidates))
	}
	addUp(t, got)
}

// addUp checks that shares add up to the fit, that places count from one and that what has no
// evidence has no share.
func addUp(t *testing.T, got matched) {
	t.Helper()
	for i, c := range got.Candidates {
		var sum float64
		for _, r := range c.Requirements {
			sum += r.Share
			if len(r.Evidence) == 0 && r.Share != 0 {
				t.Errorf("%s: %s has a share of %v from nothing", c.Person, r.Skill, r.Share)
			}
			for _, e := range r.Evidence {
				if e.On >= got.AsOf {
					t.Errorf("%s: evidence of %s counts as of %s", c.Person, e.On, got.AsOf)
				}
			}
		}
		if math.Abs(sum-c.Fit) > 1e-12 || c.Fit < 0 || c.Fit > 1 {
			t.Errorf("%s: shares add up to %v, fit %v", c.Person, sum, c.Fit)
		}
		if c.Place != i+1 || i > 0 && got.Candidates[i-1].Order < c.Order {
			t.Errorf("%s: place %d, order %v at %d", c.Person, c.Place, c.Order, i)
		}
	}
}

// TestSeniorityMovesNobody permutes grade, title, tenure, age and pay among people: not a byte of any
// ranking changes.
func TestSeniorityMovesNobody(t *testing.T) {
	t.Parallel()
	var printed []string
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			url := imported(t, seniorityFolder(t, seed))
			printed = append(printed,
				matching(t, "night", "--as-of", "2026-05-11", "--top", "0", "--json", url)+
					matching(t, "day", "--as-of", "2026-05-11", "--top", "0", "--json", url)+
					matching(t, "night", "--as-of", "2026-05-11", url))
		})
	}
	if slices.ContainsFunc(printed, func(p string) bool { return p != printed[0] }) {
		t.Error("a ranking or an explanation moved with grade, title, tenure, age or pay")
	}
	var got matched
	if err := json.NewDecoder(strings.NewReader(printed[0])).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if len(got.Candidates) != 24 || got.Candidates[0].Fit <= got.Candidates[23].Fit {
		t.Errorf("%d candidates: the ranking says nothing", len(got.Candidates))
	}
	addUp(t, got)
}

// seniorityFolder is one organisation with what an import may say of seniority, dealt out anew for
// each seed.
func seniorityFolder(t *testing.T, seed uint64) string {
	t.Helper()
	const people = 24
	dealt := rand.New(rand.NewPCG(seed, 1)).Perm(people)
	fixed := rand.New(rand.NewPCG(7, 7))
	var who, evidence bytes.Buffer
	w, e := csv.NewWriter(&who), csv.NewWriter(&evidence)
	rows := [][]string{{"id", "name", "hours_per_week", "grade", "title", "tenure", "age", "pay"}}
	said := [][]string{{"person", "skill", "kind", "level", "observed_on", "given_by", "source"}}
	for i := range people {
		rank := dealt[i]
		rows = append(rows, []string{
			fmt.Sprintf("p%02d", i), fmt.Sprintf("Person %02d", i), "6", fmt.Sprint(rank), "Chief " + fmt.Sprint(rank),
			fmt.Sprint(rank * 2), fmt.Sprint(20 + rank), fmt.Sprint(1000 * rank),
		})
		for range 1 + fixed.IntN(4) {
			kind := []string{"self", "peer", "outcome", "credential"}[fixed.IntN(4)]
			giver := ""
			if kind == "peer" {
				giver = fmt.Sprintf("p%02d", (i+1+fixed.IntN(people-1))%people)
			}
			said = append(said, []string{
				fmt.Sprintf("p%02d", i), []string{"valves", "maps", "letters"}[fixed.IntN(3)], kind,
				fmt.Sprint(1 + fixed.IntN(5)), fmt.Sprintf("2025-%02d-%02d", 1+fixed.IntN(12), 1+fixed.IntN(28)), giver, fmt.Sprint(fixed.IntN(9)),
			})
		}
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := e.WriteAll(said); err != nil {
		t.Fatal(err)
	}
	dir := folderWith(t, "people.csv", who.String(), "evidence.csv", evidence.String(),
		"projects.csv", "id,title,start_date,requirements,stakes,uncertainty,hours_per_week\n"+
			"night,Night,2026-05-11,valves:5:3:must|maps:2,4,complex,4\nday,Day,2026-05-11,letters:4:2|maps:1,1,clear,2\nold,Old,2025-01-01,valves:5,,,\n",
		"leads.csv", "project,person,role,from,until\nold,p03,primary,2025-01-01,2025-06-01\n")
	return filepath.Clean(dir)
}

func TestMatchSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	for args, want := range map[string]int{
		"match":                            exitUsage,
		"match nowhere":                    exitFailed,
		"match nowhere --as-of tomorrow":   exitUsage,
		"match nowhere --top -1":           exitUsage,
		"match nowhere --as-of 2024-13-01": exitUsage,
	} {
		code, out, errs := typing("", append(strings.Fields(args), url)...)
		if code != want || out != "" {
			t.Errorf("%s: %d %q", args, code, out)
		}
		onePlainLine(t, errs)
	}
}
