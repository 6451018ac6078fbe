package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/web/path"
)

// secretDraft is a house whose Meter Letters is a draft of Marta's, a steward of its team, named by words
// that no page may say to anybody else.
func secretDraft(t *testing.T) (*house, map[string]skein.PersonID) {
	t.Helper()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from claim_window where project_id = 'meter-letters'`)
	h.exec(`update project set state = 'draft', published_at = null, title = 'Quokka plan', purpose = 'Quokka purpose' where id = 'meter-letters'`)
	h.exec(`insert into skill (id, name) values ('writing', 'Quokka writing')`)
	h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000002', 'writing', 4)`)
	h.exec(`insert into need (id, project_id, kind, what, asked_of) values ('00000000-0000-7000-8000-0000000000ab', 'meter-letters', 'tools', 'Quokka cage', 'teo-marchi')`)
	h.happened(wall, "marta-lind", "project.create", "project", "meter-letters", "meter-letters")
	return h, people
}

// Every route under a project answers 404 for a draft, to whoever may not edit it.
func TestADraftIsNothingToWhoeverMayNotEditIt(t *testing.T) {
	t.Parallel()
	for name, hide := range map[string]string{
		"draft":      `select 1`,
		"called off": `update project set state = 'cancelled' where id = 'meter-letters'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, people := secretDraft(t)
			h.exec(hide)
			teo, owen := h.as(people[asStaff]), h.as(people[asAdministrator])
			tried := 0
			err := chi.Walk(h.server.routes(), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
				if !strings.HasPrefix(route, path.Projects+"/{id}") {
					return nil
				}
				at := strings.NewReplacer("{id}", "meter-letters", "{person}", "teo-marchi", "{need}", "00000000-0000-7000-8000-0000000000ab").Replace(route)
				for _, b := range []*browser{teo, owen} {
					var a *answer
					if method == http.MethodGet {
						a = b.get(at)
					} else {
						a = b.post(at, "title", "x", "hours", "4", "skill", "writing", "level", "3", "colleague", "Ines Calder", "reason", "x", "answer", "yes", "why", "x")
					}
					if a.Response.StatusCode != http.StatusNotFound || strings.Contains(a.body, "Quokka") {
						t.Errorf("%s %s: %d", method, at, a.Response.StatusCode)
					}
				}
				tried++
				return nil
			})
			if err != nil || tried < 20 {
				t.Fatalf("%d routes tried, %v", tried, err)
			}
			for _, at := range []string{
				path.Home, path.Leads, path.Search + "?q=quokka", path.Search + "?q=plan", path.People + "/marta-lind", "/teams/leaks", path.Teams, path.TeamsIn("leaks", ""), path.TeamsIn("", "tree"), "/vision", path.AdminAudit,
				path.AdminAuditExport, path.Notices, path.SettingsData,
			} {
				for _, b := range []*browser{teo, owen} {
					if a := b.get(at); strings.Contains(strings.ReplaceAll(a.body, "q=quokka", ""), "Quokka") || strings.Contains(a.body, "meter-letters") {
						t.Errorf("%s tells of the draft", at)
					}
				}
			}
			if n := h.count(`select count(*) from evidence where person_id = 'teo-marchi'`); n != 0 {
				t.Error("a word was taken for a draft that its giver may not know")
			}
			marta := h.as(people[asSteward])
			marta.get(path.Project("meter-letters")).is(http.StatusOK).says("h1", "Quokka plan")
			if name == "draft" {
				marta.get(path.EditProject("meter-letters")).is(http.StatusOK)
				marta.get(path.PublishProject("meter-letters")).is(http.StatusOK)
				marta.get(path.CancelProject("meter-letters")).is(http.StatusOK)
				marta.get(path.Search+"?q=quokka").says("main", "Quokka plan")
			}
		})
	}
}
