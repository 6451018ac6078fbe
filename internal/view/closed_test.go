package view

import (
	"strings"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// Why nobody can claim is true in each state of whoever has the lead or comes to it.
func TestWhyNobodyCanClaimIsSaidAsItIs(t *testing.T) {
	t.Parallel()
	v := ines()
	for want, h := range map[string]leaddb.LeadHead{
		"Claims have closed, and it is being decided.":                           {State: skein.OpenForLead},
		"Noor Basri was chosen for it, and has not answered yet.":                {State: skein.OpenForLead, Lead: "noor", LeadName: "Noor Basri", LeadState: skein.TermOffered},
		"Noor Basri was chosen, and begins when what the lead needs is settled.": {State: skein.OpenForLead, Lead: "noor", LeadName: "Noor Basri", LeadState: skein.TermAccepted},
		"Noor Basri leads it from 20_May, so there is nothing to claim.":         {State: skein.OpenForLead, Lead: "noor", LeadName: "Noor Basri", LeadState: skein.TermAccepted, LeadStarts: skein.Day(in(24 * 9))},
		"Noor Basri leads it. Claims open again when the lead is passed on.":     {State: skein.Led, Lead: "noor", LeadName: "Noor Basri", LeadState: skein.TermLive},
		"You were chosen for it. Say yes, or not this time.":                     {State: skein.OpenForLead, Lead: v.Person.ID, LeadName: "Ines Calder", LeadState: skein.TermOffered},
		"It is yours, so there is nothing to claim.":                             {State: skein.Led, Lead: v.Person.ID, LeadName: "Ines Calder", LeadState: skein.TermLive},
		"It is cancelled, so there is nothing to claim.":                         {State: skein.Cancelled},
	} {
		say(t, closedWords(v, leaddb.ClaimPage{LeadHead: h}), want)
	}
}

func TestOfADecisionThatIsNotKeptNoPageSaysThatItIsLookedAt(t *testing.T) {
	t.Parallel()
	for _, state := range []skein.TermState{"", skein.TermLive} {
		p := leaddb.ResultPage{
			LeadHead: leaddb.LeadHead{Title: "Leak Sensors", State: skein.Led, LeadState: state, LeadName: map[bool]string{true: "Noor Basri"}[state != ""]},
			Window:   &skein.Window{State: skein.WindowTaken, ToldAt: in(-48), ClosedAt: in(-72), Claimed: 1},
		}
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(d.Title+d.Says, "have closed") || strings.Contains(d.Says, "looks at") || !strings.Contains(d.Says, "One\u00a0person claimed it.") {
			t.Errorf("%s. %s", d.Title, d.Says)
		}
	}
}
