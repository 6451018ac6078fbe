package view

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	logdb "skein/internal/postgres/log"
)

// actionLiteral finds the names of actions in the source: "hat.give".
var actionLiteral = regexp.MustCompile(`"((?:absence|account|ask|audit|circle|claims?|demo|evidence|guardrail|hat|import|invitation|invite|need|notice|organisation|person|pick|policy|priority|project|review|skill|team|term|vision|window|wish)\.[a-z_]+)"`)

func TestEveryActionOfTheLogHasWords(t *testing.T) {
	t.Parallel()
	for _, room := range []string{"postgres", "server", "jobs", "skein", "demo", "view"} {
		files, err := filepath.Glob(filepath.Join("..", room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, found := range actionLiteral.FindAllStringSubmatch(string(text), -1) {
				if action := found[1]; did[action].says == "" && !strings.HasSuffix(action, ".csv") {
					t.Errorf("%s: the log has no words for %s", file, action)
				}
			}
		}
	}
}

func TestWhoSignedInIsSaidWhole(t *testing.T) {
	t.Parallel()
	ines := logdb.AuditRow{Actor: "ines", ActorName: "Ines Calder", NounID: "ines", About: "Ines Calder"}
	for action, want := range map[string]string{
		"account.sign_in": "signed in", "account.password": "set a password", "something.new_here": "did something (something new here)",
	} {
		row := ines
		row.Action = action
		if got := auditLine(row, "09:00", "").Did; got != want {
			t.Errorf("%s: %q, want %q", action, got, want)
		}
	}
}
