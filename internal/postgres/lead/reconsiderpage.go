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
	HandedBy     skein.PersonID   // who answered as a steward when it was handed on, until somebody else leads it; empty: nobody
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
			), ''), coalesce(`+handedBy("$1::text")+`, ''), whole.id, coalesce(whole.title, '')
		from (select $1::text as id) this
		left join reconsideration on reconsideration.split_id = this.id
		left join project whole on whole.id = reconsideration.project_id
		limit 1`, id).QueryRow(func(row pgx.Row) error { return row.Scan(&c.SaidByName, &c.HandedBy, &c.SplitOf, &c.SplitOfTitle) })
}

// saysAsSteward holds where a person may answer as a steward what becomes of a project's lead: lead's saysAsSteward.
var saysAsSteward = core.ActiveToday + ` and exists (
		select from circles_above(project.circle_id) up
		join hat on hat.circle_id = up.circle_id and hat.kind = 'steward'
		where hat.person_id = person.id
	) and not ` + core.LeadsIt("person.id", "project.id")

// handedBy is who does not claim a project's lead, because they answered as a steward when it was handed on: lead's
// HandedBy. Null: nobody. Project is SQL.
func handedBy(project string) string {
	return `(
		select last.handed_by
		from (
			select term.id
			from term
			where term.project_id = ` + project + ` and term.role = 'primary' and term.state in ` + core.TermBegun + `
			order by lower(term.during) desc, term.live_at desc
			limit 1
		) led
		cross join lateral (
			select reconsideration.state, reconsideration.handed_by
			from reconsideration
			where reconsideration.term_id = led.id
			order by reconsideration.opened_at desc, reconsideration.id desc
			limit 1
		) last
		where last.state in ('handed_on', 'opened')
	)`
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
		join project on project.id = reconsideration.project_id
		left join person on person.id = reconsideration.steward_id
		where reconsideration.state = 'open' and reconsideration.id::text <> all(@tried) and (
				reconsideration.due - case when reminded then interval '0' else interval '%d hours' end <= @now::timestamptz
				or person.id is not null and not (`+saysAsSteward+`)
			)
		order by reconsideration.due, reconsideration.id
		limit 1`, lead.ReconsiderSoon/time.Hour),
	},
	ahead: map[lead.Clock]string{
		lead.ClockReconsider: `select due, project_id from reconsideration where state = 'open'`,
	},
}
