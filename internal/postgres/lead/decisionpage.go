package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// DecisionPage is a decision with all that its page says, as one person sees it.
type DecisionPage struct {
	DecisionRow

	Advice   []AdviceRow
	Replaces *DecisionRow  // what it replaces, or would
	After    []DecisionRow // what replaced it
	Remit    []skein.Remit // what is decided there now, where it is stated
}

// DecisionRow is a decision with the names that pages say.
type DecisionRow struct {
	skein.Decision

	Title         string // of the project
	ProjectState  skein.ProjectState
	Circle        skein.CircleID
	OpenedByName  string
	DecidedByName string
	CameByName    string
	At            time.Time // when it was decided, else asked, else opened
	Lead          skein.PersonID
	LeadName      string         // who leads it now; empty: nobody does
	Answers       skein.PersonID // who answers for its priority
	AnswersName   string
	Decides       bool // the viewer leads it, leads it beside somebody, or stands in
	Proposes      bool // were it proposed upwards, it would be the viewer's own question: see lead
	// AnswersProposes tells that it would be the question of whoever answers for the priority.
	AnswersProposes bool
	LedLast         bool     // the viewer leads it, or led it last
	Asked           []string // the names of who has not answered
	AsksMe          bool     // the viewer is one of them
	Heard           int      // how many gave advice, or their yes
}

// AwaitsAdvice tells whether somebody was asked of an open question who has not answered: their day counts until then.
func (r DecisionRow) AwaitsAdvice() bool { return r.State == skein.DecisionAsking && len(r.Asked) > 0 }

// AwaitsAbove tells whether it is proposed upwards and waits to be decided there. The day that was named for it is that
// of whoever decides it above, also where nobody is asked for advice.
func (r DecisionRow) AwaitsAbove() bool {
	return r.State == skein.DecisionAsking && r.Level() == skein.ProposeAbove
}

// AdviceRow is what somebody was asked of a decision, with their name.
type AdviceRow struct {
	skein.Advice
	Name  string
	Leads bool // they decide it themselves by now
}

// decisionRowColumns reads a DecisionRow, by decisionFrom.
var decisionRowColumns = decisionColumns + `,
	project.title,
	project.state as project_state,
	coalesce(project.circle_id, '') as circle,
	opener.name as opened_by_name,
	coalesce(decider.name, '') as decided_by_name,
	coalesce(teller.name, '') as came_by_name,
	coalesce(decision.decided_at, decision.asked_at, decision.opened_at) as at,
	coalesce(front.id, '') as lead,
	coalesce(front.name, '') as lead_name,
	coalesce(answer.id, '') as answers,
	coalesce(answer.name, '') as answers_name,
	` + core.LeadsIt("@viewer", "decision.project_id") + ` as decides,
	` + core.ProposedIt("@viewer") + ` as proposes,
	coalesce(` + core.ProposedIt("answer.id") + `, false) as answers_proposes,
	coalesce((
		select term.person_id = @viewer
		from term
		where term.project_id = decision.project_id and term.role = 'primary' and term.state in ` + core.TermBegun + `
		order by lower(term.during) desc, term.live_at desc nulls last
		limit 1
	), false) as led_last,
	array(
		select person.name
		from advice
		join person on person.id = advice.person_id
		where advice.decision_id = decision.id and advice.state = 'asked'
		order by advice.asked_at, advice.id
	) as asked,
	exists (select from advice where advice.decision_id = decision.id and advice.state = 'asked' and advice.person_id = @viewer) as asks_me,
	(select count(*) from advice where advice.decision_id = decision.id and advice.state = 'given')::int as heard`

const decisionFrom = `
from decision
join project on project.id = decision.project_id
join person opener on opener.id = decision.opened_by
left join person decider on decider.id = decision.decided_by
left join person teller on teller.id = decision.came_by
left join priority on priority.id = project.priority_id and priority.retired_at is null
left join person answer on answer.id = priority.owner_id
left join lateral (
	select person.id, person.name
	from term
	join person on person.id = term.person_id
	where term.project_id = decision.project_id and term.role = 'primary' and term.state in `

// decisionRows selects decisions with the names that pages say.
func decisionRows() string {
	return `
select` + decisionRowColumns + decisionFrom + core.TermHolds + `
	limit 1
) front on true`
}

// decisionSeen holds for decisions that everybody reads: skein.Decision.Seen.
const decisionSeen = `coalesce(decision.decided_at, decision.asked_at) is not null`

// DecisionPage returns a decision as one person sees it on a day, in one round trip. Who may see a draft is not asked
// here.
func (db *Store) DecisionPage(ctx context.Context, id skein.DecisionID, viewer skein.PersonID, today skein.Date) (DecisionPage, error) {
	var page DecisionPage
	var found []DecisionRow
	batch := &pgx.Batch{}
	args := pgx.NamedArgs{"id": id, "viewer": viewer, "today": today}
	core.Collect(batch, &found, decisionRows()+` where decision.id::text = @id`, args)
	core.Collect(batch, &page.Advice, `
		select`+adviceColumns+`, person.name, `+core.LeadsIt("advice.person_id", "advice.project_id")+` as leads
		from advice
		join person on person.id = advice.person_id
		where advice.decision_id::text = @id
		order by advice.answered_at nulls last, advice.asked_at, advice.id`, args)
	core.CollectFirst(batch, &page.Replaces, decisionRows()+`
		where decision.id = (select replaces_id from decision new where new.id::text = @id)`, args)
	core.Collect(batch, &page.After, decisionRows()+`
		where decision.replaces_id::text = @id and decision.decided_at is not null
		order by decision.decided_at`, args)
	core.Collect(batch, &page.Remit, `
		select area, level, ceiling::float8 as ceiling, with_whom
		from remit
		where project_id = (select project_id from decision where decision.id::text = @id)
		order by place, id`, args)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return page, core.Translate(err)
	}
	if len(found) == 0 {
		return page, skein.ErrNotFound
	}
	page.DecisionRow = found[0]
	return page, nil
}

// projectDecisionsSQL reads what a project's page says of decisions: those that are open first, then the newest.
func projectDecisionsSQL() string {
	return decisionRows() + `
	where decision.project_id = @project and (` + decisionSeen + ` or decision.state = 'draft')
	order by decision.state in ('draft', 'asking') desc, coalesce(decision.decided_at, decision.asked_at, decision.opened_at) desc, decision.id desc
	limit @decisions`
}

// How many decisions a project's page reads, of which it shows DecisionsShort.
const (
	DecisionsShort = 4
	decisionsRead  = 20
)

// queueDecisions queues a project's decisions, and how many there are that everybody reads.
func (p *ProjectPage) queueDecisions(batch *pgx.Batch, id skein.ProjectID, who skein.PersonID, today skein.Date) {
	args := pgx.NamedArgs{"project": id, "viewer": who, "today": today, "decisions": decisionsRead}
	core.Collect(batch, &p.Decisions, projectDecisionsSQL(), args)
	batch.Queue(`select count(*)::int from decision where decision.project_id = @project and `+decisionSeen, args).QueryRow(func(row pgx.Row) error {
		return row.Scan(&p.Decided)
	})
}

// DecisionsQuery says which decisions, from which on, how many.
type DecisionsQuery struct {
	Viewer   skein.PersonID
	Today    skein.Date
	Words    string         // as somebody types them to search for
	Circle   skein.CircleID // with those below
	Priority skein.PriorityID
	Project  skein.ProjectID
	Person   skein.PersonID // who decided, was asked, or asked
	Who      string         // the same, as somebody types a name or a part of it
	State    string         // "open", "decided", "closed"; empty: all
	Before   time.Time      // with BeforeID: the last one of the page before
	BeforeID skein.DecisionID
	Limit    int
}

// NamedRow is something by its id and its name.
type NamedRow struct{ ID, Name string }

// Decisions are those that a query finds, the newest first, with what they can be filtered by.
type Decisions struct {
	Found      []DecisionRow // one more than the limit where there are more
	Any        bool          // there is a decision at all
	Circles    []NamedRow
	Priorities []NamedRow
	Project    string   // the title of the one that was asked for
	Person     string   // the name, likewise
	People     []string // who took part in some of the latest, for whoever types a name
}

var decisionsSQL = decisionRows() + `
where ` + decisionSeen + `
	and (@circle = '' or project.circle_id in (
		with recursive within as (
			select id from circle where id = @circle
			union
			select circle.id from circle join within on circle.parent_id = within.id
		)
		select id from within
	))
	and (@priority = '' or project.priority_id = @priority)
	and (@project = '' or decision.project_id = @project)
	and (@person = '' or decision.decided_by = @person or decision.opened_by = @person or exists (
		select from advice where advice.decision_id = decision.id and advice.person_id = @person and advice.state <> 'void'
	))
	and (@who = '' or exists (
		select from person
		where position(folded(@who) in folded(person.name)) > 0 and (
			person.id in (decision.decided_by, decision.opened_by)
			or person.id in (select advice.person_id from advice where advice.decision_id = decision.id and advice.state <> 'void')
		)
	))
	and case @state
		when 'open' then decision.state = 'asking'
		when 'decided' then decision.state in ('decided', 'replaced')
		when 'closed' then decision.state = 'closed'
		else true
	end
	and (@words = ''
		or decision.words @@ websearch_to_tsquery('english', folded(@words))
		or decision.words @@ to_tsquery('english', folded(@prefixes)))
	and (@before::timestamptz is null
		or (coalesce(decision.decided_at, decision.asked_at), decision.id) < (@before::timestamptz, nullif(@before_id, '')::uuid))
order by coalesce(decision.decided_at, decision.asked_at) desc, decision.id desc
limit @limit`

// DecisionsOf returns the newest decisions in which somebody took part.
func (db *Store) DecisionsOf(ctx context.Context, person, viewer skein.PersonID, today skein.Date) ([]DecisionRow, error) {
	all, err := core.All[DecisionRow](ctx, db.pool, decisionsSQL, pgx.NamedArgs{
		"viewer": viewer, "today": today, "words": "", "prefixes": "", "circle": "", "priority": "", "project": "", "person": person, "who": "", "state": "",
		"before": (*time.Time)(nil), "before_id": "", "limit": DecisionsShort,
	})
	return all, core.Translate(err)
}

// Decisions returns the decisions that a query finds, in one round trip.
func (db *Store) Decisions(ctx context.Context, q DecisionsQuery) (Decisions, error) {
	var d Decisions
	var before *time.Time
	if !q.Before.IsZero() {
		before = &q.Before
	}
	args := pgx.NamedArgs{
		"viewer": q.Viewer, "today": q.Today, "words": q.Words, "prefixes": core.Prefixes(q.Words), "circle": q.Circle, "priority": q.Priority,
		"project": q.Project, "person": q.Person, "who": q.Who, "state": q.State, "before": before, "before_id": string(q.BeforeID), "limit": q.Limit + 1,
	}
	batch := &pgx.Batch{}
	core.Collect(batch, &d.Found, decisionsSQL, args)
	core.Collect(batch, &d.Circles, `
		select circle.id, circle.name
		from circle
		where circle.id in (
			select up.circle_id
			from (select distinct project.circle_id from decision join project on project.id = decision.project_id where `+decisionSeen+`) used
			cross join circles_above(used.circle_id) up
		)
		order by folded(circle.name), circle.id
		limit 200`)
	core.Collect(batch, &d.Priorities, `
		select priority.id, priority.title as name
		from priority
		where exists (select from project join decision on decision.project_id = project.id where project.priority_id = priority.id and `+decisionSeen+`)
		order by priority.place, priority.id
		limit 100`)
	core.CollectValues(batch, &d.People, `
		with latest as (
			select id, decided_by, opened_by
			from decision
			where `+decisionSeen+`
			order by coalesce(decided_at, asked_at) desc, id desc
			limit 200
		)
		select name
		from person
		where id in (
			select decided_by from latest
			union select opened_by from latest
			union select advice.person_id from advice join latest on latest.id = advice.decision_id where advice.state <> 'void'
		)
		order by folded(name), id
		limit 200`)
	batch.Queue(`
		select exists (select from decision where `+decisionSeen+`),
			coalesce((select title from project where id = @project and `+core.ProjectShown+`), ''),
			coalesce((select name from person where id = @person), '')`, args).QueryRow(func(row pgx.Row) error {
		return row.Scan(&d.Any, &d.Project, &d.Person)
	})
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return d, core.Translate(err)
	}
	return d, nil
}
