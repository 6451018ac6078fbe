package server

import (
	"net/http"
	"sync"
	"testing"

	"skein/internal/skein"
	"skein/web/path"
)

// A name that somebody else has is not taken by whoever likes it: an administrator gives it.
func TestANameOfSomebodyElseNeedsAnAdministrator(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, owen := h.person("Inés Calder"), h.person("Owen Pell", administrator)
	gone := h.person("Dario Venn")
	h.exec(`update person set deactivated_at = $2 where id = $1`, gone, wall)
	teo := h.as(h.person("Teo Marchi"))
	for _, name := range []string{"Inés Calder", "ine\u0301s  CALDER", "Ｉnés Calder", "Inés\u00a0Calder", "Dario Venn"} {
		teo.post(path.SettingsProfile, "name", name, "self", "Pumps.").is(http.StatusUnprocessableEntity).says(".refused", "has this name")
	}
	if h.text(`select name || about from person where id = 'teo-marchi'`) != "Teo Marchi" || h.count(`select count(*) from audit_event`) != 0 {
		t.Error("something was stored")
	}
	for _, name := range []string{"teo marchi", "Teo Marchi", "Teo Marchi Calder", "Ines Calder"} { // their own, and others' that differ
		teo.post(path.SettingsProfile, "name", name, "self", "Pumps.").is(http.StatusSeeOther)
	}
	admin := h.as(owen)
	admin.post(path.SettingsProfile, "name", "Inés Calder").is(http.StatusSeeOther)
	admin.post(path.RenamePerson("teo-marchi"), "name", "Bob\u202eecila").is(http.StatusUnprocessableEntity).says(".refused", "cannot be seen")
	admin.post(path.RenamePerson("teo-marchi"), "name", "Inés Calder").is(http.StatusUnprocessableEntity).says(".refused", "Two people have this name, or had it")
	admin.post(path.RenamePerson("teo-marchi"), "name", "Inés Calder", "anyway", "yes").goesTo(path.AdminPerson("teo-marchi"))
	admin.post(path.RenamePerson("nobody"), "name", "Ann").is(http.StatusNotFound)
	if n := h.count(`select count(*) from person where name = 'Inés Calder'`); n != 3 {
		t.Errorf("%d have the name", n)
	}
	if n := h.count(`select count(*) from audit_told where action = 'person.update' and actor_id = $1 and noun_id = 'teo-marchi'`, owen); n != 1 {
		t.Errorf("%d audit rows tell of it", n)
	}
	// Whose name is somebody else's already changes what else they like.
	h.as(ines).post(path.SettingsProfile, "name", "Inés Calder", "self", "Leaks.").is(http.StatusSeeOther)
}

func TestOneOfManyWhoChooseANameAtOnceGetsIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	var browsers []*browser
	for _, name := range []string{"Ann", "Ben", "Cleo", "Dora"} {
		browsers = append(browsers, h.as(h.person(name)))
	}
	got := make([]int, len(browsers))
	var wg sync.WaitGroup
	for i, b := range browsers {
		wg.Go(func() {
			got[i] = b.post(path.SettingsProfile, "name", []string{"Ana Lima", "ANA LIMA", "ana  lima", "Ａna Lima"}[i]).Response.StatusCode
		})
	}
	wg.Wait()
	count := map[int]int{}
	for _, status := range got {
		count[status]++
	}
	same := 0
	for _, name := range []string{"Ana Lima", "ANA LIMA", "ana lima", "Ａna Lima"} { // doubled spaces are kept as one
		if skein.NameKey(name) == skein.NameKey("Ana Lima") {
			same += h.count(`select count(*) from person where name = $1`, name)
		}
	}
	if count[http.StatusSeeOther] != 1 || count[http.StatusUnprocessableEntity] != 3 || same != 1 {
		t.Errorf("%v, %d have the name", count, same)
	}
}
