package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// saidOf is a folder's evidence in short.
func saidOf(t *testing.T, f *folder.Folder) string {
	t.Helper()
	var all []string
	for _, e := range evidence(t, f) {
		all = append(all, fmt.Sprintf("%s:%s:%s:%d:%s", e.Person, e.Skill, e.Kind, e.Level, e.ObservedOn.Format("060102")))
	}
	return strings.Join(all, " ")
}

func TestASkillsMatrixBecomesEvidence(t *testing.T) {
	t.Parallel()
	there := known()
	there.Day = day(2026, 3, 4)
	for name, c := range map[string]struct{ text, want string }{
		"by id":                            {"id;go;tea\np1;3;\np2;0;5\n", "p1:go:self:3:260304 p2:tea:self:5:260304"},
		"by address":                       {"EMAIL,name,GO\nAnn@B.org,Ann,1\nC@b.org,Cyd,4\n", "ann:go:self:1:260304 p1:go:self:4:260304"},
		"kind, day":                        {"id,kind,go,observed_on\np1,outcome,2,2026-01-02\np2,,2,\n", "p1:go:outcome:2:260102 p2:go:self:2:260304"},
		"id or else":                       {"id,email,go\n,c@b.org,2\np2,c@b.org,3\n", "p1:go:self:2:260304 p2:go:self:3:260304"},
		"an id in the column of addresses": {"email,go\np1,3\nann@b.org,2\n", "p1:go:self:3:260304 ann:go:self:2:260304"},
		"an address in the column of ids":  {"id,go\nc@b.org,3\np2,2\n", "p1:go:self:3:260304 p2:go:self:2:260304"},
		"an id that looks like an address": {"id,go\nx@y.org,3\n", "x@y.org:go:self:3:260304"},
		"a corner that is left empty":      {",go\np1,3\np2,2\n", "p1:go:self:3:260304 p2:go:self:2:260304"},
		"in Skein":                         {"id,go\nben,2\n", "ben:go:self:2:260304"},
		"nobody does":                      {"id,go\n", ""},
	} {
		there.People["ann"], there.People["x@y.org"] = "ann@b.org", ""
		f, report := exchange.Read(dirOf(t, "people.csv", "id,name,email\np1,Cyd,c@b.org\np2,Dee,\n", "Skills-Matrix.csv", c.text), there, nil)
		if !report.OK() {
			t.Errorf("%s: %s", name, report)
			continue
		}
		if got := saidOf(t, f); got != c.want || saidOf(t, f) != got {
			t.Errorf("%s: %s", name, got)
		}
		if want := strings.Count(c.want, " ") + min(len(c.want), 1); f.Pieces() != want {
			t.Errorf("%s: %d pieces", name, f.Pieces())
		}
	}
}

func TestAMatrixAndTheEvidenceBesideItCountOnce(t *testing.T) {
	t.Parallel()
	dir := bookOf(t, "team.xlsx", nil,
		sheetOf{"people", [][]any{{"id", "name"}, {"p1", "Ann"}}},
		sheetOf{"evidence", [][]any{{"person", "skill", "kind", "level", "observed_on"}, {"p1", "go", "self", 2, day(2026, 1, 2)}}},
		sheetOf{"Skills matrix", [][]any{{"id", "Go", "sql", "observed_on"}, {"p1", 4, 1, day(2026, 1, 2)}}})
	f, report := exchange.Read(dir, folder.Known{}, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	if got := saidOf(t, f); got != "p1:go:self:4:260102 p1:sql:self:1:260102" {
		t.Error(got)
	}
	if all := strings.Join(report.Notes, "\n"); !strings.Contains(all, "team.xlsx:Skills matrix: 1 row that say the same") {
		t.Error(all)
	}
}

func TestWhatAMatrixCannotSayIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"name,go\nAnn,3\n":                   "skills-matrix.csv:1:1: A column of a skills matrix says who somebody is: id, or email.",
		"id,name\np1,Ann\n":                  "skills-matrix.csv:1:1: No column is a skill.",
		"id,go\np1,6\n":                      `skills-matrix.csv:2:4: go: A level is a whole number from 0 to 5; this says "6".`,
		"id,team\np1,Quay\n":                 `skills-matrix.csv:2:4: team: A level is a whole number from 0 to 5; this says "Quay". If "team" is no skill, take the column away.`,
		"id,go\np1,3.5\n":                    "skills-matrix.csv:2:4: go: A level",
		"id,go, Go\np1,3,3\n":                "skills-matrix.csv:1:7: Go: This column is there twice.",
		"id,go,ｇｏ\np1,3,3\n":                 "skills-matrix.csv:1:7: ｇｏ: It is the same skill as the column go.",
		"id,a|b\np1,3\n":                     "skills-matrix.csv:1:4: a|b: A skill's id has no bar",
		"id,go\np9,3\n":                      `skills-matrix.csv:2:1: id: There is no person "p9"`,
		"id,go\n,3\n":                        "skills-matrix.csv:2:1: id: It is blank.",
		"email,go\n,3\n":                     "skills-matrix.csv:2:1: email: It is blank.",
		"email,go\nz@b.org,3\n":              `skills-matrix.csv:2:1: email: Nobody has the e-mail address "z@b.org", neither in people.csv nor in Skein.`,
		"email,go\nz at b,3\n":               "skills-matrix.csv:2:1: email: ",
		"id,go,kind\np1,3,rumour\n":          "skills-matrix.csv:2:6: kind: It is one of",
		"id,go,observed_on\np1,3,1/2/2026\n": "skills-matrix.csv:2:6: observed_on: ",
		"\n":                                 "skills-matrix.csv:1:1: The file is empty. Its first line names the columns.",
	} {
		_, report := exchange.Read(dirOf(t, "people.csv", people, "skills-matrix.csv", text), folder.Known{}, nil)
		if report.Rejected() != 1 || !strings.HasPrefix(report.String(), want) {
			t.Errorf("%q: %s", text, report)
		}
	}
}
