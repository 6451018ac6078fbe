package lead_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
)

// keeping and sending are the light way's verbs.
func keeping(typed skein.Claim) func(*lead.Sending, skein.By) error {
	return func(s *lead.Sending, by skein.By) error { return s.Keep(by, typed) }
}

func sending(typed skein.Claim, readNow bool, wrong ...skein.FieldError) func(*lead.Sending, skein.By) error {
	return func(s *lead.Sending, by skein.By) error { return s.Send(by, typed, readNow, wrong) }
}

func takingBack(s *lead.Sending, by skein.By) error { return s.Withdraw(by) }

func answering(yes bool) func(*lead.Sending, skein.By) error {
	return func(s *lead.Sending, by skein.By) error { return s.Answer(by, yes) }
}

func TestADraftTellsNobodyAnything(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	typed := skein.Claim{Why: "I know", With: wim, Coach: dario, Unscored: true}
	if err := w.send(noor, noor, keeping(typed)); err != nil {
		t.Fatal(err)
	}
	w.saw(t, "", "")
	w.stands(t, "open open: noor draft")
	c := w.claimOf(noor)
	if c.Why != "I know" || c.With != wim || c.Coach != dario || !c.Unscored || !c.ChangedAt.Equal(w.now) || !c.SubmittedAt.IsZero() {
		t.Errorf("%+v", c)
	}
	if err := w.send(noor, noor, takingBack); err != nil {
		t.Fatal(err)
	}
	w.saw(t, "", "")
	w.stands(t, "open open: noor withdrawn")
}

func TestWhatIsNotKeptAsADraft(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.gone[wim], w.gone[dario] = true, true
	for want, typed := range map[string]skein.Claim{
		"invalid why":        {Why: strings.Repeat("x", skein.MaxWhy+1)},
		"invalid with coach": {With: wim, Coach: dario},
		"invalid coach":      {With: kim, Coach: dario},
		"fine":               {With: kim, Why: strings.Repeat("ü", skein.MaxWhy)},
	} {
		if got := sort(w.send(noor, noor, keeping(typed))); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	w.claim(noor)
	if got := sort(w.send(noor, noor, keeping(skein.Claim{}))); got != "conflict" {
		t.Errorf("a sent claim was kept as a draft: %s", got)
	}
	w.now = w.now.Add(7 * day)
	if got := sort(w.send(kim, kim, keeping(skein.Claim{}))); got != "conflict" {
		t.Errorf("after the close: %s", got)
	}
}

func TestSendingAsksWhoIsNamed(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario})
	w.saw(t, "claim.submit", "dario coach/asked of noor, wim with/asked of noor")
	if c := w.claimOf(noor); !c.SubmittedAt.Equal(w.now) || c.Judged.Zone != skein.Ready {
		t.Errorf("%+v", c)
	}
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario, Why: "I know these pumps."})
	w.saw(t, "claim.change", "")
	w.claimAs(noor, skein.Claim{With: kim})
	w.saw(t, "claim.change", "kim with/asked of noor")
	if c := w.claimOf(noor); c.Coach != "" || c.Why != "" {
		t.Errorf("%+v", c)
	}
}

func TestAYesHoldsAsLongAsTheSameOneIsNamed(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario})
	w.answered(wim, noor, true)
	w.answered(dario, noor, true)
	w.saw(t, "claim.submit, claim.beside, claim.beside",
		"dario coach/asked of noor, noor coach/yes of dario, noor with/yes of wim, wim with/asked of noor")
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario, Why: "I know these pumps."})
	if c := w.claimOf(noor); c.WithAgreed.IsZero() || c.CoachAgreed.IsZero() {
		t.Errorf("%+v", c)
	}
	w.forget()
	w.claimAs(noor, skein.Claim{With: dario, Coach: wim})
	w.saw(t, "claim.change", "dario with/asked of noor, wim coach/asked of noor")
	if c := w.claimOf(noor); !c.WithAgreed.IsZero() || !c.CoachAgreed.IsZero() {
		t.Errorf("%+v", c)
	}
}

func TestWhatKeepsAClaimFromBeingSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		found   found
		typed   skein.Claim
		read    bool
		wrong   []skein.FieldError
		want    string
		gonetoo bool
	}{
		"nothing":                        {read: true, want: "fine"},
		"a page not read":                {want: "invalid read"},
		"a gate":                         {found: found{stops: "You are away."}, want: "refused"},
		"not yet":                        {found: found{zone: skein.NotYet}, read: true, want: "invalid zone"},
		"not yet, in writing":            {found: found{zone: skein.NotYet}, typed: skein.Claim{Unscored: true, Why: "x"}, read: true, want: "fine"},
		"a stretch":                      {found: found{zone: skein.Stretch}, read: true, want: "invalid coach"},
		"a stretch with a coach":         {found: found{zone: skein.Stretch}, typed: skein.Claim{Coach: dario}, read: true, want: "fine"},
		"no score and no word":           {typed: skein.Claim{Unscored: true}, read: true, want: "invalid why"},
		"nobody compared and no word":    {found: found{written: true}, read: true, want: "invalid why"},
		"nobody compared, with a word":   {found: found{written: true}, typed: skein.Claim{Why: "x"}, read: true, want: "fine"},
		"oneself as a coach":             {typed: skein.Claim{Coach: noor}, read: true, want: "invalid coach"},
		"people who left":                {typed: skein.Claim{With: wim, Coach: dario}, read: true, gonetoo: true, want: "invalid with coach"},
		"all that is wrong, told at one": {typed: skein.Claim{With: wim}, wrong: []skein.FieldError{{Field: "coach"}}, gonetoo: true, want: "invalid coach with read"},
	} {
		w := opened(t, skein.Verified)
		w.found[noor], w.gone[wim], w.gone[dario] = c.found, c.gonetoo, c.gonetoo
		if got := sort(w.send(noor, noor, sending(c.typed, c.read, c.wrong...))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if c.want == "fine" {
			continue
		}
		w.saw(t, "", "")
		if len(w.claims) > 0 || w.read[noor] {
			t.Errorf("%s: something of it is kept", name)
		}
	}
	w := opened(t, skein.Verified)
	w.now = w.now.Add(7 * day)
	if got := sort(w.send(noor, noor, sending(skein.Claim{}, true))); got != "conflict" {
		t.Errorf("after the close: %s", got)
	}
}

func TestWhoHasReadWhatIsComparedTicksItOnce(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.read[noor] = true
	err := w.send(noor, noor, func(s *lead.Sending, by skein.By) error {
		if err := s.Send(by, skein.Claim{}, true, nil); err != nil || s.Changes.ReadHow {
			t.Errorf("%v, noted again: %v", err, s.Changes.ReadHow)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheEndOfAWindowWithoutOneFollowsFromTheClaimsThatStand(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Open)
	w.phase.Situation.Urgency = 5
	w.found[kim] = found{zone: skein.Stretch}
	ends := func(want time.Time, why string) {
		t.Helper()
		if got := w.ends(); !got.Equal(want) {
			t.Errorf("%s: it closes %v, want %v", why, got, want)
		}
		if win := w.present(""); !win.ClosesAt.IsZero() {
			t.Errorf("%s: the end is kept, and tells of a claim: %v", why, win.ClosesAt)
		}
	}
	ends(time.Time{}, "nobody has claimed")
	w.claimAs(kim, skein.Claim{Coach: dario})
	ends(w.now.Add(day), "urgent, a stretch")
	w.now = w.now.Add(hour)
	w.claim(noor)
	ready := w.now
	ends(ready.Add(hour), "urgent, ready")
	w.now = w.now.Add(hour / 2)
	w.claimAs(noor, skein.Claim{Why: "Changed."})
	ends(ready.Add(hour), "changed")
	w.claim(lee)
	ends(ready.Add(hour), "the second ready one")
	w.takesBack(t, noor)
	ends(w.now.Add(hour), "the first ready one was taken back")
	w.takesBack(t, lee)
	ends(ready.Add(-hour).Add(day), "nobody ready is left")
}

func TestAboveTrustAWindowWithoutAnEndLastsAWholeWindowAfterTheFirst(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Weighed)
	w.pass(7 * day) // nobody claimed: it is open until taken
	w.pass(60 * day)
	w.claim(noor)
	if got := w.ends(); !got.Equal(w.now.Add(7 * day)) {
		t.Errorf("it closes %v", got)
	}
}

func TestTakingBackWhileClaimsGather(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claim(noor)
	w.forget()
	if err := w.send(noor, noor, takingBack); err != nil {
		t.Fatal(err)
	}
	w.saw(t, "claim.withdraw", "")
	w.stands(t, "open open: noor withdrawn")
	w.claim(noor)
	w.saw(t, "claim.submit", "")
	w.stands(t, "open open: noor submitted")
	if len(w.claims) != 2 {
		t.Errorf("a claim of its own follows: %+v", w.claims)
	}
}

func TestWhoIsNamedAnswersWhileClaimsGather(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	w.claimAs(noor, skein.Claim{With: wim, Coach: dario})
	w.forget()
	if got := sort(w.send(zoe, noor, answering(true))); got != "not found" {
		t.Errorf("somebody who is not named: %s", got)
	}
	w.answered(wim, noor, true)
	w.saw(t, "claim.beside", "noor with/yes of wim")
	if got := sort(w.send(wim, noor, answering(true))); got != "conflict" {
		t.Errorf("yes twice: %s", got)
	}
	w.now = w.now.Add(hour)
	w.answered(wim, noor, false)
	w.answered(dario, noor, false)
	w.saw(t, "claim.beside, claim.beside", "noor coach/no of dario, noor with/no of wim")
	if c := w.claimOf(noor); c.With != "" || c.Coach != "" || !c.WithAgreed.IsZero() || !c.CoachAgreed.IsZero() {
		t.Errorf("%+v", c)
	}
}

func TestNobodyAnswersADraft(t *testing.T) {
	t.Parallel()
	w := opened(t, skein.Verified)
	if err := w.send(noor, noor, keeping(skein.Claim{With: wim, Coach: dario})); err != nil {
		t.Fatal(err)
	}
	for _, p := range []skein.PersonID{wim, dario} {
		if got := sort(w.send(p, noor, answering(true))); got != "not found" {
			t.Errorf("%s: %s", p, got)
		}
	}
}

func TestSendingReportsWhatTheStoreReports(t *testing.T) {
	t.Parallel()
	fault := errors.New("the connection is gone")
	w := opened(t, skein.Verified)
	known := func([]skein.PersonID) ([]lead.Here, error) { return nil, fault }
	whole := w.port(w.by(noor), &locks{w: w})
	unjudged, unread, unknown := whole, whole, whole
	unjudged.Judge.Claims = func(skein.Window, []skein.Claim, []skein.ClaimID) ([]skein.Judged, error) { return nil, fault }
	unread.Read = func() (bool, error) { return false, fault }
	unknown.Known = known
	for name, port := range map[string]lead.Port{"judging": unjudged, "reading": unread, "knowing": unknown} {
		s := &lead.Sending{Window: w.present(""), Claim: lead.NewClaim("c", w.present(""), w.by(noor))}
		s.Bind(port)
		if err := s.Send(w.by(noor), skein.Claim{With: wim}, true, nil); !errors.Is(err, fault) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
