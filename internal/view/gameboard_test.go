package view

import (
	"strings"
	"testing"

	"skein/internal/match"
	doordb "skein/internal/postgres/door"
	gameboarddb "skein/internal/postgres/gameboard"
	leaddb "skein/internal/postgres/lead"
	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
	"skein/web/page"
)

func TestTheQuarterInSentences(t *testing.T) {
	t.Parallel()
	q := gameboarddb.Quarter{
		Vision: skein.Vision{Organisation: "Corriemere"},
		States: map[skein.ProjectState]int{skein.Led: 2, skein.OpenForLead: 1, skein.HandingOver: 1},
		Priorities: []gameboarddb.PriorityRow{
			{Priority: skein.Priority{ID: "a", Title: "Leaks"}, Projects: 4, Open: 1, Led: 3, Paused: 1},
			{Priority: skein.Priority{ID: "b", Title: "Bills", Owner: "x"}, Answers: skein.Answers{OwnerName: "Ada", OwnerGone: true}, Projects: 2, Open: 2},
		},
		Guardrails: []gameboarddb.GuardrailRow{{Guardrail: skein.Guardrail{ID: "g", Kind: skein.LeadsAtOnce, Number: 2, ReviewOn: skein.Day(in(48))}}},
		Overdue:    []gameboarddb.OverdueNeed{{Project: "p", Title: "Leak Sensors", Need: skein.Need{What: "GIS licences", Kind: skein.NeedTools}, AnswerBy: in(-48)}},
		Waiting:    &gameboarddb.Waiting{Project: "p", Title: "Leak Sensors", Since: in(-24 * 20), Invited: 2, SaidNo: 2},
		Now:        gameboarddb.Spread{FirstTime: 1, Leads: 10, BusiestHold: 3, DaysToLead: 9}, Before: gameboarddb.Spread{FirstTime: 2, DaysToLead: -1},
	}
	d := Review(ines(), q, "b")
	say(t, d.Months+"; "+d.Counts+" "+d.Least.Label, "March to May 2026; 2 of 4 projects led, 1 open, 1 being handed over. Bills")
	say(t, d.Waiting.Words, ", three_weeks: two were asked, and all said no.")
	say(t, d.Priorities[0].Words, "4 led, 1 of them paused, 1 open")
	say(t, d.Priorities[1].Answer, "Bills would come before Leaks. Its two open leads would be listed first among open leads. No lead changes hands.")
	say(t, d.Tasks[0].Sentence+" "+d.Tasks[0].Note, "Grant what Leak Sensors needs: GIS licences. An answer was due by 9_May.")
	say(t, d.Tasks[1].Note+" "+d.Tasks[2].Note, "Nobody is named yet. Ada has left.")
	say(t, d.Spread[0].Now+", "+d.Spread[1].Now+", "+d.Spread[2].Now, "One first-time lead, The busiest tenth hold 30_%, Nine_days to a lead")
	q.Overdue, q.Priorities = nil, nil
	say(t, Review(ines(), q, "").Tasks[0].Sentence, "Keep or change “Two leads each”.")
	say(t, reviewCounts(nil, 0, 0), "No project is under way yet.")
	say(t, reviewCounts(map[skein.ProjectState]int{skein.Led: 26, skein.OpenForLead: 4}, 0, 2), "24 of 30 projects led, 4 open, 2 being reconsidered.")
	for want, w := range map[string]gameboarddb.Waiting{
		"£500, travel not granted": {NeedsOpen: []skein.Need{{What: "travel", Kind: skein.NeedBudget, Amount: ptr(500.0)}}}, "people have been invited": {Invited: 2, SaidNo: 1},
		"nobody claimed it": {EverClosed: true}, "claims are still open": {},
	} {
		say(t, whyWaiting(w, "£"), want)
	}
}

func TestTheVisionAndWhatIsBeingChanged(t *testing.T) {
	t.Parallel()
	priorities := []gameboarddb.PriorityRow{{Priority: skein.Priority{ID: "a", Title: "Leaks", Measure: "Litres lost.", Horizon: "2027", Weight: 2}, Answers: skein.Answers{OwnerName: "Ada"}, Projects: 3}}
	guardrails := []gameboarddb.GuardrailRow{{
		Guardrail: skein.Guardrail{ID: "g", Kind: skein.LongestTerm, Number: 9, Reason: "Turns.", ReviewOn: skein.Day(in(24))}, Answers: skein.Answers{OwnerName: "Ada"}, Refused: 2, RefusedAt: in(-48),
	}}
	d := Vision(ines(), skein.Vision{Organisation: "Corriemere", ChangedAt: in(-24)}, priorities, guardrails, []doordb.Named{{ID: "ada", Name: "Ada"}}, "guardrail:g", page.VisionForm{})
	say(t, d.Changed, "Last changed on 10_May.")
	say(t, d.Priorities[0].Note, "Litres lost. Until 2027. Three projects. Ada answers for it.")
	say(t, d.Guardrails[0].Sentence+" "+d.Guardrails[0].Reason+" "+d.Guardrails[0].Effect,
		"A lead lasts nine months at most. Turns. Ada answers for it. It is looked at again by 12_May. In the last 90 days it has kept a project from being published twice, last on 9_May.")
	if d.Form.Number != "9" || d.Form.ReviewOn != "2026-05-12" || len(d.Kinds) != len(skein.GuardrailKinds)-1 || len(d.People) != 1 {
		t.Errorf("the form is %+v", d.Form)
	}
}

// A guardrail's day is said whoever answers for it, and as over once it is; its reason is a sentence.
func TestWhenAGuardrailIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	for want, g := range map[string]gameboarddb.GuardrailRow{
		"Turns.": {Guardrail: skein.Guardrail{Reason: "Turns"}},
		"Turns. It is looked at again by 12_May.":                            {Guardrail: skein.Guardrail{Reason: "Turns", ReviewOn: skein.Day(in(24))}},
		"Turns. It is looked at again by 11_May.":                            {Guardrail: skein.Guardrail{Reason: "Turns", ReviewOn: skein.Day(in(0))}},
		"Turns! Ada answers for it. It was to be looked at again by 10_May.": {Guardrail: skein.Guardrail{Reason: "Turns!", ReviewOn: skein.Day(in(-24))}, Answers: skein.Answers{OwnerName: "Ada"}},
	} {
		say(t, guardrailShown(g, ines().Clock()).Reason, want)
	}
}

func TestHowLeadsRotateInACircle(t *testing.T) {
	t.Parallel()
	rotation := .9
	c := gameboarddb.CirclePage{
		Circle: skein.Circle{ID: "leaks", Name: "Leaks", Parent: "network"}, Above: []skein.Circle{{ID: "network", Name: "Network", Rotation: &rotation}},
		Stewards: []gameboarddb.CircleSteward{{Name: "Owen Tay", Circle: "network"}, {Name: "Ada", Circle: "network"}}, People: 3, AllLeads: 4,
		Leads: []gameboarddb.CircleLead{{Title: "A", State: skein.OpenForLead}, {Title: "B", State: skein.HandingOver, Lead: "Noor"}, {Title: "C", State: skein.Led, Lead: "Petra"}},
	}
	v := ines()
	v.Stewards = []skein.CircleID{"leaks"}
	d := Circle(v, c, match.DefaultPolicy().Trust)
	say(t, d.Stewards+" "+d.People+" "+d.MoreLeads, "Owen Tay and Ada, stewards of Network, looks after it. Three_people And one_more lead.")
	say(t, d.Turns, "Leads in Leaks take turns, as in Network, the team above.")
	say(t, d.Leads[0].Purpose+" "+d.Leads[1].Purpose+" "+d.Leads[2].Purpose, "Nobody leads it yet. Noor leads it until somebody takes over. Petra leads it.")
	if !strings.Contains(d.Strength, "0.9 instead of the usual 0.6") || d.Form == nil || len(d.Form.Options) != 4 {
		t.Errorf("%q, %+v", d.Strength, d.Form)
	}
	say(t, turnedWords(map[string]any{"rotation": .6, "was": nil}), "take turns; before: not set here")
	say(t, turnedWords(map[string]any{"rotation": -.9}), "stay with those who know the area (0.9)")
}

func TestADraftIsLookedOver(t *testing.T) {
	t.Parallel()
	p := skein.Proposal{Project: skein.Project{ID: "p", Title: "Leak Sensors", Trust: skein.Weighed}}
	say(t, Publish(ines(), p, match.DefaultPolicy(), nil, skein.Invalid{{Message: "Say its purpose."}}, nil).Statement, "It is not whole yet.")
	say(t, Publish(ines(), p, match.DefaultPolicy(), []skein.GuardrailResult{{Why: "Too long."}}, nil, nil).Statement, "A guardrail stands against it.")
	if d := Publish(ines(), p, match.DefaultPolicy(), []skein.GuardrailResult{{Pass: true}}, nil, nil); !d.Can || !strings.HasPrefix(d.Fine, "Claims open at once and gather for") {
		t.Errorf("%+v", d)
	}
	p.Project.Trust = skein.Open
	say(t, Publish(ines(), p, match.DefaultPolicy(), nil, nil, nil).Fine, "Claims open at once. On trust: the first ready claim leaves the others a day, then the best placed leads at once. To claim is to accept. "+uncheckedWords)
	p.Phase.Situation.Urgency = skein.GreatUrgency
	if fine := Publish(ines(), p, match.DefaultPolicy(), nil, nil, nil).Fine; !strings.Contains(fine, "leaves the others an hour,") {
		t.Error(fine)
	}
	say(t, Publish(ines(), p, match.DefaultPolicy(), nil, nil, nil).OfNobody, "")
	says := Publish(ines(), p, match.DefaultPolicy(), nil, nil, []string{"hydrolgy", "Valves"}).OfNobody
	if !strings.Contains(says, "in “hydrolgy” and “Valves”. What few people have counts most") {
		t.Error(says)
	}
}

func TestTheLogSaysOnlyWhatItHasWordsFor(t *testing.T) {
	t.Parallel()
	row := logdb.AuditRow{Action: "hat.give", Actor: "gone", About: "Ines Calder", NounID: "ines", CircleName: "Leaks", At: wall, Details: map[string]any{
		"hat": "steward", "how_many": 2.5, "none": 0.0, "nothing": nil, "on": true, "off": false, "rule": "longest_ago",
		"id": "0197b2a4-0000-4000-8000-000000000001", "file": strings.Repeat("a", 64), "list": []any{"x", "y"}, "in": map[string]any{"a": "b"},
	}}
	say(t, sentence(row), "Somebody who is not known here any more gave the role of steward of Leaks to Ines Calder.")
	skip := logdb.AuditRow{Action: "demo.skip", At: wall.AddDate(0, 0, -1), Project: "p", ProjectTitle: "Leak Sensors"}
	days := AuditDays([]logdb.AuditRow{row, skip}, ines().Clock(), ines().Org)
	say(t, days[0].Says+"; "+days[1].Says, "Monday, 11_May; Sunday, 10_May")
	say(t, sentence(skip), "Skein moved the demo's clock, for Leak Sensors.")
}

func TestWhatSomebodyHoldsAsAnAdministratorSeesIt(t *testing.T) {
	t.Parallel()
	end := skein.Day(in(24 * 20))
	d := PersonAccess(ines(), doordb.PersonAccess{Attributes: map[string]any{"site": "North", "demo": true, "floor": 2}}, []leaddb.Hold{
		{Kind: leaddb.HoldsOffer},
		{Kind: leaddb.HoldsComing},
		{Kind: leaddb.HoldsComing, Starts: end},
		{Kind: leaddb.HoldsCoLead},
		{Kind: leaddb.HoldsShadow},
		{Kind: leaddb.HoldsLead, Until: end},
		{Kind: leaddb.HoldsBeside},
		{Kind: leaddb.HoldsQuestion, Who: "Tam Orr"},
		{Kind: leaddb.HoldsAsked, Who: "Tam Orr", Until: end},
		{Kind: leaddb.HoldsAdvice},
		{Kind: leaddb.HoldsRemit},
	})
	var all []string
	for _, h := range d.Holds {
		all = append(all, h.Says)
	}
	say(t, strings.Join(all, " "), "Is offered its lead. Accepted its lead, and begins as soon as nothing they need is open. Leads it from 31_May. "+
		"Leads it beside somebody. Shadows its lead. Leads it until 31_May. Is asked to lead it beside its lead. Asks Tam Orr to lead it beside them. "+
		"Is asked to stand in for Tam Orr until 31_May. Is asked what they say of a decision. Is asked to agree to a change of what its lead decides.")
	if len(d.Attributes) != 2 || d.Attributes[0].Answer != "2" || d.Attributes[1].Answer != "North" {
		t.Errorf("%+v", d.Attributes)
	}
}
