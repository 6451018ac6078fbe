package server

import (
	"net/http"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/web/path"
)

// Only of who is a steward of it at the date counts what they said. Whoever is it then is asked.
func TestWhoLosesTheHatHasNotSaidWhatBecomesOfIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at := path.Reconsider("night-pressure")
	h.reconsidering()
	h.as(people[asSteward]).post(at, "answer", "hand_on").goesTo(at)
	petra := h.person("Petra Lind")
	h.exec(`update hat set person_id = $1 where kind = 'steward' and person_id = $2`, petra, people[asSteward])
	h.tick(time.Hour)
	h.as(petra).get(path.Home).says("main", "Say what becomes of Night Pressure")
	h.as(petra).get(at).says("main", "has not yet").has(4, `input[name=answer]`)
	h.as(people[asSteward]).post(at, "answer", "keep").is(http.StatusForbidden)
	if got := h.text(`select state || steward_says from reconsideration`); got != "open" {
		t.Error(got)
	}
	h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "asked another steward what becomes of a lead")
}

// Whoever leads it beside its lead, or stands in, is not asked as its steward.
func TestNobodySaysAsAStewardWhatBecomesOfWhatTheyLead(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at := path.Reconsider("night-pressure")
	noor := h.as(people[asCoLead])
	h.exec(`insert into hat (person_id, kind, circle_id, given_at) select $1, 'steward', circle_id, now() from project where id = 'night-pressure'`, people[asCoLead])
	h.reconsidering()
	noor.get(path.Home).lacks("main", "Say what becomes of Night Pressure")
	noor.get(at).is(http.StatusOK).has(0, "main form")
	noor.get(path.Project("night-pressure")).lacks(".panel", "Say what becomes of it")
	noor.post(at, "answer", "hand_on").is(http.StatusForbidden)
	h.as(people[asSteward]).get(at).has(4, `input[name=answer]`)
	h.exec(`delete from hat where kind = 'steward' and person_id <> $1`, people[asCoLead])
	h.as(people[asLead]).get(at).says("main", "Nobody else answers, so what you say happens at once.")
	h.as(people[asLead]).post(at, "answer", "keep").goesTo(path.Project("night-pressure"))
}

// Whoever answered as its steward when it was handed on reads that they do not claim it before they write a word. Others
// read nothing of that, and claim it.
func TestTheStewardWhoHandsItOnDoesNotClaimIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	project, claim := path.Project("night-pressure"), path.ClaimProject("night-pressure")
	h.reconsidering()
	h.as(people[asSteward]).post(path.Reconsider("night-pressure"), "answer", "hand_on").goesTo(path.Reconsider("night-pressure"))
	h.tick(lead.ReconsiderTime + time.Minute)
	marta, teo := h.as(people[asSteward]), h.as(people[asStaff])
	const why = "You answered as a steward what becomes of this lead, and it was handed on."
	marta.get(project).says(".panel", why).has(0, `.panel a[href="`+claim+`"]`)
	marta.get(claim).says("main", why).has(0, `form[action="`+claim+`"]`)
	marta.post(claim, "why", "I know the pumps.", "read", "on", "key", "10000000-0000-4000-8000-000000000000").is(http.StatusForbidden).says("main", why)
	if n := h.count(`select count(*) from claim where person_id = $1`, people[asSteward]); n != 0 {
		t.Errorf("%d claims", n)
	}
	for _, p := range people {
		if p == people[asSteward] || p == "" {
			continue
		}
		for _, at := range []string{project, claim} {
			h.as(p).get(at).lacks("body", "You answered as a steward")
		}
	}
	teo.get(project).has(1, `.panel a[href="`+claim+`"]`)
	teo.get(claim).has(1, `form[action="`+claim+`"]`)
}
