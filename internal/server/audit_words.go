package server

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"skein/internal/postgres"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// did is how the log's actions are said.
var did = map[string]string{
	"absence.add":          "noted time away",
	"absence.remove":       "took back time away",
	"absence.update":       "changed time away",
	"account.sign_in":      "signed in",
	"account.create":       "made an account for",
	"account.password":     "set a password for",
	"account.email":        "changed the sign-in address of",
	"account.end_sessions": "ended all sessions of",
	"ask.answer":           "answered a question about a skill",
	"ask.create":           "asked a colleague about a skill",
	"audit.export":         "took a copy of the log",
	"circle.update":        "changed how leads rotate in",
	"claim.beside":         "answered a claim beside somebody in",
	"claim.change":         "changed a claim for",
	"claim.pass_over":      "passed over a claim for",
	"claim.submit":         "claimed",
	"claim.withdraw":       "took back a claim for",
	"claims.void":          "ended the claims for",
	"demo.skip":            "moved the demo's clock",
	"evidence.hide":        "hid a colleague's word",
	"evidence.peer":        "spoke for",
	"evidence.self":        "said something of their own skills",
	"evidence.show":        "showed a colleague's word again",
	"evidence.withdraw":    "took back a word of their own",
	"guardrail.create":     "set a guardrail",
	"guardrail.update":     "changed a guardrail",
	"guardrail.retire":     "retired a guardrail",
	"hat.give":             "gave a role to",
	"hat.take":             "took a role from",
	"import.load":          "imported files",
	"invitation.make":      "made a link for",
	"invite.accept":        "said yes when asked to lead",
	"invite.decline":       "said no when asked to lead",
	"invite.lapse":         "let a question lapse for",
	"invite.send":          "asked people to lead",
	"need.grant":           "granted something to",
	"need.waive":           "waived something for",
	"notice.see":           "saw what was new",
	"organisation.zone":    "changed the organisation's time zone",
	"person.create":        "added",
	"person.update":        "changed",
	"person.deactivate":    "closed the door to",
	"person.reactivate":    "opened the door to",
	"person.welcome":       "answered the first questions",
	"pick.confirm":         "confirmed the pick for",
	"pick.make":            "picked the lead of",
	"pick.next":            "went on to the next for",
	"pick.pass_on":         "passed on the check of",
	"pick.return":          "returned the pick for",
	"pick.unchecked":       "let a pick stand that nobody could check, for",
	"policy.publish":       "published new tables of the matching",
	"priority.create":      "added a priority",
	"priority.update":      "changed a priority",
	"priority.move":        "moved a priority",
	"priority.retire":      "retired a priority",
	"project.cancel":       "cancelled",
	"project.complete":     "completed",
	"project.create":       "proposed",
	"project.dismiss":      "put aside",
	"project.publish":      "published",
	"project.refuse":       "was kept by a guardrail from publishing",
	"project.reopen":       "opened again",
	"project.undismiss":    "looks again at",
	"project.update":       "changed",
	"review.answer":        "answered a doubt about",
	"review.ask":           "doubted the pick for",
	"review.pass_on":       "passed on a doubt about",
	"skill.create":         "named a new skill",
	"team.answer":          "answered who would lead beside, in",
	"team.co":              "asked to lead beside, in",
	"team.join":            "joined the team of",
	"team.leave":           "left the team of",
	"team.shadow":          "began to shadow",
	"term.accept":          "accepted the lead of",
	"term.decline":         "declined the lead of",
	"term.end":             "ended a lead of",
	"term.hand_over":       "opened for the next lead",
	"term.lapse":           "let the offer lapse for",
	"term.live":            "began a lead of",
	"term.offer":           "offered the lead of",
	"term.step_down":       "stepped down from",
	"vision.update":        "changed the vision",
	"window.close":         "closed claims for",
	"window.nobody":        "found nobody who claimed",
	"window.open":          "opened claims for",
	"wish.add":             "noted what they want to try",
	"wish.remove":          "took back what they want to try",
}

// didWords says an action; one that is not known is said by its own words.
func didWords(action string) string {
	if words := did[action]; words != "" {
		return words
	}
	noun, verb, _ := strings.Cut(strings.ReplaceAll(action, "_", " "), ".")
	return "did something (" + strings.TrimSpace(noun+" "+verb) + ")"
}

// auditActions are the actions that the log can be asked for, by their words. One that was asked
// for and is not among them, such as the beginning of several, stays a choice.
func auditActions(asked string) []component.Option {
	alike := map[string]int{}
	label := func(action string) string {
		words := did[action]
		for _, link := range linkWords {
			words = strings.TrimSuffix(words, link)
		}
		return strings.TrimSuffix(words, ",")
	}
	for action := range did {
		alike[label(action)]++
	}
	all := make([]component.Option, 0, len(did)+1)
	for action := range did {
		words := label(action)
		if alike[words] > 1 {
			noun, _, _ := strings.Cut(action, ".")
			words += " (" + noun + ")"
		}
		all = append(all, component.Option{Value: action, Label: words})
	}
	slices.SortFunc(all, func(a, b component.Option) int { return cmp.Compare(a.Label, b.Label) })
	if asked != "" && did[asked] == "" {
		all = append(all, component.Option{Value: asked, Label: "“" + asked + "”"})
	}
	return all
}

// linkWords join what was done to what it was done to.
var linkWords = []string{" for", " of", " to", " from", " in", " about", " at"}

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
	line := page.AuditLine{Time: at, Exact: exact, Who: row.ActorName, Did: didWords(row.Action), Details: detailWords(row)}
	switch {
	case row.Actor == "":
		line.Who = "Skein"
	case row.ActorName == "":
		line.Who = row.Actor // gone since; the log outlives whom it tells of
	default:
		line.WhoURL = path.AdminPerson(row.Actor)
	}
	switch {
	case row.About != "" && row.NounID != row.Actor:
		line.About, line.URL = row.About, path.AdminPerson(row.NounID)
	case row.ProjectTitle != "":
		line.About, line.URL = row.ProjectTitle, path.Project(row.Project)
	case row.CircleName != "":
		line.About, line.URL = row.CircleName, path.Team(row.Circle)
	}
	if line.About == "" { // done to nothing else, or to themself
		for _, link := range linkWords {
			line.Did = strings.TrimSuffix(line.Did, link)
		}
	}
	return line
}

// detailWords says what else a row holds: "role: steward; of Leaks". What only a program can read
// (ids of ours) stays in the copy of the log.
func detailWords(row postgres.AuditRow) string {
	if row.Action == "circle.update" {
		return turnedWords(row.Details)
	}
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
			if name == "hat" {
				name = "role"
			}
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
