package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func askStill(l *lead.Lead, by skein.By) error { return l.AskStill(by) }

func tellLastDay(l *lead.Lead, by skein.By) error { return l.TellLastDay(by) }

func TestEveryMonthItIsAskedWhetherClaimsShallStayOpen(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.pass(30*day - 1)
	w.must(skeinItself, askStill)
	w.saw(t, "", "")
	for range 3 {
		w.pass(1)
		w.saw(t, "window.ask", "ada nobody/still, sofie nobody/still")
		w.stands(t, "open open: ")
		w.must(skeinItself, askStill)
		w.pass(30*day - 1)
		w.saw(t, "", "")
	}
	w.gone[ada], w.gone[sofie] = true, true
	w.pass(1)
	w.saw(t, "window.ask", "uma nobody/still")
}

func TestWhoWasNotAskedYetIsInvitedAfterAMonth(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.ready, w.away[kim] = []skein.PersonID{noor, kim, lee}, skein.Day(w.now).AddDate(0, 0, 62)
	w.pass(30 * day)
	w.saw(t, "window.ask, invite.send", "ada nobody/still, noor invite by 48h, sofie nobody/still")
	w.stands(t, "open inviting: ")
	w.pass(2 * day)
	w.saw(t, "invite.lapse, invite.send", "lee invite by 48h")
	w.pass(2 * day)
	w.saw(t, "invite.lapse", "ada nobody, sofie nobody")
	w.pass(26 * day)
	w.saw(t, "window.ask", "ada nobody/still, sofie nobody/still")
	w.pass(30 * day) // kim is back
	w.saw(t, "window.ask, invite.send", "ada nobody/still, kim invite by 48h, sofie nobody/still")
}

// Whether somebody has claimed changes nothing of the question: it would tell.
func TestTheQuestionTellsNothingOfClaims(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.ready = []skein.PersonID{kim}
	w.pass(30*day - hour)
	w.claim(noor)
	w.forget()
	w.pass(hour)
	w.saw(t, "window.ask", "ada nobody/still, sofie nobody/still")
}

func TestWhoHandsOnIsAskedTooWhereNobodyTakesIt(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, handOn)
	w.pass(7 * day)
	w.saw(t, "term.hand_over, window.open, window.nobody", "ada nobody, sofie nobody")
	w.pass(23 * day)
	w.saw(t, "window.ask", "ada nobody/still, noor nobody/still, sofie nobody/still")
}

func TestWhoLooksAfterItHearsOnItsLastDay(t *testing.T) {
	t.Parallel()
	last := func(t *testing.T) *world {
		w := opened(t, skein.Verified)
		w.now = w.project.EndOn.Add(-1)
		w.pass(0)
		w.forget()
		return w
	}
	w := last(t)
	w.must(skeinItself, tellLastDay)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "project.last_day", "ada ending/last")
	if !w.endedAt.EndTold.Equal(w.project.EndOn) {
		t.Errorf("%v", w.endedAt.EndTold)
	}
	w.must(skeinItself, tellLastDay)
	w.saw(t, "", "")
	w.project.EndOn = w.project.EndOn.AddDate(0, 0, 3) // she moves it
	w.pass(2 * day)
	w.saw(t, "", "")
	w.pass(day)
	w.saw(t, "project.last_day", "ada ending/last")
	w = last(t)
	w.gone[ada] = true
	w.pass(1)
	w.saw(t, "project.last_day", "sofie ending/last")
	w = last(t)
	w.gone[ada], w.gone[sofie], w.gone[uma], w.gone[adam], w.execs = true, true, true, true, []skein.PersonID{eve}
	w.pass(1)
	w.saw(t, "project.last_day", "eve ending/last")
	w = last(t)
	w.now = w.now.Add(16 * day) // no server ran
	w.pass(0)
	w.forget()
	if w.project.State != skein.Cancelled {
		t.Errorf("it is %s", w.project.State)
	}
	w = led(t, noor)
	w.project.EndOn = skein.Day(w.now)
	w.pass(0)
	w.saw(t, "", "") // its lead hears of their own last day
}

func TestAReviewGoesOnToExecutivesWhoHearWhenNobodyAnswers(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.execs = []skein.PersonID{eve, adam} // and adam is an administrator
	w.order(noor, kim)
	w.claim(noor, kim)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(noor, w.accept(noor))
	w.must(kim, w.askReview(kim, "Why?"))
	w.forget()
	for _, told := range []string{"eve review by 168h", "adam review by 168h"} {
		w.pass(7 * day)
		w.saw(t, "review.pass_on", told)
	}
	w.pass(7 * day)
	w.saw(t, "review.unanswered", "adam reviewed/unheard, eve reviewed/unheard, kim reviewed/nobody")
	w.readers = nil
	w.must(noor, handOn)
	w.claim(lee)
	w.pass(7 * day) // an executive checks no pick
	w.saw(t, "term.hand_over, window.open, claim.submit, window.close, pick.make, term.offer", "lee offer by 48h")
}
