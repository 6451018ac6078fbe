package view

import (
	"strings"
	"time"

	"skein/internal/board"
	homedb "skein/internal/postgres/home"
	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// mailSettings is where somebody says which mails they want.
const mailSettings = path.Settings + "#mail"

// NoticeMail is the mail of a notice by which somebody waits: the same sentence as on the page of notices, with one act.
func NoticeMail(v Viewer, n homedb.Notice, lead *maildb.Lead) page.Mail {
	clock := v.Clock()
	bare := n
	bare.By, bare.Since = time.Time{}, "told" // the act says by when
	says, link := NoticeSays(bare, clock, v.Org.Currency)
	title := strings.TrimSuffix(says, ".")
	m := page.Mail{
		Org: v.Org.Name, Subject: title, Title: title,
		Act:  &page.MailLink{Label: actOf(n) + by(n, clock), URL: link},
		Foot: "The button opens the page where you answer; nothing is decided by opening it.",
		Last: page.MailLink{Label: "Change when mail comes", URL: mailSettings},
	}
	if n.Projects > 1 {
		m.Act.Label = "See what waits for you"
		m.Says = append(m.Says, strings.TrimSpace(onHome(n, clock)))
	}
	if n.Kind == skein.NoticeOffer {
		m.Foot = "The button opens the page where you say yes or not this time; nothing is decided by opening it."
		if !n.By.IsZero() {
			m.Foot += " Saying nothing until then counts as not this time, without blame."
		}
	}
	if lead == nil {
		return m
	}
	m.Lead = lead.Purpose
	if project := path.Project(string(n.Project)); project != link {
		m.Beside = &page.MailLink{Label: "What it is about", URL: project}
	}
	for _, get := range lead.Gets {
		m.Gets = append(m.Gets, page.MailGet{What: words.UpperFirst(needWords(get.Need, v.Org.Currency)), Says: getSays(get, clock, v.Org.Currency)})
	}
	return m
}

// actOf is what somebody is to do.
func actOf(n homedb.Notice) string {
	switch {
	case n.Kind == skein.NoticeCheck:
		return "Check the pick"
	case n.Kind == skein.NoticeNeeds && n.Code == skein.CodeMissing:
		return "See what is missing"
	}
	return "Answer"
}

func getSays(g maildb.Get, clock words.Clock, currency string) string {
	switch {
	case g.Granted && g.By != "":
		return words.Name(g.By) + " granted it"
	case g.Granted:
		return "granted"
	case g.Need.Answer == skein.NeedLess && g.Need.Less > 0:
		return "less: " + lessWords(g.Need, currency)
	case g.Need.Answer == skein.NeedLess:
		return "less than was asked for"
	case g.Need.Answer == skein.NeedNo:
		return "answered with no"
	case g.Need.Answer == skein.NeedNobody:
		return "nobody is left to ask"
	case g.By == "" || g.AnswerBy.IsZero():
		return "still open"
	}
	return "still open; " + words.Name(g.By) + " answers by " + clock.Date(g.AnswerBy.In(clock.Zone))
}

// ofClaims are the notices that tell what became of a claim.
var ofClaims = map[skein.NoticeKind]bool{
	skein.NoticeNotChosen: true, skein.NoticeTaken: true, skein.NoticeReturned: true, skein.NoticeRestarted: true,
	skein.NoticeClosing: true, skein.NoticeLapsed: true, skein.NoticeReviewed: true,
}

// WeekMail is the mail of a Monday: what waits, what they lead, what became of their claims and what moved, project by
// project, and new leads that could be theirs.
func WeekMail(v Viewer, w maildb.Week, could []board.Suggestion) page.Mail {
	home := Home(v, w.Home, nil, func() string { return "" })
	m := page.Mail{
		Org: v.Org.Name, Title: "What moved " + sinceMail(v, w),
		Says: []string{w.Monday.Format("Monday 2"+words.NoBreak+"January") + "."},
		Foot: "One mail a week, and one at once when somebody waits for you, as far as you want them.",
		Last: page.MailLink{Label: "Change that", URL: mailSettings},
	}
	if len(home.Waiting) > 0 {
		m.Title = home.Title
		m.Says[0] += " What waits for you, then what moved " + sinceMail(v, w) + "."
		part := page.MailPart{Head: "Waits for you", Act: &page.MailLink{Label: "See what waits", URL: path.Home}}
		for _, row := range home.Waiting {
			part.Rows = append(part.Rows, page.MailRow{Said: row.Said, Note: row.Note})
		}
		if home.More != nil {
			part.Rows = append(part.Rows, page.MailRow{Said: page.Said{Link: home.More.Label, URL: home.More.URL, After: "."}})
		}
		m.Parts = append(m.Parts, part)
	}
	m.Parts = append(m.Parts, heldParts(home)...)
	t := homeTeller{clock: v.Clock(), free: freeHours(v.Person, w.Home), currency: v.Org.Currency}
	claims, moved := []homedb.Notice{}, []homedb.Notice{}
	for _, n := range w.Moved {
		if ofClaims[n.Kind] {
			claims = append(claims, n)
		} else {
			moved = append(moved, n)
		}
	}
	for _, part := range []page.MailPart{
		{Head: "You are in", Rows: t.areIn(w.Home.Parts)},
		{Head: "What became of your claims", Rows: movedRows(claims, v)},
		{Head: "What moved", Rows: movedRows(moved, v)},
		{Head: "Could be yours", Rows: t.couldRows(could)},
	} {
		if len(part.Rows) > 0 {
			m.Parts = append(m.Parts, part)
		}
	}
	if w.Empty() {
		m.Title = words.UpperFirst(words.Count(len(could), "new lead", "new leads")) + " could be yours"
	}
	m.Subject = m.Title
	return m
}

// sinceMail says since when a digest tells: the last one that went out, which is longer ago where some were not sent.
func sinceMail(v Viewer, w maildb.Week) string {
	year, month, day := w.Monday.Date()
	lastMonday := time.Date(year, month, day-7, 0, 0, 0, 0, v.Clock().Zone)
	if w.Since.IsZero() || !w.Since.Before(lastMonday) {
		return "since last Monday"
	}
	return "since " + v.Clock().Date(w.Since.In(v.Clock().Zone))
}

// heldParts is what they lead, and where they do in a lead's place.
func heldParts(home page.HomeData) (parts []page.MailPart) {
	for _, led := range []struct {
		head string
		rows []page.HomeRow
	}{{"You lead", home.Leads}, {"In a lead’s place", home.StandsIn}} {
		part := page.MailPart{Head: led.head}
		for _, row := range led.rows {
			part.Rows = append(part.Rows, page.MailRow{Bird: birdLetter(row.Bird), Said: row.Said, Note: row.Note})
		}
		if len(part.Rows) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// couldRows are new leads that could be theirs, said as on their home page.
func (t homeTeller) couldRows(could []board.Suggestion) []page.MailRow {
	rows := make([]page.MailRow, len(could))
	for i, lead := range could {
		row := t.lead(lead)
		rows[i] = page.MailRow{Said: row.Said, Note: row.Note}
		if row.Aside != "" {
			rows[i].Note = row.Aside + ". " + row.Note
		}
	}
	return rows
}

// birdLetter is the bird as a letter, where somebody leads.
func birdLetter(b component.BirdState) string {
	switch b {
	case component.Led, component.Paused:
		return "●"
	case component.Reconsidered:
		return "◐"
	}
	return ""
}

// movedRows are notices project by project, in the order in which each was first told of.
func movedRows(notices []homedb.Notice, v Viewer) []page.MailRow {
	var rows []page.MailRow
	at := map[skein.ProjectID]int{}
	for _, n := range notices {
		says, link := NoticeSays(n, v.Clock(), v.Org.Currency)
		if since := sinceWords[n.Since]; since != "" {
			says += " " + since
		}
		i, known := at[n.Project]
		switch {
		case n.Project == "" || n.Projects > 1 || n.Title == "":
			rows = append(rows, page.MailRow{Said: page.Said{Link: says, URL: link}})
		case known:
			rows[i].Note += " " + says
		default:
			at[n.Project] = len(rows)
			rows = append(rows, page.MailRow{Said: page.Said{Link: n.Title, URL: path.Project(string(n.Project))}, Note: says})
		}
	}
	return rows
}

// TestMail is the mail by which an administrator sees that mail arrives.
func TestMail(org skein.Organisation, now time.Time) page.Mail {
	return page.Mail{
		Org: org.Name, Subject: "Skein’s mail arrives", Title: "Skein’s mail arrives",
		Says: []string{"This was sent to try the mail, on " + now.In(org.Location()).Format("2 January 2006 at 15:04") + "."},
		Act:  &page.MailLink{Label: "Open Skein", URL: path.Home},
	}
}

// MailWants is what somebody may say of the mails that they get.
func MailWants(v Viewer, w maildb.Wants) page.MailWants {
	d := page.MailWants{AtOnce: w.AtOnce, Weekly: w.Weekly, Says: "Mail goes to " + w.Email + "."}
	switch {
	case v.Org.Copy():
		d.Says = "This is a copy and sends none until an administrator says that it runs now. Everything stands on your pages."
	case !w.Sending:
		d.Says = "No mail goes out from here now: whoever operates Skein has named no mail server. Everything stands on your pages."
	case w.Refused != "":
		d.Refused = "The mail server refused " + w.Email + ": “" + w.Refused + "” Nothing but mail about how you sign in is sent there for a week, and then it is tried again. If the address is wrong, an administrator can change it."
		d.Says = ""
	}
	return d
}

// StopMail is the page to which the link of a mail leads that ends others like it.
func StopMail(token string, weekly, done bool) page.StopMailData {
	d := page.StopMailData{
		Title: "No more mail when somebody waits for you?", Act: path.StopMail(token), Done: done,
		Says: "What waits for you stands on your home page all the same, with its deadline. Monday’s mail still comes, if you want it.",
	}
	if weekly {
		d.Title = "No more mail on Mondays?"
		d.Says = "What moved stands on your pages all the same. When somebody waits for you, mail still comes at once, if you want it."
	}
	if done {
		d.Title = "No more of that mail"
		d.Says = "You can change it back in your settings."
	}
	return d
}

// MailFails says that mail does not go out as it should; "": it does, or none is sent.
func MailFails(m maildb.Standing, clock words.Clock) string {
	if m.FailingSince.IsZero() {
		return ""
	}
	says := "Since " + clock.Moment(m.FailingSince) + " no mail goes out: " + words.EndSentence(m.FailingSays) + " "
	if m.Waiting > 0 {
		says += words.UpperFirst(words.Count(m.Waiting, "mail waits and is", "mails wait and are")) + " tried again; what is settled meanwhile is left out. "
	}
	return says + "Whoever operates Skein can change where mail is handed over."
}

// MailRefused says that the mail server would not have some addresses; "": it had them all.
func MailRefused(m maildb.Standing) string {
	if !m.Sending || m.Refused == 0 {
		return ""
	}
	return "The mail server refused " + words.Count(m.Refused, "address", "addresses") + ". Administrators find whose, and why, in the list of people: “those whose address was refused”."
}

// mailStep is the last step of the set-up.
func mailStep(s homedb.Setup, clock words.Clock) page.SetupStep {
	m := s.Mail
	step := page.SetupStep{ID: "mail", Said: "Try the mail.", Done: m.Sending && s.HasMail()}
	switch {
	case !m.Sending:
		step.Note = "No mail goes out from here. Whoever operates Skein names a mail server, and this line begins to count; until then everybody finds what waits for them on their home page."
		return step
	case !m.FailingSince.IsZero():
		step.Note = MailFails(m, clock)
	case step.Done:
		step.Note = strings.TrimSpace("The mail server took one " + clock.OnDay(m.LastSent) + ". " + MailRefused(m))
	default:
		step.Note = "One goes to your own address. Then people hear at once when somebody waits for them, and on Mondays of all else."
	}
	label := "Send me one"
	if step.Done {
		label = "Send me another"
	}
	step.Acts = []component.Button{{Label: label, Action: path.TryMail}}
	return step
}
