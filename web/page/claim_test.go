package page_test

import (
	"testing"

	"skein/web/page"
)

func TestASkillsNameStaysAnAcronymInTheFormThatMendsIt(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"GIS": "In GIS you", "Valve data": "In Valve data you"} {
		d := page.ClaimData{Project: "p", Compared: true, Fixes: []page.ClaimFix{{Skill: "s", Name: name, Missing: true}}}
		if got := document(t, page.Claim(frame(), d)).Find("label[for=level-s]").Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
