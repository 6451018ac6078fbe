package lead_test

import (
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func TestAnAggregateThatIsNotWholeChangesNothing(t *testing.T) {
	t.Parallel()
	without := func(do verb) verb {
		return func(l *lead.Lead, by skein.By) error {
			l.Claims = nil
			return do(l, by)
		}
	}
	w := offered(t, noor, kim)
	w.refused(t, "not found", noor, without(w.accept(noor)))
	w.refused(t, "not found", noor, without(w.decline(noor)))
	w = picked(t, noor)
	w.refused(t, "not found", sofie, without(w.confirm()))
	w = needing(t)
	w.must(dario, w.grant("boat"))
	w.forget()
	w.refused(t, "not found", noor, without(w.waive("budget")))
	if w.termOf(noor, skein.Primary).State != skein.TermAccepted {
		t.Error("a lead began without its claim")
	}
}

func TestAMoveThatIsInNoTableIsAFault(t *testing.T) {
	t.Parallel()
	fault := func(w *world, p skein.PersonID, change func(*lead.Lead), do verb) {
		t.Helper()
		err := w.do(p, func(l *lead.Lead, by skein.By) error {
			change(l)
			return do(l, by)
		})
		if got := sort(err); !strings.HasPrefix(got, "a fault: no move from") {
			t.Error(got)
		}
		w.saw(t, "", "")
	}
	paused := func(l *lead.Lead) { l.Project.State = skein.Paused }
	fault(led(t, noor), noor, paused, stepDown)
	begins := needing(t)
	begins.must(dario, begins.grant("boat"))
	begins.forget()
	fault(begins, noor, paused, begins.waive("budget"))
	restarts := picked(t, noor)
	fault(restarts, sofie, func(l *lead.Lead) { l.Window.State = skein.WindowTaken }, restarts.giveBack("No."))
}
