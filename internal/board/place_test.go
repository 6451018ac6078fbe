package board

import (
	"testing"

	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Whoever is offered a lead does not lead it, and of several places the one furthest in front counts.
func TestThePlaceFurthestInFrontCounts(t *testing.T) {
	t.Parallel()
	primary := func(s skein.TermState) factsdb.OwnPlace {
		return factsdb.OwnPlace{Project: "p", Role: skein.Primary, State: s}
	}
	member := factsdb.OwnPlace{Project: "p"}
	co := factsdb.OwnPlace{Project: "p", Role: skein.CoLead, State: skein.TermLive}
	asks := factsdb.OwnPlace{Project: "p", Role: skein.CoLead, State: skein.TermAsked}
	for want, places := range map[string][]factsdb.OwnPlace{
		"lead":     {primary(skein.TermHandingOver), co, member},
		"offered":  {co, member, primary(skein.TermOffered)},
		"accepted": {primary(skein.TermAccepted), co},
		"co":       {member, co},
		"member":   {member, asks},
		"":         {asks},
	} {
		for range 2 { // whatever the order
			o := &own{places: map[skein.ProjectID]string{}, placed: map[skein.ProjectID]bool{}}
			for _, p := range places {
				o.place(p)
			}
			if got := o.places["p"]; got != want {
				t.Errorf("%+v: %q, want %q", places, got, want)
			}
			last := len(places) - 1
			places[0], places[last] = places[last], places[0]
		}
	}
}
