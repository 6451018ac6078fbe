package skein_test

import (
	"errors"
	"testing"
	"time"

	"skein/internal/skein"
)

func TestATermGoesWhereItMay(t *testing.T) {
	t.Parallel()
	all := []skein.TermState{
		skein.TermAsked, skein.TermOffered, skein.TermAccepted, skein.TermLive, skein.TermHandingOver,
		skein.TermEnded, skein.TermDeclined, skein.TermLapsed, skein.TermVoid,
	}
	may := map[skein.TermState][]skein.TermState{
		skein.TermAsked:       {skein.TermLive, skein.TermDeclined, skein.TermLapsed, skein.TermVoid},
		skein.TermOffered:     {skein.TermAccepted, skein.TermAsked, skein.TermDeclined, skein.TermLapsed, skein.TermVoid},
		skein.TermAccepted:    {skein.TermLive, skein.TermDeclined, skein.TermLapsed, skein.TermVoid},
		skein.TermLive:        {skein.TermHandingOver, skein.TermEnded},
		skein.TermHandingOver: {skein.TermLive, skein.TermEnded},
		skein.TermEnded:       {skein.TermLive},
	}
	for _, from := range all {
		for _, to := range all {
			want := false
			for _, m := range may[from] {
				want = want || m == to
			}
			if got := from.MayBecome(to); got != want {
				t.Errorf("%s to %s: %v, want %v", from, to, got, want)
			}
		}
	}
}

func TestAnOfferEndsWithTheProjectOrTheGuardrail(t *testing.T) {
	t.Parallel()
	end := time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	claim := skein.Claim{ID: "c", Project: "p", Person: "ines"}
	for name, c := range map[string]struct {
		end    skein.Date
		months int
		want   skein.Date
	}{
		"the project's last day":        {end, 0, end},
		"the guardrail comes first":     {end, 3, time.Date(2026, 8, 11, 0, 0, 0, 0, time.UTC)},
		"the project comes first":       {end, 24, end},
		"no day of its own":             {skein.Date{}, 9, time.Date(2027, 2, 11, 0, 0, 0, 0, time.UTC)},
		"neither a day nor a guardrail": {skein.Date{}, 0, skein.Date{}},
	} {
		offer := skein.Offer(claim, skein.Project{EndOn: c.end}, false, c.months, clocks, today)
		if !offer.EndsOn.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, offer.EndsOn, c.want)
		}
		if offer.State != skein.TermOffered || !offer.AnswerBy.Equal(now.Add(clocks.Answer)) {
			t.Errorf("%s: %+v", name, offer)
		}
	}
	taken := skein.Offer(claim, skein.Project{}, true, 0, clocks, today)
	if taken.State != skein.TermAccepted || !taken.NeedsBy.Equal(now.Add(clocks.Needs)) {
		t.Errorf("to claim on trust is to accept: %+v", taken)
	}
}

func TestTheChosenAnswersOnce(t *testing.T) {
	t.Parallel()
	offer := skein.Term{Person: "ines", State: skein.TermOffered}
	if err := offer.Accept(skein.NewBy("hamish", now, time.UTC), clocks); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("somebody else: %v", err)
	}
	ines := skein.NewBy("ines", now, time.UTC)
	if err := offer.Accept(ines, clocks); err != nil || offer.State != skein.TermAccepted {
		t.Fatalf("accept: %v, %+v", err, offer)
	}
	if err := offer.Accept(ines, clocks); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("accepted twice: %v", err)
	}
	if err := offer.Decline(ines); err != nil || offer.State != skein.TermDeclined {
		t.Errorf("not after all, while needs are open: %v, %+v", err, offer)
	}
	for _, state := range []skein.TermState{skein.TermLapsed, skein.TermVoid, skein.TermLive, skein.TermEnded, skein.TermDeclined} {
		over := skein.Term{Person: "ines", State: state}
		if err := over.Accept(ines, clocks); !errors.As(err, new(skein.Conflict)) || err.Error() == "" {
			t.Errorf("%s: %v", state, err)
		}
	}
}

func TestALeadBeginsWhenNothingIsOpen(t *testing.T) {
	t.Parallel()
	needs := []skein.Need{{GrantedBy: "marta"}, {}}
	lead := skein.Term{State: skein.TermAccepted}
	if lead.Begin(needs, today) || lead.State != skein.TermAccepted {
		t.Fatal("began with a need open")
	}
	needs[1].WaivedBy = "ines"
	if !lead.Begin(needs, today) || lead.State != skein.TermLive || !lead.From.Equal(skein.Day(now)) {
		t.Fatalf("did not begin: %+v", lead)
	}
	offered := skein.Term{State: skein.TermOffered}
	if offered.Begin(nil, today) {
		t.Error("began before it was accepted")
	}
	if err := lead.End(today, "stepped down"); err != nil || !lead.Until.Equal(lead.From) || lead.EndReason != "stepped down" {
		t.Errorf("end on its first day: %v, %+v", err, lead)
	}
	if err := lead.End(today, "again"); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("ended twice: %v", err)
	}
}

func TestWhoStandsBesideAClaim(t *testing.T) {
	t.Parallel()
	by := func(p skein.PersonID) skein.By { return skein.NewBy(p, now, time.UTC) }
	c := skein.Claim{Person: "ines", With: "noor", Coach: "dario", State: skein.ClaimSubmitted}
	if _, err := c.Beside(by("owen"), true); !errors.Is(err, skein.ErrNotFound) {
		t.Errorf("somebody who was not asked: %v", err)
	}
	if role, err := c.Beside(by("noor"), true); err != nil || role != skein.BesideWith || c.WithAgreed.IsZero() {
		t.Errorf("with: %s, %v", role, err)
	}
	if _, err := c.Beside(by("noor"), true); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("yes twice: %v", err)
	}
	if role, err := c.Beside(by("dario"), false); err != nil || role != skein.BesideCoach || c.Coach != "" {
		t.Errorf("coach: %s, %v", role, err)
	}
	late := skein.Claim{Person: "ines", With: "noor", Coach: "dario", State: skein.ClaimAccepted}
	if _, err := late.Beside(by("noor"), true); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("with, after the close: %v", err)
	}
	if _, err := late.Beside(by("dario"), true); err != nil {
		t.Errorf("a coach may still say yes: %v", err)
	}
	lost := skein.Claim{Person: "ines", Coach: "dario", State: skein.ClaimNotChosen}
	if _, err := lost.Beside(by("dario"), true); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("a coach for nothing: %v", err)
	}
}

func TestAnInvitationIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	ines := skein.NewBy("ines", now, time.UTC)
	for _, yes := range []bool{true, false} {
		i := skein.Invite{Person: "ines", State: skein.InviteWaiting}
		if err := i.Answer(skein.NewBy("hamish", now, time.UTC), yes); !errors.Is(err, skein.ErrNotFound) {
			t.Errorf("somebody else: %v", err)
		}
		if err := i.Answer(ines, yes); err != nil || (i.State == skein.InviteAccepted) != yes {
			t.Errorf("answer %v: %v, %+v", yes, err, i)
		}
		if err := i.Answer(ines, !yes); !errors.As(err, new(skein.Conflict)) {
			t.Errorf("answered twice: %v", err)
		}
	}
}

func TestAReviewIsSettledInWords(t *testing.T) {
	t.Parallel()
	r := skein.Review{AskedOf: "owen"}
	if err := r.Settle(skein.NewBy("marta", now, time.UTC), true, "x"); !errors.As(err, new(skein.Refused)) {
		t.Errorf("somebody else: %v", err)
	}
	owen := skein.NewBy("owen", now, time.UTC)
	if err := r.Settle(owen, true, " "); !errors.As(err, new(skein.Invalid)) {
		t.Errorf("without words: %v", err)
	}
	if err := r.Settle(owen, true, "It was missing."); err != nil || !r.Upheld {
		t.Errorf("settle: %v, %+v", err, r)
	}
	if err := r.Settle(owen, false, "No."); !errors.As(err, new(skein.Conflict)) {
		t.Errorf("settled twice: %v", err)
	}
}

// The guardrail of the longest lead counts from the organisation's day on which a lead was given, also where its end is
// moved: at the edges of that day UTC has another.
func TestALeadIsGivenOnTheOrganisationsDay(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]time.Time{
		"Pacific/Auckland": time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC), "Pacific/Honolulu": time.Date(2026, 3, 2, 3, 0, 0, 0, time.UTC),
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		by := skein.NewBy("noor", at, zone)
		end := by.Day.AddDate(0, 2, 0)
		term := skein.Offer(skein.Claim{}, skein.Project{EndOn: end}, true, 6, skein.Clocks{}, by)
		later := end.AddDate(1, 0, 0)
		term.EndsWith(end, later, 6, zone)
		if want := skein.LeadEnds(by.Day, later, 6); !term.EndsOn.Equal(want) {
			t.Errorf("%s: it ends on %s, and the guardrail allows %s", name, term.EndsOn, want)
		}
	}
}
