package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// Before a door is closed it is said what is held and where it goes, and nothing that is sealed.
func TestWhatIsHeldIsSaidBeforeTheDoorCloses(t *testing.T) {
	t.Parallel()
	open := func(t *testing.T) (*house, *browser) {
		h := newTest(t)
		people := h.cast()
		h.exec(`update priority set owner_id = 'ines-calder'`)
		h.exec(`insert into need (project_id, kind, what, asked_of, place) values ('night-pressure', 'tools', 'A pump', 'ines-calder', 0)`)
		h.exec(`insert into hat (person_id, kind, circle_id, given_at) values ('ines-calder', 'steward', 'leaks', $1)`, wall)
		h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, submitted_at)
			select id, project_id, phase_id, 'ines-calder', 'submitted', 'Mine.', $1, $1, $1 from claim_window`, wall)
		return h, h.as(people[asAdministrator])
	}
	at := path.DeactivatePerson("ines-calder")
	t.Run("door closed", func(t *testing.T) {
		h, _ := open(t)
		h.anonymous().get(at).is(http.StatusSeeOther)
	})
	t.Run("not yours", func(t *testing.T) {
		h, _ := open(t)
		h.as("marta-lind").get(at).is(http.StatusForbidden)
	})
	t.Run("broken database", func(t *testing.T) {
		h, owen := open(t)
		h.breaks("member")
		owen.get(at).is(http.StatusInternalServerError).silent("member_is_gone")
	})
	t.Run("invalid", func(t *testing.T) {
		_, owen := open(t)
		owen.get(path.DeactivatePerson("nobody")).is(http.StatusNotFound)
		owen.get(path.DeactivatePerson("teo-marchi")).is(http.StatusOK).says("h1", "Teo holds nothing that would need somebody else.")
		owen.post(at).is(http.StatusSeeOther)
		owen.get(at).goesTo(path.AdminPerson("ines-calder")) // somebody else was quicker
	})
	t.Run("done", func(t *testing.T) {
		h, owen := open(t)
		owen.get(path.AdminPerson("ines-calder")).has(1, `a[href="`+at+`"]`).has(0, `form[action="`+at+`"]`)
		says := owen.get(at).is(http.StatusOK).says("h1", "Four things that Ines holds go on to others.").has(1, `form[action="`+at+`"] button`)
		for _, words := range []string{"Night Pressure", "Leads it until", "opens for claims at once", "A pump", "The next who may answer is asked", "Steward of this team", "Leaks down a quarter", "Answers for it."} {
			says.says("main", words)
		}
		says.lacks("main", "Meter Letters")
		owen.post(at).goesTo(path.AdminPerson("ines-calder"))
		if got := h.text(`select state from project where id = 'night-pressure'`); got != "open" {
			t.Errorf("what she led is %s", got)
		}
		owen.post(path.ReactivatePerson("ines-calder")).goesTo(path.AdminPerson("ines-calder"))
		owen.get(at).is(http.StatusOK).says("h1", "Two things that Ines holds").lacks("main", "Night Pressure")
	})
}
