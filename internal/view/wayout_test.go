package view

import (
	"strings"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// What is asked before somebody steps down is true of the moment: while an offer is out claims are not open, and
// nothing can be taken back; where a file says who follows, nobody was picked.
func TestSteppingDownSaysWhatHappensThen(t *testing.T) {
	t.Parallel()
	day := skein.Day(wall)
	for name, c := range map[string]struct {
		next        skein.Term
		has, hasNot string
	}{
		"offered":   {skein.Term{State: skein.TermOffered, Claim: "c"}, "Whoever was chosen to follow you has not answered yet; nobody leads it until somebody begins.", "claim"},
		"accepted":  {skein.Term{State: skein.TermAccepted, Claim: "c"}, "who accepted it, follows you.", "claim"},
		"by a file": {skein.Term{State: skein.TermAccepted, StartsOn: day.AddDate(0, 0, 20)}, "It cannot be taken back here: a file says who leads it next.", "picked"},
	} {
		v := ines()
		v.Person.ID = "ada"
		p := leaddb.ProjectPage{Window: &skein.Window{ID: "w", State: skein.WindowPicked, ToldAt: wall, ClosedAt: wall}}
		p.Project.ID, p.Project.Title, p.Project.State = "p", "Weir", skein.HandingOver
		p.Terms = []leaddb.TermRow{
			{ID: "was", Person: "ada", Name: "Ada", Role: skein.Primary, State: skein.TermHandingOver, From: day},
			{ID: "next", Person: "ben", Name: "Ben", Role: skein.Primary, State: c.next.State, Claim: c.next.Claim, StartsOn: c.next.StartsOn},
		}
		once, err := StepDown(v, p)
		if says := strings.Join(once.Says, " "); err != nil || !strings.Contains(says, c.has) || strings.Contains(says, c.hasNot) {
			t.Errorf("%s: %q, %v", name, says, err)
		}
	}
}

// Whoever leaves a team is asked no more to lead it beside its lead, and is told so before.
func TestLeavingATeamSaysWhatEndsWithIt(t *testing.T) {
	t.Parallel()
	for asked, state := range map[bool]skein.TermState{true: skein.TermOffered, false: skein.TermDeclined} {
		v := ines()
		p := leaddb.ProjectPage{Members: []leaddb.MemberRow{{ID: v.Person.ID}}}
		p.Project.ID, p.Project.Title, p.Project.State = "p", "Weir", skein.Led
		p.Terms = []leaddb.TermRow{
			{ID: "lead", Person: "ada", Name: "Ada", Role: skein.Primary, State: skein.TermLive, From: skein.Day(wall)},
			{ID: "asked", Person: v.Person.ID, Name: "Ines", Role: skein.CoLead, State: state},
		}
		once, err := LeaveTeam(v, p)
		if says := strings.Join(once.Says, " "); err != nil || strings.Contains(says, "not asked any more") != asked {
			t.Errorf("%v: %q, %v", asked, says, err)
		}
	}
}

// Whoever ends a project reads before what nobody has decided, which closes with it, and what they have drafted.
func TestWhatClosesUndecidedIsSaidBefore(t *testing.T) {
	t.Parallel()
	row := func(s skein.DecisionState) leaddb.DecisionRow {
		return leaddb.DecisionRow{Decision: skein.Decision{State: s}}
	}
	for want, rows := range map[string][]leaddb.DecisionRow{
		"": {row(skein.DecisionDecided), row(skein.DecisionClosed)},
		"One_decision that nobody has made yet closes with it, undecided.":                 {row(skein.DecisionAsking), row(skein.DecisionDecided)},
		"Two_drafts of decisions go with it: what is written there nobody reads any more.": {row(skein.DecisionDraft), row(skein.DecisionDraft)},
		"Two_decisions that nobody has made yet close with it, undecided. One_draft of a decision goes with it: what is written there nobody reads any more.": {
			row(skein.DecisionAsking), row(skein.DecisionAsking), row(skein.DecisionDraft),
		},
	} {
		say(t, UndecidedFor(leaddb.ProjectPage{Decisions: rows}), want)
	}
}
