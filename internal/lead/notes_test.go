package lead_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

// lived is a world through which most of a life has gone: nothing of it was looked at.
func lived(t *testing.T) *world {
	t.Helper()
	t.Helper()
	w := newWorld(t)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario}}
	w.needs[0].AnswerBy = w.now.Add(60 * day)
	w.rules.LeadsAtOnce = 2
	w.publish()
	w.ready = []skein.PersonID{zoe}
	w.pass(7 * day)
	w.must(zoe, w.no())
	w.order(noor, kim, lee)
	w.claimAs(noor, skein.Claim{With: wim})
	w.answered(wim, noor, true)
	w.claim(kim, lee)
	w.pass(7 * day)
	w.must(sofie, w.confirm())
	w.must(kim, w.askReview(kim, "Why?"))
	w.must(noor, w.decline(noor))
	w.must(kim, w.accept(kim))
	w.must(dario, w.grant("boat"))
	w.must(wim, askToCoLead)
	w.must(kim, w.answerCoLead(wim, true))
	w.must(kim, handOn)
	w.must(kim, complete)
	return w
}

func TestWhatTheLogSays(t *testing.T) {
	t.Parallel()
	w := lived(t)
	var says []string
	for _, e := range w.events {
		if e.Project != "p" || e.Circle != "leaks" || e.NounID == "" {
			t.Errorf("%+v", e)
		}
		var details []string
		for k, v := range e.Details {
			switch {
			case v == string(w.claims[0].ID) || v == w.claims[0].ID:
				v = "noor's"
			case v == w.claims[1].ID:
				v = "kim's"
			}
			details = append(details, fmt.Sprintf("%s=%v", k, v))
		}
		slices.Sort(details)
		says = append(says, strings.TrimSpace(e.Noun+" "+e.Action+" "+strings.Join(details, " ")))
	}
	week := func(n int) string { return fmt.Sprint(monday.Add(7*day*1).AddDate(0, 0, 7*(n-1))) }
	want := []string{
		"project project.publish",
		"claim_window window.open closes_at=" + week(1) + " number=1",
		"claim_window window.nobody",
		"claim_window invite.send band=1 people=1",
		"claim_window invite.decline",
		"claim claim.submit coach= unscored=false with=wim",
		"claim claim.beside role=with yes=true",
		"claim claim.submit coach= unscored=false with=",
		"claim claim.submit coach= unscored=false with=",
		"claim_window window.close",
		"pick pick.make compared=3 rule=placed state=waiting",
		"pick pick.confirm claim=noor's rule=placed",
		"term term.offer accepted=false claim=noor's person=noor",
		"review review.ask claim=kim's",
		"term term.decline claim=noor's",
		"pick pick.next claim=kim's rule=placed",
		"term term.offer accepted=false claim=kim's person=kim",
		"term term.accept claim=kim's",
		"need need.grant kind=tools what=a boat",
		"term term.live person=kim",
		"project team.co",
		"project team.answer person=wim state=live",
		"project term.hand_over lead=kim",
		"claim_window window.open closes_at=" + week(3) + " number=2",
		"project project.complete reason=It is done.",
		"term term.end person=kim reason=the project is over",
		"outcome outcome.open person=kim",
		"term term.end person=wim reason=the project is over",
		"project claims.void",
	}
	if got, want := strings.Join(says, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("%s\n\nwant\n%s", got, want)
	}
}

func TestWhatANoticeIsAbout(t *testing.T) {
	t.Parallel()
	w := lived(t)
	is := func(id any) string { return fmt.Sprint(id) }
	first, pick := is(w.windows[0].ID), is(w.picks[0].ID)
	kims, noors := w.claimOf(kim), w.claimOf(noor)
	review := is(w.reviews[0].ID)
	offers := map[skein.PersonID]string{noor: is(w.terms[0].ID), kim: is(w.terms[1].ID)}
	want := []skein.Notice{
		{To: dario, Kind: "needs", Code: "asked", Need: "boat", About: "needs:p:2026-05-01T09:00:00Z"},
		{To: zoe, Kind: "invite", Of: first, About: "window:" + first},
		{To: ada, Kind: "nobody", Of: first, About: "window:" + first},
		{To: sofie, Kind: "nobody", Of: first, About: "window:" + first},
		{To: wim, Kind: "with", Code: "asked", Claim: noors.ID, Who: noor, About: "claim:" + is(noors.ID) + ":2026-03-09"},
		{To: noor, Kind: "with", Code: "yes", Claim: noors.ID, Who: wim, About: "answer:" + is(noors.ID) + ":wim:2026-03-09T09:00:00Z"},
		{To: sofie, Kind: "check", Of: pick, About: "pick:" + pick},
		{To: kim, Kind: "notchosen", Claim: kims.ID, Who: noor, About: "pick:" + pick},
		{To: lee, Kind: "notchosen", Claim: w.claimOf(lee).ID, Who: noor, About: "pick:" + pick},
		{To: noor, Kind: "offer", Claim: noors.ID, Of: offers[noor], About: "term:" + offers[noor]},
		{To: uma, Kind: "review", Of: review, About: "review:" + review},
		{To: kim, Kind: "offer", Claim: kims.ID, Of: offers[kim], About: "term:" + offers[kim]},
		{To: dario, Kind: "needs", Code: "waits", About: "term:" + offers[kim]},
		{To: kim, Kind: "needs", Code: "granted", Need: "boat", About: "granted:boat:" + strconv.FormatInt(w.needs[0].GrantedAt.Unix(), 10)},
		{To: kim, Kind: "led", Code: "you", About: "term:" + offers[kim]},
		{To: ada, Kind: "led", Who: kim, About: "led:" + offers[kim]},
		{To: kim, Kind: "team", Code: "asks", Who: wim, About: "co:" + is(w.terms[2].ID)},
		{To: wim, Kind: "led", Code: "together", About: "co:" + is(w.terms[2].ID)},
		{To: wim, Kind: "outcome", Of: is(w.outcomes.Reviews[0].ID), About: "outcome:" + is(w.outcomes.Reviews[0].ID)},
		{To: wim, Kind: "ended", Code: "over", About: "over:p:" + string(w.present("").ID)},
	}
	for i, n := range w.notices {
		if n.Project != "p" {
			t.Errorf("%+v", n)
		}
		wanted := n.Kind == "invite" || n.Kind == "check" || n.Kind == "offer" || n.Kind == "review" || n.Kind == "outcome"
		if n.By.IsZero() == wanted {
			t.Errorf("an answer is wanted by %v: %+v", n.By, n)
		}
		n.Project, n.By = "", lead.Lead{}.EndedAt
		if i >= len(want) || n != want[i] {
			t.Errorf("%d: %+v", i, n)
		}
	}
	if len(w.notices) != len(want) {
		t.Errorf("%d notices, want %d", len(w.notices), len(want))
	}
}

func TestWhatOtherNoticesAreAbout(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		life func(w *world) // of a project that noor was offered; kim is next
		want func(w *world) skein.Notice
	}{
		"a lapsed offer": {func(w *world) { w.pass(2 * day) }, func(w *world) skein.Notice {
			return skein.Notice{To: noor, Kind: "lapsed", Code: "answer", About: "term:" + string(w.terms[0].ID)}
		}},
		"who is left out by a gate": {func(w *world) {
			w.must(noor, w.decline(noor))
			w.must(kim, w.decline(kim))
			w.claim(lee)
			w.found[lee] = found{stops: "You are away."}
			w.pass(7 * day)
		}, func(w *world) skein.Notice {
			return skein.Notice{To: lee, Kind: "notchosen", Code: "stopped", Claim: w.claimOf(lee).ID, About: "window:" + string(w.windows[1].ID)}
		}},
		"a step down": {func(w *world) { w.must(noor, w.accept(noor)); w.must(noor, stepDown) }, func(w *world) skein.Notice {
			return skein.Notice{To: ada, Kind: "ended", Code: "stepped", About: "term:" + string(w.terms[0].ID) + ":" + string(w.present("").ID)}
		}},
		"who joins": {func(w *world) { w.must(noor, w.accept(noor)); w.must(zoe, join) }, func(*world) skein.Notice {
			return skein.Notice{To: noor, Kind: "team", Code: "joins", Who: zoe, About: "team:zoe:p"}
		}},
		"who shadows": {func(w *world) { w.must(noor, w.accept(noor)); w.must(zoe, shadow) }, func(w *world) skein.Notice {
			return skein.Notice{To: noor, Kind: "team", Code: "shadows", Who: zoe, About: "shadow:" + string(w.termOf(zoe, skein.Shadow).ID)}
		}},
		"a cancelling": {func(w *world) { w.must(ada, cancel("It rains.")) }, func(w *world) skein.Notice {
			return skein.Notice{To: noor, Kind: "taken", Code: "over", About: fmt.Sprintf("void:p:%s:%d", w.windows[len(w.windows)-1].ID, w.now.UnixMicro())}
		}},
		"an answered review": {func(w *world) {
			w.must(kim, w.askReview(kim, "Why?"))
			w.must(uma, answerReview(w.reviews[0].ID, "It was right."))
		}, func(w *world) skein.Notice {
			return skein.Notice{To: kim, Kind: "reviewed", Claim: w.claimOf(kim).ID, About: "review:" + string(w.reviews[0].ID)}
		}},
		"a handing over": {func(w *world) {
			w.must(noor, w.accept(noor))
			w.must(noor, handOn)
			w.claim(lee)
			w.pass(7 * day)
			w.must(sofie, w.confirm())
			w.must(lee, w.accept(lee))
			w.handsOver(noor, lee)
		}, func(w *world) skein.Notice {
			return skein.Notice{To: noor, Kind: "led", Code: "handed", About: "handed:" + string(w.terms[0].ID)}
		}},
	} {
		w := offered(t, noor, kim)
		c.life(w)
		want := c.want(w)
		want.Project = "p"
		if !slices.Contains(w.notices, want) {
			t.Errorf("%s: want %+v in %+v", name, want, w.notices)
		}
	}
}

func TestWhatNoticesOfAPickAreAbout(t *testing.T) {
	t.Parallel()
	w := picked(t, noor)
	w.must(sofie, w.giveBack("The wrong skill."))
	moved := false
	w.must(ada, editing(&moved, func(p *skein.Proposal) { p.Phase.Situation.Stakes = 5 }))
	pick, window := string(w.pick().ID), string(w.present("").ID)
	want := []skein.Notice{
		{To: noor, Kind: "returned", Project: "p", Of: pick, About: "pick:" + pick},
		{To: noor, Kind: "restarted", Project: "p", About: "window:" + window},
	}
	if !slices.Equal(w.notices, want) {
		t.Errorf("%+v", w.notices)
	}
	w = asking(t)
	w.must(noor, w.yes(true))
	taken := skein.Notice{To: kim, Kind: "taken", Code: "forward", Project: "p", About: "invite:" + string(w.present("").ID)}
	if w.notices[0] != taken {
		t.Errorf("%+v", w.notices)
	}
}
