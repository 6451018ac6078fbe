package lead_test

import (
	"maps"
	"slices"
	"strings"

	"skein/internal/skein"
)

// again are the things of which somebody may be told once more at one moment, in which the walk makes many moves: the
// store leaves the second out.
var again = []string{
	"needs needs:", "needs term:", "review review:", "team ", "with claim:", "coach claim:", "with answer:", "coach answer:", "nobody window:",
	"ended over:", "needs gone:", "led start:", "ending moved:", "circle ", "handover ", "changed decide:", "changed again:", "changed soon:", "changed differ:", "changed keeps:",
	"needs missing:", "needs outlived:", "needs granted:", "needs passed:", "needs counted:", "needs less:", "needs no:", "needs nobody:",
}

// onceForGood are those that the store leaves out at any later moment too, and why nobody misses anything by that. All
// else that comes again says its moment, or whoever waits for an answer would wait for somebody who was never told.
var onceForGood = map[string]string{
	"needs needs:":   "nobody touched the question: it waits as it did",
	"needs term:":    "that somebody waits for it is said once of each who accepted",
	"nobody window:": "that nobody is left to ask is said once of a window; from then on it is asked each month whether it stays open",
	"team team:":     "the lead knows who it is who comes back",
	"with claim:":    "who is named, taken off and named is told once a day",
	"coach claim:":   "so is a coach",
}

// toldRightly: nobody is told one kind about one thing twice, and nobody hears of a claim before all
// are told but its claimant, whom it names, and who checks.
func (w *walk) toldRightly(m move) {
	for n, times := range w.told {
		allowed := false
		for _, prefix := range again {
			allowed = allowed || strings.HasPrefix(string(n.kind)+" "+n.about, prefix)
		}
		if times > 1 && !allowed {
			w.fail("%s: told %d times: %+v", m.name, times, n)
		}
	}
	for n := range w.unheard {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(onceForGood)), func(prefix string) bool { return strings.HasPrefix(string(n.kind)+" "+n.about, prefix) }) {
			w.fail("%s: not told, since they were told the same before, at another moment: %+v", m.name, n)
		}
	}
	for _, n := range w.notices {
		switch n.Kind {
		case skein.NoticeOffer, skein.NoticeNotChosen:
			if !w.isTold(n.Claim) {
				w.fail("%s: told before everybody is: %+v", m.name, n)
			}
		case skein.NoticeCheck:
			if p := w.pick(); string(p.ID) != n.Of && p.AskedOf != n.To {
				w.fail("%s: somebody checks what they were not asked to: %+v", m.name, n)
			}
		default:
			if c := w.store.claim(n.Claim); m.light && n.To != c.With && n.To != c.Coach && n.To != c.Person {
				w.fail("%s: somebody hears of a sealed claim: %+v", m.name, n)
			}
		}
	}
}

func (w *walk) isTold(id skein.ClaimID) bool {
	window := w.store.claim(id).Window
	for _, win := range w.windows {
		if win.ID == window {
			return !win.ToldAt.IsZero()
		}
	}
	return false
}

// namesNobody: the log shows what somebody did that is sealed to them alone, so no other row of the same move may name them, and no
// row of another's claim may.
func (w *walk) namesNobody(m move) {
	if m.by == skeinItself {
		return // nobody did it, and its rows name nobody who did
	}
	sealed := false
	for _, e := range w.events {
		sealed = sealed || sealedAct(e)
	}
	for _, e := range w.events {
		if (sealed || e.Action == "claim.pass_over") && !e.Ruled && !sealedAct(e) {
			w.fail("%s: %s tells in the log who did what is sealed", m.name, e.Action)
		}
	}
}

// sealedAct tells whether a row of the log is what somebody did that is shown to nobody but them before all are told, or
// for good: what Skein notes of the same things is not.
func sealedAct(e skein.Event) bool {
	switch e.Action {
	case "claim.pass_over", "review.pass_on", "review.unanswered":
		return false
	case "invite.accept", "invite.decline", "pick.confirm":
		return true
	}
	return e.Noun == "claim" || e.Noun == "review" || e.Noun == "outcome_answer"
}
