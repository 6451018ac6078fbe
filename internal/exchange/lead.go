package exchange

import (
	"fmt"

	"skein/internal/folder"
	"skein/internal/skein"
	"skein/internal/words"
)

var leadLayout = layout{LeadsFile, []string{"project", "person", "role", "from", "until"}, 2}

const (
	leadProject = iota
	leadPerson
	leadRole
	leadFrom
	leadUntil
)

// leadKey is what tells one row from another.
type leadKey struct {
	project     skein.ProjectID
	person      skein.PersonID
	role        skein.Role
	from, until skein.Date
}

// inOffice is somebody who leads now, according to the file, and where it says so.
type inOffice struct {
	person skein.PersonID
	place  Problem
}

// leads is what must hold between the rows of leads.csv.
type leads struct {
	rows   map[leadKey]int // on which line
	holder map[skein.ProjectID]inOffice
	ended  map[leadKey]bool // without days
	places map[leadKey]int  // live, without days: on which line
}

func (r *reader) readLeads(t *table) {
	l := leads{map[leadKey]int{}, map[skein.ProjectID]inOffice{}, map[leadKey]bool{}, map[leadKey]int{}}
	repeated := 0
	for t.next() {
		row := r.lead(t)
		if t.bad {
			continue
		}
		key := leadKey{row.Project, row.Person, row.Role, row.From, row.Until}
		if _, twice := l.rows[key]; twice {
			repeated++
			continue
		}
		l.rows[key] = t.rec.line
		l.together(t, row)
		r.mayImport(t, row)
		if !t.bad {
			r.folder.Leads = append(r.folder.Leads, row)
		}
	}
	if repeated > 0 {
		r.report.note("%s: %s that repeat another are counted once.", t.file, words.Counted(repeated, "row"))
	}
	r.checkHolders(l)
}

func (r *reader) lead(t *table) folder.LeadRow {
	project, start := r.project(t, leadProject)
	row := folder.LeadRow{
		Project:    project,
		Person:     skein.PersonID(t.id(leadPerson)),
		Role:       choice(t, leadRole, skein.Primary, skein.CoLead),
		From:       t.date(leadFrom),
		Until:      t.date(leadUntil),
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
	if !row.Until.IsZero() && row.Until.Before(row.From) {
		if blank {
			t.problem(leadUntil, "It is before the day on which the project starts.")
		} else {
			t.problem(leadUntil, "It is before from.")
		}
	}
	return row
}

// together notes who leads now, and reports two at once.
func (l *leads) together(t *table, row folder.LeadRow) {
	key := leadKey{project: row.Project, person: row.Person, role: row.Role}
	if !row.Until.IsZero() {
		l.ended[key] = true
		return
	}
	if line, twice := l.places[key]; twice {
		t.problem(leadPerson, "%s has this place already, on line %d, and has not left it.", shown([]byte(row.Person)), line)
		return
	}
	l.places[key] = t.rec.line
	if row.Role != skein.Primary {
		return
	}
	if other, twice := l.holder[row.Project]; twice {
		t.problem(leadPerson, "%s leads %s already, on line %d. A project has one lead at a time: say until when, or make one of them co.",
			shown([]byte(other.person)), shown([]byte(row.Project)), other.place.Line)
		return
	}
	l.holder[row.Project] = inOffice{row.Person, t.here(leadPerson)}
}

// checkHolders reports people who would lead what somebody else leads in Skein.
func (r *reader) checkHolders(l leads) {
	for id, now := range l.holder {
		there := r.known.Projects[id]
		left := there.Holder == "" || there.Holder == now.person ||
			l.ended[leadKey{project: id, person: there.Holder, role: skein.Primary}]
		switch {
		case !left:
			now.place.Why = fmt.Sprintf("%s leads this project in Skein. Add a row that says until when, or leave this one out.",
				shown([]byte(there.Holder)))
		case there.Offered != "" && there.Holder != now.person:
			now.place.Why = fmt.Sprintf("%s has been offered this lead in Skein and is to answer first.", shown([]byte(there.Offered)))
		default:
			continue
		}
		r.report.add(now.place)
	}
}

// mayImport reports a lead for a project that people have claimed: the situation picks, not a file.
func (r *reader) mayImport(t *table, row folder.LeadRow) {
	claimed := r.known.Projects[row.Project].Frozen
	if claimed == nil || row.Role != skein.Primary {
		return
	}
	for _, was := range claimed.Primary {
		if was.Person == row.Person && was.Until.Equal(row.Until) && (was.From.Equal(row.From) || row.From.IsZero()) {
			return
		}
	}
	t.problem(leadPerson, "Claims are in for this project, so a file can no longer say who leads it.")
}
