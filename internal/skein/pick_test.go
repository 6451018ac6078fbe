package skein_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"skein/internal/skein"
)

func TestSilencePassesTheCheckOn(t *testing.T) {
	t.Parallel()
	p := skein.Pick{Claim: "c"}
	checkers := []skein.PersonID{"marta", "owen"}

	p.Ask(checkers, now, clocks)
	if p.State != skein.PickWaiting || p.AskedOf != "marta" || !p.AnswerBy.Equal(now.Add(clocks.Confirm)) {
		t.Fatalf("first: %+v", p)
	}
	p.Ask(checkers, p.AnswerBy, clocks)
	if p.AskedOf != "owen" || !slices.Equal(p.PassedOn, []skein.PersonID{"marta"}) {
		t.Fatalf("second: %+v", p)
	}
	if !p.MayCheck("marta") || !p.MayCheck("owen") || p.MayCheck("ines") || p.MayCheck("") {
		t.Error("whoever was asked may still answer, nobody else")
	}
	p.Ask(checkers, p.AnswerBy, clocks)
	if p.State != skein.PickUnchecked || p.AskedOf != "" || !p.AnswerBy.IsZero() {
		t.Fatalf("nobody left: %+v", p)
	}
}

func TestOnlyWhoWasAskedChecks(t *testing.T) {
	t.Parallel()
	p := skein.Pick{Claim: "c"}
	p.Ask([]skein.PersonID{"marta"}, now, clocks)

	var refused skein.Refused
	if err := p.Confirm(skein.NewBy("ines", now, time.UTC)); !errors.As(err, &refused) {
		t.Errorf("somebody else: %v", err)
	}
	if err := p.Return(skein.NewBy("marta", now, time.UTC), " "); err == nil {
		t.Error("returned without a reason")
	}
	if err := p.Confirm(skein.NewBy("marta", now, time.UTC)); err != nil || p.State != skein.PickConfirmed {
		t.Fatalf("confirm: %v, %+v", err, p)
	}
	var conflict skein.Conflict
	if err := p.Return(skein.NewBy("marta", now, time.UTC), "The wrong skill."); !errors.As(err, &conflict) {
		t.Errorf("answered twice: %v", err)
	}
}

func TestNobodyComparedNeedsAReason(t *testing.T) {
	t.Parallel()
	p := skein.Pick{}
	p.Ask([]skein.PersonID{"marta"}, now, clocks)
	by := skein.NewBy("marta", now, time.UTC)
	if err := p.Confirm(by); err == nil {
		t.Error("confirmed nobody")
	}
	if err := p.Decide(by, "c", ""); err == nil {
		t.Error("decided without a reason")
	}
	if err := p.Decide(by, "c", "She has the keys."); err != nil || p.Claim != "c" || p.State != skein.PickConfirmed {
		t.Errorf("decide: %v, %+v", err, p)
	}
}

func TestWhichPicksAreChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		trust    skein.Trust
		weighed  bool
		written  bool
		expected bool
	}{
		{skein.Open, true, false, false},
		{skein.Open, true, true, true},
		{skein.Weighed, true, false, true},
		{skein.Weighed, false, false, false},
		{skein.Weighed, false, true, true},
		{skein.Verified, false, false, true},
		{skein.Zero, false, false, true},
	} {
		if got := skein.NeedsCheck(c.trust, c.weighed, c.written); got != c.expected {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestClaimIsSentOnlyWhenItMay(t *testing.T) {
	t.Parallel()
	w := skein.OpenWindow(skein.Project{Trust: skein.Weighed}, skein.Phase{}, clocks, now)
	ready := skein.Entry{ReadHow: true, Judged: skein.Judged{Zone: skein.Ready}}
	for name, c := range map[string]struct {
		claim skein.Claim
		entry skein.Entry
		field string
	}{
		"ready":               {skein.Claim{}, ready, ""},
		"has not read":        {skein.Claim{}, skein.Entry{Judged: ready.Judged}, "read"},
		"stretch alone":       {skein.Claim{}, skein.Entry{ReadHow: true, Judged: skein.Judged{Zone: skein.Stretch}}, "coach"},
		"stretch with coach":  {skein.Claim{Coach: "d"}, skein.Entry{ReadHow: true, Judged: skein.Judged{Zone: skein.Stretch}}, ""},
		"not yet":             {skein.Claim{}, skein.Entry{ReadHow: true, Judged: skein.Judged{Zone: skein.NotYet}}, "zone"},
		"not yet, no score":   {skein.Claim{Unscored: true, Why: "x"}, skein.Entry{ReadHow: true, Judged: skein.Judged{Zone: skein.NotYet}}, ""},
		"no score, no words":  {skein.Claim{Unscored: true}, ready, "why"},
		"written, no words":   {skein.Claim{}, skein.Entry{ReadHow: true, Written: true}, "why"},
		"coached by oneself":  {skein.Claim{Person: "i", Coach: "i"}, ready, "coach"},
		"together with self":  {skein.Claim{Person: "i", With: "i"}, ready, "with"},
		"written, with words": {skein.Claim{Why: "x"}, skein.Entry{ReadHow: true, Written: true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.claim.State = skein.ClaimDraft
			err := c.claim.Submit(w, c.entry, now)
			var bad skein.Invalid
			switch {
			case c.field == "" && (err != nil || c.claim.State != skein.ClaimSubmitted):
				t.Errorf("refused: %v", err)
			case c.field != "" && (!errors.As(err, &bad) || bad.On(c.field) == ""):
				t.Errorf("want a sentence at %s, got %v", c.field, err)
			}
		})
	}
	closed := skein.Claim{State: skein.ClaimDraft}
	if err := closed.Submit(w, ready, w.ClosesAt); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("after the close: %v", err)
	}
	stopped := skein.Claim{State: skein.ClaimDraft}
	err := stopped.Submit(w, skein.Entry{ReadHow: true, Judged: skein.Judged{Stops: "You hold two leads."}}, now)
	if !errors.As(err, new(skein.Refused)) {
		t.Errorf("through a gate: %v", err)
	}
}
