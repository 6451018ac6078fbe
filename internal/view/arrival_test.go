package view

import (
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

func TestEachKindArrivesInItsOwnWords(t *testing.T) {
	t.Parallel()
	for _, kind := range skein.NeedKinds {
		if a := arrivals[kind]; a.arrived == "" || a.missing == "" || a.isHere == "" || a.isMissing == "" {
			t.Errorf("%s: %+v", kind, a)
		}
	}
	coach := leaddb.NeedShown{
		Need: skein.Need{Kind: skein.NeedCoach, Claim: "c", GrantedBy: "sunita", Arrival: skein.Arrived}, AskedOfName: "Sunita Rao", GrantedByName: "Sunita Rao",
	}
	v := ines()
	_, says := needSays(coach, "£", v.Clock(), "")
	say(t, says, "Sunita said yes. Sunita has started coaching.")
	coach.Arrival, coach.Claim = skein.Missing, ""
	strong, says := needSays(coach, "£", v.Clock(), "")
	say(t, strong+" "+says, "Coaching has not started. Sunita said yes.")
}
