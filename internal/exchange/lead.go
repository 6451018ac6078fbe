package exchange

import (
	"skein/internal/folder"
	"skein/internal/skein"
	"skein/internal/words"
)

var leadLayout = layout{LeadsFile, []string{"project", "person", "role", "from", "until", "ends_on"}, 2, false}

const (
	leadProject = iota
	leadPerson
	leadRole
	leadFrom
	leadUntil
	leadEndsOn
)

// leads is what must hold between the rows of leads.csv.
type leads struct {
	rows   map[leadKey]int            // on which line
	spans  map[skein.ProjectID][]span // who has a place in a project, and when
	lasts  map[placeKey]int           // places that somebody has still, or is to have: on which line
	ended  map[placeKey]bool          // places that somebody has left
	review int                        // leads that last and do not say until when
	long   int                        // leads that last longer than the guardrail allows
}

// placeKey is somebody's place in a project.
type placeKey struct {
	project skein.ProjectID
	person  skein.PersonID
	role    skein.Role
}

// leadKey is what tells one row from another.
type leadKey struct {
	placeKey
	from, until, endsOn skein.Date
}

func (r *reader) readLeads(t *table) {
	l := leads{
		rows: map[leadKey]int{}, spans: map[skein.ProjectID][]span{}, lasts: map[placeKey]int{}, ended: map[placeKey]bool{},
	}
	repeated := 0
	for t.next() {
		row := r.lead(t)
		if t.bad {
			continue
		}
		place := placeKey{row.Project, row.Person, row.Role}
		key := leadKey{place, row.From, row.Until, row.EndsOn}
		if _, twice := l.rows[key]; twice {
			repeated++
			continue
		}
		l.rows[key] = t.rec.line
		if over := r.stale(row); over != nil {
			r.report.note("%s: %s left this place in %s on %s, which an import does not undo. If they are back, say in from since when.",
				t.here(leadPerson).place(), shown([]byte(row.Person)), shown([]byte(row.Project)), day(over.Until))
			continue
		}
		l.take(t, place, row, r.known.Day)
		r.mayImport(t, row)
		r.count(&l, row)
		if !t.bad {
			r.folder.Leads = append(r.folder.Leads, row)
		}
	}
	if repeated > 0 {
		r.report.note("%s: %s that repeat another are counted once.", t.called, words.Counted(repeated, "row"))
	}
	l.note(t, r.known.LongestMonths)
	r.checkSpans(l)
}

func (r *reader) lead(t *table) folder.LeadRow {
	project, start := r.project(t, leadProject)
	row := folder.LeadRow{
		Project:    project,
		Person:     t.mustPerson(leadPerson),
		Role:       choice(t, leadRole, skein.Primary, skein.CoLead),
		From:       t.date(leadFrom),
		Until:      t.date(leadUntil),
		EndsOn:     t.date(leadEndsOn),
		Attributes: t.attributes(),
	}
	if row.Role == "" {
		row.Role = skein.Primary
	}
	r.checkPerson(t, leadPerson, row.Person)
	blank := len(t.trimmed(leadFrom)) == 0
	if blank {
		row.From = start
	}
	for _, end := range []struct {
		column int
		day    skein.Date
	}{{leadUntil, row.Until}, {leadEndsOn, row.EndsOn}} {
		switch {
		case end.day.IsZero() || !end.day.Before(row.From):
		case blank:
			t.ofValue(end.column, "is before the day on which the project starts.")
		default:
			t.ofValue(end.column, "is before from.")
		}
	}
	r.due(t, &row)
	return row
}

// due reads an until that is still to come as the day on which a place is due to end. Of a place
// that is over nothing is due.
func (r *reader) due(t *table, row *folder.LeadRow) {
	switch {
	case row.Lasts():
	case !r.toCome(row.Until):
		row.EndsOn = skein.Date{}
	case !row.EndsOn.IsZero() && !row.EndsOn.Equal(row.Until):
		t.ofValue(leadEndsOn, "is another day than until, which is still to come: leave one of them blank.")
	default:
		row.Until, row.EndsOn = skein.Date{}, row.Until
	}
}

// toCome tells whether a day is later than the one on which the folder is read.
func (r *reader) toCome(day skein.Date) bool { return !r.known.Day.IsZero() && day.After(r.known.Day) }

// stale finds the place that a row speaks of as if it lasted, where it has ended in Skein: an import
// brings nobody back into office. Nil where it speaks of another.
func (r *reader) stale(row folder.LeadRow) *folder.LeadRow {
	if !row.Lasts() {
		return nil
	}
	ended := r.known.Projects[row.Project].Ended
	for i := range ended {
		was := &ended[i]
		if was.Person == row.Person && was.Role == row.Role && (row.From.IsZero() || row.From.Equal(was.From)) {
			return was
		}
	}
	return nil
}

// mayImport reports a lead that stands against what Skein knows of its project: that it is over; or
// that people may claim it, or have, so that the situation picks, not a file.
func (r *reader) mayImport(t *table, row folder.LeadRow) {
	there := r.known.Projects[row.Project]
	if there.State.Over() && row.Lasts() {
		t.problem(leadProject, "This project is %s in Skein, so nobody leads it. Say until when they did, or leave this row out.", there.State.Words())
		return
	}
	if there.Closed != "" && row.Role == skein.Primary && changesLead(there.Primary, row) {
		t.problem(leadPerson, "%s", there.Closed)
	}
}

// changesLead tells whether a row says something new of who leads a project that was led as was tells.
// What it adds to the past of one that had a lead changes nothing.
func changesLead(was []folder.LeadRow, row folder.LeadRow) bool {
	past := len(was) > 0 && !row.Lasts()
	for _, w := range was {
		if w.Person != row.Person || !row.From.IsZero() && !w.From.Equal(row.From) {
			continue
		}
		if w.Until.Equal(row.Until) {
			return false
		}
		past = past && !w.Lasts() // else it ends them
	}
	return !past
}

// count counts what is told of the leads that a file brings.
func (r *reader) count(l *leads, row folder.LeadRow) {
	if row.Role != skein.Primary || !row.Lasts() || r.known.Projects[row.Project].Holder == row.Person {
		return
	}
	switch months := r.known.LongestMonths; {
	case row.EndsOn.IsZero():
		l.review++
	case months > 0 && !row.From.IsZero() && row.EndsOn.After(skein.AddMonths(row.From, months)):
		l.long++
	}
}

func (l *leads) note(t *table, longest int) {
	if l.review > 0 {
		t.report.note("%s: %s without an end: Skein sets the day of the next change, after %s at most.",
			t.called, words.Counted(l.review, "lead"), words.Counted(skein.ReviewMonths(longest), "month"))
	}
	if l.long > 0 {
		t.report.note("%s: %s for longer than the %s that the guardrail allows, taken as the file has it.",
			t.called, words.Counted(l.long, "lead"), words.Counted(longest, "month"))
	}
}
