package browser_test

import (
	"testing"

	"skein/internal/browser"
	"skein/internal/postgres/pgtest"
	"skein/web/path"
)

// An administrator sees that somebody is here twice, looks at both, and makes them one; then gives them another id.
func TestSomebodyWhoIsHereTwiceIsMadeOne(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	pgtest.Put(t, pool, `insert into hat (person_id, kind, given_at) values ('alba', 'administrator', now())`,
		`insert into person (id, name, email, circle_id) values ('t.marchi', 'T. Marchi', 't.marchi@corriemere.example', 'apps')`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
			('t.marchi', 'night', 'peer', 3, '2026-05-01', 'alba'), ('t.marchi', 'valve', 'peer', 3, '2026-05-01', 'teo')`)
	p := signIn(t, address, "alba@corriemere.example", browser.Look{})
	p.Visit(address + path.AdminPerson("teo"))
	p.Link("Teo is here twice").Click()
	p.Sound()
	p.Pictures("merge-choose")
	p.Link("T. Marchi").Click()
	p.Says("One endorsement of one by the other goes")
	p.Sound()
	p.Pictures("merge-both")
	p.Button("Make them one").Click()
	p.Says("The two are one: Teo Marchi.")
	pgtest.Same(t, "what is known", pgtest.Texts(t, pool, `select person_id || ' ' || skill_id from evidence where kind = 'peer'`), "teo night")
	p.Visit(address + path.Person("t.marchi"))
	p.Heading("Teo Marchi")
	p.Visit(address + path.AdminPerson("teo"))
	p.Link("Change the id").Click()
	p.Says("t.marchi@corriemere.example")
	p.Sound()
	p.Pictures("merge-id")
	p.Field("Id").Fill("alba")
	p.Button("Change the id").Click()
	p.Says("Somebody has this id already.")
	p.Field("Id").Fill("teo.marchi")
	p.Button("Change the id").Click()
	p.Says("The id is teo.marchi from now on.")
}
