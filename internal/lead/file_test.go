package lead_test

import (
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// byFile is a file that changes the stakes.
func byFile(moved *bool, stakes int) verb {
	return func(l *lead.Lead, by skein.By) (err error) {
		*moved, err = l.EditByFile(by, func(p *skein.Proposal) { p.Phase.Situation.Stakes = stakes })
		return err
	}
}

func TestAFileBeginsClaimsAgainAsAFormDoes(t *testing.T) {
	t.Parallel()
	for _, claimed := range []bool{true, false} {
		w := opened(t, skein.Verified)
		told := ""
		if claimed {
			w.claim(noor, kim)
			told = "kim restarted, noor restarted"
		}
		w.forget()
		moved := false
		w.must(skeinItself, byFile(&moved, 4))
		w.saw(t, "project.update, window.open", told)
		if !moved || w.present("").Number != 2 || w.present("").Restarts != 1 {
			t.Errorf("moved %v, %+v", moved, w.present(""))
		}
		w.must(skeinItself, byFile(&moved, 4))
		if moved || w.present("").Number != 2 {
			t.Error("the same again began them again")
		}
		w.must(skeinItself, byFile(&moved, 5))
		w.forget()
		before := w.store.clone()
		w.refused(t, "conflict", skeinItself, byFile(&moved, 1))
		w.refused(t, "conflict", ada, stakes(1))
		if diff := differs(before, w.store); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAFileLeavesAloneWhatClaimsAreDecidedBy(t *testing.T) {
	t.Parallel()
	moved := false
	w := picked(t, noor)
	w.refused(t, "conflict", skeinItself, byFile(&moved, 5))
	w.must(sofie, w.giveBack("The wrong skill."))
	w.forget()
	w.must(skeinItself, byFile(&moved, 5))
	w.saw(t, "project.update, window.open", "noor restarted")

	l := w.load(w.by(skeinItself), "")
	l.Proposal = nil
	if _, err := l.EditByFile(w.by(skeinItself), nil); err == nil {
		t.Error("changed what was not loaded")
	}
}

func TestWhyWhatClaimsAreForStandsIsSaidWhateverWasClaimed(t *testing.T) {
	t.Parallel()
	for _, state := range []skein.WindowState{skein.WindowOpen, skein.WindowInviting} {
		for restarts := range lead.MostRestarts + 2 {
			w := skein.Window{State: state, Restarts: restarts}
			why := lead.Stands(w, false)
			if (why != "") != (restarts >= lead.MostRestarts) || lead.Stands(w, true) != why {
				t.Errorf("%s, %d restarts: %q", state, restarts, why)
			}
		}
	}
	w := skein.Window{State: skein.WindowPicked, Restarts: lead.MostRestarts}
	if lead.Stands(w, false) != "" || lead.Stands(w, true) == "" {
		t.Error("after the close")
	}
}
