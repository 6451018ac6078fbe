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
const lessonsLikeSQL = lessonColumns + `
join project this on this.id = @project and this.id <> project.id
left join phase now on now.project_id = this.id and now.ended_at is null
left join phase before on before.id = (select term.phase_id from term where term.id = outcome.term_id)
cross join lateral (
	select 2 * (
			select count(*)
			from outcome_skill
			join requirement on requirement.skill_id = outcome_skill.skill_id and requirement.phase_id = now.id and not requirement.struck
			where outcome_skill.outcome_id = outcome.id
		)
		+ case when this.priority_id = project.priority_id then 1 else 0 end
		+ case when now.uncertainty = before.uncertainty and abs(now.stakes - before.stakes) <= 1 and abs(now.reach - before.reach) <= 1 then 1 else 0 end
		as score
) likeness
where outcome_answer.library_at is not null and likeness.score > 0
order by likeness.score desc, outcome_answer.library_at desc, outcome_answer.again_key
limit 3`

// LessonsLike lists what was learnt in projects like this one: that ask for the same skills, serve the same priority, or are
// in a like situation. What is like in nothing of that, or is of the project itself, is not there.
func (db *Store) LessonsLike(ctx context.Context, id skein.ProjectID) ([]Lesson, error) {
	lessons, err := core.All[Lesson](ctx, db.pool, lessonsLikeSQL, pgx.NamedArgs{"project": id})
	return lessons, core.Translate(err)
}
