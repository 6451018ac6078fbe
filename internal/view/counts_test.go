package view

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"skein/internal/board"
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/web/page"
)

// parts adds up the counts of a sentence; what is part of another count is not counted twice.
func parts(t *testing.T, says string) (sum int) {
	t.Helper()
	for _, part := range strings.Split(strings.TrimSuffix(says, "."), ", ") {
		figure, rest, _ := strings.Cut(part, " ")
		n, err := strconv.Atoi(figure)
		if err != nil {
			t.Fatalf("%q does not begin with a count", part)
		}
		if !strings.HasPrefix(rest, "of them") {
			sum += n
		}
	}
	return sum
}

var ofAll = regexp.MustCompile(`^(\d+) of (\d+) projects? led`)

// Whatever states projects are in, the counts that the review says of them part the whole: none is
// counted twice and none is left out.
func TestTheCountsOfTheReviewAddUp(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // made-up organisations
	for range 500 {
		states := map[skein.ProjectState]int{}
		all := 0
		for _, state := range skein.ProjectStates {
			states[state] = rng.IntN(5) * rng.IntN(2)
			if state.UnderWay() {
				all += states[state]
			}
		}
		says := reviewCounts(states, rng.IntN(states[skein.OpenForLead]+1), rng.IntN(states[skein.Led]+1))
		if all == 0 {
			say(t, says, "No project is under way yet.")
			continue
		}
		found := ofAll.FindStringSubmatch(says)
		if found == nil || found[2] != strconv.Itoa(all) {
			t.Fatalf("%v: %q, want of %d", states, says, all)
		}
		if sum := parts(t, ofAll.ReplaceAllString(says, "$1 led")); sum != all {
			t.Fatalf("%v: %q adds up to %d, not %d", states, says, sum, all)
		}
		row := gameboarddb.PriorityRow{
			Projects: all, Led: states[skein.Led], Open: states[skein.OpenForLead],
			HandingOver: states[skein.HandingOver], Paused: states[skein.Paused],
		}
		shown := reviewPriorities([]gameboarddb.PriorityRow{row}, "")[0]
		if sum := parts(t, shown.Words); sum != all || len(shown.Dots.Birds()) != all {
			t.Fatalf("%+v: %q adds up to %d and %d dots, not %d", row, shown.Words, sum, len(shown.Dots.Birds()), all)
		}
	}
}

func TestThePriorityThatIsLeastCovered(t *testing.T) {
	t.Parallel()
	row := func(title string, projects, open int) gameboarddb.PriorityRow {
		return gameboarddb.PriorityRow{Priority: skein.Priority{Title: title}, Projects: projects, Open: open}
	}
	for want, rows := range map[string][]gameboarddb.PriorityRow{
		"Bills":  {row("Rivers", 0, 0), row("Leaks", 4, 1), row("Bills", 2, 2)},
		"Leaks":  {row("Leaks", 4, 1), row("Rivers", 3, 0)},
		"":       {row("Leaks", 4, 2), row("Bills", 2, 1)}, // neither stands out
		"Floods": {row("Leaks", 4, 2), row("Bills", 2, 1), row("Floods", 3, 2)},
	} {
		say(t, leastCovered(rows).Label, want)
	}
	say(t, leastCovered([]gameboarddb.PriorityRow{row("Rivers", 0, 0), row("Leaks", 3, 0)}).Label, "")
}

// Each state of a window has its own word on the board: only what takes claims is said to be open.
func TestEveryStateOfAWindowHasItsWordOnTheBoard(t *testing.T) {
	t.Parallel()
	b := boardView{Viewer: ines(), clock: ines().Clock()}
	said := map[string]skein.WindowState{}
	for _, state := range skein.WindowStates {
		for name, closes := range map[string]time.Time{"none": {}, "past": in(-2), "future": in(48)} {
			row := board.Row{}
			row.WindowState, row.OpenedAt, row.ClosesAt = state, in(-100), closes
			var lead page.BoardLead
			b.when(&lead, row)
			takes := skein.Window{State: state, ClosesAt: closes}.TakesClaims(b.Now)
			opens := lead.When == "Until taken" || lead.WhenNote == "in two\u00a0days"
			if takes != opens || lead.When == "" || lead.WhenNote == "" {
				t.Errorf("%s, close %s: %q %q, and claims are taken: %v", state, name, lead.When, lead.WhenNote, takes)
			}
			if state.Over() {
				if of, twice := said[lead.WhenNote]; twice && of != state {
					t.Errorf("%s and %s are both %q", of, state, lead.WhenNote)
				}
				said[lead.WhenNote] = state
			}
		}
	}
}
