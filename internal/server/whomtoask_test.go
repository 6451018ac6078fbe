package server

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"skein/web/path"
)

// asksPetra finds what sends a reader to Petra, by her name or her first name.
var asksPetra = regexp.MustCompile(`(?i)(\b(ask|write to|wait for) Petra|Petra( Lind)?( or [^.]*)?,? (can|answers|looks after|decides|checks|confirms|coaches|grants|is asked|stands in|leads)\b|\b(by|of|to) Petra Lind or)`)

// Whoever a page sends its reader to can come in. Petra has every duty that there is, and leaves: before that
// pages send people to her, after it none does.
func TestNobodyIsSentToSomebodyWhoHasLeft(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`update person set deactivated_at = $2 where id = $1`, people[asDeactivated], wall)
	petra := h.person("Petra Lind", executive, administrator, steward("leaks"))
	h.exec(`update person set circle_id = 'leaks' where id = $1`, petra)
	h.exec(`update person set manager_id = $1 where id <> $1`, petra)
	h.exec(`update priority set owner_id = $1`, petra)
	h.exec(`insert into guardrail (kind, number, reason, owner_id, made_at) values
		('longest_term', 1, 'Everybody gets a turn.', $1, $2), ('priority_named', null, 'Work serves something.', $1, $2), ('leads_at_once', 1, 'Evenings.', $1, $2)`, petra, wall)
	h.exec(`update project set proposed_by = $1`, petra)
	h.exec(`insert into project (id, title, purpose, circle_id, proposed_by, state, hours_per_week, end_on)
		values ('long-draft', 'Long Draft', 'A draft that lasts too long.', 'leaks', 'teo-marchi', 'draft', 4, '2027-05-01')`)
	h.exec(`insert into phase (project_id) values ('long-draft')`)
	h.exec(`insert into need (project_id, kind, what, asked_of, answer_by) values ('meter-letters', 'tools', 'A van', $1, $2)`, petra, wall.AddDate(0, 0, 6))
	h.exec(`update term set person_id = $1 where role = 'primary'`, petra)
	h.exec(`insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on)
		values ('night-pressure', gen_random_uuid(), 'teo-marchi', $1, 'standing', $2, $2, $2, '2026-05-11')`, petra, wall)
	pages := []string{
		path.Home, path.Leads, path.Vision, path.AdminVision, path.Admin, path.How, path.People, path.Teams, path.TeamsIn("leaks", ""), path.Team("leaks"),
		path.Project("night-pressure"), path.Project("meter-letters"), path.ClaimProject("meter-letters"), path.Result("meter-letters"), path.PublishProject("long-draft"),
		path.EditProject("long-draft"), path.NewProject, path.Person("teo-marchi"), path.Settings, path.CompleteProject("night-pressure"), path.AdminPeople,
		path.AdminPerson("teo-marchi"), path.AdminTeams, path.AdminTeam("leaks"), path.AdminSetup, path.Search + "?q=petra", path.InTheWay, path.SettingsSignIn,
	}
	sends := func() (found []string) {
		for _, hat := range []string{asStaff, asLead, asCoLead, asSteward, asExecutive, asAdministrator} {
			for _, at := range pages {
				a := h.as(people[hat]).get(at)
				if a.Response.StatusCode >= http.StatusInternalServerError {
					t.Fatalf("%s: %d\n%s", at, a.Response.StatusCode, h.log)
				}
				says := isolates.Replace(strings.Join(strings.Fields(a.Find("main").Text()), " "))
				for _, one := range asksPetra.FindAllStringIndex(says, -1) {
					found = append(found, hat+" at "+at+": …"+says[max(0, one[0]-60):min(len(says), one[1]+60)]+"…")
				}
			}
		}
		return found
	}
	if found := sends(); len(found) < 20 {
		t.Errorf("only %d sentences send anybody to Petra while she is there: %q", len(found), found)
	}
	h.as(people[asStaff]).get(path.PublishProject("long-draft")).says("main", "Petra Lind answers for this guardrail and can change it.")
	h.exec(`update person set deactivated_at = $2 where id = $1`, petra, wall)
	h.tick(0)
	for _, says := range sends() {
		t.Error(says)
	}
	for _, hat := range []string{asStaff, asExecutive} {
		b := h.as(people[hat])
		b.get(path.Vision).says("#priorities", "Petra Lind has left; Judith Orme, an executive, answers for it now.").says("#guardrails", "Petra Lind has left; Judith Orme, an executive, answers for it now.").has(0, `#priorities a[href="/people/petra-lind"]`)
	}
	h.as(people[asStaff]).get(path.PublishProject("long-draft")).says("main", "Petra Lind has left; Judith Orme, an executive, can change this guardrail.")
	h.as(people[asExecutive]).get(path.Admin).says("main", "Petra Lind has left.")
	h.exec(`delete from hat where kind = 'executive'`)
	h.as(people[asStaff]).get(path.Vision).says("#guardrails", "Petra Lind has left, and nobody is an executive: an administrator can give that role.")
	h.as(people[asStaff]).get(path.PublishProject("long-draft")).says("main", "Executives can change the guardrail, and nobody is an executive: an administrator can give that role.")
}

// isolates are the marks that hold a name apart.
var isolates = strings.NewReplacer("\u2068", "", "\u2069", "")
