package view

import (
	"strings"
	"testing"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// From the offer until the next begins, whoever still leads has what a lead can do, and reads who comes.
func TestWhoStillLeadsHasTheirWaysWhileSomebodyComes(t *testing.T) {
	t.Parallel()
	boat := leaddb.NeedShown{Need: skein.Need{ID: "n", Kind: skein.NeedTools, What: "a boat"}}
	for name, c := range map[string]struct {
		state skein.TermState
		needs []leaddb.NeedShown
		note  *leaddb.HandoverRow
		fine  string
		ways  string
	}{
		"offered": {
			skein.TermOffered, nil, nil,
			"Ben Moss was chosen to lead it next, and answers by tomorrow_09:00; then the next person is asked, where there is one.",
			"I am unavailable, Step down, Write what the next lead must know, Something changed",
		},
		"accepted, and something is open": {
			skein.TermAccepted,
			[]leaddb.NeedShown{boat},
			nil,
			"Ben Moss takes it on. One_thing the lead needs is still open; Ben starts when each is settled.",
			"I am unavailable, Step down, Write what the next lead must know, Something changed",
		},
		"accepted, and the note is to be written": {
			skein.TermAccepted, nil, &leaddb.HandoverRow{Handover: skein.Handover{
				Term: "was", Next: "next", State: skein.HandoverDraft, Due: wall.Add(48 * time.Hour),
			}, Taker: "ben"},
			"Ben Moss takes it on.",
			"Tell the team, I am unavailable, Step down, Something changed",
		},
	} {
		x := laterView(true, "ada")
		x.p.Terms[0].ID, x.p.Terms[0].Claim, x.p.Terms[0].State, x.p.Terms[0].StartsOn = "next", "c", c.state, skein.Date{}
		x.p.Terms[0].AnswerBy = wall.Add(24 * time.Hour)
		x.p.Terms[1].ID = "was"
		x.p.Handover = c.note
		x.p.NeedsShown = c.needs
		for _, n := range c.needs {
			x.p.Needs = append(x.p.Needs, n.Need)
		}
		panel := x.panel()
		var ways []string
		for _, b := range panel.Ways {
			ways = append(ways, b.Label)
		}
		t.Log(name)
		want := "You lead this until Ben begins, at the latest until 10_June."
		if c.state == skein.TermOffered {
			want = "You lead this until somebody has taken over, at the latest until 10_June."
		}
		say(t, panel.State, want)
		say(t, panel.Done.Label, "It is done")
		say(t, strings.Join(ways, ", "), c.ways)
		if all := strings.ReplaceAll(strings.Join(panel.Fine, " "), "\u00a0", "_"); !strings.Contains(all, c.fine) || !strings.Contains(all, "You lead it until Ben begins.") || strings.Contains(all, "Skein picks") {
			t.Error(all)
		}
		if (panel.Button.Label == "Write the note") != (c.note != nil) {
			t.Errorf("%+v", panel.Button)
		}
	}
}
