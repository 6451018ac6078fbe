package server

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"skein/internal/postgres"
	"skein/web/page"
	"skein/web/path"
)

// did is how the log's actions are said. What is not here is said as the log calls it.
var did = map[string]string{
	"account.sign_in":      "signed in",
	"account.create":       "made an account for",
	"account.password":     "set a password for",
	"account.email":        "changed the sign-in address of",
	"account.end_sessions": "ended all sessions of",
	"audit.export":         "took a copy of the log",
	"demo.skip":            "moved the demo's clock",
	"hat.give":             "gave a hat to",
	"hat.take":             "took a hat from",
	"invitation.make":      "made a link for",
	"person.create":        "added",
	"person.update":        "changed",
	"person.deactivate":    "closed the door to",
	"person.reactivate":    "opened the door to",
	"person.welcome":       "answered the first questions",
	"priority.create":      "added a priority",
	"priority.update":      "changed a priority",
	"priority.move":        "moved a priority",
	"priority.retire":      "retired a priority",
	"guardrail.create":     "set a guardrail",
	"guardrail.update":     "changed a guardrail",
	"guardrail.retire":     "retired a guardrail",
	"policy.publish":       "published new tables of the matching",
	"circle.update":        "changed",
	"vision.update":        "changed the vision",
	"import.load":          "imported",
	"project.create":       "proposed",
	"project.update":       "changed",
	"project.publish":      "published",
	"project.cancel":       "cancelled",
	"project.complete":     "completed",
	"project.reopen":       "opened again",
	"window.open":          "opened claims for",
	"window.close":         "closed claims for",
	"pick.make":            "picked the lead of",
	"pick.confirm":         "confirmed the pick for",
	"pick.return":          "returned the pick for",
	"pick.pass_on":         "passed on the check of",
	"pick.next":            "went on to the next for",
	"term.offer":           "offered the lead of",
	"term.accept":          "accepted the lead of",
	"term.decline":         "declined the lead of",
	"term.lapse":           "let the offer lapse for",
	"term.live":            "began a lead of",
	"term.end":             "ended a lead of",
	"term.step_down":       "stepped down from",
	"need.grant":           "granted something to",
	"need.waive":           "waived something for",
}

// auditDays says rows day by day.
func auditDays(rows []postgres.AuditRow, clock page.Clock) []page.AuditDay {
	var days []page.AuditDay
	last := ""
	for _, row := range rows {
		at := row.At.In(clock.Zone)
		if date := at.Format(time.DateOnly); date != last {
			last = date
			days = append(days, page.AuditDay{Says: at.Format("Monday") + ", " + clock.Date(at)})
		}
		day := &days[len(days)-1]
		day.Lines = append(day.Lines, auditLine(row, at.Format("15:04"), clock.Exact(row.At)))
	}
	return days
}

func auditLine(row postgres.AuditRow, at, exact string) page.AuditLine {
	line := page.AuditLine{Time: at, Exact: exact, Who: row.ActorName, Did: did[row.Action], Details: detailWords(row)}
	switch {
	case row.Actor == "":
		line.Who = "Skein"
	case row.ActorName == "":
		line.Who = row.Actor // gone since; the log outlives whom it tells of
	default:
		line.WhoURL = path.AdminPerson(row.Actor)
	}
	if line.Did == "" {
		line.Did = row.Action
	}
	switch {
	case row.About != "" && row.NounID != row.Actor:
		line.About, line.URL = row.About, path.AdminPerson(row.NounID)
	case row.ProjectTitle != "":
		line.About, line.URL = row.ProjectTitle, path.Project(row.Project)
	case row.CircleName != "":
		line.About = row.CircleName
	}
	if line.About == "" { // done to nothing else, or to themself
		for _, link := range []string{" for", " of", " to", " from"} {
			line.Did = strings.TrimSuffix(line.Did, link)
		}
	}
	return line
}

// detailWords says what else a row holds: "hat: steward; of Leaks". What only a program can read
// (ids of ours) stays in the copy of the log.
func detailWords(row postgres.AuditRow) string {
	words := detailParts(row.Details)
	if row.CircleName != "" && row.About != "" {
		words = append(words, "of "+row.CircleName)
	}
	return strings.Join(words, "; ")
}

func detailParts(details map[string]any) []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(details)) {
		if says := detailValue(details[name]); says != "" {
			parts = append(parts, strings.ReplaceAll(name, "_", " ")+": "+says)
		}
	}
	return parts
}

// codeWord is a word of ours, such as longest_ago.
var codeWord = regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)

// detailValue says one value; "" when there is nothing to say.
func detailValue(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		if isUUID(value) {
			return ""
		}
		if len(value) == sha256.Size*2 {
			return value[:12] + "…" // enough to tell a file by
		}
		if codeWord.MatchString(value) {
			return strings.ReplaceAll(value, "_", " ")
		}
		return value
	case bool:
		if value {
			return "yes"
		}
		return "no"
	case float64:
		if value == 0 {
			return ""
		}
		return strconv.FormatFloat(value, 'f', -1, 64)
	case []any:
		var parts []string
		for _, part := range value {
			if says := detailValue(part); says != "" {
				parts = append(parts, says)
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		var parts []string
		for _, part := range detailParts(value) {
			parts = append(parts, strings.Replace(part, ": ", " ", 1))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(value)
}
