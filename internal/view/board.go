package view

import (
	"cmp"
	"time"

	"skein/internal/board"
	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// boardView puts the board into words for one viewer.
type boardView struct {
	Viewer
	asks      Asks
	query     board.Query
	standings *board.Standings // how the viewer stands with each lead
	clock     words.Clock
}

// Board is a page of the board as it was asked for.
func Board(v Viewer, asks Asks, query board.Query, found board.Page, standings *board.Standings) page.BoardData {
	b := boardView{Viewer: v, asks: asks, query: query, standings: standings, clock: v.Clock()}
	d := b.data(found)
	if found.Next != nil {
		d.Next = path.With(path.Leads, asks.with("after", asks.after(*found.Next)))
	}
	return d
}

// data is all of it but where the next page begins.
func (b boardView) data(found board.Page) page.BoardData {
	d := page.BoardData{Sentence: b.sentence(found), Search: b.asks["q"], Undo: b.undo()}
	for _, name := range []string{"team", "priority", "hours", "closing", "like", "sort"} {
		if value := b.asks[name]; value != "" {
			d.Keep = append(d.Keep, component.Hidden{Name: name, Value: value})
		}
	}
	if q := b.asks["q"]; q != "" {
		d.Sentence.Hidden = []component.Hidden{{Name: "q", Value: q}}
	}
	add := func(head string, rows []board.Row, lead func(board.Row) page.BoardLead) {
		group := page.BoardGroup{Head: head}
		for _, row := range rows {
			group.Leads = append(group.Leads, lead(row))
		}
		if len(group.Leads) > 0 {
			d.Groups = append(d.Groups, group)
		}
	}
	add("", found.Open, b.open)
	add("Being decided", found.Deciding, b.deciding)
	add("Opening soon", found.Soon, b.soon)
	beside := "Beside a lead"
	if found.Counts.Beside > len(found.Beside) {
		beside += ": " + words.Spell(len(found.Beside)) + " of " + words.Count(found.Counts.Beside, "place", "places")
	}
	add(beside, found.Beside, b.beside)
	b.count(&d, found)
	if len(found.Open) > 0 || b.asks["after"] != "" {
		return d
	}
	for _, row := range found.Nearest {
		lead := b.open(row)
		lead.Between = b.between(row)
		d.Nearest = append(d.Nearest, lead)
	}
	if len(d.Nearest) == 0 {
		d.Empty = "No lead is open just now. What should somebody lead?"
	}
	return d
}

// lead is what every row says, whichever group it stands in.
func (b boardView) lead(row board.Row) page.BoardLead {
	lead := page.BoardLead{
		ID: string(row.ID), Title: row.Title, Purpose: row.Purpose, Priority: row.Priority, PriorityID: string(row.PriorityID), Team: row.CircleName, Moves: row.Moves,
		Leads: row.LeadName, Open: b.asks["why"] == string(row.ID),
	}
	if row.HoursPerWeek != nil {
		lead.Hours = words.Hours(*row.HoursPerWeek)
	}
	return lead
}

// open is a lead that takes claims.
func (b boardView) open(row board.Row) page.BoardLead {
	lead := b.lead(row)
	b.when(&lead, row)
	if lead.Hours != "" {
		if row.Granted {
			lead.Hours += ", granted"
		} else {
			lead.Hours += ", not granted yet"
		}
	}
	b.stand(&lead, row)
	return lead
}

// when says until when claims gather, or that they have closed.
func (b boardView) when(lead *page.BoardLead, row board.Row) {
	lead.When, lead.WhenNote = opening(b.clock, row.WindowState, row.OpenedAt, row.ClosesAt)
	switch {
	case row.Coming != "":
		lead.When, lead.WhenNote = "Decided", words.Name(row.Coming)+" takes it on"
	case !row.ClosesAt.IsZero():
		lead.Exact = b.clock.Exact(row.ClosesAt)
	case !row.WindowState.Over():
		lead.Exact = b.clock.Exact(row.OpenedAt)
	}
}

// opening says until when claims to a lead gather, or that they have closed, and a note to it. All that it goes
// by is known to everybody: the latest window's state, and the moments of the one that has not closed.
func opening(clock words.Clock, state skein.WindowState, opened, closes time.Time) (when, note string) {
	switch {
	case state == skein.WindowTaken:
		return "Decided", "it is known who leads"
	case state == skein.WindowRestarted:
		return "Closed", "claims begin again"
	case state == skein.WindowVoid:
		return "Closed", "nobody can claim it"
	case state.Over() || !closes.IsZero() && !closes.After(clock.Now):
		return "Closed", "being decided"
	case closes.IsZero():
		return "Until taken", "open " + clock.Since(opened)
	}
	return words.UpperFirst(clock.Moment(closes)), clock.In(closes)
}

// openSince is what opening says of a lead that nobody has, in a few words beside its name.
func openSince(clock words.Clock, state skein.WindowState, opened, closes time.Time) string {
	when, note := opening(clock, state, opened, closes)
	switch {
	case state.Over() || !closes.IsZero() && !closes.After(clock.Now):
		return words.LowerFirst(when) + ", " + note
	case closes.IsZero():
		return note
	}
	return "open, closes " + clock.Moment(closes)
}

// deciding is a lead whose claims have closed, and of which nobody is known yet to lead it.
func (b boardView) deciding(row board.Row) page.BoardLead {
	lead := b.lead(row)
	b.when(&lead, row)
	lead.State = cmp.Or(ownWords(row), "Claims are closed")
	return lead
}

// soon is a lead that somebody holds and that opens before long, or is open for the next.
func (b boardView) soon(row board.Row) page.BoardLead {
	lead := b.lead(row)
	if row.State.Seeks() {
		b.when(&lead, row)
	} else {
		lead.When, lead.WhenNote = words.UpperFirst(b.clock.Date(row.EndsOn)), b.clock.InDate(row.EndsOn)
		lead.Exact = b.clock.ExactDate(row.EndsOn)
	}
	b.stand(&lead, row)
	return lead
}

// beside is a project with a place beside its lead.
func (b boardView) beside(row board.Row) page.BoardLead {
	lead := b.lead(row)
	lead.When = "Any time"
	fit, _ := b.standings.Fit(row.ID)
	if row.CoLed || fit.Zone == match.NotYet {
		lead.State = "Open to everybody"
		lead.Change = "A place to shadow, for whoever wants to learn how it is done."
		lead.Hours = "as shadow"
		if row.Shadowed {
			lead.Hours, lead.Change = "in the team", "Its team is open to whoever wants to help."
		}
		return lead
	}
	b.stand(&lead, row)
	lead.State = "Ready to co-lead"
	if fit.Zone == match.Stretch {
		lead.State = "A stretch, as co-lead"
	}
	if lead.Hours != "" {
		lead.Hours += ", shared"
	}
	return lead
}

// stand says how the viewer stands with a lead.
func (b boardView) stand(lead *page.BoardLead, row board.Row) {
	if state := ownWords(row); state != "" {
		lead.State = state
		return
	}
	a, ok := b.standings.Answer(row.ID)
	if !ok {
		return
	}
	if !a.Compared {
		lead.State = "Nobody is compared here"
		lead.Change = "Somebody who has no part in it reads what you write, and decides."
		return
	}
	lead.State = match.StateWords(a.Assessment.Zone)
	lead.Lines, lead.Bars, lead.Change = SaysOf(a.Explanation.Lines), a.Explanation.Bars, a.Explanation.Change
	if a.Assessment.Zone == match.NotYet {
		lead.ShowsChangeAnyway = true
		lead.Change = cmp.Or(lead.Change, "Join the team, or shadow: that is where it begins.")
	}
}

// ownWords is what the viewer has to do with a lead already.
func ownWords(row board.Row) string {
	switch row.Claim {
	case skein.ClaimDraft:
		return "You began a claim"
	case skein.ClaimSubmitted, skein.ClaimChosen:
		return "You claimed"
	}
	switch row.Own {
	case "lead":
		return "You lead it"
	case string(skein.TermAccepted):
		return "You said yes"
	case string(skein.TermOffered):
		return "You are offered it"
	}
	return ""
}

// between says which filter leaves a lead out, so that one can undo it.
func (b boardView) between(row board.Row) string {
	if len(b.undo()) == 0 {
		return ""
	}
	if most := b.query.MostHours; most != nil && row.HoursPerWeek != nil && *row.HoursPerWeek > *most {
		return "It asks " + words.Hours(*row.HoursPerWeek) + "; you asked for " + words.HoursOnly(*most) + " at most."
	}
	if b.asks["q"] != "" {
		return "It does not say “" + b.asks["q"] + "”."
	}
	return "It is outside of what you asked for."
}
