// Package folder is the checked rows of a folder of CSV files: what an import brings and an export
// takes out.
package folder

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"skein/internal/skein"
)

// Folder is what an import brings or an export takes out: the checked rows of the CSV files.
// Small files are slices; evidence, which may have millions of rows, is read as it is needed.
type Folder struct {
	Day        skein.Date // on which it was read: later days are still to come; zero: nothing is
	Files      []File
	Circles    []CircleRow
	People     []PersonRow
	Skills     []SkillRow
	Priorities []PriorityRow
	Projects   []ProjectRow
	Leads      []LeadRow
	// Evidence may be walked more than once. It stops at the first error.
	Evidence iter.Seq2[EvidenceRow, error]
}

// File tells of one file of a folder, or of the sheet of a workbook that stands for it.
type File struct {
	Name       string   // what it is: people.csv
	Called     string   // how the folder calls it: People.csv, or staff.xlsx:People; "": as its name says
	Sheet      bool     // it is a sheet of a workbook: places in it are cells
	Columns    []string // of Skein's, as far as the file has them
	Attributes []string // all the others
	Rows       int
	Fields     []Field // what its columns hold, of a table that somebody looks at
	Pieces     int     // of evidence in a skills matrix, whose rows hold several
	Bytes      int64
	SHA256     string // hexadecimal
}

// Field tells of one column of a file.
type Field struct {
	Is     string // Skein's column; "": it is kept as an attribute, or is a skill of a skills matrix
	Called string // as the file has it
	Rows   int    // that say something in it
}

// File returns what is known of the file of that name; the zero value when there is none.
func (f *Folder) File(name string) File {
	for _, file := range f.Files {
		if file.Name == name {
			return file
		}
	}
	return File{}
}

// Pieces is how many pieces of evidence there may be in the folder, those that are said twice included.
func (f *Folder) Pieces() int {
	return f.File("evidence.csv").Rows + f.File("skills-matrix.csv").Pieces
}

// States tells whether the file has the column. What a file does not state, an import leaves as
// it is; what it states as blank becomes blank.
func (f File) States(column string) bool {
	for _, c := range f.Columns {
		if c == column {
			return true
		}
	}
	return false
}

// At says where a place of the file is, in one form with whatever else is told of it.
func (f File) At(p Place) string { return At(cmp.Or(f.Called, f.Name), f.Sheet, p) }

// At says where a place is: people.csv:7:2 by line and character, staff.xlsx:People!B7 by cell. Without a
// column it is the line, or the row: people.csv:7, staff.xlsx:People!7.
func At(called string, sheet bool, p Place) string {
	switch {
	case sheet:
		return called + "!" + Letters(p.Column) + strconv.Itoa(p.Line)
	case p.Column == 0:
		return called + ":" + strconv.Itoa(p.Line)
	}
	return called + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Letters is how spreadsheets name a column, the first of which is 1: A, B, ..., Z, AA; "" for 0.
func Letters(column int) string {
	var letters []byte
	for ; column > 0; column = (column - 1) / 26 {
		letters = append(letters, byte('A'+(column-1)%26)) //nolint:gosec // one of 26
	}
	slices.Reverse(letters)
	return string(letters)
}

// Attributes are values of columns that mean nothing to Skein. They are kept where the matcher
// cannot see them. A blank value is none.
type Attributes map[string]string

// CircleRow is a circle in a folder.
type CircleRow struct {
	skein.Circle
	Attributes Attributes
}

// PersonRow is a person in a folder.
type PersonRow struct {
	skein.Person
	Attributes Attributes
	Begins     Place // where their first day stands
	Ends       Place // and their last
}

// Place is where a value stands in a file; zero: not read from one.
type Place struct{ Line, Column int } // of a sheet: its row and its column, from 1

// SkillRow is a skill in a folder.
type SkillRow struct {
	skein.Skill
	Attributes Attributes
	Mentioned  bool // named elsewhere, without a row of its own
	Twin       bool // another skill has its name, and they are read as two
}

// PriorityRow is a priority in a folder.
type PriorityRow struct {
	skein.Priority
	Attributes Attributes
}

// ProjectRow is a project in a folder, with what its current phase is like.
type ProjectRow struct {
	skein.Project
	Situation    skein.Situation
	Requirements []skein.Requirement
	Further      []skein.CircleID // that must move with it, beside its own
	Attributes   Attributes
	At           [len(Bearing)]Place // where the values of the columns that bear on claims stand
}

// Bearing are the columns of projects.csv that bear on claims: a change of one while claims gather
// begins them again.
var Bearing = [...]string{
	"requirements", "circle", "trust", "uncertainty", "stakes", "urgency", "expertise", "commitment", "reach", "readiness",
	"hours_per_week", "teams",
}

// Bring brings what the file states of a project, and bears on claims, into its proposal, and returns
// the columns that changed it, as places of Bearing. A blank trust leaves what there is.
func (r *ProjectRow) Bring(file File, p *skein.Proposal) (changed []int) {
	bring := []func() bool{
		func() bool {
			if slices.Equal(p.Phase.Requirements, r.Requirements) {
				return false
			}
			p.Phase.Requirements = slices.Clone(r.Requirements)
			p.Phase.Struck = slices.DeleteFunc(slices.Clone(p.Phase.Struck), r.asks)
			return true
		},
		func() bool {
			changed := bring(&p.Project.Circle, r.Circle)
			p.Further = skein.FurtherCircles(p.Project.Circle, p.Further)
			return changed
		},
		func() bool { return r.Trust != "" && bring(&p.Project.Trust, r.Trust) },
		func() bool { return bring(&p.Phase.Situation.Uncertainty, r.Situation.Uncertainty) },
		func() bool { return bring(&p.Phase.Situation.Stakes, r.Situation.Stakes) },
		func() bool { return bring(&p.Phase.Situation.Urgency, r.Situation.Urgency) },
		func() bool { return bring(&p.Phase.Situation.Expertise, r.Situation.Expertise) },
		func() bool { return bring(&p.Phase.Situation.Commitment, r.Situation.Commitment) },
		func() bool { return bring(&p.Phase.Situation.Reach, r.Situation.Reach) },
		func() bool { return bring(&p.Phase.Situation.Readiness, r.Situation.Readiness) },
		func() bool {
			was, now := p.Project.HoursPerWeek, r.HoursPerWeek
			p.Project.HoursPerWeek = now
			return (was == nil) != (now == nil) || was != nil && *was != *now
		},
		func() bool {
			was := p.Further
			p.Further = skein.FurtherCircles(p.Project.Circle, r.Further)
			return !slices.Equal(was, p.Further)
		},
	}
	for n, column := range Bearing {
		if file.States(column) && bring[n]() {
			changed = append(changed, n)
		}
	}
	return changed
}

// asks tells whether the row asks for a skill.
func (r *ProjectRow) asks(s skein.SkillID) bool {
	return slices.ContainsFunc(r.Requirements, func(q skein.Requirement) bool { return q.Skill == s })
}

func bring[T comparable](into *T, value T) (changed bool) {
	changed = *into != value
	*into = value
	return changed
}

// LeadRow is somebody's time as lead or co-lead in a folder.
type LeadRow struct {
	Project    skein.ProjectID
	Person     skein.PersonID
	Role       skein.Role
	From       skein.Date // zero: not known
	Until      skein.Date // zero while it lasts
	EndsOn     skein.Date // the day on which it is due to end while it lasts; zero: not stated
	Attributes Attributes
}

// Lasts tells whether somebody has the place still, or is to have it.
func (l LeadRow) Lasts() bool { return l.Until.IsZero() }

// EvidenceRow is a piece of evidence in a folder.
type EvidenceRow struct {
	skein.Evidence
	Attributes Attributes
}

// Known is what is there already, for a folder's rows to refer to. The zero value knows nothing.
type Known struct {
	Day        skein.Date                        // the organisation's; zero: no day of the folder is still to come
	People     map[skein.PersonID]string         // the e-mail address, in lower case
	Named      iter.Seq2[KnownPerson, error]     // everybody by name, read where that is asked for; nil: not known
	Names      map[skein.PersonID]string         // of those who have an address
	SignsIn    map[skein.PersonID]string         // the address, in lower case, of those who have an account; may be nil
	Merged     map[skein.PersonID]skein.PersonID // ids of people who were here twice, and who they are now
	Joined     map[skein.PersonID]bool           // of Merged, those that come to be so with this import
	Erased     func(skein.PersonID) bool         // whoever had this id was erased; nil: nobody was
	Addresses  map[string]skein.PersonID         // in lower case, that lead to somebody besides their own
	Skills     map[skein.SkillID]skein.SkillID   // the parent
	SkillNames map[skein.SkillID]string          // may be nil
	// SkillKeys is which skill a name is, present or other, by skein.SkillKey; SkillsNow where one went that was
	// merged into another; SkillsRetired those that are not named anew. Each may be nil.
	SkillKeys     map[string]skein.SkillID
	SkillsNow     map[skein.SkillID]skein.SkillID
	SkillsRetired map[skein.SkillID]bool
	Circles       map[skein.CircleID]skein.CircleID // the parent
	Closed        map[skein.CircleID]string         // circles that were closed: their names
	Priorities    map[skein.PriorityID]bool
	Titles        map[skein.PriorityID]string // of those that are aimed at still; may be nil
	Projects      map[skein.ProjectID]KnownProject
	// LongestMonths is the guardrail: no lead is given for longer; 0: no such guardrail.
	LongestMonths int
	// Asks tells whether a situation alone asks for something: for practices, by the published tables.
	// Nil: one of which anything is said does.
	Asks func(skein.Situation) bool
}

// KnownPerson is somebody who is there already, as far as it tells whether somebody new is the same.
type KnownPerson struct {
	ID     skein.PersonID
	Name   string
	Circle skein.CircleID
}

// AsksIn tells whether a situation alone asks for something.
func (k Known) AsksIn(s skein.Situation) bool {
	if k.Asks == nil {
		return s != skein.Situation{}
	}
	return k.Asks(s)
}

// KnownProject is what stands against changing a project by an import.
type KnownProject struct {
	State      skein.ProjectState
	StartOn    skein.Date
	Holder     skein.PersonID // leads now
	HolderEnds skein.Date     // the day on which that is due to end; zero: none
	Offered    skein.PersonID // has been offered the lead, or accepted it, and is not yet in office
	Next       skein.PersonID // is to lead from a later day, as a file said
	Ended      []LeadRow      // places that somebody had and has not any more
	// Stands says why what claims are sent for stays as it is; "" while a file may change it.
	Stands string
	// Closed says why a file does not say any more who leads it; "" while it may.
	Closed string
	// What the two are about, where either is said. Of the proposal only what bears on claims is filled in.
	Proposal skein.Proposal
	Primary  []LeadRow // the lead so far, in or out of office
}

// Tally says what became of the rows of one file.
type Tally struct{ New, Changed, Same int }

// Loaded says what became of a folder's rows.
type Loaded struct {
	Circles, People, Skills, Priorities, Projects, Leads, Evidence Tally
	Windows                                                        int // opened for claims
	Restarted                                                      int // projects for which claims begin again
	// AdministratedUntil is the day after which no administrator can come in; zero: one stays.
	AdministratedUntil skein.Date
}

// Nothing tells whether the import changed nothing.
func (l Loaded) Nothing() bool {
	for _, c := range []Tally{l.Circles, l.People, l.Skills, l.Priorities, l.Projects, l.Leads, l.Evidence} {
		if c.New > 0 || c.Changed > 0 {
			return false
		}
	}
	return l.Windows == 0
}
