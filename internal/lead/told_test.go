package lead_test

import (
	"strings"

	"skein/internal/skein"
)

// again are the things of which somebody may be told once more: the store leaves it out.
var again = []string{
	"needs needs:", "needs term:", "review review:", "team ", "with claim:", "coach claim:", "with answer:", "coach answer:", "nobody window:",
	"ended over:", "needs gone:", "led start:", "ending moved:", "circle ", "handover ", "changed decide:", "changed again:", "changed soon:", "changed differ:", "changed keeps:",
	// These say their second, in which the walk makes many moves: a need granted, refused and granted again is told each time.
	"needs missing:", "needs granted:", "needs passed:", "needs counted:", "needs less:", "needs no:", "needs nobody:",
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
	sealed := false
	if m.by == "" { // the clock is nobody
		return
	}
	for _, e := range w.events {
		sealed = sealed || shownToDoer(e)
	}
	for _, e := range w.events {
		if (sealed || e.Action == "claim.pass_over") && !e.Ruled && !shownToDoer(e) {
			w.fail("%s: %s tells in the log who did what is sealed", m.name, e.Action)
		}
	}
}

// shownToDoer tells whether a row of the log is what somebody did that is shown to nobody but them before all are told, or
// for good: what Skein notes of the same things is not.
func shownToDoer(e skein.Event) bool {
	switch e.Action {
	case "claim.pass_over", "review.pass_on", "review.unanswered":
		return false
	case "invite.accept", "invite.decline", "pick.confirm":
		return true
	}
	return e.Noun == "claim" || e.Noun == "review" || e.Noun == "outcome_answer"
}
