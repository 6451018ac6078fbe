package server

import (
	"net/http"
	"testing"
)

// A row without a mistake of its own, which names one that has, comes behind the mistakes and says whose row is to be
// mended; what changed is said apart from what was so already.
func TestRowsThatHangOnAMistakeComeBehindIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	people := "id,name,hours_per_week,manager\nn1,Alba Runciman,many,\nn2,Bo Lindqvist,4,n1\nn3,Cem Arslan,4,n1\nn4,Dee Marsh,4,\n"
	page, at := b.tried(fileOf{"people.csv", people}, fileOf{"evidence.csv", "person,skill,kind,level,observed_on\nn1,Valves,self,3,2026-01-02\nn4,Valves,self,3,2026-01-02\n"})
	page.says("h1", "One person, one skill and one word on a skill can come in, one cannot yet, and three because of it")
	page.says("#not-yet", "hours_per_week: it is a number from 0 to 168").lacks("#not-yet", "n1”").has(1, "#not-yet .hung")
	page.says("#behind", "“n1” stands in row 2 of people.csv, which is to be mended first.").says("#behind", "Rows 3 and 4 of people.csv, column manager.").
		says("#behind", "Row 2 of evidence.csv, column person.").has(0, "#behind button").lacks("main", "There is no person")
	b.press(page, "Leave empty").is(http.StatusSeeOther)
	page = b.get(at).says("h1", "Four people, one skill and two words on skills can come in").has(0, "#behind")
	b.press(page, "Bring in 7").is(http.StatusSeeOther)
	b.get(at).says("h1", "Four people, one skill and two words on skills are in")

	page, at = b.tried(fileOf{"people.csv", "id,name,hours_per_week,manager\nn1,Alba Runciman,6,\nn2,Bo Lindqvist,4,n1\nn3,Cem Arslan,4,n1\nn5,Eve Orr,,\n"})
	page.says("h1", "One person can come in, and one person changes").says("main", "“hours_per_week”, hours a week: filled in three of four rows, empty in the other; one of them would change what stands there.").
		says("main", "“id”, who it is: filled in every row.")
	b.press(page, "Bring in 2").is(http.StatusSeeOther)
	b.get(at).says("h1", "One person is in, and one person changed").says("main", "One person is new, one changed and two were so already.")
}

// A team that is written in two ways is one mistake of whoever wrote it: the page says so before both are made.
func TestTwoNamesOfOneMissingTeamAreToldTogether(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	page, at := b.tried(fileOf{"people.csv", "id,name,circle\nn1,Alba Runciman,Customer Service\nn2,Bo Lindqvist,Customer service team\nn3,Cem Arslan,Kitchen\n"})
	page.says("#not-yet", "“Customer service team” is no team.").says("#not-yet", "“Customer Service” is named too, and may be the same.")
	b.press(page, "Read it as").is(http.StatusSeeOther)
	page = b.get(at).lacks("#not-yet", "may be the same")
	b.press(page, "Make all two").is(http.StatusSeeOther)
	b.get(at).says("h1", "Two teams and three people can come in")
	page, _ = b.tried(fileOf{"people.csv", "id,name\nn1,Alba Runciman\nn2,Alba Runciman\n"})
	page.says("main", "may be whoever stands on line 2")
}
