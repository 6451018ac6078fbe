package view

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	logdb "skein/internal/postgres/log"
)

// actionLiteral finds the names of actions in the source: "hat.give".
var actionLiteral = regexp.MustCompile(`"((?:absence|account|ask|audit|circle|claims?|demo|evidence|guardrail|hat|lead|import|invitation|invite|need|notice|organisation|person|pick|policy|priority|project|review|skill|team|term|vision|week|window|wish)\.[a-z_]+)"`)

// knownActions are the actions that the source names, wherever it writes to the log.
func knownActions(t *testing.T) map[string]string {
	t.Helper()
	known := map[string]string{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "view/") {
			return err
		}
		text, err := fs.ReadFile(os.DirFS(".."), name)
		for _, found := range actionLiteral.FindAllStringSubmatch(string(text), -1) {
			if action := found[1]; !strings.HasSuffix(action, ".csv") && !strings.HasSuffix(action, ".id") && !strings.HasSuffix(action, ".answer_by") {
				known[action] = name
			}
		}
		return err
	})
	if err != nil || len(known) < 60 {
		t.Fatalf("%d actions, %v", len(known), err)
	}
	return known
}

func TestEveryActionOfTheLogHasWords(t *testing.T) {
	t.Parallel()
	says := map[string]string{}
	for action, file := range knownActions(t) {
		if did[action].says == "" {
			t.Errorf("%s: the log has no words for %s", file, action)
		}
	}
	for action, deed := range did {
		if other := says[deed.says]; other != "" {
			t.Errorf("%s and %s are both %q: nobody could ask for one of them", action, other, deed.says)
		}
		says[deed.says] = action
	}
	for action := range auditTells {
		if did[action].says == "" {
			t.Errorf("%s tells details and is no action", action)
		}
	}
}

// sentence is a row of the log as the page says it.
func sentence(row logdb.AuditRow) string {
	line := AuditDays([]logdb.AuditRow{row}, ines().Clock(), ines().Org)[0].Lines[0]
	says := line.Who + " " + line.Did
	if line.About != "" {
		says += " " + line.About
	}
	return strings.TrimSpace(says + line.After + ". " + line.Details)
}

func TestWhoSignedInIsSaidWhole(t *testing.T) {
	t.Parallel()
	ines := logdb.AuditRow{Actor: "ines", ActorName: "Ines Calder", NounID: "ines", About: "Ines Calder"}
	for action, want := range map[string]string{
		"account.sign_in": "Ines Calder signed in.", "account.password": "Ines Calder set a password.",
		"something.new_here": "Ines Calder did something that this version has no words for.",
	} {
		row := ines
		row.Action = action
		say(t, sentence(row), want)
	}
}

// Whoever's act it followed from, what a rule or a clock did is said to be Skein's.
func TestTheLogSaysWhoDidWhat(t *testing.T) {
	t.Parallel()
	people := map[string]string{"ines": "Ines Calder", "noor": "Noor Basri"}
	row := func(actor, action string, details map[string]any) logdb.AuditRow {
		r := logdb.AuditRow{
			Action: action, Actor: actor, Details: details, People: people, Skills: map[string]string{"v": "Valve data"},
			ProjectTitle: "Leak Sensors", Project: "p", At: wall,
		}
		if actor == "marta" {
			r.ActorName = "Marta Lind"
		}
		return r
	}
	for want, row := range map[string]logdb.AuditRow{
		"Skein offered the lead of Leak Sensors to Ines Calder. It followed from what Marta Lind did.": row("marta", "term.offer", map[string]any{"person": "ines", "claim": "c", "accepted": false}),
		"Skein offered the lead of Leak Sensors to Ines Calder. To claim was to accept.":               row("", "term.offer", map[string]any{"person": "ines", "accepted": true}),
		"Ines Calder began to lead Leak Sensors.":                                                      row("marta", "term.live", map[string]any{"person": "ines"}),
		"Ines Calder began to shadow the lead of Leak Sensors.":                                        row("", "term.live", map[string]any{"person": "ines", "role": "shadow"}),
		"Somebody who is not known here any more began to lead Leak Sensors.":                          row("", "term.live", map[string]any{"person": "gone"}),
		"Skein ended a place in Leak Sensors, that of Noor Basri. Stepped down.":                       row("", "term.end", map[string]any{"person": "noor", "reason": "stepped down"}),
		"Skein picked the lead of Leak Sensors. Between equals: whoever led longest ago. No check was needed.": row("", "pick.make", map[string]any{
			"rule": "longest_ago", "compared": 3.0, "state": "not_needed",
		}),
		"Marta Lind answered a claim beside somebody in Leak Sensors. They said not this time.": row("marta", "claim.beside", map[string]any{"role": "co", "yes": false}),
		"Marta Lind granted something to Leak Sensors. “6 hours a week”.":                       row("marta", "need.grant", map[string]any{"kind": "hours", "what": "6 hours a week"}),
		"Marta Lind answered who would lead beside, in Leak Sensors. Noor Basri leads beside them now.": row("marta", "team.answer", map[string]any{
			"person": "noor", "state": "live",
		}),
		"Somebody who is not known here any more spoke for Leak Sensors. Valve data: others come to them.": row("gone", "evidence.peer", map[string]any{"skill": "v", "level": 4.0}),
		"Marta Lind changed what is written of Leak Sensors. How it is trusted and what it is like. The situation picks before, checked now.": row("marta", "project.update", map[string]any{
			"moved": true, "changed": map[string]any{"trust": []any{"weighed", "verified"}, "stakes": []any{2.0, 3.0}},
		}),
	} {
		say(t, sentence(row), want)
	}
}
