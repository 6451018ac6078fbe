package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Lesson is what somebody would do again, or not, as the library has it.
type Lesson struct {
	Key       string
	Review    skein.OutcomeID
	Says      string
	Name      string // of whoever wrote it, where they say so
	Project   skein.ProjectID
	Title     string
	Priority  string
	Result    skein.OutcomeResult
	LibraryAt time.Time
	Skills    []string // that the lead was asked for
}

// lessonsShown is how many lessons a page of the library has.
const lessonsShown = 50

const lessonColumns = `
select outcome_answer.again_key as key,
	outcome.id::text as review,
	outcome_answer.again as says,
	case when outcome_answer.named then person.name else '' end as name,
	project.id as project,
	project.title,
	coalesce(priority.title, '') as priority,
	coalesce(outcome.result, '') as result,
	outcome_answer.library_at,
	array(
		select skill.name
		from outcome_skill
		join skill on skill.id = outcome_skill.skill_id
		where outcome_skill.outcome_id = outcome.id
		order by outcome_skill.place, skill.id
		limit 4
	) as skills
from outcome_answer
join outcome on outcome.id = outcome_answer.outcome_id and outcome.state = 'closed'
join project on project.id = outcome.project_id
join person on person.id = outcome_answer.person_id
left join priority on priority.id = project.priority_id`

// Lessons lists what is in the library and holds all words of a search, the newest first; all without words.
func (db *Store) Lessons(ctx context.Context, find string) ([]Lesson, error) {
	lessons, err := core.All[Lesson](ctx, db.pool, lessonColumns+`
cross join lateral websearch_to_tsquery('english', @find) asked
where outcome_answer.library_at is not null and (@find = '' or to_tsvector('english',
	outcome_answer.again || ' ' || project.title || ' ' || project.purpose || ' ' || coalesce(priority.title, '') || ' ' || coalesce((
		select string_agg(skill.name, ' ')
		from outcome_skill
		join skill on skill.id = outcome_skill.skill_id
		where outcome_skill.outcome_id = outcome.id
	), '')) @@ asked)
order by outcome_answer.library_at desc, outcome_answer.again_key
limit @most`, pgx.NamedArgs{"find": find, "most": lessonsShown})
	return lessons, core.Translate(err)
}

// lessonsLikeSQL reads the three lessons, of other projects, that are the likest.
const lessonsLikeSQL = `
with this as (
	select project.id,
		project.priority_id,
		now.uncertainty,
		now.stakes,
		now.reach,
		array(select requirement.skill_id from requirement where requirement.phase_id = now.id and not requirement.struck) as skills,
		tsvector_to_array(to_tsvector('english', project.title || ' ' || project.purpose)) as words
	from project
	left join phase now on now.project_id = project.id and now.ended_at is null
	where project.id = @project
)` + lessonsLikest

// lessonsLikeTypedSQL reads those that are the likest to what is typed, of which there is no project yet.
const lessonsLikeTypedSQL = `
with this as (
	select '' as id,
		@priority as priority_id,
		nullif(@uncertainty, '') as uncertainty,
		nullif(@stakes::int, 0) as stakes,
		nullif(@reach::int, 0) as reach,
		array(select skill_id from skill_name where key in (select skill_key(name) from unnest(@skills::text[]) name)) as skills,
		tsvector_to_array(to_tsvector('english', @words)) as words
)` + lessonsLikest

// lessonsLikest is how like the work of a lesson is: skills count most, then words that both have in common, of a few words
// all and of many a quarter, or all would be like all.
const lessonsLikest = lessonColumns + `
join this on this.id <> project.id
left join phase before on before.id = (select term.phase_id from term where term.id = outcome.term_id)
cross join lateral (
	select tsvector_to_array(to_tsvector('english', outcome_answer.again || ' ' || project.title || ' ' || project.purpose)) as words
	offset 0 -- once a lesson, and not once for each word of this
) lesson
cross join lateral (
	select count(*) as shared
	from unnest(this.words) word
	where word = any(lesson.words)
) said
cross join lateral (
	select 2 * (
			select count(*) from outcome_skill where outcome_skill.outcome_id = outcome.id and outcome_skill.skill_id = any(this.skills)
		)
		+ case when this.priority_id = project.priority_id then 1 else 0 end
		+ case when this.uncertainty = before.uncertainty and abs(this.stakes - before.stakes) <= 1 and abs(this.reach - before.reach) <= 1 then 1 else 0 end
		+ case when said.shared >= greatest(least(2, cardinality(this.words)), cardinality(this.words) / 4) then least(said.shared, 3) else 0 end
		as score
) likeness
where outcome_answer.library_at is not null and likeness.score > 0
order by likeness.score desc, outcome_answer.library_at desc, outcome_answer.again_key
limit 3`

// LessonsLike lists what was learnt in projects like this one: that ask for the same skills, serve the same priority, speak
// of the same, or are in a like situation. What is like in nothing of that, or is of the project itself, is not there.
func (db *Store) LessonsLike(ctx context.Context, id skein.ProjectID) ([]Lesson, error) {
	lessons, err := core.All[Lesson](ctx, db.pool, lessonsLikeSQL, pgx.NamedArgs{"project": id})
	return lessons, core.Translate(err)
}

// LessonsLikeTyped lists the same of what is typed before there is a project; skills are named as they are typed.
func (db *Store) LessonsLikeTyped(ctx context.Context, p skein.Project, s skein.Situation, skills []string) ([]Lesson, error) {
	lessons, err := core.All[Lesson](ctx, db.pool, lessonsLikeTypedSQL, pgx.NamedArgs{
		"priority": p.Priority, "uncertainty": string(s.Uncertainty), "stakes": s.Stakes, "reach": s.Reach, "skills": append([]string{}, skills...),
		"words": p.Title + " " + p.Purpose,
	})
	return lessons, core.Translate(err)
}
