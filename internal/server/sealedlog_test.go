package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// logBy are the rows of the log that name somebody, as an administrator without a part takes a copy of it.
func (h *house) logBy(who skein.PersonID) string {
	h.Helper()
	admin := skein.PersonID("petra-lang")
	if h.count(`select count(*) from person where id = 'petra-lang'`) == 0 {
		admin = h.person("Petra Lang", administrator)
	}
	var rows []string
	for line := range strings.Lines(h.as(admin).get(path.AdminAuditExport).is(http.StatusOK).body) {
		if strings.Contains(line, string(who)) {
			rows = append(rows, line)
		}
	}
	return strings.Join(rows, "")
}

// unnamed fails where the log names somebody.
func (h *house) unnamed(who skein.PersonID, did string) {
	h.Helper()
	if rows := h.logBy(who); rows != "" {
		h.Errorf("%s %s, which nobody else sees; the log says:\n%s", who, did, rows)
	}
}

func TestTheLogDoesNotTellWhoSaidYesToAnInvitation(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.able("Ines Calder", 4)
	h.tick(week)
	h.as(ines).post("/invites/"+h.text(`select id::text from claim_window`), "answer", "yes", "read", "yes").goesTo(resultPath)
	if h.count(`select count(*) from claim_window where told_at is not null`) > 0 {
		t.Fatal("it was told already")
	}
	if h.count(`select count(*) from audit_event where action = 'window.close' and actor_id is null`) == 0 {
		t.Fatal("it did not close")
	}
	h.unnamed(ines, "said yes")
}

func TestTheLogDoesNotTellWhoSaidNoToAnInvitation(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines, hamish := h.able("Ines Calder", 4), h.able("Hamish Orde", 3)
	h.tick(week)
	window := h.text(`select id::text from claim_window`)
	h.as(ines).post("/invites/"+window, "answer", "no").is(http.StatusSeeOther)
	h.unnamed(ines, "said no")
	h.as(hamish).post("/invites/"+window, "answer", "yes", "read", "yes").is(http.StatusSeeOther)
	h.checkAs("marta-oyelaran", "answer", "confirm").is(http.StatusSeeOther)
	h.unnamed(ines, "said no")
}

func TestTheLogDoesNotTellWhoWithdrewAlone(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.able("Ines Calder", 4)
	h.as(ines).post(claimPath, "why", "I know these mains.").goesTo(claimPath)
	h.tick(week)
	h.as(ines).post(path.WithdrawClaim("sensors")).is(http.StatusSeeOther)
	if h.count(`select count(*) from claim_window`) < 2 {
		t.Fatal("claims did not open anew")
	}
	h.unnamed(ines, "withdrew")
}

func TestTheLogDoesNotTellWhoWasPickedAndWithdrew(t *testing.T) {
	t.Parallel()
	h, ines, _ := decidedLead(t)
	h.as(ines).post(path.WithdrawClaim("sensors")).is(http.StatusSeeOther)
	h.unnamed(ines, "withdrew")
	h.unnamed("marta-oyelaran", "is asked to check it")
	h.checkAs("marta-oyelaran", "answer", "confirm").is(http.StatusSeeOther)
	h.unnamed(ines, "withdrew")
}

func TestTheLogDoesNotTellWhoAnsweredLastHowItWent(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.askedHow("asking")
	answer := path.AnswerOutcome("night-pressure", theReview)
	for _, hat := range []string{asLead, asCoLead, asExecutive} {
		h.as(people[hat]).post(answer, "result", "reached").is(http.StatusSeeOther)
		h.later(time.Hour)
	}
	h.as(people[asStaff]).post(answer, "result", "not", "again", "Ask them first.").is(http.StatusSeeOther)
	if h.count(`select count(*) from audit_event where action = 'outcome.close'`) == 0 {
		t.Fatal("it did not close")
	}
	h.unnamed(people[asStaff], "answered last")
}
