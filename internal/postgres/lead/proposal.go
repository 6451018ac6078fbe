package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
)

// projectColumns reads a project into skein.Project.
const projectColumns = `
	project.id,
	project.title,
	project.purpose,
	project.judged_by,
	coalesce(project.circle_id, '') as circle,
	coalesce(project.priority_id, '') as priority,
	coalesce(project.group_name, '') as "group",
	coalesce(project.proposed_by, '') as proposed_by,
	project.state,
	project.trust,
	project.trust_reason,
	project.trust_until,
	coalesce(project.template, '') as template,
	project.hours_per_week::float8 as hours_per_week,
	project.start_on,
	project.end_on,
	project.made_at,
	project.published_at,
	project.version`

// needColumns reads a need into skein.Need.
const needColumns = `
	need.id::text as id,
	need.project_id as project,
	need.kind,
	need.what,
	need.amount::float8 as amount,
	coalesce(need.asked_of, '') as asked_of,
	need.answer_by,
	coalesce(need.granted_by, '') as granted_by,
	need.granted_at,
	need.granted_until,
	coalesce(need.waived_by, '') as waived_by,
	need.waived_at,
	coalesce(need.claim_id::text, '') as claim,
	need.passed_on,
	coalesce(need.answer, '') as answer,
	coalesce(need.answered_by, '') as answered_by,
	need.answered_at,
	coalesce(need.less, 0)::float8 as less,
	need.answer_reason as reason,
	need.taken and need.waived_at is not null as taken,
	coalesce(need.arrival, '') as arrival,
	need.arrival_at,
	need.kept`

// Proposal returns a project as whoever proposes it writes it.
func (db *Store) Proposal(ctx context.Context, id skein.ProjectID) (skein.Proposal, error) {
	var p skein.Proposal
	project, err := core.One[skein.Project](ctx, db.pool, `select`+projectColumns+` from project where project.id = $1`, id)
	if err != nil {
		return p, core.Translate(err)
	}
	p.Project = project
	return p, core.Translate(fillProposal(ctx, db.pool, &p))
}

// fillProposal reads what belongs to a project: its present phase, needs and remit. One round trip.
func fillProposal(ctx context.Context, on core.Batcher, p *skein.Proposal) error {
	batch := &pgx.Batch{}
	queueProposal(batch, p, true)
	return on.SendBatch(ctx, batch).Close()
}

// queueProposal queues what belongs to a project; its needs only where nobody else reads them.
func queueProposal(batch *pgx.Batch, p *skein.Proposal, needs bool) {
	queuePhase(batch, p.Project.ID, &p.Phase)
	queueRequirements(batch, p.Project.ID, &p.Phase)
	core.Collect(batch, &p.Remit, `
		select area, level, ceiling::float8 as ceiling, with_whom
		from remit
		where project_id = $1
		order by place, id`, p.Project.ID)
	queueFurther(batch, p.Project.ID, &p.Further)
	if needs {
		core.Collect(batch, &p.Needs, `select`+needColumns+` from need where project_id = $1 and claim_id is null order by place, id`, p.Project.ID)
	}
}

// queueRequirements queues what a project's present phase asks for.
func queueRequirements(batch *pgx.Batch, project skein.ProjectID, into *skein.Phase) {
	batch.Queue(`
		select requirement.skill_id, requirement.importance, requirement.level, requirement.must, requirement.struck
		from requirement
		join phase on phase.id = requirement.phase_id
		where phase.project_id = $1 and phase.ended_at is null
		order by requirement.place, requirement.skill_id`, project).Query(func(rows pgx.Rows) error {
		var r skein.Requirement
		var struck bool
		_, err := pgx.ForEachRow(rows, []any{&r.Skill, &r.Importance, &r.Level, &r.Must, &struck}, func() error {
			if struck {
				into.Struck = append(into.Struck, r.Skill)
			} else {
				into.Requirements = append(into.Requirements, r)
			}
			return nil
		})
		return err
	})
}

// queuePhase queues the read of a project's present phase.
func queuePhase(batch *pgx.Batch, project skein.ProjectID, into *skein.Phase) {
	batch.Queue(`
		select id::text, project_id, number, name, coalesce(uncertainty, ''),
			coalesce(stakes, 0), coalesce(urgency, 0), coalesce(expertise, 0),
			coalesce(commitment, 0), coalesce(reach, 0), coalesce(readiness, 0),
			coalesce(said_by, ''), stated_at, why
		from phase
		where project_id = $1 and ended_at is null`, project).QueryRow(func(row pgx.Row) error {
		s := &into.Situation
		return row.Scan(&into.ID, &into.Project, &into.Number, &into.Name, &s.Uncertainty,
			&s.Stakes, &s.Urgency, &s.Expertise, &s.Commitment, &s.Reach, &s.Readiness, &into.SaidBy, &into.SaidAt, &into.Why)
	})
}

// saveProposal writes a proposal in words: the project's own, its phase, what it asks for and the
// remit. Where the project stands, and the needs, are kept by statements of their own.
func saveProposal(batch *pgx.Batch, by skein.By, p *skein.Proposal) {
	saveProject(batch, p.Project)
	SaveFurther(batch, p.Project.ID, skein.FurtherCircles(p.Project.Circle, p.Further))
	ph := p.Phase
	if ph.SaidBy == "" { // else it was said when they said so
		ph.SaidAt = by.At
	}
	saveLike(batch, ph)
	saveRequirements(batch, p.Phase)
	batch.Queue(`delete from remit where project_id = $1`, p.Project.ID)
	for i, r := range p.Remit {
		batch.Queue(`
			insert into remit (project_id, area, level, ceiling, with_whom, place)
			values ($1, $2, $3, $4, $5, $6)`, p.Project.ID, r.Area, r.Level, r.Ceiling, r.WithWhom, i)
	}
}

// saveProject writes a project's words.
func saveProject(batch *pgx.Batch, p skein.Project) {
	batch.Queue(`
		select exists (
			select
			from priority
			where id = $2 and retired_at is not null and id is distinct from (select priority_id from project where id = $1)
		)`, p.ID, p.Priority).QueryRow(func(row pgx.Row) error {
		var retired bool
		if err := row.Scan(&retired); err != nil || !retired {
			return err
		}
		return skein.Invalid{{Field: "priority", Message: "That priority is not on the list any more. Choose another."}}
	})
	batch.Queue(`
		update project
		set title = $2, purpose = $3, judged_by = $4, circle_id = $5, priority_id = $6, trust = $7,
			trust_reason = $8, trust_until = $9, template = $10, hours_per_week = $11, start_on = $12, end_on = $13, version = version + 1
		where id = $1`,
		p.ID, p.Title, p.Purpose, p.JudgedBy, core.Nullable(p.Circle), core.Nullable(p.Priority), p.Trust,
		p.TrustReason, p.TrustUntil, core.Nullable(p.Template), p.HoursPerWeek, p.StartOn, p.EndOn)
}

// saveRequirements writes what a phase asks for, and what it does without, in their order.
func saveRequirements(batch *pgx.Batch, ph skein.Phase) {
	batch.Queue(`delete from requirement where phase_id = $1`, ph.ID)
	for i, r := range ph.Requirements {
		batch.Queue(`
			insert into requirement (phase_id, skill_id, importance, level, must, place)
			values ($1, skill_now($2), $3, $4, $5, $6)
			on conflict (phase_id, skill_id) do update
			set importance = greatest(requirement.importance, excluded.importance), level = greatest(requirement.level, excluded.level),
				must = requirement.must or excluded.must`, ph.ID, r.Skill, r.Importance, r.Level, r.Must, i)
	}
	for i, skill := range ph.Struck {
		batch.Queue(`
			insert into requirement (phase_id, skill_id, importance, struck, place)
			select $1, skill.id, 1, true, $3 from skill where skill.id = skill_now($2)
			on conflict (phase_id, skill_id) do nothing`, ph.ID, skill, len(ph.Requirements)+i)
	}
}

// SkillsNamed finds skills by their names, however they are written, and makes those that nobody has named
// before. Those that stay may be retired.
func (db *Store) SkillsNamed(ctx context.Context, by skein.By, names []string, stays []skein.SkillID) ([]skein.SkillID, error) {
	found := make([]skein.SkillID, len(names))
	if len(names) == 0 {
		return found, nil
	}
	err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var events []skein.Event
		for i, name := range names {
			id, more, err := peopledb.SkillOf(ctx, tx, skein.Skill{Name: name}, stays...)
			if err != nil {
				return nil, err
			}
			found[i], events = id, append(events, more...)
		}
		return events, nil
	})
	return found, err
}

// ProposalLists is what a proposal's form offers, and the names of what stands in it.
type ProposalLists struct {
	Circles    []skein.Circle
	Priorities []skein.Priority
	Skills     map[skein.SkillID]string
	Known      []peopledb.NamedSkill // completions
	People     map[skein.PersonID]string
	Leading    []ProjectTitle // what by leads now and could pass on
}

// ProjectTitle is a project by its title.
type ProjectTitle struct {
	ID    skein.ProjectID
	Title string
}

// ProposalLists returns them for by and a proposal, in one round trip.
func (db *Store) ProposalLists(ctx context.Context, by skein.PersonID, p skein.Proposal) (ProposalLists, error) {
	l := ProposalLists{Skills: map[skein.SkillID]string{}, People: map[skein.PersonID]string{}}
	var skills []skein.SkillID
	for _, r := range p.Phase.Requirements {
		skills = append(skills, r.Skill)
	}
	var people []skein.PersonID
	for _, n := range p.Needs {
		people = append(people, n.AskedOf)
	}
	batch := &pgx.Batch{}
	core.Collect(batch, &l.Circles, circlesByNameSQL)
	core.Collect(batch, &l.Priorities, `
		select id, title, place, weight::float8 as weight, horizon, measure, coalesce(owner_id, '') as owner
		from priority
		where retired_at is null
		order by place`)
	core.Collect(batch, &l.Leading, `
		select project.id, project.title
		from project
		join term on term.project_id = project.id
		where term.person_id = $1 and term.role = 'primary' and term.state = 'live' and project.state = 'led'
		order by folded(project.title), project.id`, by)
	core.Collect(batch, &l.Known, peopledb.CommonSkillsSQL)
	core.CollectPairs(batch, l.Skills, `select id, name from skill where id = any($1)`, core.Texts(skills))
	core.CollectPairs(batch, l.People, `select person.id, `+namedApart("person")+` from person where person.id = any($1)`, core.Texts(people))
	return l, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}
