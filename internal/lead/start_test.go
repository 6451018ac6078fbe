package lead_test

import (
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// later is a world in which a file has said that noor leads from a day on: nobody is sought. In the
// other kim leads until then.
func later(t *testing.T, led bool) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	starts := skein.Day(w.now).AddDate(0, 0, 30)
	w.windows[0].State, w.windows[0].ClosedAt, w.windows[0].ToldAt = skein.WindowPicked, w.now, w.now
	w.windows[0].ClosesAt = time.Time{}
	w.terms = []skein.Term{{
		ID: "next", Project: "p", Person: noor, Role: skein.Primary, State: skein.TermAccepted, StartsOn: starts, EndsOn: starts.AddDate(0, 6, 0),
	}}
	if led {
		w.project.State = skein.HandingOver
		w.terms = append(w.terms, skein.Term{
			ID: "now", Project: "p", Person: kim, Role: skein.Primary, State: skein.TermHandingOver,
			From: skein.Day(w.now), EndsOn: starts.AddDate(0, 0, -1),
		})
	}
	leadsAlone(w)
	return w
}

// leadsAlone holds the walk's rules of one lead and one window against a world.
func leadsAlone(w *world) {
	k := &walk{world: w}
	k.oneLead()
	k.oneWindow()
}

func TestWhoIsToLeadLaterBeginsOnThatDay(t *testing.T) {
	t.Parallel()
	w := later(t, false)
	w.pass(29 * day)
	w.saw(t, "", "")
	w.stands(t, "open picked: ")
	w.pass(day)
	w.saw(t, "term.live", "ada led of noor, noor led/you")
	w.stands(t, "led taken: ")
	if got := w.terms[0]; got.State != skein.TermLive || !got.From.Equal(skein.Day(w.now)) || !got.StartsOn.IsZero() {
		t.Errorf("%+v", got)
	}
	leadsAlone(w)
}

// Whoever led until then led to the day that was said, however late the clock comes round; and nobody
// says that anything was handed over.
func TestWhoLedUntilThenHasLed(t *testing.T) {
	t.Parallel()
	w := later(t, true)
	w.pass(33 * day)
	w.saw(t, "term.end, term.live", "ada led of noor, kim led of noor, noor led/you")
	w.stands(t, "led taken: ")
	led := w.termOf(kim, skein.Primary)
	if led.State != skein.TermEnded || led.EndReason != skein.EndDue || !led.Until.Equal(skein.Day(monday).AddDate(0, 0, 29)) {
		t.Errorf("%+v", led)
	}
	leadsAlone(w)
}

func TestOfWhoLeadsOnByAFileNobodyIsAskedHowItWent(t *testing.T) {
	t.Parallel()
	w := later(t, true)
	for i := range w.terms {
		w.terms[i].Person = kim
	}
	w.pass(33 * day)
	if w.terms[0].State != skein.TermLive || len(w.outcomes.Reviews) > 0 {
		t.Errorf("%+v: %+v", w.terms, w.outcomes)
	}
}

func TestClaimsGatherWhenNobodyBeginsLater(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		led       bool
		do        func(*world)
		events    string
		notices   string
		stands    string
		remaining skein.TermState
	}{
		"they step down":          {false, func(w *world) { w.must(noor, stepDown) }, "term.decline, window.open", "", "open open: ", skein.TermDeclined},
		"beside a lead":           {true, func(w *world) { w.must(noor, stepDown) }, "term.decline, window.open", "", "handing_over open: ", skein.TermDeclined},
		"they leave":              {false, func(w *world) { w.gone[noor] = true; w.pass(0) }, "person.gone, term.lapse, window.open", "", "open open: ", skein.TermLapsed},
		"it is cancelled":         {false, func(w *world) { w.must(ada, cancel("No rain.")) }, "project.cancel, claims.void", "noor taken/over", "cancelled void: ", skein.TermVoid},
		"who leads it steps down": {true, func(w *world) { w.must(kim, stepDown) }, "term.end, term.step_down, project.reopen", "ada ended/stepped, sofie ended/stepped", "open picked: ", skein.TermAccepted},
		"something they need":     {false, func(w *world) { w.needs = []skein.Need{{ID: "boat", Project: "p", AskedOf: sofie}}; w.pass(30 * day) }, "", "sofie needs/waits", "open picked: ", skein.TermAccepted},
		"and it never is settled": {false, func(w *world) {
			w.needs = []skein.Need{{ID: "boat", Project: "p", Answer: skein.NeedNobody}}
			w.pass(30 * day)
			w.pass(14 * day)
		}, "term.lapse, window.open", "noor lapsed/needs", "open open: ", skein.TermLapsed},
		"settled before it begins": {false, func(w *world) { w.needs = []skein.Need{{ID: "boat", Project: "p"}}; w.must(noor, w.waive("boat")) }, "need.waive", "", "open picked: ", skein.TermAccepted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := later(t, c.led)
			c.do(w)
			w.saw(t, c.events, c.notices)
			w.stands(t, c.stands)
			if got := w.termOf(noor, skein.Primary).State; got != c.remaining {
				t.Errorf("theirs is %s", got)
			}
			leadsAlone(w)
		})
	}
}

func TestAPlaceBesideTheLeadBeginsOnItsDay(t *testing.T) {
	t.Parallel()
	w := later(t, false)
	w.terms = append(w.terms, skein.Term{
		ID: "beside", Project: "p", Person: mia, Role: skein.CoLead, State: skein.TermAccepted, StartsOn: skein.Day(w.now).AddDate(0, 0, 31),
	})
	w.pass(30 * day)
	w.forget()
	w.pass(day)
	w.saw(t, "term.live", "mia led/beside of noor")
	w.refused(t, "not found", skeinItself, func(l *lead.Lead, by skein.By) error { return l.Start(by, "nothing") })
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.Start(by, "beside") })
	w.saw(t, "", "")
}

// Who comes to lead leaves the place beside the lead: nobody leads beside themself.
func TestWhoLeadsLeavesThePlaceBesideTheLead(t *testing.T) {
	t.Parallel()
	w := later(t, false)
	w.terms = append(w.terms,
		skein.Term{ID: "co", Project: "p", Person: noor, Role: skein.CoLead, State: skein.TermLive, From: skein.Day(w.now)},
		skein.Term{ID: "shadow", Project: "p", Person: noor, Role: skein.Shadow, State: skein.TermLive, From: skein.Day(w.now)},
		skein.Term{ID: "other", Project: "p", Person: kim, Role: skein.CoLead, State: skein.TermLive, From: skein.Day(w.now)})
	w.pass(30 * day)
	w.saw(t, "term.end, term.end, term.live", "ada led of noor, kim led of noor, noor led/you")
	for _, of := range []skein.Term{w.termOf(noor, skein.CoLead), w.termOf(noor, skein.Shadow)} {
		if of.State != skein.TermEnded {
			t.Errorf("%+v", of)
		}
	}
	if got := w.termOf(kim, skein.CoLead).State; got != skein.TermLive {
		t.Error(got)
	}
}
