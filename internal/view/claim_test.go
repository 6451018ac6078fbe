package view

import (
	"strings"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/page"
)

// gathering is Leak Sensors while claims gather for it, until Thursday.
func gathering() leaddb.ClaimPage {
	return leaddb.ClaimPage{
		LeadHead: leaddb.LeadHead{
			Project: "sensors", Title: "Leak Sensors", Hours: hours(4), EndOn: skein.Day(in(24 * 100)), Trust: skein.Weighed,
			Confirms: true, Matching: true, State: skein.OpenForLead, Urgency: 3, WindowHours: 168,
		},
		Window: &skein.Window{ID: "w", ClosesAt: in(72), OpenedAt: in(-24), State: skein.WindowOpen},
	}
}

func TestAGateThatFailedIsSaidByItsOwnWords(t *testing.T) {
	t.Parallel()
	a := chooser.Answer{Project: "sensors", Compared: true, Names: match.Names{Skill: func(skein.SkillID) string { return "GIS" }}}
	a.Assessment = match.Assessment{Zone: match.Stretch, Gates: []match.Gate{
		{Name: match.GateLeads, Pass: true, Why: "Holds no lead now."},
		{Name: match.GateMust, Skill: "gis", Why: "It must be there."},
		{Name: match.GateConflict, Why: "You work for a bidder."},
	}}
	missing := match.Met{Standing: match.Missing}
	missing.Skill = "gis"
	a.Assessment.Met = []match.Met{missing, {Standing: match.Shown}}
	p := gathering()
	p.Asked = []leaddb.AskedRow{{Skill: "gis", Name: "Noor"}}
	d := Claim(ines(), p, a, page.ClaimFix{Skill: "gis", Level: "9", WrongLevel: "Choose one of the answers."})
	if len(d.Bars) != 1 || d.Bars[0] != "You work for a bidder." || !d.Words || !d.Coached || !d.Autosave {
		t.Errorf("%+v", d)
	}
	if len(d.Fixes) != 1 || d.Fixes[0].Name != "GIS" || d.Fixes[0].WrongLevel == "" || strings.Join(d.Fixes[0].Asked, "") != "Noor" {
		t.Errorf("the fixes are %+v", d.Fixes)
	}
	say(t, d.Facts, "4_hours a_week until 19_August.")
	say(t, d.Until, "Claims close Thursday_09:00. Until then nobody sees how many claimed, or who, but those whom they name.")
	say(t, d.Decides, "The situation picks, by the published rule. Somebody who has no part in it checks it.")
}

func TestHowItIsDecidedGoesByTrust(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(*leaddb.LeadHead)
		want   string
	}{
		{func(h *leaddb.LeadHead) { h.Matching = false }, "Somebody who has no part in it reads what was written and decides."},
		{func(h *leaddb.LeadHead) { h.Trust = skein.Open }, "On trust: whoever is best placed leads at once, so to claim is to accept. " + uncheckedWords},
		{func(h *leaddb.LeadHead) { h.Confirms = false }, "The situation picks, by the published rule. " + uncheckedWords},
		{func(h *leaddb.LeadHead) { h.Trust = skein.Verified }, "This lead is checked: one's own word counts for nothing here. The situation picks by the published rule. Somebody who has no part in it checks it."},
	} {
		h := gathering().LeadHead
		c.change(&h)
		if got := decidesWords(h); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestWhyNobodyCanClaimNow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(*leaddb.ClaimPage)
		want   string
	}{
		{func(p *leaddb.ClaimPage) { p.State = skein.Cancelled }, "It is cancelled, so there is nothing to claim."},
		{func(p *leaddb.ClaimPage) { p.Lead, p.LeadName = "ines", "Ines" }, "It is yours, so there is nothing to claim."},
		{func(p *leaddb.ClaimPage) { p.LeadName, p.LeadState = "Noor", skein.TermLive }, "Noor leads it. Claims open again when the lead is passed on."},
		{func(*leaddb.ClaimPage) {}, "Claims have closed, and it is being decided."},
	} {
		p := gathering()
		p.Window = nil
		c.change(&p)
		say(t, Claim(ines(), p, chooser.Answer{}, page.ClaimFix{}).Closed, c.want)
	}
	p := gathering()
	p.Window.ClosesAt = in(-1)
	say(t, Claim(ines(), p, chooser.Answer{}, page.ClaimFix{}).Closed, "Claims have just closed. It is being decided.")
}

func TestAClaimThatIsSent(t *testing.T) {
	t.Parallel()
	p := gathering()
	p.Claim = &leaddb.ClaimShown{
		Claim:    skein.Claim{State: skein.ClaimSubmitted, SubmittedAt: in(-24), Why: "Because.", WithAgreed: in(-1)},
		WithName: "Noor", CoachName: "Owen Tay", Zone: skein.Ready,
	}
	p.Beside = []leaddb.BesideAsk{{Name: "Petra Lind", Coach: true}, {Name: "Petra Lind"}}
	p.Invite = &skein.Invite{AnswerBy: in(24)}
	d := Claim(ines(), p, chooser.Answer{}, page.ClaimFix{})
	say(t, d.Sent+" "+d.SentNote, "You claimed it yesterday. Claims close Thursday_09:00. Noor will lead with you. Owen Tay is asked whether to coach you.")
	say(t, d.Beside[0].Sentence, "Petra Lind would like you as a coach, should Leak Sensors be theirs.")
	say(t, d.Beside[1].Sentence, "Petra Lind would claim Leak Sensors together with you: Petra leads, you co-lead.")
	say(t, d.Invite.By, "tomorrow_09:00")
	if f := ClaimForm(ines(), p); f.Why != "Because." || f.Coach != "Owen Tay" || f.With != "Noor" || f.HasRead {
		t.Errorf("the form is %+v", f)
	}
	p.Window.ClosesAt = time.Time{}
	if d := Claim(ines(), p, chooser.Answer{}, page.ClaimFix{}); !strings.Contains(d.SentNote, "after the first.") || !strings.Contains(d.Until, "It is open until somebody takes it") {
		t.Errorf("without an end: %q, %q", d.SentNote, d.Until)
	}
}

func TestAClockInWords(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{time.Hour: "an hour", 24 * time.Hour: "a day", 72 * time.Hour: "three_days", 30 * time.Hour: "30_hours"} {
		say(t, lasting(d), want)
	}
	say(t, Claim(ines(), leaddb.ClaimPage{}, chooser.Answer{}, page.ClaimFix{}).Facts, "No hours are stated.")
}
