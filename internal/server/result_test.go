package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
)

const (
	resultPath = "/projects/sensors/result"
	week       = 7 * 24 * time.Hour
)

// decidedLead is a house in which Ines and Hamish claimed and claims have closed. It returns who was
// picked and who was not.
func decidedLead(t *testing.T) (h *house, chosen, other skein.PersonID) {
	h = openLead(t)
	ines, hamish := h.able("Ines Calder", 4), h.able("Hamish Orde", 4)
	h.exec(`insert into project (id, title, state) values ('mains', 'Mains Renewal', 'completed')`)
	h.exec(`insert into term (project_id, person_id, state, during) values ('mains', $1, 'ended', '[2025-06-01,2026-02-01)')`, hamish)
	h.as(ines).post(claimPath, "why", "I know these mains.").goesTo(claimPath)
	h.as(hamish).post(claimPath, "why", "I led Mains Renewal.").goesTo(claimPath)
	h.tick(week)
	return h, ines, hamish
}

// checkAs answers the pick that waits.
func (h *house) checkAs(who skein.PersonID, fields ...string) *answer {
	h.Helper()
	return h.as(who).post("/picks/"+h.text(`select id::text from pick where state = 'waiting'`), fields...)
}

func TestAPickIsCheckedByOneWhoHasNoPart(t *testing.T) {
	t.Parallel()
	h, ines, hamish := decidedLead(t)
	for _, who := range []skein.PersonID{ines, hamish, "judith-amadi", "owen-tay"} {
		h.as(who).get(resultPath).is(http.StatusOK).says("h1", "Claims for Leak Sensors have closed").has(0, "#check").silent("Mains Renewal", "I know these")
		h.checkAs(who, "answer", "confirm").is(http.StatusForbidden)
	}
	check := h.as("marta-oyelaran").get(resultPath).is(http.StatusOK)
	check.says("#check", "Ines Calder").says("#check", "Picked. Ready.").says("#check", "In the same step. Ready.").says("#check", "I led Mains Renewal.")
	h.checkAs("marta-oyelaran", "answer", "return").is(http.StatusUnprocessableEntity).says("#check .wrong", "Say why")
	h.checkAs("marta-oyelaran", "answer", "both").is(http.StatusBadRequest)
	pick := h.text(`select id::text from pick`)
	h.checkAs("marta-oyelaran", "answer", "confirm").goesTo(resultPath)
	h.as("marta-oyelaran").post("/picks/"+pick, "answer", "confirm").is(http.StatusConflict)
}

func TestTheChosenAndTheOtherReadTheirOwnReasons(t *testing.T) {
	t.Parallel()
	h, ines, hamish := decidedLead(t)
	h.checkAs("marta-oyelaran", "answer", "confirm").goesTo(resultPath)

	mine := h.as(ines).get(resultPath).is(http.StatusOK)
	mine.says("h1", "You were chosen for Leak Sensors").says("main", "Answer by Wednesday").says("main", "Two people claimed.")
	mine.says("main", "You and one other were in the same step.").says("main", "whoever led longest ago; you have not yet held one of your own.")
	mine.says("main", "Marta Oyelaran, who had no part in it, checked it").has(1, "svg.pick").says("main", "Why you").silent("Hamish")

	his := h.as(hamish).get(resultPath).is(http.StatusOK)
	his.says("h1", "Ines Calder was chosen for Leak Sensors").says("main", "You and Ines were in the same step.")
	his.says("main", "you led Mains Renewal until").says("main", "you are asked next").says("main", "What we saw")
	his.says("#review", "Somebody who had no part in it answers by").silent("I know these mains", "Owen Tay")

	theirs := h.as("judith-amadi").get(resultPath).is(http.StatusOK)
	theirs.says("h1", "Ines Calder was chosen").says("main", "Two were in the same step.").has(0, "#review").silent("Hamish")
}

func TestAcceptingAndDeclining(t *testing.T) {
	t.Parallel()
	h, ines, hamish := decidedLead(t)
	h.checkAs("marta-oyelaran", "answer", "confirm").goesTo(resultPath)
	claim := h.text(`select id::text from claim where person_id = $1`, ines)
	h.as(hamish).post("/claims/" + claim + "/accept").is(http.StatusNotFound)
	h.as(ines).post("/claims/" + claim + "/decline").goesTo(resultPath)
	h.as(hamish).get(resultPath).says("h1", "You were chosen for Leak Sensors").says("main", "said not this time, or did not answer")
	h.as(ines).get(resultPath).says("h1", "Hamish Orde was chosen")
	his := h.text(`select id::text from claim where person_id = $1`, hamish)
	h.as(hamish).post("/claims/" + his + "/accept").goesTo(resultPath)
	h.as(hamish).post("/claims/" + his + "/accept").is(http.StatusConflict)
	h.as(hamish).get(resultPath).says("h1", "You lead Leak Sensors")
	if got := h.text(`select person_id || ' ' || state from term where project_id = 'sensors' and state = 'live'`); got != "hamish-orde live" {
		t.Fatalf("who leads: %s", got)
	}
	h.as(ines).post("/projects/sensors/step-down").is(http.StatusForbidden)
	h.as(hamish).post("/projects/sensors/step-down").goesTo("/projects/sensors")
	h.as(ines).get(claimPath).is(http.StatusOK).has(1, "form#claim")
}

func TestAReviewIsAskedAndAnswered(t *testing.T) {
	t.Parallel()
	h, _, hamish := decidedLead(t)
	claim := h.text(`select id::text from claim where person_id = $1`, hamish)
	h.as(hamish).post("/claims/"+claim+"/review", "what", "x").is(http.StatusConflict)
	h.checkAs("marta-oyelaran", "answer", "confirm").goesTo(resultPath)
	h.as("judith-amadi").post("/claims/"+claim+"/review", "what", "x").is(http.StatusNotFound)
	h.as(hamish).post("/claims/"+claim+"/review", "what", "").is(http.StatusUnprocessableEntity).says("#review .wrong", "Say what you think is wrong")
	h.as(hamish).post("/claims/"+claim+"/review", "what", "Mains Renewal is missing.").goesTo(resultPath)
	h.as(hamish).get(resultPath).says("#review", "Somebody who had no part in it answers by")
	review := h.text(`select id::text from review`)
	h.as("owen-tay").get(resultPath).says("#reviewing", "Mains Renewal is missing.")
	h.as("marta-oyelaran").post("/reviews/"+review, "upheld", "yes", "answer", "x").is(http.StatusForbidden)
	h.as("owen-tay").post("/reviews/"+review, "upheld", "yes", "answer", "").is(http.StatusUnprocessableEntity).says("#reviewing .wrong", "Say what you found")
	h.as("owen-tay").post("/reviews/"+review, "upheld", "yes", "answer", "It is there now.").goesTo(resultPath)
	h.as(hamish).get(resultPath).says("#review", "you were right to ask").says("#review", "It is there now.")
}

func TestAnInvitationIsAnsweredOnTheClaimPage(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.able("Ines Calder", 4)
	h.exec(`update person set read_how_at = null where id = $1`, ines)
	h.tick(week)
	h.as(ines).get(claimPath).says("main", "Nobody claimed it, and you are among the best placed.").has(1, "#invite-read")
	window := h.text(`select id::text from claim_window`)
	h.as("judith-amadi").post("/invites/"+window, "answer", "yes").is(http.StatusNotFound)
	h.as(ines).post("/invites/"+window, "answer", "later").is(http.StatusBadRequest)
	h.as(ines).post("/invites/"+window, "answer", "yes").is(http.StatusUnprocessableEntity).says("#invite-read-error", "Read what is compared first")
	h.as(ines).post("/invites/"+window, "answer", "yes", "read", "yes").goesTo(resultPath)
	h.checkAs("marta-oyelaran", "answer", "confirm").goesTo(resultPath)
	h.as(ines).get(resultPath).says("h1", "You lead Leak Sensors")
}

func TestAStewardReadsWhereNobodyIsCompared(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	h.exec(`update circle set matching = false`)
	ines, hamish := h.able("Ines Calder", 4), h.able("Hamish Orde", 1)
	h.as(ines).get(claimPath).is(http.StatusOK).says("#check", "Nobody is compared here.")
	h.as(ines).post(claimPath).is(http.StatusUnprocessableEntity).says("#field-why-error", "write a sentence")
	h.as(ines).post(claimPath, "why", "I can.").goesTo(claimPath)
	h.as(hamish).post(claimPath, "why", "So can I.").goesTo(claimPath)
	h.tick(week)
	h.as("marta-oyelaran").get(resultPath).is(http.StatusOK).has(2, "#check input[type=radio]").says("#check", "So can I.")
	h.checkAs("marta-oyelaran", "answer", "confirm").is(http.StatusUnprocessableEntity).says("#check", "Choose whose claim it should be.")
	his := h.text(`select id::text from claim where person_id = $1`, hamish)
	h.checkAs("marta-oyelaran", "answer", "confirm", "claim", his, "reason", "He knows the street.").goesTo(resultPath)
	h.as(ines).get(resultPath).says("h1", "Hamish Orde was chosen").says("main", "He knows the street.").has(0, "svg.pick")
}

func TestOnesOwnDataSaysNothingBeforeEverybodyIsTold(t *testing.T) {
	t.Parallel()
	h, ines, hamish := decidedLead(t)
	for _, who := range []skein.PersonID{ines, hamish} {
		data := h.as(who).get("/settings/my-data.json").is(http.StatusOK)
		data.silent(`"turn"`, `"rule"`, `"sentence"`, `"chosen"`, `"band_size"`, `"claimed": 2`, `"claimed":2`)
	}
	h.checkAs("marta-oyelaran", "answer", "confirm").goesTo(resultPath)
	if data := h.as(ines).get("/settings/my-data.json"); !strings.Contains(data.body, `"turn"`) {
		t.Error("afterwards everything that was worked out is one's own")
	}
}
