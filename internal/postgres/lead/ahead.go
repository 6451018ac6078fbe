package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Lapse is something that waits for somebody's own answer, and the day after which it is gone.
type Lapse struct {
	Kind    string // "offer", "invite" or "needs"
	Project skein.ProjectID
	Title   string
	By      time.Time
}

// lapseSQL lists what of a person's own would be gone after $2, seen from $3.
var lapseSQL = `
select waiting.kind, waiting.project, project.title, waiting.by
from (
    select case state when 'offered' then 'offer' else 'needs' end as kind, project_id as project,
        case state when 'offered' then answer_by else needs_by end as by
    from term
    where person_id = $1 and role = 'primary' and state in ` + core.TermComing + `
    union all
    select 'invite', project_id, answer_by
    from invite
    where person_id = $1 and state = 'waiting'
) waiting
join project on project.id = waiting.project
where waiting.by > $3 and waiting.by < $2
order by waiting.by, waiting.project`

// SkipAhead moves a demo's clock to just after the next thing that is due, in one project or
// anywhere, and says when that is. The clock never goes back. Unless anyway is set it stays where
// something that waits for by's own answer would lapse, and says what.
func (db *Store) SkipAhead(ctx context.Context, by skein.By, wall time.Time, project skein.ProjectID, anyway bool) (due time.Time, lapses []Lapse, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var next, now *time.Time
		err := tx.QueryRow(ctx, `
			with now as (
				select $1::timestamptz + clock_offset as at from organisation where demo for update
			), due (at) as (
				select ending.due from (`+windowEnds+`) ending where $2 = '' or ending.project_id = $2
				union all
				select answer_by from pick where state = 'waiting' and ($2 = '' or project_id = $2)
				union all
				select answer_by from invite where state = 'waiting' and ($2 = '' or project_id = $2)
				union all
				select answer_by from term where state in `+core.TermUnanswered+` and ($2 = '' or project_id = $2)
				union all
				select needs_by from term where state = 'accepted' and ($2 = '' or project_id = $2)
			)
			select (select min(due.at) from due where due.at > now.at), now.at from now`, wall, project).Scan(&next, &now)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, skein.Conflict{Why: "Nothing is due: no claims are open and nobody is waiting for an answer."}
		}
		due = next.Add(time.Second)
		if !anyway {
			if lapses, err = core.All[Lapse](ctx, tx, lapseSQL, by.Person, due, now); err != nil || len(lapses) > 0 {
				return nil, err
			}
		}
		_, err = tx.Exec(ctx, `update organisation set clock_offset = make_interval(secs => $1)`, due.Sub(wall).Seconds())
		return []skein.Event{{
			Action: "demo.skip", Noun: "organisation", NounID: "demo", Project: project,
			Details: map[string]any{"to": due},
		}}, err
	})
	return due, lapses, err
}
