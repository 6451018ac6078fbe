// Package exchange reads and writes the folder of CSV files in which an organisation's data comes
// and goes. It checks every value and reports every problem with its place; it knows no database.
//
// It is a room of its own because import, export, evaluation and calibration all need the files,
// and only two of them need the store.
package exchange

import (
	"errors"
	"io/fs"
	"slices"
	"sync"

	"skein/internal/folder"
	"skein/internal/skein"
)

// The files of a folder.
const (
	CirclesFile    = "circles.csv"
	PeopleFile     = "people.csv"
	SkillsFile     = "skills.csv"
	PrioritiesFile = "priorities.csv"
	ProjectsFile   = "projects.csv"
	LeadsFile      = "leads.csv"
	EvidenceFile   = "evidence.csv"
	MatrixFile     = "skills-matrix.csv"
)

// FileNames lists the files in the order in which they are read: what is named comes first. The skills matrix
// is read alone: an export writes what it said as evidence.
var FileNames = []string{
	CirclesFile, PeopleFile, SkillsFile, PrioritiesFile, ProjectsFile, LeadsFile, EvidenceFile,
}

// ReadNames lists all that is read.
var ReadNames = append(slices.Clone(FileNames), MatrixFile)

// Progress is told how many of a file's bytes are read, again and again.
type Progress func(file string, done, total int64)

// reader reads one folder.
type reader struct {
	files    files
	mapped   map[*Mapping]bool // of which a table was found
	rows     int               // that were read so far
	known    folder.Known
	report   *Report
	folder   *folder.Folder
	progress Progress

	circles    map[skein.CircleID]bool
	people     map[skein.PersonID]bool
	addresses  map[string]skein.PersonID // of people of the folder, by their e-mail address in lower case
	skills     map[skein.SkillID]bool
	priorities map[skein.PriorityID]bool
	projects   map[skein.ProjectID]skein.Date // when they start
	unsure     map[string]bool                // files of which not every row could be read
	days       *dayForm                       // how days are written in this folder
	spellings  *spellings
	unnamed    map[skein.SkillID][]Problem // of requirements, whose skill only evidence.csv may name
}

// Read reads the files of dir and checks them against each other and against what is known
// already. Every file may be missing, but not all of them. The folder may be used when the report
// is OK. Memory does not grow with evidence.csv beyond eight bytes a row.
func Read(dir string, known folder.Known, progress Progress, how ...Option) (*folder.Folder, *Report) {
	reading := Start(dir, known, progress, how...)
	return reading.Folder, reading.Wait()
}

// Reading is a folder whose evidence is still being checked.
type Reading struct {
	Folder *folder.Folder
	ok     bool
	report *Report
	late   *folder.Folder // what evidence.csv brings, until somebody waits for it
	done   chan struct{}
	once   sync.Once
}

// Start reads as Read does, but leaves evidence.csv, which may be large, to be read meanwhile: its
// rows, and the skills that only they name, are in the folder after Wait, its other rows at once.
// The progress is then told of by another goroutine.
func Start(dir string, known folder.Known, progress Progress, how ...Option) *Reading {
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	r := &reader{
		files: files{dir: dir, origins: map[string]origin{}}, known: known, report: &Report{order: map[string]int{}}, progress: progress,
		mapped:     map[*Mapping]bool{},
		folder:     &folder.Folder{Day: known.Day, Evidence: func(func(folder.EvidenceRow, error) bool) {}},
		circles:    map[skein.CircleID]bool{},
		people:     map[skein.PersonID]bool{},
		addresses:  map[string]skein.PersonID{},
		skills:     map[skein.SkillID]bool{},
		priorities: map[skein.PriorityID]bool{},
		projects:   map[skein.ProjectID]skein.Date{},
		unsure:     map[string]bool{},
		days:       &dayForm{},
		spellings:  newSpellings(known),
		unnamed:    map[skein.SkillID][]Problem{},
	}
	for _, option := range how {
		option(&r.files)
	}
	r.report.most, r.report.asking = r.files.most, r.files.asking
	there := r.survey()
	if there {
		r.file(circleLayout, r.readCircles)
		r.file(personLayout, r.readPeople)
		r.file(skillLayout, r.readSkills)
		r.file(priorityLayout, r.readPriorities)
		r.file(projectLayout, r.readProjects)
		r.file(leadLayout, r.readLeads)
	}
	reading := &Reading{
		Folder: r.folder, ok: r.report.OK(), report: r.report,
		late: &folder.Folder{Evidence: r.folder.Evidence}, done: make(chan struct{}),
	}
	r.folder = reading.late
	go func() {
		defer close(reading.done)
		if there {
			g := r.gather()
			r.file(evidenceLayout, g.readEvidence)
			r.file(matrixLayout, g.readMatrix)
			g.finish()
			r.nameless()
		}
		r.report.finish()
	}()
	return reading
}

// Promising tells whether there is no problem but for those that evidence.csv may have.
func (r *Reading) Promising() bool { return r.ok }

// Wait returns what reading the whole folder found.
func (r *Reading) Wait() *Report {
	<-r.done
	r.once.Do(func() {
		r.Folder.Files = append(r.Folder.Files, r.late.Files...)
		r.Folder.Skills = append(r.Folder.Skills, r.late.Skills...)
		r.Folder.Evidence = r.late.Evidence
	})
	return r.report
}

// file reads one file, when it is there.
func (r *reader) file(l layout, read func(*table)) {
	o := r.files.origin(l.file)
	name, sheet := o.called(), o.sheet != ""
	r.report.order[name] = len(r.report.order) + 1
	source, err := r.files.open(l.file, func(done, total int64) { r.progress(l.file, done, total) })
	var bad *flaw
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case errors.As(err, &bad):
		r.unsure[l.file] = true
		r.report.add(bad.problem(name, sheet))
		return
	case err != nil:
		r.unsure[l.file] = true
		r.refuse(name, "The file cannot be read: "+reason(err)+".")
		return
	}
	defer source.Close()
	t := &table{layout: l, called: name, sheet: sheet, mapped: o.mapped, report: r.report, days: r.days, spellings: r.spellings}
	t.tooMany = func() error { r.rows++; return r.files.tooMany(r.rows) }
	readable := t.open(source)
	if readable {
		read(t)
	}
	t.close()
	r.report.judge(t, readable)
	r.unsure[l.file] = t.broken
	about := t.about()
	about.SHA256, about.Bytes = source.sum(), source.size
	r.folder.Files = append(r.folder.Files, about)
}
