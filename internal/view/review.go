package view

import (
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
		Months: months(v.Now), Counts: reviewCounts(q.States), Least: leastCovered(q.Priorities),
		Priorities: reviewPriorities(q.Priorities, move),
		Tasks:      reviewTasks(q, v, clock), Spread: reviewSpread(q.Now, q.Before),
		Stood: words.Name(q.Vision.Organisation) + " as it stood on " + clock.ExactDate(v.Today()) + ".",
	}
	if q.Waiting != nil {
		d.Waiting = &page.ReviewWaiting{
			Title: q.Waiting.Title, URL: path.Project(string(q.Waiting.Project)),
			Words: ", " + words.Days(int(v.Now.Sub(q.Waiting.Since).Hours()/24)) + ": " + whyWaiting(*q.Waiting) + ".",
		}
	}
	for _, seconds := range q.SinceTick {
		if seconds != nil {
			d.Still = still(time.Duration(*seconds * float64(time.Second)))
		}
	}
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

// months names the three months that end now.
func months(now time.Time) string {
	from := time.Date(now.Year(), now.Month()-2, 1, 0, 0, 0, 0, time.UTC)
	if from.Year() != now.Year() {
		return from.Format("January 2006") + " to " + now.Format("January 2006")
	}
	return from.Format("January") + " to " + now.Format("January 2006")
}

func reviewCounts(states map[skein.ProjectState]int) string {
	led, open := states[skein.Led]+states[skein.Paused], states[skein.OpenForLead]
	over := states[skein.HandingOver]
	all := led + open + over
	if all == 0 {
		return "No project is under way yet."
	}
	words := fmt.Sprintf("%d of %d %s led", led+over, all, words.Plural(all, "project"))
	if open > 0 {
		words += fmt.Sprintf(", %d open", open)
	}
	if over > 0 {
		words += fmt.Sprintf(", %d being handed over", over)
	}
	return words + "."
}

// leastCovered names the priority with the smallest part of its projects led, where one stands out.
func leastCovered(ps []gameboarddb.PriorityRow) string {
	least, name := 1.0, ""
	for _, p := range ps {
		if p.Projects == 0 {
			continue
		}
		covered := 1 - float64(p.Open)/float64(p.Projects)
		if covered < least {
			least, name = covered, p.Title
		}
	}
	return name
}

func reviewPriorities(ps []gameboarddb.PriorityRow, move string) []page.ReviewPriority {
	list := make([]page.ReviewPriority, len(ps))
	for i, p := range ps {
		list[i] = page.ReviewPriority{
			ID: string(p.ID), Place: i + 1, Title: p.Title, First: i == 0,
			Dots:  component.DotCounts{Led: p.Led + p.Paused, Paused: p.Paused, Reconsidered: p.HandingOver, Open: p.Open},
			Words: placeWords(p),
		}
		if i > 0 && move == string(p.ID) {
			list[i].Answer = moveAnswer(p, ps[i-1], i)
		}
	}
	return list
}

// placeWords counts the lead places of a priority.
func placeWords(p gameboarddb.PriorityRow) string {
	var parts []string
	if led := p.Led + p.Paused; led > 0 {
		parts = append(parts, fmt.Sprintf("%d led", led))
	}
	if p.Paused > 0 {
		parts = append(parts, fmt.Sprintf("%d of them paused", p.Paused))
	}
	if p.HandingOver > 0 {
		parts = append(parts, fmt.Sprintf("%d being handed over", p.HandingOver))
	}
	if p.Open > 0 {
		parts = append(parts, fmt.Sprintf("%d open", p.Open))
	}
	if len(parts) == 0 {
		return "no project serves it"
	}
	return strings.Join(parts, ", ")
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

func whyWaiting(w gameboarddb.Waiting) string {
	switch {
	case w.Invited > 0 && w.SaidNo == w.Invited:
		return fmt.Sprintf("%s asked, and all said no", words.Spell(w.Invited)+" "+were(w.Invited))
	case len(w.NeedsOpen) > 0:
		return words.List(w.NeedsOpen) + " not granted"
	case w.Invited > 0:
		return "people have been invited"
	case w.EverClosed:
		return "nobody claimed it"
	}
	return "claims are still open"
}

func were(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// reviewTasks lists at most three things that only an executive can do.
func reviewTasks(q gameboarddb.Quarter, v Viewer, clock words.Clock) (tasks []page.ReviewTask) {
	for _, n := range q.Overdue {
		tasks = append(tasks, page.ReviewTask{
			Sentence: fmt.Sprintf("Grant %s for %s.", words.LowerFirst(n.What), n.Title),
			Note:     "An answer was due by " + clock.Date(n.AnswerBy) + ".",
			Button:   component.Button{Label: "Look", Kind: component.Plain, About: "at " + words.Name(n.Title), URL: path.Project(string(n.Project))},
		})
	}
	for _, p := range q.Priorities {
		if p.Owner == "" || !p.OwnerActive {
			note := "Nobody is named yet."
			if p.Owner != "" {
				note = words.Name(p.OwnerName) + " is no longer here."
			}
			tasks = append(tasks, page.ReviewTask{
				Sentence: "Say who answers for", Waters: p.Title, Note: note,
				Button: component.Button{
					Label: "Name somebody", Kind: component.Outlined, About: "for " + words.Name(p.Title),
					URL: path.AdminVision + "?change=priority:" + string(p.ID) + "#change",
				},
			})
		}
	}
	for _, g := range q.Guardrails {
		if !g.ReviewOn.IsZero() && g.ReviewOn.Before(v.Today().AddDate(0, 0, 30)) {
			tasks = append(tasks, page.ReviewTask{
				Sentence: "Keep or change “" + g.Rule() + "”.",
				Note:     "It is due for a look by " + clock.Date(g.ReviewOn) + ".",
				Button: component.Button{
					Label: "Look", Kind: component.Plain, About: "at this guardrail",
					URL: path.AdminVision + "?change=guardrail:" + g.ID + "#change",
				},
			})
		}
	}
	return tasks[:min(len(tasks), 3)]
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
		f := page.ReviewFigure{Now: words.UpperFirst(words.Days(int(math.Round(now.DaysToLead)))) + " to a lead"}
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
