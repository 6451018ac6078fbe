package page

import (
	"time"

	"skein/internal/words"
	"skein/web/component"
)

// The parts page shows every part in every state with invented words. It exists
// for tests and for the demo.

type swatch struct{ name, use, fill string }

var swatches = []swatch{
	{"paper", "everything lies on it", "fill-paper"},
	{"ink", "what is said", "fill-ink"},
	{"quiet", "what explains", "fill-quiet"},
	{"line", "hairlines, never text", "fill-line"},
	{"edge", "what is pressed or filled in", "fill-edge"},
	{"water", "what can be followed", "fill-water"},
	{"wash", "what is picked out", "fill-wash"},
	{"dawn", "the lead, and nothing else", "fill-dawn"},
}

var partsStandings = []component.Says{
	{Standing: component.Shown, Sentence: "Shown: level reached, and somebody else says so."},
	{Standing: component.Nearly, Sentence: "Nearly: within one level, and somebody else says so."},
	{Standing: component.OnlyYourWord, Sentence: "Only your word."},
	{Standing: component.Nobody, Sentence: "Nobody yet."},
}

var partsTeam = []component.Member{
	{Place: component.NobodyYet, Name: "Lead", Does: "nobody yet"},
	{Name: "Dario Venn", Does: "valves, records"},
	{Name: "Noor Aziz", Does: "maps"},
	{Name: "Jonas Achter", Does: "loggers, Field Apps"},
	{Place: component.PlaceOpen, Name: "A place to shadow", Does: "open"},
}

func partsDay(month time.Month, day int) time.Time {
	year := 2026
	if month > 9 {
		year = 2025
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

var partsTerms = component.TermsFigure{
	Now: partsDay(6, 11),
	Terms: []component.Term{
		{Who: "Kwame Boateng", From: partsDay(10, 1), To: partsDay(2, 10), HandedOver: true, Start: "October", End: "February"},
		{Who: "Rhona Keel", From: partsDay(2, 10), To: partsDay(6, 11), Start: "February", End: "June"},
		{Who: "open", From: partsDay(6, 11), To: partsDay(9, 30), Open: true, Start: "June", End: "September"},
	},
}

var partsTwoTerms = component.TermsFigure{
	Now: partsDay(5, 11),
	Terms: []component.Term{
		{Who: "Desk study: Kwame Boateng", From: partsDay(10, 1), To: partsDay(5, 4), Start: "October", End: "May"},
		{Who: "Trial: you, perhaps", From: partsDay(5, 11), To: partsDay(9, 30), Open: true, Start: "today", End: "30" + words.NoBreak + "September"},
	},
}

// handed shows two terms with a handover between them.
var partsHanded = component.TermsFigure{
	Now:   partsDay(5, 11),
	Terms: append([]component.Term{}, partsTerms.Terms[:2]...),
}

func partsWoven() component.TermsFigure {
	figure := component.TermsFigure{Now: partsDay(5, 11), Terms: []component.Term{
		{Who: "Petra Lind", From: partsDay(10, 1), To: partsDay(1, 15), HandedOver: true, Start: "October", End: "January", Left: partsDay(9, 30)},
		{Who: "Anselm Vey", From: partsDay(1, 15), To: partsDay(4, 12), Start: "January", End: "April", Joined: partsDay(10, 1), Left: partsDay(9, 30)},
		{Who: "open", From: partsDay(4, 12), To: partsDay(9, 30), Open: true, Start: "12" + words.NoBreak + "April", End: "30" + words.NoBreak + "September"},
	}}
	return figure
}

var partsPick = component.PickFigure{Chosen: "you", Equals: []string{"in the same step"}, Others: 4}

var partsMoved = component.Situation([7]int{4, 4, 2, 4, 4, 3, 2}, [7]int{2, 4, 4, 4, 2, 3, 2})

var partsSentence = component.Sentence{
	Action: "/parts",
	Phrases: []component.Phrase{
		{Words: "Open leads", Strong: true},
		{Words: "from"},
		{Choice: &component.Choice{Name: "team", Label: "Team", Options: []component.Option{{Label: "any team"}, {Value: "network", Label: "Network"}}}},
		{Words: "serving"},
		{Choice: &component.Choice{Name: "priority", Label: "Priority", After: ",", Options: []component.Option{{Label: "any priority"}, {Value: "leaks", Label: "leaks down a quarter"}}}},
		{Words: "asking"},
		{Choice: &component.Choice{Name: "hours", Label: "Hours", Value: "6", Options: []component.Option{{Label: "any hours"}, {Value: "6", Label: "up to 6 hours"}}}},
		{Words: "a week, closing"},
		{Choice: &component.Choice{Name: "closing", Label: "Closing", After: ",", Options: []component.Option{{Label: "any time"}, {Value: "week", Label: "this week"}}}},
		{Choice: &component.Choice{Name: "like", Label: "What it is like", After: ".", Options: []component.Option{{Label: "whatever it is like"}, {Value: "complex", Label: "nobody knows yet what works"}}}},
		{Choice: &component.Choice{Name: "sort", Label: "Order", Options: []component.Option{{Label: "What suits me"}, {Value: "closing", Label: "What closes soon"}}}},
		{Words: "first."},
	},
}
