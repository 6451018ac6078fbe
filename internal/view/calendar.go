package view

import (
	"strings"
	"time"

	"skein/internal/calendar"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// Calendar is somebody's dates as their calendar holds them. Base is where browsers reach Skein.
func Calendar(v Viewer, d homedb.Dates, base string) []calendar.Event {
	t := homeTeller{clock: v.Clock(), key: func() string { return "" }, currency: v.Org.Currency}
	var all []calendar.Event
	for _, w := range d.Waiting {
		if w.Until == nil {
			continue
		}
		bare := w
		bare.Until = nil // the entry stands at the time
		row := t.waiting(bare)
		all = append(all, calendar.Event{UID: string(w.Kind) + ":" + w.ID, Says: saidWhole(row.Said), URL: base + row.Said.URL, Until: *w.Until})
	}
	for _, term := range d.Terms {
		all = append(all, termDates(term, base)...)
	}
	for _, in := range d.StandsIn {
		all = append(all, standInDates(in, v.Today(), base)...)
	}
	for _, c := range d.Closes {
		e := calendar.Event{UID: "window:" + c.ID, Says: "Claims for " + words.Name(c.Title) + " close", URL: base + path.Project(string(c.Project)), Until: c.At}
		if c.Draft {
			e.Says, e.URL = e.Says+"; yours is not sent", base+path.ClaimProject(string(c.Project))
		}
		all = append(all, e)
	}
	for _, r := range d.Reviews {
		all = append(all, calendar.Event{
			UID: "asked:" + r.ID, Says: "Your question how the lead of " + words.Name(r.Title) + " was decided is answered by now",
			URL: base + path.Result(string(r.Project)), Until: r.At,
		})
	}
	for _, r := range d.Rails {
		all = append(all, calendar.Event{UID: "guardrail:" + r.ID, Says: "Look at a guardrail of yours again", URL: base + path.Vision, Day: r.On})
	}
	return all
}

// termDates are the first day and the last of a place in front.
func termDates(term homedb.HeldTerm, base string) []calendar.Event {
	url, lead := base+path.Project(string(term.Project)), "lead "
	if term.Role == skein.CoLead {
		lead = "co-lead "
	}
	lead += words.Name(term.Title)
	var all []calendar.Event
	if term.StartsOn != nil {
		all = append(all, calendar.Event{UID: "begins:" + term.ID, Says: "You begin to " + lead, URL: url, Day: skein.Day(*term.StartsOn)})
	}
	if term.WordDue != nil && term.Role != skein.CoLead && term.State.Holds() {
		all = append(all, wordDate(term.ID, weekOf{Project: term.Project, Title: term.Title, LastWord: term.LastWord}, base))
	}
	if term.EndsOn != nil {
		all = append(all, calendar.Event{UID: "ends:" + term.ID, Says: "The last day on which you " + lead, URL: url, Day: skein.Day(*term.EndsOn)})
	}
	return all
}

// wordDate is the day on which a word is due on how something stands.
func wordDate(id string, of weekOf, base string) calendar.Event {
	return calendar.Event{
		UID: "word:" + id, Says: "A word is due on how " + words.Name(of.Title) + " stands", URL: base + path.Week(string(of.Project)), Day: skein.Day(*of.WordDue),
	}
}

// standInDates are the first day, while it is to come, and the last of standing in.
func standInDates(in homedb.StandsIn, today skein.Date, base string) []calendar.Event {
	url, what := base+path.Project(string(in.Project)), "stand in for "+words.Name(in.For)+" in "+words.Name(in.Title)
	var all []calendar.Event
	if in.From.After(today) {
		all = append(all, calendar.Event{UID: "begins:" + string(in.ID), Says: "You begin to " + what, URL: url, Day: in.From})
	}
	if in.WordDue != nil && !in.From.After(today) && (in.Until.IsZero() || !skein.Day(*in.WordDue).After(in.Until)) {
		all = append(all, wordDate(string(in.ID), weekOf{Project: in.Project, Title: in.Title, LastWord: in.LastWord}, base))
	}
	if !in.Until.IsZero() {
		all = append(all, calendar.Event{UID: "ends:" + string(in.ID), Says: "The last day on which you " + what, URL: url, Day: in.Until})
	}
	return all
}

// OfferDate is until when an offer is answered, as the feed has it too.
func OfferDate(n homedb.Notice, base string) calendar.Event {
	id := string(n.Claim)
	if id == "" {
		id = n.Of
	}
	return calendar.Event{
		UID: string(homedb.WaitOffer) + ":" + id, Says: "You were chosen for " + words.Name(n.Title) + ". Answer by the end of this",
		URL: base + path.Result(string(n.Project)), Until: n.By, Changed: n.MadeAt,
	}
}

func saidWhole(s page.Said) string {
	return strings.TrimSuffix(s.Before+words.Name(s.Link)+s.After, ".")
}

// CalendarWants is what somebody may do about their calendar. Address is one that was just made, shown this once.
func CalendarWants(v Viewer, since time.Time, address string) page.CalendarWants {
	d := page.CalendarWants{Address: address, On: !since.IsZero()}
	if d.On {
		d.Says = "Whoever has its address reads your dates. It was made " + v.ClockAt(v.Now).OnDay(since) + "."
	}
	return d
}
