package server

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// incumbent is a house in which the lead of Night Pressure is being reconsidered, and sluices are asked for there: shown by
// whoever leads it, or by Dora, who has nothing to do with it. All else is alike, also how many can do it.
func incumbent(t *testing.T, able string, row row) (*house, map[string]skein.PersonID, string) {
	t.Helper()
	h := newTest(t, func(c *Config) { c.Demo = true })
	h.exec(`update organisation set demo = true`)
	people := h.cast()
	people["the proposer"], people["who answers for the priority"] = h.person("Pia Lorn"), h.person("Otto Venn")
	people["in the team"] = h.person("Mia Quint")
	h.person("Dora Quill")
	h.exec(`update person set circle_id = (select circle_id from person where id = 'ines-calder')`)
	h.exec(`update project set proposed_by = 'pia-lorn' where id = 'night-pressure'`)
	h.exec(`update priority set owner_id = 'otto-venn'`)
	h.exec(`insert into member (project_id, person_id, joined_at) values ('night-pressure', 'mia-quint', $1)`, wall)
	h.exec(`insert into skill (id, name) values ('sluices', 'Sluice keeping')`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level) values ('00000000-0000-7000-8000-000000000001', 'sluices', 5, 3)`)
	for i := range 3 {
		h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ($1, 'sluices', 'outcome', 5, '2026-03-01', $2)`, able, fmt.Sprint("work ", i))
	}
	h.exec(`update person set read_how_at = $1`, wall)
	at := ""
	if row.route != "" {
		at = h.place(row)
	}
	h.exec(`update term set chosen_how = 'began', chosen_for = '{"uncertainty": "complex", "stakes": 3, "urgency": 3, "commitment": 3}' where role = 'primary'`)
	return h, people, at
}

// looks is what each reads at some addresses, but for whoever leads it, and for the steward where they answer.
func (h *house) looks(people map[string]skein.PersonID, addresses []string) map[string]string {
	seen := map[string]string{}
	browsers := map[string]*browser{asAnonymous: h.anonymous()}
	for hat, person := range people {
		browsers[hat] = h.as(person)
	}
	for hat, b := range browsers {
		if hat == asLead || hat == asDeactivated {
			continue // whoever leads it reads their own skills everywhere
		}
		for _, at := range addresses {
			if hat == asSteward && at == path.Reconsider("night-pressure") {
				continue
			}
			a := b.get(at)
			says := anySecret.ReplaceAllString(a.body, "$1")
			seen[hat+" at "+at] = fmt.Sprint(a.Response.StatusCode, " ", a.Response.Header.Get("Location"), ": ", says)
		}
	}
	return seen
}

// lookedAt is all that others than those two read in such a house, at some addresses or at that of a row.
func lookedAt(t *testing.T, able string, row row, plain []string) map[string]string {
	t.Helper()
	h, people, at := incumbent(t, able, row)
	if row.route != "" {
		if h.count(`select count(*) from project where id = 'night-pressure' and state = 'led'`) == 1 { // else it is over, or handed on
			h.reconsidering()
		}
		seen := map[string]string{}
		for who, says := range h.looks(people, []string{at}) { // whose own part is another in every house
			for _, made := range []string{at, url.QueryEscape(at), strings.TrimPrefix(at, path.Calendar(""))} {
				who, says = strings.ReplaceAll(who, made, row.route), strings.ReplaceAll(says, made, row.route)
			}
			seen[who] = says
		}
		return seen
	}
	h.as(people[asLead]).post(path.Changed("night-pressure"), restated()...).goesTo(path.Reconsider("night-pressure"))
	h.tick(12*24*time.Hour + time.Minute) // and who has not answered is reminded
	seen := h.looks(people, plain)
	seen["told"] = h.text(`select string_agg(concat_ws(' ', person_id, kind, code, project_id, who_id, about), E'\n' order by person_id, kind, code, about) from notice`)
	seen["mailed"] = h.text(`select coalesce(string_agg(to_jsonb(mail)::text, E'\n' order by person_id), '') from mail`)
	seen["the log"] = h.text(`select string_agg(concat_ws(' ', actor_id, action, details), E'\n' order by id) from audit_event`)
	seen["for who answers"] = h.as(people[asSteward]).get(path.Reconsider("night-pressure")).said("main")
	return seen
}

var reported = regexp.MustCompile(`quote [A-Z0-9]{12}`)

// alike is a text without what is another in every house.
func alike(says string) string {
	return reported.ReplaceAllString(anyID.ReplaceAllString(says, "ID"), "quote it")
}

// ofThePerson are the addresses that say of everybody what they can: not as what somebody leads asks for it.
func ofThePerson(at string) bool {
	for _, p := range []string{path.Person("ines-calder"), path.Person("dora-quill"), path.AdminPerson("ines-calder")} {
		if strings.HasPrefix(at, p) {
			return true
		}
	}
	// files of everything, a list of what each can do, and who could be asked because they know
	return at == path.Export || at == path.People || at == path.Decisions+"/{decision}/ask"
}

// How whoever leads something stands in it, once it is reconsidered, is read by them and its stewards alone: to everybody
// else every page, file, notice and row of the log is the same whether they could still be chosen or not.
func TestHowAnIncumbentStandsIsToldToNobodyElse(t *testing.T) {
	t.Parallel()
	plain := []string{
		path.Reconsider("night-pressure"), path.Project("night-pressure"), path.Home, path.Notices, path.SettingsData, path.Search + "?q=night",
		path.Leads + "?all=yes", path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree"), path.AdminAudit + "?action=reconsider", path.Decisions + "?project=night-pressure",
	}
	rows := []row{{}}
	for _, row := range matrix() {
		switch at := row.at; {
		case row.method != http.MethodGet, row.route == path.OrganisationSignIn: // each time another sign-in begins
		case row.set != nil && at == path.Reconsider("night-pressure"): // below
		case row.set != nil:
			rows = append(rows, row)
		case at != "":
			plain = append(plain, at)
		case !strings.Contains(row.route, "{"):
			plain = append(plain, row.route)
		}
	}
	for _, row := range rows {
		t.Run(cmp.Or(strings.TrimPrefix(row.route, "/"), "all that needs nothing else"), func(t *testing.T) {
			t.Parallel()
			var seen [2]map[string]string
			for i, able := range []string{"ines-calder", "dora-quill"} {
				t.Run(able, func(t *testing.T) { seen[i] = lookedAt(t, able, row, plain) })
			}
			if t.Failed() {
				return
			}
			if row.route == "" {
				if seen[0]["for who answers"] == seen[1]["for who answers"] {
					t.Fatalf("the two houses are alike: %s", seen[0]["for who answers"])
				}
				delete(seen[0], "for who answers")
			}
			for at, says := range seen[0] {
				if _, address, found := strings.Cut(at, " at "); found && ofThePerson(address) {
					continue
				}
				if other := alike(seen[1][at]); other != alike(says) {
					t.Errorf("%s tells how they stand%s", at, differs(alike(says), other))
				}
			}
		})
	}
}
