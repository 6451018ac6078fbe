package leaddb

import (
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/skein"
)

const linkColumns = `
	project_link.id::text as id,
	project_link.project_id as project,
	project_link.label,
	project_link.url,
	project_link.added_at`

// linksSQL reads the links of a project, in the order in which they were added.
const linksSQL = `
select` + linkColumns + `
from project_link
where project_link.project_id = @project
order by project_link.added_at, project_link.id`

const stepColumns = `
	step.id::text as id,
	step.project_id as project,
	step.says,
	step.due_on,
	step.added_at,
	coalesce(step.done_by, '') as done_by,
	step.done_at`

// stepsSQL reads the steps of a project's plan, in the order in which they were added.
const stepsSQL = `
select` + stepColumns + `
from step
where step.project_id = @project
order by step.added_at, step.id`

// StepRow is a step with the name that the page says.
type StepRow struct {
	skein.Step
	DoneByName string
}

// stepsShownSQL reads the plan as pages show it.
const stepsShownSQL = `
select` + stepColumns + `,
	coalesce(person.name, '') as done_by_name
from step
left join person on person.id = step.done_by
where step.project_id = @project
order by step.due_on, step.added_at, step.id`

// linkPart is where the work happens.
var linkPart = part{rows: whole(func(l *lead.Lead) *[]skein.Link { return &l.Links }, linksSQL,
	func(l skein.Link) skein.LinkID { return l.ID }, "project_link", saveLink)}

// stepPart is the plan.
var stepPart = part{rows: whole(func(l *lead.Lead) *[]skein.Step { return &l.Steps }, stepsSQL,
	func(s skein.Step) skein.StepID { return s.ID }, "step", saveStep)}

func saveLink(b *pgx.Batch, l skein.Link) {
	b.Queue(`insert into project_link (id, project_id, label, url, added_at) values ($1, $2, $3, $4, $5)`,
		l.ID, l.Project, l.Label, l.URL, l.AddedAt)
}

func saveStep(b *pgx.Batch, s skein.Step) {
	b.Queue(`
		insert into step (id, project_id, says, due_on, added_at, done_by, done_at)
		values ($1, $2, $3, $4, $5, nullif($6, ''), $7)
		on conflict (id) do update
		set done_by = excluded.done_by, done_at = excluded.done_at`,
		s.ID, s.Project, s.Says, s.DueOn, s.AddedAt, s.DoneBy, s.DoneAt)
}

// saveLedWords keeps the words of a project that is led, its end, and what moves with it, where these differ.
func saveLedWords(b *pgx.Batch, was, is *lead.Lead) {
	p := is.Project
	if len(p.LedWords(nil).Changes(was.Project.LedWords(nil))) > 0 {
		b.Queue(`update project set title = $2, purpose = $3, judged_by = $4, end_on = $5 where id = $1`, p.ID, p.Title, p.Purpose, p.JudgedBy, p.EndOn)
	}
	if !slices.Equal(is.Further, was.Further) {
		SaveFurther(b, p.ID, is.Further)
	}
}
