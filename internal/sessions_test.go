package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// keepsSession finds SQL that leaves something behind in its session: a pooler hands the next
// transaction another one, and this one to somebody else.
var keepsSession = map[string]*regexp.Regexp{
	"a setting without local":   regexp.MustCompile(`(?is)^\s*set\s+(session\b|[a-z_.]+\s*(=|\bto\b))`),
	"a setting for good":        regexp.MustCompile(`(?is)set_config\s*\([^()]*,\s*false\s*\)`),
	"a session's lock":          regexp.MustCompile(`(?i)\bpg_(try_)?advisory_lock(_shared)?\s*\(`),
	"listening":                 regexp.MustCompile(`(?i)^\s*listen\s+\w`),
	"a prepared statement":      regexp.MustCompile(`(?is)^\s*(prepare|deallocate)\s+\w+\s`),
	"a table of the session's":  regexp.MustCompile(`(?i)create\s+temp(orary)?\s+table\s`),
	"a cursor of the session's": regexp.MustCompile(`(?i)\bcursor\s+with\s+hold\b`),
}

var comment = regexp.MustCompile(`--[^\n]*`)

// pastThePooler lists the files whose statements go by connections of their own.
var pastThePooler = []string{
	"internal/postgres/migrate_lock.go", // migrates at the direct address
	"internal/postgres/restore.go",      // restores at the owner's, which is a direct one
	"internal/postgres/facts/change.go", // listens at the direct address
	"internal/postgres/pgtest/",
}

// TestNoStatementKeepsAnythingInItsSession reads every statement in Go and in the migrations.
func TestNoStatementKeepsAnythingInItsSession(t *testing.T) {
	t.Parallel()
	read := 0
	check := func(place, statements string) {
		read++
		for statement := range strings.SplitSeq(comment.ReplaceAllString(statements, ""), ";") {
			for what, pattern := range keepsSession {
				if pattern.MatchString(statement) && !strings.Contains(strings.ToLower(statement), "on commit drop") {
					t.Errorf("%s: %s\n%s", place, what, statement)
				}
			}
		}
	}
	for _, root := range []string{".", "../cmd", "../migrations"} {
		err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
			name := filepath.ToSlash(filepath.Clean(filepath.Join("internal", file)))
			switch {
			case err != nil || entry.IsDir() || strings.HasSuffix(name, "_test.go"):
				return err
			case strings.HasSuffix(name, ".sql"):
				text, err := os.ReadFile(file)
				check(name, string(text))
				return err
			case !strings.HasSuffix(name, ".go"):
				return nil
			}
			for _, excepted := range pastThePooler {
				if strings.HasPrefix(name, excepted) {
					return nil
				}
			}
			for place, text := range literals(t, file) {
				check(name+":"+place, text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 1000 {
		t.Errorf("read only %d statements", read)
	}
	for name, kept := range map[string]string{
		"a setting without local":   `set work_mem = '1GB'`,
		"a setting for good":        `select set_config('work_mem', '1GB', false)`,
		"a session's lock":          `select pg_advisory_lock(1)`,
		"listening":                 `listen x`,
		"a prepared statement":      `prepare x as select 1`,
		"a table of the session's":  `create temporary table x (n int)`,
		"a cursor of the session's": `declare x cursor with hold for select 1`,
	} {
		if !keepsSession[name].MatchString(kept) {
			t.Errorf("%s is not found in %q", name, kept)
		}
	}
}

// literals are the texts in a file of Go, by their line.
func literals(t *testing.T, file string) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				found[files.Position(literal.Pos()).String()] = text
			}
		}
		return true
	})
	return found
}
