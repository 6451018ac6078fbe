package view

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Review is the quarter as executives look back on it. Move names a priority that somebody is about
// to move up.
func Review(v Viewer, q gameboarddb.Quarter, move string) page.ReviewData {
	clock := v.Clock()
	d := page.ReviewData{
		Months: months(v.Now), Counts: reviewCounts(q.States, q.Coming, q.Reconsidered), Least: leastCovered(q.Priorities),
		Priorities: reviewPriorities(q.Priorities, move), Order: orderOf(q.Priorities),
		Tasks: reviewTasks(q, v, clock), Spread: reviewSpread(q.Now, q.Before),
		Stood: words.Name(q.Vision.Organisation) + " as it stood on " + clock.ExactDate(v.Today()) + ".",
	}
	if q.Waiting != nil {
		d.Waiting = &page.ReviewWaiting{
			Title: q.Waiting.Title, URL: path.Project(string(q.Waiting.Project)),
			Words: ", " + waited(v.Now.Sub(q.Waiting.Since)) + ": " + whyWaiting(*q.Waiting, v.Org.Currency) + ".",
		}
	}
	for _, seconds := range q.SinceTick {
		if seconds != nil {
			d.Still = still(time.Duration(*seconds * float64(time.Second)))
		}
	}
	d.Mail, d.Refused = MailFails(q.Mail, clock), MailRefused(q.Mail)
	return d
}

// stillAfter is how long the clocks may go unlooked at before it is said.
const stillAfter = 2 * time.Minute

// still says that deadlines have stood still, given how long ago they were looked at; "": they run.
func still(since time.Duration) string {
	if since <= stillAfter {
		return ""
	}
	return "Nothing has happened by the clock for " + ago(since) +
		": no window closes and no answer lapses. Whoever runs Skein finds the reason in its log; restarting it makes up for what is due."
}

// ago is a stretch of time in its largest whole unit.
func ago(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return words.Days(int(d.Hours() / 24))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d minutes", int(d.Minutes()))
}

// waited is how long something has waited, in whole days.
func waited(d time.Duration) string {
	if d < 24*time.Hour {
		return "for less than a day"
	}
	return words.Days(int(d.Hours() / 24))
}

// months names the three months that end now.
func months(now time.Time) string {
	from := time.Date(now.Year(), now.Month()-2, 1, 0, 0, 0, 0, time.UTC)
	if from.Year() != now.Year() {
		return from.Format("January 2006") + " to " + now.Format("January 2006")
	}
	return from.Format("January") + " to " + now.Format("January 2006")
}

// places parts the projects that are under way by who leads them: each is in one part alone.
type places struct {
	led, over, open, coming int // coming: somebody accepted the lead and has not begun
	again                   int // led, and being reconsidered
	paused                  int // of those led
}

func (p places) all() int { return p.led + p.again + p.over + p.open + p.coming }

// words counts the parts: "3 led, 1 of them paused, 2 open, 1 being reconsidered, 1 about to begin, 1 being handed over". Led begins it; "": said
// only where some are.
func (p places) words(led string) string {
	var parts []string
	say := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	if led != "" {
		parts = append(parts, led)
	} else {
		say(p.led, "led")
	}
	say(p.paused, "of them paused")
	say(p.open, "open")
	say(p.again, "being reconsidered")
	say(p.coming, "about to begin")
	say(p.over, "being handed over")
	return strings.Join(parts, ", ")
}

func placesOf(p gameboarddb.PriorityRow) places {
	return places{led: p.Led - p.Reconsidered + p.Paused, again: p.Reconsidered, over: p.HandingOver, open: p.Open, coming: p.Coming, paused: p.Paused}
}

func reviewCounts(states map[skein.ProjectState]int, coming, again int) string {
	p := places{
		led: states[skein.Led] - again + states[skein.Paused], again: again, over: states[skein.HandingOver],
		open: states[skein.OpenForLead] - coming, coming: coming, paused: states[skein.Paused],
	}
	if p.all() == 0 {
		return "No project is under way yet."
	}
	return p.words(fmt.Sprintf("%d of %d %s led", p.led, p.all(), words.Plural(p.all(), "project"))) + "."
}

// leastCovered names the priority with the smallest part of its projects led, where one stands out:
// it has projects, and no other has as small a part.
func leastCovered(ps []gameboarddb.PriorityRow) (name component.NavItem) {
	least := 1.0
	for _, p := range ps {
		if p.Projects == 0 {
			continue
		}
		switch covered := 1 - float64(p.Open+p.Coming)/float64(p.Projects); {
		case covered < least:
			least, name = covered, priorityLink(p)
		case covered == least:
			name = component.NavItem{}
		}
	}
	return name
}

// orderOf is the version of the order in which priorities stand.
func orderOf(ps []gameboarddb.PriorityRow) string {
	order := make([]skein.PriorityID, len(ps))
	for i, p := range ps {
		order[i] = p.ID
	}
	return skein.OrderVersion(order)
}

// priorityLink is a priority's name, which leads to where everybody reads of it.
func priorityLink(p gameboarddb.PriorityRow) component.NavItem {
	return component.NavItem{Label: p.Title, URL: path.PriorityRead(string(p.ID))}
}

func reviewPriorities(ps []gameboarddb.PriorityRow, move string) []page.ReviewPriority {
	list := make([]page.ReviewPriority, len(ps))
	for i, p := range ps {
		list[i] = page.ReviewPriority{
			ID: string(p.ID), Place: i + 1, Title: p.Title, First: i == 0,
			Dots:  dotsOf(placesOf(p)),
			Words: cmp.Or(placesOf(p).words(""), "no project serves it"),
		}
		if i > 0 && move == string(p.ID) {
			list[i].Answer = moveAnswer(p, ps[i-1], i)
		}
	}
	return list
}

func dotsOf(p places) component.DotCounts {
	return component.DotCounts{Led: p.led + p.over, Paused: p.paused, Reconsidered: p.again, Open: p.open + p.coming}
}

// moveAnswer says what putting p before the one above it would do, before anything is saved.
func moveAnswer(p, above gameboarddb.PriorityRow, place int) string {
	words := fmt.Sprintf("%s would come before %s.", p.Title, above.Title)
	if p.Open > 0 {
		words += fmt.Sprintf(" Its %s would be listed first among open leads.", openWords(p.Open))
	} else if above.Open > 0 {
		words += fmt.Sprintf(" The %s of %s would be listed later.", openWords(above.Open), above.Title)
	}
	return words + " No lead changes hands."
}

func openWords(n int) string {
	return words.Spell(n) + " open " + words.Plural(n, "lead")
}

func whyWaiting(w gameboarddb.Waiting, currency string) string {
	switch {
	case w.Invited > 0 && w.SaidNo == w.Invited:
		return fmt.Sprintf("%s asked, and all said no", words.Spell(w.Invited)+" "+words.Verb(w.Invited, "were"))
	case len(w.NeedsOpen) > 0:
		return words.List(needsWords(w.NeedsOpen, currency)) + " not granted"
	case w.Invited > 0:
		return "people have been invited"
	case w.EverClosed:
		return "nobody claimed it"
	}
	return "claims are still open"
}

// reviewSpread says whether leadership spreads, each with the figure of three months before.
func reviewSpread(now, before gameboarddb.Spread) []page.ReviewFigure {
	list := []page.ReviewFigure{{
		Now:    words.UpperFirst(words.Spell(now.FirstTime)) + " first-time " + words.Plural(now.FirstTime, "lead"),
		Before: fmt.Sprint(before.FirstTime),
	}}
	if now.Leads > 0 {
		f := page.ReviewFigure{Now: fmt.Sprintf("The busiest tenth hold %d\u00a0%%", percent(now))}
		if before.Leads > 0 {
			f.Before = fmt.Sprint(percent(before))
		}
		list = append(list, f)
	}
	if now.DaysToLead >= 0 {
		f := page.ReviewFigure{Now: "Less than a day to a lead"}
		if days := int(math.Round(now.DaysToLead)); days > 0 {
			f.Now = words.UpperFirst(words.Days(days)) + " to a lead"
		}
		if before.DaysToLead >= 0 {
			f.Before = fmt.Sprint(int(math.Round(before.DaysToLead)))
		}
		list = append(list, f)
	}
	return list
}

func percent(s gameboarddb.Spread) int {
	return int(math.Round(100 * float64(s.BusiestHold) / float64(s.Leads)))
}
