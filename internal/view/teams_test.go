package view

import (
	"testing"

	circlesdb "skein/internal/postgres/circles"
)

// Of the projects that a closed circle must move with, some may be its successor's anyway.
func TestWhoMovesInTheClosedOnesPlaceIsSaid(t *testing.T) {
	t.Parallel()
	for says, anyway := range map[string][]bool{
		"It must move with one_project that belongs elsewhere. From then on Leaks does in its place.":                                        {false},
		"It must move with one_project that belongs elsewhere. Leaks moves with it in any case.":                                             {true},
		"It must move with two_projects that belong elsewhere. Leaks moves with them in any case.":                                           {true, true},
		"It must move with two_projects that belong elsewhere. From then on Leaks does in its place; with one of them it moves in any case.": {true, false},
	} {
		p := circlesdb.Plan{To: "leaks", ToName: "Leaks"}
		for _, a := range anyway {
			p.Moves = append(p.Moves, circlesdb.PlanMove{Anyway: a})
		}
		say(t, movesOnSays(ines(), p), says)
	}
}
