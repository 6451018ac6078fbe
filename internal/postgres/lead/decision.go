package leaddb

import (
	"fmt"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// WithDecision loads a decision that is not open any more as well, and the one that it replaces.
func WithDecision(id skein.DecisionID) With { return func(q *leadQuery) { q.decision = id } }

const decisionColumns = `
	decision.id::text as id,
	decision.project_id as project,
	decision.question,
	decision.options,
	decision.area,
	decision.line,
	decision.costs::float8 as costs,
	coalesce(decision.replaces_id::text, '') as replaces,
	decision.state,
	decision.opened_by,
	decision.opened_at,
	decision.asked_at,
	decision.advice_on,
	decision.told,
	decision.says,
	decision.chosen,
	decision.reason,
	coalesce(decision.decided_by, '') as decided_by,
	decision.decided_at,
	decision.came,
	coalesce(decision.came_by, '') as came_by,
	decision.came_at,
	decision.ended_at,
	decision.end_reason`

const adviceColumns = `
	advice.id::text as id,
	advice.decision_id::text as decision,
	advice.project_id as project,
	advice.person_id as person,
	advice.why,
	advice.consent,
	advice.state,
	advice.asked_by,
	advice.asked_at,
	advice.answered_at,
	advice.says,
	advice.agrees`

// verbDecisions are the decisions of a project that a verb may change: those that are open, the one that was asked for,
// and those that one of these replaces.
const verbDecisions = `(
	select decision.id
	from decision
	where decision.project_id = @project and (decision.state in ('draft', 'asking') or decision.id::text = @decision)
	union
	select decision.replaces_id
	from decision
	where decision.project_id = @project and decision.replaces_id is not null and (decision.state in ('draft', 'asking') or decision.id::text = @decision)
)`

// decisionPart are they.
var decisionPart = part{
	rows: list(func(l *lead.Lead) *[]skein.Decision { return &l.Decisions }, `
		select`+decisionColumns+`
		from decision
		where decision.id in `+verbDecisions+`
		order by decision.opened_at, decision.id
		for update of decision`,
		func(d skein.Decision) skein.DecisionID { return d.ID }, saveDecision),
	due: map[lead.Clock]string{
		lead.ClockAdvice: fmt.Sprintf(`
		select decision.id::text as id, decision.project_id as project, '' as window
		from decision
		join project on project.id = decision.project_id
		where decision.id::text <> all(@tried) and (
			decision.state = 'asking' and decision.told = '' and decision.advice_on - 1 <= @day::date
			or decision.state = 'asking' and decision.told = '%s' and decision.advice_on + 1 <= @day::date
			or decision.state in ('draft', 'asking') and project.state in `+core.ProjectOver+`
		)
		order by decision.advice_on nulls first, decision.id
		limit 1`, skein.DecisionToldAsked),
	},
}

// advicePart is who was asked of them.
var advicePart = part{
	rows: list(func(l *lead.Lead) *[]skein.Advice { return &l.Advice }, `
		select`+adviceColumns+`
		from advice
		where advice.decision_id in `+verbDecisions+`
		order by advice.asked_at, advice.id
		for update of advice`,
		func(a skein.Advice) skein.AdviceID { return a.ID }, saveAdvice),
	held: `
	select advice.project_id, advice.person_id
	from advice
	join decision on decision.id = advice.decision_id and decision.state = 'asking'
	where advice.state = 'asked'`,
}
