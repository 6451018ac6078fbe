package skein

import (
	"slices"
	"testing"
	"time"
)

// What was said back of a piece that was put right since is known as such, until whoever says it back writes it anew.
func TestWhatWasPutRightIsKnownToWhoeverSaidItBack(t *testing.T) {
	t.Parallel()
	by := By{Person: "ada", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	rain, frost := HandoverIf{"rain", "stop"}, HandoverIf{"frost", "ring"}
	note := HandoverText{Now: NowWatch, Summary: "It leaks.", Actions: []HandoverAction{{What: "Look"}}, Ifs: []HandoverIf{rain, frost}}
	for name, c := range map[string]struct {
		is   func(*HandoverText)
		anew []string
	}{
		"the state":         {func(n *HandoverText) { n.Now = NowStable }, []string{"now"}},
		"in short":          {func(n *HandoverText) { n.Summary = "It leaks at night." }, []string{"summary"}},
		"what is to do":     {func(n *HandoverText) { n.Actions = []HandoverAction{{What: "Look", Who: "Kim"}} }, []string{"actions"}},
		"one of two ifs":    {func(n *HandoverText) { n.Ifs = []HandoverIf{rain, {"frost", "wait"}} }, []string{"if.1"}},
		"an if before them": {func(n *HandoverText) { n.Ifs = []HandoverIf{{"fog", "wait"}, rain, frost} }, nil},
		"they change place": {func(n *HandoverText) { n.Ifs = []HandoverIf{{"frost", "wait"}, rain} }, []string{"if.0"}},
		"one goes":          {func(n *HandoverText) { n.Ifs = []HandoverIf{frost} }, nil},
	} {
		h := Handover{HandoverText: note, State: HandoverSaid, SaidBy: "kim", SaidAt: by.At}
		h.Said = HandoverBack{Now: "Watch it.", Summary: "A leak.", Actions: "I look.", Ifs: []string{"I stop.", "I ring."}}
		to := note
		c.is(&to)
		if done, err := h.Write(by, h.Version(), to, true); !done || err != nil || !slices.Equal(h.Said.Anew, c.anew) {
			t.Errorf("%s: %v, %v: %+v", name, done, err, h.Said)
		}
		kept := h.Said
		kept.Anew = nil
		if err := h.KeepBack(kept); err != nil || !slices.Equal(h.Said.Anew, c.anew) {
			t.Errorf("%s, kept as it was: %v: %+v", name, err, h.Said)
		}
		kept.Now, kept.Summary, kept.Actions, kept.Ifs = "Else.", "Else.", "Else.", slices.Repeat([]string{"Else."}, len(h.Ifs))
		if err := h.KeepBack(kept); err != nil || len(h.Said.Anew) > 0 {
			t.Errorf("%s, written anew: %v: %+v", name, err, h.Said)
		}
	}
}

// What was kept while it was typed and is then sent is one's own, whatever version the form still names.
func TestWhatWasKeptIsSentByWhoeverKeptIt(t *testing.T) {
	t.Parallel()
	by := By{Person: "ada", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	note := HandoverText{Now: NowWatch, Summary: "It leaks."}
	h := Handover{State: HandoverDraft}
	read := h.Version()
	if done, err := h.Write(by, read, note, false); !done || err != nil {
		t.Fatal(done, err)
	}
	if done, err := h.Write(by, read, note, true); !done || err != nil || h.State != HandoverWritten {
		t.Errorf("%v, %v: %s", done, err, h.State)
	}
	other := note
	other.Summary = "It leaks at night."
	if _, err := h.Write(by, read, other, true); err == nil {
		t.Error("somebody else's words were written over unseen")
	}
}
