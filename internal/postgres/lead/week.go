package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

const wordColumns = `
	week_word.id::text as id,
	week_word.project_id as project,
	week_word.term_id::text as term,
	week_word.person_id as person,
	week_word.day,
	week_word.state,
	week_word.says,
	week_word.said_at,
	coalesce(week_word.seen_by, '') as seen_by,
	week_word.seen_at`

// presentWordSQL reads the last word of whoever leads a project now.
var presentWordSQL = `
select` + wordColumns + `
from term
join week_word on week_word.term_id = term.id
where term.project_id = @project and term.role = 'primary' and term.state in ` + core.TermHolds + `
order by week_word.day desc
limit 1
for update of week_word`

// Week is how a project stands, in its leads' words.
type Week struct {
	Words  []WordRow // the newest first
	Said   int       // how many there are in all
	Answer PersonRow // who answers for its priority; empty: nobody does
}

// WordRow is a word with the names that the page says.
type WordRow struct {
	skein.Word
	Name       string
	SeenByName string
	Said       int
}

// How many words a project's page holds, and its own page.
const (
	WordsShort = 4
	WordsLong  = 200
)

const wordsSQL = `
select` + wordColumns + `,
	person.name,
	coalesce(seen.name, '') as seen_by_name,
	(count(*) over ())::int as said
from week_word
join person on person.id = week_word.person_id
left join person seen on seen.id = week_word.seen_by
where week_word.project_id = @project
order by week_word.day desc, week_word.said_at desc, week_word.id
limit @words`

// answersSQL reads who answers for a project's priority.
const answersSQL = `
select person.id, person.name
from project
join priority on priority.id = project.priority_id and priority.retired_at is null
join person on person.id = priority.owner_id
where project.id = @project`

func (w *Week) queue(batch *pgx.Batch, id skein.ProjectID) {
	args := pgx.NamedArgs{"project": id, "words": WordsShort}
	core.Collect(batch, &w.Words, wordsSQL, args)
	batch.Queue(answersSQL, args).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&w.Answer.ID, &w.Answer.Name}, func() error { return nil })
		return err
	})
}

// whole counts what was read.
func (w *Week) whole() {
	if len(w.Words) > 0 {
		w.Said = w.Words[0].Said
	}
}

// Words returns what was said of how a project stands, the newest first.
func (db *Store) Words(ctx context.Context, id skein.ProjectID) ([]WordRow, error) {
	all, err := core.All[WordRow](ctx, db.pool, wordsSQL, pgx.NamedArgs{"project": id, "words": WordsLong})
	return all, core.Translate(err)
}

// LastWord is how whoever leads a project now said last that it stands, and when they say it next.
type LastWord struct {
	WordState skein.WordState // empty: nothing was said yet
	WordSays  string
	WordDay   *time.Time
	WordDue   *time.Time // nil: not reckoned yet, or nobody leads it
	LedFrom   *time.Time // nil: nobody leads it
}

// LastWordColumns reads a LastWord.
const LastWordColumns = `
    coalesce(word.state, '') as word_state,
    coalesce(word.says, '') as word_says,
    word.day as word_day,
    word.word_due,
    word.led_from`

// LastWordOf joins it to a project, which it may have conditions added to.
func LastWordOf(project string) string {
	return `left join lateral (
    select week_word.state, week_word.says, week_word.day, front.word_due, lower(front.during) as led_from
    from term front
    left join week_word on week_word.term_id = front.id
    where front.project_id = ` + project + ` and front.role = 'primary' and front.state in ` + core.TermHolds + `
    order by week_word.day desc
    limit 1
) word on true`
}
