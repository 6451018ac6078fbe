package server

import (
	"net/http"
	"testing"
)

func TestTeamsThatAreMissingAreMade(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	page, at := b.tried(fileOf{"people.csv", "id,name,circle\na,Alba Runciman,Night watch\nb,Bo Lindqvist,Weirs\nc,Cem Arslan,Leakss\n"})
	page.says("h1", "Nothing can come in yet").says("main", "“Night watch” is no team.").says("main", "Leaks is nearest.")
	b.press(page, "Use Leaks").is(http.StatusSeeOther)
	page = b.get(at).says("h1", "One person can come in, two cannot yet")
	b.press(page, "Make all two").is(http.StatusSeeOther)
	page = b.get(at).says("h1", "Two teams and three people can come in")
	b.press(page, "Bring in 5").is(http.StatusSeeOther)
	if got := h.text(`select string_agg(id || '=' || circle_id, ', ' order by id) from person where length(id) = 1`); got != "a=Night watch, b=Weirs, c=leaks" {
		t.Error(got)
	}
}

// A team that was closed is opened again with one press, under the name that it had; by a file of teams too.
func TestATeamThatWasClosedOpensAgain(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	h.exec(`insert into closed_circle (id, name, closed_at) values ('weirs', 'The Weirs', $1), ('sluices', 'Sluices', $1)`, wall)
	page, at := b.tried(fileOf{"people.csv", "id,name,circle\na,Alba Runciman,weirs\nb,Bo Lindqvist,sluices\n"})
	page.says("h1", "Nothing can come in yet").says("main", "“weirs”, the team that was called The Weirs, was closed.").lacks("main", "Make all")
	b.press(page, "Open it again").is(http.StatusSeeOther)
	page = b.get(at).says("h1", "One team and one person can come in, one cannot yet").says("main", "this opens it again")
	b.press(page, "Bring in 2").is(http.StatusSeeOther)
	if got := h.text(`select id || '=' || name || ' of ' || (select string_agg(id, ',') from person where circle_id = 'weirs') from circle where id = 'weirs'`); got != "weirs=The Weirs of a" {
		t.Error(got)
	}
	page, at = b.tried(fileOf{"circles.csv", "id,name\nsluices,Sluice gates\n"})
	page.says("main", "once called \"Sluices\", was closed: this opens it again")
	b.press(page, "Bring in 1").is(http.StatusSeeOther)
	b.get(at).says("h1", "One team is in")
	if got := h.text(`select (select name from circle where id = 'sluices') || (select count(*) from closed_circle)`); got != "Sluice gates0" {
		t.Error(got)
	}
}
