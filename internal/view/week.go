package view

import (
	"slices"
	"strconv"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Week is the page of a week's word: all that was said, and the form for whoever says it.
func Week(v Viewer, p leaddb.ProjectPage, all []leaddb.WordRow) page.WeekData {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	d := page.WeekData{
		ID: string(p.Project.ID), Title: p.Project.Title, Statement: "How " + words.Name(p.Project.Title) + " stands",
		Purpose: "In the words of whoever leads it, the newest first.", Words: x.wordLines(all), Empty: "Nothing was said yet.",
	}
	if p.Week.Said > len(all) {
		d.More = "The newest " + strconv.Itoa(len(all)) + " of " + strconv.Itoa(p.Week.Said) + "."
	}
	if !x.tells() {
		return d
	}
	d.Statement = "This week on " + words.Name(p.Project.Title)
	d.Purpose = "One sentence. Everybody here can read it."
	if a := p.Week.Answer; a.ID != "" && a.ID != v.Person.ID {
		d.Purpose += " " + words.Name(a.Name) + ", who answers for its priority, can say that they have seen it."
	}
	d.Form = &page.WeekForm{Version: skein.Word{}.Version()}
	if w := x.lastWord(); w != nil && w.Day.Equal(v.Today()) {
		d.Form.State, d.Form.Says, d.Form.Version, d.Form.Mends = string(w.State), w.Says, w.Version(), true
	} else if w != nil {
		d.Form.Before = words.UpperFirst(x.clock.OnDay(w.SaidAt)) + ": " + w.State.Words() + ". " + words.EndSentence(w.Says)
		d.Form.Same, d.Form.Shown = true, w.Version()
	}
	return d
}

// WordMeanwhile says in the form of a week's word what somebody else said today while it was typed.
func WordMeanwhile(d *page.WeekForm, state, says string) {
	now := skein.WordState(d.State)
	if now == "" { // it moved on to somebody else, or to another day
		d.Meanwhile, d.State, d.Says = "What you were mending stands as it was. Send this to say it today.", state, says
		return
	}
	d.Meanwhile = "Somebody else has said it today meanwhile: now it says “" + words.Name(d.Says) + "”, " + now.Words() + ". Send yours again to put it in its place."
	d.State, d.Says = state, says
}

// tells tells whether the viewer says how it stands: they lead it, lead it beside, or stand in, while somebody leads it.
func (x projectView) tells() bool {
	lead := x.lead()
	return lead != nil && x.p.Project.State.UnderWay() &&
		(lead.Person == x.Person.ID || x.place().co != nil || standsIn(x.Viewer, x.p))
}

// lastWord is what whoever leads now said last, or who leads beside or stands in; nil: nothing yet.
func (x projectView) lastWord() *leaddb.WordRow {
	lead := x.lead()
	if lead == nil || len(x.p.Week.Words) == 0 {
		return nil
	}
	if w := &x.p.Week.Words[0]; w.Term == lead.ID {
		return w
	}
	return nil
}

// week is what was said last of how it stands.
func (x projectView) week() page.ProjectWeek {
	d := page.ProjectWeek{Words: x.wordLines(x.p.Week.Words)}
	if more := x.p.Week.Said; more > len(d.Words) {
		d.All = "All " + words.Figure(more)
	}
	return d
}

// wordLines are words as a list says them. Who said one is named where it was not whoever leads now.
func (x projectView) wordLines(all []leaddb.WordRow) []page.WordLine {
	var lines []page.WordLine
	for _, w := range all {
		line := page.WordLine{
			Day: x.clock.Date(w.Day), Exact: x.clock.Exact(w.SaidAt), State: words.UpperFirst(w.State.Words()), Says: words.EndSentence(w.Says),
		}
		if w.Person != LeadOf(x.p) {
			line.Who = words.Name(w.Name) + "."
		}
		if w.SeenByName != "" {
			line.Who = together(line.Who, "Seen by "+words.Name(w.SeenByName)+".")
		}
		lines = append(lines, line)
	}
	return lines
}

// wordSays says that a word is due, or late.
func wordSays(n homedb.Notice) (says, link string) {
	day := n.On.Format("2 January")
	if n.Code == skein.CodeLate {
		return words.Name(n.WhoName) + " has not said how " + words.Name(n.Title) + " stands: a word was due on " + day + ".", path.Project(string(n.Project))
	}
	return "How does " + words.Name(n.Title) + " stand? A word is due on " + day + "; one sentence will do.", path.Week(string(n.Project))
}

// stands says what was said last of something that somebody else leads.
func (t homeTeller) stands(w leaddb.LastWord) string {
	if says := t.standsShort(w); says != "" {
		return words.UpperFirst(says) + "."
	}
	return ""
}

// weekOf is what is led and of which a word is due now and then.
type weekOf struct {
	Project skein.ProjectID
	Title   string
	Missing bool // something that it needs is still open, which comes first

	leaddb.LastWord
}

// weekly lets whoever leads something, leads it beside somebody or stands in say how it stands.
func (t homeTeller) weekly(h weekOf, row page.HomeRow) page.HomeRow {
	if h.LedFrom == nil {
		return row
	}
	project := string(h.Project)
	tell := component.Button{Label: "Tell the team", Kind: component.Plain, URL: path.Week(project), About: h.Title}
	due := t.wordDue(h.LastWord)
	if due != "" {
		tell.Kind = component.Outlined
	}
	if h.WordState == "" {
		row.Note = together(due, row.Note)
		if !h.Missing {
			tell.Kind = component.Outlined
			row.Acts = nil
		}
		row.Acts = append(slices.Clone(row.Acts), tell)
		return row
	}
	said := t.clock.OnDate(*h.WordDay)
	row.Note = together(together(due, "Last word, "+said+": "+h.WordState.Words()+". "+words.EndSentence(words.Name(h.WordSays))), row.Note)
	if t.clock.DaysTo(*h.WordDay) == 0 {
		tell.Label = "Mend today’s word"
		row.Acts = append(slices.Clone(row.Acts), tell)
		return row
	}
	same := component.Button{
		Label: "Same as last week", Kind: component.Outlined, Action: path.Week(project), About: h.Title,
		Hidden: []component.Hidden{
			{Name: "same", Value: "yes"}, {Name: "shown", Value: skein.Word{State: h.WordState, Says: h.WordSays}.Version()}, {Name: "then", Value: path.Home},
		},
	}
	if h.Missing {
		row.Acts = append(slices.Clone(row.Acts), tell)
		return row
	}
	tell.Kind = component.Plain
	row.Acts = []component.Button{same, tell}
	return row
}

// wordDue says that a word on how it stands is due, from the day of the reminder on, or since when it is late; empty: it is
// not.
func (t homeTeller) wordDue(w leaddb.LastWord) string {
	if w.WordDue == nil || w.WordDay != nil && t.clock.DaysTo(*w.WordDay) == 0 {
		return ""
	}
	switch days := t.clock.DaysTo(*w.WordDue); {
	case days < 0:
		return "A word on how it stands was due " + t.clock.OnDate(*w.WordDue) + "."
	case days <= 1:
		return "A word on how it stands is due " + t.clock.OnDate(*w.WordDue) + "."
	}
	return ""
}

// wordsDue says how many words are due of the viewer on what they lead, and on what they look after in a lead's place; empty:
// none is.
func (t homeTeller) wordsDue(home homedb.Home, today skein.Date) string {
	led, inPlace := 0, 0
	for _, h := range home.Terms {
		if h.Role == skein.Primary && h.State.Holds() && t.wordDue(h.LastWord) != "" {
			led++
		}
	}
	for _, s := range home.StandsIn {
		if !s.From.After(today) && t.wordDue(s.LastWord) != "" {
			inPlace++
		}
	}
	on := "what you lead"
	switch {
	case led+inPlace == 0:
		return ""
	case led == 0:
		on = "what you look after"
	case inPlace > 0:
		on = "what you lead and look after"
	}
	return words.Count(led+inPlace, "word is", "words are") + " due on " + on + "."
}

// word says how it stood, and what was said before.
func (x auditTeller) word() []string {
	now, was := skein.WordState(x.text("state")).Words(), skein.WordState(x.text("was")).Words()
	if was == "" || was == now {
		return []string{now}
	}
	return fromTo(was, now)
}
