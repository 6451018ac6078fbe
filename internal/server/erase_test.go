package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// Somebody asks to be erased and takes it back; an administrator finds the ask on their home page and does it.
func TestSomebodyAsksToBeErased(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	owen, ines := h.as(people[asAdministrator]), h.as("ines-calder")
	at := path.ErasePerson("ines-calder")
	t.Run("refused", func(t *testing.T) {
		h.anonymous().get(at).is(http.StatusSeeOther)
		h.as("marta-lind").post(at).is(http.StatusForbidden)
		owen.get(path.ErasePerson("nobody")).is(http.StatusNotFound)
		owen.get(at).is(http.StatusOK).says("main", "They have not asked for it.").has(0, `form[action="`+at+`"]`)
		owen.post(at).is(http.StatusConflict)
		self := path.ErasePerson(string(people[asAdministrator]))
		owen.get(self).says("main", "Another administrator can do it")
		owen.post(self).is(http.StatusConflict)
	})
	ines.get(path.SettingsErasure).is(http.StatusOK).says("h1", "Ask to be erased").has(1, `form[action="`+path.AskErasure+`"]`)
	ines.post(path.AskErasure).goesTo(path.SettingsErasure)
	ines.get(path.SettingsErasure).says("h1", "You asked to be erased").has(1, `form[action="`+path.UnaskErasure+`"]`)
	ines.post(path.UnaskErasure).goesTo(path.SettingsErasure)
	owen.get(path.Home).lacks("main", "asked to be erased")
	ines.post(path.AskErasure).goesTo(path.SettingsErasure)
	ines.get(path.SettingsData).is(http.StatusOK)
	ines.get(path.Home).lacks("main", "Ines Calder asked to be erased")
	owen.get(path.Home).says("main", "asked to be erased").has(1, `a[href="`+at+`"]`)
	owen.get(path.AdminPerson("ines-calder")).says("main", "asked today to be erased")
	owen.get(at).says("h1", "Erase Ines").has(1, `form[action="`+at+`"]`)
	owen.post(at).goesTo(path.AdminPeople)
	owen.post(at).goesTo(path.AdminPeople) // somebody else was quicker
	if where := h.holding("Ines Calder"); len(where) > 0 {
		t.Errorf("the name is in %v", where)
	}
	if got := h.text(`select state from project where id = 'night-pressure'`); got != "open" {
		t.Errorf("what she led is %s", got)
	}
	key := h.text(`select id from person where erased_at is not null`)
	owen.get(path.Person("ines-calder")).goesTo(path.People)
	marta := h.as("marta-lind")
	gone, never := marta.get(path.Person("ines-calder")).is(http.StatusNotFound), marta.get(path.Person("nobody-ever")).is(http.StatusNotFound)
	if gone.said("main") != never.said("main") {
		t.Errorf("others are told of whom there was: %q, %q", gone.said("main"), never.said("main"))
	}
	owen.get(path.Person(key)).is(http.StatusOK).says("h1", "Somebody who has left").says("#skills", "Nothing is said here of what they can do.").lacks("main", "say so below")
	owen.get(path.AdminPerson(key)).is(http.StatusOK).says("main", "They were erased today").has(0, "main form")
	owen.get(path.AdminPeople+"?show=left").lacks("main", "Somebody who has left")
	owen.get(path.AdminAudit+"?action=person.erase").says("main", "erased")
	ines.get(path.Home).is(http.StatusSeeOther)
}
