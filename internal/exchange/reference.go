package exchange

import (
	"fmt"
	"slices"
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
)

// circle checks that the circle named in column c exists.
func (r *reader) circle(t *table, c int) skein.CircleID {
	id := skein.CircleID(t.maybeID(c))
	if id != "" && !r.isCircle(id) {
		t.missing(c, CirclesFile, string(id), r.noCircle(id))
	}
	return id
}

// noCircle says that there is no such circle, or that it was closed, and what would do.
func (r *reader) noCircle(id skein.CircleID) string {
	file := r.files.called(CirclesFile)
	noun := r.report.noun("circle")
	if name, closed := r.known.Closed[id]; closed {
		return fmt.Sprintf("The "+noun+" %s, once called %s, was closed. Name another one, or name it in %s too, which opens it again.",
			shown([]byte(id)), shown([]byte(name)), file)
	}
	return fmt.Sprintf("There is no "+noun+" %s, neither in %s nor in Skein.", shown([]byte(id)), file)
}

// isPerson tells whether there is such a person, as far as one can know.
func (r *reader) isPerson(id skein.PersonID) bool {
	if r.people[id] {
		return true
	}
	_, there := r.known.People[id]
	return there || r.unsure[PeopleFile]
}

// checkPerson reports a person who is named in column c and is nowhere to be found.
func (r *reader) checkPerson(t *table, c int, id skein.PersonID) {
	if id != "" && !r.isPerson(id) {
		t.missing(c, PeopleFile, string(id), r.noPerson(id))
	}
}

func (r *reader) noPerson(id skein.PersonID) string {
	return fmt.Sprintf("There is no person %s, neither in %s nor in Skein.", shown([]byte(id)), r.files.called(PeopleFile))
}

// project checks that the project named in column c exists, and returns when it starts.
func (r *reader) project(t *table, c int) (skein.ProjectID, skein.Date) {
	id := skein.ProjectID(t.id(c))
	if start, here := r.projects[id]; here {
		return id, start
	}
	known, there := r.known.Projects[id]
	if id != "" && !there && !r.unsure[ProjectsFile] {
		t.missing(c, ProjectsFile, string(id), fmt.Sprintf("There is no project %s, neither in %s nor in Skein.", shown([]byte(id)), r.files.called(ProjectsFile)))
	}
	return id, known.StartOn
}

// mention makes a skill that is named somewhere and has no row of its own.
func (r *reader) mention(id skein.SkillID) {
	if len(r.unnamed) > 0 {
		delete(r.unnamed, id)
	}
	if id == "" || r.skills[id] {
		return
	}
	if _, there := r.known.Skills[id]; there {
		return
	}
	r.skills[id] = true
	name := skein.Composed(skein.ReadableID(string(id)))
	r.folder.Skills = append(r.folder.Skills, folder.SkillRow{
		Skill: skein.Skill{ID: id, Name: name, Kind: skein.Domain}, Mentioned: true, Twin: r.spellings.twin(id, name),
	})
}

// reservedProject reports an id that no project can have.
func reservedProject(t *table, id skein.ProjectID) {
	if skein.ReservedProjectID(id) {
		t.problem(projectID, "No project can have the id %s: at its address stands the form for a new one. Choose another id.", shown([]byte(id)))
	}
}

// parents is what lies within what: circles within circles, skills within skills.
type parents[T ~string] struct {
	of    map[T]T       // of the folder's rows
	known map[T]T       // of what is there already
	order []T           // of the folder's rows, as they come
	place map[T]Problem // where a row names its parent
}

func newParents[T ~string](known map[T]T) *parents[T] {
	return &parents[T]{of: map[T]T{}, known: known, place: map[T]Problem{}}
}

func (p *parents[T]) add(id, parent T, place Problem) {
	if _, twice := p.of[id]; !twice && parent != "" {
		p.of[id], p.place[id] = parent, place
		p.order = append(p.order, id)
	} else if !twice {
		p.of[id] = ""
	}
}

func (p *parents[T]) above(id T) T {
	if parent, here := p.of[id]; here {
		return parent
	}
	return p.known[id]
}

// rings reports everything that lies within itself, each ring once.
func (p *parents[T]) rings(report *Report, noun string) {
	settled := map[T]bool{}
	for _, id := range p.order {
		var path []T
		for at := id; at != "" && !settled[at]; at = p.above(at) {
			if i := slices.Index(path, at); i >= 0 {
				p.ring(report, noun, path[i:])
				break
			}
			path = append(path, at)
		}
		for _, at := range path {
			settled[at] = true
		}
	}
}

// ring reports one ring where its first row names its parent.
func (p *parents[T]) ring(report *Report, noun string, ring []T) {
	first := slices.IndexFunc(p.order, func(id T) bool { return slices.Contains(ring, id) })
	problem := p.place[p.order[first]]
	start := slices.Index(ring, p.order[first])
	names := make([]string, 0, len(ring)+1)
	for i := range len(ring) + 1 {
		names = append(names, string(ring[(start+i)%len(ring)]))
	}
	problem.Why = fmt.Sprintf("This %s would lie within itself: %s.", report.noun(noun), strings.Join(names, " in "))
	report.add(problem)
}
