package view

import (
	"strings"
	"testing"

	"skein/internal/match"
	"skein/internal/skein"
)

// What is generated speaks of circles in the organisation's own word, plain where it is kept; the team of a
// project stays a team.
func TestWhatIsGeneratedSpeaksInTheOrganisationsOwnWord(t *testing.T) {
	t.Parallel()
	org := skein.Organisation{CircleWord: "crew", CircleWords: "crews"}
	lens := match.DefaultPolicy().Lens
	teams, ok := match.TemplateByID("teams")
	if !ok {
		t.Fatal("there is no template for several teams")
	}
	kept := ""
	filled := Fill(org, lens, teams)
	for _, n := range filled.Needs {
		kept += n.What + ". "
	}
	for _, r := range filled.Setting.Remit {
		kept += r.WithWhom + ". "
	}
	for _, says := range []string{"Somebody who opens doors in the other crews", "the crews concerned"} {
		if !strings.Contains(kept, says) {
			t.Errorf("a new project does not say %q: %s", says, kept)
		}
	}
	if strings.Contains(kept, "team") || strings.ContainsAny(kept, "\u2068\u2069") {
		t.Errorf("a new project says %q", kept)
	}
	if again := lens.Fill(teams); again.Needs[len(again.Needs)-1].What == "" || strings.Contains(again.Needs[0].What, "crew") {
		t.Error("the published tables were written into")
	}
	for says, want := range map[string]string{
		practiceName(match.SeveralTeams): "Moving several crews",
		practiceName(match.NewTeam):      "Bringing a new team together",
		teams.Name:                       "Move several crews",
		"The team has yet to meet, so the lead has a coach and a short rhythm.": "The team has yet to meet, so the lead has a coach and a short rhythm.",
	} {
		if got := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(inOwnWord(org, says)); got != want {
			t.Errorf("%q becomes %q, not %q", says, got, want)
		}
	}
}
