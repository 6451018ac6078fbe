package server

import (
	"net/http"
	"testing"

	"skein/internal/skein"
	"skein/web/path"
)

// twice is a house in which Teo is twice: as teo-marchi, who has signed in, and as another.
func twice(t *testing.T) (h *house, owen *browser, teo, other string) {
	t.Helper()
	h = newTest(t)
	people := h.cast()
	teo, other = string(people[asStaff]), "teo-2"
	h.exec(`insert into person (id, name, email) values ('teo-2', 'T. Marchi', 'teo.two@corriemere.example')`)
	return h, h.as(people[asAdministrator]), teo, other
}

func TestWhoIsHereTwiceIsMadeOne(t *testing.T) {
	t.Parallel()
	t.Run("chosen", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, other := twice(t)
		h.exec(`insert into person (id, name) values ('teodora', 'Teodora Marchi'), ('ann', 'Ann Lee')`)
		owen.get(path.AdminPerson(teo)).has(1, `a[href="`+path.MergePerson(teo)+`"]`).has(1, `a[href="`+path.ChangeID(teo)+`"]`)
		owen.get(path.MergePerson(teo)).is(http.StatusOK).says("h1", "Is Teo here twice?").has(2, "h2.said").says("h2.said", "T. Marchi").silent("Ann Lee")
		owen.get(path.MergePerson(teo)+"?q=ann").is(http.StatusOK).has(1, "h2.said").says("h2.said", "Ann Lee")
		owen.get(path.MergePerson(teo)+"?q=teo-2").has(1, "h2.said").says(".note", "Id teo-2, teo.two@corriemere.example.")
		owen.get(path.MergePerson(teo)+"?q=nobody").is(http.StatusOK).says("main", "Nobody else like that.")
		both := owen.get(path.MergePerson(teo)+"?with="+other).is(http.StatusOK).has(1, `form[action="`+path.MergePerson(teo)+`"]`)
		both.has(2, "input[name=keep]").says("main", "teo.two@corriemere.example").says("main", "It cannot be taken back.")
		owen.get(path.MergePerson(teo) + "?with=nobody").is(http.StatusNotFound)
		owen.get(path.MergePerson("nobody")).is(http.StatusNotFound)
	})
	t.Run("door closed", func(t *testing.T) {
		t.Parallel()
		h, _, teo, other := twice(t)
		h.anonymous().post(path.MergePerson(teo), "with", other, "keep", teo).is(http.StatusSeeOther)
		if h.count(`select count(*) from person where id = 'teo-2'`) != 1 {
			t.Error("merged")
		}
	})
	t.Run("not yours", func(t *testing.T) {
		t.Parallel()
		h, _, teo, other := twice(t)
		h.as(skein.PersonID(teo)).post(path.MergePerson(teo), "with", other, "keep", teo).is(http.StatusForbidden)
	})
	t.Run("broken database", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, other := twice(t)
		h.breaks("audit_event")
		owen.post(path.MergePerson(teo), "with", other, "keep", teo).is(http.StatusInternalServerError).silent("audit_event")
		if h.count(`select count(*) from person where id = 'teo-2'`) != 1 {
			t.Error("merged without a row in the log")
		}
	})
	t.Run("invalid", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, other := twice(t)
		owen.post(path.MergePerson(teo), "with", other, "keep", "").is(http.StatusUnprocessableEntity).says(".refused", "Choose whose name and id stay.")
		owen.post(path.MergePerson(teo), "with", teo, "keep", teo).goesTo(path.MergePerson(teo))
		owen.post(path.MergePerson(teo), "with", "nobody", "keep", teo).is(http.StatusNotFound)
		me := h.text(`select person_id from hat where kind = 'administrator'`)
		owen.post(path.MergePerson(me), "with", other, "keep", other).is(http.StatusUnprocessableEntity).says(".refused", "You are signed in as the one that would go.")
		h.exec(`insert into project (id, title, state) values ('wells', 'Wells', 'led')`)
		h.exec(`insert into term (project_id, person_id, role, state, during, live_at) values
			('wells', $1, 'primary', 'live', '[2026-01-01,)', now()), ('wells', $2, 'co', 'live', '[2026-01-01,)', now())`, teo, other)
		stopped := owen.post(path.MergePerson(teo), "with", other, "keep", teo).is(http.StatusUnprocessableEntity)
		stopped.says("main", "leads Wells, and T. Marchi leads it beside them").has(0, "input[name=keep]")
	})
	t.Run("done", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, other := twice(t)
		owen.post(path.MergePerson(teo), "with", other, "keep", teo).goesTo(path.AdminPerson(teo))
		owen.get(path.AdminPerson(teo)).says("[role=status]", "The two are one: Teo Marchi.")
		if h.count(`select count(*) from person where id = 'teo-2'`) != 0 {
			t.Error("the other is there still")
		}
		h.as(skein.PersonID(teo)).get(path.Notices).says("main", "Owen Pell found that you were here twice")
		for from, to := range map[string]string{
			path.Person(other): path.Person(teo), path.AdminPerson(other): path.AdminPerson(teo), path.MergePerson(other): path.MergePerson(teo),
			path.ChangeID(other): path.ChangeID(teo),
		} {
			owen.get(from).goesTo(to)
		}
		owen.get(path.ChangeID(teo)).is(http.StatusOK).says("main", "teo-2").says("main", "teo.two@corriemere.example")
		owen.get(path.AdminAudit+"?what=person").says("main", "made one of two people")
		owen.post(path.AdminPeople, "name", "Somebody", "email", "teo.two@corriemere.example").is(http.StatusUnprocessableEntity).
			says(".refused", "Teo Marchi has this e-mail address already.")
	})
	t.Run("the other way round", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, other := twice(t)
		h.password(skein.PersonID(teo), "four unrelated words")
		mail := h.text(`select email from account where person_id = $1`, teo)
		owen.post(path.MergePerson(teo), "with", other, "keep", other).goesTo(path.AdminPerson(other))
		for _, address := range []string{mail, "TEO.two@corriemere.example"} {
			b := h.anonymous()
			b.signIn(address, "four unrelated words")
			if !b.in() {
				t.Errorf("%s: not in", address)
			}
		}
	})
}

func TestAPersonGetsAnotherID(t *testing.T) {
	t.Parallel()
	t.Run("door closed", func(t *testing.T) {
		t.Parallel()
		h, _, teo, _ := twice(t)
		h.anonymous().post(path.ChangeID(teo), "id", "t").is(http.StatusSeeOther)
		if h.count(`select count(*) from person where id = 't'`) != 0 {
			t.Error("renamed")
		}
	})
	t.Run("not yours", func(t *testing.T) {
		t.Parallel()
		h, _, teo, _ := twice(t)
		h.as(skein.PersonID(teo)).post(path.ChangeID(teo), "id", "t").is(http.StatusForbidden)
	})
	t.Run("broken database", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, _ := twice(t)
		h.breaks("audit_event")
		owen.post(path.ChangeID(teo), "id", "t").is(http.StatusInternalServerError).silent("audit_event")
	})
	t.Run("invalid", func(t *testing.T) {
		t.Parallel()
		_, owen, teo, other := twice(t)
		for typed, says := range map[string]string{"": "Say which id.", other: "Somebody has this id already.", teo: "the id they have already", "..": "Choose another one."} {
			owen.post(path.ChangeID(teo), "id", typed).is(http.StatusUnprocessableEntity).says(".refused", says)
		}
		owen.post(path.ChangeID("nobody"), "id", "t").is(http.StatusNotFound)
	})
	t.Run("done", func(t *testing.T) {
		t.Parallel()
		h, owen, teo, _ := twice(t)
		owen.get(path.ChangeID(teo)).is(http.StatusOK).has(1, `input[name=id][value="`+teo+`"]`)
		owen.post(path.ChangeID(teo), "id", "teo").goesTo(path.AdminPerson("teo"))
		if h.count(`select count(*) from person where id = 'teo'`) != 1 {
			t.Error("not renamed")
		}
		owen.get(path.AdminPerson("teo")).says("[role=status]", "The id is teo from now on.")
	})
}
