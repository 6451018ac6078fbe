package server

import (
	"strings"
	"time"

	"skein/internal/board"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// homeTeller puts what a home page holds into sentences.
type homeTeller struct {
	clock page.Clock
	free  *float64 // hours; nil: not stated
}

// clock says dates as the viewer's organisation does.
func clock(v view.Viewer) page.Clock { return page.Clock{Now: v.Now, Zone: v.Now.Location()} }

// opening is the title, and the sentence below it.
func (t homeTeller) opening(v view.Viewer, home postgres.Home) (title, purpose string) {
	if home.Waits == 0 {
		return t.greeting() + ", " + words.FirstName(v.Person.Name), "Nobody is waiting for you."
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
func (t homeTeller) waiting(w postgres.Wanted) page.HomeRow {
	row := page.HomeRow{ID: string(w.Kind) + "-" + w.ID, Said: page.Said{Link: w.Title, URL: path.Project(string(w.Project))}}
	project := string(w.Project)
	act := func(label, to string) component.Button {
		return component.Button{Label: label, Kind: component.Outlined, URL: to, About: w.Title}
	}
	answer := func(label, to string, kind component.Kind, hidden ...component.Hidden) component.Button {
		return component.Button{Label: label, Kind: kind, Action: to, Hidden: hidden, About: w.Title, Key: newKey()}
	}
	switch w.Kind {
	case postgres.WaitOffer:
		row.Said.Before, row.Said.After = "You were chosen for ", t.answerBy(w.Until)
		row.Note = t.offerNote(w)
		row.Acts = []component.Button{answer("Accept", path.AcceptClaim(w.ID), component.Outlined), answer("Not this time", path.DeclineClaim(w.ID), component.Plain)}
	case postgres.WaitPick:
		row.Said.Before, row.Said.After = "Look over how the lead of ", " was picked"+t.by(w.Until)
		row.Note = "The rule picked, and you had no part in it. Confirm it, or return it with a reason."
		if w.About != "" {
			row.Said.Before, row.Said.After = "Decide who leads ", t.by(w.Until)
			row.Note = "They claimed without any score, so what they wrote decides, and you had no part in it."
		}
		row.Acts = []component.Button{act("Check", path.Result(project)+"#check")}
	case postgres.WaitReview:
		row.Said.Before, row.Said.After = w.Who+" asks for a second look at ", t.by(w.Until)
		row.Note = "“" + words.EndSentence(w.About) + "” You had no part in it, so you answer."
		row.Acts = []component.Button{act("Answer", path.Result(project)+"#reviewing")}
	case postgres.WaitNeed:
		row.Said.Before = "The lead of "
		if w.Who != "" {
			row.Said.Before = w.Who + " needs your word for "
		}
		row.Said.After = ": " + w.About + t.by(w.Until)
		row.Note = "The lead begins when each need is granted, or waived by name."
		row.Acts = []component.Button{answer("Grant it", path.GrantNeed(project, w.ID), component.Outlined), {Label: "Look", Kind: component.Plain, URL: path.Project(project) + "#needs", About: w.Title}}
	case postgres.WaitOverdue:
		row.Said.Before, row.Said.After = "Nobody has answered what ", " needs: "+w.About+"."
		if w.Until != nil {
			row.Note = "An answer was due by " + t.clock.Day(*w.Until) + ". "
		}
		row.Note += "Ask who is to answer, or grant it where it is yours to grant."
		row.Acts = []component.Button{act("Look", path.Project(project)+"#needs")}
	case postgres.WaitAsk:
		row.Said = page.Said{Before: w.Who + " asks what you can say about ", Link: words.LowerFirst(w.About), URL: path.Ask(w.ID), After: t.by(w.Until)}
		row.Note = "One question. What you say counts, and they see it."
		cannot := answer("I cannot say", path.Ask(w.ID), component.Plain, component.Hidden{Name: "level", Value: view.CannotSay})
		row.Acts = []component.Button{{Label: "Answer", Kind: component.Outlined, URL: path.Ask(w.ID), About: w.Who}, cannot}
	default:
		t.asked(w, &row, answer)
	}
	return row
}

// answering makes a button that answers at once.
type answering func(label, to string, kind component.Kind, hidden ...component.Hidden) component.Button

// asked says what a colleague asks of the viewer in a project: it is answered with yes or no.
func (t homeTeller) asked(w postgres.Wanted, row *page.HomeRow, answer answering) {
	project := string(w.Project)
	row.Said.After = t.by(w.Until)
	to := path.AnswerBeside(w.ID)
	switch w.Kind {
	case postgres.WaitInvite:
		to = path.AnswerInvite(w.ID)
		row.Said.Before, row.Said.After = "You are invited to lead ", t.answerBy(w.Until)
		row.Note = words.UpperFirst(t.takes(w.Hours, w.EndOn)) + " Nobody has claimed it, and you are well placed."
	case postgres.WaitPlace:
		to = path.AnswerCoLead(project, string(w.WhoID))
		row.Said.Before = w.Who + " asks to co-lead "
		row.Note = "You lead it, so you say whether there is a place beside you."
	case postgres.WaitTogether:
		row.Said.Before = w.Who + " would like to claim with you: "
		row.Note = words.UpperFirst(t.takes(w.Hours, w.EndOn)) + " Until you say yes it is their claim alone."
	case postgres.WaitCoach:
		row.Said.Before = w.Who + " would like you as a coach for "
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
	day, at, near := strings.Cut(t.clock.Moment(*until), "\u00a0")
	if near && (day == "today" || day == "tomorrow") {
		return ". Answer by " + at + "\u00a0" + day + "."
	}
	return ". Answer by " + t.clock.Moment(*until) + "."
}

// takes says what a lead takes: "5 hours a week until 31 January."
func (t homeTeller) takes(hours *float64, end *time.Time) string {
	var parts []string
	if hours != nil {
		parts = append(parts, words.Hours(*hours))
	}
	if end != nil {
		parts = append(parts, t.clock.Until(*end))
	}
	if len(parts) == 0 {
		return "Its hours are not stated."
	}
	return strings.Join(parts, " ") + "."
}

func (t homeTeller) offerNote(w postgres.Wanted) string {
	note := words.UpperFirst(t.takes(w.Hours, w.EndOn))
	if w.First {
		note += " It would be the first lead of your own."
	}
	return note
}

// term says one place in front, and what it still lacks.
func (t homeTeller) term(h postgres.HeldTerm) page.HomeRow {
	project := path.Project(string(h.Project))
	row := page.HomeRow{ID: "lead-" + h.ID, Bird: component.Led, Said: page.Said{Link: h.Title, URL: project, After: "."}}
	if h.EndsOn != nil {
		row.Said.After = ", " + t.clock.Until(*h.EndsOn) + "."
	}
	var notes []string
	switch {
	case h.State == skein.TermAccepted:
		row.Bird = component.Vacant
		row.Said.After = ", as soon as its needs are settled."
		if h.NeedsBy != nil {
			notes = append(notes, "They have until "+t.clock.Day(*h.NeedsBy)+".")
		}
	case h.Paused:
		row.Bird = component.Paused
		notes = append(notes, "Its decisions pause; you still answer for it.")
	case h.State == skein.TermHandingOver:
		notes = append(notes, "You hand it over; it stays yours until it is taken.")
	}
	if h.Role == skein.CoLead {
		row.Bird = ""
		notes = append(notes, "You are its co-lead.")
	}
	if h.State == skein.TermLive && !h.Paused && h.Role == skein.Primary && len(h.Missing) == 0 {
		notes = append(notes, "Everything it needs is settled.")
	}
	look := component.Button{Label: "Look", Kind: component.Plain, URL: project, About: h.Title}
	if len(h.Missing) > 0 {
		notes = append(notes, "Still open: "+strings.Join(h.Missing, "; ")+".")
		look = component.Button{Label: "See what is open", Kind: component.Outlined, URL: project + "#needs", About: h.Title}
	}
	row.Note, row.Acts = strings.Join(notes, " "), []component.Button{look}
	return row
}

// lead says why one open lead could be theirs, and what it takes against what they have.
func (t homeTeller) lead(l board.Suggestion) page.HomeRow {
	id := string(l.ID)
	row := page.HomeRow{ID: "open-" + id, Said: page.Said{Link: l.Title, URL: path.Project(id)}}
	row.Acts = []component.Button{
		{Label: "Look", Kind: component.Plain, URL: path.Project(id), About: "at " + l.Title},
		{Label: "Not for me", Kind: component.Plain, Action: path.DismissProject(id), About: l.Title},
	}
	row.Note = whyTheirs(l.Assessment, l.Names)
	if l.Ground {
		row.Aside = "New ground"
		row.Note = "You want to try " + words.LowerFirst(l.Wish) + "."
	}
	if l.HoursPerWeek != nil {
		row.Note += " " + words.HoursOnly(*l.HoursPerWeek)
		if !l.Settled {
			row.Note += ", not granted yet"
		}
		if t.free != nil {
			row.Note += "; you have " + strings.TrimSuffix(strings.TrimSuffix(words.HoursOnly(*t.free), "s"), "\u00a0hour")
		}
		row.Note += "."
	}
	return row
}

// whyTheirs is the one line that says what somebody brings, from those who say so: of the
// requirement that counts most for them.
func whyTheirs(a match.Assessment, n match.Names) string {
	var most *match.Met
	for i, m := range a.Met {
		if m.Share > 0 && (most == nil || m.Share > most.Share) {
			most = &a.Met[i]
		}
	}
	if most == nil {
		return ""
	}
	skill := words.LowerFirst(n.Skill(most.Skill))
	var givers []string
	level, work, certificate := 0, false, false
	for _, w := range most.Witnesses {
		switch {
		case w.Kind == skein.Peer && w.Person != "":
			givers, level = append(givers, words.FirstName(n.Person(w.Person))), max(level, w.Level)
		case w.Kind == skein.Outcome:
			work = true
		case w.Kind == skein.Credential:
			certificate = true
		}
	}
	if len(givers) > 3 {
		givers = append(givers[:2], words.Number(len(givers)-2)+" others")
	}
	verb := func(one, many string) string {
		if len(givers) == 1 {
			return one
		}
		return many
	}
	switch {
	case len(givers) > 0 && level >= 4:
		return words.List(givers) + verb(" comes", " come") + " to you for " + skill + "."
	case len(givers) > 0:
		return words.List(givers) + verb(" has", " have") + " seen your " + skill + "."
	case work:
		return "Work of yours speaks for " + skill + "."
	case certificate:
		return "A certificate of yours speaks for " + skill + "."
	}
	return "You say you know " + skill + "."
}

// away says that the viewer is on leave now, and offers the way back.
func (t homeTeller) away(leaves []postgres.Leave, v view.Viewer) *page.HomeRow {
	for _, leave := range leaves {
		if !leave.Covers(v.Today()) {
			continue
		}
		row := &page.HomeRow{ID: "away", Said: page.Said{Before: "You are away."}, Note: "Nobody is told to wait for you, and nobody invites you meanwhile."}
		if !leave.Until.IsZero() {
			row.Said.Before = "You are away " + t.clock.Until(leave.Until) + "."
		}
		row.Acts = []component.Button{{Label: "I am back", Kind: component.Outlined, Action: path.EndLeave(leave.ID), Hidden: []component.Hidden{{Name: "then", Value: path.Home}}}}
		return row
	}
	return nil
}

// sinceWords says what came of something that a notice asked for.
var sinceWords = map[string]string{
	"yes": "You said yes.", "no": "You said no.", "confirmed": "You confirmed it.", "returned": "You returned it.",
	"answered": "You answered.", "late": "The time to answer is over.", "granted": "Nothing is asked of you there now.",
	"settled": "It is settled.", "unchecked": "It is settled.", "not_needed": "It is settled.", "void": "It is settled.",
}

// noticeLines turns notices into what pages show.
func noticeLines(notices []postgres.Notice, place *time.Location) []page.NoticeLine {
	lines := make([]page.NoticeLine, len(notices))
	for i, n := range notices {
		says, link := noticeSays(n, place)
		lines[i] = page.NoticeLine{Says: says, Since: sinceWords[n.Since], URL: link, At: n.MadeAt, New: !n.Seen}
	}
	return lines
}
