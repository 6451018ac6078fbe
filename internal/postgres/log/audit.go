package logdb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// AuditQuery asks what happened. Viewer is who reads it: what somebody claimed, was invited to or
// had reviewed is shown to themself alone, before a window closes and after; a draft of a project to
// whoever proposed it, and what they themselves did, to the doer.
type AuditQuery struct {
	Viewer  skein.PersonID
	Who     string // a person's id, or words of the name
	Noun    string
	Action  string // the beginning of the action: "hat", "hat.give"
	Project string // a project's id, or words of the title
	From    time.Time
	Until   time.Time // up to, not included
	Before  int64     // the number of the last row of the page before; 0 for the newest
	Limit   int       // 0: all
}

// AuditRow is one row of the audit log with the names that it needs.
type AuditRow struct {
	ID           int64
	At           time.Time
	Actor        string // empty: Skein itself
	ActorName    string
	Action       string
	Noun         string
	NounID       string
	About        string // the name of the person that it is about
	Project      string
	ProjectTitle string
	Circle       string
	CircleName   string
	CircleClosed bool
	Details      map[string]any
	People       map[string]string `db:"-"` // names of whom the details are about, by id
	Skills       map[string]string `db:"-"`
	Circles      map[string]string `db:"-"` // those that must move with a project
}

var auditSQL = `
with viewer as (
	select log_key as key from person where id = @viewer
)
select event.id, event.at,
	coalesce(event.actor_id, '') as actor,
	coalesce(actor.name, '') as actor_name,
	event.action, event.noun, event.noun_id,
	coalesce(about.name, '') as about,
	coalesce(event.project_id, '') as project,
	coalesce(project.title, '') as project_title,
	coalesce(event.circle_id, '') as circle,
	coalesce(circle.name, '') as circle_name,
	coalesce(circle.closed, false) as circle_closed,
	case
		-- a reason for returning a pick is for those who had claimed
		when event.action = 'pick.return' and event.actor_key is distinct from (select key from viewer) and not exists (
			select from notice
			where notice.person_id = @viewer and notice.kind = 'returned' and notice.of_id::text = event.noun_id
		) then event.details - 'reason'
		else event.details
	end || case when maker.id is null then '{}' else jsonb_build_object('link_made_by', maker.name) end as details
from audit_told event
left join person actor on actor.log_key = event.actor_key
left join person about on about.id = event.noun_id and event.noun in ('person', 'account')
left join person maker on maker.id = event.details ->> 'link_made_by'
left join project on project.id = event.project_id
left join circle_named circle on circle.id = event.circle_id
where (
		event.noun not in ('claim', 'review', 'outcome_answer')
			and event.action not in ('invite.accept', 'invite.decline', 'lesson.keep', 'lesson.drop') -- who wrote it may drop it
		or event.actor_key = (select key from viewer)
	)
	and (
		project.id is null or ` + core.ProjectShown + ` or project.proposed_by = @viewer
		or event.actor_key = (select key from viewer)
	)
	and (not audit_event_sealed(event.action, event.noun, event.noun_id) or event.actor_key = (select key from viewer))
	and (@who = '' or event.actor_key = @who or event.actor_key in (
		select log_key from person where id = @who or position(folded(@who) in folded(name)) > 0
	))
	and (@noun = '' or event.noun = @noun)
	and (@action = '' or starts_with(event.action, @action))
	and (@project = '' or event.project_id = @project or event.project_id in (
		select id from project where position(folded(@project) in folded(title)) > 0
	))
	and (@from::timestamptz is null or event.at >= @from)
	and (@until::timestamptz is null or event.at < @until)
	and (@before::bigint = 0 or event.id < @before)
order by event.id desc
limit nullif(@limit::bigint, 0)`

func (q AuditQuery) args() pgx.NamedArgs {
	limit := q.Limit
	if limit > 0 {
		limit++
	}
	return pgx.NamedArgs{
		"viewer": q.Viewer, "who": q.Who, "noun": q.Noun, "action": q.Action, "project": q.Project,
		"from": q.From, "until": q.Until, "before": q.Before, "limit": limit,
	}
}

// AuditPage is a page of the log.
type AuditPage struct {
	Rows []AuditRow // the newest first; one more than the limit when more follow
	// MayAlter tells that Skein's own login could change the log without a trace.
	MayAlter bool
}

// Audit reads a page of what happened.
func (db *Store) Audit(ctx context.Context, q AuditQuery) (AuditPage, error) {
	var p AuditPage
	var why []string
	batch := &pgx.Batch{}
	core.Collect(batch, &p.Rows, auditSQL, q.args())
	batch.Queue(mayAlterSQL, "").QueryRow(func(row pgx.Row) error { return row.Scan(&why) })
	err := db.pool.SendBatch(ctx, batch).Close()
	p.MayAlter = len(why) > 0
	if err == nil {
		err = db.name(ctx, p.Rows)
	}
	return p, core.Translate(err)
}

// EachAudit hands over what happened row by row, however much it is. It ends at the first error.
func (db *Store) EachAudit(ctx context.Context, q AuditQuery, each func(AuditRow) error) error {
	rows, err := db.pool.Query(ctx, auditSQL, q.args())
	if err != nil {
		return core.Translate(err)
	}
	defer rows.Close()
	for rows.Next() {
		row, err := pgx.RowToStructByName[AuditRow](rows)
		if err != nil {
			return err
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return core.Translate(rows.Err())
}

// NoteExport writes into the log that somebody took a copy of it.
func (db *Store) NoteExport(ctx context.Context, by skein.By, filter map[string]any) error {
	return core.Write(ctx, db.pool, by, func(pgx.Tx) ([]skein.Event, error) {
		return []skein.Event{{Action: "audit.export", Noun: "audit", NounID: "audit", Details: filter}}, nil
	})
}
