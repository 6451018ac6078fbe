package server

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"skein/web/path"
)

// teams is a house with Leaks and Billing in Network, and who may say how leads rotate where.
func teams(t *testing.T) (h *house, network, leaks, staff *browser) {
	h = newTest(t)
	up := h.circle("Network", "")
	down := h.circle("Leaks", up)
	h.circle("Billing", up)
	network = h.as(h.person("Marta Lind", steward(up)))
	leaks = h.as(h.person("Dario Venn", steward(down)))
	staff = h.as(h.person("Teo Marchi"))
	h.exec(`update person set circle_id = 'leaks' where id = 'teo-marchi'`)
	h.exec(`insert into project (id, title, circle_id, state) values ('desk', 'Night Desk', 'leaks', 'open'), ('quay', 'Quay Wall', 'leaks', 'led'), ('old', 'Old Dykes', 'leaks', 'completed')`)
	h.exec(`insert into phase (project_id) select id from project`)
	h.exec(`insert into term (project_id, person_id, state, during, live_at) values ('quay', 'teo-marchi', 'live', '[2026-04-01,)', '2026-04-01')`)
	return h, network, leaks, staff
}

// turns is how many times the log tells of a circle, and rotation what one states, as text.
func (h *house) turns() int {
	return h.count(`select count(*) from audit_event where action = 'circle.update'`)
}

func (h *house) rotation(id string) string {
	return h.text(`select coalesce(rotation::text, 'null') from circle where id = $1`, id)
}

func TestEverybodyReadsHowLeadsRotateAndWhy(t *testing.T) {
	t.Parallel()
	h, _, _, staff := teams(t)
	h.exec(`update circle set purpose = 'Find leaks early' where id = 'leaks'`)
	h.circle("Night Watch", "leaks")
	at := path.Team("leaks")
	staff.get(at).is(http.StatusOK).says("h1", "Leaks").says(".purpose", "Find leaks early.").
		says("#turns .said", "Who led before makes no difference in Leaks: nobody has set how leads rotate.").says("#turns .note", "whoever leads fewest now comes first").
		says(".opening", "Its steward is Dario Venn.").says(`.opening a[href="/people?circle=leaks"]`, "One person").says("#leads", "Nobody leads it yet.").says("#leads", "Teo Marchi leads it.").
		has(2, "#leads .row").has(1, `#within a[href="/teams/night-watch"]`).has(1, `.opening a[href="/teams/network"]`).has(0, "#turns form")
	staff.get(path.Team("night-watch")).says(".opening", "Dario Venn, steward of Leaks, looks after it.")
	h.exec(`update circle set rotation = .6 where id = 'network'`)
	staff.get(at).says("#turns .said", "Leads in Leaks take turns, as in Network, the team above.").
		says("#turns .note", "comes later for a while; half of that is gone after twelve months. It never changes how well anybody fits, nor who may claim.")
	staff.get(path.Team("night-watch")).says("#turns .said", "as in Network, further up.")
	h.exec(`update circle set rotation = -.6 where id = 'leaks'`)
	staff.get(at).says("#turns .said", "Leads in Leaks stay with those who know the area: it is set for this team.").
		says("#turns .note", "Nobody leads the same project for more than two terms running.").
		says("#turns .fine", "worked out from earlier leads: 0.6 instead of the usual 0.4")
	h.exec(`update circle set matching = false where id = 'network'`)
	h.exec(`update organisation set circle_word = 'crew'`)
	staff.get(at).says("#turns", "Nobody is compared here").says("#turns .said", "for this crew.")
	staff.get(path.Team("nowhere")).is(http.StatusNotFound)
	staff.maxRoundTrips(4, at)
	staff.get(path.Project("desk")).has(1, `.opening a[href="/teams/leaks"]`)
	staff.get(path.Person("teo-marchi")).has(1, `.opening a[href="/teams/leaks"]`)
	h.breaks("term")
	staff.get(at).is(http.StatusInternalServerError).silent("SQLSTATE")
}

func TestStewardsAndAdministratorsSayHowLeadsRotate(t *testing.T) {
	t.Parallel()
	h, network, leaks, staff := teams(t)
	owen := h.as(h.person("Owen Pell", administrator))
	judith := h.as(h.person("Judith Orme", executive))
	change, at := path.TurnTeam("leaks"), path.Team("leaks")+"#turns"
	for _, b := range []*browser{staff, judith} {
		b.post(change, "turns", "turns").is(http.StatusForbidden).says("main", "How leads rotate in Leaks is chosen by its stewards")
	}
	leaks.post(path.TurnTeam("network"), "turns", "turns").is(http.StatusForbidden)
	leaks.get(path.Team("network")).is(http.StatusOK).has(0, "#turns form")
	if h.turns() != 0 || h.rotation("leaks") != "null" {
		t.Fatal("somebody who may not chose")
	}
	leaks.get(path.Team("leaks")).has(4, "#turns input[type=radio]").has(1, "#turns input[value=above][checked]")
	leaks.post(change, "turns", "turns").goesTo(at)
	leaks.get(path.Team("leaks")).says("[role=status]", "Saved. It holds for what opens for claims from now on.").
		says("#turns .said", "Leads in Leaks take turns: it is set for this team.").has(1, "#turns input[value=turns][checked]")
	leaks.get(path.Team("leaks")).says("#turns .fine", "It holds for what opens for claims from now on.")
	network.post(change, "turns", "stay").goesTo(at)
	owen.post(change, "turns", "above").goesTo(at)
	owen.post(path.TurnTeam("network"), "turns", "none").goesTo(path.Team("network") + "#turns")
	if h.turns() != 4 || h.rotation("leaks") != "null" || h.rotation("network") != "0" || h.rotation("billing") != "null" {
		t.Fatalf("%d rows in the log, %s %s", h.turns(), h.rotation("leaks"), h.rotation("network"))
	}
	log := owen.get(path.AdminAudit).is(http.StatusOK)
	for _, says := range []string{
		"Dario Venn changed how leads rotate in Leaks.Take turns; before: not set here.",
		"Marta Lind changed how leads rotate in Leaks.Stay with those who know the area; before: take turns.",
		"Owen Pell changed how leads rotate in Leaks.Not set here; before: stay with those who know the area",
		"Owen Pell changed how leads rotate in Network.No difference; before: not set here",
	} {
		log.says("main", says)
	}
	log.has(3, `a[href="/teams/leaks"]`)
}

func TestWhatIsSetAlreadyAndWhatCannotBeChangeNothing(t *testing.T) {
	t.Parallel()
	h, network, leaks, _ := teams(t)
	h.exec(`update circle set rotation = .8 where id = 'leaks'`)
	change := path.TurnTeam("leaks")
	leaks.get(path.Team("leaks")).has(1, "#turns input[value=turns][checked]").says("#turns", "0.8 instead of the usual 0.6")
	for range 2 {
		leaks.post(change, "turns", "turns").goesTo(path.Team("leaks") + "#turns")
	}
	leaks.get(path.Team("leaks")).says("[role=status]", "Nothing has changed.")
	for _, wrong := range []string{"", "0.6", "sometimes"} {
		leaks.post(change, "turns", wrong).is(http.StatusUnprocessableEntity).says("#field-turns .wrong", "Choose how leads rotate here.").
			has(1, "#turns input[value=turns][checked]")
	}
	network.get(path.Team("network")).has(4, "#turns input[type=radio]").has(1, "#turns input[value=above][checked]")
	network.post(path.TurnTeam("network"), "turns", "above").goesTo(path.Team("network") + "#turns")
	network.post(path.TurnTeam("nowhere"), "turns", "turns").is(http.StatusNotFound)
	h.as("teo-marchi").post(path.TurnTeam("nowhere"), "turns", "turns").is(http.StatusNotFound)
	if h.turns() != 0 || h.rotation("leaks") != "0.8" || h.rotation("network") != "null" {
		t.Fatalf("%d rows in the log, %s %s", h.turns(), h.rotation("leaks"), h.rotation("network"))
	}
	leaks.send(http.MethodPost, change, strings.NewReader("turns=none"), http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"cross-site"},
	}).is(http.StatusForbidden)
	h.breaks("audit_event")
	leaks.post(change, "turns", "none").is(http.StatusInternalServerError).silent("audit_event")
	if h.rotation("leaks") != "0.8" {
		t.Error("it was changed without a row in the log")
	}
}

func TestManyChooseTheSameAtOnceAndTheLogTellsOnce(t *testing.T) {
	t.Parallel()
	h, network, leaks, _ := teams(t)
	var all sync.WaitGroup
	for _, b := range []*browser{network, leaks, network, leaks, network, leaks} {
		again := *b
		again.cookies = maps.Clone(b.cookies)
		all.Go(func() {
			if a := again.post(path.TurnTeam("leaks"), "turns", "stay"); a.Response.StatusCode != http.StatusSeeOther {
				t.Errorf("%d", a.Response.StatusCode)
			}
		})
	}
	all.Wait()
	if h.turns() != 1 || h.rotation("leaks") != "-0.4" {
		t.Errorf("%d rows in the log, %s", h.turns(), h.rotation("leaks"))
	}
}

func TestAChosenRotationShowsAtOnceOnEveryServer(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.person("Marta Lind", steward("leaks"))
	h.exec(`update project set circle_id = 'leaks' where id = 'night'`)
	here, there := h.following(), h.following()
	page := path.Project("night")
	before := ines.at(there).get(page).is(http.StatusOK).said("main")
	if strings.Contains(before, "take turns") {
		t.Fatal("leads take turns already")
	}
	h.as("marta-lind").at(here).post(path.TurnTeam("leaks"), "turns", "turns").is(http.StatusSeeOther)
	for _, one := range []*house{there, here, h} {
		ines.at(one).get(page).says("main", "take turns")
	}
	h.as("marta-lind").at(there).post(path.TurnTeam("leaks"), "turns", "none").is(http.StatusSeeOther)
	for _, one := range []*house{here, there} {
		if said := ines.at(one).get(page).said("main"); strings.Contains(said, "take turns") {
			t.Errorf("leads take turns still: %s", said)
		}
	}
}
