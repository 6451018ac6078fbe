package factsdb

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

type phaseRow struct {
	Project      string
	Phase        string
	State        string
	Circle       string
	Trust        string
	HoursPerWeek *float64
	Uncertainty  string
	Stakes       int
	Urgency      int
	Expertise    int
	Commitment   int
	Reach        int
	Readiness    int
	Rotation     float64
	Matching     bool
}

type requirementRow struct {
	Phase      string
	Skill      string
	Importance int
	Level      int
	Must       bool
	Struck     bool
}

type skillRow struct {
	ID       string
	Name     string
	HalfLife int
}

type holderRow struct {
	Skill  string
	People int
}

type placeRow struct {
	Project string
	Person  string
}

// phaseSQL reads current phases with what their circle inherits from those above it. It climbs for
// all circles at once: with circles_above, circle by circle, 5,000 leads take fifty times as long.
// A trust holds on its last day, so what is asked about is the day before the one that has not begun.
// While a window goes that had begun by then, it is asked as that will decide: by the trust and the
// rotation that held when it began.
var phaseSQL = `
with recursive up as (
    select circle.id as circle, circle.parent_id, circle.rotation, circle.matching, 0 as depth
    from circle
    where circle.id in (select circle_id from project where id = any(@projects))
    union all
    select up.circle, circle.parent_id, circle.rotation, circle.matching, up.depth + 1
    from up
    join circle on circle.id = up.parent_id
), inherited as (
    select circle,
        (array_agg(rotation order by depth) filter (where rotation is not null))[1] as rotation,
        (array_agg(matching order by depth) filter (where matching is not null))[1] as matching
    from up
    group by circle
)
select project.id as project,
    phase.id::text as phase,
    project.state,
    coalesce(project.circle_id, '') as circle,
    coalesce(going.trust, trust_on(project.trust, project.trust_until, @day::date - 1)) as trust,
    project.hours_per_week::float8 as hours_per_week,
    coalesce(phase.uncertainty, '') as uncertainty,
    coalesce(phase.stakes, 0)::int as stakes,
    coalesce(phase.urgency, 0)::int as urgency,
    coalesce(phase.expertise, 0)::int as expertise,
    coalesce(phase.commitment, 0)::int as commitment,
    coalesce(phase.reach, 0)::int as reach,
    coalesce(phase.readiness, 0)::int as readiness,
    coalesce(going.rotation, inherited.rotation, (select rotation from policy order by version desc limit 1), 0) as rotation,
    coalesce(inherited.matching, true) as matching
from project
join phase on phase.project_id = project.id and phase.ended_at is null
left join inherited on inherited.circle = project.circle_id
left join lateral (
    select claim_window.trust, claim_window.rotation
    from claim_window
    where claim_window.project_id = project.id
        and claim_window.state in ` + core.WindowGoing + `
        and claim_window.trust is not null
        and claim_window.opened_at < (select (@day::date)::timestamp at time zone organisation.zone from organisation)
    order by claim_window.opened_at desc, claim_window.number desc
    limit 1
) going on true
where project.id = any(@projects)`

const requirementSQL = `
select requirement.phase_id::text as phase,
    requirement.skill_id as skill,
    requirement.importance::int as importance,
    requirement.level::int as level,
    requirement.must,
    requirement.struck
from requirement
join phase on phase.id = requirement.phase_id and phase.ended_at is null
where phase.project_id = any(@projects)
order by requirement.place, requirement.skill_id`

// askedSkills are the skills of the phases and of the lens.
const askedSkills = `
asked as (
    select requirement.skill_id
    from requirement
    join phase on phase.id = requirement.phase_id and phase.ended_at is null
    where phase.project_id = any(@projects) and not requirement.struck
    union
    select unnest(@practices::text[])
)`

const skillSQL = `
with ` + askedSkills + `
select skill.id, skill.name, coalesce(skill.half_life_days, 0) as half_life
from skill
where skill.id in (select skill_id from asked)`

// shown holds for evidence that counts by then.
const shown = `evidence.observed_on < @day and evidence.hidden_at is null`

const countedSQL = `
select count(*)
from person
where ` + core.ActiveBy + `
    and exists (select from evidence where evidence.person_id = person.id and ` + shown + `)`

const holderSQL = `
with ` + askedSkills + `
select evidence.skill_id as skill, count(distinct evidence.person_id)::int as people
from evidence
join person on person.id = evidence.person_id
where evidence.skill_id in (select skill_id from asked)
    and ` + shown + `
    and ` + core.ActiveBy + `
group by evidence.skill_id`

const lastLeadSQL = `
select term.project_id as project, term.person_id as person
from term
where term.project_id = any(@projects)
    and term.role = 'primary'
    and lower(term.during) < @day
order by lower(term.during) desc, term.person_id`

const guardrailSQL = `
select id::text as id, kind, number, reason, owner_id, review_on, made_at
from guardrail
where retired_at is null
order by kind`

const policySQL = `
select version, lens, trust
from policy
where $1::int is null or version = $1
order by version desc
limit 1`

// QueueQuestions queues all that questions are put together from.
func (r *Comparing) QueueQuestions(batch *pgx.Batch, ask comparison.Asking, args pgx.NamedArgs) {
	core.Collect(batch, &r.phases, r.of(phaseSQL), args)
	core.Collect(batch, &r.requirements, r.of(requirementSQL), args)
	core.Collect(batch, &r.skills, r.of(skillSQL), args)
	if !ask.Uncounted && ask.Population == nil {
		batch.Queue(countedSQL, args).QueryRow(func(row pgx.Row) error { return row.Scan(&r.counted) })
		core.Collect(batch, &r.holders, r.of(holderSQL), args)
	}
	core.Collect(batch, &r.lastLeads, r.of(lastLeadSQL), args)
	core.Collect(batch, &r.placeHours, r.of(placeHoursSQL), args)
	batch.Queue(guardrailSQL).Query(func(rows pgx.Rows) error {
		var err error
		r.guardrails, err = pgx.CollectRows(rows, scanGuardrail)
		return err
	})
	batch.Queue(policySQL, ask.Tables).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			if err := rows.Scan(&r.policy.Version, &r.policy.Lens, &r.policy.Trust); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// scanGuardrail reads one row of guardrailSQL.
func scanGuardrail(row pgx.CollectableRow) (skein.Guardrail, error) {
	var g skein.Guardrail
	var number *int
	var owner *string
	err := row.Scan(&g.ID, &g.Kind, &number, &g.Reason, &owner, &g.ReviewOn, &g.MadeAt)
	if number != nil {
		g.Number = *number
	}
	if owner != nil {
		g.Owner = skein.PersonID(*owner)
	}
	return g, err
}

// questions puts the rows together, in the order asked.
func (r *Comparing) questions(ask comparison.Asking) []comparison.Question {
	holders := map[skein.SkillID]int{}
	for _, h := range r.holders {
		holders[skein.SkillID(h.Skill)] = h.People
	}
	if ask.Population != nil {
		r.counted = ask.Population.People
		for _, s := range r.skills {
			if n := ask.Population.Holders(skein.SkillID(s.ID)); n > 0 {
				holders[skein.SkillID(s.ID)] = n
			}
		}
	}
	halfLives := map[skein.SkillID]int{}
	for _, s := range r.skills {
		if s.HalfLife > 0 {
			halfLives[skein.SkillID(s.ID)] = s.HalfLife
		}
	}
	place := make(map[string]int, len(ask.Projects))
	for i, id := range ask.Projects {
		place[string(id)] = i
	}
	if ask.Projects != nil {
		slices.SortFunc(r.phases, func(a, b phaseRow) int { return place[a.Project] - place[b.Project] })
	}
	required := map[string][]requirementRow{}
	for _, req := range r.requirements {
		required[req.Phase] = append(required[req.Phase], req)
	}
	led, held := byProject(r.lastLeads), byProject(r.placeHours)
	questions := make([]comparison.Question, 0, len(r.phases))
	for _, p := range r.phases {
		q := p.question()
		q.Guardrails, q.People, q.Holders, q.HalfLives = r.guardrails, r.counted, holders, halfLives
		q.AsOf, q.LastLeads, q.PlaceHours = ask.AsOf, led[p.Project], held[p.Project]
		fill(&q, required[p.Phase])
		questions = append(questions, q)
	}
	return questions
}

// fill adds what one phase requires.
func fill(q *comparison.Question, required []requirementRow) {
	for _, req := range required {
		if req.Struck {
			q.Struck = append(q.Struck, skein.SkillID(req.Skill))
			continue
		}
		q.Requirements = append(q.Requirements, skein.Requirement{
			Skill: skein.SkillID(req.Skill), Importance: req.Importance, Level: req.Level, Must: req.Must,
		})
	}
}

// question is the part of a question that stands in the phase's own row.
func (p phaseRow) question() comparison.Question {
	return comparison.Question{
		Project:      skein.ProjectID(p.Project),
		Phase:        skein.PhaseID(p.Phase),
		State:        skein.ProjectState(p.State),
		Circle:       skein.CircleID(p.Circle),
		Trust:        skein.Trust(p.Trust),
		HoursPerWeek: p.HoursPerWeek,
		Rotation:     p.Rotation,
		Matching:     p.Matching,
		Situation: skein.Situation{
			Uncertainty: skein.Uncertainty(p.Uncertainty),
			Stakes:      p.Stakes,
			Urgency:     p.Urgency,
			Expertise:   p.Expertise,
			Commitment:  p.Commitment,
			Reach:       p.Reach,
			Readiness:   p.Readiness,
		},
	}
}

// Policy returns the newest published tables; version 0 where there are none.
func (db *Store) Policy(ctx context.Context) (comparison.PolicyTables, error) {
	var t comparison.PolicyTables
	err := db.pool.QueryRow(ctx, policySQL, nil).Scan(&t.Version, &t.Lens, &t.Trust)
	if errors.Is(err, pgx.ErrNoRows) {
		return comparison.PolicyTables{}, nil
	}
	return t, err
}
