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

// deed is how an action is said: by itself, and with what joins it to what it was done to.
type deed struct {
	says, link string
	// ruled is what a rule or a clock of Skein's does, whoever's act it followed from: Skein is said
	// to have done it.
	ruled bool
	// doer is the detail that names who did it, where that is not whoever's act set it off.
	doer string
	// to joins the person whom the detail "person" names.
	to string
}

// did is how the log's actions are said.
var did = map[string]deed{
	"absence.add":                {says: "noted time away"},
	"absence.remove":             {says: "took back time away"},
	"absence.update":             {says: "changed time away"},
	"account.sign_in":            {says: "signed in"},
	"account.create":             {says: "made an account", link: " for"},
	"account.password":           {says: "set a password", link: " for"},
	"account.email":              {says: "changed the sign-in address", link: " of"},
	"account.mail":               {says: "chose which mail comes"},
	"account.ask_email":          {says: "asked to sign in with another address"},
	"account.unask_email":        {says: "kept the sign-in address"},
	"account.forgotten":          {says: "mailed a link for a forgotten password", link: ", for", ruled: true},
	"account.calendar":           {says: "made an address of their calendar"},
	"account.calendar_off":       {says: "switched their calendar off"},
	"account.end_sessions":       {says: "ended all sessions", link: " of"},
	"account.end_session":        {says: "signed out in one browser"},
	"account.passkey_add":        {says: "added a passkey"},
	"account.passkey_name":       {says: "renamed a passkey"},
	"account.passkey_remove":     {says: "removed a passkey"},
	"account.passkey_copied":     {says: "found that a passkey counted backwards,", link: " of", ruled: true},
	"account.codes":              {says: "made new recovery codes"},
	"account.code":               {says: "used a recovery code"},
	"account.second_off":         {says: "took passkeys and recovery codes", link: " from"},
	"organisation.second_step":   {says: "set of whom a second step is demanded"},
	"account.refuse":             {says: "refused tries to sign in", link: " as", ruled: true},
	"ask.answer":                 {says: "answered a question about a skill"},
	"ask.create":                 {says: "asked a colleague about a skill"},
	"audit.export":               {says: "took a copy of the log"},
	"backup.restore":             {says: "came back from a backup"},
	"backup.run":                 {says: "said that this copy is the one that runs now"},
	"circle.close":               {says: "closed"},
	"circle.create":              {says: "made"},
	"circle.move":                {says: "moved"},
	"circle.rename":              {says: "changed what is said", link: " of"},
	"circle.update":              {says: "changed how leads rotate", link: " in"},
	"claim.beside":               {says: "answered a claim beside somebody", link: " in"},
	"claim.change":               {says: "changed a claim", link: " for"},
	"claim.pass_over":            {says: "passed over a claim", link: " for", ruled: true},
	"claim.submit":               {says: "claimed"},
	"claim.withdraw":             {says: "took back a claim", link: " for"},
	"claims.void":                {says: "ended the claims", link: " for"},
	"demo.skip":                  {says: "moved the demo's clock", link: ", for"},
	"evidence.hide":              {says: "hid a colleague's word"},
	"evidence.peer":              {says: "spoke", link: " for"},
	"evidence.self":              {says: "said something of their own skills"},
	"evidence.show":              {says: "showed a colleague's word again"},
	"evidence.withdraw":          {says: "took back a word of their own"},
	"guardrail.create":           {says: "set a guardrail"},
	"guardrail.update":           {says: "changed a guardrail"},
	"guardrail.retire":           {says: "retired a guardrail"},
	"hat.give":                   {says: "gave a role", link: " to"},
	"hat.take":                   {says: "took a role", link: " from"},
	"import.export":              {says: "took everything along as files"},
	"import.load":                {says: "imported files"},
	"invitation.make":            {says: "made a link", link: " for"},
	"invitation.mail":            {says: "had a link mailed", link: " to"},
	"invite.accept":              {says: "said yes when asked to lead"},
	"invite.decline":             {says: "said no when asked to lead"},
	"invite.lapse":               {says: "let the question lapse", link: " who would lead", ruled: true},
	"invite.send":                {says: "asked people to lead", ruled: true},
	"mail.try":                   {says: "tried the mail"},
	"need.arrive":                {says: "said whether something has arrived", link: " in"},
	"need.count":                 {says: "counted hours as granted", link: " to", ruled: true},
	"need.grant":                 {says: "granted something", link: " to"},
	"need.less":                  {says: "offered less of something", link: " to"},
	"need.no":                    {says: "refused something", link: " to"},
	"need.nobody":                {says: "found nobody to answer for something", link: " in", ruled: true},
	"need.pass_on":               {says: "passed on a question for something", link: " in", ruled: true},
	"need.take":                  {says: "took less of something", link: " for"},
	"need.waive":                 {says: "waived something", link: " for"},
	"notice.see":                 {says: "saw what was new"},
	"organisation.word":          {says: "changed the organisation’s own word"},
	"organisation.currency":      {says: "changed the currency in which money is said"},
	"organisation.zone":          {says: "changed the organisation's time zone"},
	"setup.away":                 {says: "put the set-up list away"},
	"setup.back":                 {says: "brought the set-up list back"},
	"person.create":              {says: "added"},
	"person.merge":               {says: "made one of two people", link: ":"},
	"person.rename":              {says: "gave another id", link: " to"},
	"person.update":              {says: "changed details", link: " of"},
	"person.gone":                {says: "passed on what was held by somebody who has left", link: ", in", ruled: true, to: ": it was held by"},
	"person.deactivate":          {says: "closed the door", link: " to"},
	"person.reactivate":          {says: "opened the door", link: " to"},
	"window.ask":                 {says: "asked whether it shall stay open", link: ", claims for", ruled: true},
	"project.last_day":           {says: "told that its last day has come", link: ",", ruled: true},
	"person.away":                {says: "passed on what waited for somebody who is away", link: ", in", ruled: true, to: ": it was asked of"},
	"person.welcome":             {says: "answered the first questions"},
	"pick.confirm":               {says: "confirmed the pick", link: " for"},
	"pick.make":                  {says: "picked the lead", link: " of", ruled: true},
	"pick.next":                  {says: "went on to the next in the order", link: " for", ruled: true},
	"pick.pass_on":               {says: "passed on the check of the pick", link: " for", ruled: true},
	"pick.return":                {says: "returned the pick", link: " for"},
	"pick.unchecked":             {says: "let a pick stand that nobody could check", link: ", for", ruled: true},
	"policy.publish":             {says: "published new tables of the matching"},
	"priority.create":            {says: "added a priority"},
	"priority.update":            {says: "changed a priority"},
	"priority.move":              {says: "moved a priority"},
	"priority.retire":            {says: "retired a priority"},
	"project.cancel":             {says: "cancelled"},
	"project.complete":           {says: "completed"},
	"project.create":             {says: "proposed"},
	"project.dismiss":            {says: "put aside"},
	"project.publish":            {says: "published"},
	"project.refuse":             {says: "was kept by a guardrail from publishing"},
	"project.reopen":             {says: "opened again"},
	"project.undismiss":          {says: "looks again", link: " at"},
	"project.change":             {says: "changed the words, the end, or who moves with it", link: " of"},
	"project.restate":            {says: "said anew what it is like", link: ", in"},
	"project.next_phase":         {says: "began the next stretch", link: " of"},
	"reconsider.open":            {says: "had a lead reconsidered", link: ", in", ruled: true},
	"reconsider.amend":           {says: "had a lead reconsidered once more", link: ", in", ruled: true},
	"reconsider.moot":            {says: "found nothing to reconsider any more", link: ", in", ruled: true},
	"reconsider.answer":          {says: "said what should become of the lead", link: " of"},
	"reconsider.remind":          {says: "reminded of a lead that is reconsidered", link: ", in", ruled: true},
	"reconsider.keep":            {says: "had whoever leads go on", link: ", in", ruled: true},
	"reconsider.co_lead":         {says: "had somebody sought to lead beside the lead", link: ", in", ruled: true},
	"reconsider.hand_on":         {says: "had the lead handed on", link: ", in", ruled: true},
	"reconsider.split":           {says: "had it become two", link: ", in", ruled: true},
	"reconsider.unanswered":      {says: "found no answer what becomes of a lead", link: ", in", ruled: true},
	"project.update":             {says: "changed what is written", link: " of"},
	"review.answer":              {says: "answered a doubt", link: " about"},
	"review.ask":                 {says: "doubted the pick", link: " for"},
	"review.pass_on":             {says: "passed on a doubt", link: " about", ruled: true},
	"review.unanswered":          {says: "found nobody who would answer a doubt", link: " about", ruled: true},
	"skill.bring_back":           {says: "brought a skill back"},
	"skill.create":               {says: "named a new skill"},
	"skill.drop_name":            {says: "took another name of a skill away"},
	"skill.merge":                {says: "merged a skill into another"},
	"skill.rename":               {says: "gave a skill another name"},
	"skill.retire":               {says: "retired a skill"},
	"skill.update":               {says: "changed what a skill is"},
	"lead.leave":                 {says: "saw to a long leave of whoever leads", ruled: true},
	"lead.ask":                   {says: "asked the lead", link: " of"},
	"lead.reply":                 {says: "answered a question", link: ", in", to: ": it was asked by"},
	"lead.link":                  {says: "added a link to where the work happens", link: ", in"},
	"lead.unlink":                {says: "took a link away", link: ", in"},
	"lead.step":                  {says: "added a step to the plan", link: ", in"},
	"lead.unstep":                {says: "took a step out of the plan", link: ", in"},
	"lead.tick":                  {says: "said whether a step is done", link: ", in"},
	"decision.open":              {says: "opened a decision", link: ", in"},
	"decision.edit":              {says: "changed a decision that is a draft", link: ", in"},
	"decision.ask":               {says: "asked for advice on a decision", link: ", in"},
	"decision.advise":            {says: "answered what is to be decided", link: ", in"},
	"decision.wait":              {says: "found that the day for advice has passed", link: ", in", ruled: true},
	"decision.decide":            {says: "decided something", link: ", in"},
	"decision.replace":           {says: "replaced a decision", link: ", in"},
	"decision.close":             {says: "closed a decision that was not made", link: ", in"},
	"decision.came":              {says: "said what came of a decision", link: ", in"},
	"week.late":                  {says: "found that a week’s word did not come", link: ", in", ruled: true, to: ": it was due from"},
	"week.say":                   {says: "said how it stands", link: ", in"},
	"week.see":                   {says: "saw the week’s word", link: ", in", to: ": it was said by"},
	"beside.ask":                 {says: "asked somebody to lead beside the lead", link: ", in", ruled: true, to: ": it was asked of"},
	"beside.answer":              {says: "answered whether to lead beside the lead", link: ", in"},
	"beside.lapse":               {says: "let the question lapse who leads beside the lead", link: ", in", ruled: true, to: ": it was asked of"},
	"beside.void":                {says: "took back the question who leads beside the lead", link: ", in", ruled: true, to: ": it was asked of"},
	"standin.ask":                {says: "asked somebody to stand in", link: ", in", to: ": it was asked of"},
	"standin.answer":             {says: "answered whether to stand in", link: ", in"},
	"handover.write":             {says: "wrote what the next lead must know", link: " of"},
	"handover.mend":              {says: "mended what the next lead must know", link: " of"},
	"handover.say":               {says: "said back what they must know to lead"},
	"handover.sign":              {says: "signed what was said back", link: ", in"},
	"handover.remind":            {says: "asked once more that it be said back", link: ", in", ruled: true, to: ": by"},
	"handover.pass":              {says: "asked a steward to sign what was said back", link: ", in", ruled: true},
	"handover.unsigned":          {says: "let the lead move without a signature", link: ", in", ruled: true},
	"handover.thank":             {says: "thanked the team", link: " of"},
	"handover.without":           {says: "waited no longer for a note", link: ", in", ruled: true},
	"remit.propose":              {says: "proposed a change of what the lead decides", link: ", in"},
	"remit.agree":                {says: "agreed to a change of what the lead decides", link: ", in", to: ": it was proposed by"},
	"remit.refuse":               {says: "refused a change of what the lead decides", link: ", in", to: ": it was proposed by"},
	"remit.lapse":                {says: "let a change lapse of what the lead decides", link: ", in", ruled: true, to: ": it was proposed by"},
	"remit.pass_on":              {says: "asked somebody else about a change of what the lead decides", link: ", in", ruled: true, to: ": it was proposed by"},
	"remit.void":                 {says: "ended a change of what the lead decides unanswered", link: ", in", to: ": it was proposed by"},
	"outcome.open":               {says: "asked how it went", link: " in", ruled: true, to: " while it was led by"},
	"outcome.answer":             {says: "said how it went", link: " in"},
	"outcome.pass":               {says: "said that they were hardly there", link: ", in"},
	"outcome.unpass":             {says: "took back that they were hardly there", link: ", in"},
	"outcome.close":              {says: "closed how it went", link: " in", ruled: true},
	"outcome.show":               {says: "lets others read how they led", link: ", in"},
	"outcome.hide":               {says: "keeps to themselves how they led", link: ", in"},
	"outcome.thank":              {says: "thanked everybody who was there", link: ", in"},
	"lesson.keep":                {says: "brought a lesson into the library", link: ", from"},
	"lesson.drop":                {says: "took a lesson out of the library", link: ", from"},
	"standin.lapse":              {says: "let the question lapse who stands in", link: ", in", ruled: true, to: ": it was asked of"},
	"standin.end":                {says: "ended that somebody stands in", link: ", in", to: ": it was"},
	"team.answer":                {says: "answered who would lead beside", link: ", in"},
	"team.co":                    {says: "asked to lead beside", link: ", in"},
	"team.join":                  {says: "joined the team", link: " of"},
	"team.leave":                 {says: "left the team", link: " of"},
	"team.add":                   {says: "added somebody to the team", link: " of", to: ": it was"},
	"team.drop":                  {says: "ended somebody’s place in the team", link: " of", to: ": it was that of"},
	"team.unask":                 {says: "took back the question to lead beside", link: ", in"},
	"team.shadow":                {says: "began to shadow"},
	"term.accept":                {says: "accepted the lead", link: " of"},
	"term.decline":               {says: "declined the lead", link: " of"},
	"term.end":                   {says: "ended a place", link: " in", ruled: true, to: ", that of"},
	"term.hand_over":             {says: "opened for the next lead"},
	"term.lapse":                 {says: "let the offer of a place lapse", link: " in", ruled: true},
	"term.live":                  {says: "began to lead", doer: "person"},
	"term.move":                  {says: "moved the start", link: " of"},
	"term.offer":                 {says: "offered the lead", link: " of", ruled: true, to: " to"},
	"term.resume":                {says: "took back that they had stepped down", link: " from"},
	"term.step_down":             {says: "stepped down", link: " from"},
	"term.take_back":             {says: "took back the handing on", link: " of"},
	"vision.update":              {says: "changed the vision"},
	"window.close":               {says: "closed claims", link: " for", ruled: true},
	"window.nobody":              {says: "found nobody who claimed", ruled: true},
	"window.open":                {says: "opened claims", link: " for", ruled: true},
	"wish.add":                   {says: "noted what they want to try"},
	"wish.remove":                {says: "took back what they want to try"},
	"account.link":               {says: "came in with the organisation's account for the first time"},
	"account.unlink":             {says: "forgot the organisation's account", link: " of"},
	"account.turn_away":          {says: "turned somebody away who came with the address", link: " of", ruled: true},
	"account.keep_password":      {says: "kept a password open", link: " for"},
	"account.lose_password":      {says: "kept a password open no more", link: " for"},
	"organisation.group_role":    {says: "had a group give a role", link: ", in"},
	"organisation.no_group_role": {says: "had a group give a role no more", link: ", in"},
	"organisation.passwords":     {says: "changed who signs in with a password"},
	"organisation.unknown":       {says: "changed what becomes of unknown people who sign in"},
	"person.ask_erase":           {says: "asked to be erased"},
	"person.erase":               {says: "erased"},
	"person.unask_erase":         {says: "took back that they asked to be erased"},
	"retention.set":              {says: "changed how long records of matches are kept"},
}

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
