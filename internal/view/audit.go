package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// unsaid is said of an action that this version does not know, as when a newer one wrote the row.
const unsaid = "did something that this version has no words for"

// someoneGone is whoever is not known here any more; the copy of the log keeps their id.
const someoneGone = "somebody who is not known here any more"

// deedOf is how an action is said.
func deedOf(action string) deed {
	if known, ok := did[action]; ok {
		return known
	}
	return deed{says: unsaid, link: ","}
}

// AuditActions are the actions that the log can be asked for, by their words. One that was asked
// for and is not among them, such as the beginning of several, stays a choice.
func AuditActions(asked string) []component.Option {
	all := make([]component.Option, 0, len(did)+1)
	for action, deed := range did {
		all = append(all, component.Option{Value: action, Label: deed.says})
	}
	slices.SortFunc(all, func(a, b component.Option) int { return cmp.Compare(a.Label, b.Label) })
	if _, known := did[asked]; asked != "" && !known {
		all = append(all, component.Option{Value: asked, Label: "“" + asked + "”"})
	}
	return all
}

// AuditDays says rows day by day.
func AuditDays(rows []logdb.AuditRow, clock words.Clock, org skein.Organisation) []page.AuditDay {
	var days []page.AuditDay
	last := ""
	for _, row := range rows {
		at := row.At.In(clock.Zone)
		if date := at.Format(time.DateOnly); date != last {
			last = date
			days = append(days, page.AuditDay{Says: at.Format("Monday") + ", " + clock.Date(at)})
		}
		day := &days[len(days)-1]
		line := auditLine(row, clock, org)
		line.Time, line.Exact = clock.TimeOfDay(row.At), clock.Exact(row.At)
		day.Lines = append(day.Lines, line)
	}
	return days
}

// auditLine says one row: who did what to whom, in names.
func auditLine(row logdb.AuditRow, clock words.Clock, org skein.Organisation) page.AuditLine {
	deed, x := deedOf(row.Action), auditTeller{row: row, clock: clock, org: org}
	line := page.AuditLine{Did: deed.says + deed.link, Details: x.details()}
	line.Who, line.WhoURL = x.doer(deed)
	switch {
	case row.About != "" && row.NounID != row.Actor:
		line.About, line.URL = row.About, path.AdminPerson(row.NounID)
	case row.ProjectTitle != "":
		line.About, line.URL = row.ProjectTitle, path.Project(row.Project)
	case row.CircleName != "":
		line.About = row.CircleName
		if !row.CircleClosed {
			line.URL = path.Team(row.Circle)
		}
	}
	if line.About == "" { // done to nothing else, or to themself
		line.Did = deed.says
	}
	switch row.Action {
	case "hat.give", "hat.take":
		line.Did = x.hat(deed)
	case "term.live":
		line.Did = begunAs[skein.Role(x.text("role"))]
	}
	if who := x.person("person"); who != "" && deed.to != "" {
		line.After = deed.to + " " + who
	}
	return line
}

// begunAs is how a place in front begins.
var begunAs = map[skein.Role]string{
	"": "began to lead", skein.Primary: "began to lead", skein.CoLead: "began to lead beside the lead of", skein.Shadow: "began to shadow the lead of",
}

// doer is who did it: Skein where its rule or clock did, else whoever acted.
func (x auditTeller) doer(deed deed) (who, url string) {
	switch row := x.row; {
	case deed.doer != "":
		who = x.person(deed.doer)
		return words.UpperFirst(cmp.Or(who, someoneGone)), x.personURL(deed.doer)
	case deed.ruled || row.Actor == "":
		return "Skein", ""
	case row.ActorName == "":
		return words.UpperFirst(someoneGone), ""
	default:
		return row.ActorName, path.AdminPerson(row.Actor)
	}
}

func (x auditTeller) personURL(key string) string {
	if x.person(key) == "" {
		return ""
	}
	return path.AdminPerson(x.text(key))
}

// hat says which role was given or taken: "gave the role of steward of Leaks to".
func (x auditTeller) hat(deed deed) string {
	kind := x.text("hat")
	if kind == "" {
		return deed.says + deed.link
	}
	says := strings.Replace(deed.says, "a role", "the role of "+skein.HatKind(kind).Words(), 1)
	return says + before(" of ", x.row.CircleName) + deed.link
}
