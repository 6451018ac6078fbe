package view

import (
	"strings"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// The timeline says said back only where it was, and knows who rose from the team and dropped back into it.
func TestOnlyWhatWasSaidBackIsSaidToBe(t *testing.T) {
	t.Parallel()
	x := laterView(false, "ines")
	day := skein.Day(wall)
	x.p.Project.State = skein.Led
	x.p.Terms = []leaddb.TermRow{
		{Name: "Ada", Role: skein.Primary, State: skein.TermEnded, From: day.AddDate(-2, 0, 0), Until: day.AddDate(-1, 0, 0), EndReason: skein.EndHandedOver},
		{
			Name: "Ben", Role: skein.Primary, State: skein.TermEnded, From: day.AddDate(-1, 0, 0), Until: day.AddDate(0, -1, 0),
			EndReason: skein.EndHandedOver, SaidBack: true, Joined: day.AddDate(-2, 0, 0), Stays: true,
		},
	}
	f := x.terms()
	say(t, f.Terms[0].Sentence(), "Ada: May 2024 to 11_May_2025, handed over")
	say(t, f.Terms[1].Sentence(), "Ben: May 2025 to 11_April, handed over, said back")
	if !f.Terms[0].Joined.IsZero() || !f.Terms[0].Left.IsZero() {
		t.Errorf("was never in the team: %+v", f.Terms[0])
	}
	if !f.Terms[1].Joined.Equal(day.AddDate(-2, 0, 0)) || !f.Terms[1].Left.Equal(day) {
		t.Errorf("was in the team before, and is now: %+v", f.Terms[1])
	}
	say(t, x.termsHead(f), "Who led before")
}

// Until the lead has moved nobody reads the note but those who hand it on and take it over, and its stewards.
func TestWhoReadsANote(t *testing.T) {
	t.Parallel()
	note := leaddb.HandoverRow{Handover: skein.Handover{
		HandoverText: skein.HandoverText{Now: skein.NowWatch, Summary: "It holds."}, Term: "was", Next: "next", State: skein.HandoverWritten,
	}, Giver: "ada", GiverName: "Ada", Taker: "ben", TakerName: "Ben", WriterName: "Ada"}
	terms := []leaddb.TermRow{
		{ID: "was", Person: "ada", Name: "Ada", Role: skein.Primary, State: skein.TermHandingOver, From: skein.Day(wall)},
		{ID: "next", Person: "ben", Name: "Ben", Role: skein.Primary, State: skein.TermAccepted, Claim: "c"},
	}
	for me, reads := range map[skein.PersonID]map[bool]bool{"ada": {false: true, true: true}, "ben": {false: true, true: true}, "cyd": {false: false, true: true}} {
		for moved, want := range reads {
			v := ines()
			v.Person.ID = me
			p := leaddb.ProjectPage{Handover: &note}
			p.Project.ID, p.Project.Title, p.Project.State, p.Terms = "p", "Weir", skein.HandingOver, terms
			if moved {
				after := note
				after.Moved, after.State = true, skein.HandoverUnsigned
				p.Handover, p.Project.State = &after, skein.Led
				p.Terms = []leaddb.TermRow{{ID: "next", Person: "ben", Name: "Ben", Role: skein.Primary, State: skein.TermLive, From: skein.Day(wall)}}
			}
			if _, err := HandingOn(v, p, false); (err == nil) != want {
				t.Errorf("%s, moved %v: %v", me, moved, err)
			}
		}
	}
}

// A steward who was offered the lead neither writes nor reads what whoever leads next must know: it may be them.
func TestAStewardWhoWasOfferedTheLeadWritesNoNote(t *testing.T) {
	t.Parallel()
	for offered, want := range map[skein.PersonID]bool{"ines": false, "ben": true} {
		v := ines()
		v.Stewards = []skein.CircleID{"network"}
		p := leaddb.ProjectPage{}
		p.Project.ID, p.Project.Title, p.Project.State, p.Project.Circle = "p", "Weir", skein.OpenForLead, "network"
		p.Terms = []leaddb.TermRow{
			{ID: "was", Person: "ada", Name: "Ada", Role: skein.Primary, State: skein.TermEnded, EndReason: skein.EndGone, From: skein.Day(wall)},
			{ID: "next", Person: offered, Name: "Ben", Role: skein.Primary, State: skein.TermOffered, Claim: "c"},
		}
		h, ok := projectView{Viewer: v, p: p, clock: v.Clock()}.handing()
		if !ok || h.writes() != want || h.reads() != want {
			t.Errorf("offered to %s: %v, writes %v, reads %v", offered, ok, h.writes(), h.reads())
		}
	}
}

// A steward who claims a lead, or is named in a claim, reads nothing of what whoever leads it notes for the next while
// claims are sealed; nobody else sees any difference.
func TestAStewardWhoClaimsReadsNoNoteMeanwhile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		claim skein.ClaimState
		named bool
		told  bool
		reads bool
	}{
		"no claim": {reads: true}, "a draft": {claim: skein.ClaimDraft}, "sent": {claim: skein.ClaimSubmitted}, "picked": {claim: skein.ClaimChosen},
		"named": {named: true}, "told": {claim: skein.ClaimNotChosen, told: true, reads: true}, "void": {claim: skein.ClaimVoid, reads: true},
	} {
		for _, left := range []bool{false, true} {
			v := ines()
			v.Stewards = []skein.CircleID{"network"}
			p := leaddb.ProjectPage{Named: c.named, Window: &skein.Window{ID: "w", State: skein.WindowOpen}}
			p.Project.ID, p.Project.Title, p.Project.State, p.Project.Circle = "p", "Weir", skein.HandingOver, "network"
			p.Terms = []leaddb.TermRow{{ID: "was", Person: "ada", Name: "Ada", Role: skein.Primary, State: skein.TermHandingOver, From: skein.Day(wall)}}
			if left {
				p.Project.State, p.Terms[0].State, p.Terms[0].EndReason = skein.OpenForLead, skein.TermEnded, skein.EndGone
			}
			p.Handover = &leaddb.HandoverRow{Handover: skein.Handover{Term: "was", State: skein.HandoverDraft}, Giver: "ada", GiverName: "Ada"}
			if c.claim != "" {
				p.Claim = &skein.Claim{State: c.claim}
			}
			if c.told {
				p.Window.ToldAt = wall
			}
			if _, err := HandingOn(v, p, false); (err == nil) != c.reads {
				t.Errorf("%s, left %v: %v", name, left, err)
			}
		}
	}
}

// What was said of a piece belongs to the piece in its place, where two of them say the same.
func TestWhatIsSaidOfEachPieceStaysWithIt(t *testing.T) {
	t.Parallel()
	said := func(field, of, says string) SaidOf { return SaidOf{Field: field, Of: of, Says: says} }
	for name, c := range map[string]struct {
		ifs   string
		typed []SaidOf
		want  string
	}{
		"as it was":            {"rain|frost", []SaidOf{said("if.0", "rain", "I stop."), said("if.1", "frost", "I ring.")}, "I stop.|I ring."},
		"two of the same":      {"rain|rain", []SaidOf{said("if.0", "rain", "I stop."), said("if.1", "rain", "I ring.")}, "I stop.|I ring."},
		"only the second":      {"rain|rain", []SaidOf{said("if.0", "rain", ""), said("if.1", "rain", "I ring.")}, "|I ring."},
		"one came before":      {"frost|rain|rain", []SaidOf{said("if.0", "rain", "I stop."), said("if.1", "rain", "I ring.")}, "|I ring.|I stop."},
		"changed places":       {"frost|rain", []SaidOf{said("if.0", "rain", "I stop."), said("if.1", "frost", "I ring.")}, "I ring.|I stop."},
		"it is there no more":  {"frost", []SaidOf{said("if.0", "rain", "I stop.")}, ""},
		"nothing is left":      {"", []SaidOf{said("if.0", "rain", "I stop.")}, ""},
		"an empty one is none": {"", []SaidOf{said("if.0", "", "I stop.")}, ""},
	} {
		var ifs []skein.HandoverIf
		for _, words := range strings.Split(c.ifs, "|") {
			if words != "" {
				ifs = append(ifs, skein.HandoverIf{If: words})
			}
		}
		if got := strings.Join(BackOf(ifs, c.typed), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
