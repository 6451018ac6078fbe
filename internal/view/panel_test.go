package view

import (
	"strings"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
)

// wall is the time on the wall in tests: a Monday.
var wall = time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)

// stands is a viewer's view of a project where they meet some requirements.
func stands(met ...match.Met) projectView {
	var x projectView
	x.Now = wall
	x.clock = words.Clock{Now: wall, Zone: wall.Location()}
	x.answer = chooser.Answer{Compared: true, Assessment: match.Assessment{Zone: match.Ready, Met: met}}
	x.answer.Names = match.Names{Skill: func(id skein.SkillID) string { return string(id) }, Source: func(from string) string { return from }}
	x.answer.Query.Policy, x.answer.Query.Trust, x.answer.Query.People = match.DefaultPolicy(), skein.Weighed, 407
	return x
}

func asksFor(skill skein.SkillID, holders int) match.Met {
	return match.Met{Requirement: match.Requirement{
		Requirement: skein.Requirement{Skill: skill, Level: 3}, Counts: 3, Holders: holders, Rarity: match.Rarity(407, holders), Weight: 3, HalfLife: 180,
	}}
}

func TestALevelBelowWhatIsAskedIsNeverShownAsEqualToIt(t *testing.T) {
	t.Parallel()
	for level, want := range map[float64]string{2.97: "2.9", 3: "3.0", 2.9: "2.9", 2.999999: "2.9", 4.1: "4.1", 0: "0.0"} {
		if got := levelWords(level); got != want {
			t.Errorf("level %v is shown as %s, want %s", level, got, want)
		}
	}
	m := asksFor("docs", 87)
	m.LevelShown, m.Capability, m.Strength, m.Witnesses = 2.97, 2.96, 1, []match.Witness{{Kind: skein.Outcome, Level: 3}}
	if how := strings.Join(stands(m).partHow(m), " "); !strings.Contains(how, "say level 2.9,") || !strings.Contains(how, "as level 2.9 of the 3 asked") {
		t.Error(how)
	}
}

func TestOnesOwnWorkIsNotSaidToBeConfirmedByOthers(t *testing.T) {
	t.Parallel()
	shown := asksFor("docs", 87)
	shown.Standing = match.Shown
	x := stands(shown, asksFor("maps", 87))
	if got := x.zoneWhy(); got != "About half of what it asks is shown." {
		t.Error(got)
	}
	x.answer.Assessment.Zone = match.Stretch
	if got := x.zoneWhy(); got != "About half of what it asks is shown, too little to be ready." {
		t.Error(got)
	}
	must := asksFor("maps", 87)
	must.Must = true
	x = stands(shown, must)
	x.answer.Assessment.Zone = match.Stretch
	if got := x.zoneWhy(); got != "Maps must be there, and is shown only in part." {
		t.Error(got)
	}
}

func TestHowManyPeopleHaveWhatIsAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		met  []match.Met
		want string
	}{
		{[]match.Met{asksFor("docs", 87), asksFor("release team", 400)}, "Not everybody here has docs (87 of 407), so it counts more. Many here have release team (400 of 407), so it counts less."},
		{[]match.Met{asksFor("docs", 87), asksFor("maps", 3)}, "Few people here have maps (3 of 407), so it counts more. Not everybody here has docs (87 of 407), so it counts less."},
		{[]match.Met{asksFor("docs", 87)}, "Not everybody here has docs (87 of 407)."},
		{[]match.Met{asksFor("docs", 407), asksFor("maps", 0)}, "Few people here have maps (nobody yet), so it counts more. Everybody here has docs (407 of 407), so it counts less."},
	} {
		if got := stands(c.met...).rarityWords(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestTheNewestIsCalledAsFreshInItsLineInTheSentenceAndInTheFold(t *testing.T) {
	t.Parallel()
	m := asksFor("docs", 87)
	m.Witnesses = []match.Witness{
		{Kind: skein.Outcome, Source: "a", Level: 3, On: skein.Day(wall).AddDate(0, 0, -196), Fresh: .47, Counts: .47},
		{Kind: skein.Outcome, Source: "b", Level: 3, On: skein.Day(wall).AddDate(0, 0, -700), Fresh: .07, Counts: .07},
	}
	x := stands(m)
	if got := match.FreshWords(m); got != "The newest counts about half by now." {
		t.Error(got)
	}
	if got := x.freshWords(); !strings.HasSuffix(got, "so it counts about half.") {
		t.Error(got)
	}
	other := m
	other.Skill, other.HalfLife = "maps", 90
	if got := stands(m, other).freshWords(); !strings.HasSuffix(got, "so it counts about half for docs.") {
		t.Error(got)
	}
	if how := strings.Join(x.partHow(m), " "); !strings.Contains(how, "It counted 1; age leaves 0.47 of that, so now 0.47.") {
		t.Error(how)
	}
}

func TestWhyAColleaguesWordCountsAsOnesOwn(t *testing.T) {
	t.Parallel()
	x := stands()
	x.answer.Names.Person = func(skein.PersonID) string { return "Cerys" }
	x.Org.CircleWord = "team"
	want := "Cerys (counts as your own word: you share no team or project, or you praised each other within 90\u00a0days)"
	if got := x.voice(match.Witness{Kind: skein.Self, Person: "cerys"}); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhoLeadsNowDidNotLeadBefore(t *testing.T) {
	t.Parallel()
	x := stands()
	x.p = leaddb.ProjectPage{Terms: []leaddb.TermRow{
		{Name: "Ada", Role: skein.Primary, State: skein.TermEnded, From: wall.AddDate(0, -9, 0), Until: wall.AddDate(0, -3, 0)},
		{Name: "Ben", Role: skein.Primary, State: skein.TermLive, From: wall.AddDate(0, -3, 0)},
	}}
	if f := x.terms(); len(f.Terms) != 1 || f.Terms[0].Who != "Ada" {
		t.Errorf("%+v", f.Terms)
	}
}

func TestWorkIsNotSaidToHaveComeOutWell(t *testing.T) {
	t.Parallel()
	said := peopledb.SaidSkill{Name: "Docs", Times: 3}
	said.Kind = skein.Outcome
	if got := giver(said); got != "three\u00a0pieces of work" {
		t.Error(got)
	}
	said.Times = 1
	teller := profileTeller{clock: words.Clock{Now: wall, Zone: wall.Location()}, own: true, today: skein.Day(wall)}
	said.Level, said.ObservedOn = 3, skein.Day(wall).AddDate(0, -1, 0)
	if got := giver(said); got != "a piece of work" {
		t.Error(got)
	}
	if got := teller.opening(peopledb.Profile{Skills: []peopledb.SaidSkill{said}}); got != "Shown: Docs." {
		t.Error(got)
	}
}
