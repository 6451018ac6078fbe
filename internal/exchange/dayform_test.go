package exchange_test

import (
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// What is no day is answered with an example in the form of the folder, or of the value where none came before.
func TestTheExampleOfADayFollowsTheFolder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"p1,Ann,31.01.2024\np2,Ben,31.02.2024\n": `There is no such day as "31.02.2024".`,
		"p1,Ann,31.1.24\n":                       "Write it as 31.03.2026.",
		"p1,Ann,31.01.2024\np2,Ben,soon\n":       "Write it as 31.03.2026.",
		"p1,Ann,2024-02-31\n":                    `There is no such day as "2024-02-31".`,
		"p1,Ann,2024-2-3\n":                      "Write it as 2026-03-31.",
		"p1,Ann,soon\n":                          "Write it as 2026-03-31.",
	} {
		if _, report := exchange.Read(dirOf(t, "people.csv", "id,name,active_from\n"+text), folder.Known{}, nil); !strings.Contains(report.String(), want) {
			t.Errorf("%q: %s", text, report)
		}
	}
}
