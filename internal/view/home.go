package view

import (
	"cmp"
	"strings"
	"time"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// homeTeller puts what a home page holds into sentences.
type homeTeller struct {
	clock words.Clock
	free  *float64 // hours; nil: not stated
	key   func() string
	// currency is the organisation's, in which money is needed.
	currency string
}

// Home is all of the page but what could be theirs. A form stands in place of that; key makes keys
// for the forms of what is answered at once.
func Home(v Viewer, home homedb.Home, form *page.WelcomeForm, key func() string) page.HomeData {
	t := homeTeller{clock: v.Clock(), key: key, currency: v.Org.Currency}
	d := page.HomeData{Unseen: home.Unseen, Changed: Notices(v, home.Notices), Welcome: form}
	d.Title, d.Purpose = t.opening(v, home)
	if form != nil && home.Waits == 0 {
		d.Purpose = "Nobody is waiting for you yet. Four questions, ninety seconds, and you see what you could lead."
	}
	if due := t.wordsDue(home, v.Today()); home.Waits == 0 && due != "" {
		d.Purpose = "Nobody is waiting for an answer of yours; " + due
	}
	for _, wanted := range home.Waiting {
		d.Waiting = append(d.Waiting, t.waiting(wanted))
	}
	if more := home.Waits - len(home.Waiting); more > 0 {
		d.More = &component.NavItem{Label: words.UpperFirst(words.Count(more, "more waits", "more wait")), URL: path.Home + "?all=yes"}
	}
	for _, term := range home.Terms {
		if term.Role == skein.CoLead {
			d.In = append(d.In, t.beside(term))
			continue
		}
		row := t.term(term)
		row.Note = together(row.Note, t.deputised(home, term, v.Today()))
		d.Leads = append(d.Leads, row)
	}
	for _, in := range home.StandsIn {
		d.StandsIn = append(d.StandsIn, t.standsIn(in, v.Today()))
	}
	for _, after := range home.LooksAfter {
		d.StandsIn = append(d.StandsIn, t.looksAfter(after))
	}
	for _, begun := range home.Unfinished {
		d.Unfinished = append(d.Unfinished, t.unfinished(begun))
	}
	t.parts(&d, home.Parts)
	t.wordsToSee(&d, home.Words)
	d.Away = t.away(home, v)
	d.Setup = setupRow(home.Setup)
	d.Team = t.stewarded(v, home.Stewarded)
	return d
}

// opening is the title, and the sentence below it.
func (t homeTeller) opening(v Viewer, home homedb.Home) (title, purpose string) {
	if home.Waits == 0 {
		return t.greeting() + ", " + words.FirstName(v.Person.Name), "Nobody is waiting for you."
	}
	if home.Unnamed > 0 {
		return words.UpperFirst(words.Count(home.Waits, "thing is", "things are")) + " waiting for you", ""
	}
	waiters := max(1, home.Waiters)
	return words.UpperFirst(words.Count(waiters, "person is", "people are")) + " waiting for you", ""
}

func (t homeTeller) greeting() string {
	switch hour := t.clock.Now.In(t.clock.Zone).Hour(); {
	case hour < 5 || hour >= 22:
		return "Hello"
	case hour >= 18:
		return "Good evening"
	case hour < 12:
		return "Good morning"
	}
	return "Good afternoon"
}

// by is the deadline that ends a sentence: ", by Wednesday."
func (t homeTeller) by(until *time.Time) string {
	if until == nil {
		return "."
	}
	return ", by " + t.clock.Day(*until) + "."
}

// waiting says one thing that wants an answer, with its one button and the plain way out.
func (t homeTeller) waiting(w homedb.Wanted) page.HomeRow {
	row := page.HomeRow{ID: string(w.Kind) + "-" + w.ID, Said: page.Said{Link: w.Title, URL: path.Project(string(w.Project))}}
	project := string(w.Project)
	act := func(label, to string) component.Button {
		return component.Button{Label: label, Kind: component.Outlined, URL: to, About: w.Title}
	}
	answer := func(label, to string, kind component.Kind, hidden ...component.Hidden) component.Button {
		return component.Button{Label: label, Kind: kind, Action: to, Hidden: hidden, About: w.Title, Key: t.key()}
	}
	switch w.Kind {
	case homedb.WaitOffer:
		row.Said.Before, row.Said.After = "You were chosen for ", t.answerBy(w.Until)
		row.Note = t.takes(w)
		if w.First {
			row.Note += " It would be the first lead of your own."
		}
		row.Acts = []component.Button{answer("Accept", path.AcceptClaim(w.ID), component.Outlined), answer("Not this time", path.DeclineClaim(w.ID), component.Plain)}
	case homedb.WaitPick:
		row.Said.Before, row.Said.After = "Look over how the lead of ", " was picked"+t.by(w.Until)
		row.Note = "The rule picked, and you had no part in it. Confirm it, or return it with a reason."
		if w.About != "" {
			row.Said.Before, row.Said.After = "Decide who leads ", t.by(w.Until)
			row.Note = "They claimed without any score, so what they wrote decides, and you had no part in it."
		}
		row.Acts = []component.Button{act("Check", path.Result(project)+"#check")}
	case homedb.WaitReview:
		row.Said.Before, row.Said.After = words.Name(w.Who)+" asks for a second look at ", t.by(w.Until)
		row.Note = "“" + words.EndSentence(w.About) + "” You had no part in it, so you answer."
		row.Acts = []component.Button{act("Answer", path.Result(project)+"#reviewing")}
	case homedb.WaitNeed:
		if w.Who != "" {
			row.Said.Before = words.Name(w.Who) + " needs your word for "
		}
		row.Said.After = ": " + words.Name(needWords(w.Need, t.currency)) + t.by(w.Until)
		row.Note = "The lead begins when each need is granted, or done without by name."
		if w.Who == "" {
			row.Said.Before = "What the lead gets in "
			row.Note = "It is yours to decide. " + row.Note
		}
		row.Acts = []component.Button{answer("Grant it", path.GrantNeed(project, w.ID), component.Outlined), {Label: "Less, or no", Kind: component.Plain, URL: path.AnswerNeed(project, w.ID), About: w.Title}}
	case homedb.WaitWrite, homedb.WaitSay, homedb.WaitSign:
		t.handover(w, &row)
	case homedb.WaitOutcome:
		outcomeWaits(w, &row, t.by(w.Until))
	case homedb.WaitBecomes:
		t.reconsider(w, &row)
	case homedb.WaitLess, homedb.WaitShort:
		t.short(w, &row, answer)
	case homedb.WaitAsk:
		row.Said = page.Said{Before: words.Name(w.Who) + " asks what you can say about ", Link: w.About, URL: path.Ask(w.ID), After: t.by(w.Until)}
		row.Note = "One question. What you say counts, and they see it."
		cannot := answer("I cannot say", path.Ask(w.ID), component.Plain, component.Hidden{Name: "level", Value: CannotSay})
		row.Acts = []component.Button{{Label: "Answer", Kind: component.Outlined, URL: path.Ask(w.ID), About: w.Who}, cannot}
	case homedb.WaitQuestion:
		questionWaits(w, &row, project)
	case homedb.WaitAdvice, homedb.WaitAgree, homedb.WaitDecide, homedb.WaitDisagree, homedb.WaitOverdue, homedb.WaitPropose:
		t.decision(w, &row)
	case homedb.WaitRemit:
		row.Said.Before, row.Said.After = words.Name(w.Who)+" proposes to change "+remitOfWords[skein.RemitOf(w.About)], t.by(w.Until)
		row.Note = "You see what it says now, and what it is to say. Unanswered, nothing changes."
		row.Acts = []component.Button{act("Agree, or refuse", path.Remit(project))}
	case homedb.WaitErase:
		row.Said = page.Said{Link: words.Name(w.Who), URL: path.AdminPerson(string(w.WhoID)), After: " asked to be erased" + t.by(w.Until)}
		row.Note = "The door closes, what they hold goes on to others, and nothing is left of them but what they gave."
		row.Acts = []component.Button{{Label: "What goes and what stays", Kind: component.Outlined, URL: path.ErasePerson(string(w.WhoID)), About: w.Who}}
	default:
		t.asked(w, &row, answer)
	}
	return row
}

// short says to whoever accepted a lead that something they were to get was answered with less or no.
func (t homeTeller) short(w homedb.Wanted, row *page.HomeRow, answer answering) {
	project, about := string(w.Project), words.Name(needWords(w.Need, t.currency))
	row.Said.Before, row.Said.After = "Say what you make of what ", " gets: "+about+t.by(w.Until)
	without := answer("I can do without it", path.WaiveNeed(project, w.ID), component.Outlined)
	look := component.Button{Label: "Look", Kind: component.Plain, URL: path.Project(project) + "#needs", About: w.Title}
	switch {
	case w.Kind == homedb.WaitLess:
		row.Note = words.Name(w.Who) + hasLess(w.Need, t.currency) + because(w.Need.Reason) + " You begin when you take it, or do without."
		row.Acts = []component.Button{answer("Take it", path.TakeNeed(project, w.ID), component.Outlined), look}
		return
	case w.Who != "":
		row.Note = words.Name(w.Who) + " cannot give it." + because(w.Need.Reason) + " You begin when you say that you do without it."
	default:
		row.Note = "Nobody is left who could grant it. You begin when you say that you do without it."
	}
	row.Acts = []component.Button{without, look}
}

// answering makes a button that answers at once.
type answering func(label, to string, kind component.Kind, hidden ...component.Hidden) component.Button

// asked says what a colleague asks of the viewer in a project: it is answered with yes or no.
func (t homeTeller) asked(w homedb.Wanted, row *page.HomeRow, answer answering) {
	project := string(w.Project)
	row.Said.After = t.by(w.Until)
	to := path.AnswerBeside(w.ID)
	switch w.Kind {
	case homedb.WaitInvite:
		to = path.AnswerInvite(w.ID)
		row.Said.Before, row.Said.After = "You are invited to lead ", t.answerBy(w.Until)
		row.Note = t.takes(w) + " Nobody has claimed it, and you are well placed."
	case homedb.WaitPlace:
		to = path.AnswerCoLead(project, string(w.WhoID))
		row.Said.Before = words.Name(w.Who) + " asks to co-lead "
		row.Note = "You lead it, so you say whether there is a place beside you."
	case homedb.WaitStandIn:
		to = path.AnswerStandIn(project, w.ID)
		row.Said.Before = "Would you stand in for " + words.Name(w.Who) + " in "
		row.Said.After = "?" + strings.TrimPrefix(t.answerBy(w.Until), ".")
		row.Note = t.takes(w) + " You decide what the lead decides; it counts as no lead of yours."
	case homedb.WaitCoLead:
		to = path.AnswerToCoLead(project, w.ID)
		row.Said.Before = "Would you lead "
		row.Said.After = " beside " + words.Name(w.Who) + "?" + strings.TrimPrefix(t.answerBy(w.Until), ".")
		row.Note = t.takes(w) + " It counts as no lead of yours. Once you say yes, " + words.Name(w.Who) + " says whether you lead it together."
	case homedb.WaitTogether:
		row.Said.Before = words.Name(w.Who) + " would like to claim with you: "
		row.Note = t.takes(w) + " Until you say yes it is their claim alone."
	case homedb.WaitCoach:
		row.Said.Before = words.Name(w.Who) + " would like you as a coach for "
		row.Note = "It is a stretch for them; with a coach they may claim it."
	}
	row.Acts = []component.Button{
		answer("Say yes", to, component.Outlined, component.Hidden{Name: "answer", Value: "yes"}),
		answer("Not this time", to, component.Plain, component.Hidden{Name: "answer", Value: "no"}),
	}
}

func (t homeTeller) answerBy(until *time.Time) string {
	if until == nil {
		return "."
	}
	return ". Answer by " + t.clock.Deadline(*until) + "."
}

// takes says what a lead takes: "5 hours a week until 31 January."
func (t homeTeller) takes(w homedb.Wanted) string {
	var end skein.Date
	if w.EndOn != nil {
		end = *w.EndOn
	}
	return cmp.Or(takesWords(w.Hours, end, t.clock), "Its hours are not stated") + "."
}

// unfinished says what the viewer has begun, a draft or a claim, and links to where it goes on.
func (t homeTeller) unfinished(b leaddb.Unfinished) page.HomeRow {
	project := string(b.Project)
	row := page.HomeRow{ID: "begun-" + project, Said: page.Said{Link: b.Title, URL: path.Project(project), After: "."}}
	look := func(label, url string) []component.Button {
		return []component.Button{{Label: label, Kind: component.Plain, URL: url, About: b.Title}}
	}
	switch {
	case b.Claim == "":
		row.Note = "A draft of a project. Until it is published only you see it, and its stewards."
		row.Acts = look("Go on", path.EditProject(project))
	case b.Decided:
		row.Note = "You claimed it. Claims have closed, and it is being decided; you are told as soon as it is."
		row.Acts = look("Look", path.Project(project))
	case b.Claim == skein.ClaimDraft:
		row.Note = "A claim that is not sent yet." + t.closes(b)
		row.Acts = look("Go on", path.ClaimProject(project))
	default:
		row.Note = "You claimed it. Only you" + toldOfClaim(b) + " can see that until claims close." + t.closes(b)
		row.Acts = look("Change it", path.ClaimProject(project))
	}
	return row
}

// toldOfClaim says who knows of somebody's claim beside them: whom they named in it.
func toldOfClaim(b leaddb.Unfinished) string {
	switch {
	case b.With != "" && b.Coach != "":
		return ", " + words.Name(b.With) + " and " + words.Name(b.Coach) + ", whom you named,"
	case b.With+b.Coach != "":
		return " and " + words.Name(b.With+b.Coach) + ", whom you named,"
	}
	return ""
}

func (t homeTeller) closes(b leaddb.Unfinished) string {
	if b.Until == nil {
		return ""
	}
	return " They close " + t.clock.Moment(*b.Until) + "."
}
