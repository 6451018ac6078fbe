package view

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
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

// deed is how an action is said: by itself, and with what joins it to what it was done to.
type deed struct{ says, link string }

// did is how the log's actions are said.
var did = map[string]deed{
	"absence.add":          {says: "noted time away"},
	"absence.remove":       {says: "took back time away"},
	"absence.update":       {says: "changed time away"},
	"account.sign_in":      {says: "signed in"},
	"account.create":       {"made an account", " for"},
	"account.password":     {"set a password", " for"},
	"account.email":        {"changed the sign-in address", " of"},
	"account.end_session":  {says: "signed out in one browser"},
	"account.end_sessions": {"ended all sessions", " of"},
	"account.refuse":       {"refused tries to sign in", " as"},
	"ask.answer":           {says: "answered a question about a skill"},
	"ask.create":           {says: "asked a colleague about a skill"},
	"audit.export":         {says: "took a copy of the log"},
	"circle.update":        {"changed how leads rotate", " in"},
	"claim.beside":         {"answered a claim beside somebody", " in"},
	"claim.change":         {"changed a claim", " for"},
	"claim.pass_over":      {"passed over a claim", " for"},
	"claim.submit":         {says: "claimed"},
	"claim.withdraw":       {"took back a claim", " for"},
	"claims.void":          {"ended the claims", " for"},
	"demo.skip":            {says: "moved the demo's clock"},
	"evidence.hide":        {says: "hid a colleague's word"},
	"evidence.peer":        {"spoke", " for"},
	"evidence.self":        {says: "said something of their own skills"},
	"evidence.show":        {says: "showed a colleague's word again"},
	"evidence.withdraw":    {says: "took back a word of their own"},
	"guardrail.create":     {says: "set a guardrail"},
	"guardrail.update":     {says: "changed a guardrail"},
	"guardrail.retire":     {says: "retired a guardrail"},
	"hat.give":             {"gave a role", " to"},
	"hat.take":             {"took a role", " from"},
	"import.load":          {says: "imported files"},
	"invitation.make":      {"made a link", " for"},
	"invite.accept":        {says: "said yes when asked to lead"},
	"invite.decline":       {says: "said no when asked to lead"},
	"invite.lapse":         {"let a question lapse", " for"},
	"invite.send":          {says: "asked people to lead"},
	"need.grant":           {"granted something", " to"},
	"need.waive":           {"waived something", " for"},
	"notice.see":           {says: "saw what was new"},
	"organisation.zone":    {says: "changed the organisation's time zone"},
	"person.create":        {says: "added"},
	"person.update":        {says: "changed"},
	"window.ask":           {"asked whether it shall stay open", ", claims for"},
	"project.last_day":     {"told that its last day has come", ","},
	"person.away":          {"passed on what waited for somebody who is away", ", in"},
	"person.gone":          {"passed on what somebody held who has left", ", in"},
	"person.deactivate":    {"closed the door", " to"},
	"person.reactivate":    {"opened the door", " to"},
	"person.welcome":       {says: "answered the first questions"},
	"pick.confirm":         {"confirmed the pick", " for"},
	"pick.make":            {"picked the lead", " of"},
	"pick.next":            {"went on to the next", " for"},
	"pick.pass_on":         {"passed on the check", " of"},
	"pick.return":          {"returned the pick", " for"},
	"pick.unchecked":       {"let a pick stand that nobody could check", ", for"},
	"policy.publish":       {says: "published new tables of the matching"},
	"priority.create":      {says: "added a priority"},
	"priority.update":      {says: "changed a priority"},
	"priority.move":        {says: "moved a priority"},
	"priority.retire":      {says: "retired a priority"},
	"project.cancel":       {says: "cancelled"},
	"project.complete":     {says: "completed"},
	"project.create":       {says: "proposed"},
	"project.dismiss":      {says: "put aside"},
	"project.publish":      {says: "published"},
	"project.refuse":       {says: "was kept by a guardrail from publishing"},
	"project.reopen":       {says: "opened again"},
	"project.undismiss":    {"looks again", " at"},
	"project.update":       {says: "changed"},
	"review.answer":        {"answered a doubt", " about"},
	"review.ask":           {"doubted the pick", " for"},
	"review.pass_on":       {"passed on a doubt", " about"},
	"review.unanswered":    {"found nobody who would answer a doubt", " about"},
	"skill.create":         {says: "named a new skill"},
	"team.answer":          {"answered who would lead beside", ", in"},
	"team.co":              {"asked to lead beside", ", in"},
	"team.join":            {"joined the team", " of"},
	"team.leave":           {"left the team", " of"},
	"team.unask":           {"took back the question to lead beside", ", in"},
	"team.shadow":          {says: "began to shadow"},
	"term.accept":          {"accepted the lead", " of"},
	"term.decline":         {"declined the lead", " of"},
	"term.end":             {"ended a lead", " of"},
	"term.hand_over":       {says: "opened for the next lead"},
	"term.lapse":           {"let the offer lapse", " for"},
	"term.live":            {"began a lead", " of"},
	"term.offer":           {"offered the lead", " of"},
	"term.take_back":       {"took back that it is handed on", ","},
	"term.step_down":       {"stepped down", " from"},
	"vision.update":        {says: "changed the vision"},
	"window.close":         {"closed claims", " for"},
	"window.nobody":        {says: "found nobody who claimed"},
	"window.open":          {"opened claims", " for"},
	"wish.add":             {says: "noted what they want to try"},
	"wish.remove":          {says: "took back what they want to try"},
}

// deedOf is how an action is said; one that is not known is said by its own words.
func deedOf(action string) deed {
	if known, ok := did[action]; ok {
		return known
	}
	return deed{says: "did something (" + strings.NewReplacer("_", " ", ".", " ").Replace(action) + ")"}
}

// AuditActions are the actions that the log can be asked for, by their words. One that was asked
// for and is not among them, such as the beginning of several, stays a choice.
func AuditActions(asked string) []component.Option {
	alike := map[string]int{}
	for _, deed := range did {
		alike[deed.says]++
	}
	all := make([]component.Option, 0, len(did)+1)
	for action, deed := range did {
		label := deed.says
		if alike[label] > 1 {
			noun, _, _ := strings.Cut(action, ".")
			label += " (" + noun + ")"
		}
		all = append(all, component.Option{Value: action, Label: label})
	}
	slices.SortFunc(all, func(a, b component.Option) int { return cmp.Compare(a.Label, b.Label) })
	if _, known := did[asked]; asked != "" && !known {
		all = append(all, component.Option{Value: asked, Label: "“" + asked + "”"})
	}
	return all
}

// AuditDays says rows day by day.
func AuditDays(rows []logdb.AuditRow, clock words.Clock) []page.AuditDay {
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

func auditLine(row logdb.AuditRow, at, exact string) page.AuditLine {
	deed := deedOf(row.Action)
	line := page.AuditLine{Time: at, Exact: exact, Who: row.ActorName, Did: deed.says + deed.link, Details: detailWords(row)}
	switch {
	case row.Actor == "":
		line.Who = "Skein"
	case row.ActorName == "":
		line.Who = row.Actor // they are no longer known here; the log keeps their id
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
		line.Did = deed.says
	}
	return line
}

// detailWords says what else a row holds: "role: steward; of Leaks". What only a program can read
// (ids of ours) stays in the copy of the log.
func detailWords(row logdb.AuditRow) string {
	if row.Action == "circle.update" {
		return turnedWords(row.Details)
	}
	parts := detailParts(row.Details, ": ")
	if row.CircleName != "" && row.About != "" {
		parts = append(parts, "of "+words.Name(row.CircleName))
	}
	return strings.Join(parts, "; ")
}

// detailParts says each detail after its name; between stands between the two.
func detailParts(details map[string]any, between string) []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(details)) {
		if changed, ok := details[name].(map[string]any); ok && name == "changed" {
			parts = append(parts, changedWords(changed)...)
			continue
		}
		if says := detailValue(details[name]); says != "" {
			if name == "hat" {
				name = "role"
			}
			parts = append(parts, strings.ReplaceAll(name, "_", " ")+between+says)
		}
	}
	return parts
}

// changedWords says what was changed from what to what: "trust: weighed to verified".
func changedWords(changed map[string]any) []string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		both, ok := changed[name].([]any)
		if !ok || len(both) != 2 {
			continue
		}
		old, now := cmp.Or(detailValue(both[0]), "nothing"), cmp.Or(detailValue(both[1]), "nothing")
		parts = append(parts, strings.ReplaceAll(name, "_", " ")+": "+old+" to "+now)
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
		if skein.IsUUID(value) {
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
		return words.Decimal(value)
	case []any:
		var parts []string
		for _, part := range value {
			if says := detailValue(part); says != "" {
				parts = append(parts, says)
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return strings.Join(detailParts(value, " "), ", ")
	}
	return fmt.Sprint(value)
}
