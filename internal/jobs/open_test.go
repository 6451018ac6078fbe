package jobs_test

import (
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

const toldCode = `select count(*) from notice where person_id = $1 and kind = $2 and code = $3`

func TestWhatNobodyTakesIsAskedAboutUntilItsLastDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into person (id, name) values ('vera', 'Vera Okafor')`)
	h.exec(`insert into hat (person_id, kind, given_at) values ('vera', 'executive', now())`)
	h.exec(`update project set end_on = $1::date + 70`, h.by("").Day)
	h.window(week)
	h.later(week)
	h.is("open", `select state from claim_window`)
	h.later(23*24*time.Hour - time.Minute)
	h.is("0", toldCode, "judith", "nobody", "still")
	h.later(time.Minute)
	h.later(time.Minute)
	h.is("1", toldCode, "judith", "nobody", "still")
	h.is("1", toldCode, "marta", "nobody", "still")
	h.is("true", `select asked_at = $1 from claim_window`, h.now.Add(-time.Minute))
	h.exec(`update person set deactivated_at = now() where id = 'judith'`)
	h.later(30 * 24 * time.Hour)
	h.is("1", toldCode, "judith", "nobody", "still")
	h.is("2", toldCode, "marta", "nobody", "still")

	h.exec(`update person set deactivated_at = now() where id in ('marta', 'owen')`)
	for range 2 {
		h.later(9 * 24 * time.Hour)
	}
	h.is("1", toldCode, "vera", "ending", "last") // no steward is left
	h.is("true", `select end_told = end_on from project`)
	h.is("open", `select state from project`)
	h.later(7 * 24 * time.Hour)
	h.is("cancelled", `select state from project`)
	h.is("1", `select count(*) from audit_event where action = 'project.last_day'`)
	h.is("2", `select count(*) from audit_event where action = 'window.ask'`)
}

func TestAnUnansweredReviewIsToldToExecutives(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into person (id, name) values ('vera', 'Vera Okafor')`)
	h.exec(`insert into hat (person_id, kind, given_at) values ('vera', 'executive', now())`)
	ines, noor := h.person("ines", 5), h.person("noor", 3)
	h.window(week)
	h.must(h.claim(ines))
	h.must(h.claim(noor))
	h.later(week)
	h.must(h.answer("marta", lead.PickAnswer{}))
	h.must(h.accept(ines))
	h.must(h.does(noor, func(l *lead.Lead) error { return l.AskReview(h.by(noor), h.claimOf(noor), "Why?") }))
	for _, asked := range []string{"owen", "vera", "adela"} {
		h.is(asked, `select asked_of from review`)
		h.later(skein.ReviewTime)
	}
	h.is("true", `select asked_of is null and answered_at is not null from review`)
	h.is("1", toldCode, "noor", "reviewed", "nobody")
	h.is("1", toldCode, "vera", "reviewed", "unheard")
	h.is("0", toldCode, "adela", "reviewed", "unheard")
}
