package leaddb

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
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

// aheadOfProject says when windows close next.
var aheadOfProject = map[lead.Clock]string{
	lead.ClockWindow: `select ending.due, ending.project_id from (` + windowEnds + `) ending`,
}

// SkipAhead moves a demo's clock to just after the next thing that is due, in one project or
// anywhere, and says when that is. The clock never goes back. Unless anyway is set it stays where
// something that waits for by's own answer would lapse, and says what.
func (db *Store) SkipAhead(ctx context.Context, by skein.By, wall time.Time, project skein.ProjectID, anyway bool) (due time.Time, lapses []Lapse, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var next, now *time.Time
		err := tx.QueryRow(ctx, `
			with now as (
				select @wall::timestamptz + clock_offset as at from organisation where demo for update
			), due (at, project) as (
				`+strings.Join(slices.Collect(maps.Values(ahead)), " union all ")+`
			)
			select (select min(due.at) from due where due.at > now.at and @project in ('', due.project)), now.at from now`,
			pgx.NamedArgs{"wall": wall, "day": by.Day, "project": string(project)}).Scan(&next, &now)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, skein.Conflict{Why: "Nothing is due: no claims are open, nobody is waiting for an answer, and nobody is to begin."}
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
