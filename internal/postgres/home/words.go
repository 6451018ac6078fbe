package homedb

import (
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// WordToSee is the last word of something that is led, which whoever answers for its priority has not seen.
type WordToSee struct {
	skein.Word

	Title string // the project's
	Name  string // who said it
	All   int    // how many such words there are
}

// wordsToSee is how many of them a home page holds.
const wordsToSee = 5

// wordsToSeeSQL lists the last words of what is led for a priority that one person answers for, but for those that they
// have seen or said themselves: what is worst first, then the oldest.
var wordsToSeeSQL = `
select word.*, (count(*) over ())::int as all
from (
    select distinct on (term.id) week_word.id::text as id, week_word.project_id as project, week_word.term_id::text as term,
        week_word.person_id as person, week_word.day, week_word.state, week_word.says, week_word.said_at,
        coalesce(week_word.seen_by, '') as seen_by, week_word.seen_at, project.title, person.name
    from priority
    join project on project.priority_id = priority.id and project.state in ` + core.ProjectUnderWay + `
    join term on term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermHolds + `
    join week_word on week_word.term_id = term.id
    join person on person.id = week_word.person_id
    where priority.owner_id = @me and priority.retired_at is null
    order by term.id, week_word.day desc
) word
where word.seen_at is null and word.person <> @me
order by array_position(array['off_track', 'at_risk', 'on_hold', 'on_track'], word.state), word.said_at, word.id
limit case when @parts::int = @parts_counted::int then 100 else @words::int end`
