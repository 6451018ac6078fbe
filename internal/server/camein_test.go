package server

import (
	"testing"

	"skein/web/path"
)

// Whoever came in by a link, without ever typing a password, is not said to have never done so.
func TestWhoCameInIsSaidTo(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	owen := h.as(people[asAdministrator])
	at := path.AdminPerson("teo-marchi")
	owen.get(at).says("main", "and has not done so yet")
	h.as(people[asStaff]) // a session alone
	owen.get(at).says("main", "last on").lacks("main", "has not done so yet")
	h.exec(`delete from sessions where person_id = 'teo-marchi'`)
	owen.get(at).says("main", "and has not done so yet")
	h.exec(`insert into invitation (person_id, token_hash, made_at, expires_at, used_at) values ('teo-marchi', 'x', $1, $1, $1)`, wall)
	owen.get(at).says("main", "last on")
}
