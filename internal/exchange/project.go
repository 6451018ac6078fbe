package exchange

import (
	"fmt"

	"skein/internal/folder"
	"skein/internal/skein"
)

var projectLayout = layout{ProjectsFile, []string{
	"id", "title", "group", "start_date", "requirements", "purpose", "circle", "priority", "trust",
	"uncertainty", "stakes", "urgency", "expertise", "commitment", "reach", "readiness", "hours_per_week", "teams",
}, 2, true}

const (
	projectID = iota
	projectTitle
	projectGroup
	projectStart
	projectRequirements
	projectPurpose
	projectCircle
	projectPriority
	projectTrust
	projectUncertainty
	projectStakes
	projectUrgency
	projectExpertise
	projectCommitment
	projectReach
	projectReadiness
	projectHours
	projectTeams
)

// projectColumns says in which column stands what a project's own checks speak of.
var projectColumns = map[string]int{
	"title": projectTitle, "trust": projectTrust, "hours": projectHours, "end": projectStart,
	"uncertainty": projectUncertainty, "stakes": projectStakes, "urgency": projectUrgency,
	"expertise": projectExpertise, "commitment": projectCommitment, "reach": projectReach,
	"readiness": projectReadiness, "group": projectGroup, "purpose": projectPurpose,
}

// bearing says in which column stands each of folder.Bearing.
var bearing = [len(folder.Bearing)]int{
	projectRequirements, projectCircle, projectTrust, projectUncertainty, projectStakes, projectUrgency, projectExpertise,
	projectCommitment, projectReach, projectReadiness, projectHours, projectTeams,
}

func (r *reader) readProjects(t *table) {
	t.salvage = func(id string) { r.projects[skein.ProjectID(id)] = skein.Date{} }
	first, file, near := map[skein.ProjectID]int{}, t.about(), newAlike[skein.ProjectID]("project")
	for t.next() {
		row := r.projectRow(t)
		for n, c := range bearing {
			if t.at[c] >= 0 {
				row.At[n] = t.spot(c)
			}
		}
		once(t, projectID, first, row.ID)
		reservedProject(t, row.ID)
		near.take(t, row.ID)
		r.projects[row.ID] = row.StartOn
		if t.at[projectStart] < 0 {
			r.projects[row.ID] = r.known.Projects[row.ID].StartOn
		}
		r.stands(t, file, row)
		if t.bad {
			continue
		}
		for _, q := range row.Requirements {
			if r.unnamed[q.Skill] == nil {
				r.mention(q.Skill)
			}
		}
		r.folder.Projects = append(r.folder.Projects, row)
	}
	against(near, t, r.known.Projects)
}

func (r *reader) projectRow(t *table) folder.ProjectRow {
	row := folder.ProjectRow{
		Project: skein.Project{
			ID:           skein.ProjectID(t.id(projectID)),
			Title:        t.name(projectTitle),
			Purpose:      t.text(projectPurpose, maxText),
			Circle:       r.circle(t, projectCircle),
			Priority:     skein.PriorityID(t.maybeID(projectPriority)),
			Group:        t.text(projectGroup, maxName),
			Trust:        choice(t, projectTrust, skein.Trusts...),
			HoursPerWeek: t.decimal(projectHours, 0, 60, 2),
			StartOn:      t.date(projectStart),
		},
		Situation: skein.Situation{
			Uncertainty: choice(t, projectUncertainty, skein.Uncertainties...),
			Stakes:      t.whole(projectStakes, 1, 5),
			Urgency:     t.whole(projectUrgency, 1, 5),
			Expertise:   t.whole(projectExpertise, 1, 5),
			Commitment:  t.whole(projectCommitment, 1, 5),
			Reach:       t.whole(projectReach, 1, 5),
			Readiness:   t.whole(projectReadiness, 1, 5),
		},
		Requirements: r.requirements(t, projectRequirements),
		Attributes:   t.attributes(),
	}
	row.Further = r.further(t, projectTeams, row.Circle)
	if _, there := r.known.Priorities[row.Priority]; row.Priority != "" && !there &&
		!r.priorities[row.Priority] && !r.unsure[PrioritiesFile] {
		t.missing(projectPriority, PrioritiesFile, string(row.Priority), fmt.Sprintf("There is no priority %s, neither in %s nor in Skein.",
			shown([]byte(row.Priority)), r.files.called(PrioritiesFile)))
	}
	if !t.bad {
		t.invalid(checked(row.Project).Check(), projectColumns)
		t.invalid(row.Situation.Check(), projectColumns)
	}
	r.asks(t, row)
	return row
}

// asks reports a project that asks for nothing, which could not be published in the app: nobody could be
// compared for it. What the file does not state stays as it is.
func (r *reader) asks(t *table, row folder.ProjectRow) {
	_, there := r.known.Projects[row.ID]
	if t.bad || len(row.Requirements) > 0 || there && t.at[projectRequirements] < 0 || r.known.AsksIn(row.Situation) {
		return
	}
	t.ofValue(projectRequirements, "asks for nothing: name a skill that the lead needs, as skill:importance, or say what the project is like.")
}

// stands reports a change of what claims are sent for, where it may not change.
func (r *reader) stands(t *table, file folder.File, row folder.ProjectRow) {
	there := r.known.Projects[row.ID]
	if there.Stands == "" {
		return
	}
	was := there.Proposal.Clone()
	for _, n := range row.Bring(file, &was) {
		t.problem(bearing[n], "%s", there.Stands)
	}
}

// checked is the project as a new one would be: a blank trust level is where everyone starts.
func checked(p skein.Project) skein.Project {
	if p.Trust == "" {
		p.Trust = skein.Weighed
	}
	return p
}
