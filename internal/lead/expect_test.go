package lead_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// must runs a verb that is allowed.
func (w *world) must(p skein.PersonID, do verb) {
	if err := w.do(p, do); err != nil {
		w.fail("%s: %v", p, err)
	}
}

// refused runs a verb that is not, and sees that it says so in the way that is expected of it.
func (w *world) refused(t *testing.T, want string, p skein.PersonID, do verb) {
	t.Helper()
	if got := sort(w.do(p, do)); got != want {
		t.Errorf("%s: %s, want %s", p, got, want)
	}
	w.saw(t, "", "")
}

// sort is what sort of error it is; of what was typed wrong, at which fields.
func sort(err error) string {
	var invalid skein.Invalid
	switch {
	case err == nil:
		return "fine"
	case errors.As(err, &invalid):
		var fields []string
		for _, f := range invalid {
			fields = append(fields, f.Field)
		}
		return "invalid " + strings.Join(fields, " ")
	case errors.As(err, new(skein.Conflict)):
		return "conflict"
	case errors.As(err, new(skein.Refused)):
		return "refused"
	case errors.Is(err, skein.ErrNotFound):
		return "not found"
	}
	return "a fault: " + err.Error()
}

// saw compares what was noted and told since it was last looked at: events in their order, notices by
// whom they go to.
func (w *world) saw(t *testing.T, events, notices string) {
	t.Helper()
	var noted, told []string
	for _, e := range w.events {
		if !w.asksHow && e.Noun == "outcome" {
			continue
		}
		noted = append(noted, e.Action)
	}
	for _, n := range w.notices {
		if !w.asksHow && n.Kind == skein.NoticeOutcome {
			continue
		}
		told = append(told, w.words(n))
	}
	slices.Sort(told)
	if got := strings.Join(noted, ", "); got != events {
		t.Errorf("noted %q\n want %q", got, events)
	}
	if got := strings.Join(told, ", "); got != notices {
		t.Errorf("told %q\nwant %q", got, notices)
	}
	w.forget()
}

func (w *world) forget() { w.events, w.notices = nil, nil }

// words says a notice: "kim notchosen/equal of noor by 48h0m0s".
func (w *world) words(n skein.Notice) string {
	says := string(n.To) + " " + string(n.Kind)
	if n.Code != "" {
		says += "/" + string(n.Code)
	}
	if n.Who != "" {
		says += " of " + string(n.Who)
	}
	if !n.By.IsZero() {
		says += fmt.Sprintf(" by %vh", n.By.Sub(w.now).Hours())
	}
	return says
}

// stands compares where the project, its window and everybody's latest claim stand.
func (w *world) stands(t *testing.T, want string) {
	t.Helper()
	latest := map[skein.PersonID]lead.Claim{}
	for _, c := range w.claims {
		latest[c.Person] = c
	}
	var claims []string
	for p, c := range latest {
		claims = append(claims, string(p)+" "+string(c.State))
	}
	slices.Sort(claims)
	got := string(w.project.State) + " " + string(w.present("").State) + ": " + strings.Join(claims, ", ")
	if got != want {
		t.Errorf("it stands %q\n     want %q", got, want)
	}
}

// pass lets time go by, and the clock act.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	if err := w.tick(); err != nil {
		w.fail("the clock: %v", err)
	}
}

// tick makes every move that is due, as the store does: a clock after the other, each row once.
func (w *world) tick() error {
	var failed error
	for _, clock := range lead.Clocks {
		tried := map[string]bool{}
		for {
			window, act := w.nextDue(clock, tried)
			if act.Do == nil {
				break
			}
			tried[act.ID] = true
			before := w.store.clone()
			err := w.doIn(window, skeinItself, func(l *lead.Lead, by skein.By) error {
				for _, a := range lead.Due(l, by) {
					if a.Clock == clock && a.ID == act.ID {
						return a.Do(by)
					}
				}
				return nil
			})
			failed = errors.Join(failed, err)
			if w.acted != nil {
				w.acted(act, before)
			}
		}
	}
	return failed
}

// nextDue is the earliest act of a clock that was not tried, and its window.
func (w *world) nextDue(clock lead.Clock, tried map[string]bool) (window skein.WindowID, first lead.Act) {
	windows := []skein.WindowID{""}
	if clock == lead.ClockReview {
		for _, win := range w.windows {
			windows = append(windows, win.ID)
		}
	}
	by := w.by(skeinItself)
	for _, id := range windows {
		for _, a := range lead.Due(w.load(by, id), by) {
			if a.Clock == clock && !tried[a.ID] && (first.Do == nil || a.At.Before(first.At)) {
				window, first = id, a
			}
		}
	}
	return window, first
}

// claim sends the claims of some people, who read now what is compared.
func (w *world) claim(people ...skein.PersonID) {
	for _, p := range people {
		w.claimAs(p, skein.Claim{Why: "I know these pumps."})
	}
}

func (w *world) claimAs(p skein.PersonID, typed skein.Claim) {
	err := w.send(p, p, func(s *lead.Sending, by skein.By) error { return s.Send(by, typed, true, nil) })
	if err != nil {
		w.fail("%s claims: %v", p, err)
	}
}

// order says who is better placed, the best first, each in a step of their own.
func (w *world) order(people ...skein.PersonID) {
	for i, p := range people {
		f := w.found[p]
		f.place = i + 1
		w.found[p] = f
	}
}

func (w *world) claimOf(p skein.PersonID) lead.Claim {
	var latest lead.Claim
	for _, c := range w.claims {
		if c.Person == p {
			latest = c
		}
	}
	return latest
}

// termOf is somebody's last term in a role.
func (w *world) termOf(p skein.PersonID, role skein.Role) skein.Term {
	var last skein.Term
	for _, t := range w.terms {
		if t.Person == p && t.Role == role {
			last = t
		}
	}
	return last
}

// pick is the last pick.
func (w *world) pick() skein.Pick { return w.picks[len(w.picks)-1] }

// led is a world that somebody leads, who claimed alone.
func led(t *testing.T, p skein.PersonID) *world {
	t.Helper()
	w := opened(t, skein.Verified)
	w.claim(p)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(p, w.accept(p))
	w.forget()
	w.stands(t, "led taken: "+string(p)+" live")
	return w
}

// takesBack takes somebody's claim back while claims gather.
func (w *world) takesBack(t *testing.T, p skein.PersonID) {
	t.Helper()
	if err := w.send(p, p, func(s *lead.Sending, by skein.By) error { return s.Withdraw(by) }); err != nil {
		t.Fatal(err)
	}
}
