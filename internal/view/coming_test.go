package view

import (
	"strings"
	"testing"

	gameboarddb "skein/internal/postgres/gameboard"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
)

// No page calls a lead open, or says that it is being decided, that somebody is known to have accepted, whichever
// state its window is in; where nobody has and it is open, none names somebody.
func TestALeadThatSomebodyAcceptedIsCalledOpenNowhere(t *testing.T) {
	t.Parallel()
	v := ines()
	teller := homeTeller{clock: v.Clock()}
	says := func(state skein.ProjectState, window skein.WindowState, lead, coming string, on skein.Date) []string {
		line := teller.stewardedLead(v, homedb.StewardedLead{State: state, WindowState: window, LeadName: lead, ComingName: coming, ComingOn: on})
		_, onMap := mapView{Viewer: v, clock: v.Clock()}.stands(gameboarddb.MapLead{State: state, WindowState: window, Lead: lead, Coming: coming, ComingOn: on})
		return []string{
			line.Says, onMap,
			teller.in(homedb.Part{Kind: homedb.PartProposed, State: state, Who: lead, Coming: coming, ComingOn: on}).Is,
			projectStands(homedb.FoundProject{State: state, Lead: lead, Coming: coming, ComingOn: on}, v.Clock()),
			leadLine(gameboarddb.CircleLead{State: state, Lead: lead, Coming: coming, ComingOn: on}, v.Clock()).Purpose,
		}
	}
	for _, window := range append([]skein.WindowState{""}, skein.WindowStates...) {
		for _, on := range []skein.Date{{}, skein.Day(in(24 * 9))} {
			for _, one := range says(skein.OpenForLead, window, "", "Noor Basri", on) {
				if lower := strings.ToLower(one); strings.Contains(lower, "open") || strings.Contains(lower, "nobody") || strings.Contains(lower, "decided") || !strings.Contains(one, "Noor Basri") {
					t.Errorf("%s: %q", window, one)
				}
			}
		}
		for _, one := range says(skein.Led, window, "Ada Ray", "", skein.Date{}) {
			if lower := strings.ToLower(one); !strings.Contains(one, "Ada Ray") || strings.Contains(lower, "open") || strings.Contains(lower, "nobody") {
				t.Errorf("led, %s: %q", window, one)
			}
		}
	}
	for _, one := range says(skein.OpenForLead, skein.WindowOpen, "", "", skein.Date{}) {
		if lower := strings.ToLower(one); !strings.Contains(lower, "open") && !strings.Contains(lower, "nobody") {
			t.Errorf("open: %q", one)
		}
	}
	say(t, mapSum{led: 3, open: 1, coming: 2}.words(), "3 led, 1 open, 2 about to begin")
	say(t, reviewCounts(map[skein.ProjectState]int{skein.Led: 1, skein.OpenForLead: 3}, 2), "1 of 4 projects led, 1 open, 2 about to begin.")
}
