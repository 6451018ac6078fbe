package server

import (
	"net/http"
	"testing"

	"skein/internal/skein"
	"skein/web/path"
)

// A known last day is said beside what somebody holds for longer, and their steward is told, once, on Monday.
func TestALastDayIsSaidBesideWhatIsHeld(t *testing.T) {
	t.Parallel()
	h, ines := monday(t) // Noor leads Pump Swap until 30 June
	owen := h.as(h.person("Owen Pell", administrator))
	noor := path.AdminPerson("noor-haddad")
	until := func(day string) {
		t.Helper()
		page := owen.get(noor).is(http.StatusOK)
		version, _ := page.Find(`form[action="` + path.MendPerson("noor-haddad") + `"] input[name=version]`).Attr("value")
		owen.post(path.MendPerson("noor-haddad"), "circle", "leaks", "active_until", day, "version", version).goesTo(noor)
	}
	notices := func() int {
		return h.count(`select count(*) from notice where kind = 'access' and code = 'leaves' and person_id = 'ines-calder' and subject_id = 'noor-haddad'`)
	}
	owen.get(noor).says("main", "Leads it until 30 June.").lacks("main", "Their last day here")

	until("2026-06-30") // the lead ends with it
	if n := notices(); n != 0 {
		t.Errorf("told %d times of what does not overlap", n)
	}
	ines.get(path.Home).lacks("main", "here until")
	until("2026-06-14")
	until("2026-06-14") // as it is
	if n := notices(); n != 1 {
		t.Fatalf("told %d times", n)
	}
	if (skein.NoticeOf{Kind: skein.NoticeAccess, Code: skein.CodeLeaves}).IsAtOnce() {
		t.Error("nobody waits for whoever is told, and it goes out at once")
	}
	owen.get(noor).says("main", "Leads it until 30 June. Their last day here, 14 June, comes before.")
	ines.get(path.Notices).says("main", "The last day of Noor Haddad here is 14 June. They hold something for longer, and it goes on to others then.").
		has(1, "a[href='"+path.Person("noor-haddad")+"']")
	ines.get(path.Home).says("main", "Noor Haddad, until 30 June, here until 14 June")
	h.as("dario-venn").get(path.Project("pump")).says("#team", "leads until 30 June, here until 14 June").
		says("main", "Noor’s last day here is 14 June. Then it opens for claims, and Ines Calder looks after it until somebody leads.")

	until("2026-06-20")
	if n := notices(); n != 2 {
		t.Errorf("told %d times of a day that was moved", n)
	}
	until("")
	if n := notices(); n != 2 {
		t.Errorf("told %d times of a day that was taken back", n)
	}
	owen.get(noor).lacks("main", "Their last day here")

	page, at := owen.tried(fileOf{"people.csv", "id,name,active_until\nnoor-haddad,Noor Haddad,2026-06-10\ndario-venn,Dario Venn,2026-06-10\n"})
	owen.press(page, "Bring in 2").is(http.StatusSeeOther)
	owen.get(at).says("h1", "Two people changed")
	if n := notices(); n != 3 {
		t.Errorf("told %d times once a file said so", n)
	}
	if n := h.count(`select count(*) from notice where code = 'leaves' and subject_id = 'dario-venn'`); n != 0 {
		t.Error("told of somebody who holds nothing")
	}
}

// Who has an account and another address in a file: both are said, and which of them opens the door.
func TestOfTwoAddressesThePageSaysWhichOpensTheDoor(t *testing.T) {
	t.Parallel()
	h, _ := monday(t)
	owen := h.as(h.person("Owen Pell", administrator))
	page, at := owen.tried(fileOf{"people.csv", "id,name,email\ndario-venn,Dario Venn,d.venn@corriemere.example\n"})
	page.says("main", "They go on signing in with").says("main", "dario.venn@corriemere.example")
	owen.press(page, "Bring in 1").is(http.StatusSeeOther)
	owen.get(at).says("h1", "One person changed")
	owen.get(path.AdminPerson("dario-venn")).says("main", "Signs in as dario.venn@corriemere.example").says("main", "Files have another address for them, d.venn@corriemere.example.")
	owen.get(path.AdminPerson("noor-haddad")).lacks("main", "Files have another address")
}
