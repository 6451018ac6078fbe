package leaddb

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Changed is what has changed of a project since its lead was chosen, as its page says it.
type Changed struct {
	SaidByName   string           // who said last what it is like; empty: it stands as it was proposed
	Reconsidered *Reconsidered    // the last lead that was reconsidered and was not overtaken by something else
	SplitOf      *skein.ProjectID // the project of which this is the other part
	SplitOfTitle string
}

// Reconsidered is a reconsideration with the names that its page says.
type Reconsidered struct {
	skein.Reconsideration

	StewardName string
	SplitTitle  string
	SplitState  skein.ProjectState
	SplitOwner  skein.PersonID
	SplitCircle skein.CircleID
}

var reconsideredShownSQL = `
select` + reconsiderationColumns + `,
	coalesce(steward.name, '') as steward_name,
	coalesce(split.title, '') as split_title,
	coalesce(split.state, '') as split_state,
	coalesce(split.proposed_by, '') as split_owner,
	coalesce(split.circle_id, '') as split_circle
from reconsideration
left join person steward on steward.id = reconsideration.steward_id
left join project split on split.id = reconsideration.split_id
where reconsideration.project_id = $1 and reconsideration.state <> 'void'
order by reconsideration.opened_at desc, reconsideration.id desc
limit 1`

// queue queues what has changed of a project.
func (c *Changed) queue(batch *pgx.Batch, id skein.ProjectID) {
	core.CollectFirst(batch, &c.Reconsidered, reconsideredShownSQL, id)
	batch.Queue(`
		select coalesce((
				select person.name from phase join person on person.id = phase.said_by
				where phase.project_id = $1 and phase.ended_at is null
			), ''), whole.id, coalesce(whole.title, '')
		from (select $1::text as id) this
		left join reconsideration on reconsideration.split_id = this.id
		left join project whole on whole.id = reconsideration.project_id
		limit 1`, id).QueryRow(func(row pgx.Row) error { return row.Scan(&c.SaidByName, &c.SplitOf, &c.SplitOfTitle) })
}

// reconsiderationPart are the reconsiderations of leads, after the draft that one made of the other of two.
var reconsiderationPart = part{
	rows: list(func(l *lead.Lead) *[]skein.Reconsideration { return &l.Reconsiderations }, `
		select`+reconsiderationColumns+`
		from reconsideration
		where reconsideration.project_id = @project
		order by reconsideration.opened_at, reconsideration.id
		for update`,
		func(r skein.Reconsideration) skein.ReconsiderationID { return r.ID }, saveReconsideration),
	due: map[lead.Clock]string{
		lead.ClockReconsider: fmt.Sprintf(`
		select reconsideration.id::text as id, reconsideration.project_id as project, '' as window
		from reconsideration
		where reconsideration.state = 'open' and reconsideration.id::text <> all(@tried)
			and reconsideration.due - case when reminded then interval '0' else interval '%d hours' end <= @now::timestamptz
		order by reconsideration.due, reconsideration.id
		limit 1`, lead.ReconsiderSoon/time.Hour),
	},
	ahead: map[lead.Clock]string{
		lead.ClockReconsider: `select due, project_id from reconsideration where state = 'open'`,
	},
}
