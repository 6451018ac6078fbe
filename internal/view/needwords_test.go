package view

import (
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
)

func TestANeedIsSaidWithHowMuchOfIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		need skein.Need
		want string
	}{
		{skein.Need{Kind: skein.NeedHours, What: "Hours to lead it", Amount: ptr(4.0)}, "4_hours a_week"},
		{skein.Need{Kind: skein.NeedBudget, What: "travel", Amount: ptr(1500.0)}, "£1,500, travel"},
		{skein.Need{Kind: skein.NeedBudget, What: "travel", Amount: ptr(12.5)}, "£12.50, travel"},
		{skein.Need{Kind: skein.NeedPeople, What: "Two people for the survey", Amount: ptr(2.0)}, "Two people for the survey"},
		{skein.Need{Kind: skein.NeedPeople, What: "Surveyors", Amount: ptr(2.0)}, "Surveyors (2_people)"},
		{skein.Need{Kind: skein.NeedTools, What: "Loggers", Amount: ptr(6.0)}, "Loggers (6)"},
		{skein.Need{Kind: skein.NeedTools, What: "GIS licences"}, "GIS licences"},
	} {
		say(t, needWords(c.need, "£"), c.want)
	}
}

// Whoever decides on a need reads how much of it, wherever they are asked.
func TestHowMuchStandsWhereverANeedIsSaid(t *testing.T) {
	t.Parallel()
	n := skein.Need{Kind: skein.NeedBudget, What: "travel", Amount: ptr(500.0), Answer: skein.NeedLess, Less: 200}
	v := ines()
	v.Org.Currency = "£"
	var said []string
	for _, kind := range []homedb.WantedKind{homedb.WaitNeed, homedb.WaitLess, homedb.WaitShort} {
		row := Home(v, homedb.Home{Waits: 1, Waiting: []homedb.Wanted{{Kind: kind, Need: n, Who: "Noor Basri", Title: "Leaks"}}}, nil, key).Waiting[0]
		said = append(said, saidWhole(row.Said))
		if kind == homedb.WaitLess && !strings.Contains(row.Note, "£200") {
			t.Errorf("what there is: %q", row.Note)
		}
	}
	for _, code := range kinds[skein.NoticeNeeds] {
		if code == skein.CodeWaits { // of several
			continue
		}
		says, _ := NoticeSays(homedb.Notice{Kind: skein.NoticeNeeds, Code: code, Title: "Leaks", Need: n}, v.Clock(), "£")
		said = append(said, says)
	}
	mail := NoticeMail(v, homedb.Notice{Kind: skein.NoticeOffer, Title: "Leaks"}, &maildb.Lead{Gets: []maildb.Get{{Need: n}}})
	said = append(said, mail.Gets[0].What, held(v, leaddb.Hold{Kind: leaddb.HoldsNeed, Need: n}).Says)
	for _, one := range said {
		if !strings.Contains(one, "£500, travel") {
			t.Errorf("how much is not said: %q", one)
		}
	}
	if says := mail.Gets[0].Says; says != "less: £200" {
		t.Error(says)
	}
}

func TestWhatNobodyCountedIsAnsweredInWords(t *testing.T) {
	t.Parallel()
	for kind, want := range map[skein.NeedKind]string{
		skein.NeedHours: "Where it is less: how many hours a week", skein.NeedBudget: "Where it is less: how much money, in £",
		skein.NeedPeople: "Where it is less: how many people", skein.NeedCoach: "Where it is less: how many hours a month", skein.NeedTools: "",
	} {
		say(t, lessAsks(skein.Need{Kind: kind}, "£"), want)
	}
	say(t, lessAsks(skein.Need{Kind: skein.NeedTools, Amount: ptr(6.0)}, "£"), "Where it is less: how many of the 6")
	shown := leaddb.NeedShown{Need: skein.Need{Kind: skein.NeedTools, What: "GIS licences", Answer: skein.NeedLess, Reason: "One, until May"}, AnsweredByName: "Noor Basri"}
	v := ines()
	strong, says := needSays(shown, "£", v.Clock(), "")
	say(t, strong+" "+says, "Less. Noor Basri has less of it than was asked for. “One, until May.”")
	shown.WaivedBy, shown.Taken = "ines", true
	_, says = needSays(shown, "£", v.Clock(), "you")
	say(t, says, "you take what there is")
}

func ptr[T any](v T) *T { return &v }

// Monday's mail says where somebody stands in, as their Home does.
func TestMondaysMailSaysWhereSomebodyStandsIn(t *testing.T) {
	t.Parallel()
	w := maildb.Week{Monday: skein.Day(in(0)), Home: homedb.Home{StandsIn: []homedb.StandsIn{{ID: "s", Project: "p", Title: "Leaks", For: "Noor Basri", From: skein.Day(in(-48)), Until: skein.Day(in(48))}}}}
	for _, part := range WeekMail(ines(), w, nil).Parts {
		if part.Head == "In a lead’s place" && strings.Contains(part.Rows[0].Note, "Standing in for Noor Basri.") {
			return
		}
	}
	t.Error("it says nothing of standing in")
}
