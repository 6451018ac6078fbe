package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// A leave that falls into the lead is said to its claimant with their claim and, once claims have closed,
// to whoever checks; when all is told, of whoever was picked. Nobody else is told before, and nobody of
// one that is over or lies outside.
func TestALeaveThatFallsIntoTheLeadIsSaid(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines, dario := h.able("Ines Calder", 4), h.able("Dario Venn", 4)
	leave := func(person skein.PersonID, from, until string) {
		h.exec(`insert into absence (person_id, from_on, until_on) values ($1, $2, nullif($3, '')::date)`, person, from, until)
	}
	const hers = "from 1 June until 9 June"
	leave(ines, "2026-04-01", "2026-05-10") // over
	leave(ines, "2026-05-12", "2026-05-17") // before claims close
	leave(ines, "2026-06-01", "2026-06-09")
	leave(ines, "2027-02-01", "2027-03-01") // after it
	leave(dario, "2026-12-01", "")
	h.exec(`update person set active_until = '2026-12-15' where id = $1`, dario)
	others := []string{"/projects/sensors", claimPath, path.Result("sensors"), path.Home, path.Leads, path.Team("leaks"), path.Notices}
	sealed := func(moment string, readers ...skein.PersonID) {
		t.Helper()
		for _, reader := range readers {
			for _, page := range h.as(reader).read(others) {
				if strings.Contains(page, hers) || strings.Contains(page, "9 June") {
					t.Errorf("%s, %s is told of it: %s", moment, reader, page)
				}
			}
		}
	}
	h.as(ines).get(claimPath).is(http.StatusOK).says("#away", "You are away "+hers+", while this lead runs. Whoever checks the pick sees that")
	h.as(dario).get(claimPath).is(http.StatusOK).says("#away", "You are away from 1 December on, while this lead runs.")
	h.as("judith-amadi").get(claimPath).is(http.StatusOK).has(0, "#away")
	for _, claimant := range []skein.PersonID{ines, dario} {
		h.as(claimant).post(claimPath).goesTo(claimPath)
		h.as(claimant).get(claimPath).is(http.StatusOK).has(1, "#sent").has(1, "#away")
	}
	sealed("while claims gather", "marta-oyelaran", "owen-tay", "judith-amadi", dario)

	h.tick(8 * 24 * time.Hour)
	result := path.Result("sensors")
	h.as(ines).get(result).is(http.StatusOK).says("main", "You are away "+hers)
	h.as("marta-oyelaran").get(result).is(http.StatusOK).says("main", "Away "+hers+", while the lead runs.").
		says("main", "Away from 1 December on, while the lead runs. Their last day here is 15 December, while the lead runs.").silent("12\u00a0May until", "until 10\u00a0May", "February")
	sealed("while it is checked", "owen-tay", "judith-amadi", dario)

	h.as("marta-oyelaran").post(path.CheckPick(h.text(`select id::text from pick`)), "answer", "confirm").is(http.StatusSeeOther)
	picked := skein.PersonID(h.text(`select person_id from term where role = 'primary'`))
	away, other, theirs := hers, dario, "from 1 December on"
	if picked == dario {
		away, other, theirs = theirs, ines, hers
	}
	h.as(picked).get(result).is(http.StatusOK).says("main", "You are away "+away+", while this lead runs.")
	h.as("judith-amadi").get(result).is(http.StatusOK).says("main", "is away "+away+", while this lead runs.")
	if picked == dario {
		sealed("when all is told", "judith-amadi", "owen-tay", dario)
	}
	h.as(other).get(result).is(http.StatusOK).silent("You are away " + theirs + ", while")
	h.exec(`update absence set until_on = '2026-05-18', from_on = '2026-05-12'`)
	h.as("judith-amadi").get(result).is(http.StatusOK).silent("is away")
}

// Whoever hands it on is told at once that it cannot be claimed by them, and not when they send a claim.
func TestWhoLeadsItIsToldOnTheClaimsPage(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	kim := h.able("Kim Tarr", 4)
	h.exec(`insert into term (project_id, person_id, role, state, during) values ('sensors', $1, 'primary', 'handing_over', '[2026-01-01,)')`, kim)
	h.exec(`update project set state = 'handing_over'`)
	page := h.as(kim).get(claimPath).is(http.StatusOK).says("main", "You lead it until somebody takes over, and whoever does is somebody else.")
	page.has(0, "main form").has(2, "main a[href='"+path.Project("sensors")+"']").has(1, "main a[href='"+path.Leads+"']")
	h.as(kim).post(claimPath).is(http.StatusConflict)
	h.as(h.able("Ines Calder", 4)).get(claimPath).is(http.StatusOK).has(1, "#claim")
}
