package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// windowPages are the pages that speak of a window: of its length, of who checks, of what is compared.
var windowPages = []string{
	"/projects/sensors", claimPath, path.Result("sensors"), path.Home, path.Leads, path.Leads + "?why=sensors", path.Leads + "?sort=closing",
	path.Team("leaks"), path.Teams, path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree"), path.Notices, path.CancelProject("sensors"), path.EditProject("sensors"), path.Person("ines-calder"),
}

// read is all that somebody reads on those pages, a page a line. A page that is not theirs is its status.
func (b *browser) read(pages []string) []string {
	var all []string
	for _, page := range pages {
		a := b.get(page)
		all = append(all, page+" "+a.Response.Status+" "+strings.Join(strings.Fields(a.Find("main").Text()), " "))
	}
	return all
}

// A raised trust that runs out while a window goes decides that window all the same. Every page says so:
// each is what it would be, had the trust been raised for good.
func TestARaisedTrustThatRunsOutStillDecidesItsWindowAndIsSaid(t *testing.T) {
	t.Parallel()
	for _, trust := range []skein.Trust{skein.Open, skein.Verified, skein.Zero} {
		t.Run(string(trust), func(t *testing.T) {
			t.Parallel()
			h := openLead(t)
			h.exec(`update project set trust = $1, trust_reason = 'The flood.', proposed_by = 'marta-oyelaran'`, trust)
			h.exec(`update claim_window set trust = $1, rotation = 0, policy_version = 0, closes_at = case when $1 <> 'open' then closes_at end`, trust)
			stretch, word := h.able("Lotte Quist", 2), h.person("Nils Berg")
			h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ($1, 'valves', 'self', 4, '2026-03-01')`, word)
			ready, other := h.able("Ines Calder", 4), h.able("Dario Venn", 4)
			readers := []skein.PersonID{"marta-oyelaran", "owen-tay", "judith-amadi", stretch, word, ready, other}
			asks := func(moment string) {
				t.Helper()
				pages := windowPages
				if h.count(`select count(*) from claim_window where state in ('open', 'inviting', 'picked')`) == 0 {
					pages = []string{path.Result("sensors")} // the others say what holds today
				}
				for _, reader := range readers {
					b := h.as(reader)
					h.exec(`update project set trust_until = null`)
					want := b.read(pages)
					h.exec(`update project set trust_until = $1::date - 1`, *h.now.Load())
					for i, got := range b.read(pages) {
						if got != want[i] {
							t.Errorf("%s, %s reads\n%s\nwhere the window says\n%s", moment, reader, got, want[i])
						}
					}
				}
			}
			h.later(2 * 24 * time.Hour)
			asks("before any claim")
			h.as(ready).post(claimPath, "why", "I know the valves.").goesTo(claimPath)
			h.as(other).post(claimPath).goesTo(claimPath)
			asks("while claims gather")
			h.tick(8 * 24 * time.Hour)
			if state := h.text(`select state from claim_window order by number limit 1`); state != "picked" && state != "taken" {
				t.Fatalf("the window is %s", state)
			}
			checked := h.count(`select count(*) from pick where state = 'waiting'`) == 1
			if checked != (trust != skein.Open) {
				t.Errorf("checked: %v", checked)
			}
			asks("after the close")
			if checked {
				h.as("marta-oyelaran").get(path.Result("sensors")).is(http.StatusOK)
				h.tick(50 * time.Hour)
				asks("as the next is asked")
			}
			h.tick(200 * time.Hour)
			asks("when all is told")
		})
	}
}

// The rule that is said is the one that is kept.
func TestTheRulesOfAnOpenWindowAreSaidAsItKeepsThem(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.able("Ines Calder", 4)
	h.exec(`update project set trust = 'open', trust_reason = 'The flood.', trust_until = '2026-05-12'`)
	h.exec(`update claim_window set trust = 'open', rotation = 0, policy_version = 0, closes_at = null`)
	h.later(3 * 24 * time.Hour)
	ines := h.as("ines-calder")
	ines.get(claimPath).is(http.StatusOK).says("main", "On trust: whoever is best placed leads at once").says("main", "a day after the first that is ready, and while none is, seven days after the first.")
	ines.get("/projects/sensors").is(http.StatusOK).says("main", "the first ready claim leaves the others a day")
	ines.post(claimPath).goesTo(claimPath)
	ines.get(claimPath).says("#sent", "Claims close a day after the first that is ready")
	h.tick(25 * time.Hour)
	if n := h.count(`select count(*) from term where state = 'live'`); n != 1 {
		t.Errorf("%d lead it", n)
	}
	ines.get(path.Result("sensors")).is(http.StatusOK).says("main", "On trust: nobody has to check it.")
	h.exec(`update project set state = 'open'`) // nothing goes any more: what holds today is said
	if q, err := h.server.chooser.One(t.Context(), "sensors", "ines-calder", skein.Day(*h.now.Load())); err != nil || q.Query.Trust != skein.Weighed {
		t.Errorf("%s: %v", q.Query.Trust, err)
	}
}

// Every page that says how long the others have on trust says what the rule says, whatever the urgency.
func TestOnTrustEveryPageSaysTheClockOfItsUrgency(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.able("Ines Calder", 4)
	h.exec(`update project set trust = 'open'`)
	h.exec(`update claim_window set trust = 'open', closes_at = null`)
	h.exec(`insert into project (id, title, purpose, circle_id, proposed_by, state, trust, template, hours_per_week, end_on)
		values ('flood', 'Flood Watch', 'Dry cellars.', 'leaks', 'ines-calder', 'draft', 'open', 'fix', 5, '2027-01-31')`)
	h.exec(`insert into phase (id, project_id, uncertainty, stakes, urgency, expertise, commitment, reach, readiness)
		values ('00000000-0000-7000-8000-0000000000f9', 'flood', 'complex', 1, 3, 3, 3, 3, 3)`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level) values ('00000000-0000-7000-8000-0000000000f9', 'valves', 5, 3)`)
	ines := h.as("ines-calder")
	said := map[time.Duration]string{time.Hour: "an hour", 24 * time.Hour: "a day"}
	for urgency := 1; urgency <= 5; urgency++ {
		h.exec(`update phase set urgency = $1`, urgency)
		right := skein.Clocks{}.OnTrust(urgency)
		for _, at := range []string{path.Project("sensors"), claimPath, path.PublishProject("flood"), path.EditProject("flood")} {
			page := ines.get(at).is(http.StatusOK)
			for clock, words := range said {
				leaves := strings.Contains(page.said("main"), "leaves the others "+words+",") || strings.Contains(page.said("main"), "close "+words+" after the first that is ready")
				if leaves != (clock == right) {
					t.Errorf("urgency %d: %s says that the others have %s: %v", urgency, at, words, leaves)
				}
			}
		}
	}
}

// Where the stakes rise above what a lead on trust allows, it is one trust that holds once it opens again, and every page
// and the log say that one.
func TestTheStakesRaiseTheTrustAndEveryPageSaysIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update project set trust = 'open' where id = 'night-pressure'`)
	at := path.Project("night-pressure")
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	teo.get(at).says("main", "On trust.")
	ines.post(path.Changed("night-pressure"), restated("stakes", "5", "uncertainty", "chaotic")...).goesTo(path.Reconsider("night-pressure"))
	teo.get(at).says("main", "The situation picks. The stakes do not leave it on trust.").lacks("main", "On trust.")
	ines.post(path.StepDown("night-pressure")).goesTo(at)
	if got := h.text(`select trust || ' ' || (closes_at is not null) from claim_window where project_id = 'night-pressure' and closed_at is null`); got != "weighed true" {
		t.Error(got)
	}
	teo.get(at).lacks("main", "On trust: the first").says("main", "Skein picks by the published rule")
	teo.get("/projects/night-pressure/claim").lacks("main", "On trust").lacks("main", "to claim is to accept")
	h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "On trust before, the situation picks now, as the stakes demand")
	h.exec(`update project set state = 'draft', trust = 'open', published_at = null, proposed_by = $1, end_on = '2027-01-31' where id = 'night-pressure'`, people[asLead])
	ines.get(path.PublishProject("night-pressure")).lacks("main", "On trust")
}
