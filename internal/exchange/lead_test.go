package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// today is the organisation's day in the cases below.
var today = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// leadsOf reads leads.csv beside the people and projects of the other cases.
func leadsOf(t *testing.T, known folder.Known, rows string) (*folder.Folder, *exchange.Report) {
	t.Helper()
	known.Day = today
	return exchange.Read(dirOf(t, "people.csv", people, "projects.csv", projects,
		"leads.csv", "project,person,role,from,until,ends_on\n"+rows), known, nil)
}

func TestOneLeadsAtATime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rows, want string }{
		"in the past":           {"q,p1,,2026-02-01,2026-05-31,\nq,p2,,2026-04-01,2026-06-01,\n", `leads.csv:3:3: person: |"p1" leads "q" already, on line 2`},
		"told the other way":    {"q,p2,,2026-04-01,2026-06-01,\nq,p1,,2026-02-01,2026-05-31,\n", `leads.csv:3:3: person: |"p2" leads "q" already, on line 2`},
		"and goes on":           {"q,p1,,2026-02-01,2026-05-31,\nq,p2,,2026-04-01,,\n", `leads.csv:3:3: person: |"p1" leads "q" already, on line 2`},
		"within":                {"q,p1,,2026-02-01,2026-05-31,\nq,p2,,2026-04-01,2026-04-01,\n", `leads.csv:3:3: person: |"p1" leads`},
		"oneself":               {"q,p1,,2026-02-01,2026-05-31,\nq,p1,,2026-03-01,2026-04-01,\n", `leads.csv:3:3: person: |"p1" leads`},
		"with a day to come":    {"q,p1,,2026-02-01,2026-12-31,\nq,p2,,2026-10-01,,\n", `leads.csv:3:3: person: |"p1" leads`},
		"both now":              {"q,p1,,,2026-12-31,\nq,p2,,2026-03-01,2027-01-31,\n", `leads.csv:3:3: person: |"p1" leads`},
		"overdue":               {"q,p1,,2026-02-01,,2026-03-01\nq,p2,,2026-05-01,,\n", `leads.csv:3:3: person: |"p1" leads`},
		"two to come":           {"q,p1,,2026-08-01,2026-12-31,\nq,p2,,2027-01-01,,\n", `leads.csv:3:3: person: |"p1" is to lead "q" later, on line 2`},
		"beside themself":       {"q,p1,,2026-02-01,,\nq,p1,co,2026-02-01,,\n", `leads.csv:3:3: person: |"p1" is lead and co-lead of "q" at the same time; see line 2`},
		"beside themself, past": {"q,p1,co,2026-02-01,2026-05-01,\nq,p1,,2026-04-01,2026-05-31,\n", `leads.csv:3:3: person: |"p1" is lead and co-lead`},
		"two ends":              {"q,p1,,2026-02-01,2026-12-31,2027-01-31\n", `leads.csv:2:29: ends_on: |leave one of them blank`},
		"due before from":       {"q,p1,,2026-02-01,,2026-01-31\n", `leads.csv:2:19: ends_on: |before from`},
		"due before the start":  {"q,p1,,,,2026-01-31\n", `leads.csv:2:9: ends_on: |starts`},
	} {
		_, report := leadsOf(t, folder.Known{}, c.rows)
		place, words, _ := strings.Cut(c.want, "|")
		if len(report.Problems) != 1 {
			t.Errorf("%s: not one problem:\n%s", name, report)
			continue
		}
		if got := report.Problems[0].String(); !strings.HasPrefix(got, place) || !strings.Contains(got, words) {
			t.Errorf("%s: %s", name, got)
		}
	}
	for name, rows := range map[string]string{
		"one after the other":   "q,p1,,2026-02-01,2026-05-31,\nq,p2,,2026-06-01,,\n",
		"on the day":            "q,p1,,2026-02-01,2026-05-31,\nq,p2,,2026-05-31,,\n",
		"for a day, thrice":     "q,p1,,2026-02-01,2026-02-01,\nq,p2,,2026-02-01,2026-02-01,\nq,p1,,2026-02-01,,\n",
		"to come":               "q,p1,,2026-02-01,2026-12-31,\nq,p2,,2027-01-01,,\n",
		"to come, due":          "q,p1,,2026-02-01,,2026-12-31\nq,p2,,2026-12-31,,\n",
		"co-lead, then lead":    "q,p1,co,2026-02-01,2026-05-31,\nq,p1,,2026-05-31,,\n",
		"co-leads, no lead":     "q,p1,co,,,\nq,p2,co,,,\n",
		"over, and due":         "q,p1,,2026-02-01,2026-05-31,2026-12-31\n",
		"until and due the day": "q,p1,,2026-02-01,2026-12-31,2026-12-31\n",
	} {
		if _, report := leadsOf(t, folder.Known{}, rows); !report.OK() {
			t.Errorf("%s: %s", name, report)
		}
	}
}

func TestADayToComeIsWhenALeadIsDueToEnd(t *testing.T) {
	t.Parallel()
	f, report := leadsOf(t, folder.Known{}, "q,p1,,2026-02-01,2026-12-31,\nq,p2,co,2026-02-01,2026-07-01,2026-12-31\n")
	if !report.OK() {
		t.Fatal(report)
	}
	if l := f.Leads[0]; !l.Lasts() || l.EndsOn.Format(time.DateOnly) != "2026-12-31" {
		t.Errorf("%+v", l)
	}
	if l := f.Leads[1]; l.Lasts() || !l.EndsOn.IsZero() {
		t.Errorf("%+v", l)
	}
	if !f.Day.Equal(today) {
		t.Error(f.Day)
	}
}

func TestWhatSkeinKnowsStandsAgainstALead(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) skein.Date { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		there folder.KnownProject
		rows  string
		want  string // "": fine
	}{
		"to come, beside a lead":   {folder.KnownProject{Holder: "p1"}, "q,p2,,2026-09-01,,\n", `leads.csv:2:3: person: "p1" leads`},
		"to come, before its end":  {folder.KnownProject{Holder: "p1", HolderEnds: day(10, 1)}, "q,p2,,2026-09-01,,\n", `leads.csv:2:3: person: "p1" leads`},
		"to come, after its end":   {folder.KnownProject{Holder: "p1", HolderEnds: day(8, 31)}, "q,p2,,2026-09-01,,\n", ""},
		"to come, and it is said":  {folder.KnownProject{Holder: "p1"}, "q,p1,,2026-02-01,2026-08-31,\nq,p2,,2026-09-01,,\n", ""},
		"leads it, to come":        {folder.KnownProject{Holder: "p1"}, "q,p1,,2026-09-01,,\n", `leads.csv:2:7: from: "p1" leads`},
		"leads it, beside":         {folder.KnownProject{Holder: "p1"}, "q,p1,co,2026-02-01,,\n", `leads.csv:2:3: person: "p1" leads`},
		"led it, beside":           {folder.KnownProject{Holder: "p1"}, "q,p1,,2026-02-01,2026-03-01,\nq,p1,co,2026-03-01,,\n", ""},
		"another to come":          {folder.KnownProject{Next: "p1"}, "q,p2,,2026-09-01,,\n", `leads.csv:2:3: person: "p1" is to lead`},
		"the same to come":         {folder.KnownProject{Next: "p1"}, "q,p1,,2026-09-01,,\n", ""},
		"until the other comes":    {folder.KnownProject{Next: "p1"}, "q,p2,,2026-05-01,2026-08-31,\n", ""},
		"offered, and one to come": {folder.KnownProject{Offered: "p1"}, "q,p2,,2026-09-01,,\n", `leads.csv:2:3: person: "p1" has been offered`},
		"over":                     {folder.KnownProject{State: skein.Cancelled}, "q,p2,,2026-02-01,,\n", `leads.csv:2:1: project: This project is cancelled`},
		"over, in the past":        {folder.KnownProject{State: skein.Cancelled}, "q,p2,,2026-02-01,2026-03-01,\n", ""},
	} {
		_, report := leadsOf(t, folder.Known{Projects: map[skein.ProjectID]folder.KnownProject{"q": c.there}}, c.rows)
		got := strings.TrimSuffix(report.String(), "\n")
		if (got == "") != (c.want == "") || !strings.HasPrefix(got, c.want) || len(report.Problems) > 1 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAPlaceThatEndedInSkeinIsToldAndLeft(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) skein.Date { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	known := folder.Known{Projects: map[skein.ProjectID]folder.KnownProject{"q": {State: skein.OpenForLead, Ended: []folder.LeadRow{
		{Project: "q", Person: "p1", Role: skein.Primary, From: day(2, 1), Until: day(5, 3)},
	}}}}
	for name, c := range map[string]struct {
		rows string
		left bool
	}{
		"as it was":       {"q,p1,,2026-02-01,,\n", true},
		"from the start":  {"q,p1,,,,\n", true},
		"to come":         {"q,p1,,2026-02-01,2026-12-31,\n", true},
		"they came back":  {"q,p1,,2026-06-01,,\n", false},
		"it was":          {"q,p1,,2026-02-01,2026-05-03,\n", false},
		"another place":   {"q,p1,co,2026-02-01,,\n", false},
		"somebody else's": {"q,p2,,2026-02-01,,\n", false},
	} {
		f, report := leadsOf(t, known, c.rows)
		told := len(report.Notes) > 0 && strings.HasPrefix(report.Notes[0], `leads.csv:2:3: "p1" left this place in "q" on 2026-05-03`)
		if !report.OK() || told != c.left || (len(f.Leads) == 0) != c.left {
			t.Errorf("%s: %s%q, %d rows", name, report, report.Notes, len(f.Leads))
		}
	}
}

func TestLeadsOverTheGuardrailAreNoted(t *testing.T) {
	t.Parallel()
	_, report := leadsOf(t, folder.Known{LongestMonths: 6}, "q,p1,,2026-02-01,2027-02-01,\n")
	if got := report.Notes[len(report.Notes)-1]; got != "leads.csv: 1 lead for longer than the 6 months that the guardrail allows, taken as the file has it." {
		t.Errorf("%q", report.Notes)
	}
	_, report = leadsOf(t, folder.Known{}, "q,p1,,2026-02-01,,\n")
	if got := report.Notes[len(report.Notes)-1]; got != "leads.csv: 1 lead without an end: Skein sets the day of the next change, after 12 months at most." {
		t.Errorf("%q", report.Notes)
	}
}

// The cases that people's real work has shown, where they are beside the repository.
func TestTheCasesOfTwoLeadsAreRefused(t *testing.T) {
	t.Parallel()
	cases := filepath.Join("..", "..", "..", "shared", "cases", "05-leads")
	if _, err := os.Stat(cases); err != nil {
		t.Skipf("the cases are not beside the repository, at %s", cases)
	}
	for name, want := range map[string]string{"a": "leads.csv:3:3: person: ", "c": "leads.csv:3:3: person: ", "g": "leads.csv:3:3: person: "} {
		_, report := exchange.Read(filepath.Join(cases, name), folder.Known{Day: today}, nil)
		if report.OK() || !strings.HasPrefix(report.Problems[0].String(), want) {
			t.Errorf("%s: %s", name, report)
		}
	}
	for _, name := range []string{"b", "d", "e", "f"} {
		if _, report := exchange.Read(filepath.Join(cases, name), folder.Known{Day: today}, nil); !report.OK() {
			t.Errorf("%s: %s", name, report)
		}
	}
}
