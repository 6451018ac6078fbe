package leaddb

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// OutcomeRow is the review of a time in office, with what pages say of it.
type OutcomeRow struct {
	skein.OutcomeReview

	Lead     skein.PersonID
	LeadName string
	From     skein.Date
	Until    skein.Date
	Asked    bool // the viewer is asked
	Waits    bool // and has not answered
	Said     bool // they have sent their own
	MayBack  bool // whoever led has stepped down, and can still take that back: it does not close before
	Withheld bool // the viewer stepped down from it, and nobody leads it since: they read no others' answers until it has closed
}

// OutcomePage is how a time in office went, as one person may read it: until it has closed, others' answers only once
// they have sent their own.
type OutcomePage struct {
	Project  skein.Project
	Owner    PersonRow    // who answers for its priority
	Reviews  []OutcomeRow // of the project, the latest first
	Shown    *OutcomeRow  // the one that is read
	There    []OutcomeThere
	Skills   []OutcomeSkillRow
	Answers  []OutcomeSaid
	Led      []OutcomeLed
	Left     []OutcomeLeft
	LedCount int // how many said how it was led, once it has closed
}

// OutcomeThere is somebody who was asked.
type OutcomeThere struct {
	Person skein.PersonID
	Name   string
	Part   skein.OutcomePart
	Owner  bool
	Brings string // to the team
}

// OutcomeSkillRow is what the lead was asked for.
type OutcomeSkillRow struct {
	Skill skein.SkillID
	Name  string
	Level int
	Named int // of whoever led by so many; only to them, where they may read how they led
}

// OutcomeSaid is an answer, without a name but where its writer says so.
type OutcomeSaid struct {
	Key       string
	Result    skein.OutcomeResult
	OfLead    bool
	Own       bool // the viewer's
	Again     string
	Person    skein.PersonID
	Name      string
	LibraryAt time.Time
	MayDrop   bool
}

// OutcomeLed is what somebody said of how it was led.
type OutcomeLed struct {
	Key   string
	Says  string
	Shown bool // to others
}

// OutcomeLeft is the evidence that is there of it, and by how many that was named.
type OutcomeLeft struct {
	Person skein.PersonID
	Name   string
	Skill  string
	Kind   skein.EvidenceKind
	Level  int
	Named  int
	Hidden bool // seen by the person alone
}

// stillTheirs holds of a lead that whoever led it stepped down from, and that nobody has led since in a project that goes
// on: they can take that back, now or when claims start again, and then all that was answered is void.
var stillTheirs = `(term.end_reason = '` + skein.EndStepped + `' and project.state not in ` + core.ProjectOver + ` and not exists (
		select from term later
		where later.project_id = term.project_id and later.role = 'primary' and later.state in ` + core.TermBegun + `
			and later.id <> term.id and (lower(later.during), later.live_at) >= (lower(term.during), term.live_at)
	))`

var outcomeRowsSQL = `
select` + outcomeColumns + `,
	led.id as lead,
	led.name as lead_name,
	lower(term.during) as from,
	upper(term.during) - 1 as until,
	own.person_id is not null as asked,
	coalesce(own.answered_at is null and not own.passed and outcome.state = 'asking', false) as waits,
	own.answered_at is not null as said,
	` + stillTheirs + ` and exists (
			select from claim_window
			where claim_window.project_id = outcome.project_id and claim_window.told_at is null and claim_window.state in ` + core.WindowGoing + `
		) as may_back,
	outcome.state = 'asking' and term.person_id = @me and ` + stillTheirs + ` as withheld
from outcome
join project on project.id = outcome.project_id
join term on term.id = outcome.term_id
join person led on led.id = term.person_id
left join outcome_answer own on own.outcome_id = outcome.id and own.person_id = @me
where outcome.project_id = @project and outcome.state <> 'void'
order by outcome.opened_at desc, outcome.id desc`

// outcomeRead is the review that was asked for; else the latest that waits for the viewer; else the latest. Others' answers
// are open to whoever has sent their own, but not while they could still make them void.
var outcomeRead = `
read as (
	select outcome.id, outcome.state, outcome.basis, outcome.project_id, term.person_id as lead,
		(outcome.closed_at at time zone organisation.zone)::date as closed_on,
		outcome.state = 'closed' or own.answered_at is not null and not (term.person_id = @me and ` + stillTheirs + `) as open
	from outcome
	cross join organisation
	join project on project.id = outcome.project_id
	join term on term.id = outcome.term_id
	left join outcome_answer own on own.outcome_id = outcome.id and own.person_id = @me
	where outcome.project_id = @project and outcome.state <> 'void' and (@review = '' or outcome.id::text = @review)
	order by coalesce(outcome.state = 'asking' and own.answered_at is null and not own.passed, false) desc, outcome.opened_at desc, outcome.id desc
	limit 1
)`

var outcomeThereSQL = `
with ` + outcomeRead + `
select person.id as person,
	person.name,
	outcome_answer.part,
	outcome_answer.owner,
	coalesce((
		select member.brings
		from member
		where member.project_id = read.project_id and member.person_id = person.id
		order by member.joined_at desc
		limit 1
	), '') as brings
from read
join outcome_answer on outcome_answer.outcome_id = read.id
join person on person.id = outcome_answer.person_id
order by array_position(array['lead', 'co', 'member', 'shadow', 'owner'], outcome_answer.part), folded(person.name), person.id`

// ledReadable holds where whoever led may read how it was led: see skein.LedReadable.
var ledReadable = `(read.state = 'closed' and (
	select count(*)
	from outcome_answer counted
	where counted.outcome_id = read.id and counted.part <> 'lead' and counted.led <> ''
) >= ` + strconv.Itoa(skein.FewestLed) + `)`

var outcomeSkillsSQL = `
with ` + outcomeRead + `
select skill.id as skill,
	skill.name,
	outcome_skill.level::int as level,
	case when read.lead = @me and ` + ledReadable + ` then (
		select count(*)
		from outcome_naming
		where outcome_naming.outcome_id = read.id and outcome_naming.person_id = read.lead and outcome_naming.skill_id = skill.id
	) else 0 end::int as named
from read
join outcome_skill on outcome_skill.outcome_id = read.id
join skill on skill.id = outcome_skill.skill_id
order by outcome_skill.place, skill.id`

var outcomeSaidSQL = `
with ` + outcomeRead + `
select outcome_answer.again_key as key,
	outcome_answer.result,
	outcome_answer.part = 'lead' as of_lead,
	outcome_answer.person_id = @me as own,
	outcome_answer.again,
	case when outcome_answer.named then person.id else '' end as person,
	case when outcome_answer.named then person.name else '' end as name,
	outcome_answer.library_at,
	outcome_answer.library_at is not null and (outcome_answer.person_id = @me or outcome_answer.library_by = @me) as may_drop
from read
join outcome_answer on outcome_answer.outcome_id = read.id and outcome_answer.answered_at is not null
join person on person.id = outcome_answer.person_id
where read.open
order by outcome_answer.again_key`

var outcomeLedSQL = `
with ` + outcomeRead + `
select outcome_answer.led_key as key, outcome_answer.led as says, outcome_answer.led_shown as shown
from read
join outcome_answer on outcome_answer.outcome_id = read.id and outcome_answer.part <> 'lead' and outcome_answer.led <> ''
where ` + ledReadable + ` and (read.lead = @me or outcome_answer.led_shown)
order by outcome_answer.led_key`

// outcomeLeftSQL is what a review left of those who led or were named in it: the piece of its day, else the one that a later
// review of the project put in its place.
var outcomeLeftSQL = `
with ` + outcomeRead + `
select person.id as person,
	person.name,
	skill.name as skill,
	piece.kind,
	piece.level::int as level,
	named.n as named,
	piece.hidden_at is not null as hidden
from read
join outcome_skill on outcome_skill.outcome_id = read.id
join skill on skill.id = outcome_skill.skill_id
cross join lateral (
	select read.lead as id
	union
	select person_id from outcome_answer where outcome_id = read.id and part <> 'owner'
) there
join person on person.id = there.id
cross join lateral (
	select count(*)::int as n
	from outcome_naming
	where outcome_naming.outcome_id = read.id and outcome_naming.person_id = person.id and outcome_naming.skill_id = skill.id
) named
cross join lateral (
	select evidence.kind, evidence.level, evidence.hidden_at
	from evidence
	where evidence.person_id = person.id and evidence.skill_id = skill.id and evidence.source = read.project_id
		and evidence.observed_on >= read.closed_on and evidence.kind = case read.basis when 'lead' then 'self' else 'outcome' end
	order by evidence.observed_on
	limit 1
) piece
where (person.id = read.lead or named.n > 0)
	and (piece.hidden_at is null or person.id = @me)
order by person.id <> read.lead, folded(person.name), person.id, outcome_skill.place, skill.id`

// OutcomePage reads how a time in office went, in one round trip. A review that is not asked for by name is the one that
// waits for the viewer, else the latest.
func (db *Store) OutcomePage(ctx context.Context, id skein.ProjectID, review skein.OutcomeID, me skein.PersonID) (OutcomePage, error) {
	var p OutcomePage
	var projects []skein.Project
	var owners []PersonRow
	args := pgx.NamedArgs{"project": id, "review": string(review), "me": me}
	batch := &pgx.Batch{}
	core.Collect(batch, &projects, `select`+projectColumns+` from project where project.id = @project`, args)
	core.Collect(batch, &owners, `
		select person.id, person.name
		from project
		join priority on priority.id = project.priority_id and priority.retired_at is null
		join person on person.id = priority.owner_id
		where project.id = @project`, args)
	core.Collect(batch, &p.Reviews, outcomeRowsSQL, args)
	core.Collect(batch, &p.There, outcomeThereSQL, args)
	core.Collect(batch, &p.Skills, outcomeSkillsSQL, args)
	core.Collect(batch, &p.Answers, outcomeSaidSQL, args)
	core.Collect(batch, &p.Led, outcomeLedSQL, args)
	core.Collect(batch, &p.Left, outcomeLeftSQL, args)
	shown := ""
	batch.Queue(`with `+outcomeRead+` select id::text, case when state = 'closed' then (
			select count(*) from outcome_answer where outcome_id = read.id and part <> 'lead' and led <> ''
		) else 0 end::int from read`, args).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&shown, &p.LedCount}, func() error { return nil })
		return err
	})
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return p, core.Translate(err)
	}
	if len(projects) == 0 {
		return p, skein.ErrNotFound
	}
	p.Project = projects[0]
	if len(owners) > 0 {
		p.Owner = owners[0]
	}
	for i := range p.Reviews {
		if string(p.Reviews[i].ID) == shown {
			p.Shown = &p.Reviews[i]
		}
	}
	if p.Shown == nil {
		return p, skein.ErrNotFound
	}
	return p, nil
}
