package internal_test

import (
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// speaking are the rooms whose words come onto pages.
var speaking = []string{"view", "server", "match", "board", "chooser", "lead", "skein", "../web/page", "../web/component"}

// eachFile calls do with every file of the rooms that speak, but for tests and the page of parts,
// which shows parts with words of the demo.
func eachFile(t *testing.T, do func(name string, file *ast.File)) {
	t.Helper()
	for _, room := range speaking {
		entries, err := fs.Glob(os.DirFS(room), "*.go")
		if err != nil || len(entries) == 0 {
			t.Fatalf("%s: %d files, %v", room, len(entries), err)
		}
		for _, entry := range entries {
			if strings.HasSuffix(entry, "_test.go") || strings.HasPrefix(entry, "parts") {
				continue
			}
			name := path.Join(room, entry)
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			do(name, file)
		}
	}
}

// lowered are the texts that are set in small letters: phrases of Skein's own, and what is compared
// and never shown. A name or what somebody typed would become another word: Excel, the R of statistics.
var lowered = map[string]string{
	"view/auditwords.go: skillKindSays[skein.SkillKind(now)]": "a phrase of ours",
	"view/auditwords.go: skillKindSays[skein.SkillKind(was)]": "a phrase of ours",
	"view/skill.go: skillKindSays[into.Kind]":                 "a phrase of ours",
	"view/board.go: when":                                     "a moment of ours",
	"skein/text.go: words":                                    "compared", "skein/text.go: bare": "compared",
	"view/names.go: withCircle(p)": "compared",
	"view/names.go: way(p)":        "compared",
	"match/explain.go: g.Why":      "a gate's sentence is ours",
	"view/circle.go: fmt.Sprintf(rotates[skein.TurnsOf(&rotation)], above.c.Name)":     "a sentence of ours, which begins in it",
	"view/proposal_offer.go: inOwnWord(v.Org, t.Assumed)":                              "a template's sentence is ours",
	`view/proposal_offer.go: strings.TrimSpace(strings.Join(append(said, note), " "))`: "sentences of ours",
	"view/names.go: p.Name":                     "compared",
	"skein/work.go: scheme":                     "https",
	"server/signin.go: form.Email":              "compared",
	"server/again.go: name":                     "a field's name is ours",
	"server/form.go: f.Text(component.KeyName)": "a key",
	"chooser/source.go: skein.ReadableID(did)":  "an id read as words, such as role-lead",
	"../web/component/button_templ.go: words":   "an element's id",
}

func TestNoNameIsSetInSmallLetters(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	eachFile(t, func(name string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f := types.ExprString(call.Fun); f != "words.LowerFirst" && f != "strings.ToLower" && f != "strings.ToTitle" {
				return true
			}
			text := name + ": " + types.ExprString(call.Args[0])
			used[text] = true
			if lowered[text] == "" {
				t.Errorf("%s is set in small letters: a name stays as it was typed", text)
			}
			return true
		})
	})
	for text := range lowered {
		if !used[text] {
			t.Errorf("%s is not lowered any more: take it out of the list", text)
		}
	}
}

// demoNames are the proper names of the demo's organisation, and what only it says.
func demoNames(t *testing.T) *regexp.Regexp {
	t.Helper()
	column := func(file, name string) (all []string) {
		f, err := os.Open("demo/corriemere/" + file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, head := range rows[0] {
			for _, row := range rows[1:] {
				if head == name {
					all = append(all, row[i])
				}
			}
		}
		return all
	}
	names := []string{"Corriemere"}
	for _, person := range column("people.csv", "name") {
		names = append(names, strings.Fields(person)...)
	}
	names = append(names, column("projects.csv", "title")...)
	names = append(names, column("priorities.csv", "title")...)
	for _, name := range append(column("skills.csv", "name"), column("circles.csv", "name")...) {
		if strings.Contains(name, " ") { // one word, such as Billing, is anybody's
			names = append(names, name)
		}
	}
	if len(names) < 60 {
		t.Fatalf("only %d names", len(names))
	}
	var exact, phrases []string
	for _, name := range names {
		if name = regexp.QuoteMeta(name); strings.Contains(name, " ") {
			phrases = append(phrases, name)
		} else {
			exact = append(exact, name)
		}
	}
	return regexp.MustCompile(`\b((?i:` + strings.Join(phrases, "|") + `)|` + strings.Join(exact, "|") + `)\b`)
}

// An example in a real organisation's page names nobody and nothing of the demo's.
func TestNoWordOfTheDemoStandsOnOtherPages(t *testing.T) {
	t.Parallel()
	demo := demoNames(t)
	eachFile(t, func(name string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				if found := demo.FindString(text.Value); found != "" {
					t.Errorf("%s says %q, which is the demo's: %s", name, found, text.Value)
				}
			}
			return true
		})
	})
}
