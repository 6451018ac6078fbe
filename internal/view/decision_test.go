package view

import (
	"slices"
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// Where the line that allows a decision was changed since, its page says what it says now, and which of both holds.
func TestADecisionSaysThatWhatAllowsItWasChanged(t *testing.T) {
	t.Parallel()
	asked := skein.Remit{Area: "Spending", Level: skein.AfterAdvice}
	now := skein.Remit{Area: "Spending", Level: skein.DecideAlone, Ceiling: ptr(1000.0)}
	for name, c := range map[string]struct {
		state skein.DecisionState
		now   []skein.Remit
		want  string
	}{
		"as it was":     {skein.DecisionAsking, []skein.Remit{asked}, ""},
		"not stated":    {skein.DecisionAsking, nil, ""},
		"closed":        {skein.DecisionClosed, []skein.Remit{now}, ""},
		"a draft":       {skein.DecisionDraft, []skein.Remit{now}, "That is how it stood when it was drafted. Now it says Spending: the lead decides alone, up to £1,000. Once it is asked or decided, that holds for it."},
		"asked":         {skein.DecisionAsking, []skein.Remit{now}, "That is how it stood when it was asked, and it is decided by that. For what is asked from now on it says Spending: the lead decides alone, up to £1,000."},
		"decided":       {skein.DecisionDecided, []skein.Remit{now}, "That is how it stood then. Now it says Spending: the lead decides alone, up to £1,000."},
		"named no more": {skein.DecisionDecided, []skein.Remit{{Area: "Scope", Level: skein.DecideAlone}}, "That is how it stood then. Now it says Spending: not named any more."},
	} {
		x := decisionView{Viewer: ines()}
		x.Org.Currency = "£"
		x.p = leaddb.DecisionPage{Remit: c.now}
		x.p.State, x.p.Area, x.p.Line = c.state, "Spending", []skein.Remit{asked}
		if got := x.allowedNow(); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// asking is an open decision of a level that five days are left for, with the names of who has not answered.
func asking(level skein.RemitLevel, asked ...string) leaddb.DecisionRow {
	r := leaddb.DecisionRow{Asked: asked, At: wall, OpenedByName: "Ada Lund"}
	r.ID, r.State, r.Question, r.AskedAt, r.AdviceOn = "d", skein.DecisionAsking, "Who digs?", wall, skein.Day(wall).AddDate(0, 0, 5)
	r.Area, r.Line = "Digging", []skein.Remit{{Area: "Digging", Level: level}}
	return r
}

// The day of a decision comes next while somebody is waited for, and as what it is; the log says "By" as long.
func TestTheDayOfADecisionComesNextWhileSomebodyIsWaitedFor(t *testing.T) {
	t.Parallel()
	const advice, yes, above = "the last day for advice", "the last day for a yes or no", "the day by which what is proposed upwards is to be decided"
	for name, c := range map[string]struct {
		row  leaddb.DecisionRow
		want string
	}{
		"advice is waited for":      {asking(skein.AfterAdvice, "Kim Vale"), advice},
		"all have answered":         {asking(skein.AfterAdvice), ""},
		"alone, advice waited for":  {asking(skein.DecideAlone, "Kim Vale"), advice},
		"a yes is waited for":       {asking(skein.ByAgreement, "Kim Vale"), yes},
		"all have said yes or no":   {asking(skein.ByAgreement), ""},
		"upwards, nobody was asked": {asking(skein.ProposeAbove), above},
		"upwards, and advice":       {asking(skein.ProposeAbove, "Kim Vale"), advice + "; " + above},
	} {
		x := ledView("ada")
		x.p.Decisions = []leaddb.DecisionRow{c.row}
		var got []string
		for _, line := range x.next(x.lead()) {
			if slices.Contains([]string{advice, yes, above}, line.What) {
				got = append(got, line.What)
			}
		}
		say(t, name+": "+strings.Join(got, "; "), name+": "+c.want)
		if by := strings.HasPrefix(decisionLine(x.Viewer, c.row).Day, "By "); by != (c.want != "") {
			t.Errorf("%s: the log says a day to come: %v", name, by)
		}
	}
}

// A decision's page says who is waited for, until when, and what happens then.
func TestADecisionSaysUntilWhenItWaitsAndWhatThen(t *testing.T) {
	t.Parallel()
	priority := func(r leaddb.DecisionRow) leaddb.DecisionRow {
		r.AnswersName = "Pat Orr"
		return r
	}
	past := func(r leaddb.DecisionRow) leaddb.DecisionRow {
		r.AdviceOn = skein.Day(wall).AddDate(0, 0, -1)
		return r
	}
	yes := leaddb.AdviceRow{Name: "Kim Vale", Advice: skein.Advice{State: skein.AdviceGiven, Consent: true, Counsel: skein.Counsel{Agrees: true}}}
	for _, c := range []struct {
		row    leaddb.DecisionRow
		advice []leaddb.AdviceRow
		want   string
	}{
		{priority(asking(skein.ProposeAbove)), nil, "Ada Lund proposes it. Pat Orr, who answers for the priority, decides it, or a steward. They have until 16_May; undecided by then, it waits for the stewards of its team as well, and stays open until it is decided or closed."},
		{past(priority(asking(skein.ProposeAbove))), nil, "Ada Lund proposes it. Pat Orr, who answers for the priority, decides it, or a steward. Their day was 10_May, so it waits for the stewards of its team as well. It stays open until it is decided or closed."},
		{asking(skein.ProposeAbove), nil, "Ada Lund proposes it. Whoever answers for the priority decides it, or a steward. They have until 16_May; undecided by then, it stays open until it is decided or closed."},
		{past(asking(skein.ProposeAbove)), nil, "Ada Lund proposes it. Whoever answers for the priority decides it, or a steward. Their day was 10_May. It stays open until it is decided or closed."},
		{asking(skein.DecideAlone, "Kim Vale"), nil, "Ada Lund asks for advice until 16_May."},
		{asking(skein.DecideAlone), []leaddb.AdviceRow{yes}, "Everybody who was asked has answered. It can be decided now."},
		{asking(skein.AfterAdvice), []leaddb.AdviceRow{yes}, "Everybody who was asked has answered. It can be decided now."},
		{asking(skein.ByAgreement, "Kim Vale"), nil, "It is agreed with others. Each who is asked says yes or no until 16_May."},
		{past(asking(skein.ByAgreement)), []leaddb.AdviceRow{yes}, "It is agreed with others, and everybody who was asked has said yes. It can be decided now."},
	} {
		x := decisionView{Viewer: ines(), p: leaddb.DecisionPage{DecisionRow: c.row, Advice: c.advice}}
		x.Org.CircleWord = "team"
		x.clock = x.Clock()
		say(t, x.asking(), c.want)
	}
}

// Home says until when what is proposed upwards is to be decided, and what is so once that has passed.
func TestHomeSaysTheDayOfWhatIsProposedUpwards(t *testing.T) {
	t.Parallel()
	for hours, want := range map[int]string{
		24:  "Noor Basri proposes something that you can decide, in Leak Sensors, by tomorrow. “Shall we?” Undecided by then, it stays open.",
		-24: "Noor Basri proposes something that you can decide, in Leak Sensors. “Shall we?” It was to be decided by yesterday, and stays open until it is.",
	} {
		until := in(hours)
		row := Home(ines(), homedb.Home{Waits: 1, Waiting: []homedb.Wanted{{
			Kind: homedb.WaitPropose, ID: "x", Project: "sensors", Title: "Leak Sensors", Who: "Noor Basri", About: "Shall we?", Until: &until,
		}}}, nil, key).Waiting[0]
		say(t, row.Said.Before+row.Said.Link+row.Said.After+" "+row.Note, want)
	}
	n := homedb.Notice{Kind: skein.NoticeDecision, Code: skein.CodePropose, WhoName: "Noor Basri", Title: "Leak Sensors", Question: "Shall we?", On: skein.Day(wall)}
	say(t, decisionSays(n), "Noor Basri proposes something that you can decide by Monday 11_May: “Shall we?” (Leak Sensors)")
	n.Code = skein.CodeSlow // told to whoever leads, who does not decide it
	say(t, decisionSays(n), "The day has passed, and it is not decided yet: “Shall we?” (Leak Sensors)")
}

// The form that decides says nothing of advice, or of who hears it, where nobody was asked.
func TestDecidingSpeaksOfAdviceWhereSomebodyAdvised(t *testing.T) {
	t.Parallel()
	of := func(s skein.AdviceState) []leaddb.AdviceRow {
		return []leaddb.AdviceRow{{Name: "Kim Vale", Advice: skein.Advice{State: s}}}
	}
	const alone, advice = "Why", "Why, and what you make of the advice"
	const nobody, those = "Nobody was asked. It stands for everybody to read.", "Those who were asked hear it at once. Then it stands for everybody to read."
	for name, c := range map[string]struct {
		level       skein.RemitLevel
		advice      []leaddb.AdviceRow
		why, hears  string
		decidedNote string
	}{
		"alone":               {skein.DecideAlone, nil, alone, nobody, "today_09:00."},
		"who was asked left":  {skein.DecideAlone, of(skein.AdviceVoid), alone, nobody, "today_09:00."},
		"nothing to add":      {skein.AfterAdvice, of(skein.AdvicePassed), alone, those, "today_09:00. Those who were asked were told."},
		"advised":             {skein.AfterAdvice, of(skein.AdviceGiven), advice, those, "today_09:00. Those who were asked were told."},
		"upwards":             {skein.ProposeAbove, nil, alone, "Whoever leads it hears it at once. Then it stands for everybody to read.", "today_09:00."},
		"upwards, and advice": {skein.ProposeAbove, of(skein.AdviceGiven), advice, "Whoever leads it hears it at once, and so do those who were asked. Then it stands for everybody to read.", "today_09:00. Those who were asked were told."},
	} {
		v, p := ines(), leaddb.DecisionPage{DecisionRow: asking(c.level), Advice: c.advice}
		p.Decides, p.Answers = c.level != skein.ProposeAbove, v.Person.ID
		f, err := DecideForm(v, p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		say(t, name+": "+f.Why+". "+f.Hears, name+": "+c.why+". "+c.hears)
		p.State, p.DecidedAt = skein.DecisionDecided, v.Now
		d, err := Decision(v, p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		say(t, name+": "+d.DecidedNote, name+": "+c.decidedNote)
	}
}
