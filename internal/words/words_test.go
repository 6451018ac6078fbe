package words_test

import (
	"testing"
	"time"

	"skein/internal/words"
)

func TestNumbersAndLists(t *testing.T) {
	t.Parallel()
	check(t, words.Number(0), "none")
	check(t, words.Number(12), "twelve")
	check(t, words.Number(13), "13")
	check(t, words.Figure(3100), "3,100")
	check(t, words.Figure(-1234567), "−1,234,567")
	check(t, words.Count(0, "project", "projects"), "no_projects")
	check(t, words.Count(1, "project", "projects"), "one_project")
	check(t, words.Count(41, "day", "days"), "41_days")
	check(t, words.Hours(4), "4_hours a_week")
	check(t, words.Hours(1), "1_hour a_week")
	check(t, words.Hours(2.5), "2.5_hours a_week")
	check(t, words.List(nil), "")
	check(t, words.List([]string{"Dario"}), "Dario")
	check(t, words.List([]string{"Dario", "Noor"}), "Dario and Noor")
	check(t, words.List([]string{"Dario", "Noor", "Jonas"}), "Dario, Noor and Jonas")
	check(t, words.Either([]string{"Marta", "Judith"}), "Marta or Judith")
	check(t, words.UpperFirst("two people"), "Two people")
	check(t, words.UpperFirst("éclair"), "Éclair")
	check(t, words.UpperFirst(""), "")
	check(t, words.EndSentence("We tried. "), "We tried.")
	check(t, words.EndSentence("we tried"), "we tried.")
	check(t, words.FirstName("Ines Calder"), "Ines")
	check(t, words.FirstName("Person 0071"), "Person 0071")
	for name, first := range map[string]string{
		"Dr. Ines Calder": "Ines", "Prof. Dr. Ines Calder": "Ines", "Mx Noor Basri": "Noor", "Dr. Calder": "Dr. Calder", "Dr.": "Dr.", "Sir": "Sir",
		"Calder, Ines": "Ines", "Calder, Dr. Ines": "Ines", "Ines Calder, PhD": "Ines", "Dr. Ines Calder, Ph.D., MBA": "Ines", "Ines": "Ines", "": "", ",": ",",
		"Drusilla Marchi": "Drusilla", "Ma Long": "Ma", "Ines  Calder": "Ines",
	} {
		check(t, words.FirstName(name), first)
	}
}

func TestNumbersInSentences(t *testing.T) {
	t.Parallel()
	check(t, words.Spell(0), "no")
	check(t, words.Spell(1200), "1,200")
	check(t, words.Several(0, "day"), "no days")
	check(t, words.Several(1, "month"), "one month")
	check(t, words.Several(30, "day"), "30 days")
	check(t, words.Counted(1, "row")+", "+words.Counted(2000, "row"), "1 row, 2000 rows")
	check(t, words.Plural(1, "lead"), "lead")
	check(t, words.Times(1)+", "+words.Times(2)+", "+words.Times(3), "once, twice, three times")
	check(t, words.Decimal(2.25), "2.25")
	check(t, words.Rounded(2.25), "2.3")
	for days, want := range map[int]string{0: "no_days", 13: "13_days", 14: "two_weeks", 90: "three_months", 800: "two_years"} {
		check(t, words.Days(days), want)
	}
}

func TestOfManyNamesOnlyTwoAreSaid(t *testing.T) {
	t.Parallel()
	check(t, words.Few([]string{"Dario", "Noor", "Jonas"}), "Dario, Noor and Jonas")
	check(t, words.Few([]string{"Dario", "Noor", "Jonas", "Petra"}), "Dario, Noor and two others")
}

func TestAnAcronymStaysOneInASentence(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Valve data": "valve data", "GIS": "GIS", "B2B sales": "B2B sales", "C++": "C++", "R": "R", "X-rays": "X-rays",
		"A mistake costs little.": "a mistake costs little.", "Élan": "élan", "": "",
	} {
		check(t, words.LowerFirst(name), want)
	}
}

func TestATitleWithACommaIsQuotedInASentence(t *testing.T) {
	t.Parallel()
	check(t, words.Quoted("Fewer leaks"), "Fewer leaks")
	check(t, words.Quoted("Valves: an inventory"), "“Valves: an inventory”")
}

func TestDaysOfThePastInWords(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC)
	for ago, want := range map[int]string{1: "May", 60: "March", 160: "last December", 270: "last August", 400: "a year ago", 560: "two years ago", 800: "two years ago", 1500: "four years ago"} {
		check(t, words.When(today.AddDate(0, 0, -ago), today), want)
	}
}

func TestNamesThatRunTheOtherWayAreHeldApart(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Ana Lima": "Ana Lima", "": "", "Nguyễn 2!": "Nguyễn 2!", "👩🏽‍🚒 Jo": "👩🏽‍🚒 Jo",
		"דנה!": "\u2068דנה!\u2069", "محمد 2": "\u2068محمد 2\u2069", "Ana דנה": "\u2068Ana דנה\u2069",
	} {
		if got := words.Name(name); got != want || words.Name(got) != want {
			t.Errorf("%q becomes %+q", name, got)
		}
		if got := words.Bare(words.Name(name)); got != name {
			t.Errorf("%q comes back as %+q", name, got)
		}
	}
	if got := words.List([]string{"Ana", "דנה", "محمد"}); got != "Ana, \u2068דנה\u2069 and \u2068محمد\u2069" {
		t.Errorf("%+q", got)
	}
	if got := words.FirstName(words.Name("דנה! לוי")); got != "\u2068דנה!\u2069" {
		t.Errorf("%+q", got)
	}
	for text, want := range map[string]string{"דנה!": "\u2068דנה!\u2069", "דנה": "\u2068דנה\u2069.", "Ana": "Ana."} {
		if got := words.EndSentence(text); got != want {
			t.Errorf("%q ends as %+q", text, got)
		}
	}
}
