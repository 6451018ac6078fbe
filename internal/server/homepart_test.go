package server

import (
	"fmt"
	"net/http"
	"testing"

	"skein/web/path"
)

// Home says what somebody proposed, belongs to and asked for, and who is waited for; three of a kind, and how
// many more there are.
func TestHomeSaysWhatSomebodyHasAPartIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	marta, teo := h.as(people[asSteward]), h.as(people[asStaff])
	teo.get(path.Home).lacks("main", "You are in").lacks("main", "You asked").lacks("main", "You would")
	marta.get(path.Home).says("#proposed-night-pressure", "Night Pressure proposed by you; Ines Calder leads it").says("#proposed-meter-letters", "proposed by you; nobody leads it yet")

	teo.post(path.JoinProject("meter-letters")).is(http.StatusSeeOther)
	teo.post(path.CoLeadProject("night-pressure")).is(http.StatusSeeOther)
	h.exec(`insert into skill (id, name) values ('excel', 'Excel')`)
	h.exec(`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values ('teo-marchi', 'excel', 'noor-basri', $1, $1::timestamptz + interval '7 days')`, wall)
	home := teo.get(path.Home)
	home.says("#member-meter-letters", "in the team; nobody leads it yet")
	home.says("#place-night-pressure", "You would co-lead Night Pressure.It waits for Ines Calder, by Wednesday.")
	home.says("main", "You asked what Noor Basri can say about Excel.It waits for Noor Basri, by")

	for i := range 5 {
		h.exec(`insert into project (id, title, state, published_at) values ($1, $2, 'open', $3)`, fmt.Sprint("p", i), fmt.Sprint("Project ", i), wall)
		h.exec(`insert into member (project_id, person_id, joined_at) values ($1, 'teo-marchi', $2)`, fmt.Sprint("p", i), wall)
	}
	teo.get(path.Home).has(3, `[id^="member-"]`).says("main", "Three more")
	teo.get(path.Home+"?all=yes").has(6, `[id^="member-"]`).lacks("main", "Three more")
	h.exec(`update project set state = 'completed' where id = 'p0'`)
	teo.get(path.Home+"?all=yes").has(5, `[id^="member-"]`)
	h.as(people[asLead]).get(path.Home).lacks("main", "proposed by you")
	teo.maxRoundTrips(4, path.Home)
}

// A need that a steward asked for and alone can grant is not said to be wanted of them by themselves.
func TestOnesOwnNeedIsNotAskedOfOneselfByName(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into need (id, project_id, kind, what) values ('00000000-0000-7000-8000-0000000000ab', 'meter-letters', 'tools', 'A printer')`)
	marta := h.as(people[asSteward])
	marta.get(path.Home).says("main", "What the lead gets in Meter Letters: A printer").says("main", "It is yours to decide.").lacks("main", "Marta Lind needs your word")
	marta.get(path.Project("meter-letters")).says("#needs", "It is yours to decide")
}
